"""The metadata of a table: what it is, and which values its columns may have, by W3C CSVW.

It lies beside the table (`TABLE-metadata.json`; Metadata Vocabulary for Tabular Data, 2015) and is
read by csvw. Nothing is fetched for it.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import pyoxigraph as ox

from kg.base import (
    CP,
    DCTERMS,
    MAX_DEPTH,
    RDF,
    RDFS,
    SCHEMA,
    XSD,
    MissingExtraError,
    SourceError,
    expand,
    json_too_deep,
    shorten,
)
from kg.sources import decode, read_bytes
from kg.tables.dialect import Dialect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

MAX_WORDS: Final = 1 << 20
"""How large metadata or a mapping may be, in bytes."""

CSVW: Final = "http://www.w3.org/ns/csvw"
"""The namespace of the vocabulary."""


def metadata_path(table: Path) -> Path:
    """Return where the metadata of a table lies (Model for Tabular Data, section 5.3)."""
    return table.with_name(f"{table.name}-metadata.json")


@dataclass(frozen=True)
class Metadata:
    """What describes a table: its IRI, its `schema` and its common properties as csvw has them.

    `dialect` says how a text is written, `sheet` which one of a workbook is meant, if it says so.
    """

    path: Path
    iri: str
    schema: Any
    common: Any
    dialect: Dialect
    sheet: str | None

    def about(self, digest: str) -> Iterator[ox.Triple]:
        """Describe the table as a source of this SHA-256, with its publisher.

        Raises:
            SourceError: a property that is to be an address is none.
        """
        node = ox.NamedNode(self.iri)
        yield typed(node, "Table")
        yield ox.Triple(node, ox.NamedNode(SCHEMA + "sha256"), _literal(digest, "hexBinary"))
        for key, (predicate, make) in _COMMON.items():
            if key in self.common:
                try:
                    yield ox.Triple(node, ox.NamedNode(predicate), make(_plain(self.common[key])))
                except ValueError:
                    raise SourceError(self.path, f"has a {key} that is no address") from None
        yield from _publisher(node, self.common.get("dc:publisher"))


def _publisher(node: ox.NamedNode, given: Any) -> Iterator[ox.Triple]:
    """Say who published a table, given as an id, or as an object with `@id` and perhaps a name."""
    iri = expand(_plain(given)) if given else None
    if iri is None:
        return
    body = ox.NamedNode(iri)
    yield ox.Triple(node, ox.NamedNode(SCHEMA + "publisher"), body)
    yield typed(body, "Organization")
    label = given.get("schema:name") if isinstance(given, dict) else None
    text = ox.Literal(str(label or shorten(iri)), language="en")
    yield ox.Triple(body, ox.NamedNode(RDFS + "label"), text)


def read_metadata(table: Path) -> Metadata:
    """Read what describes a table.

    Raises:
        SourceError: there is nothing, or it cannot be read as what it claims to be.
        UsageError: csvw is not installed.

    >>> from kg.base import data_folder
    >>> read_metadata(data_folder() / "tables" / "net-zero-tracker-2022-12-20.csv").iri
    'https://w3id.org/corporate-plans/id/net-zero-tracker-2022-12-20'
    """
    path, description = metadata_path(table), _description(table)
    iri = expand(str(description.get("@id", table.stem)))
    if iri is None or "#" in iri:
        raise SourceError(path, f"has the @id {description.get('@id')!r}, which is no id")
    try:
        usual = {"delimiter": "\t"} if table.suffix.lower() == ".tsv" else {}
        given = description.pop("dialect", {})
        dialect = Dialect.of(usual | given if isinstance(given, dict) else given)
    except ValueError as error:
        raise SourceError(path, str(error)) from None
    sheet = str(description["url"]).partition("#")[2]
    _hold_columns(description["tableSchema"].get("columns"), path)
    for column in _columns(description):
        name = f" (column {str(column['name'])[:40]!r})" if "name" in column else ""
        _quietly(partial(csvw().Column.fromvalue, column), path, name)
    read = _quietly(partial(csvw().Table.fromvalue, description), path)
    return Metadata(path, iri, read.tableSchema, read.common_props, dialect, unquote(sheet) or None)


def _description(table: Path) -> dict[str, Any]:
    """Read the metadata of a table, and refuse what would have to be fetched."""
    path = metadata_path(table)
    if not path.exists():
        raise SourceError(table, f"has no metadata; write {path.name} beside it")
    data = read_bytes(path, limit=MAX_WORDS)
    if (line := json_too_deep(data)) is not None:
        raise SourceError(path, f"nests more than {MAX_DEPTH} levels", line=line)
    try:
        description = json.loads(decode(data, path))
    except ValueError as error:
        raise SourceError(path, f"is not JSON: {error}") from None
    if not isinstance(description, dict) or not isinstance(description.get("tableSchema"), dict):
        raise SourceError(path, "describes no table; write an object with url and tableSchema")
    if problem := _unsupported(description, table):
        raise SourceError(path, problem)
    return description


def _hold_columns(columns: Any, path: Path) -> None:
    """Refuse columns that csvw would stumble over without naming them."""
    if not isinstance(columns, list | None) or not all(
        isinstance(one, dict) for one in columns or ()
    ):
        raise SourceError(
            path, "has columns that are none; write a list of objects, each with a name"
        )
    for column in columns or ():
        name, datatype = column.get("name"), column.get("datatype")
        if not isinstance(name, str | None):
            raise SourceError(path, f"has a column of the name {name!r}, which is no text")
        form = datatype.get("format") if isinstance(datatype, dict) else None
        if not isinstance(form, str | dict | None) or form in ("", {}):
            said = f"has the format {form!r}; write one such as dd.MM.yyyy, or leave it out"
            raise SourceError(path, f"{said} (column {name!r})")


def _unsupported(description: Mapping[str, Any], table: Path) -> str | None:
    # Each of these would have csvw fetch something, or read another file than was given.
    if description.get("@context") != CSVW:
        return f"has another @context than {CSVW}; nothing else is fetched"
    if "@base" in description:
        return "has a @base; a table lies beside its metadata"
    # Behind the hash is the name of a sheet.
    if str(description.get("url")).partition("#")[0] != table.name:
        return f"has the url {description.get('url')!r}; it is to describe {table.name}"
    return None


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


def _columns(description: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the columns that can be read by themselves, so that a fault is told of the one that has it."""
    columns = description["tableSchema"].get("columns")
    return [one for one in columns if isinstance(one, dict)] if isinstance(columns, list) else []


def _quietly(work: Callable[[], Any], path: Path, part: str = "") -> Any:
    """Do what csvw does with metadata, or a `part`; what it only warns of is a fault."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return work()
    except (ValueError, TypeError, KeyError, AttributeError, Warning) as error:
        problem = f"is no CSVW metadata: {' '.join(str(error).split())}{part}"
        raise SourceError(path, problem) from None


def csvw() -> Any:
    """Return the library that reads metadata and cells."""
    try:
        import csvw as library  # slow to import, and an extra
    except ImportError:
        raise MissingExtraError("a table", "csvw", "tables") from None
    return library
