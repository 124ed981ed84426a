"""What a filing of the Tokyo Stock Exchange says, as statements, by what earlier filings said."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.formats.batch import element
from kg.formats.inline_values import plain_number
from kg.formats.tdnet_memory import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.formats.batch import Node
    from kg.formats.tdnet_filing import TdnetFiling
    from kg.formats.tdnet_memory import Memory
    from kg.formats.tdnet_numbers import Key, Line


class FilingWriter:
    """Makes the statements of one filing, by what stood before it."""

    def __init__(self, filing: TdnetFiling, source: str, memory: Memory) -> None:
        self.source, self.company = source, f"xtks-{filing.code.lower()}"
        self.left_out: Counter[str] = Counter()
        self._filing, self._memory = filing, memory

    def statements(self) -> Iterator[Node]:
        """Yield the statements: forecasts before these first, for these update them."""
        makers: dict[str, Callable[[Line], Node | None]] = {
            "previous": self._previous,
            "forecast": self._forecast,
            "outturn": self._result,
            "result": self._result,
        }
        for state, make in makers.items():
            lines = (line for line in self._filing.lines if line.state == state)
            for line in sorted(lines, key=self._name):
                if (made := make(line)) is not None:
                    yield made

    def _previous(self, line: Line) -> Node | None:
        """Return the forecast that this filing recalls, where no earlier one made it and its day is told."""
        code, stood = self._filing.code, self._memory.forecast(self._filing.code, line)
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
        self._memory.put_forecast(code, line, node["id"], uttered)
        return node

    def _forecast(self, line: Line) -> Node:
        stood = self._memory.forecast(self._filing.code, line)
        node = self._target(line)
        if stood is not None:
            node["confirms" if stood.values == values_of(line) else "updates"] = stood.name
        self._memory.put_forecast(self._filing.code, line, node["id"], self._filing.filed)
        return node

    def _result(self, line: Line) -> Node | None:
        name = self._name(line)
        verdict, old = self._memory.judge_result(
            self._filing.code,
            line,
            name,
            self._filing.filed,
            is_correction="訂正" in self._filing.title,
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
            "kind": "reported",
            "when_start": str(key.start),
            "when": str(key.end),
        }
        if _is_year(key):
            node["when_precision"] = "fiscal-year"
        if old is not None:
            node["corrects"] = old
        return node

    def _target(self, line: Line) -> Node:
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

    def _measured(self, line: Line) -> Node:
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

    def _name(self, line: Line) -> str:
        """Return the id of what a line says: it says what it is, and stays when a file is read again."""
        key = line.key
        scope = () if key.scope is None else (key.scope.removesuffix("-accounts"),)
        unit = () if key.unit == "JPY" else (key.unit.lower(),)
        state = "result" if line.state == "outturn" else line.state
        parts = (self.source, key.indicator, *scope, *unit, f"{key.start}-{key.end}", state)
        return ".".join(parts)


def _number(line: Line) -> Node:
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
