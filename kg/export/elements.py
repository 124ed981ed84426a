"""The network as programs for networks take it: nodes and edges with short names, plain values and a time.

Each format writes the same elements in its own way. A node begins with the first thing that is said of
it or that links it, and ends where a plan has ended; an edge never outlasts what it links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kg.base import shorten, visible
from kg.plans import Words, plan_timeline, project_network
from kg.promises import load_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from kg.plans import Plan
    from kg.query import Index

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value: TypeAlias = str | bool | list[str]
Kind: TypeAlias = Literal["string", "boolean", "strings"]

NODE_FIELDS: Final[dict[str, Kind]] = {
    "label": "string", "type": "string", "status": "string", "due": "string", "description": "string",
    "aliases": "strings", "facts": "strings", "start": "string", "end": "string",
}  # fmt: skip
EDGE_FIELDS: Final[dict[str, Kind]] = {
    "label": "string", "predicate": "string", "status": "string", "timeless": "boolean",
    "until": "string", "ended": "string", "facts": "strings", "start": "string", "end": "string",
}  # fmt: skip
FACT_FIELDS: Final = (
    "text", "kind", "status", "source", "url", "publisher", "published", "since", "speaker", "via",
    "mode", "locator", "confidence", "corrected", "note",
)  # fmt: skip
"""What is told of nodes and edges, and of which kind it is: always all of it, in this order; and of statements."""


@dataclass(frozen=True)
class Lifetime:
    """From which day to which something lasts, as far as it is known; both are included."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class NetworkNode:
    """A node: its `name` is the slug; `values` has those of `NODE_FIELDS` that are known, but for its time."""

    name: str
    values: Mapping[str, Value]
    life: Lifetime = Lifetime()


@dataclass(frozen=True)
class NetworkEdge:
    """An edge; its `name` is the only one of the file, and its `predicate` one of `values`, too."""

    name: str
    source: str
    target: str
    predicate: str
    values: Mapping[str, Value]
    life: Lifetime = Lifetime()


@dataclass(frozen=True)
class Elements:
    """All nodes and edges, each sorted: a format that keeps the order gives the same bytes."""

    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The statements that they rest on, by slug: those of `FACT_FIELDS` that are known."""


def load_elements(index: Index, *, told: bool = True) -> Elements:
    """Return the network of a graph, with its time, and the statements that it rests on where they are to be `told`.

    >>> import kg
    >>> elements = load_elements(kg.build(check=False).index)
    >>> [edge.life for edge in elements.edges if edge.name == "xiaomi:partnerOf:mobikwik"]
    [Lifetime(start='2016-01-01', end=None)]
    """
    statements, words = load_statements(index), Words.of(index)
    network = project_network(index, statements=statements, words=words, bare=True, told=told)
    elements = elements_of(network, plan_timeline(index, statements, words), told=told)
    network.clear()  # what refers to itself would stay where nobody looks for cycles
    return elements


def elements_of(
    network: nx.MultiDiGraph[str], plans: Mapping[str, Plan] | None = None, *, told: bool = True
) -> Elements:
    """Return the elements of a network, whose initiatives and targets in time are `plans`."""
    nodes = tuple(_node(iri, network.nodes[iri]) for iri in sorted(network.nodes))
    found = network.edges(keys=True, data=True)
    edges = tuple(_edge(*edge) for edge in sorted(found, key=lambda edge: edge[:3]))
    timed = _timed(nodes, edges, _Days.of(network), plans or {})
    facts = network.graph.get("statements", {}) if told else {}
    return replace(timed, facts={_text(shorten(iri)): _fact(facts[iri]) for iri in sorted(facts)})


def _node(iri: str, fields: Mapping[str, Any]) -> NetworkNode:
    return NetworkNode(_text(shorten(iri)), _values(fields, NODE_FIELDS))


def _edge(start: str, end: str, key: str, fields: Mapping[str, Any]) -> NetworkEdge:
    ends = _text(shorten(start)), _text(shorten(end))
    values = _values({**fields, "predicate": key}, EDGE_FIELDS)
    # A colon within a part is escaped, so that no two are alike.
    parts = (
        part.replace("%", "%25").replace(":", "%3A") for part in (ends[0], _text(key), ends[1])
    )
    return NetworkEdge(":".join(parts), *ends, key, values)


def _values(fields: Mapping[str, Any], known: Iterable[str]) -> dict[str, Value]:
    """Return what is known of some fields: no format has a null that all of its readers know."""
    values = {name: fields[name] for name in known if fields.get(name) not in (None, [])}
    return {
        name: [_text(shorten(item)) for item in value]
        if isinstance(value, list)
        else value
        if isinstance(value, bool)
        else _text(value)
        for name, value in values.items()
    }


def _fact(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(str(fields[name])) for name in FACT_FIELDS if fields.get(name)}


def _text(text: str) -> str:
    """Return text with what XML cannot hold written as escapes, and ends of lines that it leaves alone."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return _NOT_XML.sub(lambda match: visible(match[0]), text)


