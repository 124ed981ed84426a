"""What of rdflib's algebra has to be looked at twice: extremes, keys of groups, EXISTS within expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rdflib.term import BNode, URIRef, Variable

from kg.pipeline.rule_footprint import Extreme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_EXISTS: Final = frozenset({"Builtin_EXISTS", "Builtin_NOTEXISTS"})


def as_variable(term: Any) -> Any:
    """Return a term of a pattern; a blank node is a variable that nothing else can name."""
    return Variable(f"_{term}") if isinstance(term, BNode) else term


def extreme_of(node: Any) -> tuple[Variable, Extreme] | None:
    """Return the variable and the extreme of `SELECT (MAX(?o) AS ?v) { ?s :p ?o }`, if a query is that."""
    inner, named = node.p, {}
    while inner.name == "Extend":
        named[inner.var] = inner.expr
        inner = inner.p
    if inner.name != "AggregateJoin" or inner.p.expr or len(named) != 1 or len(inner.A) != 1:
        return None
    ((variable, result),) = named.items()
    one, below = inner.A[0], inner.p.p
    if one.name not in {"Aggregate_Max", "Aggregate_Min"} or one.res != result:
        return None
    if list(node.PV) != [variable] or below.name != "BGP" or len(below.triples) != 1:
        return None
    subject, predicate, value = below.triples[0]
    if not isinstance(predicate, URIRef) or one.vars != value or subject == value:
        return None
    if not isinstance(subject, Variable | BNode) or one.get("distinct"):
        return None
    return variable, Extreme(one.name.removeprefix("Aggregate_").upper(), str(predicate))


def is_key(node: Any) -> bool:
    """Tell whether what is named is a key of a group, which the algebra takes from any of its rows."""
    below = node.p
    while below.name == "Extend":
        below = below.p
    return below.name == "AggregateJoin" and any(
        one.res == node.expr and one.name == "Aggregate_Sample" and one.vars == node.var
        for one in below.A
    )


def exists_in(expression: Any) -> list[Any]:
    """Return the patterns of EXISTS in an expression, but not of those within."""
    found: list[Any] = []

    def visit(node: Any) -> None:
        if getattr(node, "name", None) in _EXISTS:
            found.append(node.graph)

    traverse_own(expression, visit)
    return found


def traverse_own(expression: Any, visit: Callable[[Any], None], done: Iterable[int] = ()) -> None:
    """Visit an expression, but not what stands inside the pattern of an EXISTS, or in what is `done`."""
    rest = [expression]
    while rest:
        node = rest.pop()
        visit(node)
        if id(node) in done:
            continue
        if isinstance(node, list | tuple | set):
            rest += node
        elif isinstance(node, dict) and getattr(node, "name", "") not in _EXISTS:
            rest += node.values()
