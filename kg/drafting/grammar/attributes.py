"""Numbers that only tell which thing is meant: "its $28 billion plant is late", "a 300-bed hospital will open"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.senses import FUTURE
from kg.drafting.grammar.telling import unit_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.words import Word

FEWEST: Final = 5
"""Fewer things than these are told of one by one."""

_BEFORE: Final = 4
_BEHIND: Final = 5
_NEAR: Final = 3
_STATES: Final = frozenset({"underway", "postponed", "abandoned", "considered"})
"""The statuses by which a thing is told to stand so, and no number to be reached."""
_VAGUE: Final = frozenset({"growth", "employment", "venture-investment"})
"""The kinds of which a noun may be no thing that is built, closed or put off."""


def is_attribute(said: Said, amount: Amount) -> bool:
    """Whether a number stands between an article and the thing of which it tells how large it is or what it costs.

    So does one behind what is dealt in, or behind the thing that a clause is about: "the sale of 60 per cent of its
    business", "a plant of 200 megawatts is being built".
    """
    if amount.factor is not None:
        return False
    return (
        _is_degree(said, amount)
        or _is_between(said, amount)
        or _is_part_dealt_in(said, amount)
        or _is_size(said, amount)
        or is_worth_told(said, amount)
        or _is_set_off(said, amount)
    )


def _is_degree(said: Said, amount: Amount) -> bool:
    """Whether a number is how far something has come: "the plant is 20 per cent complete"."""
    last = said.reading.number(amount.end)
    behind = said.reading.words[last : last + 1]
    is_share = unit_name(amount) == "PERCENT"
    return is_share and bool(behind) and behind[0].folded in said.memory.language.degrees


def _is_set_off(said: Said, amount: Amount) -> bool:
    """Whether a number stands between two commas before the verb: "The complex, 20 billion dollars in all, is on stream"."""
    words, clause = said.reading.words, said.clause
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    if clause.cue is None or last >= clause.cue or clause.sense in FUTURE:
        return False
    before = [word.folded for word in words[max(clause.first, first - _NEAR) : first]]
    behind = [word.folded for word in words[last : clause.cue]]
    is_thing = bool(said.memory.language.kinds.find(words[clause.first : first]))
    return is_thing and "," in before and "," in behind


def is_worth_told(said: Said, amount: Amount) -> bool:
    """Whether it is told between two commas what something is worth: "The deal, valued at $4 billion, is to close"."""
    words, clause = said.reading.words, said.clause
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    if clause.cue is None or last >= clause.cue or words[last].folded != ",":
        return False
    before = [word.folded for word in words[max(clause.first, first - _BEFORE) : first]]
    is_next = all(
        word.folded in said.memory.language.adverbs for word in words[last + 1 : clause.cue]
    )
    is_worth = bool(said.memory.language.worth & set(before))
    return is_worth and "," in before and is_next


def _is_between(said: Said, amount: Amount) -> bool:
    language, words, clause = said.memory.language, said.reading.words, said.clause
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    is_joined = last < len(words) and words[last].folded == "-"
    if not (amount.unit or is_joined):
        return False
    before = _unbroken(words[max(clause.first, first - _BEFORE) : first][::-1], said)
    behind = _unbroken(words[last : min(last + _BEHIND, clause.last)], said)
    articles = language.articles | language.determiners - language.owners
    has_article = any(word.folded in articles for word in before)
    hits = language.kinds.find(behind)
    return has_article and bool(hits) and not _VAGUE & set(hits[0].meanings)


def _is_part_dealt_in(said: Said, amount: Amount) -> bool:
    """Whether a part of a whole is what is bought or sold: "the sale of 60 per cent of", "a 40 per cent stake in"."""
    language, words = said.memory.language, said.reading.words
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    if unit_name(amount) != "PERCENT":
        return False
    near = words[max(said.clause.first, first - _NEAR) : first]
    before = {word.folded for word in near}
    behind = words[last].folded if last < len(words) else ""
    is_dealt_in = bool(before & language.dealings) and bool(before & language.owners)
    return is_dealt_in or behind in language.stakes or _is_sold(said, near, last)


def _is_sold(said: Said, before: Sequence[Word], last: int) -> bool:
    """Whether a part of a site or the like is sold or bought: "it sold 30 per cent of its refinery"."""
    language, words = said.memory.language, said.reading.words
    behind = words[last + 1 : min(last + _BEHIND, said.clause.last)]
    is_of = last < len(words) and words[last].folded in language.owners - language.by
    hits = language.kinds.find(behind) if is_of and language.dealing.find(before) else []
    return bool(hits) and not _VAGUE & set(hits[0].meanings)


def _is_size(said: Said, amount: Amount) -> bool:
    """Whether a number stands behind the thing that the verb of a clause is told of: "a plant of 200 megawatts is being built"."""
    language, words, clause = said.memory.language, said.reading.words, said.clause
    first = said.reading.number(amount.start)
    if clause.cue is None or first >= clause.cue or clause.sense not in _STATES:
        return False
    before = words[clause.first : first]
    hits = language.kinds.find(before)
    if not hits or _VAGUE & set(hits[0].meanings):
        return False
    head = before[hits[0].last - 1].folded
    between = {word.folded for word in before[hits[0].last :]}
    is_behind = (
        bool(between & (language.others | language.owners)) or words[first - 1].folded == ","
    )
    return is_behind and head not in language.no_plans


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
