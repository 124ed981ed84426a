"""Shapes turn data into a report: what is wrong, where, and what to do.

A finding about data is a value, not an exception. The shapes are SHACL in `ontology/shapes/*.ttl`;
what SHACL has no target for, such as a node of no class at all, is found by the queries beside
them, which must return nothing; and a cycle of statements by an algorithm on graphs, since both of
them follow a chain from every link of it anew. All look at what was asserted only: what the rules derive
is right if the rules are.

SHACL is run by the engine `shacl`, over the N-Quads and not over the index, which rewrites
literals. Of the engines that were measured (`tests/benchmarks/RESULTS.md`) it is the fastest, and
the only one besides pySHACL that found in every example, and in data broken at random, all that
pySHACL finds; the tests hold it against pySHACL. What it finds beyond are ill-typed literals that
Python reads and XML Schema does not, and time zones of days, which rdflib drops. It refuses what it
does not know in a shape.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, MOST_SHOWN, Finding, Report, ontology_folder, shorten
from kg.pipeline.mistyped import find_mistyped
from kg.pipeline.relating import find_unrelated
from kg.pipeline.restated import find_restated
from kg.pipeline.suggestions import with_suggestions
from kg.pipeline.updating import find_foreign_updates
from kg.query import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping
    from pathlib import Path

    import shacl

    from kg.query import Index

CYCLE: Final = CP + "cycle"
"""What a finding names as its shape where statements confirm or update each other in a cycle."""

_UNKNOWN: Final = frozenset({"dangling", "undescribed"})
"""The queries that find what nothing describes."""

_LINKS: Final = """
SELECT ?node ?path ?value {
  VALUES ?path { cp:confirms cp:updates cp:corrects }
  ?node ?path ?value .
  FILTER (isIRI(?node) && isIRI(?value))
}"""

LINKS_LOOK_AT: Final = "(cp:confirms|cp:updates|cp:corrects)*"
"""What is looked at from a statement on, to find cycles; see `kg.pipeline.footprint`."""

_IRI: Final = re.compile("<[^<>]*>")

# The start of a day or a time with a year that the engine cannot hold, and breaks off at. Only the
# quote that opens a literal follows a space, and nothing is gone through twice: a text may be all digits.
_AGES: Final = re.compile(rb'(?<= )"(?=-?[0-9]{18}(?:[^"\\]|\\.)*+"\^\^<[^>#]*+#(?:date|gYear))')


def load_shapes(folder: Path | None = None) -> bytes:
    """Return the shapes as one Turtle document, from `folder` or the shipped ones."""
    folder = folder or ontology_folder() / "shapes"
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*.ttl")))


def load_queries(folder: Path | None = None) -> dict[str, str]:
    """Return the queries that must find nothing, by name, from `folder` or the shipped ones."""
    folder = folder or ontology_folder() / "shapes"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.rq"))}


def load_hints() -> dict[str, str]:
    """Return the queries that find what may be meant so, by name."""
    return load_queries(ontology_folder() / "hints")


def find_hints(index: Index, queries: Mapping[str, str]) -> Report:
    """Return what may be wrong and keeps nothing from being built: what `queries` find, and targets stated again."""
    found = {*find_asked(index, queries), *find_restated(index)}
    return Report(tuple(sorted(found, key=_order)))


def find_asked(index: Index, queries: Mapping[str, str]) -> Iterable[Finding]:
    """Yield the hints that `queries` find."""
    for name, query in queries.items():
        yield from _selected(index, name, query, violation=False)


def examine(index: Index, asserted: bytes) -> Report:
    """Return all that is wrong with what was said, as it is told to whoever wrote it."""
    shapes = load_shapes()
    found = find_broken(index, asserted, shapes)
    return as_told(found, index, shapes)


def find_broken(
    index: Index, asserted: bytes, shapes: bytes, about: Container[str] | None = None
) -> list[Finding]:
    """Return all that is wrong, without what may be meant: of nodes of which the IRI is in `about`, or of all.

    Of a literal that stands where a node should all is told.
    """
    more = (*find_unrelated(index), *find_foreign_updates(index), *find_mistyped(index))
    return [
        *validate(index, asserted, shapes, load_queries(), about).findings,
        *(finding for finding in more if about is None or finding.node in about),
    ]


def as_told(found: Collection[Finding], index: Index, shapes: bytes) -> Report:
    """Return findings as they are told, with what may be meant by all that is in `index`."""
    told = with_suggestions(found, index, shapes) if found else []
    return Report(tuple(sorted(set(told), key=_order)))


def validate(
    index: Index,
    asserted: bytes,
    shapes: bytes,
    unwanted: Mapping[str, str],
    about: Container[str] | None = None,
) -> Report:
    r"""Validate what was said, with the ontology in it.

    Args:
        index: the index over `asserted`.
        asserted: the data as N-Quads.
        shapes: SHACL in Turtle.
        unwanted: queries for ?node, ?message and perhaps ?path, each row of which is a finding.
        about: the IRIs of the nodes of which findings are told, or None for all; see `find_broken`.

    >>> quads = b"<a:s> <a:p> <a:o> <a:g> .\n"
    >>> from kg.query import Index
    >>> validate(Index.of(quads), quads, b"", {}).conforms
    True
    """
    broken = list(_validated(asserted, shapes))
    # A node that a shape has told of already is not told again for being of no class.
    known = {finding.node for focus, finding in broken if _IRI.fullmatch(focus)}
    findings = [
        *_cycles(index),
        *(
            finding
            for name, query in unwanted.items()
            for finding in _selected(index, name, query, violation=True)
            if name not in _UNKNOWN or finding.node not in known
        ),
    ]
    if about is not None:
        findings = [finding for finding in findings if finding.node in about]
        # A literal has no surroundings: what is found of it is so wherever it stands.
        broken = [one for one in broken if not _IRI.fullmatch(one[0]) or one[1].node in about]
    return Report(tuple(sorted({*findings, *(finding for _, finding in broken)}, key=_order)))


def _selected(index: Index, name: str, query: str, *, violation: bool) -> Iterable[Finding]:
    for row in _rows(index, query):
        value = shorten(row["value"])[:MOST_SHOWN] if "value" in row else None
        message, shape = row["message"], CP + name
        yield Finding(row["node"], row.get("path"), value, message, shape, violation=violation)


def _cycles(index: Index) -> Iterable[Finding]:
    """Yield the links of statements that confirm or update themselves, in however many steps."""
    links = list(_rows(index, _LINKS))
    if not links:
        return
    import rustworkx as rx  # few sources link their statements

    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    graph = rx.PyDiGraph()
    # A cycle of any length is a strongly connected component, found in one pass over the links.
    graph.extend_from_edge_list([(numbers[row["node"]], numbers[row["value"]]) for row in links])
    parts = enumerate(rx.strongly_connected_components(graph))
    part = {number: which for which, members in parts for number in members}
    for row in links:
        if part[numbers[row["node"]]] == part[numbers[row["value"]]]:
            yield Finding(
                row["node"],
                row["path"],
                shorten(row["value"])[:MOST_SHOWN],
                "This statement comes to confirm, update or correct itself: take out one of these links.",
                CYCLE,
                violation=True,
            )


def _rows(index: Index, query: str) -> Iterable[dict[str, str]]:
    answer = Answer(lambda: index.run(query), fault=index.fault)
    for row in json.loads(answer.to_bytes("json"))["results"]["bindings"]:
        yield {name: term["value"] for name, term in row.items()}


def _validated(asserted: bytes, shapes: bytes) -> Iterable[tuple[str, Finding]]:
    for focus, finding in _results(shapes.decode(), "turtle", asserted):
        yield focus, finding if finding.message else replace(finding, message="breaks this shape")


def held_against(shapes: str, syntax: str, asserted: bytes) -> Iterable[Finding]:
    """Yield what the engine finds, in an order that is always the same; a message may be "".

    Raises:
        ValueError: the engine refuses the shapes.
    """
    found = (finding for _, finding in _results(shapes, syntax, asserted))
    return sorted(found, key=lambda one: (*_order(one), one.shape, one.component or ""))


def _results(shapes: str, syntax: str, asserted: bytes) -> Iterable[tuple[str, Finding]]:
    """Return what the engine finds, each with the node as the engine writes it, which tells an IRI from a text."""
    import shacl  # those who only ask need none of it

    # Text, not the store: an ill-typed literal is to be seen as it was written.
    rules = shacl.Shapes.from_text(shapes, syntax)
    results = rules.validate_text(_bounded(asserted).decode(), "nquads").results
    return ((result.focus_node, _found(result)) for result in results)


def _found(result: shacl.Result) -> Finding:
    value, path = result.value_plain, result.path
    simple = _IRI.fullmatch(path or "")
    return Finding(
        node=_plain(result.focus_node),
        path=_plain(path) if simple else None,
        value=None if value is None else shorten(value)[:MOST_SHOWN],
        message=result.message or "",
        shape=_plain(result.source_shape),
        violation=result.severity == "Violation",
        term=result.value,
        way=None if simple else path,
        component=result.component_iri,
        severity=result.severity_iri,
    )


def _bounded(nquads: bytes) -> bytes:
    """Return `nquads` with years that overrun the engine made what it reports: no date at all."""
    return _AGES.sub(rb'"~', nquads)


def _plain(term: str | None) -> str:
    r"""Return an IRI or the text of a literal, given in the syntax of N-Triples.

    >>> _plain("<a:s>"), _plain('"a \\" b"@en')
    ('a:s', 'a " b')
    """
    if term is None or _IRI.fullmatch(term):
        return (term or "")[1:-1]
    (quad,) = ox.parse(f"<a:s> <a:p> {term} .", ox.RdfFormat.N_TRIPLES)
    return str(getattr(quad.object, "value", term))


def _order(finding: Finding) -> tuple[bool, str, str, str, str]:
    return (
        not finding.violation,
        finding.node,
        finding.path or "",
        finding.value or "",
        finding.message,
    )
