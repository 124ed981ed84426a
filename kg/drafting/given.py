"""Companies that a user says a text is about, whether the graph knows them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.known import KnownThings, Mention
from kg.drafting.parties import Parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.papers.documents import Paper
    from kg.query import Index

_SHORTEST: Final = 4  # letters of a word that may stand for a whole name


class GivenCompanies(NamedTuple):
    """Where a text names the companies that were given, and how a source describes those that are new."""

    mentions: tuple[Mention, ...] = ()
    things: Mapping[str, dict[str, str | list[str]]] = {}


def find_given(paper: Paper, index: Index, language: PlanWords) -> GivenCompanies:
    """Return the companies of `paper.companies` as the text names them.

    A text that has the whole name may call a company by its first word alone, where that is no word of the language.

    >>> import kg
    >>> from kg.drafting.papers.documents import Paper
    >>> from kg.drafting.grammar.plan_words import plan_words
    >>> paper = Paper("Acme Pumps will open shops. Acme is new.", companies=("Acme Pumps",))
    >>> given = find_given(paper, kg.build(check=False).index, plan_words("en"))
    >>> [(each.start, each.end, each.thing) for each in given.mentions]
    [(0, 10, 'acme-pumps'), (28, 32, 'acme-pumps')]
    """
    if not paper.companies:
        return GivenCompanies()
    parties = Parties(index, "Company")
    names: list[tuple[str, str]] = []
    things: dict[str, dict[str, str | list[str]]] = {}
    for name in paper.companies:
        slug, new = parties.find(name)
        if new is not None:
            things[slug] = dict(new)
        names += [(slug, called) for called in _called(name, paper.text, language)]
    types = {slug: "Company" for slug, _ in names}
    return GivenCompanies(KnownThings(names, types).find(paper.text).mentions, things)


def with_given(mentions: Iterable[Mention], given: Iterable[Mention]) -> list[Mention]:
    """Return mentions in the order of the text; where two overlap, that which was given counts.

    >>> known = [Mention(0, 5, "india", "Country")]
    >>> with_given(known, [Mention(0, 13, "india-cements", "Company")])
    [Mention(start=0, end=13, thing='india-cements', type='Company')]
    """
    told = list(given)
    inside = {at for each in told for at in range(each.start, each.end)}
    return sorted([*told, *(m for m in mentions if inside.isdisjoint(range(m.start, m.end)))])


def _called(name: str, text: str, language: PlanWords) -> list[str]:
    """Return what a company may be called by: its name, and the first word of it where the text has both."""
    first, _, rest = " ".join(name.split()).partition(" ")
    is_own = len(first) >= _SHORTEST and first.lower() not in language.vocabulary
    return [name, first] if rest and is_own and name in text else [name]
