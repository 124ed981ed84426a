"""CX2, for Cytoscape, Cytoscape Web and NDEx: the network of the graph as JSON, one aspect after another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kg.export.elements import EDGE_FIELDS, NODE_FIELDS, Elements, load_elements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.export.elements import Kind, NetworkEdge, NetworkNode
    from kg.query import Index

_TYPES: Final[dict[Kind, str]] = {
    "string": "string", "boolean": "boolean", "strings": "list_of_string",
}  # fmt: skip
# By the conventions of Cytoscape a node is shown by its name, and an edge by its interaction.
_NODES: Final[dict[str, Kind]] = {"name": "string", "slug": "string", **NODE_FIELDS}
_EDGES: Final[dict[str, Kind]] = {"name": "string", "interaction": "string", **EDGE_FIELDS}
_TITLE: Final = "Corporate plans"


def write_cx2(index: Index) -> bytes:
    """Return the network of a graph as CX2."""
    return cx2_of(load_elements(index, told=False))


def cx2_of(elements: Elements) -> bytes:
    """Return elements as CX2; its nodes are numbers, so a slug is an attribute.

    >>> from kg.export.elements import Elements, NetworkNode
    >>> aspects = json.loads(cx2_of(Elements((NetworkNode("b", {"label": "B"}),), ())))
    >>> aspects[4]["nodes"]
    [{'id': 0, 'v': {'name': 'B', 'slug': 'b', 'label': 'B'}}]
    """
    numbers = {node.name: number for number, node in enumerate(elements.nodes)}
    counts = (("nodes", len(elements.nodes)), ("edges", len(elements.edges)))
    filled = [*(("attributeDeclarations", 1), ("networkAttributes", 1)), *counts]
    declared = {
        "networkAttributes": {"name": {"d": "string"}},
        "nodes": {name: {"d": _TYPES[kind]} for name, kind in _NODES.items()},
        "edges": {name: {"d": _TYPES[kind]} for name, kind in _EDGES.items()},
    }
    parts = [
        json.dumps({"CXVersion": "2.0", "hasFragments": False}),
        _aspect("metaData", ({"name": name, "elementCount": n} for name, n in filled if n)),
        _aspect("attributeDeclarations", [declared]),
        _aspect("networkAttributes", [{"name": _TITLE}]),
        _aspect("nodes", map(_node, elements.nodes, numbers.values())),
        _aspect("edges", _edges(elements.edges, numbers)),
        _aspect("status", [{"success": True}]),
    ]
    return ("[" + ",\n".join(parts) + "]\n").encode()


def _aspect(name: str, items: Iterable[Mapping[str, Any]]) -> str:
    """Return an aspect with one item a line, so that a small change is a small difference."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"{{{json.dumps(name)}: [\n{lines}]}}"


def _node(node: NetworkNode, number: int) -> dict[str, Any]:
    name = node.values.get("label", node.name)
    return {"id": number, "v": {"name": name, "slug": node.name, **node.values, **_days(node)}}


def _edges(edges: Iterable[NetworkEdge], numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for number, edge in enumerate(edges):
        values = {"name": edge.name, "interaction": edge.predicate, **edge.values, **_days(edge)}
        ends = {"s": numbers[edge.source], "t": numbers[edge.target]}
        yield {"id": number, **ends, "v": values}


def _days(element: NetworkNode | NetworkEdge) -> dict[str, str]:
    days = {"start": element.life.start, "end": element.life.end}
    return {name: day for name, day in days.items() if day is not None}
