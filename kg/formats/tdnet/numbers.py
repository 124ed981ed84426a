"""The numbers of a filing of the Tokyo Stock Exchange as lines: of what each is, and what it is.

A line is one number, or a range, of one indicator, scope and period: a forecast, the forecast before
it, or a result. What is no such line is counted by the reason for which it is left out.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.formats.tdnet.lines import (
    AMOUNTS,
    CHANGES,
    DISTRIBUTIONS,
    DIVIDEND,
    DIVIDENDS,
    PER_SHARE,
)
from kg.formats.tdnet.money import currency_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from kg.formats.inline import Fact

SCOPES: Final = {
    "ConsolidatedMember": "consolidated-accounts",
    "NonConsolidatedMember": "non-consolidated-accounts",
}
"""What accounts are of: the group or the company alone, by the member of the dimension."""

_SCOPE: Final = "ConsolidatedNonconsolidatedAxis"
_SCHEDULE: Final = "AnnualDividendPaymentScheduleAxis"
_ROLE: Final = "ResultForecastAxis"
_MOMENT: Final = "PreviousCurrentAxis"
_RESULT: Final = "ResultMember"
_FORECASTS: Final = ("ForecastMember", "LowerMember", "UpperMember")
_KNOWN: Final = frozenset({*AMOUNTS, *PER_SHARE, *DISTRIBUTIONS, DIVIDEND})


@dataclass(frozen=True, slots=True)
class Key:
    """What a line is of: only lines of one key are ever held against each other."""

    indicator: str
    scope: str | None
    start: date
    end: date
    unit: str


@dataclass(frozen=True, slots=True)
class FiledLine:
    """A number (`low` is `high`), or a range, in which one end may be open; it stands at some places.

    `state` is forecast, previous or result; outturn for what is filed as a forecast of a period that is
    over, or estimate where that is no result yet; and withdrawn for the forecast before, where nothing stands in its place.
    """

    key: Key
    state: str
    low: Decimal | None
    high: Decimal | None
    places: tuple[str, ...]


def read_lines(facts: Sequence[Fact], filed: date, left_out: Counter[str]) -> list[FiledLine]:
    """Return the lines of a filing, in its order, and count in `left_out` what is none."""
    lines: dict[tuple[Key, str], FiledLine] = {}
    for (key, moment), roles in _groups(facts, left_out).items():
        by_role = {role: fact for role, them in roles.items() if (fact := _one(them, left_out))}
        result = by_role.pop(_RESULT, None)
        found = [] if result is None else [_single(key, "result", result)]
        if by_role:
            found += _forecast(key, moment, by_role, filed, left_out)
        for line in found:
            same = lines.setdefault((key, line.state), line)
            if (same.low, same.high) != (line.low, line.high):
                left_out["numbers that are stated twice, and differ"] += 1
    for key, state in list(lines):
        if state == "outturn" and (key, "result") in lines:
            del lines[key, state]
            left_out["forecasts whose result stands beside them"] += 1
    return [*lines.values(), *_withdrawn(facts, lines, filed)]


def _withdrawn(
    facts: Iterable[Fact], lines: Mapping[tuple[Key, str], FiledLine], filed: date
) -> Iterator[FiledLine]:
    """Yield the forecasts that a notice takes back: the one before has a number, and the current one is nil."""
    current = _current(facts)
    empty = {
        key: them[0]
        for key, them in current.items()
        if all(fact.is_nil for fact in them) and filed <= key.end and (key, "result") not in lines
    }
    year_end, of_year = DIVIDENDS["YearEndMember"], DIVIDENDS["AnnualMember"]
    for key, fact in empty.items():
        if (before := lines.get((key, "previous"))) is None:
            continue
        if key.indicator in DIVIDENDS.values():
            # What is paid for a quarter already is nil, too; and of a year with a split there is no sum.
            both = {replace(key, indicator=each) for each in (year_end, of_year)}
            if key not in both or not both <= empty.keys():
                continue
        if key.indicator in DISTRIBUTIONS.values():
            # Of what is paid out of profit and beyond it one may be none, and the other stand.
            parts = {replace(key, indicator=each) for each in DISTRIBUTIONS.values()}
            if not parts & current.keys() <= empty.keys():
                continue
        yield replace(before, state="withdrawn", places=(*before.places, fact.place))


def _current(facts: Iterable[Fact]) -> dict[Key, list[Fact]]:
    """Return the current forecasts of a notice by what they are of, whether or not they have a number."""
    found: dict[Key, list[Fact]] = {}
    for fact in facts:
        members = _members(fact) if fact.is_number else {}
        if members.get(_MOMENT) == "CurrentMember" and members.get(_ROLE) in _FORECASTS:
            with suppress(_LeftOutError):
                _refuse_concept(fact)
                found.setdefault(_key(fact, members), []).append(fact)
    return found


def _groups(
    facts: Iterable[Fact], left_out: Counter[str]
) -> dict[tuple[Key, str], dict[str, list[Fact]]]:
    """Return the numbers by what they are of and by whether they are current or previous, then by role."""
    groups: dict[tuple[Key, str], dict[str, list[Fact]]] = {}
    for fact in facts:
        if not fact.is_number:
            continue
        try:
            _refuse(fact)
            members = _members(fact)
            role = _role(members)
            of = (_key(fact, members), members.get(_MOMENT, ""))
        except _LeftOutError as reason:
            left_out[str(reason)] += 1
        else:
            groups.setdefault(of, {}).setdefault(role, []).append(fact)
    return groups


class _LeftOutError(Exception):
    """Why a number is left out."""


def _members(fact: Fact) -> dict[str, str]:
    named = fact.context.dimensions.items()
    return {axis.rpartition("}")[2]: of.rpartition("}")[2] for axis, of in named}


def _refuse_concept(fact: Fact) -> None:
    if fact.name.startswith(CHANGES):
        raise _LeftOutError("changes since the last forecast or year")
    if fact.name not in _KNOWN:
        raise _LeftOutError("numbers of other kinds than forecasts are made of")


def _refuse(fact: Fact) -> None:
    if fact.is_nil:
        raise _LeftOutError("numbers that are nil")
    _refuse_concept(fact)
    if fact.fault is not None:
        raise _LeftOutError("numbers that cannot be read")


def _role(members: Mapping[str, str]) -> str:
    if not members.keys() <= {_SCOPE, _SCHEDULE, _ROLE, _MOMENT}:
        raise _LeftOutError("numbers of a part of the business")
    role = members.get(_ROLE, "")
    if role != _RESULT and role not in _FORECASTS:
        raise _LeftOutError("numbers that are neither forecast nor result")
    return role


def _key(fact: Fact, members: Mapping[str, str]) -> Key:
    start, end = fact.context.start, fact.context.end
    if start is None or end is None or start > end:
        raise _LeftOutError("numbers without a period")
    schedule = members.get(_SCHEDULE)
    if fact.name == DIVIDEND:
        # A dividend is always the company's own, whatever its accounts are of.
        scope, indicator = None, DIVIDENDS.get(schedule or "")
    elif fact.name in DISTRIBUTIONS:
        scope, indicator = None, None if schedule else DISTRIBUTIONS[fact.name]
    else:
        scope = SCOPES.get(members.get(_SCOPE, ""))
        indicator = None if schedule else AMOUNTS.get(fact.name) or PER_SHARE[fact.name]
        if scope is None:
            raise _LeftOutError("numbers of which it is not told whether they are consolidated")
    if indicator is None:
        raise _LeftOutError("numbers of which it is not told what for")
    currency = currency_of(fact.unit, per_share=fact.name not in AMOUNTS)
    if currency is None:
        raise _LeftOutError("numbers in units that are not known")
    return Key(indicator, scope, start, end, currency)


def _one(facts: Sequence[Fact], left_out: Counter[str]) -> Fact | None:
    """Return the first of facts that all say the same."""
    if len({fact.value for fact in facts}) > 1:
        left_out["numbers that are stated twice, and differ"] += len(facts)
        return None
    return facts[0]


def _single(key: Key, state: str, fact: Fact) -> FiledLine:
    return FiledLine(key, state, fact.value, fact.value, (fact.place,))


def _forecast(
    key: Key, moment: str, roles: Mapping[str, Fact], filed: date, left_out: Counter[str]
) -> Iterator[FiledLine]:
    """Yield the forecast that facts of several roles make, or what one of a period that is over says of it."""
    state = "previous" if moment == "PreviousMember" else "forecast"
    if state == "forecast" and filed > key.end:
        # A notice of a difference puts the result where a revision has the forecast; a summary does not.
        if moment != "CurrentMember":
            left_out["forecasts of a period that was over"] += len(roles)
            return
        state = "outturn"
    single, lower, upper = (roles.get(role) for role in _FORECASTS)
    if single is not None:
        left_out["ranges beside a single number"] += len(roles) - 1
        yield _single(key, state, single)
        return
    low, high = (None if end is None else end.value for end in (lower, upper))
    if low is not None and high is not None and low > high:
        left_out["ranges that end below where they begin"] += 1
        return
    yield FiledLine(key, state, low, high, tuple(end.place for end in (lower, upper) if end))
