"""The other engine that the shapes are held against: pySHACL, and how its graphs are read."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pyshacl
from rdflib import SH, Graph, URIRef

from kg.base import Finding, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

SHAPE_FILES = sorted((Path(__file__).parents[2] / "ontology/shapes").glob("*.ttl"))


class GivenUpError(Exception):
    """The other engine has no answer."""


def to_rdflib(triples: Iterable[ox.Triple]) -> Graph:
    """Hand triples from the strict parser to rdflib, which would read bad Turtle too."""
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=lines or b"", format="nt")


def read_turtle(paths: Iterable[Path]) -> Graph:
    quads = (
        quad
        for path in paths
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    )
    return to_rdflib(quad.triple for quad in quads)


@cache
def shapes() -> Graph:
    return read_turtle(SHAPE_FILES)


def versions() -> list[str | bytes]:
    """Return all that an answer follows from but for the data."""
    names = [f"{name} {version(name)}" for name in ("pyshacl", "rdflib")]
    return [*names, *(path.read_bytes() for path in SHAPE_FILES)]


def ask(triples: bytes) -> list[dict[str, Any]] | None:
    """Return what pySHACL finds, with terms as text, and paths of one step only."""
    data = Graph().parse(data=triples, format="nt")
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none", inplace=True)
    except TypeError:  # it gives up where a day is held against a number
        return None
    assert isinstance(report, Graph)
    return [asdict(_finding(report, result)) for result in report.objects(None, SH.result)]


def _finding(report: Graph, result: Node) -> Finding:
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    return Finding(
        node=str(report.value(result, SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else shorten(str(value))[:80],
        message=str(report.value(result, SH.resultMessage)),
        shape=str(report.value(result, SH.sourceShape)),
        violation=report.value(result, SH.resultSeverity) == SH.Violation,
    )
