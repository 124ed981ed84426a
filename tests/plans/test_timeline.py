"""Plans in time: their days, what put them off, how far they are and how they ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.base import ID
from kg.plans.timeline import plan_timeline
from kg.promises import statements
from kg.promises.grouping import group_promises
from kg.promises.verdicts import CONCLUSIVE

if TYPE_CHECKING:
    import kg
    from kg.plans.plan import Plan


@pytest.fixture(scope="module")
def found(graph: kg.Graph) -> dict[str, Plan]:
    return plan_timeline(graph.index)


def test_every_initiative_is_a_plan_and_every_target_is_one_or_part_of_one(graph, found) -> None:
    rows = graph.query("SELECT ?x { { ?x a cp:Initiative } UNION { ?x a cp:Target } }").rows
    folded = {old for plan in found.values() for old in plan.before}
    promises = group_promises(statements.load_statements(graph.index))
    told = {promises[name][0].name if name in promises else name for (name,) in rows}
    assert {ID + name for name in told} == set(found) | folded
    assert not set(found) & folded


def test_graph_gives_its_plans(graph: kg.Graph, found: dict[str, Plan]) -> None:
    assert graph.plans() == found


def test_a_target_that_several_sources_state_is_one_plan(found) -> None:
    plan = found[ID + "medianama-2017-03-28.6.1"]
    assert not {ID + "factordaily-2017-03-27.1", ID + "indiarep-2017-04-04.2"} & set(found)
    assert plan.start == "2017-03-27"
    assert [step.words for step in plan.steps] == ["March 2020"]


def test_a_doubling_to_500_is_the_500(found) -> None:
    assert ID + "medianama-2017-03-28.3.4" in found
    assert ID + "medianama-2017-03-28.3.6" not in found


def test_whoever_confirms_a_target_may_name_the_day_that_it_left_out(found) -> None:
    assert ID + "medianama-2017-03-28.6.6" not in found
    plan = found[ID + "repost-of-the-economic-times-2017-03.1"]
    assert [step.words for step in plan.steps] == ["2017"]


def test_a_refinery_that_was_put_off_again_and_again(found) -> None:
    plan = found[ID + "dangote-refinery"]
    assert plan.company == ID + "dangote-industries"
    assert plan.start == "2013-01-01"
    assert [step.day for step in plan.steps] == [
        "2016-12-31", "2020-12-31", "2022-09-30", "2023-12-31",
    ]  # fmt: skip
    assert [change.status for change in plan.changes] == [
        "announced", "missed", "underway", "missed", "postponed", "achieved",
    ]  # fmt: skip
    assert plan.outcome == plan.changes[-1]


def test_a_target_that_updates_another_stands_for_both(found) -> None:
    plan = found[ID + "african-energy-council-2023-11.5"]
    assert [old.removeprefix(ID) for old in plan.before] == [
        "repost-of-bloomberg-2018-07.2", "leadership-2022-01-24.3",
    ]  # fmt: skip
    assert plan.start == "2018-07-31"
    assert [step.words for step in plan.steps] == [
        "June 2020", "the first quarter of 2023", "2024-12-31",
    ]  # fmt: skip
    assert plan.within == ID + "dangote-refinery"


def test_a_target_cut_after_its_day_without_another_one_is_not_due(found) -> None:
    cut = found[ID + "upnewsinfo-2021-04-20.2"]
    assert [old.removeprefix(ID) for old in cut.before] == ["9to5mac-2017-07-26.1"]
    assert cut.start == "2017-07-26"
    assert cut.steps == ()


def test_what_is_put_off_on_the_day_of_its_words_comes_second(found) -> None:
    first, second, *_ = found[ID + "tsmc-arizona-1"].steps
    assert (first.day, second.day) == ("2024-12-31", "2025-12-31")
    assert first.said == second.said


def test_two_days_given_at_once_are_a_range_and_no_step(found) -> None:
    (step,) = found[ID + "ikea-delhi-ncr"].steps
    assert (step.earliest, step.day) == ("2026-12-31", "2028-12-31")


def test_a_figure_that_decides_is_the_progress(found) -> None:
    plan = found[ID + "medianama-2017-03-28.3.4"]
    assert plan.outcome.status == "met"
    assert plan.progress.fact == plan.outcome.fact
    assert plan.progress.part >= 1


def test_an_initiative_reaches_as_far_as_its_targets(found) -> None:
    whole = found[ID + "air-new-zealand-net-zero"]
    assert (whole.steps, whole.reach) == ((), "2050-12-31")


def test_a_plan_of_a_state_belongs_to_the_state(found) -> None:
    assert found[ID + "saxony-anhalt-magdeburg-site"].company == ID + "state-of-saxony-anhalt"


def test_all_days_are_days(found) -> None:
    assert any(plan.changes for plan in found.values())
    for plan in found.values():
        days = [
            plan.start,
            plan.reach,
            *(c.day for c in plan.changes),
            *(s.day for s in plan.steps),
        ]
        assert [date.fromisoformat(day).isoformat() for day in days if day] == [
            d for d in days if d
        ]


def test_outcomes_are_those_that_the_question_tells(graph, found) -> None:
    told = {
        ID + str(row["promise"]): str(row["verdict"]).removeprefix("cp:")
        for row in graph.ask("outcome", today=date(2100, 1, 1))
        if row["indicator"]
    }
    ended = {
        iri: plan.outcome.status for iri, plan in found.items() if iri in told and plan.outcome
    }
    assert ended == {
        iri: verdict for iri, verdict in told.items() if iri in found and verdict in CONCLUSIVE
    }
    assert {"met", "partly", "missed", "abandoned"} <= set(ended.values())
