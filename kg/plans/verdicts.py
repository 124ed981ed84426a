"""How a target fared by the figures: how much of the way is done, and whether it was met.

The verdict is that of the question `track-record`, for one target instead of one speaker.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.plans.statements import Statement

VERDICTS: Final = ("met", "partly", "missed")
"""What the figures can tell of a target, the best first."""


@dataclass(frozen=True)
class Indicator:
    """What a figure measures: `direction` and `aggregation` by shortest name, or empty."""

    direction: str
    aggregation: str


@dataclass(frozen=True)
class Verdict:
    """`name` is one of `VERDICTS`; `observation` tells so, from `day` (ISO 8601) on."""

    name: str
    day: str
    observation: Statement


def judge(
    target: Statement, observations: Iterable[Statement], indicator: Indicator
) -> Verdict | None:
    """Judge a target by observations that are comparable with it; None where none of them tells.

    A target is met where an observation by its due day reaches its value, or the first one after
    does; that one finds it partly met if it is better than the baseline, and missed otherwise.
    Without a due day nothing can be told.
    """
    due = target.one("due")
    if due is None:
        return None
    late: list[tuple[str, int, str, Statement]] = []
    for observation in observations:
        day = observed_on(observation)
        if day <= str(due) and _reached(target, _figure(observation), indicator):
            return Verdict("met", day, observation)
        name = _late_verdict(target, observation, indicator) if day >= str(due) else None
        if name:
            late.append((day, VERDICTS.index(name), observation.name, observation))
    if not late:
        return None
    # Of the figures of the first day that tells, the best one decides, then the first by name.
    day, rank, _, observation = min(late)
    return Verdict(VERDICTS[rank], day, observation)


def _late_verdict(target: Statement, observation: Statement, indicator: Indicator) -> str | None:
    """Return what an observation from the due day or later tells of a target, None if nothing."""
    figure = _figure(observation)
    if figure is None or not _tells(target, observation, indicator):
        return None
    if _reached(target, figure, indicator):
        return "met"
    if _capped(target) and not _lower(target, indicator):
        return None  # up to so much of what more is better binds no one
    return "partly" if _better(target, figure, indicator) else "missed"


def share_done(target: Statement, observation: Statement, indicator: Indicator) -> Decimal | None:
    """Return the part of the way from the baseline to the value that an observation has gone.

    Where no baseline is known the way begins at nothing, if more is better and it is no rank; else
    None. Below 0 it went the wrong way, above 1 it went further.
    """
    # The distance between two places in an order is no part of a way.
    aim, figure, baseline = _aim(target), _figure(observation), _number(target.one("baseline"))
    if aim is None or figure is None or indicator.aggregation == "cp:ordinal":
        return None
    if baseline is None:
        if _lower(target, indicator) or aim <= 0:
            return None
        baseline = Decimal(0)
    return None if aim == baseline else (figure - baseline) / (aim - baseline)


def observed_on(observation: Statement) -> str:
    """Return the day that an observation is about, else that of its source."""
    return str(observation.one("when") or observation.source.published)


def _tells(target: Statement, observation: Statement, indicator: Indicator) -> bool:
    """Whether an observation after the due day is about what was due: a flow has its own period."""
    start, due = observation.one("whenStart"), target.one("due")
    return indicator.aggregation != "cp:flow" or (start is not None and str(start) <= str(due))


def _aim(target: Statement) -> Decimal | None:
    value = _number(target.one("value"))
    return _number(target.one("minimum")) if value is None else value


_figure = _aim  # an observed range begins at its minimum too


def _number(value: object) -> Decimal | None:
    # In Python a truth value is an int; and a float would round what is compared to the digit.
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return None
    return Decimal(value)


def _capped(target: Statement) -> bool:
    return target.text("comparator") in ("at-most", "less-than")


def _lower(target: Statement, indicator: Indicator) -> bool:
    """Whether less is asked for: by the words, unless the indicator knows better."""
    if _capped(target) and indicator.direction != "cp:more-is-better":
        return True
    if target.text("comparator") in ("at-least", "more-than"):
        return False
    return indicator.direction == "cp:less-is-better"


def _reached(target: Statement, figure: Decimal | None, indicator: Indicator) -> bool:
    aim = _aim(target)
    if aim is None or figure is None:
        return False
    return figure <= aim if _lower(target, indicator) else figure >= aim


def _better(target: Statement, figure: Decimal, indicator: Indicator) -> bool:
    baseline = _number(target.one("baseline"))
    if baseline is None:
        return False
    return figure < baseline if _lower(target, indicator) else figure > baseline
