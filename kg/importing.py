"""Tables become sources among others: mapped, and with their companies called as they are elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg import home, inputs, mapping, matching, nquads, sources, tables
from kg.spread import Read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.inputs import File
    from kg.spread import Reader


def table(
    path: Path, by: Path, *, skip_bad: bool = False
) -> tuple[mapping.Import, matching.Matches]:
    """Return what a table states, where companies that the shipped articles know are called as there.

    Args:
        path: a CSV or Parquet file; see `kg.tables`.
        by: the mapping, what its rows state; see `kg.mapping`.
        skip_bad: leave bad rows out instead of refusing the table.

    Raises:
        SourceError: as `kg.mapping.run`.
        FindingsError: as `kg.mapping.run`.
    """
    done = mapping.run(path, by, skip_bad=skip_bad)
    things = inputs.find([home.data() / "things"])
    known = b"".join(sources.read(file).quads for file in things)
    matches = matching.match(done.source.quads, known)
    return replace(done, source=matching.merge(done.source, matches)), matches


def reader(rest: Reader) -> Reader:
    """Return a reader of tables, each by the mapping beside it, `TABLE.rq`, and of all else by `rest`."""

    def read(files: Sequence[File]) -> Read:
        others = [file for file in files if not _is_table(file)]
        found = [table(f.path, f.path.with_suffix(".rq"))[0].source for f in files if _is_table(f)]
        said = rest(others)
        traces, tabled = iter(said.traces), iter(source.trace for source in found)
        ordered = [next(tabled if _is_table(file) else traces) for file in files]
        return Read(ordered, nquads.union([said.quads, *(source.quads for source in found)]))

    return read


def _is_table(file: File) -> bool:
    return file.path.suffix.lower() in tables.SUFFIXES
