"""What a graph holds and how well it is founded, in figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kg.query import load_question, select_rows

if TYPE_CHECKING:
    from kg.query import Index

_COUNTS: Final = {
    "sources": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?s cp:source ?x }",
    "statements": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s cp:source ?x }",
    "targets": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cp:Target }",
    "observations": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cp:Observation }",
    "status reports": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cp:StatusReport }",
    "relations": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cp:Relation }",
    "statements with a span": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:evidence ?span }""",
    "statements with a row": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:row ?row }""",
    "statements with a speaker": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:speaker ?who }""",
    "statements that are inferred": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:mode cp:inferred }""",
    "statements that are disputed": """SELECT (COUNT(DISTINCT ?s) AS ?n) {
        { ?s cp:contradicts|cp:disagreesWith ?other } UNION { ?other cp:contradicts ?s } }""",
    "companies": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Company }",
    "initiatives": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Initiative }",
    "places": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Place }",
    "indicators": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Indicator }",
    "indicators used once": """SELECT (COUNT(*) AS ?n)
        { SELECT ?x { ?s cp:indicator ?x } GROUP BY ?x HAVING (COUNT(?s) = 1) }""",
    "things without a statement": """SELECT (COUNT(DISTINCT ?x) AS ?n)
        { ?x a cp:Thing FILTER NOT EXISTS { { ?other ?refers ?x } UNION { ?x a skos:Concept } } }""",
}


def count_figures(index: Index) -> dict[str, int]:
    """Return the figures by name.

    >>> from kg import pipeline
    >>> figures = count_figures(pipeline.build(pipeline.shipped(), check=False).index)
    >>> figures["statements"] > figures["statements with a span"] > 0
    True
    """
    figures = {name: _number(index, query) for name, query in _COUNTS.items()}
    figures["facts of a single origin"] = _number(index, _rows_of("single-origin"))
    return {**figures, "triples": len(index)}


def _rows_of(name: str) -> str:
    """Return the query that counts the rows of a canned question."""
    asked = load_question(name).bind({}, resolve=str, today=date.min)
    body = "\n".join(line for line in asked.splitlines() if not line.startswith("PREFIX "))
    return f"SELECT (COUNT(*) AS ?n) {{ {{ {body} }} }}"


def _number(index: Index, query: str) -> int:
    ((number,),) = select_rows(index, query)
    return int(str(number))
