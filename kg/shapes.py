"""Shapes turn data into a report: what is wrong, where, and what to do.

A finding about data is a value, not an exception. The shapes are SHACL in `ontology/shapes/*.ttl`,
run by pySHACL; what SHACL has no target for, such as a node of no class at all, is found by the
queries beside them, which must return nothing. Both look at what was said only: what the rules
derive is right if the rules are.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from kg import home
from kg.answer import Answer
from kg.namespaces import CP, shorten
from kg.report import Finding, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import rdflib

    from kg.index import Index


def load(folder: Path | None = None) -> bytes:
    """Return the shapes as one Turtle document, from `folder` or the shipped ones."""
    folder = folder or home.ontology() / "shapes"
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*.ttl")))


def queries(folder: Path | None = None) -> dict[str, str]:
    """Return the queries that must find nothing, by name, from `folder` or the shipped ones."""
    folder = folder or home.ontology() / "shapes"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.rq"))}


def check(index: Index, asserted: bytes, shapes: bytes, unwanted: Mapping[str, str]) -> Report:
    r"""Validate what was said, with the ontology in it.

    Args:
        index: the index over `asserted`.
        asserted: the data as N-Quads.
        shapes: SHACL in Turtle.
        unwanted: queries for ?node, ?message and perhaps ?path, each row of which is a finding.

    >>> said = b"<a:s> <a:p> <a:o> <a:g> .\n"
    >>> from kg.index import Index
    >>> check(Index.of(said), said, b"", {}).conforms
    True
    """
    found = list(_validated(asserted, shapes))
    known = {finding.node for finding in found}
    found += [
        finding
        for name, query in unwanted.items()
        for finding in _selected(index, name, query)
        if finding.node not in known
    ]
    return Report(tuple(sorted(found, key=_order)))


def _selected(index: Index, name: str, query: str) -> Iterable[Finding]:
    answer = Answer(lambda: index.query(query))
    for row in json.loads(answer.to_bytes("json"))["results"]["bindings"]:
        node, path = row["node"]["value"], row.get("path", {}).get("value")
        yield Finding(node, path, None, row["message"]["value"], CP + name, violation=True)


def _validated(asserted: bytes, shapes: bytes) -> Iterable[Finding]:
    # Imported here: together they cost more than answering a question does.
    import pyshacl  # noqa: PLC0415
    import rdflib  # noqa: PLC0415

    # rdflib logs a stack trace for every ill-typed literal; the shapes report them in a sentence.
    log = logging.getLogger("rdflib.term")
    disabled, log.disabled = log.disabled, True
    try:
        data = rdflib.Graph().parse(data=_triples(asserted), format="nt")
        rules = rdflib.Graph().parse(data=shapes, format="turtle")
        _, results, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", js=False)
    finally:
        log.disabled = disabled
    return _findings(results)


def _order(finding: Finding) -> tuple[bool, str, str, str, str]:
    return (
        not finding.violation,
        finding.node,
        finding.path or "",
        finding.value or "",
        finding.message,
    )


def _triples(nquads: bytes) -> bytes:
    import pyoxigraph as ox  # noqa: PLC0415 - see above

    quads = ox.parse(nquads, ox.RdfFormat.N_QUADS)
    return ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES) or b""


def _findings(results: rdflib.Graph) -> Iterable[Finding]:
    from rdflib.namespace import RDF, SH  # noqa: PLC0415 - see above

    def one(result: Any, path: Any) -> str | None:
        value = results.value(result, path)
        return None if value is None else str(value)

    for result in results.subjects(RDF.type, SH.ValidationResult):
        value = results.value(result, SH.value)
        path = results.value(result, SH.resultPath)
        yield Finding(
            node=one(result, SH.focusNode) or "",
            path=str(path) if isinstance(path, _uriref()) else None,
            value=None if value is None else shorten(str(value))[:80],
            message=one(result, SH.resultMessage) or "breaks this shape",
            shape=one(result, SH.sourceShape) or "",
            violation=results.value(result, SH.resultSeverity) == SH.Violation,
        )


def _uriref() -> type:
    import rdflib  # noqa: PLC0415 - see above

    return rdflib.URIRef
