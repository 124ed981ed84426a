"""A table becomes the triples of its rows, read by what its metadata says of it.

What a table is, and which values its columns may have, is said in W3C CSVW metadata beside it
(`TABLE-metadata.json`; Metadata Vocabulary for Tabular Data, 2015), by which csvw reads the cells.
Each cell is a triple as in CSVW's minimal mode (Generating RDF from Tabular Data on the Web,
section 4.1), its row called by the fragment of RFC 7111, `TABLE#row=N`, its column `TABLE#NAME`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg import inputs, sandbox
from kg.errors import SourceError, UsageError
from kg.namespaces import CP, DCTERMS, RDF, RDFS, SCHEMA, XSD, expand, shorten
from kg.report import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

SUFFIXES: Final = (".csv", ".parquet")
"""The endings of the tables that can be read."""

MAX_BYTES: Final = 64 << 20
"""How large a table may be, in bytes."""

MAX_WORDS: Final = 1 << 20
"""How large its metadata or a mapping may be, in bytes."""

_CSVW: Final = "http://www.w3.org/ns/csvw"
_DATATYPES: Final = {
    name: ox.NamedNode(XSD + {"datetime": "dateTime", "number": "double"}.get(name, name))
    for name in ("string", "anyURI", "boolean", "decimal", "integer", "double", "number", "date",
                 "dateTime", "datetime")
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table: its IRI, the SHA-256 of its file, and what its rows hold.

    `rows` are those after the header, by number, each with its triples; a row that breaks the
    metadata has none and is among the `faults`. `about` describes the table as a source.
    """

    path: Path
    iri: str
    digest: str
    about: tuple[ox.Triple, ...] = field(repr=False)
    rows: dict[int, list[ox.Quad]] = field(repr=False)
    faults: tuple[Finding, ...] = field(repr=False)


def metadata_of(table: Path) -> Path:
    """Return where the metadata of a table lies (Model for Tabular Data, section 5.3)."""
    return table.with_name(f"{table.name}-metadata.json")


