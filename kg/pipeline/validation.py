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

import contextlib
import json
import re
import tempfile
from collections import defaultdict
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.base import CP, MOST_SHOWN, Finding, Report, ontology_folder, shorten
from kg.pipeline.mistyped import find_mistyped
from kg.pipeline.relating import find_unrelated
from kg.pipeline.restated import find_restated
from kg.pipeline.suggestions import with_suggestions
from kg.pipeline.updating import find_foreign_updates
from kg.query import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping

    import shacl

    from kg.query import Index

CYCLE: Final = CP + "cycle"
"""What a finding names as its shape where statements confirm or update each other in a cycle."""

Broken: TypeAlias = "tuple[str, Finding]"
"""A node that breaks a shape, as the engine writes it, and what is told of it."""

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
    return examine_with(index, against_shapes(asserted, load_shapes()))


def examine_with(index: Index, broken: Iterable[Broken]) -> Report:
    """Return what `examine` does, where what breaks the shapes is found apart; it is waited for last."""
    return as_told(find_broken(index, broken), index, load_shapes())


@contextlib.contextmanager
def found_apart(asserted: Path) -> Iterator[Iterable[Broken]]:
    """Lend what will be found in a file of N-Quads that breaks the shapes, which is looked for in a thread of its own.

    Neither the engine of shapes nor that of queries needs what Python holds, nor the text in memory.
    """
    from concurrent.futures import ThreadPoolExecutor  # few need it

    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(lambda: list(against_shapes(asserted, load_shapes())))

        def broken() -> Iterator[Broken]:
            yield from found.result()

        yield broken()


def find_broken(
    index: Index, broken: Iterable[Broken], about: Container[str] | None = None
) -> list[Finding]:
    """Return all that is wrong, without what may be meant: of nodes of which the IRI is in `about`, or of all.

    Of a literal that stands where a node should all is told.
    """
    more = (*find_unrelated(index), *find_foreign_updates(index), *find_mistyped(index))
    return [
        *sorted(_validated(index, broken, load_queries(), about), key=_order),
        *(finding for finding in more if about is None or finding.node in about),
    ]


def as_told(found: Collection[Finding], index: Index, shapes: bytes) -> Report:
    """Return findings as they are told, with what may be meant by all that is in `index`."""
    told = with_suggestions(found, index, shapes) if found else []
    return Report(tuple(sorted(set(told), key=_order)))


def validate(index: Index, asserted: bytes, shapes: bytes, unwanted: Mapping[str, str]) -> Report:
    r"""Validate what was said, with the ontology in it.

    Args:
        index: the index over `asserted`.
        asserted: the data as N-Quads.
        shapes: SHACL in Turtle.
        unwanted: queries for ?node, ?message and perhaps ?path, each row of which is a finding.

    >>> quads = b"<a:s> <a:p> <a:o> <a:g> .\n"
    >>> from kg.query import Index
    >>> validate(Index.of(quads), quads, b"", {}).conforms
    True
    """
    found = _validated(index, against_shapes(asserted, shapes), unwanted)
    return Report(tuple(sorted(found, key=_order)))


def _validated(
    index: Index,
    broken: Iterable[Broken],
    unwanted: Mapping[str, str],
    about: Container[str] | None = None,
) -> set[Finding]:
    """Return what breaks the shapes, and what queries and cycles tell besides; of nodes `about`, or of all."""
    asked = [
        (name, finding)
        for name, query in unwanted.items()
        for finding in _selected(index, name, query, violation=True)
    ]
    cycles, broken = list(_cycles(index)), list(broken)
    # A node that a shape has told of already is not told again for being of no class.
    known = {finding.node for focus, finding in broken if _IRI.fullmatch(focus)}
    findings = {one for name, one in asked if name not in _UNKNOWN or one.node not in known}
    findings.update(cycles)
    if about is not None:
        findings = {finding for finding in findings if finding.node in about}
        # A literal has no surroundings: what is found of it is so wherever it stands.
        broken = [one for one in broken if not _IRI.fullmatch(one[0]) or one[1].node in about]
    return findings | {finding for _, finding in broken}


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


def against_shapes(asserted: bytes | Path, shapes: bytes) -> Iterable[Broken]:
    """Yield what breaks shapes in N-Quads, or in a file of them with the ending `.nq`, which takes less memory."""
    for focus, finding in _results(shapes.decode(), "turtle", asserted):
        yield focus, finding if finding.message else replace(finding, message="breaks this shape")


def held_against(shapes: str, syntax: str, asserted: bytes | Path) -> Iterable[Finding]:
    """Yield what the engine finds, in an order that is always the same; a message may be "".

    Raises:
        ValueError: the engine refuses the shapes.
    """
    found = (finding for _, finding in _results(shapes, syntax, asserted))
    return sorted(found, key=lambda one: (*_order(one), one.shape, one.component or ""))


def _results(shapes: str, syntax: str, asserted: bytes | Path) -> Iterable[tuple[str, Finding]]:
    """Return what the engine finds, each with the node as the engine writes it, which tells an IRI from a text."""
    import shacl  # those who only ask need none of it

    # Text, not the store: an ill-typed literal is to be seen as it was written.
    rules = shacl.Shapes.from_text(shapes, syntax)
    if isinstance(asserted, bytes):
        found = rules.validate_text(_bounded(asserted).decode(), "nquads")
    else:
        with _bounded_file(asserted) as path:
            found = rules.validate_file(str(path))
    results = found.results
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


@contextlib.contextmanager
def _bounded_file(nquads: Path) -> Iterator[Path]:
    """Lend a file of N-Quads that is bounded as `_bounded` is: the same one, where nothing overruns."""
    with nquads.open("rb") as lines:
        if not any(map(_AGES.search, lines)):
            yield nquads
            return
        lines.seek(0)
        with tempfile.NamedTemporaryFile(dir=nquads.parent, suffix=".nq") as bounded:
            bounded.writelines(map(_bounded, lines))
            bounded.flush()
            yield Path(bounded.name)


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
