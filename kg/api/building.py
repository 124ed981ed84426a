"""Source files become a graph to ask, or a report of what is wrong with them."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from kg import pipeline
from kg.api.published import published_told, tell_published
from kg.base import SHIPPED_LICENCE, SourceError, StoreError, UsageError
from kg.graph import Graph
from kg.sources import (
    find_files,
    one_by_one,
    refuse_no_cluster,
    software_fingerprint,
    tell_apart,
)
from kg.store import SentThere, Snapshot, is_url, open_store
from kg.tables import is_mapped_table, is_unchanged_with_tables, read_with_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.base import Report
    from kg.pipeline import BuiltParts, DerivedCount
    from kg.sources import File, Reader


def build(  # noqa: PLR0913 - each an option of its own
    paths: Iterable[Path | str] = (),
    *,
    shipped: bool | None = None,
    tables: bool = False,
    check: bool = True,
    before: Graph | None = None,
    read: Reader = one_by_one,
) -> Graph:
    """Build a graph from source files and folders; without any, from the shipped data.

    Args:
        paths: files and folders to read.
        shipped: whether to read the shipped data too; by default only if there are no `paths`, or
            with `tables`.
        tables: whether the shipped data is read with its tables, which are many times larger.
        check: whether to hold the data against the shapes first.
        before: an earlier build, from which all is taken that has not changed since.
        read: how files are read, by default one by one: `kg.sources.processes(4)`, or
            `kg.sources.spark(master)`.

    Raises:
        SourceError: a file that cannot be read.
        FindingsError: the data breaks a shape.
        WorkerError: processes or a cluster that cannot be reached or died.
    """
    # What was said is taken over, and what was derived only where nothing at all has changed:
    # rules see the whole, so that one new source can change what follows from an old one.
    earlier = before.content if before else None
    paths = paths if isinstance(paths, str | PathLike) else list(paths)
    files = source_files(paths, shipped=shipped, tables=tables)
    built = pipeline.build(
        files,
        check=check,
        before=earlier,
        read=tell_published(read_with_tables(read)),
        unchanged=is_unchanged_with_tables,
    )
    licence = None if paths else SHIPPED_LICENCE  # of other sources nobody has said one
    return Graph(built, before=earlier.snapshot if earlier else None, licence=licence)


def check(
    paths: Iterable[Path | str] = (),
    *,
    shipped: bool | None = None,
    tables: bool = False,
    shapes: Iterable[Path | str] = (),
    store: Path | str | None = None,
) -> Report:
    """Return all that is wrong with source files, without building anything; see `build`.

    What cannot be read is a finding, too, so that everything is told at once. `shapes` are files and
    folders with SHACL of one's own, against which the data is held beside the shipped shapes. `store` is a
    folder with a graph that the files belong to, which is looked up and not changed: then nothing is told
    but what is wrong with the files themselves.

    Raises:
        SourceError: there is no such file.
        StoreError: there is no store, or it is damaged.
        UsageError: a store is given with what is not looked up in one, or without a file.

    >>> check().conforms
    True
    """
    paths = paths if isinstance(paths, str | PathLike) else list(paths)
    files = source_files(paths, shipped=shipped, tables=tables)
    own, read = pipeline.find_shapes(shapes), tell_published(read_with_tables(one_by_one))
    if store is None:
        return pipeline.check(files, read=read, shapes=own)
    if not paths:
        raise UsageError("name the files that are to be checked against the store")
    if shipped or tables or own:
        raise UsageError("against a store files are checked alone, by the shapes that ship")
    snapshot = _snapshot(store)
    with snapshot.asked():
        return pipeline.check_beside(files, snapshot, read=read)


def _snapshot(store: Path | str) -> Snapshot:
    if is_url(store):
        raise UsageError(f"{store} is an endpoint; name a store in a folder to check against")
    found = open_store(store)
    assert isinstance(found, Snapshot)  # noqa: S101 - for the type checker
    # Its ontology is that by which the files are checked.
    if found.record.software != software_fingerprint():
        raise StoreError(f"{store}: was built by another version; build it again")
    return found


def derive_at(url: str, tell: Callable[[str], None] | None = None) -> DerivedCount:
    """Derive at the endpoint at `url` what follows from all that it holds; return how much.

    The triples are those of a build here. `tell` is called with each rule before it runs.

    Raises:
        UsageError: no such address can be; a store in a folder is derived by `build`.
        StoreError: it cannot be reached, refuses, holds nothing to derive from, or another build is
            writing to it.
        TimeLimitError: one rule takes longer than `KG_TIMEOUT`.
    """
    if not is_url(url):
        raise UsageError(f"{url} is no URL; kg build --store derives in a folder")
    from kg.store import derived_there  # those who build in a folder send nothing

    with derived_there(url, pipeline.ontology_quads()) as there:
        return pipeline.derive_there(there, tell=tell)


def build_in_parts(
    paths: Iterable[Path | str], master: str, address: str, *, shipped: bool | None = None
) -> BuiltParts:
    """Have a graph built on a cluster of Spark, and written in parts to a file system or endpoint that it reaches; see `kg.pipeline.build_parts`.

    For a graph that is too large for this machine: nothing of it is here but what all of it shares.

    Raises:
        SourceError, FindingsError, WorkerError: as `build`; a table is no source here.
        UsageError: there is no such cluster, the address is a pattern, or the graph cannot be derived from in pieces.
        OutputError: there is something at the address, or nothing can be written to it.
        StoreError, TimeLimitError: an endpoint cannot be reached, refuses, takes too long, or another build is writing to it.
    """
    refuse_no_cluster(master)
    there = SentThere(address) if address.lower().startswith(("http://", "https://")) else None
    files = source_files(paths, shipped=shipped)
    if tables := [file.path for file in files if is_mapped_table(file.path)]:
        what = "is a table, and only sources go to a cluster; kg import makes one of it"
        raise SourceError.of([SourceError(table, what) for table in tables])
    with published_told():
        return pipeline.build_parts(files, master, there or address)


def source_files(
    paths: Iterable[Path | str] = (), *, shipped: bool | None = None, tables: bool = False
) -> list[File]:
    """Return the files that `build` would read."""
    given = find_files(paths)
    # Whoever names files means those; whoever asks for the tables means what they belong to.
    with_shipped = (tables or not given) if shipped is None else shipped
    return tell_apart([*pipeline.shipped_files(tables=tables), *given]) if with_shipped else given
