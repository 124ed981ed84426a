"""The graph that everything else is asked of."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from kg.base import UsageError
from kg.query import Answer, ContentOwner, acts_through, label_of, load_question, resolve
from kg.store import open_snapshot, open_sound, open_store, prepared_store

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    import networkx as nx
    import rdflib

    from kg.base import Report
    from kg.drafting import Draft
    from kg.pipeline import RecordedGraph
    from kg.plans import Plan
    from kg.query import Dataset, Question, Restorer, View
    from kg.reports import Check
    from kg.store import Snapshot


class Graph(ContentOwner):
    """A knowledge graph of corporate plans, ready to be asked; it never changes.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> [row["says"] for row in graph.ask("who-said", thing="medianama-2017-03-28.6.1")]
    ['20,000 jobs created by March 2020']
    """

    def __init__(
        self,
        content: RecordedGraph,
        *,
        today: date | None = None,
        before: Snapshot | None = None,
        licence: str | None = None,
    ) -> None:
        """Take `content`: what a build made or what a store holds.

        `today` is the day on which one asks, `before` what a store held when the build began, and
        `licence` the address of the licence of all that is in it, where it is known.
        """
        self.content: RecordedGraph = content
        self.licence = licence
        self._today = today
        self._before = before

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
        run = partial(self.index.run if question.names_one(given) else self.index.run_of_all, text)
        restorer = partial(self._restorer, text)
        if not question.sentences:
            return Answer(run, restorer, fault=self.index.fault)
        from kg.plans import tell_statements  # most questions have no sentences

        told = partial(tell_statements, self.index)
        return Answer(lambda: told(run(), question.sentences), restorer, fault=self.index.fault)

    def sparql(
        self,
        name: str,
        *,
        arguments: Mapping[str, str | date | None] | None = None,
        today: date | None = None,
        **more: str | date | None,
    ) -> str:
        """Return the SPARQL of a canned question with its arguments, to run it elsewhere.

        It lacks the columns of sentences, which no query can make.
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

    def as_of(self, day: date) -> Graph:
        """Return the graph as it was known on a day, which is its today; see `kg.pipeline.history.as_of`.

        >>> import kg
        >>> from datetime import date
        >>> graph = kg.build(check=False)
        >>> [name for (name,) in graph.query("SELECT ?who { id:xiaomi cp:partnerOf ?who }").rows
        ...  if name == "icici-bank"]
        ['icici-bank']
        >>> then = graph.as_of(date(2017, 4, 1))
        >>> bool(then.query("ASK { id:xiaomi cp:partnerOf id:icici-bank }"))
        False
        """
        from kg.pipeline import as_of  # few ask of the past

        return Graph(as_of(self, day), today=day, licence=self.licence)

    def with_(self, *paths: Path | str, check: bool = True) -> Graph:
        """Return the graph as it is with what some files say now; this one stays as it was.

        What was read of the file before goes; all else stays. A file is known by its path, such as
        `things/people.ttl` in whatever folder that lies. It costs by what that touches. It lies in the folder of the store, by links, as long as it is in use.

        Args:
            paths: files and folders of sources.
            check: whether to hold the data against the shapes.

        Raises:
            UsageError: this is no graph of a store in a folder, or was built by another version.
            SourceError: a file that cannot be read, or may be another one of the store.
            FindingsError: the data breaks a shape.
            StoreError: the folder cannot be written, or the store is damaged.

        >>> import kg, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = kg.build().save(folder)
        ...     source = kg.base.data_folder() / "sources" / "medianama-2017-03-28.yaml"
        ...     kg.open(folder).with_(source).asserted == kg.open(folder).asserted
        True
        """
        from kg.pipeline import Build, rebuilt  # most only ask
        from kg.sources import find_files, one_by_one
        from kg.tables import is_unchanged_with_tables, read_with_tables

        before = self.content.snapshot
        if before is None:
            raise UsageError("only of a store in a folder: save the graph, and open that")
        with ExitStack() as held:
            made = held.enter_context(
                rebuilt(
                    find_files(paths),
                    before,
                    others=True,
                    check=check,
                    read=read_with_tables(one_by_one),
                    unchanged=is_unchanged_with_tables,
                    little=0,
                )
            )
            if made is None:
                raise UsageError(
                    "the store is of another version, or was never checked: build it again"
                )
            # Opened anew: what is lent is held by what is to be closed when this is no longer in use.
            content = open_snapshot(made.folder)
            finalize(content, _close, os.getpid(), held.pop_all(), before)
            build = Build(content, content.record, made.build.files, content)
            return Graph(build, today=self._today, licence=self.licence)

    @cached_property
    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same index, or over a copy here of a distant one.

        See `kg.query.rdflib_view`.
        """
        from kg.query import rdflib_dataset  # only those who want rdflib wait for it

        return rdflib_dataset(self.index.local())

    def export(
        self,
        form: str = "ttl",
        *,
        part: str = "all",
        today: date | None = None,
        left_out: Counter[str] | None = None,
    ) -> bytes:
        """Return the graph in one of the formats of `kg.export`.

        How promises stand is told as of `today`, by default the day on which this graph is asked,
        else that of the last source: the same graph gives the same bytes whenever it is exported.
        What the format has no place for is counted in `left_out`, by reason, where that is given.
        """
        from kg.export import export_graph  # only those who export wait for it

        today = today or self._today
        return export_graph(self, form, part=part, today=today, left_out=left_out)

    def export_pieces(
        self,
        form: str = "ttl",
        *,
        part: str = "all",
        today: date | None = None,
        left_out: Counter[str] | None = None,
    ) -> Iterator[bytes]:
        """Yield what `export` returns in pieces, to be written one by one; see `kg.export.export_pieces`."""
        from kg.export import export_pieces  # only those who export wait for it

        today = today or self._today
        return export_pieces(self, form, part=part, today=today, left_out=left_out)

    def export_files(self, form: str, *, today: date | None = None) -> dict[str, bytes]:
        """Return the files of one of the formats of `kg.export` that are a folder, by name."""
        from kg.export import export_files  # only those who export wait for it

        return export_files(self, form, today=today or self._today)

    def write_short(self, answer: Answer, form: str = "csv") -> bytes:
        """Return an answer of this graph for a spreadsheet; see `kg.export.answers.write_short`."""
        from kg.export import write_short  # only those who export wait for it

        return write_short(self.index, answer, form)

    def network(self, *, focus: str | None = None, hops: int = 2) -> nx.MultiDiGraph[str]:
        """Return the graph as a NetworkX network; see `kg.plans.network.project_network`."""
        from kg.plans import project_network  # NetworkX is slow to import

        return project_network(self.index, focus=self.resolve(focus) if focus else None, hops=hops)

    def plans(self) -> dict[str, Plan]:
        """Return every initiative and target in time, by IRI; see `kg.plans.timeline.plan_timeline`."""
        from kg.plans import plan_timeline  # only those who draw wait for it

        return plan_timeline(self.index)

    def view(
        self,
        *,
        focus: str | None = None,
        hops: int = 2,
        today: date | None = None,
        licence: str | None = None,
        meta: Mapping[str, str] | None = None,
    ) -> View:
        """Return the page of the graph, or of what lies within `hops` of the thing `focus`.

        A notebook shows it where it is the last line of a cell. Its timeline draws a line on
        `today`, by default the day on which this graph is asked, else whenever it is read. It names
        the `licence` (an address), by default that of the graph where it is known. Its head
        says what `meta` does, by name, for programs.

        Raises:
            UnknownNameError: there is no such thing.
            UsageError: nothing is linked to it.

        >>> import kg
        >>> view = kg.build(check=False).view(focus="mobikwik", hops=1)
        >>> view.title, view.html[:15]
        ('Corporate plans: MobiKwik', b'<!doctype html>')
        """
        import viz  # drawing is slow to import
        from kg.base import SHIPPED_CREATOR, SHIPPED_LICENCE, without_collector
        from kg.plans import (
            Words,
            about_data,
            draw_charts,
            plain,
            plan_timeline,
            project_network,
        )
        from kg.promises import load_meanings, load_reasons, load_statements
        from kg.query import View, read_whole

        title = "Corporate plans"
        around = self.resolve(focus) if focus else None
        if around:
            title += f": {label_of(self.index, around)}"
        with without_collector():
            index = read_whole(self.content)
            statements = load_statements(index)
            words = Words.of(index)
            drawn = project_network(
                index, focus=around, hops=hops, statements=statements, words=words
            )
            plans = plan_timeline(index, statements, words)
            asked = f"as of {self._today}" if self._today else ""
            drawn.graph["meanings"] = load_meanings(index)
            drawn.graph["reasons"] = load_reasons(index)
            creator = SHIPPED_CREATOR if self.licence == SHIPPED_LICENCE and not licence else None
            told = {**about_data(index, licence or self.licence, creator), **(meta or {})}
            charts = draw_charts(drawn, index, statements, words)
            del index  # all that was read, which makes room for the page
            page = viz.render(
                drawn,
                title=title,
                subtitle=asked,
                plans={iri: plain(plan) for iri, plan in plans.items()},
                charts=charts,
                today=today or self._today,
                meta=told,
            )
            return View(title, page.encode(), things=len(drawn))

    def verify(self, texts: Path | str) -> list[Check]:
        """Check every span against the user's copies of the texts; see `kg.reports.verification.verify`."""
        from kg.reports import verify

        return verify(self.index, Path(texts))

    def draft(  # noqa: PLR0913 - what can be said of an article
        self,
        article: bytes | str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        author: str | None = None,
        published: date | None = None,
        language: str | None = None,
        url: str | None = None,
        companies: Iterable[str] = (),
    ) -> Draft:
        """Draft a source of an article, a text or a page in HTML, with proposed statements.

        Nothing that is proposed is in any graph before a person accepts it. What is said here counts for
        more than what a page says of itself. For many articles `kg.drafting.Drafter` reads the graph once.

        Args:
            article: its text, or the bytes of its text or page.
            title: the title.
            publisher: who published it, a name or a slug.
            author: who wrote it, a name or a slug.
            published: the day of publication.
            language: the tag of the language of the text, as `en` or `de`.
            url: the address at which it can be read.
            companies: whose plans it tells, known or new: names or slugs.

        Raises:
            SourceError: there is no text in it, or it is too large.
            MissingExtraError: a page, and the extra `draft` is not installed.

        >>> import kg
        >>> graph = kg.build(check=False)
        >>> text = "Xiaomi will open 20 stores in India by 2030, said Lei Jun."
        >>> draft = graph.draft(text, title="More shops", publisher="The Hindu", published=date(2020, 1, 31))
        >>> draft.name, draft.data.decode().splitlines()[2]
        ('the-hindu-2020-01-31', 'title: "More shops"')
        """
        from kg.drafting import Drafter, Particulars  # few draft

        data = article.encode() if isinstance(article, str) else article
        said = Particulars(title, author, publisher, published, (), language, url, tuple(companies))
        return Drafter(self.index).draft(data, "the article", said)

    def save(self, place: Path | str) -> Path | str:
        """Write the graph to the store at `place`, a folder or a URL; see `kg.store.places.prepared_store`."""
        with self.prepared(place) as commit:
            return commit()

    def prepared(self, place: Path | str) -> AbstractContextManager[Callable[[], Path | str]]:
        """Make all that `save` writes, and lend what commits it, for what is to be committed together."""
        known, self._before = self._before, None  # which holds files open, and all it has read
        return prepared_store(place, self.asserted, self.derived, self.content.record, known)


def _close(process: int, held: ExitStack, _: Snapshot) -> None:
    # A process that was forked has nothing of its own there.
    if os.getpid() == process:
        held.close()


def _arguments(
    arguments: Mapping[str, str | date | None] | None, more: Mapping[str, str | date | None]
) -> dict[str, str | None]:
    """Return the arguments of a question by name; a day is given as ISO 8601 writes it."""
    named = {**(arguments or {}), **{key.removesuffix("_"): value for key, value in more.items()}}
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in named.items()
    }


def open_earlier(place: Path | str) -> Graph | None:
    """Return what a store holds, for `build` to start from; None unless all of it is sound."""
    held = open_sound(place)
    return Graph(held) if held else None


def open_graph(place: Path | str) -> Graph:
    """Open a store that `kg build --store` or `Graph.save` has written: a folder or a URL.

    Raises:
        StoreError: there is no store, or it is damaged or out of reach.
        UsageError: a URL that cannot be asked.
        TimeLimitError: an endpoint that takes too long.
    """
    return Graph(open_store(place))


open = open_graph  # noqa: A001 - kg.open reads as it should
