"""Numbers that only tell which thing is meant: "its $28 billion plant is late", "a 300-bed hospital will open"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.words import Word

FEWEST: Final = 5
"""Fewer things than these are told of one by one."""

_BEFORE: Final = 4
_BEHIND: Final = 5
_VAGUE: Final = frozenset({"growth", "employment", "venture-investment"})
"""The kinds of which a noun may be no thing that is built, closed or put off."""


def is_attribute(said: Said, amount: Amount) -> bool:
    """Whether a number stands between an article and the thing of which it tells how large it is or what it costs."""
    language, words, clause = said.memory.language, said.reading.words, said.clause
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    is_joined = last < len(words) and words[last].folded == "-"
    if amount.factor is not None or not (amount.unit or is_joined):
        return False
    before = _unbroken(words[max(clause.first, first - _BEFORE) : first][::-1], said)
    behind = _unbroken(words[last : min(last + _BEHIND, clause.last)], said)
    articles = language.articles | language.determiners - language.owners
    has_article = any(word.folded in articles for word in before)
    hits = language.kinds.find(behind)
    return has_article and bool(hits) and not _VAGUE & set(hits[0].meanings)


def is_few(said: Said, amount: Amount) -> bool:
    """Whether a number is so small that it only tells of which things: "it will build two depots"."""
    if amount.value is None or amount.unit or amount.value >= FEWEST:
        return False
    last = said.reading.number(amount.end)
    behind = said.reading.words[last : min(last + _BEHIND, said.clause.last)]
    hits = said.memory.language.kinds.find(_unbroken(behind, said))
    return bool(hits) and not _VAGUE & set(hits[0].meanings)


def _unbroken(words: Sequence[Word], said: Said) -> Sequence[Word]:
    """Return words up to one that begins another part of the clause: a preposition, a comma, a verb."""
    language = said.memory.language
    stops = language.joining | language.others | language.locating | language.scopes
    stops |= language.finite | language.owners
    for at, word in enumerate(words):
        if word.folded in stops or not (word.folded[0].isalnum() or word.folded in {"-", "'"}):
            return words[:at]
    return words
