"""After any change what is judged again is what judging everything gives, in every line."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from kg.base import nquads
from kg.promises import judge_change
from tests.promises import changing

if TYPE_CHECKING:
    from tests.promises.changing import Sources, State

SEQUENCES = int(os.environ.get("KG_WORLDS", "3"))
STEPS = 12


def judged_after(old: State, new: State) -> None:
    """Judge what has changed between two graphs, and hold it against what judging everything gave."""
    change = changing.between(old, new)
    store = changing.stored(new.asserted | new.rules | old.judged)
    made = judge_change(old.store(), store, change)
    gone, fresh = map(nquads.split, made)
    assert gone == sorted(set(gone))
    assert fresh == sorted(set(fresh))
    assert old.judged.issuperset(gone)
    assert old.judged.isdisjoint(fresh)
    assert old.judged.difference(gone).union(fresh) == new.judged
    assert set(store) == set(new.store())


def run(sources: Sources, seed: int, steps: int = STEPS) -> None:
    draw = random.Random(seed)  # noqa: S311 - a world, not a secret
    taking = draw.choice((0.25, 0.5, 0.9))
    now, state = sources, changing.state_of(sources)
    for _ in range(steps):
        now = changing.changed(draw, now, sources, taking)
        after = changing.state_of(now)
        judged_after(state, after)
        state = after


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_generated_world(seed: int) -> None:
    run(changing.generated(2000, seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES * 8))
def test_world_that_gainsays_itself(seed: int) -> None:
    run(changing.gainsaying(seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES * 4))
def test_world_that_hangs_together(seed: int) -> None:
    run(changing.hanging_together(seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_world_that_tells_of_its_promises_itself(seed: int) -> None:
    run(changing.told_already(seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES // 3 or 1))
def test_shipped_world(seed: int) -> None:
    run(changing.shipped(), seed, 4)
