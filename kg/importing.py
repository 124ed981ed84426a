"""Tables become sources among others: mapped, and with their companies called as they are elsewhere."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING, Final

from kg import inputs, mapping, matching, metadata, sources, tables
from kg.base import SourceError, data_folder, nquads
from kg.record import versions
from kg.spread import Read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.inputs import File
    from kg.sources import Source, Trace
    from kg.spread import Reader

_LIBRARIES: Final = ("csvw", "cleanco", "polars")


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
    known = b"".join(sources.read(file).quads for file in _things())
    matches = matching.match(done.source.quads, known)
    return replace(done, source=matching.merge(done.source, matches)), matches


def reader(rest: Reader) -> Reader:
    """Return a reader of tables, each by the mapping beside it, `TABLE.rq`, and of all else by `rest`."""

    def read(files: Sequence[File]) -> Read:
        others = [file for file in files if not _is_table(file)]
        found = [_read(file) for file in files if _is_table(file)]
        said = rest(others)
        traces, tabled = iter(said.traces), iter(source.trace for source in found)
        ordered = [next(tabled if _is_table(file) else traces) for file in files]
        return Read(ordered, nquads.union([said.quads, *(source.quads for source in found)]))

    return read


def _read(file: File) -> Source:
    # First its basis: what changes while the table is read is then read again by the next build.
    basis = _basis(file.path, _mapping(file))
    source = table(file.path, _mapping(file))[0].source
    return replace(source, trace=replace(source.trace, basis=basis))


def unchanged(file: File, trace: Trace) -> bool:
    """Tell whether `file` says what `trace` remembers; of a table its mapping and all else count too.

    See `kg.sources.unchanged`.
    """
    if not sources.unchanged(file, trace):
        return False
    return not _is_table(file) or trace.basis == _basis(file.path, _mapping(file)) != ""


def _basis(path: Path, by: Path) -> str:
    """Return the digest of what a table says by: metadata, mapping, known companies, libraries.

    It is "" where one of them cannot be read: reading the table says so, in its turn.
    """
    try:
        digest = sha256(versions(_LIBRARIES))
        for other in (metadata.of(path), by, *(file.path for file in _things())):
            data = inputs.content(other, limit=metadata.MAX_WORDS)
            digest.update(f"{len(data)} ".encode() + data)
    except (PackageNotFoundError, SourceError):
        return ""
    return digest.hexdigest()


def _things() -> list[File]:
    return inputs.find([data_folder() / "things"])


def _mapping(file: File) -> Path:
    return file.path.with_suffix(".rq")


def _is_table(file: File) -> bool:
    return file.path.suffix.lower() in tables.SUFFIXES
