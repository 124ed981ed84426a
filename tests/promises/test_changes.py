"""After any change what is judged again is what judging everything gives, in every line."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from tests.promises import changing

if TYPE_CHECKING:
    from tests.promises.changing import Sources

SEQUENCES = int(os.environ.get("KG_WORLDS", "3"))
STEPS = 8


def run(sources: Sources, seed: int, steps: int = STEPS) -> None:
    draw = random.Random(seed)  # noqa: S311 - a world, not a secret
    taking = draw.choice((0.25, 0.5, 0.9))
    now, state = sources, changing.state_of(sources)
    for _ in range(steps):
        now = changing.changed(draw, now, sources, taking)
        after = changing.state_of(now)
        changing.judged_after(state, after)
        state = after


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_generated_world(seed: int) -> None:
    run(changing.generated(2000, seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES * 4))
def test_world_that_gainsays_itself(seed: int) -> None:
    run(changing.gainsaying(seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES * 3))
def test_world_that_hangs_together(seed: int) -> None:
    run(changing.hanging_together(seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES * 6))
def test_tangled_world(seed: int) -> None:
    run(changing.tangled(seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_world_that_tells_of_its_promises_itself(seed: int) -> None:
    run(changing.told_already(seed), seed)


@pytest.mark.parametrize("seed", range(SEQUENCES // 3 or 1))
def test_shipped_world(seed: int) -> None:
    run(changing.shipped(), seed, 4)
