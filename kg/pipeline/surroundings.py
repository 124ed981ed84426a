"""What lies around a change: the nodes that it may concern, and what of the graph is looked at from these.

Nothing here goes through the graph: all is looked up by bound patterns in the index over the graph
before, of which what has gone and what has come is taken away and added. That index rewrites
literals, so what is a number or a day in it is asked for as it was written, by its subject.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, TypeGuard, cast

import pyoxigraph as ox

from kg.base import DERIVED, XSD, lines_from, nquads
from kg.pipeline.footprint import PathStep

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kg.base import Change, Lines
    from kg.pipeline.footprint import Footprint

Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"
LinesOf: TypeAlias = "Callable[[Sequence[bytes]], Iterable[bytes]]"
"""Gives the lines of what a graph asserts of some subjects, which are written as in N-Quads."""

_Key: TypeAlias = "tuple[Term | None, str | None, Term | None]"
_Known: TypeAlias = "dict[tuple[_Key, bool], list[ox.Quad]]"

_DERIVED: Final = ox.NamedNode(DERIVED)

# Of these the index gives back what was written: see KEPT in `kg.query.rewriting`.
_KEPT: Final = frozenset(
    XSD + name for name in (
        "anyURI", "base64Binary", "hexBinary", "language", "Name", "NCName", "NMTOKEN",
        "normalizedString", "string", "token",
    )
)  # fmt: skip


_MUCH: Final = 100
_MANY: Final = 1000
_MORE: Final = 4


class Quads(Protocol):
    """An index that is looked up by patterns, such as `pyoxigraph.Store`."""

    def quads_for_pattern(
        self, subject: Any, predicate: Any, value: Any, graph_name: Any = None, /
    ) -> Iterable[ox.Quad]:
        """Return the quads that have these terms, where they are given."""


def lines_in(asserted: Lines) -> LinesOf:
    r"""Return what gives the lines of subjects in sorted N-Quads, in memory or in a file that is mapped.

    >>> list(lines_in(b"<a:s> <a:p> <a:o> <a:g> .\n<a:t> <a:p> <a:o> <a:g> .\n")([b"<a:t>"]))
    [b'<a:t> <a:p> <a:o> <a:g> .\n']
    """
    return lambda subjects: (
        line + b"\n" for subject in subjects for line in lines_from(asserted, subject + b" ")
    )


class Surroundings:
    """A graph after a change, looked up in the graph before."""

    def __init__(self, old: Quads, change: Change, lines_of: LinesOf) -> None:
        """Take the index over the graph before, and what gives the lines of what that asserted."""
        self._old, self._lines_of = old, lines_of
        self._gone_lines = set(nquads.split(change.gone))
        self._fresh_lines = set(nquads.split(change.fresh))
        self._fresh = _indexed(change.fresh)
        self._fresh_subjects = {quad.subject for quad in self._fresh}
        self._gone = set(_indexed(change.gone))
        # What is written in two ways is one term there, and stays as long as one of them does.
        twice = [quad for quad in self._gone if _is_rewritten(quad.object)]
        if twice:
            self._gone -= set(_indexed(b"".join(self._exact(quad.subject for quad in twice))))

    # Looking up

    def _before(self, subject: Any, predicate: str | None, value: Any) -> Iterator[ox.Quad]:
        """Yield what was asserted; what is derived is not looked at."""
        pattern = subject, ox.NamedNode(predicate) if predicate else None, value
        given: list[ox.Quad] = []
        passed = 0
        for quad in self._old.quads_for_pattern(*pattern, None):
            if quad.graph_name != _DERIVED:
                given.append(quad)
                yield quad
            elif (passed := passed + 1) == _MUCH and _can_be_queried(self._old, subject, value):
                # Of a company ten thousand triples may be derived, and two be said.
                known = set(given)
                yield from (one for one in _asserted(self._old, pattern) if one not in known)
                return

    def _come(self, subject: Any, predicate: str | None, value: Any) -> Iterable[ox.Quad]:
        if subject is not None and subject not in self._fresh_subjects:
            return ()
        name = predicate and ox.NamedNode(predicate)
        return self._fresh.quads_for_pattern(subject, name or None, value, None)

    def _kept(self, subject: Any, predicate: str | None, value: Any) -> Iterator[ox.Quad]:
        found = self._before(subject, predicate, value)
        return (quad for quad in found if quad not in self._gone) if self._gone else found

    def _either(self, subject: Any, predicate: str | None, value: Any) -> Iterator[ox.Quad]:
        """Yield what is asserted before the change or after it."""
        return chain(self._before(subject, predicate, value), self._come(subject, predicate, value))

    def after(self, subject: Any, predicate: str | None, value: Any) -> Iterator[ox.Quad]:
        """Yield what is asserted after the change."""
        return chain(self._kept(subject, predicate, value), self._come(subject, predicate, value))

    def naming(self, nodes: Iterable[Term]) -> set[ox.Quad]:
        """Return all that has one of some nodes as its object, after the change."""
        return {quad for node in nodes for quad in self.after(None, None, node)}

    # Which nodes it may concern

    def touched(self, footprint: Footprint) -> set[Term]:
        """Return the nodes of which something has changed that is looked at from them."""
        by_predicate = defaultdict(list)
        for place, look in footprint:
            for name in _names(look.step):
                by_predicate[name].append((place, look))
        reached: list[set[Term]] = [set() for _ in footprint.looks]
        for quad, fresh, anew in self._changes():
            for place, look in by_predicate[quad.predicate.value] + by_predicate[None]:
                step = look.step
                if (anew or step.graphs) and self._is_of(quad.subject, step):
                    start = quad.object if step.inverse else quad.subject
                    if not step.once or self._tips(step, start, fresh=fresh):
                        reached[place if step.many else look.start].add(start)
        # From the ends of the paths to where they begin: who looks at this through that.
        for place, look in reversed([*footprint]):
            terms = self._all_back(look.step, reached[place])
            reached[look.start] |= terms
        return reached[0]

    def _changes(self) -> Iterator[tuple[ox.Quad, bool, bool]]:
        """Yield what has gone or come, whether it has come, and whether no other graph says the same."""
        for fresh, quads in ((False, self._gone), (True, self._fresh)):
            for quad in quads:
                yield quad, fresh, not self._is_said_too(quad, fresh=fresh)

    def _is_said_too(self, quad: ox.Quad, *, fresh: bool) -> bool:
        """Tell whether another graph says the same, so that nothing changes but where it is said."""
        if _is_rewritten(quad.object):
            return False  # it may be written otherwise there
        found = self._before if fresh else self.after
        return any(found(quad.subject, quad.predicate.value, quad.object))

    def _is_of(self, subject: Term, step: PathStep) -> bool:
        if step.of is None:
            return True
        name, values = step.of
        ends = (quad.object for quad in self._either(subject, name, None))
        return any(isinstance(end, ox.NamedNode) and end.value in values for end in ends)

    def _tips(self, step: PathStep, node: Term, *, fresh: bool) -> bool:
        """Tell whether a change is the one between some statement and none."""
        found = self._before if fresh else self.after
        return not any(True for name in _names(step) for _ in found(*_key(step, node, name)))

    def _all_back(self, step: PathStep, ends: set[Term]) -> set[Term]:
        """Return the nodes from which a step leads to any of `ends`, before the change or after it."""
        return set() if step.once else _ends(step, ends, lambda end: self._back(step, end))

    def _back(self, step: PathStep, end: Term) -> Iterator[Term]:
        turned = step._replace(inverse=not step.inverse)
        for name in () if isinstance(end, ox.Literal) and step.inverse else _names(step):
            for quad in self._either(*_key(turned, end, name)):
                if self._is_of(quad.subject, step):
                    yield quad.subject if turned.inverse else quad.object

    # What is looked at from them

    def region(
        self, footprint: Footprint, nodes: Iterable[Term], more: Iterable[ox.Quad] = ()
    ) -> bytes:
        """Return as N-Quads, in every digit, what is looked at from `nodes`, all that has come, and `more`."""
        return self._written({*self.seen(footprint, nodes), *more})

    def seen(self, footprint: Footprint, nodes: Iterable[Term]) -> set[ox.Quad]:
        """Return what is looked at from `nodes`, as the index has it."""
        known: _Known = {}
        found: set[ox.Quad] = set()

        def ahead(step: PathStep, node: Term) -> Iterator[Term]:
            for quad in self._ahead(step, node, known):
                found.add(quad)
                if self._is_of(quad.subject, step):
                    yield quad.subject if step.inverse else quad.object

        reached: list[set[Term]] = [set(nodes), *(set() for _ in footprint.looks[1:])]
        for place, (start, step) in footprint:
            if step.once:
                found.update(*(self._some(step, node) for node in reached[start]))
            elif (quads := self._read_together(step, reached[start])) is not None:
                found.update(quads)
                reached[place] = {quad.object for quad in quads}
            else:
                reached[place] = _ends(step, reached[start], partial(ahead, step))
        return found

    def _ahead(self, step: PathStep, node: Term, known: _Known) -> Iterator[ox.Quad]:
        """Yield what is looked at by a step, and keep in `known` what has been looked up."""
        if not step.inverse and (isinstance(node, ox.Literal) or not self._is_of(node, step)):
            return
        for name in _names(step):
            key = _key(step, node, name), step.graphs
            if key not in known:
                known[key] = _told(self.after(*key[0]), graphs=step.graphs)
            yield from known[key]

    def _read_together(self, step: PathStep, nodes: Collection[Term]) -> list[ox.Quad] | None:
        """Return what many nodes say by the properties of a step; None where few say little of all that is said so.

        Reading on is faster by far than looking up, so long as there is not much more to be read.
        """
        most = _MORE * len(nodes)
        if len(nodes) < _MANY or step != PathStep(step.predicates) or step.predicates is None:
            return None
        every = chain.from_iterable(self.after(None, name, None) for name in step.predicates)
        quads = list(islice(every, most))
        return None if len(quads) == most else [quad for quad in quads if quad.subject in nodes]

    def _some(self, step: PathStep, node: Term) -> Iterator[ox.Quad]:
        """Yield some statement of each predicate of a step, where there is one."""
        for name in _names(step):
            key = _key(step, node, name)
            if (name, node) not in self._mentioned and (quad := next(self._kept(*key), None)):
                yield quad

    @cached_property
    def _mentioned(self) -> set[tuple[str | None, Term]]:
        """What has come mentions these, and by which property: it is in every region."""
        pairs = {(quad.predicate.value, quad.object) for quad in self._fresh}
        return pairs | {(None, node) for _, node in pairs}

    def _written(self, quads: Collection[ox.Quad]) -> bytes:
        """Return quads of the index, and all that has come, in canonical N-Quads as they were written."""
        rewritten = {quad.subject for quad in quads if _is_rewritten(quad.object)}
        sure = (quad for quad in quads if not _is_rewritten(quad.object))
        lines = {*nquads.canonical(sure), *self._exact(rewritten), *self._fresh_lines}
        return b"".join(sorted(lines))

    def _exact(self, subjects: Iterable[Term]) -> set[bytes]:
        """Return the lines of what is asserted of subjects after the change; of what has come perhaps more."""
        names = sorted({str(subject).encode() for subject in subjects})
        return (set(self._lines_of(names)) - self._gone_lines) | self._fresh_lines


def _can_be_queried(quads: Quads, *ends: Term | None) -> TypeGuard[ox.Store]:
    """Tell whether an index knows queries, and a pattern with these ends is of few of its quads."""
    given = [end for end in ends if end is not None]
    return isinstance(quads, ox.Store) and {*map(type, given)} == {ox.NamedNode}


def _asserted(store: ox.Store, pattern: tuple[Term | None, ...]) -> Iterator[ox.Quad]:
    """Yield what a pattern finds that is not derived: the engine passes over it many times faster than we do."""
    names = [
        f"?{name}" if term is None else str(term) for name, term in zip("spo", pattern, strict=True)
    ]
    rows = store.query(
        f"SELECT * {{ GRAPH ?g {{ {' '.join(names)} }} FILTER (!sameTerm(?g, {_DERIVED})) }}"
    )
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - for the type checker
    for row in rows:
        found = (
            row[name] if term is None else term for name, term in zip("spo", pattern, strict=True)
        )
        subject, predicate, value = cast("tuple[Any, Any, Any]", tuple(found))
        yield ox.Quad(subject, predicate, value, row["g"])


def _ends(step: PathStep, starts: set[Term], along: Callable[[Term], Iterable[Term]]) -> set[Term]:
    """Return where a step leads from `starts`, one step at a time."""
    ends = set(starts) if step.many else set()
    rest = list(starts)
    while rest:
        new = {end for end in along(rest.pop()) if end not in ends}
        ends |= new
        rest += new if step.many else ()
    return ends


def _told(quads: Iterable[ox.Quad], *, graphs: bool) -> list[ox.Quad]:
    """Return quads; unless it matters in which `graphs` something is said, once each, as thousands may say it."""
    return list(quads if graphs else {quad.triple: quad for quad in quads}.values())


def _indexed(lines: bytes) -> ox.Store:
    store = ox.Store()
    store.bulk_load(lines, format=ox.RdfFormat.N_QUADS)
    return store


def _is_rewritten(term: Term) -> bool:
    """Tell whether a term of the index may have been written otherwise."""
    if not isinstance(term, ox.Literal):
        return False
    name = term.datatype.value
    return name.startswith(XSD) and name not in _KEPT


def _names(step: PathStep) -> Iterable[str | None]:
    return (None,) if step.predicates is None else step.predicates


def _key(step: PathStep, node: Term, name: str | None) -> _Key:
    """Return the pattern by which a step is looked up from a node."""
    return (None, name, node) if step.inverse else (node, name, None)
