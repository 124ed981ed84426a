"""What a graph says of who its companies are, as lines that companies of a table are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from kg.base import ID, PREFIXES, nquads
from kg.identity.companies import ALIAS, LABEL
from kg.identity.identifiers import SCHEMES

if TYPE_CHECKING:
    from kg.query import Index

_GRAPH: Final = ox.NamedNode(ID + "known")
_PATHS: Final = " ".join(
    f"<{path}>" for path in (LABEL, ALIAS, *(s.path for s in SCHEMES.values()))
)
_QUERY: Final = f"""
PREFIX cp: <{PREFIXES["cp"]}>
CONSTRUCT {{ ?company a ?class ; ?path ?value }} {{
  VALUES ?class {{ cp:Organization cp:Company cp:JointVenture }}
  ?company a ?class .
  VALUES ?path {{ {_PATHS} }}
  ?company ?path ?value .
}}"""


def company_lines(index: Index) -> list[bytes]:
    """Return the classes, names and identifiers of the organizations of a graph, as N-Quads in order.

    They are what `kg.tables.import_table` and `kg.formats.import_files` take as known companies.

    >>> from kg.query import Index
    >>> company_lines(Index.of(b""))
    []
    """
    triples = cast("ox.QueryTriples", index.run(_QUERY))
    return nquads.canonical(
        ox.Quad(one.subject, one.predicate, one.object, _GRAPH) for one in triples
    )
