"""The forms of the verbs of plans, as a lexicon lists them: what a phrase of a language stands for by one of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_GERUND = 1
_PAST = 2


def verb_forms(lexicon: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return words by the names that phrases have for them: all forms of a verb, and forms of all verbs of a sort.

    >>> forms = verb_forms({"verbs": {"steps": {"build": "builds building built"}, "marks": {"hit": "hits hitting hit"}}})
    >>> forms["build"], forms["done"], forms["doing"]
    (['build', 'builds', 'building', 'built'], ['built', 'hit'], ['building'])
    """
    verbs = lexicon.get("verbs")
    if verbs is None:
        return {}
    return {
        **{name: [name, *forms.split()] for of in verbs.values() for name, forms in of.items()},
        "done": list(_from(verbs, ("steps", "marks"), _PAST)),
        "finished": list(_from(verbs, ("steps", "works"), _PAST)),
        "doing": [forms[0] for forms in _sorts(verbs, verbs.keys() - {"marks"})],
    }


def _from(verbs: Mapping[str, Any], sorts: Iterable[str], first: int) -> Iterator[str]:
    """Yield the forms of verbs of some sorts from one of them on."""
    for forms in _sorts(verbs, sorts):
        yield from forms[first - _GERUND :]


def _sorts(verbs: Mapping[str, Any], sorts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the gerund and the past forms of the verbs of some sorts, in the order of the lexicon."""
    for sort in verbs:
        if sort in set(sorts):
            for forms in verbs[sort].values():
                yield forms.split()[_GERUND:]
