"""The results of a query in the standard forms, as the engine writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base import (
    GRAPH_FORMATS,
    PREFIXES,
    RDF_FORMATS,
    RESULT_FORMATS,
    TABLE_FORMATS,
    OutputError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_triples(triples: Iterable[ox.Triple], form: str) -> bytes:
    """Return triples in one of the forms of graphs.

    Raises:
        UsageError: the form is none of a graph.
    """
    if form not in GRAPH_FORMATS:
        raise UsageError(f"a graph cannot be written as {form}; take ttl, nt or jsonld")
    # The engine has no order of its own, and the same answer is to give the same bytes.
    ordered = sorted(triples, key=str)
    return ox.serialize(ordered, format=RDF_FORMATS[form].syntax, prefixes=PREFIXES) or b""


def write_results(results: ox.QuerySolutions | ox.QueryBoolean, form: str) -> bytes:
    """Return a table or a boolean in one of the forms of results.

    Raises:
        UsageError: the form is none of results.
        OutputError: XML cannot hold a character of them.
    """
    if form not in RESULT_FORMATS:
        raise UsageError(
            f"a table cannot be written as {form}; ask with CONSTRUCT or DESCRIBE,"
            f" or take {', '.join((*TABLE_FORMATS, *RESULT_FORMATS))}"
        )
    syntax = getattr(ox.QueryResultsFormat, RESULT_FORMATS[form])
    data: bytes = results.serialize(format=syntax) or b""
    if form == "xml":
        data = _checked_xml(data)
    return data if data.endswith(b"\n") else data + b"\n"


def _checked_xml(data: bytes) -> bytes:
    from kg.base import keep_returns, xml_fault  # for XML alone

    if (at := xml_fault(data)) is not None:
        column = data[:at].rpartition(b'name="')[2].partition(b'"')[0].decode()
        row = data.count(b"<result>", 0, at)
        raise OutputError(f"XML cannot hold a character of ?{column} in row {row}; take json")
    return keep_returns(data)
