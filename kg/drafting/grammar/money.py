"""What money is that has no noun of its own: a grant that a government gives, revenue that a company takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.indicators import GRANTS, REVENUE
from kg.drafting.grammar.reading import COMPANIES, PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.words import Word

_NEAR: Final = 4
_BESIDE: Final = 2


def money_of(said: Said, number: tuple[int, int]) -> str | None:
    """Return the indicator that the verb of an amount of money tells, given as its words: "the state gave 5 million"."""
    return _given(said, number) or _taken(said, number[0])


def _given(said: Said, number: tuple[int, int]) -> str | None:
    """Return that money is a grant which a government gives: "the state will bear 250 million", "Ohio has paid it 5 million"."""
    language, reading = said.memory.language, said.reading
    if language.returning.find(said.words):
        return None
    gives = language.giving.find(said.words)
    if said.is_granting:
        return GRANTS if gives else None
    first, last = number
    before = reading.words[said.clause.first : said.clause.first + gives[0].first] if gives else ()
    if gives and _is_of_state(said, before) and not _is_of_company(said, before):
        return GRANTS
    takes = language.receiving.find(reading.words[max(said.clause.first, first - _NEAR) : first])
    behind = reading.words[last : last + _NEAR]
    is_from = bool(behind) and behind[0].folded in language.origins
    return GRANTS if takes and is_from and _is_of_state(said, behind) else None


def _is_of_state(said: Said, words: Sequence[Word]) -> bool:
    """Whether words name a government, or a place that stands for one."""
    language, reading = said.memory.language, said.reading
    # "The store in Hyderabad offers": a place behind "in" gives nothing.
    aside = language.locating | language.scopes
    places = {
        each.start
        for each in reading.mentions
        if each.type in PLACES and reading.before(each.start) not in aside
    }
    return any(word.start in places or word.folded in language.governments for word in words)


def _is_of_company(said: Said, words: Sequence[Word]) -> bool:
    """Whether words name a company."""
    companies = {m.start for m in said.reading.mentions if m.type in COMPANIES}
    return any(word.start in companies for word in words)


def _taken(said: Said, first: int) -> str | None:
    """Return that money right behind "took" is revenue."""
    near = said.reading.words[max(said.clause.first, first - _BESIDE) : first]
    hits = said.memory.language.taking.find(near)
    return REVENUE if hits and hits[-1].last == len(near) else None
