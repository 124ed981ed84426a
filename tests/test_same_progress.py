"""The command line and the page tell the same of every promise: how much is done, and how it ended."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.base import ID
from tests import blocks
from tests.benchmarks import generate

if TYPE_CHECKING:
    from kg.plans import Plan

# When nothing is to be told any more that is not told by now.
LATE = date(2100, 1, 1)
ENDS = {"met", "met-late", "partly", "missed", "abandoned"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """A generated world, with promises that were replaced after their day."""
    path = tmp_path_factory.mktemp("world") / "world.nq"
    generate.write_nquads(path, 30_000)
    return kg.build([path], check=False)


@pytest.fixture(params=["shipped", "generated"])
def asked(request: pytest.FixtureRequest) -> kg.Graph:
    names = {"shipped": "graph", "generated": "world"}
    found: kg.Graph = request.getfixturevalue(names[request.param])
    return found


Told = tuple[int | None, int | None, str | None, str | None]
"""How much is done in per cent, surely and at most; the statement behind it; and how it ended."""


def progress_of(graph: kg.Graph) -> dict[str, Told]:
    rests = {
        str(row["promise"]): row["restsOn"]
        for row in graph.ask("outcome", today=LATE)
        if row["observed"] is not None
    }
    told = {}
    for row in graph.ask("progress", today=LATE):
        name, verdict = str(row["promise"]), str(row["verdict"]).removeprefix("cp:")
        done = row["done"] if name in rests else None
        most = row["atMost"] if name in rests and done is None else None
        told[name] = (
            None if done is None else int(str(done)),
            None if most is None else int(str(most)),
            rests.get(name) and str(rests[name]),
            verdict if verdict in ENDS else None,
        )
    return told


def percent(share: float | None) -> int | None:
    """Round as the page does: halves upwards, of four decimals."""
    if share is None:
        return None
    return int((Decimal(round(share * 10**4)) / 100 + Decimal("0.5")).to_integral(ROUND_FLOOR))


def told_by(entry: dict[str, Any], fact: Any = str) -> Told:
    progress, outcome = entry["progress"], entry["outcome"]
    part = percent(progress["part"]) if progress else None
    most = percent(progress.get("most")) if progress and part is None else None
    return (
        part,
        most,
        fact(progress["fact"]).removeprefix(ID) if progress else None,
        outcome["status"] if outcome else None,
    )


def plans_of(graph: kg.Graph) -> dict[str, Told]:
    told: dict[str, Told] = {}
    plans: dict[str, Plan] = graph.plans()
    for iri, plan in plans.items():
        told[iri.removeprefix(ID)] = told_by(asdict(plan))
        told |= {old.target.removeprefix(ID): told_by(asdict(old)) for old in plan.former}
    return told


def page_of(graph: kg.Graph) -> dict[str, Told]:
    """Read what the page is given; where a statement is meant, it has the number of its key."""
    page = graph.view().html.decode()

    data, nodes = blocks.data(page, "graph-data"), blocks.records(page, "graph-nodes")

    def fact(number: int) -> str:
        return str(data["base"] + data["keys"][number])

    said = blocks.unpacked(blocks.data(page, "graph-statements")["said"])
    observed = {
        fact(number).removeprefix(ID)
        for number, statement in enumerate(said)
        if statement.get("kind") == "Observation"
    }
    told: dict[str, Told] = {}
    for promise in data["promises"]:
        last = promise["told"][-1] if promise["told"] else {}
        least, most = last.get("least"), last.get("most")
        grounds = fact(last["fact"]).removeprefix(ID) if "fact" in last else None
        told[nodes[promise["node"]]["iri"].removeprefix(ID)] = (
            percent(least),
            percent(most) if least is None else None,
            grounds if grounds in observed else None,
            last.get("outcome") if last.get("outcome") in ENDS else None,
        )
    return told


def test_plans_tell_the_progress_that_the_question_tells(asked: kg.Graph) -> None:
    progress, plans = progress_of(asked), plans_of(asked)
    assert len(progress) > 100
    assert {name: plans[name] for name in progress} == progress


def test_page_tells_the_progress_that_the_question_tells(asked: kg.Graph) -> None:
    progress, page = progress_of(asked), page_of(asked)
    assert {name: page[name] for name in progress} == progress


def test_what_is_done_at_most_is_not_told_as_done(graph: kg.Graph) -> None:
    # BGR India counts more than 2,500 of 5,000 shops, which are at most 3,125.
    told = page_of(graph)["repost-of-agency-text-2018-11.2"]
    assert told == (None, 63, "bgr-india-2020-01-14.1", "missed")


def test_targets_replaced_after_their_day_are_among_them(asked: kg.Graph) -> None:
    former = [old.target for plan in asked.plans().values() for old in plan.former]
    assert former
    assert {name.removeprefix(ID) for name in former} <= progress_of(asked).keys()
