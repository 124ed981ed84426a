"""What a reader makes of a file: some of what one source says, and what it leaves out of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Node: TypeAlias = "dict[str, Any]"
"""A node by the keys of the JSON-LD context, as in a source of YAML: `{"id": ..., "type": "Target", ...}`.

Numbers and days are texts, which the context types; what it has no key for is a whole JSON-LD
property (`{"rdfs:label": {"@value": ..., "@language": "ja"}}`). Every node has an id.
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of what one source says; batches of one source id add up.

    `source` describes it and is the same in each of its batches; `things` are what its statements are
    about and nobody may know yet; `statements` need no key `source`. `proposals` are statements that a
    grammar read out of free text, which count for nothing before a person accepts them. `left_out`
    counts what says nothing here by a reason, in the words that a person reads (`numbers that are nil`).
    """

    source: Node
    things: tuple[Node, ...] = ()
    statements: tuple[Node, ...] = ()
    proposals: tuple[Node, ...] = ()
    left_out: Counter[str] = field(default_factory=Counter)


def element(source: str, place: str) -> Node:
    """Return the element of a source's file that a statement rests on, for its key `element`.

    Args:
        source: the id of the source.
        place: an XPath, a JSON Pointer, or a sheet and a cell.

    >>> element("notice-1", "/html/body/p[2]")["id"]
    'notice-1#/html/body/p%5B2%5D'
    """
    from urllib.parse import quote

    return {"id": f"{source}#{quote(place, safe='/')}", "type": "Element", "at": place}
