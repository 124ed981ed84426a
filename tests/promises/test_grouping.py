"""Targets that several statements say."""

from __future__ import annotations

import pytest

from kg.base import ID
from kg.plans.network import project_network
from kg.promises import statements
from kg.promises.grouping import group_promises
from kg.promises.statement import Origin, Statement
from tests.work import calls


def target(name: str, **says: object) -> Statement:
    common = {"about": "jobs", "indicator": "jobs-created", "value": 20_000}
    held = {key: (value,) for key, value in {**common, **says}.items()}
    origin = Origin(name, name, None, "gazette", f"2017-03-{len(name):02}")
    return Statement(name, "Target", held, origin, ())


def groups(*targets: Statement) -> list[list[str]]:
    found = group_promises({one.name: one for one in targets}).values()
    return sorted({tuple(one.name for one in group) for group in found})


def test_targets_alike_in_all_that_they_want_are_one() -> None:
    assert groups(target("a"), target("bb"), target("ccc")) == [("a", "bb", "ccc")]


def test_another_day_or_place_or_amount_is_another_target() -> None:
    ones = (target("a"), target("b", due="2020"), target("c", place="india"), target("d", value=1))
    assert groups(*ones) == [("a",), ("b",), ("c",), ("d",)]


def test_a_target_that_confirms_another_is_the_same_and_one_with_a_day_stands_for_both() -> None:
    later = target("bb", due="2020", confirms="a")
    last = target("ccc", unit="cny", value=100, due="2020", confirms="bb")
    assert groups(target("a"), later, last) == [("bb", "ccc", "a")]


def test_targets_that_gainsay_each_other_are_two() -> None:
    assert groups(target("a"), target("b", contradicts="a")) == [("a",), ("b",)]
    assert groups(target("a", due="1"), target("b", confirms="a", differsFrom="a")) == [
        ("a",), ("b",),
    ]  # fmt: skip


def test_what_confirms_a_target_stays_with_it_where_others_gainsay_it() -> None:
    ones = (target("a"), target("b", differsFrom="d"), target("c", confirms="d"), target("d"))
    assert groups(*ones) == [("a", "d", "c"), ("b",)]


@pytest.mark.parametrize("link", ["confirms", "contradicts"])
def test_targets_that_confirm_or_gainsay_the_next_are_grouped_in_linear_work(link: str) -> None:
    def work(count: int) -> int:
        ones = [target(f"s{n}", **{link: f"s{n + 1}"}) for n in range(count)]
        named = {one.name: one for one in ones}
        found = group_promises(named)
        groups_ = 1 if link == "confirms" else count // 2 + 1
        assert len({id(group) for group in found.values()}) == groups_
        return calls(lambda: group_promises(named))

    assert work(4_000) < 1.2 * 4 * work(1_000)


def test_a_picture_has_one_node_for_them_with_all_who_say_so(graph) -> None:
    said = statements.load_statements(graph.index)
    network = project_network(graph.index, statements=said)
    name = "medianama-2017-03-28.6.1"
    group = [ID + one.name for one in group_promises(said)[name]]
    assert len(group) == 5
    assert set(network.nodes[ID + name]["facts"]) == set(group)
    assert set(group) & set(network.nodes) == {ID + name}
    edge = network.edges[ID + "xiaomi-india-jobs", ID + name, "hasTarget"]
    assert edge["facts"] == sorted(group)


def test_a_picture_around_a_target_is_that_around_the_one_that_stands_for_it(graph) -> None:
    one, other = "medianama-2017-03-28.6.1", "indiarep-2017-04-04.2"
    around = [
        set(project_network(graph.index, focus=ID + name, hops=1).nodes) for name in (one, other)
    ]
    assert around[0] == around[1]


def test_the_status_of_a_target_is_what_was_told_of_it_last(graph) -> None:
    network = project_network(graph.index)
    name = next(
        one.name
        for group in group_promises(statements.load_statements(graph.index)).values()
        for one in group[:1]
        if any(each.name == "newzviewz-2018.2" for each in group)
    )
    assert network.nodes[ID + name]["status"] == "underway"


def test_an_observation_is_no_memory_of_what_was_promised() -> None:
    count = target("o", speaker="ann")
    observed = Statement("o", "Observation", count.says, count.source, ())
    made = target("t", speaker="ann", contradicts="o")
    assert list(group_promises({"o": observed, "t": made})) == ["t"]
