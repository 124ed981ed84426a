"""What is said of a thing, by which statements: those that pages tell, found before any of them is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.promises import KINDS
from kg.query import select_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.query import Index

MOST: Final = 15
"""How many statements a section of a page has."""

_ABOUT: Final = """SELECT DISTINCT ?x ?source ?predicate {{
  {{ {named} ?x cp:about ?s ; cp:source ?source }}
  UNION {{ {named} ?x rdf:subject ?s ; cp:source ?source ; rdf:predicate ?predicate }}
  UNION {{ {named} ?x rdf:object ?s ; cp:source ?source ; rdf:predicate ?predicate }}
}}"""
_OF_PLANS: Final = "SELECT DISTINCT ?x ?source {{ {named} ?plan cp:company ?s . ?x cp:about ?plan ; cp:source ?source }}"
_DAYS: Final = "SELECT DISTINCT ?s ?day {{ {named} ?s schema:datePublished ?day }}"
# No VALUES for the kinds: the engine would read all that is of one.
_KINDS: Final = f"""SELECT DISTINCT ?s ?kind {{{{
  {{named}} ?s a ?kind FILTER (?kind IN ({", ".join(f"cp:{kind}" for kind in KINDS)}))
}}}}"""

FEW: Final = 10
"""How many statements there are of those that became known last."""

HEADINGS: Final = ("Partners", "Figures", "Also said")


@dataclass(frozen=True)
class Sayings:
    """The names of statements under a heading, the latest first, and how many are left out."""

    heading: str
    names: Sequence[str]
    left: int


def sayings_about(index: Index, name: str, told: Iterable[str]) -> list[Sayings]:
    """Return the statements about a thing but for those that are `told` already, under the `HEADINGS`.

    >>> import kg
    >>> [one.heading for one in sayings_about(kg.build(check=False).index, "mobikwik", ())]
    ['Partners', 'Also said']
    """
    known = set(told)
    found = {
        str(x): (str(source), str(predicate or ""))
        for x, source, predicate in select_named(index, _ABOUT, [name])
        if str(x) not in known
    }
    kinds = {
        str(x): str(kind).removeprefix("cp:") for x, kind in select_named(index, _KINDS, found)
    }
    grouped: Mapping[str, list[str]] = {heading: [] for heading in HEADINGS}
    for one in _latest_first(index, {x: source for x, (source, _) in found.items()}):
        grouped[_heading(kinds.get(one, ""), found[one][1])].append(one)
    return [
        Sayings(heading, names[:MOST], len(names) - len(names[:MOST]))
        for heading, names in grouped.items()
        if names
    ]


def latest_about(index: Index, name: str) -> Sayings:
    """Return the statements about a thing and its plans that became known last."""
    rows = [*select_named(index, _ABOUT, [name]), *select_named(index, _OF_PLANS, [name])]
    names = _latest_first(index, {str(x): str(source) for x, source, *_ in rows})
    return Sayings("What became known when", names[:FEW], len(names) - len(names[:FEW]))


def _latest_first(index: Index, sources: Mapping[str, str]) -> list[str]:
    """Return statements, given with their sources, those of the latest source first."""
    days = {str(s): str(day) for s, day in select_named(index, _DAYS, sources.values())}
    return sorted(
        sources, key=lambda one: (days.get(sources[one], ""), sources[one], one), reverse=True
    )


def _heading(kind: str, predicate: str) -> str:
    if predicate == "cp:partnerOf":
        return "Partners"
    return "Figures" if kind in ("Target", "Observation") else "Also said"
