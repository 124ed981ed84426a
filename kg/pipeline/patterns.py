"""The patterns that a query looks for, read from the algebra of rdflib and never guessed.

A query can be met in several ways, by its UNIONs and alternative paths; each way is patterns that hold
together. A part that may be there or not (OPTIONAL, MINUS, EXISTS) hangs on what it belongs to. What a
sub-query does not select has a name of its own outside. What is not known here is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count, product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern
from rdflib.term import URIRef, Variable

from kg.base import PREFIXES
from kg.pipeline.algebra import as_variable, exists_in, extreme_of, is_key, traverse_own
from kg.pipeline.rule_footprint import Comparison, Extreme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST: Final = 4096
"""How many ways a query may have of being met."""

_AS_BELOW: Final = frozenset({"OrderBy", "Distinct", "Reduced"})
_TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
"""Signs, and what they are from the other side."""


class TriplePattern(NamedTuple):
    """A pattern of one predicate, which may be a variable.

    `part` says to which optional part it belongs, outermost first. One that is `repeated` leads from
    its subject to its object along any number of triples, none as well; the triples themselves have a
    step beside it. One that is `compared` is no pattern: its subject is a variable that is held
    against an extreme.
    """

    subject: Any
    predicate: Any
    object: Any
    part: tuple[int, ...] = ()
    repeated: bool = False
    compared: Comparison | None = None


Way = tuple[TriplePattern, ...]
"""Patterns that all hold together: of a UNION, one side."""


@dataclass(frozen=True)
class Patterns:
    """What a query looks for: its `ways`, and the `template` of a CONSTRUCT.

    `whole` are the predicates over which something is counted or picked without a group, but for
    extremes, which are in `extremes`; `assigned` are variables that are computed or listed. `beyond`
    says what else patterns do not tell. It is `grouped` where anything is counted or picked at all.
    """

    ways: list[Way]
    template: list[tuple[Any, Any, Any]]
    whole: frozenset[str]
    extremes: frozenset[Extreme]
    beyond: frozenset[str]
    assigned: frozenset[str]
    grouped: bool = False


def read_patterns(query: str) -> Patterns:
    """Return what a CONSTRUCT or SELECT query looks for.

    Raises:
        ValueError: the query has what this does not know, or more ways than `MOST`.

    >>> [(way,)] = [read_patterns("SELECT * { ?s <a:p>+ ?o }").ways[0][1:2]]
    >>> str(way.predicate), way.repeated
    ('a:p', False)
    """
    reading = _AlgebraReading()
    algebra = prepareQuery(query, initNs=PREFIXES).algebra
    ways = reading.ways(algebra.p)
    nodes = {end for way in ways for step in way if not step.compared for end in step[:3]}
    template = list(algebra.get("template") or ())
    nodes.update(end for triple in template for end in triple)
    if nodes & reading.extremes.keys():
        reading.beyond.add("an extreme that is more than compared")
    return Patterns(
        ways,
        template,
        frozenset(reading.whole),
        frozenset(reading.extremes.values()),
        frozenset(reading.beyond),
        frozenset(reading.assigned),
        reading.grouped,
    )


@dataclass
class _AlgebraReading:
    """The reading of one query; see `Patterns`. `extremes` are by the variables that have them."""

    whole: set[str] = field(default_factory=set)
    extremes: dict[Any, Extreme] = field(default_factory=dict)
    beyond: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    grouped: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ways(self, node: Any) -> list[Way]:
        """Return all ways of meeting a part of the algebra."""
        if node.name in _AS_BELOW:
            return self.ways(node.p)
        read: Callable[[Any], list[Way]] | None = getattr(self, f"_{node.name.lower()}", None)
        if read is None:
            raise ValueError(f"a query has {node.name}, of which it is not known what it joins")
        return read(node)

    def _bgp(self, node: Any) -> list[Way]:
        # A blank node is a variable that nothing else can name.
        triples = [[as_variable(end) for end in triple] for triple in node.triples]
        return _all(*(list(self.path(*triple)) for triple in triples))

    def _graph(self, node: Any) -> list[Way]:
        self.beyond.add("GRAPH")
        return self.ways(node.p)

    def _join(self, node: Any) -> list[Way]:
        return _all(self.ways(node.p1), self.ways(node.p2))

    def _union(self, node: Any) -> list[Way]:
        return self.ways(node.p1) + self.ways(node.p2)

    def _leftjoin(self, node: Any) -> list[Way]:
        ways = _all(self.ways(node.p1), self.optional(self.ways(node.p2)))
        return self.filtered(ways, node.expr)

    def _minus(self, node: Any) -> list[Way]:
        return self.hung(self.ways(node.p1), self.ways(node.p2))

    def _filter(self, node: Any) -> list[Way]:
        return self.filtered(self.ways(node.p), node.expr)

    def _extend(self, node: Any) -> list[Way]:
        ways = self._filter(node)
        if not is_key(node):
            self.assigned.add(str(node.var))
        return ways

    def _project(self, node: Any) -> list[Way]:
        if found := extreme_of(node):
            variable, extreme = found
            if self.extremes.setdefault(variable, extreme) != extreme:
                self.beyond.add("two extremes of one name")
            return [()]
        return self.renamed(self.ways(node.p), set(node.PV))

    def _aggregatejoin(self, node: Any) -> list[Way]:
        self.grouped = True
        ways = self.ways(node.p.p)
        self.compared([()], [node.A, node.p.expr])
        return ways if node.p.expr else self.noted(ways)

    def _slice(self, node: Any) -> list[Way]:
        return self.noted(self.ways(node.p))

    def _tomultiset(self, node: Any) -> list[Way]:
        return self.ways(node.p) if "p" in node else self._values(node)

    def _values(self, node: Any) -> list[Way]:
        if any(variable in self.extremes for row in node.res for variable in row):
            self.beyond.add("an extreme that is more than compared")
        self.assigned |= {str(variable) for row in node.res for variable in row}
        return [()]

    def path(self, subject: Any, path: Any, object_: Any) -> Iterator[Way]:
        """Yield the ways of going along a path."""
        match path:
            case InvPath(arg=inner):
                yield from self.path(object_, inner, subject)
            case AlternativePath(args=several):
                for one in several:
                    yield from self.path(subject, one, object_)
            case SequencePath(args=several):
                nodes = [subject, *(self.fresh() for _ in several[1:]), object_]
                yield from _all(
                    *(list(self.path(nodes[n], one, nodes[n + 1])) for n, one in enumerate(several))
                )
            case MulPath():
                yield from self.repeated(subject, path, object_)
            case NegatedPath():
                yield self.negated(subject, path, object_)
            case _:
                yield (TriplePattern(subject, path, object_),)

    def negated(self, subject: Any, path: Any, object_: Any) -> Way:
        """Return the way along any other predicate: along any, which is more."""
        if any(isinstance(one, InvPath) for one in path.args):
            self.beyond.add("a path that is not some other, turned")
        return (TriplePattern(subject, self.fresh(), object_),)

    def repeated(self, subject: Any, path: Any, object_: Any) -> Iterator[Way]:
        """Yield the way along a path of one step or more: to a triple of it, along that, and on."""
        if path.mod != "+":
            self.beyond.add("a path that may have no step")
        inner = path.path
        if isinstance(inner, InvPath):
            subject, inner, object_ = object_, inner.arg, subject
        first, last = self.fresh(), self.fresh()
        if not isinstance(inner, URIRef):
            self.beyond.add("a repeated path of several predicates")
            yield from self.path(subject, SequencePath(inner, inner), object_)
            return
        yield (
            TriplePattern(subject, inner, first, repeated=True),
            TriplePattern(first, inner, last),
            TriplePattern(last, inner, object_, repeated=True),
        )

    def fresh(self) -> Variable:
        """Return a variable that nothing else has."""
        return Variable(f"_{next(self.numbers)}")

    def noted(self, ways: list[Way]) -> list[Way]:
        """Note that something is asked of all that is met so, and join it to nothing."""
        self.whole |= {str(step.predicate) for way in ways for step in way if not step.compared}
        return [()]

    def filtered(self, ways: list[Way], expression: Any) -> list[Way]:
        """Add what an expression asks to be there or not, and what it holds against an extreme."""
        ways = self.compared(ways, expression)
        for pattern in exists_in(expression):
            ways = self.hung(ways, self.ways(translateGroupGraphPattern(pattern)))
        return ways

    def compared(self, ways: list[Way], expression: Any) -> list[Way]:
        """Add which variables an expression holds against extremes."""
        found: list[TriplePattern] = []
        compared: set[int] = set()

        def visit(node: Any) -> None:
            if getattr(node, "name", None) == "RelationalExpression":
                for one, sign, other in (
                    (node.expr, node.op, node.other),
                    (node.other, _TURNED.get(node.op), node.expr),
                ):
                    extreme = self.extremes.get(other) if isinstance(other, Variable) else None
                    if extreme and sign in _TURNED and isinstance(one, Variable):
                        found.append(
                            TriplePattern(one, None, None, compared=Comparison(sign, extreme))
                        )
                        compared.add(id(node))
            elif isinstance(node, Variable) and node in self.extremes:
                self.beyond.add("an extreme that is more than compared")

        traverse_own(expression, visit, compared)
        return [(*way, *found) for way in ways]

    def hung(self, ways: list[Way], more: list[Way]) -> list[Way]:
        """Add what binds nothing for others: only the variables that stand outside are the same."""
        return _all(ways, self.optional(self.renamed(more, _variables(ways))))

    def optional(self, ways: list[Way]) -> list[Way]:
        """Return ways as a part that may be there or not."""
        part = next(self.numbers)
        return [tuple(step._replace(part=(part, *step.part)) for step in way) for way in ways]

    def renamed(self, ways: list[Way], kept: set[Any]) -> list[Way]:
        """Return ways with names of their own for all variables that are not `kept`."""
        new: dict[Any, Any] = {one: self.fresh() for one in sorted(_variables(ways) - kept)}
        return [
            tuple(
                step._replace(
                    subject=new.get(step.subject, step.subject),
                    predicate=new.get(step.predicate, step.predicate),
                    object=new.get(step.object, step.object),
                )
                for step in way
            )
            for way in ways
        ]


def _variables(ways: Iterable[Way]) -> set[Any]:
    return {end for way in ways for step in way for end in step[:3] if isinstance(end, Variable)}


def _all(*several: list[Way]) -> list[Way]:
    """Return every choice of one way of each, joined."""
    size = 1
    for ways in several:
        size *= len(ways)
    if size > MOST:
        raise ValueError(f"a query can be met in more than {MOST} ways")
    return [tuple(step for way in choice for step in way) for choice in product(*several)]
