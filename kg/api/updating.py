"""A store in a folder is brought up to date by what has changed in its sources, and not made anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg import pipeline
from kg.api.building import source_files
from kg.api.published import tell_published
from kg.api.streaming import Built
from kg.base import SHIPPED_LICENCE, DamageError, StoreError, counted, without_collector
from kg.graph import Graph
from kg.sources import look, looked_again, one_by_one
from kg.store import keep_seen, open_current, open_snapshot, read_seen
from kg.tables import is_unchanged_with_tables, read_with_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.sources import Reader


def update(  # noqa: PLR0913 - as `build` has them
    paths: Iterable[Path | str],
    store: str,
    *,
    shipped: bool | None = None,
    tables: bool = False,
    check: bool = True,
    read: Reader = one_by_one,
    rehash: bool = False,
    changed: Sequence[Path] | None = None,
    little: int = pipeline.LITTLE,
) -> Built | None:
    """Bring the store in a folder up to date, if what has changed in its sources is little.

    It holds afterwards what a build of all would have written, to the byte. See `build` for the options.

    Args:
        paths: as in `build`.
        store: the folder.
        shipped: as in `build`.
        tables: as in `build`.
        check: as in `build`.
        read: as in `build`.
        rehash: whether to compare all files by what they hold, and not by what the disk tells of them.
        changed: the files that have changed, come or gone, where that is known: no other one is looked at. `paths` is one
            folder then.
        little: a change is little where it concerns less than one graph in so many; 0 for any.

    Returns:
        what became of it; None where all is to be made anew: there is no such store, it is damaged
        or of other software, or more has changed. Nothing was written then.

    Raises:
        SourceError: a file that cannot be read.
        FindingsError: the data breaks a shape.
        WorkerError: processes or a cluster that cannot be reached or died.
        StoreError: the store cannot be written, or another build is writing it.
    """
    before = open_current(store)
    if before is None:
        return None
    with without_collector():  # which would go through a hundred thousand names again and again
        seen = None if rehash else read_seen(before)
        named = None
        if changed is not None and seen:
            (folder,) = paths = [*paths]
            named = looked_again(Path(folder), seen, changed)
        files = named[0] if named else source_files(paths, shipped=shipped, tables=tables)
        looks = named[1] if named else look(files)
    reader = tell_published(read_with_tables(read))
    try:
        # Where a name has gone from what was seen, nobody would look for its file.
        known = seen if seen and len(seen.names) == len(before.record.sources) else None
        suspects = looks.suspects(known) if known else None
        with pipeline.rebuilt(
            files,
            before,
            check=check,
            read=reader,
            unchanged=is_unchanged_with_tables,
            suspects=suspects,
            little=little,
        ) as made:
            # Whoever builds again what has not changed may do so since the store is damaged.
            if made is None or not (made.read or made.gone or before.sound):
                return None
            with made.changing.prepared() as commit:
                now = open_snapshot(commit())
            if looks != seen or now != before:
                keep_seen(Path(store), now.manifest.sheaves["sources"].digest, looks)
    except StoreError as error:
        # What is damaged is made anew, and so is what another build has made meanwhile.
        if isinstance(error, DamageError) or open_current(store) != before:
            return None
        raise
    licence = None if paths else SHIPPED_LICENCE
    graph = Graph(pipeline.Build(now, now.record, files, now), licence=licence)
    return Built(graph, _summary(made, len(files)), now != before)


def _summary(made: pipeline.Rebuilt, files: int) -> str:
    """Return a clause that says what has changed: to count what there is would take longer."""
    report = made.build.record.report
    findings = report.findings if report else ()
    if not (made.gone or made.fresh):
        return f"read {made.read:,} of {counted(files, 'file')}: nothing says anything else than before"
    everything = f"; ran {', '.join(made.whole)} over everything" if made.whole else ""
    if made.judged_all:
        everything += f"; judged every promise again, since {made.judged_all}"
    return (
        f"read {made.read:,} of {counted(files, 'file')}: {counted(made.gone, 'triple')} went"
        f" and {made.fresh:,} came; {counted(len(findings), 'finding')}{everything}"
    )