# Time


class _Days:
    """The first day on which anything was said of nodes and edges, by the statements that they rest on."""

    def __init__(self, days: Mapping[str, str]) -> None:
        self._days = days

    @classmethod
    def of(cls, network: nx.MultiDiGraph[str]) -> _Days:
        """Read the days of all statements of a network."""
        days: dict[str, str] = {}
        for iri, fields in network.graph.get("statements", {}).items():
            day = fields["since"] or fields["published"]
            if _is_day(day):
                days[shorten(iri)] = day
        return cls(days)

    def first(self, element: NetworkNode | NetworkEdge) -> str | None:
        """Return the first day, or None where none is known."""
        facts = element.values.get("facts")
        known = (
            [self._days[fact] for fact in facts if fact in self._days]
            if isinstance(facts, list)
            else []
        )
        return min(known, default=None)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:  # a source without a day is for the shapes to report
        return False


def _lives(plans: Mapping[str, Plan], first: Mapping[str, str | None]) -> dict[str, Lifetime]:
    """Return from when to when plans were in the world, by slug; `first` are the days of their first words."""
    lives: dict[str, Lifetime] = {}
    for iri, plan in plans.items():
        lives[shorten(iri)] = Lifetime(plan.start, plan.outcome.day if plan.outcome else None)
        # What another target took the place of ended then, unless it had been judged before.
        for old, new in pairwise(map(shorten, (*plan.before, iri))):
            lives[old] = Lifetime(None, first.get(new))
        for former in plan.former:
            if former.outcome:
                lives[shorten(former.target)] = Lifetime(None, former.outcome.day)
    return lives


def _timed(
    nodes: tuple[NetworkNode, ...],
    edges: tuple[NetworkEdge, ...],
    days: _Days,
    plans: Mapping[str, Plan],
) -> Elements:
    first = {node.name: days.first(node) for node in nodes}
    said = {edge.name: days.first(edge) for edge in edges}
    lives = _lives(plans, first)
    starts: dict[str, str] = {}
    for node in nodes:
        _begin(starts, node.name, first[node.name], lives.get(node.name, Lifetime()).start)
    for edge in edges:
        for name in (edge.source, edge.target):
            _begin(starts, name, said[edge.name])
    _begin_by_links(starts, [edge for edge in edges if said[edge.name] is None])
    ends = {name: life.end for name, life in lives.items() if life.end and _is_day(life.end)}
    for edge in edges:
        for name in (edge.source, edge.target):
            # What is linked after its end outlives that end.
            if name in ends:
                ends[name] = max(ends[name], said[edge.name] or "")
    lifetimes = {node.name: _lifetime(starts.get(node.name), ends.get(node.name)) for node in nodes}
    return Elements(
        tuple(NetworkNode(node.name, node.values, lifetimes[node.name]) for node in nodes),
        tuple(
            NetworkEdge(
                edge.name,
                edge.source,
                edge.target,
                edge.predicate,
                edge.values,
                _between(edge, said[edge.name], lifetimes),
            )
            for edge in edges
        ),
    )


def _begin(starts: dict[str, str], name: str, *days: str | None) -> None:
    known = [day for day in (*days, starts.get(name)) if day is not None]
    if known:
        starts[name] = min(known)


def _begin_by_links(starts: dict[str, str], edges: Sequence[NetworkEdge]) -> None:
    """Have what no day is known of, such as a continent, begin with what is linked to it.

    The `edges` are those that nobody states, such as where a place lies: each begins with its
    source, by when its target has to be there.
    """
    _carry(starts, edges)
    waiting = [edge for edge in edges if edge.source not in starts]
    while waiting:
        # Round by round, so that the order of edges decides nothing.
        known = dict(starts)
        for edge in waiting:
            _begin(starts, edge.source, known.get(edge.target))
        if len(starts) == len(known):
            return  # what hangs together with nothing that has a day
        _carry(starts, edges)
        waiting = [edge for edge in waiting if edge.source not in starts]


def _carry(starts: dict[str, str], edges: Iterable[NetworkEdge]) -> None:
    """Have the target of each edge begin no later than its source, along all chains."""
    changed = True
    while changed:
        changed = False
        for edge in edges:
            start, end = starts.get(edge.source), starts.get(edge.target)
            if start is not None and (end is None or start < end):
                starts[edge.target] = start
                changed = True


def _between(edge: NetworkEdge, said: str | None, lifetimes: Mapping[str, Lifetime]) -> Lifetime:
    """Return how long an edge lasts: not before it was said, nor longer than what it links."""
    both = lifetimes[edge.source], lifetimes[edge.target]
    until = edge.values.get("until")
    start = said or both[0].start
    ends = [span.end for span in both if span.end]
    if isinstance(until, str) and _is_day(until):
        ends.append(until)
    return _lifetime(start, min(ends, default=None))


def _lifetime(start: str | None, end: str | None) -> Lifetime:
    """Return how long something lasts; what would end before it began is not known to end."""
    return Lifetime(start, None if end and start and end < start else end)
