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

    Nodes are called by slug and edges by both ends and the relation between them, which tells each
    from all others. GraphML has no lists, so a list becomes its items joined by spaces. Characters
    that XML cannot hold are written as escapes.

    >>> network = nx.MultiDiGraph()
    >>> network.add_edge("urn:b", "urn:c", "knows", label="knows", facts=["urn:1"])
    'knows'
    >>> written = write_graphml(network)
    >>> b'id="urn%3Ab:knows:urn%3Ac"' in written, b">urn:1</data>" in written
    (True, True)
    """
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    # Sorted: GraphML keeps the order, and the same network has to give the same bytes.
    for iri in sorted(network.nodes):
        flat.add_node(shorten(iri), **_flat(network.nodes[iri]))
    for start, end, key, edge in sorted(network.edges(keys=True, data=True), key=_key):
        # NetworkX writes the key as the id, which GraphML wants to be the only one in the file.
        flat.add_edge(shorten(start), shorten(end), _id(start, key, end), **_flat(edge))
    out = io.BytesIO()
    nx.write_graphml(flat, out, named_key_ids=False)
    return out.getvalue()


def _key(edge: tuple[str, str, str, dict[str, Any]]) -> tuple[str, str, str]:
    return edge[:3]


def _id(start: str, key: str, end: str) -> str:
    """Return what an edge is called; a colon within a part is escaped, so that no two are alike."""
    parts = shorten(start), key, shorten(end)
    return ":".join(part.replace("%", "%25").replace(":", "%3A") for part in map(_text, parts))


def _flat(attributes: dict[str, Any]) -> dict[str, str | bool]:
    return {
        key: value if isinstance(value, bool) else _text(value)
        for key, value in sorted(attributes.items())
        if value not in (None, [])  # GraphML has no null: what is unknown is left out
    }


def _text(value: str | list[str]) -> str:
    text = " ".join(map(shorten, value)) if isinstance(value, list) else value
    return _NOT_XML.sub(lambda match: visible(match[0]), text)
