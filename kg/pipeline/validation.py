"""Shapes turn data into a report: what is wrong, where, and what to do.

A finding about data is a value, not an exception. The shapes are SHACL in `ontology/shapes/*.ttl`;
what SHACL has no target for, such as a node of no class at all, is found by the queries beside
them, which must return nothing; and a cycle of statements by an algorithm on graphs, since both of
them follow a chain from every link of it anew. All look at what was asserted only: what the rules derive
is right if the rules are.

SHACL is run by an engine: see `kg.pipeline.shape_engine`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.base import CP, MOST_SHOWN, Finding, Report, ontology_folder, shorten
from kg.pipeline.mistyped import find_mistyped
from kg.pipeline.relating import find_unrelated
from kg.pipeline.restated import find_restated
from kg.pipeline.shape_engine import against_shapes, is_node, order_of
from kg.pipeline.suggestions import with_suggestions
from kg.pipeline.updating import find_foreign_updates
from kg.query import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.pipeline.shape_engine import Broken
    from kg.query import Index

Asked: TypeAlias = "tuple[str, Finding]"
"""What a query finds, with the name of the query."""

CYCLE: Final = CP + "cycle"
"""What a finding names as its shape where statements confirm or update each other in a cycle."""

UNDESCRIBED: Final = frozenset({"dangling", "undescribed"})
"""The queries that find what nothing describes."""

_LINKS: Final = """
SELECT ?node ?path ?value {
  VALUES ?path { cp:confirms cp:updates cp:corrects }
  ?node ?path ?value .
  FILTER (isIRI(?node) && isIRI(?value))
}"""

LINKS_LOOK_AT: Final = "(cp:confirms|cp:updates|cp:corrects)*"
"""What is looked at from a statement on, to find cycles; see `kg.pipeline.footprint`."""


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
    return Report(tuple(sorted(found, key=order_of)))


def find_asked(index: Index, queries: Mapping[str, str]) -> Iterable[Finding]:
    """Yield the hints that `queries` find."""
    for name, query in queries.items():
        yield from _selected(index, name, query, violation=False)


def examine(index: Index, asserted: bytes) -> Report:
    """Return all that is wrong with what was said, as it is told to whoever wrote it."""
    shapes = load_shapes()
    return examine_with(index, against_shapes(asserted, shapes), shapes)


def examine_with(
    index: Index,
    broken: Iterable[Broken],
    shapes: bytes,
    undescribed: Iterable[Asked] | None = None,
) -> Report:
    """Return what `examine` does, where what breaks the shapes is found apart; it is waited for last.

    So may be what nothing describes: see `find_undescribed`.
    """
    return as_told(find_broken(index, broken, undescribed=undescribed), index, shapes)


def find_undescribed(index: Index) -> list[Asked]:
    """Return what nothing describes."""
    queries = load_queries()
    return list(_asked(index, {name: queries[name] for name in sorted(UNDESCRIBED)}))


def find_broken(
    index: Index,
    broken: Iterable[Broken],
    about: Container[str] | None = None,
    *,
    undescribed: Iterable[Asked] | None = None,
) -> list[Finding]:
    """Return all that is wrong, without what may be meant: of nodes of which the IRI is in `about`, or of all.

    Of a literal that stands where a node should all is told. What is `undescribed` is looked for unless it is given.
    """
    more = (*find_unrelated(index), *find_foreign_updates(index), *find_mistyped(index))
    found = _validated(index, broken, load_queries(), about, undescribed)
    found.update(finding for finding in more if about is None or finding.node in about)
    return sorted(found, key=order_of)


def as_told(found: Collection[Finding], index: Index, shapes: bytes) -> Report:
    """Return findings as they are told, with what may be meant by all that is in `index`."""
    told = with_suggestions(found, index, shapes) if found else []
    return Report(tuple(sorted(set(told), key=order_of)))


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
    return Report(tuple(sorted(found, key=order_of)))


def _validated(
    index: Index,
    broken: Iterable[Broken],
    unwanted: Mapping[str, str],
    about: Container[str] | None = None,
    undescribed: Iterable[Asked] | None = None,
) -> set[Finding]:
    """Return what breaks the shapes, and what queries and cycles tell besides; of nodes `about`, or of all."""
    if undescribed is not None:
        unwanted = {name: one for name, one in unwanted.items() if name not in UNDESCRIBED}
    asked = [*_asked(index, unwanted), *(undescribed or ())]
    cycles, broken = list(_cycles(index)), list(broken)
    # A node that a shape has told of already is not told again for being of no class.
    known = {finding.node for focus, finding in broken if is_node(focus)}
    findings = {one for name, one in asked if name not in UNDESCRIBED or one.node not in known}
    findings.update(cycles)
    if about is not None:
        findings = {finding for finding in findings if finding.node in about}
        # A literal has no surroundings: what is found of it is so wherever it stands.
        broken = [one for one in broken if not is_node(one[0]) or one[1].node in about]
    return findings | {finding for _, finding in broken}


def _asked(index: Index, queries: Mapping[str, str]) -> Iterator[Asked]:
    for name, query in queries.items():
        for finding in _selected(index, name, query, violation=True):
            yield name, finding


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
