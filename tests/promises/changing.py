"""Worlds that change step by step: whole sources come and go, and single statements say something else.

A world is the lines of each of its sources by name. What is drawn swaps values among what has the same
property, so that statements come to be about other things, and update, contradict and correct each other.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox
import pytest

from kg.base import CP, ID, PREFIXES, SCHEMA, Change, nquads, to_python
from kg.pipeline import building, derivation
from kg.promises import judge_change
from kg.query import Index
from kg.sources import read_source
from tests.benchmarks import generate
from tests.pipeline import nasty
from tests.promises import worlds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Lines = frozenset[bytes]
Sources = dict[str, Lines]

N_QUADS = ox.RdfFormat.N_QUADS
TYPE = f"<{PREFIXES['rdf']}type>".encode()
PUBLISHED = f"<{SCHEMA}datePublished>".encode()

LINKED = (
    "about", "company", "confirms", "contradicts", "corrects", "differsFrom", "establishes",
    "indicator", "locatedIn", "place", "promisedBy", "source", "status", "unit", "updates",
)  # fmt: skip
"""Properties by which a statement or a thing is drawn into the affairs of others."""

BETWEEN = ("confirms", "contradicts", "corrects", "differsFrom", "updates")
"""Properties that link statements, be there any in a world or not."""


class State(NamedTuple):
    """A graph: what is `asserted`, what the `rules` derive of it, and what is `judged` by both."""

    asserted: Lines
    rules: Lines
    judged: Lines

    def store(self) -> ox.Store:
        return stored(self.asserted | self.rules | self.judged)


def stored(lines: Iterable[bytes]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.parse(b"".join(lines), format=N_QUADS))
    return store


def state_of(sources: Sources) -> State:
    """Return what follows from nothing but what sources and the ontology say."""
    asserted = frozenset().union(*sources.values())
    index = Index.of(b"".join(sorted(asserted)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(derivation, "judged_pieces", lambda _: [])
        rules = derivation.derive(index, shipped_rules())
    return State(
        asserted,
        frozenset(nquads.split(rules)),
        frozenset(nquads.split(b"".join(derivation.judged_pieces(index.store)))),
    )


@cache
def shipped_rules() -> dict[str, derivation.Rule]:
    return derivation.load_rules()


def between(old: State, new: State) -> Change:
    """Return what differs between two graphs before the second is judged."""
    before, after = old.asserted | old.rules, new.asserted | new.rules
    return Change(b"".join(sorted(before - after)), b"".join(sorted(after - before)))


def judged_after(old: State, new: State) -> None:
    """Judge what has changed between two graphs, and hold it against what judging everything gave."""
    change = between(old, new)
    store = stored(new.asserted | new.rules | old.judged)
    made = judge_change(old.store(), store, change).change
    gone, fresh = map(nquads.split, made)
    assert gone == sorted(set(gone))
    assert fresh == sorted(set(fresh))
    assert old.judged.issuperset(gone)
    assert old.judged.isdisjoint(fresh)
    assert old.judged.difference(gone).union(fresh) == new.judged
    assert set(store) == set(new.store())


# Worlds.


def ontology() -> Sources:
    return {"": frozenset(nquads.split(building.ontology_quads()))}


def generated(triples: int, seed: int) -> Sources:
    """Return a world of which most sources have a company in common with others."""
    made = generate.World(triples, seed=seed).documents()
    return ontology() | {one["id"]: _canonical("".join(generate.nquads(one))) for one in made}


def gainsaying(seed: int) -> Sources:
    """Return a world in which statements collide, repeat, straddle and gainsay each other."""
    world = worlds.make(seed)
    said = {f"said-{n}": _canonical(text) for n, text in enumerate(worlds.sources(world))}
    things = ox.parse(worlds.things(world), format=ox.RdfFormat.TURTLE)
    return ontology() | said | {"things": frozenset(in_graph(things, "things"))}


def hanging_together(wording: int = 0) -> Sources:
    """Return the nasty world of files, each in one of its wordings."""
    texts = {name: texts[wording % len(texts)] for name, texts in nasty.FILES.items()}
    parsed = {
        name: ox.parse(nasty.HEAD + text, format=ox.RdfFormat.TURTLE)
        for name, text in texts.items()
    }
    return ontology() | {name: frozenset(in_graph(quads, name)) for name, quads in parsed.items()}


THINGS = {
    "acme": "id:acme a cp:Company .",
    "bolt": "id:bolt a cp:Organization .",
    "gazette": "id:gazette a cp:Organization .",
    "plan-a": "id:plan-a a cp:Initiative ; cp:company id:acme ; cp:establishes id:works .",
    "plan-b": "id:plan-b a cp:Initiative ; cp:company id:bolt ; cp:establishes id:works .",
    "plan-c": "id:plan-c a cp:Initiative ; cp:company id:acme, id:bolt .",
    "works": "id:works a cp:Site .",
    "inner": "id:inner cp:locatedIn id:middle .",
    "middle": "id:middle cp:locatedIn id:outer .",
    "count": "id:count cp:aggregation cp:stock ; cp:direction cp:more-is-better .",
    "sum": "id:sum cp:aggregation cp:cumulative ; cp:direction cp:more-is-better ; cp:countsFromPlan true .",
    "ranks": "cp:underway cp:rank 12 .",
}
"""Each thing of a tangled world, which is told of in a source of its own."""


def tangled(seed: int) -> Sources:
    """Return a small world in which everything is linked to everything else, and seldom as it should be."""
    draw = random.Random(seed)  # noqa: S311 - a world, not a secret
    count = draw.randint(8, 16)
    texts = THINGS | {f"s{n:02}": _said(draw, n, count) for n in range(count)}
    parsed = {
        name: ox.parse(nasty.HEAD + text, format=ox.RdfFormat.TURTLE)
        for name, text in texts.items()
    }
    return ontology() | {name: frozenset(in_graph(quads, name)) for name, quads in parsed.items()}


def _said(draw: random.Random, number: int, count: int) -> str:
    """Return a statement with a source of its own, which links to any of so many."""
    name, kind = f"s{number:02}", draw.choice(("Target", "Target", "Observation", "StatusReport"))
    things = ("plan-a", "plan-a", "plan-b", "plan-c", "works", "works", "acme", "bolt")
    about = {draw.choice(things) for _ in range(draw.choice((1, 1, 1, 2)))}
    day = f"20{draw.choice((18, 19, 20))}-{draw.choice(('03-31', '06-30', '12-31'))}"
    said = [
        *(f"cp:about id:{thing}" for thing in sorted(about)),
        f"cp:source id:{name}",
        *_measured(draw, kind, day),
        *(
            f"cp:{key} {draw.choice(values)}"
            for key, (chance, *values) in _TOLD.items()
            if draw.random() < chance
        ),
        *(f"cp:{key} id:s{draw.randrange(count):02}.1" for key in BETWEEN if draw.random() < 0.18),
    ]
    source = f'cp:Article ; schema:publisher id:gazette ; schema:datePublished "{day}"^^xsd:date'
    return f"id:{name} a {source} . id:{name}.1 a cp:{kind} ; {' ; '.join(said)} ."


_STATUSES = ("announced", "underway", "achieved", "abandoned", "missed")
_TOLD: dict[str, tuple[Any, ...]] = {
    "place": (0.3, "id:inner", "id:middle", "id:outer", "id:elsewhere"),
    "speaker": (0.6, "id:acme", "id:ann"),
    "promisedBy": (0.05, "id:bolt"),
    "status": (0.3, *(f"cp:{status}" for status in _STATUSES)),
}


def _measured(draw: random.Random, kind: str, day: str) -> list[str]:
    """Return the amount, the days and the status without which a kind of statement tells nothing."""
    amount = [
        f"cp:indicator id:{draw.choice(('count', 'count', 'sum'))}",
        f"cp:value {draw.choice((5, 10, 20))}",
    ]
    due = [f'cp:due "20{draw.choice((19, 20))}-12-31"^^xsd:date'] if draw.random() < 0.6 else []
    if kind == "Observation":
        return [*amount, "cp:kind cp:counted", f'cp:when "{day}"^^xsd:date']
    return [*amount, *due] if kind == "Target" else [f"cp:status cp:{draw.choice(_STATUSES)}", *due]


def told_already(seed: int) -> Sources:
    """Return a world with an export of itself among its sources: what that tells is not told again."""
    sources = gainsaying(seed)
    judged = sorted(state_of(sources).judged)
    exports = {
        f"export-{n}": frozenset(
            in_graph(ox.parse(b"".join(judged[n::3]), format=N_QUADS), f"export-{n}")
        )
        for n in range(2)
    }
    return sources | exports


def shipped() -> Sources:
    read = {file.name: read_source(file).quads for file in building.shipped_files()}
    return ontology() | {name: frozenset(nquads.split(quads)) for name, quads in read.items()}


def _canonical(text: str) -> Lines:
    return frozenset(nquads.canonical(ox.parse(text, format=N_QUADS)))


def in_graph(quads: Iterable[ox.Quad], name: str) -> list[bytes]:
    graph = ox.NamedNode(ID + name)
    return nquads.canonical(ox.Quad(*quad.triple, graph) for quad in quads)


def name_of(node: object) -> str:
    return str(to_python(node))  # type: ignore[arg-type]


def published_on(line: bytes, day: str) -> bytes:
    """Return a line, of another day if it tells when a source was published."""
    subject, predicate, value, graph = nquads.parts(line)
    if predicate == PUBLISHED:
        value = f'"{day}"^^<{PREFIXES["xsd"]}date>'.encode()
    return _line(subject, predicate, value, graph)


# Changes.


def takes_away(draw: random.Random, now: Sources, all_: Sources) -> Sources:
    del all_
    name = draw.choice(sorted(now.keys() - {""}))
    return {other: lines for other, lines in now.items() if other != name}


def brings_back(draw: random.Random, now: Sources, all_: Sources) -> Sources:
    gone = sorted(name for name in all_ if now.get(name) != all_[name])
    return now | {name: all_[name] for name in gone[:1] and [draw.choice(gone)]}


def forgets(draw: random.Random, now: Sources, all_: Sources) -> Sources:
    """Take a statement or a thing out of a source."""
    del all_
    name, lines = _some(draw, now)
    subject = nquads.subject_of(draw.choice(lines))
    return now | {name: frozenset(one for one in lines if nquads.subject_of(one) != subject)}


def loses(draw: random.Random, now: Sources, all_: Sources) -> Sources:
    """Take one line out of a source."""
    del all_
    name, lines = _some(draw, now)
    return now | {name: frozenset(lines) - {draw.choice(lines)}}


def says_otherwise(draw: random.Random, now: Sources, all_: Sources) -> Sources:
    """Let a line have the value that another of its property has."""
    name, lines = _some(draw, now)
    line = draw.choice(lines)
    subject, predicate, _, graph = nquads.parts(line)
    value = draw.choice(_values(all_, predicate) or [nquads.parts(line)[2]])
    return now | {name: frozenset(lines) - {line} | {_line(subject, predicate, value, graph)}}


def says_more(draw: random.Random, now: Sources, all_: Sources) -> Sources:
    """Let a statement, or a thing, have one more value of a property, be it of another kind of statement."""
    name, lines = _some(draw, now)
    key = draw.choice(LINKED)
    subject, *_, graph = nquads.parts(draw.choice(lines))
    predicate = f"<{CP}{key}>".encode()
    values = _statements(all_) if key in BETWEEN else _values(all_, predicate)
    if not values:
        return now
    return now | {name: frozenset(lines) | {_line(subject, predicate, draw.choice(values), graph)}}


def appears(draw: random.Random, now: Sources, all_: Sources) -> Sources:
    """Let a source be of another day: now and then before, or after, all others."""
    del all_
    name, lines = _some(draw, now)
    days = [line for line in lines if nquads.parts(line)[1] == PUBLISHED]
    if not days:
        return now
    day = draw.choice(
        ("2009-12-31", "2018-06-30", "2019-12-31", "2020-12-31", "2021-06-30", "2026-11-28")
    )
    return now | {name: frozenset(lines) - {days[0]} | {published_on(days[0], day)}}


TAKING: tuple[Callable[..., Sources], ...] = (takes_away, forgets, loses)
GIVING: tuple[Callable[..., Sources], ...] = (
    brings_back,
    says_otherwise,
    says_more,
    says_more,
    appears,
)


def changed(draw: random.Random, now: Sources, all_: Sources, taking: float) -> Sources:
    """Return a world after one to three changes, of which about so many take something away."""
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        change = draw.choice(TAKING if draw.random() < taking else GIVING)
        empty = not any(lines for name, lines in now.items() if name)
        now = (brings_back if empty else change)(draw, now, all_)
    return now


def _some(draw: random.Random, now: Sources) -> tuple[str, list[bytes]]:
    """Return a source; seldom the ontology, of which everything hangs."""
    seldom = draw.random() < 0.02
    names = sorted(name for name, lines in now.items() if lines and bool(name) != seldom)
    name = draw.choice(names)
    return name, sorted(now[name])


def _line(*terms: bytes) -> bytes:
    return b"%s %s %s %s .\n" % terms


_KNOWN: dict[int, tuple[Sources, dict[bytes, list[bytes]]]] = {}


def _index(all_: Sources) -> dict[bytes, list[bytes]]:
    """Return the values of each property in a world, and under "" its statements."""
    known = _KNOWN.get(id(all_))
    if known is None or known[0] is not all_:
        parts = sorted(
            {nquads.parts(line)[:3] for lines in all_.values() for line in lines}, key=_of
        )
        by_predicate = {
            key: sorted({value for *_, value in rows}) for key, rows in groupby(parts, key=_of)
        }
        said = {subject for subject, key, _ in parts if key == f"<{CP}source>".encode()}
        known = _KNOWN[id(all_)] = all_, by_predicate | {b"": sorted(said)}
    return known[1]


def _of(parts: tuple[bytes, ...]) -> bytes:
    return parts[1]


def _values(all_: Sources, predicate: bytes) -> list[bytes]:
    return _index(all_).get(predicate, [])


def _statements(all_: Sources) -> list[bytes]:
    return _index(all_)[b""]


def iri(name: str) -> bytes:
    return (ID + name).encode()
