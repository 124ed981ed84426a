"""Targets and observations: the numbers of a clause as proposed statements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.drafting.grammar.counting import indicator_of, signed, unit_of
from kg.drafting.grammar.doubts import is_doubtful, is_elsewhen, is_promised, is_rest
from kg.drafting.grammar.facts_of_plans import (
    is_aim_moved,
    is_fact_of_plan,
    is_fallen_short,
    is_going,
    is_told_there,
)
from kg.drafting.grammar.implied import implied
from kg.drafting.grammar.new_indicators import STOCK
from kg.drafting.grammar.number_times import period_of
from kg.drafting.grammar.origins import origin_place
from kg.drafting.grammar.reading import COMPANIES, within
from kg.drafting.grammar.reckoning import told_time, year_before_behind
from kg.drafting.grammar.senses import FUTURE, TURNS
from kg.drafting.grammar.sharing import shared_out
from kg.drafting.grammar.target_times import base_keys, target_times
from kg.drafting.grammar.telling import (
    due_keys,
    number_keys,
    plain,
    when_keys,
)
from kg.drafting.grammar.undertakings import Number
from kg.drafting.proposals import Proposal
from kg.drafting.times.shifted import year_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.telling import Keys
    from kg.drafting.grammar.undertakings import Things
    from kg.drafting.times.days import Period


def measured(said: Said) -> Iterator[Proposal]:
    """Yield a statement for each number of a clause of which the words tell what it counts."""
    owners = shared_out(said)
    if owners is None and _is_shared(said):
        return
    company = said.company
    for number, amount in enumerate(said.amounts):
        said.company = owners[number] if owners else company
        indicator = indicator_of(said, number)
        if indicator is None:
            # What stands behind a number of something else counts the same: "21,000 scooters and wants 200,000".
            said.memory.in_sentence.setdefault(unit_of(amount), "")
            continue
        said.memory.count(unit_of(amount), indicator)
        own = period_of(said, number, amount)
        told = told_time(said, amount, own, indicator)
        if not is_doubtful(said, amount, indicator, own if told is own else None):
            yield _stated(said, number, indicator, told)
            yield from _grown(said, amount, indicator)
    said.company = company
    for amount, indicator in implied(said):
        yield _implied(said, amount, indicator)
    yield from _ranked(said)


def _implied(said: Said, amount: Amount, indicator: str) -> Proposal:
    times = target_times(said, period_of(said, 0, amount), amount)
    span = said.trimmed(said.clause.first, said.clause.last)
    return _target(said, indicator, {**number_keys(amount), **times}, amount.start, span)


def _stated(said: Said, number: int, indicator: str, told: Period | None) -> Proposal:
    amount = said.amounts[number]
    keys = number_keys(signed(said, amount, indicator))
    period, span = period_of(said, number, amount), said.part(number)
    is_there = said.is_planned and (is_told_there(said, amount) or is_fallen_short(said, amount))
    if not is_there and (
        said.is_planned
        or is_fact_of_plan(said, indicator)
        or is_going(said, indicator)
        or is_promised(said, amount)
    ):
        times = target_times(said, period, amount)
        if is_aim_moved(said):
            keys.pop("baseline", None)
        target = _target(said, indicator, {**keys, **times}, amount.start, span)
        announced = said.reading.before(amount.start) in said.memory.language.announcing
        if target.keys["status"] == "achieved" and (announced or is_rest(said, amount)):
            return replace(target, keys={**target.keys, "status": "announced"})
        return target
    if told is not None and told in {period, said.memory.report}:
        said.memory.base = told
    if said.memory.indicators.is_cut(indicator):
        keys |= base_keys(said, amount)
    return _observation(said, indicator, keys, told, (amount.start, span))


def _is_shared(said: Said) -> bool:
    """Whether several numbers are those of several companies: "Acme is ahead of Bolt, at 10 and 9 per cent"."""
    start, end = said.reading.span(said.clause)
    named = within(said.reading.mentions, start, end)
    companies = {mention.thing for mention in named if mention.type in COMPANIES}
    units = [unit_of(amount) for amount in said.amounts]
    return said.clause.sense is None and len(companies) > 1 and len(set(units)) < len(units)


def _grown(said: Said, amount: Amount, indicator: str) -> Iterator[Proposal]:
    """Yield what a number grows from, where that is so today: "from 250"."""
    if is_aim_moved(said):
        return
    trade = said.memory.trades.get(indicator)
    stands = trade.adds == STOCK if trade else said.memory.indicators.is_stock(indicator)
    is_now = stands and said.clause.sense not in TURNS
    if amount.baseline is None:
        return
    base = said.memory.base or said.memory.report
    end = _origin_end(said, amount)
    back = year_before_behind(said, end) if end is not None else None
    then = next((p for p in said.periods if end is not None and p.start >= end), None)
    # "A year earlier" than a time that nobody has told is none.
    is_untold = back and base is None and (then is None or is_elsewhen(said, then))
    if is_untold or not (is_now or (back and base)):
        return
    compared = {"comparator": amount.baseline_comparator} if amount.baseline_comparator else {}
    # "A loss of 3 million, from 9 million"
    below = (signed(said, amount, indicator).value or 0) < 0 < amount.baseline
    keys: Keys = {**compared, "value": plain(-amount.baseline if below else amount.baseline)}
    money = number_keys(amount).get("unit")
    if money:
        keys["unit"] = money
    span = said.origins.get(amount.start) or origin_place(
        amount, said.reading, said.memory.language
    )
    if back and base:
        then, span = year_before(base), (span[0], back)
    yield _observation(said, indicator, keys, then, (amount.start, span))


def _origin_end(said: Said, amount: Amount) -> int | None:
    """Return where ends what a number grows from, None where that does not stand behind it."""
    joined = said.origins.get(amount.start)
    return joined[1] if joined else amount.end if said.ends_in_origin(amount) else None


def _ranked(said: Said) -> Iterator[Proposal]:
    """Yield the rank that a clause tells: "the second largest"."""
    found = said.memory.indicators.rank(said.words, said.reading.words, said.company)
    if found is None:
        return
    hit, indicator = found
    at = said.words[hit.first].start
    period = next(iter(said.periods), None)
    span = said.trimmed(said.clause.first, said.clause.last)
    keys: Keys = {"value": hit.meaning}
    if said.clause.sense in FUTURE:
        yield _target(said, indicator, {**keys, **due_keys(period)}, at, span)
    else:
        yield _observation(said, indicator, keys, period, (at, span))


def _target(said: Said, indicator: str, keys: Keys, at: int, span: tuple[int, int]) -> Proposal:
    sense = said.clause.sense
    about, place, things = _about(said, indicator, at, observed=False)
    turn = said.memory.turn
    told: Keys = {
        "type": "Target",
        "about": about,
        "indicator": indicator,
        **keys,
        "status": (turn or "announced") if sense in {"former", None} else str(sense),
        **said.told(place),
    }
    if sense == "former":
        told["confidence"] = "medium"
    return Proposal(told, (span,), things)


def _observation(
    said: Said,
    indicator: str,
    keys: Keys,
    period: Period | None,
    at_and_span: tuple[int, tuple[int, int]],
) -> Proposal:
    at, span = at_and_span
    about, place, things = _about(said, indicator, at, observed=True)
    kind = "forecast" if said.clause.sense == "forecast" else "reported"
    counted = "estimated" if said.is_estimated() else "counted"
    told: Keys = {
        "type": "Observation",
        "about": about,
        "indicator": indicator,
        **{key: value for key, value in keys.items() if key != "baseline"},
        **when_keys(None if _is_today(said, indicator, period) else period, said.memory.published),
        "kind": counted if kind == "reported" and said.is_analyst() else kind,
        **said.told(place),
    }
    return Proposal(told, (span,), things)


def _is_today(said: Said, indicator: str, period: Period | None) -> bool:
    """Whether a time is only the day of publication, on which what is there is there: "today it has 300 shops"."""
    published = said.memory.published
    is_now = period is not None and period.earliest == period.latest == published
    return is_now and not said.memory.is_flow(indicator)


def _about(
    said: Said, indicator: str, at: int, *, observed: bool
) -> tuple[str, str | None, Things]:
    """Return what a number is a value of, where, and how that is described if it is new."""
    memory, company = said.memory, str(said.company)
    place = said.place(at)
    last, kinds = memory.last_of(company), said.kinds()
    number = Number(
        company,
        indicator,
        place,
        said.reading.words,
        observed,
        last,
        said.strange,
        kinds,
        memory.whereabouts.named,
    )
    about, things = memory.undertakings.measured(number)
    if about != company or not observed:
        memory.last = company, about
    if not observed:
        memory.is_planned = said.clause.sense in FUTURE | {"underway"} or said.clause.sense is None
    return about, place or said.place_of(about), things
