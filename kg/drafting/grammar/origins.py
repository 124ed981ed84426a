"""Numbers that something grows from, joined to those that it grows to: "120 million, from 68 million now"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading

_PAIR: Final = 2
_BETWEEN: Final = 4
"""How many words at most stand between a number and what it grows to: "from 45 new hotels abroad to 90"."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The numbers of a clause, in their order; `origins` are the places of what was joined, by where its number begins."""

    amounts: Sequence[Amount]
    origins: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def join_origins(amounts: Sequence[Amount], reading: Reading, language: PlanWords) -> Joined:
    """Return numbers with those that they grow from, where other words stand between the two.

    A number that only says of how many something is one ("the second of two plants"), or who is meant ("the
    two companies"), counts nothing, and is left out.
    """
    portions = {reading.words[hit.last - 1].end for hit in language.portions.find(reading.words)}
    joined: list[Amount] = []
    origins: dict[int, tuple[int, int]] = {}
    for amount in amounts:
        number = reading.number(amount.start)
        if number and reading.words[number - 1].end in portions:
            continue
        if _is_reference(amount, reading, language):
            continue
        is_from = reading.before(amount.start) in language.origins
        origin = amount.baseline if amount.value is None else amount.value if is_from else None
        if joined and (whole := _led_to(joined[-1], amount, reading, language)):
            joined[-1] = whole
        elif origin is not None and (at := _grown(joined, amount, reading, language)) is not None:
            joined[at] = replace(joined[at], baseline=origin, baseline_comparator=amount.comparator)
            origins[joined[at].start] = amount.start, amount.end
        else:
            joined.append(amount)
    return Joined([_alone(amount) for amount in joined], origins)


def _alone(amount: Amount) -> Amount:
    """Return what grows from a number of which nobody tells to what it grows as that number."""
    if amount.value is None and amount.minimum is None and amount.factor is None:
        return replace(amount, value=amount.baseline, baseline=None)
    return amount


def _led_to(before: Amount, amount: Amount, reading: Reading, language: PlanWords) -> Amount | None:
    """Return two numbers as one that grows, where what is counted stands between: "from 45 hotels to 90"."""
    is_origin = before.baseline is not None and _alone(before) != before
    is_aim = reading.before(amount.start) in language.to and amount.value is not None
    is_near = reading.number(amount.start) - reading.number(before.end) <= _BETWEEN
    is_same = before.unit == amount.unit or amount.unit is None
    if not (is_origin and is_aim and is_near and is_same and amount.baseline is None):
        return None
    return replace(
        before,
        end=amount.end,
        value=amount.value,
        comparator=amount.comparator,
        baseline_comparator=before.comparator,
    )


def _is_reference(amount: Amount, reading: Reading, language: PlanWords) -> bool:
    """Whether a number only says again how many are meant: "the two companies"."""
    written = reading.text[amount.start : amount.end]
    is_word = amount.value is not None and not any(sign.isdigit() for sign in written)
    is_count = amount.unit is None and amount.comparator is None and " " not in written
    return is_word and is_count and reading.before(amount.start) in language.determiners


def _grown(
    joined: Sequence[Amount], amount: Amount, reading: Reading, language: PlanWords
) -> int | None:
    """Return which number grows from one: the last, or the one before where it would have risen from a larger one.

    "6,200 shops in 244 cities, up from 5,650" tells of shops.
    """
    first, last = reading.number(amount.start), reading.number(amount.end)
    words = reading.words[max(0, first - 1) : last]
    rises = any(word.folded in language.ups for word in words) and not language.falling.find(words)
    origin = amount.baseline if amount.value is None else amount.value
    for at in range(len(joined) - 1, max(-1, len(joined) - 1 - _PAIR), -1):
        value = joined[at].value
        is_less = rises and value is not None and origin is not None and value < origin
        if not is_less:
            return at if _grows(joined[at], amount) else None
    return None


def _grows(before: Amount, amount: Amount) -> bool:
    """Whether a number may be what the one before it grows from."""
    return before.value is not None and before.baseline is None and before.unit == amount.unit


def origin_place(amount: Amount, reading: Reading, language: PlanWords) -> tuple[int, int]:
    """Return where a number names what it grows from: "from 250" of "from 250 to 500"."""
    words = reading.words[reading.number(amount.start) : reading.number(amount.end)]
    ends = [n for n, word in enumerate(words) if n and word.folded in language.to]
    digits = [n for n, word in enumerate(words) if word.folded[0].isdigit()]
    if ends and digits and digits[0] < ends[0]:
        return words[0].start, words[ends[0] - 1].end
    begins = [n for n, word in enumerate(words) if word.folded in language.origins]
    return (words[begins[-1]].start, words[-1].end) if begins else (amount.start, amount.end)
