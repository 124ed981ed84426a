"""A mapping says what the rows of a table state: a SPARQL CONSTRUCT query over their triples.

It runs over nothing but the rows, in an engine that is kept from files and hosts, so a mapping that
someone else wrote can say wrong things and reach nothing. It runs over some rows at a time where
that says the same as over all of them; see `kg.tables.locality`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, Final, cast

import pyoxigraph as ox

from kg.base import (
    FindingsError,
    QueryError,
    Report,
    SourceError,
    SpilledLines,
    nquads,
    without_collector,
)
from kg.query import LocalIndex
from kg.sources import Fingerprint, Source, decode, read_bytes
from kg.tables.evidence import RowEvidence
from kg.tables.locality import ByRow, by_row
from kg.tables.metadata import MAX_WORDS
from kg.tables.table import Table
from kg.tables.template import Template

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.base import Finding
    from kg.tables.rows import Rows
    from kg.tables.table import Lot

MOST_FAULTS: Final = 1_000
"""How many faults of a table are told one by one; of the rest how many there are."""

MAX_SHORT: Final = 200_000
"""How many cells are mapped at once, whatever the mapping."""

MAX_WHOLE: Final = 3_000_000
"""How many cells a table may have whose mapping looks at all rows at once."""

_PIECE: Final = 512 << 10  # bytes


@dataclass(frozen=True)
class MappedTable:
    """What became of a table: its statements as sorted N-Quads, and how many rows it has.

    `rows` were read. The faults in `left_out` are those of bad rows, the first of them if there are
    many: of `bad` rows in all. Good rows of which the mapping has nothing to say are `silent`.
    `open_end` tells that no end of line stands behind the last row, whose last cell may be cut off.
    """

    fingerprint: Fingerprint
    lines: SpilledLines
    rows: int
    bad: int
    left_out: tuple[Finding, ...]
    silent: Rows
    open_end: bool = False

    @cached_property
    def source(self) -> Source:
        """The source that the table is, all of it in memory."""
        return Source(self.fingerprint, b"".join(self.lines))


def map_table(
    path: Path, mapping: Path, *, skip_bad: bool = False, folder: Path | None = None
) -> MappedTable:
    """Return what the rows of a table state by a mapping.

    Args:
        path: a table, its metadata beside it; see `kg.tables.records`.
        mapping: the file of a SPARQL CONSTRUCT query, whose statements rest on rows (`cp:row`).
        skip_bad: leave bad rows out instead of refusing the table.
        folder: where the statements lie that do not fit into memory, for as long as they are read;
            without one they lie where nobody sees them.

    Raises:
        SourceError: a file that cannot be read as what it claims to be, or a mapping that says
            nothing.
        FindingsError: rows that break the metadata, each with its number; or the first number of a
            property that is no decimal.

    >>> from kg.base import data_folder
    >>> table = data_folder() / "tables" / "net-zero-tracker-2022-12-20.csv"
    >>> mapped = map_table(table, table.with_suffix(".rq"))
    >>> mapped.rows, mapped.bad, mapped.source.quads.count(b"ontology#Target>") > 1000
    (2001, 0, True)
    """
    # Of a million cells none is part of a cycle, and looking for some takes a fifth of the time.
    with without_collector():
        return _mapped(path, mapping, folder, skip_bad=skip_bad)


def _mapped(path: Path, mapping: Path, folder: Path | None, *, skip_bad: bool) -> MappedTable:
    table = Table(path)
    faults = _Faults()
    evidence = RowEvidence(table, mapping)
    run = _MappingRun(table, mapping, SpilledLines(folder))
    for lot in table.lots():
        faults.add(lot)
        evidence.read(lot)
        # Of a table that is refused nobody wants to know what it states.
        if skip_bad or not faults.rows:
            run.add(lot)
    if faults.rows and not skip_bad:
        raise FindingsError(Report(tuple(faults.first), faults.more))
    lines = run.lines()
    lines.add(nquads.canonical(table.about()))
    lines = lines.settled(evidence.of)
    evidence.refuse()
    for described in evidence.described():
        lines.add(described)
    fingerprint = Fingerprint(table.digest, path.suffix.lower(), (table.iri,))
    return MappedTable(
        fingerprint,
        lines,
        evidence.rows,
        faults.rows,
        tuple(faults.first),
        evidence.silent,
        table.open_end,
    )


class _Faults:
    """What is wrong with the rows: the first faults, and how many there are."""

    def __init__(self) -> None:
        self.first: list[Finding] = []
        self.more = self.rows = 0

    def add(self, lot: Lot) -> None:
        room = MOST_FAULTS - len(self.first)
        self.first += lot.faults[:room]
        self.more += len(lot.faults[room:])
        self.rows += len(lot.numbers) - len(lot.good)


class _MappingRun:
    """A mapping that is run: on each lot as it comes, or on all of them at the end."""

    def __init__(self, table: Table, mapping: Path, lines: SpilledLines) -> None:
        self._table, self._mapping, self._lines = table, mapping, lines
        self._query = decode(read_bytes(mapping, limit=MAX_WORDS), mapping)
        self._end = f" <{table.iri}> .\n".encode()
        self._store = ox.Store()
        self._cells = 0
        self._lots: list[Lot] = []
        self._needed: frozenset[str] | None = None

    @cached_property
    def _by_row(self) -> ByRow | None:
        return by_row(self._query)

    def add(self, lot: Lot) -> None:
        """Take the rows of a lot."""
        self._lots.append(lot)
        self._cells += sum(
            sum(map(len, values))
            for predicate, values in lot.columns.items()
            if self._needed is None or predicate in self._needed
        )
        # For a short table nobody need look at the query.
        if self._cells <= MAX_SHORT:
            return
        if self._by_row:
            # What is no column has been misread here, or is asked for in vain.
            asked = self._by_row.predicates
            self._needed = asked if asked and asked <= lot.columns.keys() else None
            self._map()
            return
        if self._cells > MAX_WHOLE:
            raise SourceError(
                self._mapping,
                f"looks at all rows at once, which may have {MAX_WHOLE:,} cells together; have all its"
                " patterns begin with the row, without groups and sub-queries",
            )
        self._load()

    def _load(self) -> None:
        lots, self._lots = self._lots, []
        for lot in lots:
            triples = "".join(lot.triples(self._needed)).encode()
            self._store.bulk_load(triples, ox.RdfFormat.N_TRIPLES)

    def lines(self) -> SpilledLines:
        """Return what the mapping says, and what its rows are."""
        self._map()
        return self._lines

    @cached_property
    def _template(self) -> Template | None:
        return Template.of(self._query, self._table.iri)

    def _map(self) -> None:
        self._load()
        if not (self._template and self._filled(self._template)):
            self._constructed()
        # A new one: an emptied store keeps the names of all that was in it.
        self._store, self._cells = ox.Store(), 0

    def _filled(self, template: Template) -> bool:
        """Put the values that the engine finds into the template; tell whether that says all."""
        whole = True

        def take(text: bytes) -> None:
            nonlocal whole
            lines = template.lines(text) if whole else None
            if lines is None:
                whole = False
            else:
                self._lines.add(lines)

        said = _EngineOutput(take)
        try:
            # Of nothing but the rows: a mapping cannot read what others say.
            results = LocalIndex(self._store).query(template.query)
            if not isinstance(results, ox.QuerySolutions):
                return False
            results.serialize(cast("IO[bytes]", said), format=ox.QueryResultsFormat.TSV)
        except (QueryError, RuntimeError, OSError, ValueError):
            return False  # the mapping itself tells what it is
        said.end()
        return whole

    def _constructed(self) -> None:
        """Have the engine say all: what it says again is said once."""
        said = _EngineOutput(self._take)
        try:
            results = LocalIndex(self._store).query(self._query)
            if not isinstance(results, ox.QueryTriples):
                raise SourceError(self._mapping, "is no mapping: write a CONSTRUCT query")
            results.serialize(cast("IO[bytes]", said), format=ox.RdfFormat.N_TRIPLES)
        except QueryError as error:
            raise SourceError(self._mapping, f"is no mapping: {error}") from None
        except (RuntimeError, OSError, ValueError) as error:
            raise SourceError(self._mapping, f"cannot be run: {error}") from None
        said.end()

    def _take(self, text: bytes) -> None:
        # A line ends nowhere else: those within literals are escaped.
        said = text.replace(b" .\n", self._end)
        _refuse_blank_nodes(said, self._mapping)
        self._lines.add(nquads.split(said))


class _EngineOutput(io.RawIOBase):
    """Where the engine writes lines to: they are taken piece by piece, which is cheaper than all at once."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._parts: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, part: Any) -> int:
        """Take a part of the text, which may end within a line."""
        self._parts.append(bytes(part))
        self._size += len(part)
        if self._size > _PIECE:
            whole, end, rest = b"".join(self._parts).rpartition(b"\n")
            self._parts, self._size = [rest], len(rest)
            self._take(whole + end)
        return len(part)

    def end(self) -> None:
        """Have taken what is left."""
        self._take(b"".join(self._parts))


def _refuse_blank_nodes(said: bytes, mapping: Path) -> None:
    # Few texts hold what looks like one: only those are looked at line by line.
    if b"_:" not in said and b"<<" not in said:
        return
    for line in nquads.split(said):
        subject, _, value, _ = nquads.parts(line)
        if subject.startswith((b"_:", b"<<")) or value.startswith((b"_:", b"<<")):
            raise SourceError(mapping, "makes a blank node; give everything an IRI")
