"""One YAML-LD document as it was read: what it says as JSON-LD, what it proposes, and its lines."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.sources.waiting import as_list, is_statement

if TYPE_CHECKING:
    from kg.sources.waiting import Node


@dataclass(frozen=True)
class Document:
    """One YAML-LD document.

    `id` is the local name of the document, `jsonld` the same content as JSON-LD with the context
    inlined, `lines` the 1-based line of every node by its local name and of every key by
    (local name of its node, key). `incomplete` are the nodes of which something was left out. What is
    `proposed` is in none of it but the lines: `waiting` are the local names of its nodes.
    """

    id: str
    jsonld: bytes
    lines: dict[str | tuple[str, str], int] = field(repr=False)
    incomplete: frozenset[str] = frozenset()
    proposed: tuple[Node, ...] = ()
    waiting: frozenset[str] = frozenset()

    def if_accepted(self) -> bytes:
        """Return the JSON-LD that this document would be, were all accepted that it proposes."""
        top: Node = json.loads(self.jsonld)
        for entry in self.proposed:
            key = "statements" if is_statement(entry) else "things"
            top[key] = [*as_list(top.get(key)), entry]
        return json.dumps(top, ensure_ascii=False).encode()
