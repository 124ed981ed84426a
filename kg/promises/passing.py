"""Statements one after the other, for who goes through all of them once: those of a source at a time.

They come in the order in which `load_statements` has them, and are what that returns; no more are in memory than
those of sources of which some are still to come.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.promises.statement import KINDS, in_order, sorted_values, span_of, statement_of
from kg.promises.statements import NOT_SAID, load_origins, local_name
from kg.query import count_values, each_node

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from kg.base import Cell
    from kg.promises.statement import Origin, Said, Span, Statement
    from kg.query import GraphContent, Index

_OF_STATEMENTS: Final = ("cp:source", "oa:start")
"""The properties of statements, and of spans."""

_KINDS: Final = frozenset(f"cp:{kind}" for kind in KINDS)
_NOT_SAID: Final = ("oa:hasSource", *(name for name in NOT_SAID if name != "rdf:type"))


def pass_statements(
    content: GraphContent,
    index: Index,
    having: Collection[str] = (),
    aside: Callable[[str, Said], None] = lambda _, __: None,
) -> Iterator[Statement]:
    """Yield the statements of a graph; what else has one of the properties `having` is given to `aside`, with its name.

    `index` is of the same graph, and need tell of no more than sources.

    >>> import kg
    >>> from kg.promises import load_statements
    >>> graph = kg.build(check=False)
    >>> list(pass_statements(graph, graph.index)) == list(load_statements(graph.index).values())
    True
    """
    # Now, so that nobody holds the index who passes the rest.
    counts = count_values(content, ("cp:source", "cp:evidence"))
    sources = _Sources(load_origins(index), *counts.values())
    nodes = each_node(content, (*_OF_STATEMENTS, *having), _NOT_SAID)
    return _passed(nodes, sources, aside)


def _passed(
    nodes: Iterable[tuple[str, Said]], sources: _Sources, aside: Callable[[str, Said], None]
) -> Iterator[Statement]:
    for name, told in nodes:
        says = _said(told)
        if "cp:source" in told:
            sources.add(name, says)
        if "oa:start" in told:
            sources.add_span(name, says)
        if told.keys().isdisjoint(_OF_STATEMENTS):
            aside(name, says)
        else:
            yield from sources.complete()
    yield from sources.rest()


class _Sources:
    """What is known of sources, in their order, and their statements until all of a source are there."""

    def __init__(
        self, origins: Mapping[str, Origin], to_come: Counter[str], evidence: Counter[str]
    ) -> None:
        self._origins, self._to_come = origins, to_come
        self._order = sorted(to_come, reverse=True)
        self._shared = frozenset(span for span, times in evidence.items() if times > 1)
        self._spans: dict[str, Span] = {}
        self._told: set[str] = set()
        self._statements: defaultdict[str, dict[str, Said]] = defaultdict(dict)

    def add(self, name: str, says: Said) -> None:
        """Take what a statement says; of several sources it stands with the first."""
        source = str(says["source"][0])
        self._to_come[source] -= 1
        self._statements[source][name] = says

    def add_span(self, name: str, says: Said) -> None:
        """Take what is known of a span."""
        self._told.add(name)
        if span := span_of({key: values[-1] for key, values in says.items()}):
            self._spans[name] = span

    def complete(self) -> Iterator[Statement]:
        """Yield the statements of sources of which all are there, with their spans, up to the first other one."""
        while self._order and not self._to_come[self._order[-1]] and self._is_told(self._order[-1]):
            yield from self._passed(self._order.pop())

    def rest(self) -> Iterator[Statement]:
        """Yield what is left, where all that there is has been told."""
        for source in sorted(self._statements):
            yield from self._passed(source)

    def _is_told(self, source: str) -> bool:
        """Whether all spans of a source are known; those that are nodes without a name come last of all."""
        return self._told.issuperset(self._evidence(source))

    def _evidence(self, source: str) -> Iterator[str]:
        for says in self._statements[source].values():
            yield from map(str, says.get("evidence", ()))

    def _passed(self, source: str) -> list[Statement]:
        spans, sources = self._spans, self._origins
        said = self._statements[source]
        made = [statement_of(name, says, spans, sources) for name, says in said.items()]
        for span in self._evidence(source):
            if span not in self._shared:
                self._told.discard(span)
                spans.pop(span, None)
        del self._statements[source]
        return sorted(made, key=in_order)


def _said(told: Said) -> dict[str, tuple[Cell, ...]]:
    """Return what is told of a node by local names, as statements have it: sorted, and of classes only those of statements."""
    says = {local_name(name): values for name, values in told.items()}
    if len(says) < len(told):  # two properties that are called alike
        says = dict.fromkeys(says, ())
        for name, values in told.items():
            says[local_name(name)] += values
    if kinds := tuple([kind for kind in told.get("rdf:type", ()) if kind in _KINDS]):
        says["type"] = kinds
    else:
        says.pop("type", None)
    for key, values in says.items():
        if len(values) > 1:
            says[key] = sorted_values(values)
    return says
