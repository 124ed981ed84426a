"""The graph that everything else is asked of, and what is made of it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from kg.base import UsageError
from kg.graph.asking import AskedGraph
from kg.store import open_snapshot, open_sound, open_store, prepared_store

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import date

    import networkx as nx

    from kg.drafting import Draft
    from kg.pipeline import RecordedGraph
    from kg.plans import Plan
    from kg.query import Answer, View
    from kg.reports import Check
    from kg.store import Snapshot


class Graph(AskedGraph):
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
        """Take `content` and so on, as `AskedGraph` does, and what a store held `before` the build began."""
        super().__init__(content, today=today, licence=licence)
        self._before = before

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
        from kg.graph.page import draw_page  # drawing is slow to import

        return draw_page(
            self,
            focus=self.resolve(focus) if focus else None,
            hops=hops,
            asked=self._today,
            today=today or self._today,
            licence=licence,
            meta=meta or {},
        )

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
        >>> from datetime import date
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


def open_earlier(place: Path | str) -> Graph | None:
    """Return what a store holds, for `build` to start from; None unless all of it is sound."""
    held = open_sound(place, keep=True)  # who builds in memory reads it anyway
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
