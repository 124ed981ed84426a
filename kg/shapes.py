"""Shapes turn data into a report: what is wrong, where, and what to do.

A finding about data is a value, not an exception. The shapes are SHACL in `ontology/shapes/`, run
by pySHACL, and look at what was said only: what the rules derive is right if the rules are.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from kg import home
from kg.namespaces import shorten
from kg.report import Finding, Report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import rdflib


def load(folder: Path | None = None) -> bytes:
    """Return the shapes as one Turtle document, from `folder` or the shipped ones."""
    folder = folder or home.ontology() / "shapes"
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*.ttl")))


def check(nquads: Iterable[bytes], shapes: bytes) -> Report:
    r"""Validate the union of `nquads` (the data and the ontology) against `shapes` in Turtle.

    >>> check([b"<a:s> <a:p> <a:o> <a:g> .\n"], b"").conforms
    True
    """
    # Imported here: together they cost more than answering a question does.
    import pyshacl  # noqa: PLC0415
    import rdflib  # noqa: PLC0415

    # rdflib logs a stack trace for every ill-typed literal; the shapes report them in a sentence.
    log = logging.getLogger("rdflib.term")
    disabled, log.disabled = log.disabled, True
    try:
        data = rdflib.Graph()
        for quads in nquads:
            data.parse(data=_triples(quads), format="nt")
        rules = rdflib.Graph().parse(data=shapes, format="turtle")
        _, results, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", js=False)
    finally:
        log.disabled = disabled
    return Report(tuple(sorted(_findings(results), key=_order)))


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
