"""Taking the graph away: which formats there are, and which module writes them.

`export_graph` returns the bytes of the whole graph in one of `EXPORT_FORMATS`; the same graph gives the
same bytes, and what an RDF format holds reads back as the same canonical graph, literal for literal.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kg.base import (
    EXPORT_FORMATS,
    EXPORT_PARTS,
    EXPORT_SUFFIXES,
    FOLDER_FORMATS,
    TOOL_FORMATS,
    UnknownNameError,
    UsageError,
)

if TYPE_CHECKING:
    from datetime import date

    from kg.base import ToolFormat
    from kg.query import GraphContent


def guess_format(path: str) -> str:
    """Return the format that the ending of `path` stands for.

    >>> guess_format("plans.ttl"), guess_format("plans.jsonld")
    ('ttl', 'jsonld')
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in EXPORT_SUFFIXES:
        raise UsageError(
            f"{path!r} has no ending that stands for a format; end it in {', '.join(EXPORT_SUFFIXES)},"
            " or name the format with -f"
        )
    return EXPORT_SUFFIXES[suffix]


def export_graph(
    graph: GraphContent, form: str = "ttl", *, part: str = "all", today: date | None = None
) -> bytes:
    """Return the graph in the format `form`, the whole or one `part` of it.

    How promises stand is told as of `today`, by default the day of the last source.

    Raises:
        UnknownNameError: no such format or part.
        OutputError: the format cannot hold what the graph holds.
        MissingExtraError: the format needs a library that is not installed.

    >>> import kg
    >>> export_graph(kg.build(check=False)).startswith(b"@prefix ")
    True
    """
    if form in FOLDER_FORMATS:
        raise UsageError(f"{form} is a folder of files, which export_files makes")
    if form not in EXPORT_FORMATS:
        raise UnknownNameError("format", form, (*EXPORT_FORMATS, *FOLDER_FORMATS))
    if part not in EXPORT_PARTS:
        raise UnknownNameError("part", part, EXPORT_PARTS)
    if form in TOOL_FORMATS:
        return _for_tools(graph, TOOL_FORMATS[form], part, today)
    from kg.export.rdf import write_rdf  # the engine's serialisers, which a network needs none of

    asserted = graph.asserted if part != "derived" else b""
    derived = graph.derived if part != "asserted" else b""
    return write_rdf(asserted, derived, form)


def _for_tools(graph: GraphContent, form: ToolFormat, part: str, today: date | None) -> bytes:
    if part != "all":
        raise UsageError(f"{form.label} is of the whole graph; leave the part out")
    data: bytes = _made_by(form, f"write_{form.name}", graph, today)
    return data


def export_files(graph: GraphContent, form: str, *, today: date | None = None) -> dict[str, bytes]:
    """Return the graph as the files of a folder, by name, in one of `FOLDER_FORMATS`.

    Raises:
        UnknownNameError: no such format.
        OutputError: the format cannot hold what the graph holds.
        MissingExtraError: the format needs a library that is not installed.

    >>> import kg
    >>> sorted(export_files(kg.build(check=False), "neo4j"))
    ['entities.csv', 'evidence.csv', 'import.sh', 'relationships.csv', 'statements.csv']
    """
    if form not in FOLDER_FORMATS:
        raise UnknownNameError("format of a folder", form, FOLDER_FORMATS)
    files: dict[str, bytes] = _made_by(FOLDER_FORMATS[form], f"list_{form}", graph, today)
    return files


def _made_by(form: ToolFormat, name: str, graph: GraphContent, today: date | None) -> Any:
    make = getattr(import_module(f"kg.export.{form.name}"), name)
    return make(graph.index, today) if form.dated else make(graph.index)
