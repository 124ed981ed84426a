"""Cypher, for Neo4j, Memgraph, FalkorDB and their like: a script that makes the network and its evidence.

It can be run again: what is there already is found by its slug and updated.
"""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.export.elements import Elements, load_elements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.export.elements import Lifetime
    from kg.query import Index

Row: TypeAlias = tuple[str, "Mapping[str, Any]"]
"""A slug, and what is told of what it names."""

_BATCH: Final = 500
"""How many rows a statement of Cypher makes: one for all would be too long to be parsed."""

_HEAD: Final = """\
// Corporate plans. Run it with: cypher-shell -f FILE
CREATE CONSTRAINT entity_slug IF NOT EXISTS FOR (n:Entity) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT statement_slug IF NOT EXISTS FOR (n:Statement) REQUIRE n.slug IS UNIQUE;
"""
_DAYS: Final = frozenset({"start", "end"})
_ESCAPES: Final = str.maketrans({"\\": r"\\", "'": r"\'", "\n": r"\n", "\t": r"\t"})


def write_cypher(index: Index) -> bytes:
    """Return the network of a graph as a script of Cypher."""
    return cypher_of(load_elements(index))


def cypher_of(elements: Elements) -> bytes:
    r"""Return elements as a script of Cypher.

    Things and promises are an `Entity` with their type as a second label, predicates are relationships, and
    each `Statement` that they rest on `TELLS_OF` its entities.

    >>> from kg.export.elements import Elements, NetworkNode
    >>> script = cypher_of(Elements((NetworkNode("o", {"label": "O'B", "type": "place"}),), ()))
    >>> print(script.decode().splitlines()[4])
    {slug: 'o', values: {label: 'O\'B', type: 'place'}}
    """
    return (_HEAD + "".join(_script(elements))).encode()


def _script(elements: Elements) -> Iterator[str]:
    nodes = sorted(((label_of_type(n.values), n) for n in elements.nodes), key=lambda n: n[0])
    for label, group in groupby(nodes, key=lambda node: node[0]):
        rows = ((n.name, {**n.values, **days(n.life)}) for _, n in group)
        yield from _nodes("Entity", rows, f", n:{label}" if label else "")
    yield from _nodes("Statement", elements.facts.items())
    edges = sorted(elements.edges, key=lambda edge: edge.predicate)
    for predicate, alike in groupby(edges, key=lambda edge: edge.predicate):
        links = ((e.source, e.target, {**e.values, **days(e.life)}) for e in alike)
        yield from _links("Entity", type_of_predicate(predicate), links)
    yield from _links("Statement", "TELLS_OF", ((*link, {}) for link in told_links(elements)))


def label_of_type(values: Mapping[str, Any]) -> str:
    """Return the label of a node by its type, or "" where it has none.

    >>> label_of_type({"type": "company"})
    'Company'
    """
    return re.sub(r"\W", "", str(values.get("type", ""))).title()


def type_of_predicate(predicate: str) -> str:
    """Return what a predicate is called as the type of a relationship.

    >>> type_of_predicate("partnerOf"), type_of_predicate("urn:knows")
    ('PARTNER_OF', 'URN_KNOWS')
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", predicate)
    return re.sub(r"[^A-Z0-9_]", "_", words.upper()) or "_"


def days(life: Lifetime) -> dict[str, str]:
    """Return the days on which something begins and ends, as far as they are known."""
    both = {"start": life.start, "end": life.end}
    return {name: day for name, day in both.items() if day is not None}


def told_links(elements: Elements) -> list[tuple[str, str]]:
    """Return which statements tell of which nodes, by slugs."""
    return sorted(
        (fact, node.name)
        for node in elements.nodes
        if isinstance(facts := node.values.get("facts"), list)
        for fact in facts
        if fact in elements.facts
    )


def _nodes(label: str, rows: Iterable[Row], more: str = "") -> Iterator[str]:
    written = (f"{{slug: {_value(slug)}, values: {_map(values)}}}" for slug, values in rows)
    for batch in _batches(written):
        yield f"UNWIND [\n{batch}\n] AS row\n"
        yield f"MERGE (n:{label} {{slug: row.slug}}) SET n += row.values{more};\n"


def _links(
    label: str, type_: str, links: Iterable[tuple[str, str, Mapping[str, Any]]]
) -> Iterator[str]:
    written = (
        f"{{from: {_value(start)}, to: {_value(end)}, values: {_map(values)}}}"
        for start, end, values in links
    )
    for batch in _batches(written):
        yield f"UNWIND [\n{batch}\n] AS row\n"
        yield f"MATCH (a:{label} {{slug: row.from}}) MATCH (b:Entity {{slug: row.to}})\n"
        yield f"MERGE (a)-[r:{type_}]->(b) SET r += row.values;\n"


def _batches(rows: Iterator[str]) -> Iterator[str]:
    return iter(lambda: ",\n".join(islice(rows, _BATCH)), "")


def _map(values: Mapping[str, Any]) -> str:
    pairs = (f"{name}: {_value(value, day=name in _DAYS)}" for name, value in values.items())
    return f"{{{', '.join(pairs)}}}"


def _value(value: Any, *, day: bool = False) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    text = f"'{str(value).translate(_ESCAPES)}'"
    return f"date({text})" if day else text
