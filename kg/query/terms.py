"""The terms that may stand in a source: statuses, kinds, units, indicators and the rest, with what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, UnknownNameError
from kg.query.answer import Answer
from kg.query.rows import stream_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.query.index import Index

_SCHEMES: Final = """SELECT ?term ?label ?definition ?rank {
  VALUES ?scheme { $1 }
  ?term skos:inScheme ?scheme ; skos:prefLabel ?label ; skos:definition ?definition .
  OPTIONAL { ?term cp:rank ?rank }
}"""
_KINDS: Final = """SELECT ?term (REPLACE(STR(?scheme), "^.*#(.*)-kinds$", "$1") AS ?of) ?label ?definition {
  VALUES ?scheme { cp:initiative-kinds cp:observation-kinds }
  ?term skos:inScheme ?scheme ; skos:prefLabel ?label ; skos:definition ?definition .
}"""
_INDICATORS: Final = """SELECT ?term ?label ?unit ?better ?adds ?definition {
  ?term a cp:Indicator ; rdfs:label ?label ; skos:definition ?definition .
  OPTIONAL { ?term cp:unit ?unit }
  OPTIONAL { ?term cp:direction ?better }
  OPTIONAL { ?term cp:aggregation ?adds }
}"""
_UNITS: Final = """SELECT ?term ?label ?symbol {
  { SELECT DISTINCT ?class { ?class rdfs:subClassOf* qudt:Unit } }
  ?term a ?class ; rdfs:label ?label .
  OPTIONAL { ?term cp:symbol ?symbol }
}"""
_PREDICATES: Final = """SELECT ?term ?label ?from ?to ?definition {
  ?term a cp:RelationPredicate ; rdfs:label ?label ; skos:definition ?definition .
  ?term rdfs:domain|schema:domainIncludes ?from ; rdfs:range|schema:rangeIncludes ?to
}"""
_TYPES: Final = """SELECT ?term ?label ?definition {
  ?term a owl:Class ; rdfs:label ?label ; skos:definition ?definition ; rdfs:isDefinedBy ?ontology
}"""

_OWN: Final = {
    "kinds": _KINDS,
    "indicators": _INDICATORS,
    "units": _UNITS,
    "predicates": _PREDICATES,
    "types": _TYPES,
}
_LISTS: Final = """SELECT ?scheme ?definition {
  ?scheme a skos:ConceptScheme ; skos:definition ?definition
}"""
_ABOUT: Final = {
    "indicators": "What is counted or measured.",
    "kinds": "What sort of initiative, or of observation, something is.",
    "predicates": "How a relation relates two things.",
    "types": "What a thing or a statement can be.",
    "units": "What a number counts, and the currency of an amount.",
}


def list_terms(index: Index, name: str | None = None) -> Answer:
    """Return the terms of one list with their definitions, or all lists that there are.

    Raises:
        UnknownNameError: there is no such list.

    >>> from kg.query import Index
    >>> list_terms(Index.of(b"")).rows[0]
    ('indicators', 'What is counted or measured.')
    """
    lists = _lists(index)
    if name is None:
        return _answer(("list", "about"), sorted(lists.items()))
    if name not in lists:
        raise UnknownNameError("list of terms", name, lists)
    columns, rows = _rows(index, _OWN.get(name) or _SCHEMES.replace("$1", f"<{CP}{name}>"))
    if "rank" in columns:  # a scheme has an order of its own, or none
        rows = [row[:-1] for row in sorted(rows, key=lambda row: (row[-1], row[0]))]
        columns = columns[:-1]
    else:
        rows.sort()
    return _answer(columns, _once(rows))


def _lists(index: Index) -> dict[str, str]:
    """Return what there is to list, each with what it is about."""
    _, rows = _rows(index, _LISTS)
    schemes = {scheme: about for scheme, about in rows if not scheme.endswith("-kinds")}
    return {**schemes, **_ABOUT}


def _rows(index: Index, query: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns and rows of a query, everything as an author writes it."""
    answer = Answer(lambda: index.run(query), fault=index.fault)
    written = [
        tuple("" if cell is None else str(cell).removeprefix("cp:") for cell in row)
        for row in answer.rows
    ]
    return answer.columns, written


def _once(rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Return one row a term: of a column in which it has several values all of them."""
    terms: dict[str, list[Sequence[str]]] = {}
    for row in rows:
        terms.setdefault(row[0], []).append(row)
    return [
        [
            ", ".join(dict.fromkeys(sorted(filter(None, column))))
            for column in zip(*same, strict=True)
        ]
        for same in terms.values()
    ]


def _answer(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Answer:
    cells = [[ox.Literal(cell) if cell else None for cell in row] for row in rows]
    return Answer(lambda: stream_rows(columns, cells))
