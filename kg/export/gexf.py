"""GEXF 1.3, for Gephi: the network of the graph in time, so that its timeline plays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kg.export.elements import EDGE_FIELDS, NODE_FIELDS, Elements, load_elements
from kg.export.markup import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.export.elements import Kind, NetworkEdge, NetworkNode
    from kg.query import Index

_NAMESPACE: Final = "http://gexf.net/1.3"
_TYPES: Final[dict[Kind, str]] = {
    "string": "string", "boolean": "boolean", "strings": "liststring",
}  # fmt: skip
# These have attributes of their own.
_APART: Final = frozenset({"label", "start", "end"})


def write_gexf(index: Index) -> bytes:
    """Return the network of a graph as GEXF."""
    return gexf_of(load_elements(index, told=False))


def gexf_of(elements: Elements) -> bytes:
    """Return elements as GEXF, in which each begins and ends on its days.

    NetworkX writes GEXF as well, but the day on which it does so, and no lists. The predicate of an
    edge is its kind, by which Gephi keeps several edges between two nodes apart.

    >>> from kg.export.elements import Elements, NetworkNode, Lifetime
    >>> written = gexf_of(Elements((NetworkNode("b", {"label": "B"}, Lifetime("2020-01-31")),), ()))
    >>> b'<node id="b" label="B" start="2020-01-31">' in written
    True
    """
    xml = Markup()
    with xml.within("gexf", xmlns=_NAMESPACE, version="1.3"):
        time = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
        with xml.within("graph", defaultedgetype="directed", **time):
            for of, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
                with xml.within("attributes", class_=of):
                    for name, kind in _columns(fields):
                        xml.put("attribute", id=name, title=name, type=_TYPES[kind])
            with xml.within("nodes"):
                for node in elements.nodes:
                    with xml.within("node", id=node.name, **_shown(node)):
                        _values(xml, node, NODE_FIELDS)
            with xml.within("edges"):
                for edge in elements.edges:
                    ends = {"source": edge.source, "target": edge.target, "kind": edge.predicate}
                    with xml.within("edge", id=edge.name, **ends, **_shown(edge)):
                        _values(xml, edge, EDGE_FIELDS)
    return xml.data()


def _columns(fields: Mapping[str, Kind]) -> Iterator[tuple[str, Kind]]:
    return ((name, kind) for name, kind in fields.items() if name not in _APART)


def _shown(element: NetworkNode | NetworkEdge) -> dict[str, str | None]:
    label = element.values.get("label")
    return {"label": str(label), "start": element.life.start, "end": element.life.end}


def _values(xml: Markup, element: NetworkNode | NetworkEdge, fields: Mapping[str, Kind]) -> None:
    with xml.within("attvalues"):
        for name, _ in _columns(fields):
            value = element.values.get(name)
            if isinstance(value, list):
                # Its readers take a list between brackets, each item between quotes.
                xml.put("attvalue", for_=name, value=json.dumps(value, ensure_ascii=False))
            elif value is not None:
                text = str(value).lower() if isinstance(value, bool) else value
                xml.put("attvalue", for_=name, value=text)
