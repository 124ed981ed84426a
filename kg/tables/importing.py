"""Tables become sources among others: mapped, and with their companies called as they are elsewhere."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING, Final

from kg.base import data_folder, nquads
from kg.sources import SourcesRead, digest_of, find_files, is_unchanged, read_source, room_files
from kg.tables.mapping import MappedTable, map_table
from kg.tables.matching import Matches, match_companies, merge_companies
from kg.tables.metadata import MAX_WORDS, metadata_path
from kg.tables.records import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.sources import File, Fingerprint, Reader, Source

_LIBRARIES: Final = ("csvw", "cleanco", "openpyxl", "polars", "rdflib")


def import_table(
    path: Path, by: Path, *, skip_bad: bool = False, folder: Path | None = None
) -> tuple[MappedTable, Matches]:
    """Return what a table states, where companies that the shipped articles know are called as there.

    Args:
        path: a table; see `kg.tables.records`.
        by: the mapping, what its rows state; see `kg.tables.mapping`.
        skip_bad: leave bad rows out instead of refusing the table.
        folder: where statements lie that do not fit into memory; see `kg.tables.mapping`.

    Raises:
        SourceError: as `kg.tables.mapping.map_table`.
        FindingsError: as `kg.tables.mapping.map_table`.
    """
    mapped = map_table(path, by, skip_bad=skip_bad, folder=folder)
    # Known are the companies of the articles, which people have looked at one by one.
    known = nquads.union(read_source(file).quads for file in _things())
    matches = match_companies(mapped.lines, nquads.split(known))
    return replace(mapped, lines=merge_companies(mapped.lines, matches)), matches


def read_with_tables(rest: Reader) -> Reader:
    """Return a reader of tables, each by the mapping beside it, `TABLE.rq`, and of all else by `rest`."""

    def read(files: Sequence[File]) -> SourcesRead:
        tables = {file: _read(file) for file in files if _is_table(file)}
        reading = rest([file for file in files if file not in tables])
        others = iter(reading.fingerprints)
        quads = [reading.quads, *(source.quads for source in tables.values())]
        ordered = [tables[file].fingerprint if file in tables else next(others) for file in files]
        return SourcesRead(ordered, nquads.union(quads))

    return read


def _read(file: File) -> Source:
    # First what it depends on: what changes meanwhile is then read again by the next build.
    dependencies = _dependencies(file.path, _mapping(file))
    source = import_table(file.path, _mapping(file))[0].source
    return replace(source, fingerprint=replace(source.fingerprint, dependencies=dependencies))


def is_unchanged_with_tables(file: File, fingerprint: Fingerprint) -> bool:
    """Tell whether `file` says what `fingerprint` remembers; of a table its mapping and all else count too.

    See `kg.sources.reader.is_unchanged`.
    """
    if not is_unchanged(file, fingerprint):
        return False
    return not _is_table(file) or (
        fingerprint.dependencies == _dependencies(file.path, _mapping(file)) != ""
    )


def _dependencies(path: Path, by: Path) -> str:
    """Return the digest of what a table says by: metadata, mapping, known companies, our code.

    It is "" where one of them cannot be read: reading the table says so, in its turn.
    """
    others = [metadata_path(path), by, *(file.path for file in _things())]
    try:
        if any(other.stat().st_size > MAX_WORDS for other in others):
            return ""
        return digest_of(_LIBRARIES, [*others, *room_files("tables")])
    except (PackageNotFoundError, OSError):
        return ""


def _things() -> list[File]:
    return find_files([data_folder() / "things"])


def _mapping(file: File) -> Path:
    return file.path.with_suffix(".rq")


def _is_table(file: File) -> bool:
    return file.path.suffix.lower() in SUFFIXES
