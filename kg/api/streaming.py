"""A store in a folder is built of its sources without all that they say in memory."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg import pipeline
from kg.api.building import source_files
from kg.api.outputs import COUNTED, told_by
from kg.api.published import tell_published
from kg.base import SHIPPED_LICENCE, DamageError, StoreError, in_turn
from kg.graph import Graph
from kg.reports import count_figures
from kg.sources import look, one_by_one
from kg.store import keep_seen, made_aside, open_snapshot, open_sound
from kg.tables import is_unchanged_with_tables, read_with_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.base import Spread
    from kg.sources import File, Reader, SeenFiles


class Built(NamedTuple):
    """A graph in a store that was built, a clause that says what is in it or has changed, and whether anything was written."""

    graph: Graph
    summary: str
    written: bool


def build_store(  # noqa: PLR0913 - as `build` has them
    paths: Iterable[Path | str],
    store: str,
    *,
    shipped: bool | None = None,
    tables: bool = False,
    check: bool = True,
    read: Reader = one_by_one,
    spread: Spread = in_turn,
) -> Built:
    """Build the store in a folder.

    It holds what a build of the same sources in memory would have written, to the byte. See `build` for the options.

    Args:
        paths: as in `build`.
        store: the folder.
        shipped: as in `build`.
        tables: as in `build`.
        check: as in `build`.
        read: as in `build`.
        spread: has the neighbourhoods of a large graph derived from, by default here: `kg.base.over_processes(4)`.

    Raises:
        SourceError: a file that cannot be read.
        FindingsError: the data breaks a shape.
        WorkerError: processes or a cluster that cannot be reached or died.
        StoreError: the store cannot be written, or another build is writing it.
    """
    files = source_files(paths, shipped=shipped, tables=tables)
    looks = look(files)
    reader = tell_published(read_with_tables(read))
    licence = None if paths else SHIPPED_LICENCE
    try:
        built = _built(files, store, reader, licence, check=check, spread=spread)
    except DamageError:
        built = _built(files, store, reader, licence, check=check, spread=spread, anew=True)
    keep_looks(store, built.graph, looks)
    return built


def keep_looks(store: str, graph: Graph, looks: SeenFiles) -> None:
    """Keep what was seen of the files of which a store was built, unless others have come or gone meanwhile."""
    with contextlib.suppress(StoreError):  # two builds later what was built is gone
        record = graph.content.record
        if set(looks.names) == record.sources.keys():
            keep_seen(Path(store), record.digest, looks)


def _built(  # noqa: PLR0913 - an option each
    files: Sequence[File],
    store: str,
    read: Reader,
    licence: str | None,
    *,
    check: bool,
    spread: Spread,
    anew: bool = False,
) -> Built:
    """Build a store of files, `anew` or from what it holds."""
    figures: dict[str, int] = {}
    notes: list[str] = []
    with made_aside(Path(store)) as making:
        # Behind its lock: of two builds the second one would read all of it before it is told of the first.
        making.known = before = None if anew else open_sound(store)
        record = pipeline.build_aside(
            files,
            making,
            check=check,
            before=before,
            read=read,
            unchanged=is_unchanged_with_tables,
            # Where it is at hand: of a small graph that is in memory, which takes a tenth of the time.
            look=lambda index: figures.update(count_figures(index, COUNTED)),
            tell=notes.append,
            spread=spread,
        )
        now = open_snapshot(making.prepare(record)())
    graph = Graph(pipeline.Build(now, record, files, now), licence=licence)
    summary = "; ".join([told_by(figures, graph, now.manifest.indexed), *notes])
    return Built(graph, summary, now != before)
