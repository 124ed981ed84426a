"""Verbs of plans in all their forms, and the words by which a plan is begun, put off, approved and given up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose
from kg.drafting.amounts.orders import find_orders
from kg.drafting.language import languages, lexicon_of

if TYPE_CHECKING:
    import kg
    from kg.drafting import Proposal

PUBLISHED = date(2025, 9, 1)


def drafted(graph: kg.Graph, text: str, title: str = "Intel") -> list[Proposal]:
    found = propose(Paper(text, title=title, published=PUBLISHED), graph.index)
    return [one for one in found if one.keys["type"] != "Relation"]


def said(graph: kg.Graph, text: str, title: str = "Intel") -> list[str]:
    keys = ("type", "indicator", "value", "status")
    return [
        " ".join(str(one.keys[key]) for key in keys if key in one.keys)
        for one in drafted(graph, text, title)
    ]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Intel is resuming construction of its plant in Ohio.", "underway"),
        ("Intel's plant in Ohio is being converted.", "underway"),
        ("Intel's plant in Ohio has been rebuilt.", "achieved"),
        ("Intel's plant in Ohio came into operation in May.", "achieved"),
        ("Intel celebrated the opening of its plant in Ohio.", "achieved"),
        ("Intel got the green light for its plant in Ohio.", "announced"),
        ("Intel's plant in Ohio was approved.", "announced"),
        ("Intel has brought forward the opening of its plant in Ohio.", "announced"),
        ("Intel faces a further delay to its plant in Ohio.", "postponed"),
        ("Intel's plant in Ohio has been put back.", "postponed"),
        ("Intel is running behind with its plant in Ohio.", "postponed"),
        ("Intel has put off the start in Ohio.", "postponed"),
        ("Intel will not proceed with its plant in Ohio.", "abandoned"),
        ("Intel's plant in Ohio will not be finished.", "abandoned"),
        ("Intel ends its project for a plant in Ohio.", "abandoned"),
        ("Intel gives up Ohio.", "abandoned"),
        ("Intel is scaling back its plant in Ohio.", "reduced"),
        ("Intel sees room for a plant in Ohio.", "considered"),
        ("Notably, Intel plans to build a plant in Ohio.", "announced"),
        ("After entering Europe and China, Intel plans to build a plant in Ohio.", "announced"),
        ("Intel's $28 billion plant in Ohio is delayed.", "postponed"),
        ("Intel will build two plants in Ohio.", "announced"),
    ],
)
def test_a_verb_tells_the_status(graph: kg.Graph, sentence: str, status: str) -> None:
    reports = [one for one in drafted(graph, sentence) if one.keys["type"] == "StatusReport"]
    assert [one.keys["status"] for one in reports] == [status]


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("Ford opened its 3,000th shop in May.", ["Observation branded-shops 3000"]),
        ("Ford plans to open its hundredth shop.", ["Target branded-shops 100 announced"]),
        ("Ford opened shop number 1,000.", ["Observation branded-shops 1000"]),
        ("Ford plans to open two more shops.", ["Target shops-opened 2 announced"]),
        ("Ford will add 20 shops.", ["Target shops-opened 20 announced"]),
        ("Ford let 300 people go.", ["Observation employees-cut 300"]),
        ("Ford will put $3.2 billion into the plant.", ["Target investment 3200000000 announced"]),
        ("Ford plans to have 900 shops. It has 812.", ["Observation branded-shops 812"]),
        ("Employment at the plant, it said, is 1,700.", ["Observation employees 1700"]),
    ],
)  # fmt: skip
def test_numbers(graph: kg.Graph, sentence: str, stated: list[str]) -> None:
    found = [one for one in said(graph, sentence, "Ford") if not one.startswith("StatusReport")]
    assert set(stated) <= set(found)


def test_a_number_of_what_is_there_is_not_planned(graph: kg.Graph) -> None:
    assert said(graph, "With its 2,100 employees, Ford plans a plant.", "Ford") == []


def test_what_is_denied_in_a_report_is_no_plan(graph: kg.Graph) -> None:
    assert said(graph, "Ford dismissed the report that it would hire 500 people.", "Ford") == []


def test_a_business_that_is_closed_is_a_plan_given_up(graph: kg.Graph) -> None:
    text = "Xiaomi has closed its financial services business in India."
    [report] = drafted(graph, text, "Xiaomi")
    assert report.keys["about"] == "xiaomi-india-financial-services"
    assert report.keys["status"] == "abandoned"


def test_below_ten_nobody_counts_by_the_order() -> None:
    assert [int(one.value) for one in find_orders("its 9th and its 10th shop")] == [10]


@pytest.mark.parametrize("code", languages())
def test_each_verb_has_its_forms(code: str) -> None:
    verbs = lexicon_of(code).get("verbs", {})
    forms = {name: of.split() for sort in verbs.values() for name, of in sort.items()}
    assert all(len(of) in {3, 4} for of in forms.values())
    assert all(of[1].endswith("ing") for of in forms.values()) or code != "en"


@pytest.mark.parametrize("code", languages())
def test_no_verb_is_listed_twice(code: str) -> None:
    names = [name for sort in lexicon_of(code).get("verbs", {}).values() for name in sort]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "sentence",
    [
        "Ford is the 10th largest store chain.",
        "Ford's 100th store manager, Jane Roe, left.",
        "Ford opened its 20th anniversary show.",
        "Ford's store on the 30th floor is a store.",
    ],
)
def test_not_every_order_counts_shops(graph: kg.Graph, sentence: str) -> None:
    assert not any("Observation" in one or "Target" in one for one in said(graph, sentence, "Ford"))


def test_how_many_stay_is_not_how_many_go(graph: kg.Graph) -> None:
    stated = said(graph, "Ford will cut its staff to 2,000 people.", "Ford")
    assert "Target employees-cut 2000 announced" not in stated


def test_some_of_a_kind_are_not_all_that_there_are(graph: kg.Graph) -> None:
    text = "Ford has 43 aircraft, of which 20 are leased, and wants to have 60 aircraft."
    values = [one.keys.get("value") for one in drafted(graph, text, "Ford")]
    assert values == ["43", "60"]
