"""How the argument of a prompt or of a resource that somebody is typing may go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.agents.cited import clean
from kg.base import as_asked, fold
from kg.query import select_rows

if TYPE_CHECKING:
    from kg.graph import Graph

MOST: Final = 100
"""How many ways on are told: no client may be given more."""

_LABELLED: Final = """SELECT DISTINCT ?name {
  ?thing a %s ; rdfs:label ?label FILTER (LANG(?label) IN ("en", ""))
  BIND (STR(?label) AS ?name) FILTER (CONTAINS(LCASE(?name), $1))
} ORDER BY (!STRSTARTS(LCASE(?name), $1)) ?name LIMIT %d"""
_NAMED: Final = """SELECT DISTINCT ?thing {
  ?thing %s FILTER (CONTAINS(LCASE(STRAFTER(STR(?thing), STR(id:))), $1))
} ORDER BY (!STRSTARTS(STRAFTER(STR(?thing), STR(id:)), $1)) ?thing LIMIT %d"""

_QUERIES: Final = {
    "company": _LABELLED % ("cp:Company", MOST + 1),
    "place": _LABELLED % ("cp:Place", MOST + 1),
    "thing": _NAMED % ("a cp:Thing", MOST + 1),
    "source": _NAMED % ("schema:headline ?title", MOST + 1),
}


@dataclass(frozen=True)
class Completion:
    """Ways in which what was typed may go on; `more` where there are others."""

    values: list[str]
    more: bool


def complete(graph: Graph, kind: str, typed: str) -> Completion:
    """Return the companies, places, things or sources whose names hold what was typed; of others none.

    >>> import kg
    >>> complete(kg.build(check=False), "company", "xiao").values
    ['Xiaomi']
    """
    if kind not in _QUERIES:
        return Completion([], more=False)
    term = as_asked(ox.Literal(fold(typed[:MOST])))
    found = [
        clean(str(name)) for (name,) in select_rows(graph.index, _QUERIES[kind].replace("$1", term))
    ]
    return Completion(found[:MOST], more=len(found) > MOST)
