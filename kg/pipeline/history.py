"""The graph as it was known on a day: what was published later is left out, and what it brought.

No query filters. What the sources said by that day is a smaller graph, and the rules derive from it
what could be derived then; so every question, the page and every export show that day's state of
knowledge without being told of it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.base import ONTOLOGY, nquads
from kg.pipeline.building import Build, MemoryGraph
from kg.pipeline.derivation import derive, load_rules
from kg.query import Index, select_rows
from kg.sources import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kg.query import GraphContent

_STATEMENTS = """SELECT (STR(?statement) AS ?one) (STR(?source) AS ?other) {{
    ?statement cp:source ?source .
    ?source schema:datePublished ?published
    FILTER ({condition})
}}"""
# Not <=, with which Virtuoso loses the days that a source says.
_BY, _AFTER = '!(?published > "{day}"^^xsd:date)', '?published > "{day}"^^xsd:date'
_VOCABULARY = f"<{ONTOLOGY}>".encode()


def as_of(graph: GraphContent, day: date) -> Build:
    """Return the graph of what had been published by `day`, that day included.

    It holds the statements of those sources, what they are about, all that this refers to, and the
    ontology. A thing of which only later sources speak is not in it.

    >>> from datetime import date
    >>> import kg
    >>> graph = kg.build(check=False)
    >>> then = as_of(graph, date(2017, 4, 1))
    >>> 0 < len(then.asserted) < len(graph.asserted)
    True
    """
    published, later = (_statements(graph, day, condition) for condition in (_BY, _AFTER))
    # What a later source says as well as an earlier one became known later in its own words.
    asserted = b"".join(_reached(nquads.split(graph.asserted), published - later, later))
    index = Index.of(asserted)
    content = MemoryGraph(asserted, derive(index, load_rules()), index)
    # No files stand behind it, so no build can start from it.
    return Build(content, Record({}, software=""), ())


def _statements(graph: GraphContent, day: date, condition: str) -> set[bytes]:
    """Return the statements, and their sources, that were published before or after a day."""
    query = _STATEMENTS.format(condition=condition.format(day=day.isoformat()))
    return {f"<{iri}>".encode() for row in select_rows(graph.index, query) for iri in row}


def _reached(lines: Sequence[bytes], roots: set[bytes], never: set[bytes]) -> Iterable[bytes]:
    """Yield the lines of all subjects that `roots` lead to, without setting foot on `never`."""
    terms = [nquads.parts(line) for line in lines]
    subjects = _closure(roots, terms, never)
    for line, (subject, _, value, graph) in zip(lines, terms, strict=True):
        if graph == _VOCABULARY or (subject in subjects and value not in never):
            yield line


def _closure(
    roots: set[bytes], terms: Iterable[tuple[bytes, bytes, bytes, bytes]], never: set[bytes]
) -> set[bytes]:
    """Return all nodes that `roots` lead to, themselves included."""
    leads: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for subject, _, value, _ in terms:
        if value.startswith(b"<") and value not in never:
            leads[subject].add(value)
    reached, waiting = set(roots), list(roots)
    while waiting:
        fresh = leads[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    return reached
