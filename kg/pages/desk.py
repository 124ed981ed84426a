"""What the pages of one graph share: read once, kept as long as the graph."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from kg.base import ID, NAME, SHIPPED_CREATOR, SHIPPED_LICENCE, UsageError
from kg.pages.scoreboard import count_promises, due_next, told_lately
from kg.pages.suggested import example_of, suggest_values
from kg.pages.terms import TermBook
from kg.plans import Words, about_data, draw_courses
from kg.promises import load_labels, load_reasons, load_records, load_statements, read_statements
from kg.query import NameBook, select_rows
from kg.store import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kg.graph import Graph
    from kg.pages.scoreboard import Score
    from kg.promises import PromiseRecord, Statement, Told
    from kg.query import Index, Parameter, Question

MOST_DAYS: Final = 4
"""How many graphs as of some days are kept beside that of now."""


_COVERAGE: Final = """SELECT (COUNT(DISTINCT ?source) AS ?n) (MIN(?day) AS ?first) (MAX(?day) AS ?last) {
  ?source schema:datePublished ?day
}"""


MOST_READ: Final = 20_000
"""How many statements are kept at hand."""

LARGE: Final = 200_000
"""From how many quads on a graph is too large for the courses of all its promises to be made for a page."""


class Desk:
    """A graph as it is asked on one day, and what all its pages are made of."""

    def __init__(self, graph: Graph, licence: str | None = None) -> None:
        self.graph = graph
        self.today = graph.today
        self._licence = licence or graph.licence
        self._days: dict[date, Desk] = {}
        self._read: dict[str, Statement] = {}

    @property
    def index(self) -> Index:
        """What is asked."""
        return self.graph.index

    def then(self, day: date) -> Desk:
        """Return the same as of a day; the last few are kept.

        Raises:
            UsageError: the day is still to come.
        """
        if day > self.today:
            raise UsageError(f"{day} is still to come, and nobody knows what will be known then")
        desk = self._days.pop(day, None) or Desk(self.graph.as_of(day), self._licence)
        self._days[day] = desk
        while len(self._days) > MOST_DAYS:
            del self._days[next(iter(self._days))]
        return desk

    @cached_property
    def about(self) -> Mapping[str, str]:
        """What is known of the data: licence, version, by whom, and the stamp of a store."""
        creator = SHIPPED_CREATOR if self._licence == SHIPPED_LICENCE else None
        told = about_data(self.index, self._licence, creator)
        held = self.graph.content
        return told | ({NAME: held.manifest.stamp} if isinstance(held, Snapshot) else {})

    @cached_property
    def names(self) -> NameBook:
        """The names of everything, to search in."""
        return NameBook.of(self.index)

    @cached_property
    def suggested(self) -> Mapping[str, str]:
        """What questions can be asked about here, by the names of their parameters."""
        return suggest_values(self.index)

    def example(self, question: Question, parameter: Parameter) -> str:
        """Return with what a parameter of a question can be asked here, as an example; "" where nothing is."""
        return example_of(self.index, question, parameter, lambda: self.suggested)

    @cached_property
    def terms(self) -> TermBook:
        """The terms of the ontology."""
        return TermBook.of(self.index)

    @cached_property
    def scores(self) -> tuple[Score, list[Score]]:
        """What became of all promises, and of those of each company, as of the day on which one asks."""
        return count_promises(self.records, self.today.isoformat())

    @cached_property
    def agenda(self) -> tuple[list[tuple[PromiseRecord, Told]], list[tuple[PromiseRecord, Told]]]:
        """The open promises, the next due first; and all, first those of which something was told last."""
        today = self.today.isoformat()
        standing = [(one, told) for one in self.records if (told := one.on(today))]
        return due_next(standing, today), told_lately(standing)

    @cached_property
    def companies(self) -> Mapping[str, str]:
        """The labels of the companies that promised something."""
        return load_labels(self.index, [score.company for score in self.scores[1]])

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Why nothing can be told of some promises, by local name."""
        return load_reasons(self.index)

    @cached_property
    def coverage(self) -> tuple[int, str, str]:
        """How many sources there are, and the first and the last day on which one was published."""
        ((count, first, last),) = select_rows(self.index, _COVERAGE)
        return int(str(count)), str(first or ""), str(last or "")

    @cached_property
    def records(self) -> list[PromiseRecord]:
        """All promises with all that could be told of them."""
        return load_records(self.index)

    @cached_property
    def by_name(self) -> Mapping[str, PromiseRecord]:
        """The promises by name."""
        return {record.name: record for record in self.records}

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """The labels of all things by shortest name: what a mistyped one may have been meant for."""
        return load_labels(self.index)

    @cached_property
    def replaced(self) -> Mapping[str, Sequence[str]]:
        """The first statements of the promises whose place a promise has taken, by its name."""
        today, found = self.today.isoformat(), defaultdict[str, list[str]](list)
        for record in self.records:
            told = record.on(today)
            if told and told.replaced_by:
                found[told.replaced_by].append(record.first)
        return found

    def statements(self, names: Iterable[str]) -> dict[str, Statement]:
        """Return the statements that are called by some names; those that pages have told lately are at hand."""
        wanted = [*dict.fromkeys(names)]
        if len(self._read) > MOST_READ:
            self._read.clear()
        self._read |= read_statements(self.index, [one for one in wanted if one not in self._read])
        return {one: self._read[one] for one in wanted if one in self._read}

    @cached_property
    def picture(self) -> bytes:
        """The page of `kg view`."""
        return self.graph.view(licence=self._licence).html

    def course_of(self, record: PromiseRecord) -> Mapping[str, Any]:
        """Return a promise over time, as `kg.plans.draw_courses` has it, or nothing where there is no course.

        Whose place another one took has the course of that one. Of a graph that is too large for it nothing is returned.
        """
        return self.course(record.first)

    def course(self, first: str) -> Mapping[str, Any]:
        """Return the same of the promise that a statement is the first of."""
        own = self._courses.get(ID + first, {})
        return self._courses.get(own.get("within", ""), {}) if "within" in own else own

    @cached_property
    def is_large(self) -> bool:
        """Whether the graph is too large for all courses to be made."""
        return len(self.index) > LARGE

    @cached_property
    def _courses(self) -> Mapping[str, Mapping[str, Any]]:
        if self.is_large:
            return {}
        statements = load_statements(self.index)
        return draw_courses(self.index, statements, Words.of(self.index))


_DESKS: WeakKeyDictionary[Graph, dict[tuple[str | None, date], Desk]] = WeakKeyDictionary()


def desk_of(graph: Graph, licence: str | None = None) -> Desk:
    """Return what the pages of a graph share today, which is under a licence.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> desk_of(graph) is desk_of(graph), len(desk_of(graph).records) > 150
    (True, True)
    """
    desks, today = _DESKS.setdefault(graph, {}), graph.today
    if (licence, today) not in desks:
        # What fell due yesterday is told otherwise today, and nobody asks of yesterday any more.
        for known in [one for one in desks if one[1] != today]:
            del desks[known]
        desks[licence, today] = Desk(graph, licence)
    return desks[licence, today]
