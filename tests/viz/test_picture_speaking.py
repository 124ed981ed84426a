"""Which of several promises of one plan is told for all, held against the rule in words, day by day."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from tests.work import calls
from viz.speaking import add_speakers

OUTCOMES = ["open", "met", "missed", "replaced", "no-result"]
BEGIN = date(2020, 1, 1)


def on(day: int) -> str:
    return (BEGIN + timedelta(days=day)).isoformat()


def made(random: Random, node: int) -> dict[str, object]:
    days = sorted(random.sample(range(100), random.randint(1, 4)))
    told = [
        {"since": on(begin), "until": on(end - 1), "outcome": random.choice(OUTCOMES)}
        for begin, end in pairwise(days)
    ]
    last = {"since": on(days[-1]), "outcome": random.choice(OUTCOMES)}
    if random.random() < 0.3:
        last["until"] = on(days[-1] + random.randint(0, 20))
    due = random.choice([None, on(random.randint(0, 150)), on(50)])
    return {"node": node, "due": due, "told": [*told, last]}


def by_the_rule(several: list[dict], day: str) -> int | None:
    """Of those that hold the one that is due last, and without one of these the first."""
    standing = {
        at: one["outcome"]
        for at, promise in enumerate(several)
        for one in promise["told"]
        if one["since"] <= day <= one.get("until", "9999-12-31")
    }
    holding = [at for at, outcome in standing.items() if outcome != "replaced"]
    return max(
        holding or sorted(standing)[:1],
        key=lambda at: (several[at]["due"] or "", -at),
        default=None,
    )


@pytest.mark.parametrize("seed", range(30))
def test_one_that_holds_and_is_due_last_is_told_for_all(seed):
    random = Random(seed)  # noqa: S311 - nobody has to guess it
    several = [made(random, 1) for _ in range(random.randint(2, 6))]
    alone = made(random, 2)
    add_speakers([*several, alone])
    assert "speaks" not in alone
    for day in map(on, range(-1, 160)):
        speak = [
            at
            for at, promise in enumerate(several)
            if any(since <= day <= (until or day) for since, until in promise["speaks"])
        ]
        wanted = by_the_rule(several, day)
        assert speak == ([] if wanted is None else [wanted])


def test_of_many_promises_of_one_plan_the_work_grows_no_faster_than_they_do():
    def work(many: int) -> int:
        several = [
            {"node": 1, "due": on(at), "told": [{"since": on(at % 3000), "outcome": "open"}]}
            for at in range(many)
        ]
        return calls(lambda: add_speakers(several))

    assert work(2000) < 2.5 * work(1000)
