"""GraphML, for Gephi, Cytoscape, yEd and their like: the network of the graph."""

from __future__ import annotations

import io
import re
from typing import Any

import networkx as nx

from kg.base import shorten, visible

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(network: nx.MultiDiGraph[str]) -> bytes:
    """Return `network` (see `kg.plans.network.project_network`) as GraphML in UTF-8.

    Nodes are called by slug; GraphML has no lists, so a list becomes its items joined by spaces.
    Characters that XML cannot hold are written as escapes.

    >>> network = nx.MultiDiGraph()
    >>> network.add_edge("a:b", "a:c", "knows", label="knows", facts=["a:1"])
    'knows'
    >>> b">a:1</data>" in write_graphml(network)
    True
    """
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    # Sorted: GraphML keeps the order, and the same network has to give the same bytes.
    for iri in sorted(network.nodes):
        flat.add_node(shorten(iri), **_flat(network.nodes[iri]))
    for start, end, key, edge in sorted(network.edges(keys=True, data=True), key=_key):
        flat.add_edge(shorten(start), shorten(end), key, **_flat(edge))
    out = io.BytesIO()
    nx.write_graphml(flat, out, named_key_ids=False)
    return out.getvalue()


def _key(edge: tuple[str, str, str, dict[str, Any]]) -> tuple[str, str, str]:
    return edge[:3]


def _flat(attributes: dict[str, Any]) -> dict[str, str | bool]:
    return {
        key: value if isinstance(value, bool) else _text(value)
        for key, value in sorted(attributes.items())
        if value not in (None, [])  # GraphML has no null: what is unknown is left out
    }


def _text(value: str | list[str]) -> str:
    text = " ".join(map(shorten, value)) if isinstance(value, list) else value
    return _NOT_XML.sub(lambda match: visible(match[0]), text)
