"""Tables become sources among others: mapped, and with their companies called as they are elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.identity import Matches, known_lines, match_companies, merge_companies, things_files
from kg.sources import digest_of, is_unchanged, opened, room_files
from kg.tables.mapping import MappedTable, map_table
from kg.tables.metadata import MAX_WORDS, metadata_path
from kg.tables.records import MAX_BYTES, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kg.base import Finding
    from kg.sources import File, Fingerprint, Put, Reader, Source

_LIBRARIES: Final = ("csvw", "cleanco", "openpyxl", "polars", "python-stdnum", "rdflib")


def import_table(  # noqa: PLR0913 - each an option of its own
    path: Path,
    by: Path,
    *,
    skip_bad: bool = False,
    folder: Path | None = None,
    known: Iterable[bytes] = (),
    review: bool = True,
) -> tuple[MappedTable, Matches]:
    """Return what a table states, where companies that are known already are called as there.

    Known are those of the shipped articles, and of what is given. A conflict of identifiers has the file
    and the row that tells of the company, where one does.

    Args:
        path: a table; see `kg.tables.records`.
        by: the mapping, what its rows state; see `kg.tables.mapping`.
        skip_bad: leave bad rows out instead of refusing the table.
        folder: where statements lie that do not fit into memory; see `kg.tables.mapping`.
        known: sources of one's own that describe companies, as N-Quads in order.
        review: look for the row, too, that tells what a known company gets, which takes a while.

    Raises:
        SourceError: as `kg.tables.mapping.map_table`.
        FindingsError: as `kg.tables.mapping.map_table`.
    """
    mapped = map_table(path, by, skip_bad=skip_bad, folder=folder)
    matches = match_companies(mapped.lines, known_lines(known), review=review)
    lines = merge_companies(mapped.lines, matches)
    return replace(mapped, lines=lines), replace(matches, conflicts=_in_rows(matches, path))


def _in_rows(matches: Matches, path: Path) -> tuple[Finding, ...]:
    """Return the conflicts by file and row, as all that is wrong with a table is told."""
    rows = re.compile(".*#row=([0-9]+)", re.DOTALL)
    return tuple(
        replace(one, location=f"{path} row {found[1]}")
        if one.location and (found := rows.fullmatch(one.location))
        else one
        for one in matches.conflicts
    )


def read_with_tables(rest: Reader) -> Reader:
    """Return a reader of tables, each by the mapping beside it, `TABLE.rq`, and of all else by `rest`."""

    def read(files: Sequence[File], put: Put) -> list[Fingerprint]:
        tables: dict[File, Fingerprint] = {}
        for file in filter(_is_table, files):
            source = _read(file)
            put(source.quads)
            tables[file] = source.fingerprint
        others = iter(rest([file for file in files if file not in tables], put))
        return [tables[file] if file in tables else next(others) for file in files]

    return read


def _read(file: File) -> Source:
    with opened(file.path, limit=MAX_BYTES[file.path.suffix.lower()]):
        pass  # what is not there is told before what would lie beside it
    if not _mapping(file).exists():
        what = f"is a table, and no mapping {_mapping(file).name} lies beside it"
        raise SourceError(file.path, f"{what}; kg import -m takes one from elsewhere")
    # First what it depends on: what changes meanwhile is then read again by the next build.
    dependencies = _dependencies(file.path, _mapping(file))
    source = import_table(file.path, _mapping(file), review=False)[0].source
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
    others = [metadata_path(path), by, *(file.path for file in things_files())]
    try:
        if any(other.stat().st_size > MAX_WORDS for other in others):
            return ""
        return digest_of(_LIBRARIES, [*others, *room_files("tables"), *room_files("identity")])
    except (PackageNotFoundError, OSError):
        return ""


def is_mapped_table(path: Path) -> bool:
    """Tell whether a file is a table, by its ending, beside which its mapping lies.

    >>> from kg.base import data_folder
    >>> [path.name for path in sorted((data_folder() / "tables").iterdir()) if is_mapped_table(path)]
    ['clean-investment-monitor-2024-q4.csv', 'net-zero-tracker-2022-12-20.csv']
    """
    return path.suffix.lower() in SUFFIXES and path.with_suffix(".rq").is_file()


def _mapping(file: File) -> Path:
    return file.path.with_suffix(".rq")


def _is_table(file: File) -> bool:
    return file.path.suffix.lower() in SUFFIXES
