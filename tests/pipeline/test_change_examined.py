"""What is found after a change, where it touches, is what is found in the whole, in every finding.

Any state is examined, be it one that a build would refuse: what follows from what is broken is broken
and mended in turn. `KG_WORLDS` says how many sequences are tried; hypothesis makes short what fails.
"""

from __future__ import annotations

import os
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st

import kg
from kg.base import CP, DERIVED, ID, RDF, Change, Report, nquads
from kg.pipeline import surroundings
from kg.pipeline.building import ontology_quads
from kg.pipeline.change_examined import examine_change
from kg.pipeline.mistyped import MISTYPED
from kg.pipeline.relating import RELATED
from kg.pipeline.surroundings import lines_in
from kg.pipeline.updating import UPDATES
from kg.pipeline.validation import CYCLE, examine, load_queries
from kg.query import Index
from tests.benchmarks import generate
from tests.ontology.test_shapes import checks
from tests.pipeline import breakable
from tests.work import calls

if TYPE_CHECKING:
    from collections.abc import Iterator

State = frozenset[bytes]

FIXED = settings(
    max_examples=int(os.environ.get("KG_WORLDS", "6")),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

WHOLE = ("takes away a file", "takes away lines")
PART = ("brings a file", "brings a file again", "brings lines")


BATCHES = 36


def operations(deletions: int) -> st.SearchStrategy[list[list[tuple[str, int]]]]:
    """Return a strategy for steps of operations, about so many of eight of which take away."""
    names = st.integers(0, 7).flatmap(
        lambda drawn: st.sampled_from(WHOLE if drawn < deletions else PART)
    )
    one = st.tuples(names, st.integers(0, 10**6))
    return st.lists(st.lists(one, min_size=1, max_size=4), min_size=1, max_size=8)


SEQUENCE = st.tuples(st.integers(0, 10**6), st.sampled_from((2, 4, 7)).flatmap(operations))


def whole(state: State) -> Report:
    asserted = b"".join(sorted(state))
    return examine(Index.of(asserted), asserted)


def difference(old: State, new: State) -> Change:
    gone, fresh = (b"".join(sorted(lines)) for lines in (old - new, new - old))
    return Change(gone, fresh)


def stepped(report: Report, old: State, new: State, derived: bytes = b"") -> Report:
    """Return what is found where a state becomes another."""
    asserted = b"".join(sorted(old))
    store = ox.Store()
    for data in (asserted, derived):
        store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    return examine_change(report, store, difference(old, new), lines_in(asserted))


def assert_same(report: Report, expected: Report) -> None:
    """Hold two reports against each other, with what other programs are told of each finding."""
    assert list(map(all_of, report.findings)) == list(map(all_of, expected.findings))


def all_of(finding: Any) -> tuple[object, ...]:
    return (*vars(finding).values(),)


def started(pick: int) -> State:
    """Return a state to begin with: what keeps everything, or what is broken in many places."""
    random = Random(pick)  # noqa: S311 - a world, not a secret
    units = breakable.units() if pick % 2 else ()
    some = [line for unit in units if random.random() < 0.15 for line in unit]
    return breakable.base().union(some)


def operated(state: State, operation: tuple[str, int]) -> State:
    """Return a state after something whole comes or goes, or some lines."""
    name, pick = operation
    random = Random(pick)  # noqa: S311 - a world, not a secret
    unit = frozenset(breakable.units()[pick % len(breakable.units())])
    if name == "takes away a file":
        return state - unit
    if name == "brings lines":
        return state | {random.choice(breakable.pool()) for _ in range(random.randint(1, 4))}
    if name == "takes away lines":
        ours = sorted(state.intersection(breakable.pool()))
        return state - {random.choice(ours) for _ in range(min(len(ours), random.randint(1, 4)))}
    return state | unit


def test_changes_to_a_breakable_world_are_found_as_in_the_whole() -> None:
    @FIXED
    @given(SEQUENCE)
    def run(drawn: tuple[int, list[list[tuple[str, int]]]]) -> None:
        first, steps = drawn
        state = started(first)
        report = whole(state)
        for number, step in enumerate(steps):
            new = state
            for operation in step:
                new = operated(new, operation)
            note(f"step {number}: {difference(state, new)}")
            expected = whole(new)
            with pytest.MonkeyPatch.context() as patch:
                # In every other step as in a world in which many say something.
                patch.setattr(surroundings, "_MANY", 1 if number % 2 else 1000)
                assert_same(stepped(report, state, new, breakable.noise(number)), expected)
            state, report = new, expected

    run()


def test_every_shape_and_every_query_is_broken_and_mended_again() -> None:
    # Few at once, as one may hide another; each step mends what the one before broke.
    units, found = breakable.units(), set()
    steps = [frozenset(line for unit in units[n::BATCHES] for line in unit) for n in range(BATCHES)]
    state, report = breakable.base(), Report()
    for lines in [*steps, frozenset[bytes]()]:
        new = breakable.base() | lines
        expected = whole(new)
        assert_same(stepped(report, state, new), expected)
        found |= {finding.shape for finding in expected.findings}
        state, report = new, expected
    assert report.findings == ()
    queries = {CP + name for name in load_queries()}
    every = {*map(str, checks()), *queries, CYCLE, RELATED, UPDATES, MISTYPED}
    assert sorted(every - found) == []


def test_each_line_that_is_looked_at_by_code_counts() -> None:
    """Of a world that keeps everything each line goes: what was told of could not hide what is missed."""
    lines = breakable.kept()
    state = breakable.base().union(lines)
    assert whole(state).findings == ()
    found = set()
    looked = sorted(line for line in state if looked_at_by_code(line))
    for new in [
        *(state - {line} for line in looked),
        *(state | {one} for one in breakable.unkept()),
    ]:
        expected = whole(new)
        assert_same(stepped(Report(), state, new), expected)
        found |= {finding.shape for finding in expected.findings}
    assert found > {CYCLE, RELATED, UPDATES, MISTYPED}


def looked_at_by_code(line: bytes) -> bool:
    subject, predicate, _, graph = nquads.parts(line)
    if graph == f"<{ID}world>".encode():
        return subject in {f"<{ID}{name}>".encode() for name in ("acme", "bolt", "anna", "shops")}
    if graph == f"<{ID}kept>".encode():
        looked = b"about> company> confirms> lei> object> predicate> subject> updates>".split()
        return predicate.endswith(tuple(looked))
    about = {
        f"<{CP}{name}>".encode()
        for name in ("chiefExecutiveOf", "Company", "Organization", "Person")
    }
    return subject in about and predicate.endswith(
        (b"#label>", b"#type>", b"#subClassOf>", b"main>", b"ange>")
    )


@cache
def shipped() -> State:
    return frozenset(nquads.split(kg.build(check=False).asserted))


@cache
def generated() -> State:
    lines = {
        line.encode()
        for document in generate.World(3000).documents()
        for line in generate.nquads(document)
    }
    canonical = nquads.canonical(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))
    return frozenset(canonical).union(nquads.split(ontology_quads()))