def read(path: Path) -> Table:
    """Read a table and hold every row against its metadata.

    Raises:
        SourceError: the table or its metadata cannot be read as what it claims to be.

    >>> from kg import home
    >>> table = read(home.data() / "tables" / "net-zero-tracker-2022-12-20.csv")
    >>> len(table.rows), min(table.rows), table.rows[2][0].object.value
    (2001, 2, 'COM-0001')
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(path, f"is no table; tables end in {' or '.join(SUFFIXES)}")
    data = inputs.content(path, limit=MAX_BYTES)
    said = _metadata(path)
    iri = expand(str(said.get("@id", path.stem)))
    if iri is None or "#" in iri:
        raise SourceError(metadata_of(path), f"has the @id {said.get('@id')!r}, which is no id")
    described = _quietly(lambda: _csvw().Table.fromvalue(said), metadata_of(path))
    records = _records(data, path)
    schema = _Schema(described.tableSchema, next(records)[1], iri, path)
    rows: dict[int, list[ox.Quad]] = {}
    faults: list[Finding] = []
    for number, record in records:
        rows[number], wrong = schema.read(number, record)
        faults += wrong
    digest = hashlib.sha256(data).hexdigest()
    about = tuple(_about(iri, digest, described.common_props, metadata_of(path)))
    return Table(path, iri, digest, about, rows, tuple(faults))


class _Schema:
    """The columns of a table and its key: how a record becomes triples, or faults."""

    def __init__(self, schema: Any, header: Sequence[str], iri: str, path: Path) -> None:
        """Hold the header of the table against the metadata."""
        self.iri, self.path = iri, path
        known = schema.columns
        for title, column in zip(header, known, strict=False):
            if not column.has_title(title):
                raise SourceError(path, f"has the column {title!r} where its metadata has "
                                  f"{str(column)!r}", line=1)  # fmt: skip
        if len(header) != len(known):
            raise SourceError(path, f"has {len(header)} columns, its metadata {len(known)}", line=1)
        for column in known:
            if column.virtual or _base(column) not in _DATATYPES:
                raise SourceError(metadata_of(path), f"has {str(column)!r} as a virtual column or of "
                                  f"a datatype that is none of {', '.join(_DATATYPES)}")  # fmt: skip
        self.columns = [_Column(iri, column) for column in known]
        names = [column.name for column in self.columns]
        if unknown := [name for name in schema.primaryKey or () if name not in names]:
            raise SourceError(metadata_of(path), f"has the key {unknown[0]!r}, which is no column")
        self.key = [names.index(name) for name in schema.primaryKey or ()]
        self._seen: dict[tuple[str, ...], int] = {}

    def read(self, number: int, record: Sequence[str]) -> tuple[list[ox.Quad], list[Finding]]:
        """Return the triples of a row, or what is wrong with it."""

        def fault(column: str, cell: str | None, problem: str) -> Finding:
            place = f"{self.path} row {number}"
            return Finding(column, None, cell, problem, _CSVW, violation=True, place=place)

        if len(record) != len(self.columns):
            many = f"has {len(record)} cells where the header has {len(self.columns)}"
            return [], [fault("the row", None, many)]
        row = ox.NamedNode(f"{self.iri}#row={number}")
        triples: list[ox.Quad] = []
        faults: list[Finding] = []
        for column, cell in zip(self.columns, record, strict=True):
            found = column.read(cell)
            if isinstance(found, str):
                faults.append(fault(column.name, cell[:80] or None, found))
            else:
                triples += [ox.Quad(row, column.predicate, literal) for literal in found]
        key = tuple(record[at] for at in self.key)
        if key and (first := self._seen.setdefault(key, number)) != number:
            names = ", ".join(self.columns[at].name for at in self.key)
            faults.append(fault(names, ", ".join(key), f"row {first} has it already"))
        return ([] if faults else triples), faults


class _Column:
    """One column: how its cells become literals. Equal cells are read once."""

    def __init__(self, iri: str, column: Any) -> None:
        self.name = column.name or str(column)
        self.predicate = ox.NamedNode(f"{iri}#{quote(self.name)}")
        self._column, self._datatype = column, _DATATYPES[_base(column)]
        self._plain = _csvw().Datatype(base=_base(column))
        self._known: dict[str, tuple[ox.Literal, ...] | str] = {}

    def read(self, cell: str) -> tuple[ox.Literal, ...] | str:
        """Return the literals of a cell, or what is wrong with it."""
        if cell not in self._known:
            self._known[cell] = self._literals(cell)
        return self._known[cell]

    def _literals(self, cell: str) -> tuple[ox.Literal, ...] | str:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # what csvw warns of in a cell is no value either
                value = self._column.read(cell)
                values = value if isinstance(value, list) else [value]
                return tuple(
                    ox.Literal(self._plain.formatted(one), datatype=self._datatype)
                    for one in values
                    if one is not None
                )
        except (ValueError, ArithmeticError, Warning) as error:
            return " ".join(str(error).split())


def _base(column: Any) -> str:
    datatype = column.inherit("datatype")
    return str(datatype.base) if datatype and datatype.base else "string"


def _metadata(table: Path) -> dict[str, Any]:
    """Read the metadata of a table, and refuse what would have to be fetched."""
    path = metadata_of(table)
    if not path.exists():
        raise SourceError(table, f"has no metadata; write {path.name} beside it")
    data = inputs.content(path, limit=MAX_WORDS)
    if (line := sandbox.json_too_deep(data)) is not None:
        raise SourceError(path, f"nests more than {sandbox.MAX_DEPTH} levels", line=line)
    try:
        said = json.loads(inputs.text(data, path))
    except ValueError as error:
        raise SourceError(path, f"is not JSON: {error}") from None
    if not isinstance(said, dict) or not isinstance(said.get("tableSchema"), dict):
        raise SourceError(path, "describes no table; write an object with url and tableSchema")
    if said.get("@context") != _CSVW:
        raise SourceError(path, f"has another @context than {_CSVW}; nothing else is fetched")
    if "dialect" in said or "@base" in said:
        raise SourceError(path, "has a dialect or a @base; a table is UTF-8 with commas, and here")
    if said.get("url") != table.name:
        raise SourceError(path, f"has the url {said.get('url')!r}; it is to describe {table.name}")
    return said


def _records(data: bytes, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the records by number, the header first; blank ones count and are left out."""
    if path.suffix.lower() == ".parquet":
        data = _parquet(data, path)
    reader = csv.reader(io.StringIO(inputs.text(data, path), newline=""), strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            if record:
                yield number, record
    except csv.Error as error:
        raise SourceError(path, f"is not CSV: {error}", line=reader.line_num) from None
    if not number:
        raise SourceError(path, "is empty; it has not even a header")


def _parquet(data: bytes, path: Path) -> bytes:
    """Return a Parquet file as the CSV that it stands for, so that both are read alike."""
    try:
        import polars as pl  # noqa: PLC0415 - only those who bring Parquet wait for it
    except ImportError:
        raise missing("polars") from None
    try:
        frame = pl.read_parquet(io.BytesIO(data), n_rows=MAX_BYTES >> 4)
        return frame.write_csv().encode()
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise SourceError(path, f"is not Parquet: {str(error).partition(chr(10))[0]}") from None


def _about(iri: str, digest: str, said: Any, path: Path) -> Iterator[ox.Triple]:
    """Describe the table as a source, with its publisher."""
    node = ox.NamedNode(iri)
    yield typed(node, "Table")
    yield ox.Triple(node, ox.NamedNode(SCHEMA + "sha256"), _literal(digest, "hexBinary"))
    for key, (predicate, make) in _COMMON.items():
        if key in said:
            try:
                yield ox.Triple(node, ox.NamedNode(predicate), make(_plain(said[key])))
            except ValueError:
                raise SourceError(path, f"has a {key} that is no address") from None
    publisher = said.get("dc:publisher")
    name = expand(_plain(publisher)) if publisher else None
    if name is not None:
        body = ox.NamedNode(name)
        yield ox.Triple(node, ox.NamedNode(SCHEMA + "publisher"), body)
        yield typed(body, "Organization")
        label = publisher.get("schema:name") if isinstance(publisher, dict) else None
        label = ox.Literal(str(label or shorten(name)), language="en")
        yield ox.Triple(body, ox.NamedNode(RDFS + "label"), label)


def typed(node: ox.NamedNode, name: str) -> ox.Triple:
    """Say of which class of the ontology a node is."""
    return ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(CP + name))


