"""A mapping says what the rows of a table state: a SPARQL CONSTRUCT query over their triples.

It runs over nothing but the rows, in an engine that is kept from files and hosts, so a mapping that
someone else wrote can say wrong things and reach nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.base import (
    CP,
    MOST_SHOWN,
    RDF,
    XSD,
    Finding,
    FindingsError,
    QueryError,
    Report,
    SourceError,
    nquads,
    shorten,
)
from kg.query import LocalIndex
from kg.sources import Fingerprint, Source, decode, read_bytes
from kg.tables.metadata import MAX_WORDS, metadata_path, typed
from kg.tables.table import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_NUMBERS = {CP + name for name in ("value", "minimum", "maximum", "baseline")}
_DECIMAL = XSD + "decimal"


@dataclass(frozen=True)
class MappedTable:
    """What became of a table: the `source` that it is, and its rows by number.

    `rows` were read; those of the faults in `left_out` are bad; those in `silent` are good and have
    nothing to say by the mapping.
    """

    source: Source
    rows: int
    left_out: tuple[Finding, ...]
    silent: tuple[int, ...]


def map_table(path: Path, mapping: Path, *, skip_bad: bool = False) -> MappedTable:
    """Return what the rows of a table state by a mapping.

    Args:
        path: a CSV or Parquet file, its metadata beside it; see `kg.tables.table`.
        mapping: the file of a SPARQL CONSTRUCT query, whose statements rest on rows (`cp:row`).
        skip_bad: leave bad rows out instead of refusing the table.

    Raises:
        SourceError: a file that cannot be read as what it claims to be, or a mapping that says
            nothing.
        FindingsError: rows that break the metadata, each with its number; or the first number of a
            property that is no decimal.

    >>> from kg.base import data_folder
    >>> table = data_folder() / "tables" / "net-zero-tracker-2022-12-20.csv"
    >>> mapped = map_table(table, table.with_suffix(".rq"))
    >>> mapped.rows, len(mapped.left_out), mapped.source.quads.count(b"ontology#Target>") > 1000
    (2001, 0, True)
    """
    table = read_table(path)
    if table.faults and not skip_bad:
        raise FindingsError(Report(table.faults))
    triples = list(_constructed(table.rows.values(), mapping))
    rows = _rows(triples, table, mapping)
    if inexact := _inexact(triples, table):
        raise FindingsError(Report(inexact))
    graph = ox.NamedNode(table.iri)
    lines = nquads.canonical(
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in chain(triples, table.about, _described(rows))
    )
    silent = tuple(number for number, row in table.rows.items() if row and number not in rows)
    fingerprint = Fingerprint(table.digest, path.suffix.lower(), (table.iri,))
    return MappedTable(Source(fingerprint, b"".join(lines)), len(table.rows), table.faults, silent)


def _described(rows: Mapping[int, ox.NamedNode]) -> Iterator[ox.Triple]:
    """Say of rows what they are, and by which fragment of the table they are found (RFC 7111)."""
    for number, row in rows.items():
        yield typed(row, "Row")
        yield ox.Triple(row, ox.NamedNode(RDF + "value"), ox.Literal(f"row={number}"))


def _constructed(rows: Iterable[Sequence[ox.Quad]], mapping: Path) -> Iterator[ox.Triple]:
    query = decode(read_bytes(mapping, limit=MAX_WORDS), mapping)
    # Of nothing but the rows: a mapping cannot read what others say.
    store = ox.Store()
    store.bulk_extend(triple for row in rows for triple in row)
    try:
        results = LocalIndex(store).query(query)
        if not isinstance(results, ox.QueryTriples):
            raise SourceError(mapping, "is no mapping: write a CONSTRUCT query")
        yield from results
    except QueryError as error:
        raise SourceError(mapping, f"is no mapping: {error}") from None
    except (RuntimeError, OSError, ValueError) as error:
        raise SourceError(mapping, f"cannot be run: {error}") from None


def _rows(triples: Iterable[ox.Triple], table: Table, mapping: Path) -> dict[int, ox.NamedNode]:
    """Return the rows that statements rest on; there is no statement of a table without its row."""
    known = {f"<{table.iri}#row={number}>": number for number in table.rows}
    rows: dict[int, Any] = {}
    stated: set[str] = set()
    resting: set[str] = set()
    # Evidence is the row: a statement that names none could be about anything.
    for subject, predicate, value in triples:
        if not isinstance(subject, ox.NamedNode) or isinstance(value, ox.BlankNode | ox.Triple):
            raise SourceError(mapping, "makes a blank node; give everything an IRI")
        if predicate.value == CP + "source":
            stated.add(subject.value)
        elif predicate.value == CP + "row":
            if str(value) not in known:
                raise SourceError(mapping, f"gives {shorten(subject.value)} a row that is none")
            rows[known[str(value)]] = value
            resting.add(subject.value)
    _refuse_what_rests_on_nothing(stated - resting, rows, table, mapping)
    return dict(sorted(rows.items()))


def _refuse_what_rests_on_nothing(
    without: set[str], rows: Mapping[int, ox.NamedNode], table: Table, mapping: Path
) -> None:
    if not rows:
        raise SourceError(
            mapping,
            f"says nothing of {table.path}; its columns are called <{table.iri}#NAME>",
        )
    for name in sorted(map(shorten, without)):
        raise SourceError(mapping, f"says {name} without its row; give it a cp:row")


def _inexact(triples: Iterable[ox.Triple], table: Table) -> tuple[Finding, ...]:
    """Return for each property of numbers the first row in which it has one that is no decimal.

    All numbers of a column are of the datatype that its metadata gives it, so one tells of all.
    """
    rows: dict[str, int] = {}
    wrong: list[tuple[str, str, ox.Literal]] = []
    for subject, predicate, value in triples:
        if predicate.value == CP + "row":
            rows[str(subject)] = int(str(value).rpartition("=")[2].rstrip(">"))
        elif predicate.value in _NUMBERS and _is_inexact(value):
            wrong.append((str(subject), predicate.value, value))
    first: dict[str, Finding] = {}
    for node, path, value in sorted(wrong, key=lambda one: (rows.get(one[0], 0), str(one))):
        message = (
            f"is {shorten(value.datatype.value)} where a number is to be xsd:decimal; declare its"
            f" column so in {metadata_path(table.path).name}"
        )
        at = f"{table.path} row {rows[node]}" if node in rows else str(table.path)
        number = value.value[:MOST_SHOWN]
        finding = Finding(node[1:-1], path, number, message, _DECIMAL, violation=True, location=at)
        first.setdefault(path, finding)
    return tuple(first.values())


def _is_inexact(value: Any) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value != _DECIMAL
