"""What a graph holds and how well it is founded, in figures."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.query import count_rows, load_question, select_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    "statements with an element": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:element ?element }""",
    "statements with a speaker": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:speaker ?who }""",
    "statements that are inferred": """SELECT (COUNT(DISTINCT ?s) AS ?n)
        { ?s cp:source ?x ; cp:mode cp:inferred }""",
    "statements that are disputed": """SELECT (COUNT(DISTINCT ?s) AS ?n) {
        { ?s cp:contradicts|^cp:contradicts ?other }
        UNION { ?s cp:disagreesWith ?other MINUS { ?s cp:differsFrom|^cp:differsFrom ?other } } }""",
    "companies": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Company }",
    "initiatives": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Initiative }",
    "places": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Place }",
    "indicators": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cp:Indicator }",
    "indicators used once": """SELECT (COUNT(*) AS ?n)
        { SELECT ?x { ?s cp:indicator ?x } GROUP BY ?x HAVING (COUNT(?s) = 1) }""",
    "things without a statement": """SELECT (COUNT(DISTINCT ?x) AS ?n)
        { ?x a cp:Thing FILTER NOT EXISTS { { ?other ?refers ?x } UNION { ?x a skos:Concept } } }""",
}


SINGLE_ORIGIN: Final = "facts of a single origin"
TRIPLES: Final = "triples"


def count_figures(index: Index, names: Iterable[str] | None = None) -> dict[str, int]:
    """Return figures by name: all of them, or those of some `names`.

    >>> import kg
    >>> figures = count_figures(kg.build(check=False).index)
    >>> figures["statements"] > figures["statements with a span"] > 0
    True
    """
    counts: dict[str, Callable[[], int]] = {
        **{name: partial(_number, index, query) for name, query in _COUNTS.items()},
        SINGLE_ORIGIN: partial(_single_origins, index),
        TRIPLES: partial(len, index),
    }
    return {name: counts[name]() for name in (counts if names is None else names)}


def _single_origins(index: Index) -> int:
    """Count the rows of the question that lists them, without an object of ours a row."""
    return count_rows(index, load_question("single-origin").bind({}, resolve=str, today=date.min))


def _number(index: Index, query: str) -> int:
    ((number,),) = select_rows(index, query)
    return int(str(number))
