"""What the pages of one graph share: read once, kept as long as the graph."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kg.base import SHIPPED_CREATOR, SHIPPED_LICENCE
from kg.pages.scoreboard import count_promises
from kg.plans import about_data
from kg.promises import load_labels, load_records
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kg.graph import Graph
    from kg.pages.scoreboard import Score
    from kg.promises import PromiseRecord
    from kg.query import Index

MOST_DAYS: Final = 4
"""How many graphs as of some days are kept beside that of now."""


_COVERAGE: Final = """SELECT (COUNT(DISTINCT ?source) AS ?n) (MIN(?day) AS ?first) (MAX(?day) AS ?last) {
  ?source schema:datePublished ?day
}"""


class Desk:
    """A graph, and what all its pages are made of."""

    def __init__(self, graph: Graph, licence: str | None = None) -> None:
        self.graph = graph
        self._licence = licence or graph.licence
        self._days: dict[date, Desk] = {}

    @property
    def index(self) -> Index:
        """What is asked."""
        return self.graph.index

    @property
    def today(self) -> date:
        """The day on which one asks."""
        return self.graph.today

    def then(self, day: date) -> Desk:
        """Return the same as of a day; the last few are kept."""
        desk = self._days.pop(day, None) or Desk(self.graph.as_of(day), self._licence)
        self._days[day] = desk
        while len(self._days) > MOST_DAYS:
            del self._days[next(iter(self._days))]
        return desk

    @cached_property
    def about(self) -> Mapping[str, str]:
        """What is known of the data: licence, version, by whom."""
        creator = SHIPPED_CREATOR if self._licence == SHIPPED_LICENCE else None
        return about_data(self.index, self._licence, creator)

    @cached_property
    def scores(self) -> tuple[Score, list[Score]]:
        """What became of all promises, and of those of each company, as of the day on which one asks."""
        return count_promises(self.records, self.today.isoformat())

    @cached_property
    def companies(self) -> Mapping[str, str]:
        """The labels of the companies that promised something."""
        return load_labels(self.index, [score.company for score in self.scores[1]])

    @cached_property
    def coverage(self) -> tuple[int, str, str]:
        """How many sources there are, and the first and the last day on which one was published."""
        ((count, first, last),) = select_rows(self.index, _COVERAGE)
        return int(str(count)), str(first or ""), str(last or "")

    @cached_property
    def records(self) -> list[PromiseRecord]:
        """All promises with all that could be told of them."""
        return load_records(self.index)


_DESKS: WeakKeyDictionary[Graph, Desk] = WeakKeyDictionary()


def desk_of(graph: Graph, licence: str | None = None) -> Desk:
    """Return what the pages of a graph share.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> desk_of(graph) is desk_of(graph), len(desk_of(graph).records) > 150
    (True, True)
    """
    if graph not in _DESKS:
        _DESKS[graph] = Desk(graph, licence)
    return _DESKS[graph]
