"""Whether a mapping says the same of a table row by row as of all rows at once.

If so its rows can be mapped in lots. That holds where each solution of the query is of a single row:
where all patterns have one variable for their subject, and nothing counts, picks or compares
solutions. Where it is in doubt a mapping is held to look at all rows, which is slow and never wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.base import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_QUERY: Final = 64 << 10
"""How long a query may be to be looked at, in characters: the parser takes its time."""

# What has solutions of its own, beside those of the parts of the query that are looked at.
_APART: Final = frozenset({"Project", "Group", "AggregateJoin", "Slice", "OrderBy", "Distinct",
                           "Reduced", "Graph", "ServiceGraphPattern", "SubSelect"})  # fmt: skip
# What has another value each time.
_FRESH: Final = frozenset({"Builtin_RAND", "Builtin_NOW", "Builtin_UUID", "Builtin_STRUUID",
                           "Builtin_BNODE"})  # fmt: skip


class ByRow(NamedTuple):
    """A mapping that can be run on some rows at a time.

    `predicates` are those that it asks for, each in angle brackets, or None where it may ask for any.
    """

    predicates: frozenset[str] | None


def by_row(query: str) -> ByRow | None:
    """Return what is known of a mapping that can be run on some rows at a time, or None of another.

    >>> by_row("CONSTRUCT { ?s id:n ?n } { ?row <a:n> ?n . BIND (IRI(?n) AS ?s) }")
    ByRow(predicates=frozenset({'<a:n>'}))
    >>> by_row("CONSTRUCT { ?row id:n ?m } { SELECT ?row (MAX(?n) AS ?m) { ?row id:n ?n } GROUP BY ?row }")
    """
    if len(query) > MAX_QUERY:
        return None
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.sparql import SPARQLError
    from rdflib.term import URIRef

    try:
        read = translateQuery(parseQuery(query), initNs=PREFIXES).algebra
    # Nobody knows all that two parsers think differently of.
    except (
        ParseException,
        SPARQLError,
        RecursionError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
    ):
        return None
    if read.name != "ConstructQuery" or read.datasetClause or _has(read.p, _FRESH):
        return None
    pattern = read.p.p if read.p.name == "Project" else read.p
    if _has(pattern, _APART):
        return None
    triples = list(_triples(pattern))
    if not (_is_of_one_row(triples) and _is_bound(pattern)):
        return None
    predicates = [predicate for _, predicate, _ in triples]
    named = all(isinstance(one, URIRef) for one in predicates)
    return ByRow(frozenset(f"<{one}>" for one in predicates) if named else None)


def _is_of_one_row(triples: list[Any]) -> bool:
    from rdflib.term import URIRef, Variable

    subjects = {subject for subject, _, _ in triples}
    # A path may lead from what the column holds back to the row.
    plain = all(isinstance(predicate, URIRef | Variable) for _, predicate, _ in triples)
    return plain and len(subjects) == 1 and isinstance(subjects.pop(), Variable)


def _parts(node: Any) -> Iterator[Any]:
    """Yield a part of the algebra and all below it."""
    from rdflib.plugins.sparql.parserutils import CompValue

    rest = [node]
    while rest:
        one = rest.pop()
        if isinstance(one, CompValue):
            yield one
            rest += one.values()
        elif isinstance(one, list | tuple | set):
            rest += one


def _has(node: Any, names: frozenset[str]) -> bool:
    return any(part.name in names or part.name.startswith("Aggregate_") for part in _parts(node))


def _triples(node: Any) -> Iterator[Any]:
    for part in _parts(node):
        if part.name == "BGP":
            yield from part.triples
        elif part.name in {"TriplesBlock", "Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            # Patterns that the translation has left as they were: not ours to judge.
            yield (None, None, None)


def _is_bound(node: Any) -> bool:
    """Tell whether an optional or taken-away part never stands alone, without a row.

    In a lot without such a row it would have no solution, where the whole table has one.
    """
    return all(
        _binds(part.p1) or not any(_triples(part.p2))
        for part in _parts(node)
        if part.name in {"LeftJoin", "Minus"}
    )


def _binds(node: Any) -> bool:
    """Tell whether each solution of a part has a row."""
    if node.name == "BGP":
        return bool(node.triples)
    if node.name == "Join":
        return _binds(node.p1) or _binds(node.p2)
    if node.name == "Union":
        return _binds(node.p1) and _binds(node.p2)
    if node.name in {"LeftJoin", "Minus"}:
        return _binds(node.p1)
    if node.name in {"Filter", "Extend"}:
        return _binds(node.p)
    return False
