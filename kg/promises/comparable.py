"""Which observations can be held against a promise, and what each certainly says of it.

A figure of another place, period or beginning can still show one thing: the whole is no less than
its part. `docs/verdicts.md` has the table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.promises.amounts import AT_LEAST, AT_MOST, first_number, measure_of
from kg.promises.days import first_day, is_year
from kg.promises.known import is_unsure, published
from kg.promises.verdicts import Figure
from kg.promises.wants import has_sense

if TYPE_CHECKING:
    from kg.promises.claims import Claims
    from kg.promises.statement import Statement
    from kg.promises.verdicts import Aim, Policy
    from kg.promises.wants import Want

Blocks: TypeAlias = "tuple[str | None, str | None]"
"""Why a figure cannot show that an aim was reached, and why not that it was missed."""

# A rise of these is a rise of the whole; of a share or a rank the part says nothing of the whole.
_ADDS_UP: Final = ("stock", "flow", "cumulative")
# How values add up that are told for periods, and by whom nobody says how.
_NOT_TOLD: Final = "unknown-aggregation"


def figure_of(
    observation: Statement,
    want: Want,
    places: tuple[str | None, str | None],
    claims: Claims,
    policy: Policy,
) -> Figure:
    """Return what an observation says of what is wanted of the same thing, by indicator and unit.

    `places` are where the target and the observation hold.
    """
    first, last = observed(observation, want.aim.counted)
    no_reach, no_short = _blocks(observation, want, places, claims)
    empty = no_reach if no_reach and no_short else None
    if observation.text("kind") == "forecast":
        empty = "only-forecasts"
    elif empty is None and want.said and last < want.said:
        empty = "only-before-it-was-promised"
    return Figure(
        observation.name,
        *bounds(observation, policy),
        first,
        last,
        origin=_origin(observation),
        no_reach=no_reach,
        no_short=no_short,
        empty=empty,
        unsure=is_unsure(observation),
    )


def _origin(observation: Statement) -> str:
    """Return on whose word an observation stands: papers that quote one company are one origin."""
    voices = (observation.one(key) for key in ("onBehalfOf", "speaker", "via"))
    return str(next((voice for voice in voices if voice), observation.source.publisher))


def bounds(observation: Statement, policy: Policy) -> tuple[Decimal | None, Decimal | None]:
    """Return between which numbers an observed value certainly lies."""
    comparator = observation.text("comparator")
    low = first_number(observation, ("value", "minimum"))
    high = first_number(observation, ("value", "maximum"))
    if comparator in AT_MOST:
        return None, low if high is None else high
    if low is None:
        return None, high
    if high is None or comparator in AT_LEAST:
        # Who reports "more than 2,500" names the round number just below; there is none below nothing.
        return low, low + abs(low) * policy.above if low else None
    slack = policy.tolerance if comparator == "approximately" else Decimal(0)
    return low - abs(low) * slack, high + abs(high) * slack


def observed(observation: Statement, counted: str) -> tuple[date, date]:
    """Return the first and the last day on which an observation can have been so."""
    when = observation.one("when")
    if not isinstance(when, date):
        return published(observation), published(observation)
    start = observation.one("whenStart")
    if counted in ("ratio", "ordinal") and isinstance(start, date):
        # It was measured over a period and holds at its end; the period is no doubt about the day.
        return when, when
    if counted in ("flow", _NOT_TOLD):
        return when, when
    first = first_day(when, observation.says.get("whenPrecision", ()))
    # Of a month that was not over, what was reported was so by the day of the report.
    when = min(when, max(first, published(observation)))
    if isinstance(start, date) and counted != "cumulative":
        first = min(first, start)
    return first, when


def _blocks(
    observation: Statement, want: Want, places: tuple[str | None, str | None], claims: Claims
) -> Blocks:
    blocks = [_place(*places, want.aim, claims), _among(observation, want)]
    measure = measure_of(want.target, claims)
    base = want.target.one("baselineDate")
    if measure.is_change and (base is None or observation.one("baselineDate") != base):
        blocks.append(("other-base", "other-base"))
    if want.aim.counted == "cumulative":
        blocks.append(_start_blocks(observation, want, claims))
    if want.aim.counted == "flow":
        blocks.append(_period_blocks(observation, want))
    if want.aim.counted == _NOT_TOLD:
        blocks.append(_same_period(observation, want))
    if not has_sense(want.target, measure):
        blocks.append(("direction-not-known", "direction-not-known"))
    if want.aim.is_free:
        blocks.append(("wants-nothing", None))
    if measure.can_be_negative:
        # A half-year's profit can be more than the year's: what keeps one from being shown keeps both.
        blocks = [(reach or short, short or reach) for reach, short in blocks]
    reach = next((reach for reach, _ in blocks if reach), None)
    short = next((short for _, short in blocks if short), None)
    return reach, short


def _part(*, wider: bool, narrower: bool, aim: Aim, reason: str) -> Blocks:
    """Return what a wider or narrower figure cannot show: the part is no more than the whole."""
    # Where little is wanted, a part that is small enough says nothing, and parts can be negative.
    if aim.up and wider:
        return reason, None
    if aim.up and narrower:
        return None, reason
    return reason, reason


def _place(wanted: str | None, found: str | None, aim: Aim, claims: Claims) -> Blocks:
    if wanted == found:
        return None, None
    known = wanted is not None and found is not None and aim.counted in _ADDS_UP
    return _part(
        wider=known and found in claims.around.get(str(wanted), ()),
        narrower=known and wanted in claims.around.get(str(found), ()),
        aim=aim,
        reason="only-other-places",
    )


def _among(observation: Statement, want: Want) -> Blocks:
    """Return what a count of another part, or of the whole, cannot show."""
    wanted, found = want.target.one("among"), observation.one("among")
    if wanted == found:
        return None, None
    adds_up = want.aim.counted in _ADDS_UP
    return _part(
        wider=adds_up and found is None,
        narrower=adds_up and wanted is None,
        aim=want.aim,
        reason="only-other-parts",
    )


def _start_blocks(observation: Statement, want: Want, claims: Claims) -> Blocks:
    begun = observation.one("whenStart")
    # The words may name the year that both are of.
    if _promised_period(want.target) == (begun, observation.one("when")):
        return None, None
    wanted = want.target.one("countsFrom")
    measure = measure_of(want.target, claims)
    if measure.from_plan:
        wanted = wanted or want.said
        begun = begun or wanted
    reason = "counts-from-another-day"
    if begun == wanted:
        return None, None
    if not (isinstance(begun, date) and isinstance(wanted, date)):
        return reason, reason
    return _part(wider=begun < wanted, narrower=begun > wanted, aim=want.aim, reason=reason)


def _period_blocks(observation: Statement, want: Want) -> Blocks:
    mine = _promised_period(want.target)
    its = _observed_period(observation)
    if mine is None or its is None:
        return "other-period", "other-period"
    if mine == its:
        return None, None
    return _part(
        wider=its[0] <= mine[0] and mine[1] <= its[1],
        narrower=mine[0] <= its[0] and its[1] <= mine[1],
        aim=want.aim,
        reason="other-period",
    )


def _same_period(observation: Statement, want: Want) -> Blocks:
    """Return nothing where a value that adds up nobody knows how is of the very period; no other compares."""
    mine, its = _promised_period(want.target), _observed_period(observation)
    if mine is not None and mine == its:
        return None, None
    return "other-period", "other-period"


def _promised_period(target: Statement) -> tuple[date, date] | None:
    return _period_of(target, "due", "duePrecision", "countsFrom")


def _observed_period(observation: Statement) -> tuple[date, date] | None:
    return _period_of(observation, "when", "whenPrecision", "whenStart")


def _period_of(
    statement: Statement, end: str, precision: str, begin: str
) -> tuple[date, date] | None:
    """Return the period that an amount is of: as stated, else the year that its words name."""
    last, start = statement.one(end), statement.one(begin)
    if not isinstance(last, date):
        return None
    if isinstance(start, date):
        return start, last
    precisions = statement.says.get(precision, ())
    return (first_day(last, precisions), last) if is_year(precisions) else None
