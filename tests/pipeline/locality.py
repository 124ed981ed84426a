"""Where a query joins: what it follows from one node to another, and what it asks of the whole.

Read from the algebra of rdflib, never guessed: what is not known here is refused. A part that may be
there or not (OPTIONAL, MINUS, EXISTS) must hang on what it belongs to, and joins nothing for others.
What is compared, as in a FILTER, is no join: such parts stand apart, as for an engine. So does what
only a variable predicate joins. Of which graph something is said is not looked at.

As a table of all rules, shapes and hints: `python -m tests.pipeline.locality`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count, product
from typing import TYPE_CHECKING, Any, NamedTuple

from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern
from rdflib.term import BNode, URIRef, Variable

from kg.base import PREFIXES, ontology_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ANY = "?"
"""In place of a predicate: it may be any."""

MOST = 4096
"""How many ways a query may have of being met, by its UNIONs and alternative paths."""


class Step(NamedTuple):
    """A pattern of one predicate. `part` says to which optional part it belongs, outermost first."""

    subject: Any
    predicate: str
    object: Any
    part: tuple[int, ...] = ()


_AS_BELOW = frozenset({"OrderBy", "Distinct", "Reduced", "Graph"})

Way = tuple[Step, ...]
"""Patterns that all hold together: of a UNION, one side."""


@dataclass(frozen=True)
class Locality:
    """Where a query joins.

    `onward` are predicates whose object is looked at in turn; `together` those whose objects are met
    from two subjects or more; `apart` the predicates of parts that no node joins to the rest; `whole`
    those over which something is counted or picked without a group; `anchors` are the IRIs that it names.
    """

    onward: frozenset[str]
    together: frozenset[str]
    apart: frozenset[frozenset[str]]
    whole: frozenset[str]
    anchors: frozenset[str]

    @property
    def joins(self) -> frozenset[str]:
        """All predicates that a neighbourhood must be closed under, or whose ends all share."""
        return self.onward | self.together

    @property
    def is_local(self) -> bool:
        """Tell whether each solution is of nodes that `joins` connect, and of nothing else."""
        return not self.apart and not self.whole and ANY not in self.joins


def locality(query: str) -> Locality:
    """Return where a CONSTRUCT or SELECT query joins.

    Raises:
        ValueError: the query has what this does not know, or more ways than `MOST`.

    >>> PREFIX = "PREFIX : <a:> SELECT * "
    >>> sorted(locality(PREFIX + "{ ?s :p/:q ?o }").joins)
    ['a:p']
    >>> locality(PREFIX + "{ ?s :p ?o . ?t :q ?u }").is_local
    False
    """
    reading = _Reading()
    ways = reading.ways(prepareQuery(query, initNs=PREFIXES).algebra.p)
    onward, together = set(), set()
    for way in ways:
        into, out = defaultdict(set), defaultdict(set)
        for step in way:
            into[step.object].add(step)
            out[step.subject].add(step)
        for node, steps in into.items():
            if isinstance(node, Variable):
                names = {step.predicate for step in steps}
                if out[node]:
                    onward |= names
                if len({step.subject for step in steps}) > 1:
                    together |= names
    return Locality(
        frozenset(onward),
        frozenset(together),
        frozenset(frozenset(step.predicate for step in one) for way in ways for one in _apart(way)),
        frozenset(reading.whole),
        frozenset(str(end) for way in ways for step in way for end in (step.subject, step.object)
                  if isinstance(end, URIRef)),
    )  # fmt: skip


def _apart(way: Way) -> Iterator[list[Step]]:
    """Yield the connected parts of a way where there are several, in each optional part with those around it."""
    for part in sorted({step.part for step in way}):
        steps = [step for step in way if step.part == part[: len(step.part)]]
        parts = _connected(steps)
        if len(parts) > 1:
            yield from parts
            return  # what hangs on these stands as they do


def _connected(steps: Iterable[Step]) -> list[list[Step]]:
    parts: list[tuple[set[Any], list[Step]]] = []
    for step in steps:
        nodes = {one for one in (step.subject, step.object) if isinstance(one, Variable)}
        met = [part for part in parts if part[0] & nodes]
        parts = [part for part in parts if not part[0] & nodes]
        known = nodes.union(*(part[0] for part in met))
        parts.append((known, [one for part in met for one in part[1]] + [step]))
    return [part for _, part in parts]


@dataclass
class _Reading:
    """The reading of one query; `whole` are the predicates over all of which it counts."""

    whole: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ways(self, node: Any) -> list[Way]:
        """Return all ways of meeting a part of the algebra."""
        if node.name in _AS_BELOW:
            return self.ways(node.p)
        read = getattr(self, f"_{node.name.lower()}", None)
        if read is None:
            raise ValueError(f"a query has {node.name}, of which it is not known what it joins")
        ways: list[Way] = read(node)
        return ways

    def _bgp(self, node: Any) -> list[Way]:
        # A blank node is a variable that nothing else can name.
        triples = [[_variable(end) for end in triple] for triple in node.triples]
        return _all(*(list(self.path(*triple)) for triple in triples))

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

    _extend = _filter

    def _project(self, node: Any) -> list[Way]:
        return self.renamed(self.ways(node.p), set(node.PV))

    def _aggregatejoin(self, node: Any) -> list[Way]:
        ways = self.ways(node.p.p)
        return ways if node.p.expr else self.noted(ways)

    def _slice(self, node: Any) -> list[Way]:
        return self.noted(self.ways(node.p))

    def _tomultiset(self, node: Any) -> list[Way]:
        return self.ways(node.p) if "p" in node else self._values(node)

    def _values(self, _: Any) -> list[Way]:
        return [()]

    def path(self, subject: Any, path: Any, object_: Any) -> Iterator[Way]:
        """Yield the ways of going along a path."""
        match path:
            case URIRef():
                yield (Step(subject, str(path), object_),)
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
            case MulPath(path=inner):
                # However often: as if twice, so that it goes onward from where it has come to.
                yield from self.path(subject, SequencePath(inner, inner), object_)
            case _:
                yield (Step(subject, ANY, object_),)

    def fresh(self) -> Variable:
        return Variable(f"_{next(self.numbers)}")

    def noted(self, ways: list[Way]) -> list[Way]:
        """Note that something is asked of all that is met so, and join it to nothing."""
        self.whole |= {step.predicate for way in ways for step in way}
        return [()]

    def filtered(self, ways: list[Way], expression: Any) -> list[Way]:
        for pattern in _exists(expression):
            ways = self.hung(ways, self.ways(translateGroupGraphPattern(pattern)))
        return ways

    def hung(self, ways: list[Way], more: list[Way]) -> list[Way]:
        """Add what binds nothing for others: only the variables that stand outside are the same."""
        return _all(ways, self.optional(self.renamed(more, _variables(ways))))

    def optional(self, ways: list[Way]) -> list[Way]:
        part = next(self.numbers)
        return [tuple(step._replace(part=(part, *step.part)) for step in way) for way in ways]

    def renamed(self, ways: list[Way], kept: set[Any]) -> list[Way]:
        new: dict[Any, Any] = {one: self.fresh() for one in sorted(_variables(ways) - kept)}
        return [
            tuple(
                step._replace(
                    subject=new.get(step.subject, step.subject),
                    object=new.get(step.object, step.object),
                )
                for step in way
            )
            for way in ways
        ]


def _variable(term: Any) -> Any:
    return Variable(f"_{term}") if isinstance(term, BNode) else term


def _variables(ways: Iterable[Way]) -> set[Any]:
    ends = {end for way in ways for step in way for end in (step.subject, step.object)}
    return {end for end in ends if isinstance(end, Variable)}


def _all(*several: list[Way]) -> list[Way]:
    """Return every choice of one way of each, joined."""
    size = 1
    for ways in several:
        size *= len(ways)
    if size > MOST:
        raise ValueError(f"a query can be met in more than {MOST} ways")
    return [tuple(step for way in choice for step in way) for choice in product(*several)]


def _exists(expression: Any) -> list[Any]:
    """Return the patterns of EXISTS in an expression."""
    found: list[Any] = []

    def visit(node: Any) -> None:
        if getattr(node, "name", None) in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            found.append(node.graph)

    _traverse_own(expression, visit)
    return found


def _traverse_own(expression: Any, visit: Callable[[Any], None]) -> None:
    """Visit an expression, but not what stands inside the pattern of an EXISTS: that has its own turn."""
    rest = [expression]
    while rest:
        node = rest.pop()
        visit(node)
        if isinstance(node, list | tuple | set):
            rest += node
        elif isinstance(node, dict) and getattr(node, "name", "") not in {
            "Builtin_EXISTS",
            "Builtin_NOTEXISTS",
        }:
            rest += node.values()


def queries() -> dict[str, str]:
    """Return the rules, and the shapes and hints that are queries, by the end of their paths."""
    root = ontology_folder()
    return {
        f"{folder}/{path.stem}": path.read_text(encoding="utf-8")
        for folder in ("rules", "shapes", "hints")
        for path in sorted((root / folder).glob("*.rq"))
    }


def short(names: Iterable[str]) -> str:
    """Return IRIs as people write them, in their order."""
    spaces = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
    return " ".join(
        sorted(
            next((f"{p}:{name[len(iri) :]}" for p, iri in spaces if name.startswith(iri)), name)
            for name in names
        )
    )


def table() -> str:
    """Return where all of them join, as a table in Markdown."""
    lines = [
        "| query | goes onward by | meets by | apart | of the whole |",
        "|---|---|---|---|---|",
    ]
    for name, query in queries().items():
        one = locality(query)
        apart = "; ".join(sorted(map(short, one.apart)))
        cells = (name, short(one.onward), short(one.together), apart, short(one.whole))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201 - this is what it is run for
