"""Findings as a validation report of SHACL, in Turtle, for whatever reads these.

By the Recommendation (section 3.6.1.1) data conforms where there is no result, not even a warning.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.base import DCTERMS, ID, PREFIXES, RDF, SHACL, XSD
from kg.reports.findings import place_of, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.base import Finding, Report

_TYPE: Final = ox.NamedNode(RDF + "type")
_BOUND: Final = ("cp", "dcterms", "id", "rdf", "sh", "xsd")


def write_shacl(report: Report) -> bytes:
    """Return a report as Turtle."""
    prefixes = {name: PREFIXES[name] for name in _BOUND}
    return ox.serialize(_triples(report), format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SHACL + name)


def _triples(report: Report) -> Iterator[ox.Triple]:
    whole = ox.BlankNode("report")
    results = [ox.BlankNode(f"r{number}") for number, _ in enumerate(report.findings, 1)]
    conforms = "false" if results or report.more else "true"
    yield ox.Triple(whole, _TYPE, _sh("ValidationReport"))
    yield ox.Triple(whole, _sh("conforms"), ox.Literal(conforms, datatype=ox.NamedNode(f"{XSD}boolean")))  # fmt: skip
    for result in results:
        yield ox.Triple(whole, _sh("result"), result)
    for result, finding in zip(results, report.findings, strict=True):
        yield from _result(result, finding)


def _result(result: ox.BlankNode, finding: Finding) -> Iterator[ox.Triple]:
    place = _place(finding)
    severity = finding.severity or SHACL + severity_of(finding)
    yield ox.Triple(result, _TYPE, _sh("ValidationResult"))
    # A file that cannot be read has no node to tell of but itself.
    yield ox.Triple(result, _sh("focusNode"), _node(finding.node) or place or ox.NamedNode(ID))
    yield ox.Triple(result, _sh("resultSeverity"), ox.NamedNode(severity))
    yield ox.Triple(result, _sh("resultMessage"), ox.Literal(finding.message))
    yield ox.Triple(result, _sh("sourceShape"), ox.NamedNode(finding.shape))
    # What no engine of SHACL has found, such as a file that cannot be read, is a kind of its own.
    component = finding.component or finding.shape
    yield ox.Triple(result, _sh("sourceConstraintComponent"), ox.NamedNode(component))
    if place:
        yield ox.Triple(result, ox.NamedNode(f"{DCTERMS}source"), place)
    if finding.term:
        yield ox.Triple(result, _sh("value"), _term(finding.term))
    elif finding.value:
        yield ox.Triple(result, _sh("value"), ox.Literal(finding.value))
    path, more = _path(result, finding)
    if path:
        yield ox.Triple(result, _sh("resultPath"), path)
    yield from more


def _node(iri: str) -> ox.NamedNode | ox.Literal | None:
    """Return a focus node: an IRI, or the text of what is none."""
    try:
        return ox.NamedNode(iri) if iri else None
    except ValueError:
        return ox.Literal(iri)


def _term(text: str) -> Any:
    (quad,) = ox.parse(f"<a:s> <a:p> {text} .", ox.RdfFormat.N_TRIPLES)
    return quad.object


def _place(finding: Finding) -> ox.NamedNode | None:
    """Return the file of a finding as the IRI of its graph, with its line by RFC 5147 or its row by RFC 7111."""
    place = place_of(finding)
    if not place:
        return None
    # A line is what stands between two positions (RFC 5147, section 2.2.2).
    at = f"#line={place.line - 1},{place.line}" if place.line else ""
    at = f"#row={place.row}" if place.row else at
    if Path(place.file).is_absolute():
        return ox.NamedNode(Path(place.file).as_uri() + at)
    return ox.NamedNode(f"{ID}file/{quote(place.file)}{at}")


def _path(result: ox.BlankNode, finding: Finding) -> tuple[Any, list[ox.Triple]]:
    """Return a path as RDF: the node, and what is said of it."""
    if finding.path or not finding.way:
        return (ox.NamedNode(finding.path) if finding.path else None), []
    root, graph = _parsed(finding.way)
    return _copied(root, graph, result.value)


@cache  # a shape that is broken once is often broken a thousand times
def _parsed(way: str) -> tuple[Any, Any]:
    from rdflib.extras.shacl import build_shacl_path  # few paths are more than a property
    from rdflib.plugins.sparql import prepareQuery

    # The engine writes it as a query has it, and rdflib knows both ways.
    query = prepareQuery(f"SELECT * {{ ?s {way} ?o }}")
    (_, path, _), *_ = query.algebra.p.p.triples
    return build_shacl_path(path)


def _copied(root: Any, graph: Any, prefix: str) -> tuple[Any, list[ox.Triple]]:
    """Return a node of rdflib and what is said of it, with labels that are always the same."""
    labels: dict[Any, ox.BlankNode] = {}

    def node(term: Any) -> Any:
        if term.n3().startswith("_:"):
            return labels.setdefault(term, ox.BlankNode(f"{prefix}p{len(labels)}"))
        return ox.NamedNode(str(term))

    told, open_ = [], [root]
    while open_:
        one = open_.pop()
        for predicate, value in sorted(graph.predicate_objects(one)):
            told.append(ox.Triple(node(one), ox.NamedNode(str(predicate)), node(value)))
            open_.append(value)
    return node(root), told
