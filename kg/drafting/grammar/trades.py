"""What a number counts of which a graph has no indicator: beds, passengers, aircraft ordered, bottles an hour.

The words of the text become the indicator that is proposed: what is counted, what was done to it and in which
time, so that aircraft that are ordered are never held against aircraft that are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.grammar.attributes import FEWEST, is_attribute
from kg.drafting.grammar.new_indicators import COUNT, STOCK, Trade
from kg.drafting.grammar.phrase_tables import phrases_of
from kg.drafting.grammar.telling import unit_name
from kg.drafting.language import lexicon_of
from kg.drafting.slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.grammar.phrases import Hit, Phrases
    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.words import Word

_NEAR: Final = 4
_CLOSE: Final = 2
_FAR: Final = 8
_MOST_TOLD: Final = 2
_YEARLY: Final = "a year"
_THERE: Final = "there"
_ALL: Final = frozenset({"closed", "replaced", "converted"})
_NEUTRAL: Final = frozenset({"closed", "lost", "replaced", "ordered", "bought"})


@dataclass(frozen=True, slots=True)
class TradeWords:
    """What trades count in a language, and what verbs tell of it."""

    nouns: Phrases[str]
    stocks: frozenset[str]
    undirected: frozenset[str]
    events: Phrases[str]
    verbs: Phrases[str]
    rates: Phrases[str]
    units: Mapping[str, Mapping[str, str]]


@cache
def trade_words(code: str) -> TradeWords | None:
    """Return what trades count in a language, by its tag, None where nobody has listed it."""
    table = lexicon_of(code).get("trades")
    if table is None:
        return None
    nouns = table["stock"] | table["flow"]
    return TradeWords(
        nouns=phrases_of(nouns, {}),
        stocks=frozenset(table["stock"]),
        undirected=frozenset(table["undirected"]["nouns"]),
        events=phrases_of(table["events"], {}),
        verbs=phrases_of(table["verbs"], {}),
        rates=phrases_of(table["times"], {}),
        units=table["units"],
    )


class _Counted(NamedTuple):
    """What a number counts, what it is called, and where its words end in the sentence.

    `is_directed` says that more of it is better, as far as anybody knows.
    """

    noun: str
    label: str
    last: int
    is_directed: bool = True


def trade_of(said: Said, number: int) -> Trade | None:
    """Return what the number of that order in a clause counts, None where the words do not tell for certain."""
    words = trade_words(said.memory.code)
    amount = said.amounts[number]
    unit = unit_name(amount) or COUNT
    is_measured = words is not None and unit in words.units
    if words is None or amount.factor is not None or not (unit == COUNT or is_measured):
        return None
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    inside = words.nouns.find(said.reading.words[first:last]) if amount.baseline else []
    if inside:
        last = first + inside[0].first  # "from 45 hotels to 90"
    counted = _measured(said, words, last, unit) if is_measured else _counted(said, words, last)
    if counted is None:
        return None
    does = _verb_before(said, words, first) or _verb_behind(said, words, counted.last)
    if does is None and inside:
        does = _THERE
    if does is None and is_measured and is_attribute(said, amount):
        does = _THERE  # "it will build a 300 MW wind farm"
    if does is None or not _is_number_of(said, first, does):
        return None
    if unit == COUNT and amount.value is not None and amount.value < FEWEST and does != _THERE:
        return None  # "it will build two depots" tells of two depots, and of no number of them
    return _trade(said, words, counted, does)._replace(unit=unit)


def _counted(said: Said, words: TradeWords, last: int) -> _Counted | None:
    """Return the noun right behind a number, with what stands between to tell more of it."""
    language = said.memory.language
    stops = language.joining | language.others | language.locating | language.scopes
    stops |= language.finite | language.owners
    near = said.reading.words[last : min(last + _NEAR, said.clause.last)]
    hits = words.nouns.find(near)
    # "Hospital beds" are beds: of nouns that follow each other the last one tells what is counted.
    head = next((one for one, other in pairwise([*hits, None]) if _ends(one, other)), None)
    if head is None:
        return None
    between = [word.folded for word in near[: head.first]]
    skipped = language.modifying | language.promised | language.adverbs
    told = [word for word in between if word not in skipped and word.isalpha()]
    is_one = all(word == "-" or (word.isalpha() and word not in stops) for word in between)
    if not is_one or len(told) > _MOST_TOLD:
        return None
    is_sure = head.meaning not in words.undirected
    label = " ".join([*told, head.meaning])
    return _Counted(head.meaning, label, last + head.last, is_directed=is_sure)


def _measured(said: Said, words: TradeWords, last: int, unit: str) -> _Counted | None:
    """Return what a quantity is of: "20,000 tonnes of used carpet", or what such a unit measures anyway."""
    language, known = said.memory.language, words.units[unit]
    stops = language.joining | language.others | language.locating | language.scopes
    stops |= language.finite | language.owners | language.articles | language.by
    end = at = last + 1
    behind = said.reading.words[last : last + 1]
    if behind and behind[0].folded in language.owners - language.by:
        while end < min(at + _MOST_TOLD, said.clause.last):
            word = said.reading.words[end]
            if (
                word.folded in stops
                or not word.folded.isalpha()
                or said.reading.is_told(word.start)
            ):
                break
            end += 1
    told = [word.folded for word in said.reading.words[at:end]]
    noun = " ".join(word for word in told if word not in language.adverbs) or known["of"]
    if not noun:
        return None
    label = f"{noun} in {known['several']}"
    return _Counted(noun, label, end if told else last, is_directed=not told)


def _ends(hit: Hit[str] | None, following: Hit[str] | None) -> bool:
    return hit is not None and (following is None or following.first != hit.last)


def _verb_before(said: Said, words: TradeWords, first: int) -> str | None:
    """Return what the verb before a number tells of it, the nearest one counting."""
    language, begin = said.memory.language, max(said.clause.first, first - _FAR)
    near = said.reading.words[begin:first]
    hits = [hit for phrases in (words.events, words.verbs) for hit in phrases.find_all(near)]
    if not hits:
        return None
    # Of two that end at one word the longer one tells more: "the network passes".
    last = max(hits, key=lambda hit: (hit.last, -hit.first))
    end, meaning = last.last, last.meaning
    is_done = last.first > 0 and near[last.first - 1].folded in language.having - language.past
    if said.is_planned and is_done and meaning != _THERE:
        return None  # "it will build there, for it has bought 48 hectares"
    gap = near[end:]
    return meaning if _is_short(said, gap, sure=meaning not in {"there", "passing"}) else None


def _is_short(said: Said, gap: Sequence[Word], *, sure: bool) -> bool:
    """Whether nothing stands between a verb and its number that could be what the verb is about."""
    language = said.memory.language
    told = [word.folded for word in gap if word.folded not in language.adverbs]
    # "It will close 90 of its 400 branches."
    if any(not (word.isalpha() or (sure and word.isdecimal())) for word in told):
        return False
    allowed = language.articles | language.numbering | language.modifying
    return len(told) <= (_NEAR if sure else _CLOSE) and (sure or set(told) <= allowed)


def _verb_behind(said: Said, words: TradeWords, last: int) -> str | None:
    """Return what a verb in the passive tells of a number before it: "18 trains were ordered"."""
    language = said.memory.language
    near = said.reading.words[last : min(last + _NEAR + 1, said.clause.last)]
    for hit in words.events.find(near):
        before = [word.folded for word in near[: hit.first] if word.folded not in language.adverbs]
        is_passive = bool(before) and before[-1] in language.being
        if is_passive and set(before) <= language.finite | language.being | language.to:
            return hit.meaning
    return None


def _is_number_of(said: Said, first: int, does: str) -> bool:
    """Whether a number is a level or a count of its own: not "by 20 rooms", "its 20 rooms", "20 more rooms"."""
    language = said.memory.language
    before = said.reading.words[first - 1].folded if first else ""
    if before in language.by:
        return False
    is_told = before in language.determiners - {"a", "an", "of"} or before in language.definite
    if does in _ALL:
        return True  # "it will close its 12 branches"
    return not (is_told and (said.is_planned or does not in {"there", "passing"}))


def _trade(said: Said, words: TradeWords, counted: _Counted, does: str) -> Trade:
    """Return the indicator for what is counted and what was done to it, in which time."""
    near = said.reading.words[counted.last : min(counted.last + _NEAR, said.clause.last)]
    rate = next((hit for hit in words.rates.find(near) if hit.first == 0), None)
    event = "" if does in {"there", "passing"} else f" {does}"
    each = _rate(near, rate) if rate else ""
    label = f"{counted.label}{event}{each}"
    # How values of an hour add up over a year, and whether more tonnes of anything are better, no words tell.
    is_rate = bool(each) and each != f" {_YEARLY}"
    adds = STOCK if counted.noun in words.stocks and not (event or each) else "flow"
    adds = "unknown-aggregation" if is_rate else adds
    better = "neutral" if does in _NEUTRAL else "more-is-better"
    better = better if counted.is_directed else "unknown-direction"
    return Trade(slug_of(label), label, counted.noun, adds, better)


def _rate(near: Sequence[Word], rate: Hit[str]) -> str:
    told = _YEARLY if rate.meaning == "yearly" else f"a {near[rate.last - 1].folded}"
    return f" {told}".replace("a hour", "an hour")
