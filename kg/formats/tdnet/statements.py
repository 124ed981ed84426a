"""What a filing of the Tokyo Stock Exchange says, as statements, by what earlier filings said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.formats.batch import element
from kg.formats.inline_values import plain_number
from kg.formats.tdnet.lines import PAID
from kg.formats.tdnet.memory import StandingLine, values_of
from kg.formats.tdnet.shares import PER_SHARE_INDICATORS, count_shares, is_other_count, may_be_split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from decimal import Decimal

    from kg.formats.batch import Node
    from kg.formats.tdnet.filing import TdnetFiling
    from kg.formats.tdnet.memory import FilingMemory
    from kg.formats.tdnet.numbers import FiledLine, Key


class FilingWriter:
    """Makes the statements of one filing, by what stood before it."""

    def __init__(self, filing: TdnetFiling, source: str, memory: FilingMemory) -> None:
        self.source, self.company = source, f"xtks-{filing.code.lower()}"
        self.left_out: Counter[str] = Counter()
        self._filing, self._memory = filing, memory
        self._shares = count_shares(filing.lines)
        self._recalled = {
            line.key: values_of(line) for line in filing.lines if line.state == "previous"
        }
        self._last: dict[bool, date] = {}
        for line in filing.lines:
            if line.state in ("result", "outturn"):
                paid = line.key.indicator in PAID
                self._last[paid] = max(line.key.end, self._last.get(paid, line.key.end))

    def statements(self) -> Iterator[Node]:
        """Yield the statements: forecasts before these first, for these update them."""
        makers: dict[str, Callable[[FiledLine], Node | None]] = {
            "previous": self._previous,
            "withdrawn": self._withdrawn,
            "forecast": self._forecast,
            "outturn": self._result,
            "result": self._result,
        }
        for state, make in makers.items():
            lines = (line for line in self._filing.lines if line.state == state)
            for line in sorted(lines, key=self._name):
                if (made := make(line)) is not None:
                    yield made

    def _previous(self, line: FiledLine) -> Node | None:
        """Return the forecast that this filing recalls, where no earlier one made it and its day is told."""
        if self._filing.recalls_results:
            self.left_out["results of a year before, or forecasts, in one place"] += 1
            return None
        stood = self._memory.forecast(self._filing.code, line)
        if stood is not None and stood.values == values_of(line):
            return None
        uttered = self._filing.announced_of(line.key)
        if uttered is None or (stood is not None and stood.since >= uttered):
            self.left_out[
                "earlier forecasts that no filing here states, of a day that is not told"
            ] += 1
            return None
        node = self._target(line) | {"uttered": str(uttered)}
        if stood is not None:
            node["updates"] = stood.name
        self._put(line, node, uttered)
        return node

    def _put(self, line: FiledLine, node: Node, since: date) -> None:
        """Remember a forecast as the one that stands since a day."""
        stood = self._memory.forecast(self._filing.code, line)
        # A notice of dividends alone tells no shares: those of the summary before it.
        shares = self._shares_of(line) or (stood.shares if stood else None)
        quarter = self._filing.quarter
        new = StandingLine(node["id"], values_of(line), since, shares=shares, quarter=quarter)
        self._memory.put_forecast(self._filing.code, line, new)

    def _withdrawn(self, line: FiledLine) -> Node | None:
        """Return the forecast that this filing takes back, as one that is given up."""
        stood = self._memory.forecast(self._filing.code, line)
        if self._filing.is_correction and stood is not None and stood.values != values_of(line):
            self.left_out["forecasts of a corrected filing that may have been revised since"] += 1
            return None
        node = self._target(line) | {"status": "abandoned"}
        if stood is None:
            self._put(line, node, self._filing.filed)
        elif stood.values == values_of(line):
            node["confirms"] = stood.name
        else:
            node["updates"] = stood.name
        self._memory.withdraw(self._filing.code, line, node["id"])
        return node

    def _forecast(self, line: FiledLine) -> Node | None:
        stood = self._memory.forecast(self._filing.code, line)
        node = self._target(line)
        if stood is not None and stood.values != values_of(line):
            # What recalls the one that stands revises it, whatever else it mends.
            mends = self._filing.is_correction and self._recalled.get(line.key) != stood.values
            # One of another quarter was not what was wrong: its forecast is replaced, if none was yet.
            if mends and (stood.before is not None or stood.quarter == self._filing.quarter):
                return self._corrected(line, stood)
            node["updates"] = stood.name
        elif stood is not None:
            node["confirms"] = stood.name
            if stood.withdrawn:
                node["corrects"] = [stood.withdrawn]
        self._put(line, node, self._filing.filed)
        return node

    def _corrected(self, line: FiledLine, stood: StandingLine) -> Node | None:
        """Return a forecast as it should have been, where it is surely the one that stands which was wrong.

        A filing that is corrected is filed again as a whole, maybe after a revision: what it forecast then is old.
        So nothing may have been revised before, or the correction recalls what stood before the wrong one. What an
        earlier filing said as well was no mistake there: it is replaced.
        """
        recalled = self._recalled.get(line.key)
        if stood.before is not None and stood.before[1] != recalled:
            self.left_out["forecasts of a corrected filing that may have been revised since"] += 1
            return None
        node = self._target(line)
        if stood.repeats is not None:
            node["updates"] = stood.repeats
        elif stood.before is not None:
            node["updates"] = stood.before[0]
        node["corrects"] = list(
            self._memory.correct_forecast(
                self._filing.code, line, node["id"], self._shares_of(line)
            )
        )
        return node

    def _other_shares(self, line: FiledLine, stood: StandingLine) -> str | None:
        """Return why a result a share cannot be held against the forecast that stands, if it cannot."""
        shares = self._shares_of(line)
        if is_other_count(stood.shares, shares):
            return "results a share, of many more or fewer shares than the forecast"
        known = stood.shares is not None and shares is not None
        if known or line.key.indicator not in PER_SHARE_INDICATORS:
            return None
        if may_be_split(stood.values[0], line.low):
            return "results a share, of a number of shares that is not told and may be another"
        return None

    def _shares_of(self, line: FiledLine) -> Decimal | None:
        """Return how many shares stand behind an amount a share, if that is told."""
        if line.key.indicator not in PER_SHARE_INDICATORS:
            return None
        return self._shares.get((line.key.start, line.key.end, line.state))

    def _result(self, line: FiledLine) -> Node | None:
        name = self._name(line)
        stood = self._memory.forecast(self._filing.code, line)
        if stood is not None and (why := self._other_shares(line, stood)):
            self.left_out[why] += 1
            return None
        is_estimate = line.state == "outturn" and not self._filing.tells_results
        verdict, old = self._memory.judge_result(
            self._filing.code,
            replace(line, state="estimate") if is_estimate else line,
            name,
            self._filing.filed,
            # A year before is told beside it, on another basis. What was paid for a quarter is told of the year.
            is_correction=self._filing.is_correction
            and line.key.end == self._last[line.key.indicator in PAID],
        )
        if verdict in ("again", "restated"):
            reason = {
                "again": "results that an earlier filing told",
                "restated": "results of an earlier period that were restated",
            }
            self.left_out[reason[verdict]] += 1
            return None
        key = line.key
        node = self._measured(line) | {
            "type": "Observation",
            "kind": "estimated" if is_estimate else "reported",
            "when_start": str(key.start),
            "when": str(key.end),
        }
        if _is_year(key):
            node["when_precision"] = "fiscal-year"
        if old:
            node["corrects"] = list(old)
        return node

    def _target(self, line: FiledLine) -> Node:
        key = line.key
        # From which day it counts says which period is meant, to the day.
        node = self._measured(line) | {
            "type": "Target",
            "counts_from": str(key.start),
            "due": str(key.end),
        }
        if _is_year(key):
            node["due_precision"] = "fiscal-year"
        return node

    def _measured(self, line: FiledLine) -> Node:
        node: Node = {
            "id": self._name(line),
            "about": self.company,
            "indicator": line.key.indicator,
            **_number(line),
            "unit": f"currency:{line.key.unit}",
            "speaker": self.company,
            "mode": "filing",
            "element": [element(self.source, place) for place in line.places],
        }
        if line.key.scope is not None:
            node["among"] = line.key.scope
        return node

    def _name(self, line: FiledLine) -> str:
        """Return the id of what a line says: it says what it is, and stays when a file is read again."""
        key = line.key
        scope = () if key.scope is None else (key.scope.removesuffix("-accounts"),)
        unit = () if key.unit == "JPY" else (key.unit.lower(),)
        state = "result" if line.state == "outturn" else line.state
        parts = (self.source, key.indicator, *scope, *unit, f"{key.start}-{key.end}", state)
        return ".".join(parts)


def _number(line: FiledLine) -> Node:
    low, high = (None if end is None else plain_number(end) for end in (line.low, line.high))
    if low is not None and low == high:
        return {"value": low}
    if low is not None and high is not None:
        return {"comparator": "between", "minimum": low, "maximum": high}
    if low is not None:
        return {"comparator": "at-least", "value": low}
    return {"comparator": "at-most", "value": high}


def _is_year(key: Key) -> bool:
    """Tell whether a period is a fiscal year of twelve months."""
    after = key.end + timedelta(days=1)
    return (after.year - key.start.year, after.month, after.day) == (
        1,
        key.start.month,
        key.start.day,
    )
