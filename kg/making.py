"""Source files become a graph to ask, or a report of what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph import Graph
from kg.pipeline import Build, build, check, shipped_files
from kg.sources import File, Reader, find_files, one_by_one, tell_apart
from kg.store import Snapshot
from kg.tables import is_unchanged_with_tables, read_with_tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.base import Report


def build(  # noqa: PLR0913 - each an option of its own
    paths: Iterable[Path | str] = (),
    *,
    shipped: bool | None = None,
    all_: bool = False,
    check: bool = True,
    before: Graph | None = None,
    read: Reader = one_by_one,
) -> Graph:
    """Build a graph from source files and folders; without any, from the shipped data.

    Args:
        paths: files and folders to read.
        shipped: whether to read the shipped data too; by default only if there are no `paths`, or
            with `all_`.
        all_: whether the shipped data is read with its tables, which are many times larger.
        check: whether to hold the data against the shapes first.
        before: an earlier build, from which all is taken that has not changed since.
        read: how files are read, by default one by one: `kg.sources.parallel.processes(4)`, or
            `kg.sources.parallel.spark(master)`.

    Raises:
        SourceError: a file that cannot be read.
        FindingsError: the data breaks a shape.
        SpreadError: processes or a cluster that cannot be reached or died.
    """
    earlier = before._parts if before else None  # noqa: SLF001 - what it was made of
    built = build(
        files(paths, shipped=shipped, all_=all_),
        check=check,
        # An endpoint keeps literals in its own way.
        before=earlier if isinstance(earlier, Build | Snapshot) else None,
        read=read_with_tables(read),
        unchanged=is_unchanged_with_tables,
    )
    return Graph(built, before=earlier if isinstance(earlier, Snapshot) else None)


def check(
    paths: Iterable[Path | str] = (), *, shipped: bool | None = None, all_: bool = False
) -> Report:
    """Hold source files against the shapes, without building anything; see `build`.

    Raises:
        SourceError: a file that cannot be read.
    """
    given = files(paths, shipped=shipped, all_=all_)
    return check(given, read=read_with_tables(one_by_one))


def files(
    paths: Iterable[Path | str] = (), *, shipped: bool | None = None, all_: bool = False
) -> list[File]:
    """Return the files that `build` would read."""
    given = find_files(paths)
    with_shipped = (all_ or not given) if shipped is None else shipped
    return tell_apart([*(shipped_files(all_=all_) if with_shipped else ()), *given])
