"""Batches become canonical N-Quads, each source its own named graph, by the context of all sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.base import ID, nquads
from kg.sources import key_types, load_context, whole_name

if TYPE_CHECKING:
    from collections import Counter

    from kg.formats.batch import Batch, Node


def batch_lines(batch: Batch) -> list[bytes]:
    """Return what a batch says, its proposals aside, as canonical N-Quads in order.

    >>> from kg.formats.batch import Batch
    >>> source = {"id": "a", "type": "Filing", "title": "A notice"}
    >>> batch = Batch(source, statements=({"id": "a.1", "type": "Target", "value": "5"},))
    >>> [line.split()[1].rpartition(b"#")[2] for line in batch_lines(batch)][:3]
    [b'type>', b'source>', b'value>']
    """
    document = {**batch.source, "things": batch.things, "statements": batch.statements}
    return _lines(document)


def left_out_lines(source: str, left_out: Counter[str]) -> list[bytes]:
    """Return what was left out of a source, by reasons, as canonical N-Quads in order.

    >>> from collections import Counter
    >>> len(left_out_lines("a", Counter({"numbers that are nil": 36})))
    4
    """
    if not left_out:
        return []
    omissions = [
        {
            "id": f"{source}/left-out/{quote(reason.replace(' ', '-'))}",
            "type": "Omission",
            "label": reason,
            "count": str(count),
        }
        for reason, count in sorted(left_out.items())
    ]
    return _lines({"id": source, "left_out": omissions})


def _lines(document: Node) -> list[bytes]:
    graph = ox.NamedNode(ID + document["id"])
    text = json.dumps({"@context": load_context(), **_whole(document)})
    quads = ox.parse(text.encode(), ox.RdfFormat.JSON_LD, base_iri=ID)
    return nquads.canonical(
        ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads
    )


def _whole(value: Any, key: str = "") -> Any:
    """Return what JSON-LD reads as it is meant; a key that means nothing is a fault of the reader."""
    if isinstance(value, dict):
        known = key_types()
        unknown = [one for one in value if one[0] != "@" and ":" not in one and one not in known]
        if unknown:
            raise ValueError(f"the context has no key {unknown[0]!r}")
        return {one: _whole(of, one) for one, of in value.items() if of is not None}
    if isinstance(value, list | tuple):
        return [_whole(one, key) for one in value]
    if not isinstance(value, str):
        raise TypeError(f"{value!r} of {key!r} is no text: numbers and days are texts here")
    return whole_name(key, value)