@pytest.mark.parametrize("world", [shipped, generated], ids=["shipped", "generated"])
def test_changes_of_files_are_found_as_in_the_whole(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, state = Random(2), world()  # noqa: S311 - a world, not a secret
    report = whole(state)
    assert report.findings == ()
    graphs = sorted({nquads.graph_of(line) for line in state} - {CP.removesuffix("#")})
    picked = random.sample(graphs, 3)
    said = {g: frozenset(line for line in state if nquads.graph_of(line) == g) for g in picked}
    first, second, third = picked
    number = re_valued(said[second])
    steps = [
        state - said[first],
        state - said[first] - said[second] | number,
        state - said[third],
        state,
    ]
    # As if all of it followed, too: however much that is, it is not looked at.
    derived = nquads.in_graph(b"".join(sorted(state)), DERIVED)
    for new in steps:
        expected = whole(new)
        assert_same(stepped(report, state, new), expected)
        for much in (1, 2, 100):
            monkeypatch.setattr(surroundings, "_MUCH", much)
            assert_same(stepped(report, state, new, derived), expected)
        state, report = new, expected


def re_valued(lines: State) -> State:
    """Return what a file says with other numbers, in a form that the index rewrites."""
    return frozenset(line.replace(b'#value> "', b'#value> "0') for line in lines)


# In every digit


XSD = "http://www.w3.org/2001/XMLSchema#"


def said(subject: str, predicate: str, value: str, graph: str = "w") -> bytes:
    return f"<{ID}{subject}> <{predicate}> {value} <{ID}{graph}> .\n".encode()


@pytest.mark.parametrize(
    ("before", "gone", "fresh", "found"),
    [
        # A start that the index gives back as xsd:integer is looked at again, and is none.
        ((), (), (said("span", CP + "section", '"2"', "other"),), ["SpanSectionShape"]),
        # Two ways of writing one number are two numbers of a span, and one of them may go.
        ((), (), (said("span", "http://www.w3.org/ns/oa#start", f'"00"^^<{XSD}nonNegativeInteger>'),),
         ["SpanStartShape"]),
        ((said("span", "http://www.w3.org/ns/oa#start", f'"00"^^<{XSD}nonNegativeInteger>', "world"),),
         (said("span", "http://www.w3.org/ns/oa#start", f'"00"^^<{XSD}nonNegativeInteger>', "world"),),
         (said("span", CP + "near", "<a:x>"),), ["SpanShape"]),
        # What is no day stays what it is while its statement changes elsewhere.
        ((said("said", CP + "uttered", f'"2020-02-30"^^<{XSD}date>'),), (),
         (said("said", CP + "near", "<a:x>"),), ["StatementUtteredShape", "ObservationShape"]),
    ],
    ids=["type", "comes", "goes", "ill-typed"],
)  # fmt: skip
def test_values_are_looked_at_as_they_were_written(before, gone, fresh, found) -> None:
    old = breakable.base().union(before)
    new = old.difference(gone).union(fresh)
    expected = whole(new)
    assert_same(stepped(whole(old), old, new), expected)
    shapes = {finding.shape.removeprefix(CP) for finding in expected.findings}
    assert shapes.issuperset(found[:1])


def test_what_is_derived_is_not_looked_at() -> None:
    old = breakable.base()
    line = said("nobody", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{CP}Person>")
    derived = nquads.in_graph(line, DERIVED)
    new = old | {said("observation", CP + "speaker", f"<{ID}nobody>")}
    assert_same(stepped(Report(), old, new, derived), whole(new))
    assert whole(new).findings


# What it costs


@pytest.mark.parametrize(("much", "asked"), [(20, False), (5_000, True)])
def test_what_is_derived_in_plenty_is_passed_over_by_the_engine(
    much: int, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody, really = ox.NamedNode(f"{ID}somebody"), surroundings._asserted
    patterns: list[object] = []

    def asserted(store: ox.Store, pattern: Any) -> Iterator[ox.Quad]:
        patterns.append(pattern)
        return really(store, pattern)

    monkeypatch.setattr(surroundings, "_asserted", asserted)
    known = said("somebody", f"{RDF}type", f"<{CP}Person>")
    follows = (said("somebody", CP + "has", f"<{ID}{number}>") for number in range(much))
    old = breakable.base() | {known}
    new = old | {said("observation", CP + "speaker", str(somebody))}
    derived = nquads.in_graph(b"".join(follows), DERIVED)
    assert_same(stepped(Report(), old, new, derived), whole(new))
    assert ((somebody, None, None) in patterns) == asked


class Counted:
    """An index that counts what it gives."""

    def __init__(self, store: ox.Store) -> None:
        self.store, self.given = store, 0

    def quads_for_pattern(self, *terms: Any) -> Iterator[ox.Quad]:
        assert any(term is not None for term in terms)
        for quad in self.store.quads_for_pattern(*terms):
            self.given += 1
            yield quad


def work(triples: int) -> tuple[int, int]:
    """Return how many quads are looked at, and how many functions called, for new numbers in a file of a world."""
    lines: set[bytes] = set()
    said: dict[str, list[bytes]] = {}
    for document in generate.World(triples).documents():
        said[document["id"]] = [line.encode() for line in generate.nquads(document)]
        lines.update(said[document["id"]])
    asserted = b"".join(sorted({*lines, *nquads.split(ontology_quads())}))
    counted, lines_of = Counted(ox.Store()), lines_in(asserted)
    counted.store.bulk_load(asserted, format=ox.RdfFormat.N_QUADS)
    old = frozenset(line for line in said["company-0-news-3"] if b"#value>" in line)
    change = difference(old, re_valued(old))
    examine_change(Report(), counted, Change(), lines_of)  # which reads the shapes
    made = calls(lambda: examine_change(Report(), counted, change, lines_of))
    return counted.given, made


def test_it_costs_what_has_changed_whatever_the_world() -> None:
    (few, less), (many, more) = work(4_000), work(40_000)
    assert many < 1.2 * few
    assert more < 1.2 * less
