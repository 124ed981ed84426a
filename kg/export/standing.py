"""How promises stand on a day, found as a graph is passed: what the canned question `outcome` tells of all of them.

Nothing is judged here: of what has been told of a promise the one counts that stands on the day. A question to the index would
hold whole columns of it at once.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.query import count_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.promises import Statement
    from kg.query import GraphContent

    Says = Mapping[str, tuple[Cell, ...]]

_OF_OUTCOME: Final = {
    "verdict": "verdict", "reason": "undeterminedFor", "moved": "moved", "disputed": "isDisputed",
    "ownCount": "isOwnCount", "restsOn": "restsOn", "observed": "observedValue", "on": "observedOn",
}  # fmt: skip
_OF_PROMISE: Final = {
    "promise": "firstStatedBy", "company": "promisedBy", "said": "promisedOn", "due": "dueBy", "value": "aim",
}  # fmt: skip
"""What is told of a promise, called as the question does, by the properties of its outcome and its own."""


class StandingPromises:
    """Promises as they stand on a day, once all of a graph has been taken."""

    having = ("cp:verdict", "cp:firstStatedBy", "cp:unit")
    """The properties of what is to be taken, besides statements."""

    def __init__(self, graph: GraphContent, day: date) -> None:
        """Begin with the graph that is to be passed."""
        self._day = day
        self._firsts = frozenset(count_values(graph, ["cp:firstStatedBy"])["cp:firstStatedBy"])
        self._outcomes: dict[str, Says] = {}
        self._promises: dict[str, Says] = {}
        self._units: dict[str, tuple[Cell, ...]] = {}
        self._statements: dict[str, Says] = {}

    def take(self, name: str, says: Says) -> None:
        """Take what is said of what has one of the properties `having`."""
        if "verdict" in says and self._stands(says):
            self._outcomes[name] = says
        if "firstStatedBy" in says:
            self._promises[name] = says
        if "unit" in says:
            self._units[name] = says["unit"]

    def take_statement(self, statement: Statement, sentence: str) -> None:
        """Take a statement, and what it says in words."""
        if statement.name in self._firsts:
            told = {key: statement.says.get(key, ()) for key in ("about", "indicator", "unit")}
            self._statements[statement.name] = {**told, "says": (sentence,)}

    def __iter__(self) -> Iterator[Mapping[str, Sequence[Cell]]]:
        """Yield what is told of each promise, called as the question does, each value once, in order of their names."""
        by_first: defaultdict[str, list[Says]] = defaultdict(list)
        for says in self._promises.values():
            for first in map(str, says["firstStatedBy"]):
                if self._statements.get(first, {}).get("about"):
                    by_first[first].append(says)
        for first in sorted(by_first):
            told: defaultdict[str, dict[Cell, None]] = defaultdict(dict)
            for says in by_first[first]:
                self._tell(told, says)
            if told:
                own = self._statements[first]
                unit = own["unit"] or tuple(
                    unit for one in own["indicator"] for unit in self._units.get(str(one), ())
                )
                told["promise"] = {first: None}
                for key, values in {**own, "unit": unit, "as_of": (self._day,)}.items():
                    told[key] = dict.fromkeys(values)
                yield {key: list(values) for key, values in told.items()}

    def _tell(self, told: Mapping[str, dict[Cell, None]], says: Says) -> None:
        """Add what is told of one promise, if it is somebody's and anything is told on the day."""
        outcomes = [
            self._outcomes[str(one)]
            for one in says.get("hasOutcome", ())
            if str(one) in self._outcomes
        ]
        if not outcomes or "promisedBy" not in says or "promisedOn" not in says:
            return
        for key, name in _OF_PROMISE.items():
            told[key].update(dict.fromkeys(says.get(name, ())))
        for outcome in outcomes:
            for key, name in _OF_OUTCOME.items():
                told[key].update(dict.fromkeys(outcome.get(name, ())))
            for key, name in (("atLeast", "shareAtLeast"), ("atMost", "shareAtMost")):
                told[key].update(dict.fromkeys(map(_per_cent, outcome.get(name, ()))))
            for other in outcome.get("replacedBy", ()):
                first = self._promises.get(str(other), {}).get("firstStatedBy", ())
                told["replacedBy"].update(dict.fromkeys(first))

    def _stands(self, says: Says) -> bool:
        """Whether an outcome stands on the day."""
        begun = any(
            isinstance(one, date) and one <= self._day for one in says.get("standsFrom", ())
        )
        until = says.get("standsUntil", ())
        return begun and (
            not until or any(isinstance(one, date) and one >= self._day for one in until)
        )


def _per_cent(share: Cell) -> Cell:
    return 100 * share if isinstance(share, Decimal | int) else share
