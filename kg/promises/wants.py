"""What is wanted by a target: which number, on which side of it, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.promises.amounts import AT_LEAST, AT_MOST, first_number, measure_of, number
from kg.promises.verdicts import Aim

if TYPE_CHECKING:
    from datetime import date

    from kg.promises.claims import Claims, Measure
    from kg.promises.statement import Statement
    from kg.promises.verdicts import Policy

_SCOPE: Final = (
    "about", "among", "baselineDate", "countsFrom", "due", "duePrecision", "indicator", "place",
    "unit",
)  # fmt: skip


@dataclass(frozen=True)
class Want:
    """What one source says is wanted: its `target`, the `aim` of that, and when it was first `said`.

    `said` is None where the day is not known.
    """

    target: Statement
    aim: Aim
    said: date | None

    @property
    def scope(self) -> tuple[object, ...]:
        """Everything that what a figure says depends on: of targets that share it figures say the same."""
        says = (self.target.says.get(key, ()) for key in _SCOPE)
        return (self.aim.up, self.aim.counted, self.said, self.aim.is_free, *says)


def aim_of(target: Statement, due: date | None, claims: Claims, policy: Policy) -> Aim | None:
    """Return what a target wants, or None where it names no number."""
    measure = measure_of(target, claims)
    comparator = target.text("comparator")
    capped, more = comparator in AT_MOST, measure.direction == "more-is-better"
    up = _wants_more(target, measure)
    # Of a range the nearer end is enough, but "up to" names the far one.
    keys = ("value", "minimum", "maximum") if up and not capped else ("value", "maximum", "minimum")
    value = first_number(target, keys)
    if value is None:
        return None
    return Aim(
        value,
        up,
        due,
        measure.aggregation,
        binding=not (capped and more),
        slack=policy.tolerance if comparator == "approximately" else Decimal(0),
        baseline=number(target.one("baseline")),
        is_free=up and value <= 0 and comparator != "more-than" and not measure.goes_below_nothing,
    )


def _wants_more(target: Statement, measure: Measure) -> bool:
    comparator = target.text("comparator")
    if measure.aggregation == "ordinal":
        return False  # one is the best place, whatever the words
    if comparator in AT_LEAST:
        return True
    if comparator in AT_MOST:
        return measure.direction == "more-is-better"
    value, baseline = first_number(target, ("value", "minimum")), number(target.one("baseline"))
    if measure.direction == "neutral" and value is not None and baseline is not None:
        return value > baseline  # what is no gain as such is wanted where the way leads
    return measure.direction != "less-is-better"


def has_sense(target: Statement, measure: Measure) -> bool:
    """Tell whether it is known on which side of its number a target is reached."""
    if measure.direction != "unknown-direction" or measure.aggregation == "ordinal":
        return True
    return target.text("comparator") in AT_LEAST
