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
    from collections import Counter
    from collections.abc import Iterator
    from datetime import date

    from kg.base import ToolFormat
    from kg.query import GraphContent


def guess_format(path: str) -> str:
    """Return the format that the ending of `path` stands for.

    >>> guess_format("plans.ttl"), guess_format("plans.2020.jsonld"), guess_format("plans.ftm.csv")
    ('ttl', 'jsonld', 'ftm-statements')
    """
    # Of two that it ends in the longer one tells: plans.ftm.csv is no table for spreadsheets.
    parts = PurePath(path).suffixes
    endings = ("".join(parts[at:]).lower() for at in range(len(parts)))
    suffix = next((one for one in endings if one in EXPORT_SUFFIXES), None)
    if suffix is None:
        raise UsageError(
            f"{path!r} has no ending that stands for a format; end it in {', '.join(EXPORT_SUFFIXES)},"
            " or name the format with -f"
        )
    return EXPORT_SUFFIXES[suffix]


def export_graph(
    graph: GraphContent,
    form: str = "ttl",
    *,
    part: str = "all",
    today: date | None = None,
    left_out: Counter[str] | None = None,
) -> bytes:
    """Return the graph in the format `form`, the whole or one `part` of it.

    How promises stand is told as of `today`, by default the day of the last source. What the format
    has no place for is counted in `left_out`, by reason, where that is given.

    Raises:
        UnknownNameError: no such format or part.
        OutputError: the format cannot hold what the graph holds.
        MissingExtraError: the format needs a library that is not installed.

    >>> import kg
    >>> export_graph(kg.build(check=False)).startswith(b"@prefix ")
    True
    """
    return b"".join(export_pieces(graph, form, part=part, today=today, left_out=left_out))


def export_pieces(
    graph: GraphContent,
    form: str = "ttl",
    *,
    part: str = "all",
    today: date | None = None,
    left_out: Counter[str] | None = None,
) -> Iterator[bytes]:
    """Yield what `export_graph` returns, in pieces; of the forms of RDF one at a time is in memory.

    Raises:
        UnknownNameError: no such format or part.
        OutputError: the format cannot hold what the graph holds.
        MissingExtraError: the format needs a library that is not installed.
        StoreError: the graph is in a store that is damaged, which is told with the first piece.

    >>> import kg
    >>> next(export_pieces(kg.build(check=False)))[:8]
    b'@prefix '
    """
    if form in FOLDER_FORMATS:
        raise UsageError(f"{form} is a folder of files, which export_files makes")
    if form not in EXPORT_FORMATS:
        raise UnknownNameError("format", form, (*EXPORT_FORMATS, *FOLDER_FORMATS))
    if part not in EXPORT_PARTS:
        raise UnknownNameError("part", part, EXPORT_PARTS)
    if form in TOOL_FORMATS:
        return iter((_for_tools(graph, TOOL_FORMATS[form], part, today, left_out),))
    from kg.export.rdf import rdf_pieces  # the engine's serialisers, which a network needs none of

    parts = ("asserted", "derived") if part == "all" else (part,)
    return rdf_pieces(lambda: map(graph.lines, parts), form)


def _for_tools(
    graph: GraphContent,
    form: ToolFormat,
    part: str,
    today: date | None,
    left_out: Counter[str] | None,
) -> bytes:
    if part != "all":
        raise UsageError(f"{form.label} is of the whole graph; leave the part out")
    more = (left_out,) if form.partial else ()
    data: bytes = _made_by(form, f"write_{form.module}", graph, today, *more)
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


def _made_by(
    form: ToolFormat, name: str, graph: GraphContent, today: date | None, *more: object
) -> Any:
    from kg.query import read_whole  # RDF is written from the lines as they stand

    make = getattr(import_module(f"kg.export.{form.module}"), name)
    # An index on a disk would look up nearly all there is, term by term.
    made_of = graph if form.passing else graph.index if form.selective else read_whole(graph)
    return make(made_of, today, *more) if form.dated else make(made_of, *more)