def _plain(value: Any) -> str:
    """Return the text of a JSON-LD value."""
    return str(value.get("@id", value.get("@value", ""))) if isinstance(value, dict) else str(value)


def _literal(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


_COMMON: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {
    "dc:title": (SCHEMA + "headline", ox.Literal),
    "dc:license": (DCTERMS + "license", ox.NamedNode),
    "dc:issued": (SCHEMA + "datePublished", lambda text: _literal(text, "date")),
    "cp:publishedPrecision": (CP + "publishedPrecision", lambda text: ox.NamedNode(expand(text) or text)),
    "schema:url": (SCHEMA + "url", lambda text: _literal(text, "anyURI")),
}  # fmt: skip


def _quietly(work: Callable[[], Any], path: Path) -> Any:
    """Do what csvw does with metadata; what it only warns of is a fault."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return work()
    except (ValueError, TypeError, KeyError, AttributeError, Warning) as error:
        raise SourceError(path, f"is no CSVW metadata: {' '.join(str(error).split())}") from None


def _csvw() -> Any:
    try:
        import csvw  # noqa: PLC0415 - slow to import, and an extra
    except ImportError:
        raise missing("csvw") from None
    return csvw


def missing(module: str) -> UsageError:
    """Say that a library of the extra `tables` is not there."""
    return UsageError(f"{module} is not installed; pip install 'corporate-plans-kg[tables]'")
