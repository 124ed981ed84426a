"""Generated worlds, in which every face tells the same of every promise, today and of any day past."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import ID
from kg.promises import CONCLUSIVE
from tests.benchmarks import generate

if TYPE_CHECKING:
    from pathlib import Path

WORLDS = int(os.environ.get("KG_WORLDS", "8"))
"""How many; the whole set is 500."""


@pytest.fixture(scope="module", params=range(WORLDS))
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    path: Path = tmp_path_factory.mktemp("world") / "world.nq"
    generate.write_nquads(path, 2000, seed=request.param)
    return kg.build([path], check=False)


def outcomes(graph: kg.Graph, day: str) -> dict[str, tuple[object, ...]]:
    columns = ("verdict", "reason", "atLeast", "atMost", "observed", "on", "replacedBy", "restsOn")
    return {
        str(row["promise"]): tuple(row[column] for column in columns)
        for row in graph.ask("outcome", date=day)
    }


def test_picture_shows_what_the_question_tells(world: kg.Graph) -> None:
    told = outcomes(world, "2100-01-01")
    plans = world.plans()
    assert told
    for name, (verdict, *_, rests_on) in told.items():
        if (plan := plans.get(ID + name)) is None or plan.company is None:
            continue  # another took its place
        status = str(verdict).removeprefix("cp:")
        shown = (plan.outcome.status, plan.outcome.fact) if plan.outcome else None
        assert shown == ((status, ID + str(rests_on)) if status in CONCLUSIVE else None)


@pytest.mark.parametrize("day", ["2014-06-30", "2017-12-31", "2021-03-31"])
def test_past_looked_up_is_the_past_judged_anew(world: kg.Graph, day: str) -> None:
    then = outcomes(world.as_of(date.fromisoformat(day)), day)
    assert then
    assert then == outcomes(world, day)


def test_questions_agree_on_what_is_known(world: kg.Graph) -> None:
    day = "2020-06-30"
    told = outcomes(world, day)
    unknown = {
        name
        for name, (verdict, *_, replaced, _) in told.items()
        if verdict == "cp:undetermined" and replaced is None
    }
    assert {str(row["promise"]) for row in world.ask("overdue", date=day)} == unknown
    done = {str(row["promise"]): row["verdict"] for row in world.ask("progress", date=day)}
    assert done == {name: told[name][0] for name in done}
    assert {verdict for verdict, *_ in told.values()} - {*done.values()} <= {"cp:replaced"}
    for row in world.ask("track-record", date=day):
        theirs = outcomes_of(world, str(row["speaker"]), day)
        assert row["promises"] == len(theirs)
        assert row["met"] == theirs.count("cp:met")
        assert row["undetermined"] == theirs.count("cp:undetermined")


def outcomes_of(graph: kg.Graph, speaker: str, day: str) -> list[object]:
    return [row["verdict"] for row in graph.ask("outcome", speaker=speaker, date=day)]
