"""What a graph is asked: in SPARQL, by canned questions, by names, and as rdflib has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kg.query import Answer, ContentOwner, acts_through, load_question, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    import rdflib

    from kg.base import Report
    from kg.pipeline import RecordedGraph
    from kg.query import Dataset, Question, Restorer


class AskedGraph(ContentOwner):
    """A graph with the day on which one asks: all that is asked of `kg.Graph`."""

    def __init__(
        self,
        content: RecordedGraph,
        *,
        today: date | None = None,
        licence: str | None = None,
    ) -> None:
        """Take `content`: what a build made or what a store holds.

        `today` is the day on which one asks, and `licence` the address of the licence of all that is
        in it, where it is known.
        """
        self.content: RecordedGraph = content
        self.licence = licence
        self._today = today

    @property
    def sources(self) -> Mapping[str, str]:
        """The files that were read, by name, each with the SHA-256 of its bytes."""
        return {
            name: fingerprint.digest for name, fingerprint in self.content.record.sources.items()
        }

    @property
    def today(self) -> date:
        """The day on which one asks: that which was given, else the calendar's."""
        return self._today or date.today()  # noqa: DTZ011 - the user's own is meant

    @property
    def unfinished(self) -> bool:
        """Whether a build is writing to the store, or was broken off: answers may mix two builds."""
        return self.index.unfinished

    @property
    def report(self) -> Report | None:
        """What the shapes found when the graph was built, or None where they were not asked."""
        return self.content.report

    def query(self, text: str, *, union: bool = True, dataset: Dataset | None = None) -> Answer:
        """Ask in SPARQL 1.1; all prefixes of `kg.base.namespaces` are declared.

        The default graph is the `union` of all graphs, unless the query or a `dataset` says; see `Index.query`.

        Raises:
            QueryError: the query cannot be read, or would reach out of the graph.

        >>> import kg
        >>> graph = kg.build(check=False)
        >>> bool(graph.query("ASK { id:xiaomi cp:partnerOf id:mobikwik }"))
        True
        """
        return Answer(
            lambda: self.index.query(text, union=union, dataset=dataset),
            partial(self._restorer, text),
            fault=self.index.fault,
        )

    def _restorer(self, text: str) -> Restorer | None:
        """Return what gives the answers of a query as the data write them."""
        if self.written is None:
            return None
        from kg.query import Restorer  # many graphs have nothing that the index rewrites

        return Restorer(text, self.written)

    def ask(
        self,
        name: str,
        *,
        arguments: Mapping[str, str | date | None] | None = None,
        today: date | None = None,
        **more: str | date | None,
    ) -> Answer:
        """Ask one of the canned questions; things are given by slug, IRI or label.

        Args:
            name: the question's name.
            arguments: its arguments by name, a day as a date or a text; they can be given as keywords too.
            today: the day that counts as today; by default that of `as_of`, else the calendar's.
            more: arguments as keywords; a trailing underscore is dropped (`from_`).

        Raises:
            UnknownNameError: a question, parameter or thing that does not exist.
            UsageError: an argument that is not of its type.
        """
        question, given = load_question(name), _arguments(arguments, more)
        text = self._bound(question, given, today)
        ask = self.index.run if question.names_one(given) else self.index.run_of_all
        run, restorer, fault = partial(ask, text), partial(self._restorer, text), self.index.fault
        if behind := question.behind:
            from kg.query import name_counted  # few questions name what their numbers count

            find = partial(ask, self._bound(replace(question, text=behind.text), given, today))
            return Answer(
                lambda: name_counted(run(), find, behind, fault),
                restorer,
                fault=fault,
                behind=behind,
            )
        if not question.sentences:
            return Answer(run, restorer, fault=fault)
        from kg.plans import tell_statements  # most questions have no sentences

        told = partial(tell_statements, self.index)
        return Answer(lambda: told(run(), question.sentences), restorer, fault=fault)

    def sparql(
        self,
        name: str,
        *,
        arguments: Mapping[str, str | date | None] | None = None,
        today: date | None = None,
        **more: str | date | None,
    ) -> str:
        """Return the SPARQL of a canned question with its arguments, to run it elsewhere.

        It lacks what is put in behind it: sentences, which no query can make, and the names of what
        numbers count, which a second one finds.
        """
        return self._bound(load_question(name), _arguments(arguments, more), today)

    def _bound(
        self, question: Question, given: Mapping[str, str | None], today: date | None
    ) -> str:
        return question.bind(
            given,
            resolve=self.resolve,
            through=partial(acts_through, self.index),
            today=today or self.today,
        )

    def resolve(self, name: str) -> str:
        """Return the IRI of what someone calls `name`; see `kg.query.lookup.resolve`."""
        return resolve(self.index, name)

    @cached_property
    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same index, or over a copy here of a distant one.

        See `kg.query.rdflib_view`.
        """
        from kg.query import rdflib_dataset  # only those who want rdflib wait for it

        return rdflib_dataset(self.index.local())


def _arguments(
    arguments: Mapping[str, str | date | None] | None, more: Mapping[str, str | date | None]
) -> dict[str, str | None]:
    """Return the arguments of a question by name; a day is given as ISO 8601 writes it."""
    named = {**(arguments or {}), **{key.removesuffix("_"): value for key, value in more.items()}}
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in named.items()
    }
