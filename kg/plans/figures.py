"""What was observed of what targets want, and what it tells of them.

Two figures are compared where they are about the same thing, in the same place and unit, and measure
the same indicator. A forecast is nobody's observation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.base import ID, Cell
from kg.plans.plan import Progress
from kg.plans.verdicts import VERDICTS, Indicator, judge, share_done
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.plans.promises import Promise
    from kg.plans.sentences import Words
    from kg.plans.statements import Statement
    from kg.plans.verdicts import Verdict
    from kg.query import Index

_INDICATORS: Final = """SELECT ?indicator ?direction ?aggregation WHERE {
  ?indicator a cp:Indicator .
  OPTIONAL { ?indicator cp:direction ?direction }
  OPTIONAL { ?indicator cp:aggregation ?aggregation }
}"""

Scope: TypeAlias = tuple[Cell, ...]
"""What two figures must have in common to be compared: thing, indicator, place and unit."""


@dataclass(frozen=True)
class Figures:
    """The observations of a graph by scope, and what its indicators measure, by shortest name."""

    observations: Mapping[Scope, Sequence[Statement]]
    indicators: Mapping[str, Indicator]

    @classmethod
    def of(cls, index: Index, statements: Iterable[Statement]) -> Figures:
        """Return the figures among the `statements` of the graph of `index`."""
        indicators = {
            str(name): Indicator(str(direction or ""), str(aggregation or ""))
            for name, direction, aggregation in select_rows(index, _INDICATORS)
        }
        return cls(_by_scope(statements), indicators)

    def comparable(self, target: Statement) -> Sequence[Statement]:
        """Return the observations that a target can be held against."""
        return self.observations.get(_scope(target), ())

    def indicator(self, target: Statement) -> Indicator:
        """Return what a target is measured by; one that nobody describes has no direction."""
        return self.indicators.get(str(target.one("indicator")), Indicator("", ""))

    def judge(self, promise: Promise) -> tuple[Statement, Verdict | None]:
        """Return the target of a promise that the figures tell most about, and what they tell."""
        # Who repeats a target may do so in another unit or for another place, in which there are
        # figures, while there are none for the first.
        verdicts = [
            (target, judge(target, self.comparable(target), self.indicator(target)))
            for target in promise
        ]
        return min(verdicts, key=lambda pair: _weight(*pair))

    def progress(self, target: Statement, verdict: Verdict | None, words: Words) -> Progress | None:
        """Return the figure that decided on a target, else its latest one."""
        observation = verdict.observation if verdict else self._latest(target)
        if observation is None:
            return None
        part = share_done(target, observation, self.indicator(target))
        return Progress(
            None if part is None else float(round(part, 4)),
            words.sentence(observation),
            ID + observation.name,
        )

    def _latest(self, target: Statement) -> Statement | None:
        """Return the latest observation as the rule `latest-observation` finds it, if it is comparable."""
        names = {str(name) for name in target.says.get("latestObservation", ())}
        comparable = self.comparable(target)
        return next((observation for observation in comparable if observation.name in names), None)


def _weight(target: Statement, verdict: Verdict | None) -> tuple[bool, str, int]:
    """Return what comes first of verdicts: met by the day, then told of first; see `track-record`."""
    if verdict is None:
        return True, "", 0
    late = verdict.day if verdict.day > str(target.one("due")) else ""
    return False, late, VERDICTS.index(verdict.name)


def _scope(statement: Statement) -> Scope:
    return tuple(statement.one(key) for key in ("about", "indicator", "place", "unit"))


def _by_scope(statements: Iterable[Statement]) -> dict[Scope, list[Statement]]:
    """Return what was observed, not forecast, by everything that it is about and its scope."""
    observations: dict[Scope, list[Statement]] = {}
    for statement in statements:
        if statement.kind == "Observation" and statement.text("kind") not in (None, "forecast"):
            for thing in statement.says.get("about", ()):
                observations.setdefault((thing, *_scope(statement)[1:]), []).append(statement)
    return observations
