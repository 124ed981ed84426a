"""What a graph holds and how well it is founded, in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.answer import rows

if TYPE_CHECKING:
    from kg.index import Index

_COUNTS: Final = {
    "sources": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?s cp:source ?x }",
    "statements": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s cp:source ?x }",
    "targets": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cp:Target }",
    "observations": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cp:Observation }",
    "status reports": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cp:StatusReport }",
    "relations": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cp:Relation }",
    "statements with a span": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:evidence ?span }""",
    "statements with a speaker": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:speaker ?who }""",
    "statements that are inferred": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:mode cp:inferred }""",
    "companies": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Company }",
    "initiatives": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Initiative }",
    "places": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Place }",
}


def count(index: Index) -> dict[str, int]:
    """Return the figures by name.

    >>> from kg import pipeline
    >>> figures = count(pipeline.build(pipeline.shipped(), check=False).index)
    >>> figures["statements"] > figures["statements with a span"] > 0
    True
    """
    figures = {name: _number(index, query) for name, query in _COUNTS.items()}
    return {**figures, "triples": len(index.store)}


def _number(index: Index, query: str) -> int:
    ((number,),) = rows(index, query)
    return int(str(number))
