"""A build published: the store, the Turtle and the page, put into place together."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.api import cache
from kg.api.building import build, source_files
from kg.api.outputs import prepared_outputs, summary_of
from kg.api.streaming import build_store, keep_looks
from kg.api.updating import update
from kg.base import in_turn
from kg.graph import open_earlier
from kg.sources import look, one_by_one
from kg.store import is_url

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.base import Finding, Spread
    from kg.graph import Graph
    from kg.sources import Reader


@dataclass(frozen=True)
class Publication:
    """What became of a build.

    `graph` is the graph, `summary` a clause that says how much it holds, `files` are the Turtle and
    the page, if any were asked for, and `written` says whether they, or else the store, had to be
    written.
    """

    graph: Graph
    summary: str
    files: tuple[Path, ...] = ()
    written: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the shapes found: warnings, since a graph that breaks a shape is not published."""
        return self.graph.report.findings if self.graph.report else ()


def publish(  # noqa: PLR0913 - an option each
    paths: Sequence[Path | str] = (),
    *,
    shipped: bool | None = None,
    tables: bool = False,
    store: str | None = None,
    folder: Path | None = None,
    read: Reader = one_by_one,
    rehash: bool = False,
    changed: Sequence[Path] | None = None,
    spread: Spread = in_turn,
) -> Publication:
    """Build a graph and write it to a store, or as Turtle and page to a folder, or both.

    Args:
        paths: files and folders to read; without any the shipped data.
        shipped: as in `build`.
        tables: as in `build`; a page of so much is drawn on request only, so there is none.
        store: a folder or URL, from which all is taken that has not changed since.
        folder: where the Turtle and the page go.
        read: how files are read; as in `build`.
        rehash: whether to compare all files by what they hold, where a store is only brought up to date.
        changed: the files that alone have changed, come or gone, where that is known, and a store is brought up to date that
            was built of one folder, which is given.
        spread: has a large graph derived from that goes into a store alone; as in `build_store`.

    Raises:
        SourceError, FindingsError, WorkerError: as `build`.
        StoreError, UsageError, TimeLimitError: as `kg.Graph.save`.
        OutputError: the folder cannot be written, or another build is writing there.
    """
    began = time.time_ns()  # what changes from now on is newer than what is made here
    if store and folder is None and not is_url(store):
        # Nothing but the store: then what has not changed need not be looked at, and nothing be at hand afterwards.
        made = update(
            paths, store, shipped=shipped, tables=tables, read=read, rehash=rehash, changed=changed
        ) or build_store(paths, store, shipped=shipped, tables=tables, read=read, spread=spread)
        return Publication(made.graph, made.summary, written=made.written)
    plain = not paths and not tables  # the graph that commands without --store answer from
    before = _earlier(store, plain=plain)
    local = store and not is_url(store)
    looks = look(source_files(paths, shipped=shipped, tables=tables)) if local else None
    graph = build(paths, shipped=shipped, tables=tables, before=before, read=read)
    # The very same index says that nothing has changed since the store was written.
    is_new = before is None or graph.index is not before.index
    published = _put(graph, store, folder, page=not tables, began=began, changed=is_new)
    if looks:
        keep_looks(str(store), graph, looks)
    if plain and not store:
        cache.keep(graph)
    return published


def _earlier(store: str | None, *, plain: bool) -> Graph | None:
    """Return the graph from which all is taken that has not changed since."""
    if store:
        return open_earlier(store)
    return cache.kept() if plain else None


def _put(  # noqa: PLR0913 - what is to be put, and where
    graph: Graph,
    store: str | None,
    folder: Path | None,
    *,
    page: bool,
    began: int,
    changed: bool,
) -> Publication:
    """Make everything and write it aside; then put it into place, which is little more than renaming."""
    with contextlib.ExitStack() as held:
        # Its lock first: of two builds of one store the other one's files do not come in between.
        commit = held.enter_context(graph.prepared(store)) if store else _nothing
        if folder is None:
            commit()
            return Publication(graph, summary_of(graph), written=changed)
        made = held.enter_context(prepared_outputs(graph, folder, page=page, modified=began))
        made.put(commit)
        return Publication(graph, made.summary, made.paths, written=made.written)


def _nothing() -> None:
    """Commit to no store."""
