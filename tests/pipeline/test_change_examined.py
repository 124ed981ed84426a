"""What is found after a change, where it touches, is what is found in the whole, in every finding."""

from __future__ import annotations

import os
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st

from kg.base import Change, Report, nquads
from kg.pipeline.change_examined import examine_change
from kg.pipeline.surroundings import lines_in
from kg.pipeline.validation import examine
from kg.query import Index
from tests.pipeline import breakable

SEQUENCES = int(os.environ.get("KG_WORLDS", "6"))
State = frozenset[bytes]

FIXED = settings(
    max_examples=SEQUENCES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def whole(state: State) -> Report:
    asserted = b"".join(sorted(state))
    return examine(Index.of(asserted), asserted)


def told(report: Report) -> list[tuple[object, ...]]:
    """Return all that a finding says, and what it is told by other programs."""
    return [(f.violation, f.node, f.path, f.value, f.message, f.shape) for f in report.findings]


def stepped(report: Report, old: State, new: State, derived: int = 0) -> Report:
    """Return what is found where a state becomes another."""
    asserted = b"".join(sorted(old))
    store = ox.Store()
    for data in (asserted, breakable.noise(old, derived)):
        store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    gone, fresh = (b"".join(sorted(lines)) for lines in (old - new, new - old))
    return examine_change(report, store, Change(gone, fresh), lines_in(asserted))


def changed(state: State, kind: int, pick: int) -> State:
    """Return a state after a change: something whole comes or goes, or some lines."""
    random = Random(pick)  # noqa: S311 - a world, not a secret
    if kind < 3:  # noqa: PLR2004
        unit = frozenset(breakable.units()[pick % len(breakable.units())])
        return state - unit if kind == 0 else state | unit
    if kind == 3:  # noqa: PLR2004
        return state | {random.choice(breakable.pool()) for _ in range(random.randint(1, 4))}
    ours = sorted(line for line in state if b"ontology> .\n" not in line)
    return state - {random.choice(ours) for _ in range(random.randint(1, 4))} if ours else state


def test_random():
    import time

    n = int(os.environ.get("N", "20"))
    seed = int(os.environ.get("SEED", "0"))
    shapes = set()
    for k in range(seed, seed + n):
        R = Random(k)
        state = breakable.base()
        if R.random() < 0.5:
            for u in breakable.units():
                if R.random() < 0.15:
                    state |= frozenset(u)
        rep = whole(state)
        dels = R.choice([0.25, 0.5, 0.9])
        for step in range(12):
            new = state
            for _ in range(R.randint(1, 4)):
                kind = R.choice([0, 4]) if R.random() < dels else R.choice([1, 2, 3])
                new = changed(new, kind, R.randrange(10**6))
            expected = whole(new)
            got = stepped(rep, state, new, R.randrange(7))
            a, b = told(got), told(expected)
            shapes |= {f.shape for f in expected.findings}
            if a != b:
                print("seed", k, "step", step)
                print("missing", [x for x in b if x not in a][:5])
                print("too much", [x for x in a if x not in b][:5])
                print("- ", *sorted(state - new)[:20], sep="\n")
                print("+ ", *sorted(new - state)[:20], sep="\n")
                raise AssertionError
            state, rep = new, expected
    print(len(shapes))
