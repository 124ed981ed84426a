"""GraphML, for Gephi, Cytoscape, yEd, igraph and their like: the network of the graph."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kg.export.elements import EDGE_FIELDS, NODE_FIELDS, Elements, load_elements
from kg.export.markup import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.export.elements import NetworkEdge, NetworkNode, Value
    from kg.query import Index

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_LIST: Final = "A list, as JSON: GraphML has none of its own."


def write_graphml(index: Index) -> bytes:
    """Return the network of a graph as GraphML."""
    return graphml_of(load_elements(index, told=False))


def graphml_of(elements: Elements) -> bytes:
    """Return elements as GraphML.

    NetworkX writes GraphML as well, but edges that share an id, and attributes called d0, d1 and so on,
    of which Gephi takes d3 of a node and d7 of an edge to be its label, whatever they are.

    >>> from kg.export.elements import Elements, NetworkNode
    >>> written = graphml_of(Elements((NetworkNode("b", {"label": "B", "aliases": ["x y", "z"]}),), ()))
    >>> b'<data key="node-aliases">["x y", "z"]</data>' in written
    True
    """
    xml = Markup()
    with xml.within("graphml", xmlns=_NAMESPACE):
        _keys(xml, "node", NODE_FIELDS)
        _keys(xml, "edge", EDGE_FIELDS)
        with xml.within("graph", edgedefault="directed"):
            for node in elements.nodes:
                with xml.within("node", id=node.name):
                    _data(xml, "node", node)
            for edge in elements.edges:
                with xml.within("edge", id=edge.name, source=edge.source, target=edge.target):
                    _data(xml, "edge", edge)
    return xml.data()


def _keys(xml: Markup, of: str, fields: Mapping[str, str]) -> None:
    for name, kind in fields.items():
        type_ = "boolean" if kind == "boolean" else "string"
        key = {"id": f"{of}-{name}", "for_": of, "attr__name": name, "attr__type": type_}
        if kind == "strings":
            with xml.within("key", **key):
                xml.put("desc", _LIST)
        else:
            xml.put("key", **key)


def _data(xml: Markup, of: str, element: NetworkNode | NetworkEdge) -> None:
    for name, value in element.values.items():
        xml.put("data", _written(value), key=f"{of}-{name}")
    for name, day in (("start", element.life.start), ("end", element.life.end)):
        if day is not None:
            xml.put("data", day, key=f"{of}-{name}")


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
