"""Who is said to have said it, behind what was said: officials, sources, ministers; and where a report was sent from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

if TYPE_CHECKING:
    import kg
    from kg.drafting import Proposal

PLANT = "Phone maker Orbit Mobile will build a factory in Noida"


def told(graph: kg.Graph, text: str) -> list[Proposal]:
    paper = Paper(text, published=date(2025, 11, 18), language="en")
    return [each for each in propose(paper, graph.index) if each.keys["type"] != "Relation"]


@pytest.mark.parametrize(
    "who",
    [
        "officials said",
        "an official said on Monday",
        "the governor's office said",
        "the state's industry minister said",
        "minister Raj Patel said",
        "said the minister of industry",
        "two sources said",
        "people familiar with the matter said",
    ],
)
def test_what_others_announce_of_a_company_that_is_named_is_its_plan_in_nobodys_words(
    graph: kg.Graph, who: str
) -> None:
    [plan] = told(graph, f"{PLANT}, {who}.")
    assert (plan.keys["status"], plan.keys["about"]) == (
        "announced",
        "orbit-mobile-noida-manufacturing",
    )
    assert "speaker" not in plan.keys


def test_who_is_called_by_an_initial_is_one_of_the_company(graph: kg.Graph) -> None:
    [plan] = told(graph, f"{PLANT}, plant head S. Mohanty said.")
    assert plan.keys["about"] == "orbit-mobile-noida-manufacturing"


@pytest.mark.parametrize("who", ["a spokesman said", "it said", "the company said on Monday"])
def test_who_speaks_for_a_company_is_heard_as_the_company(graph: kg.Graph, who: str) -> None:
    [plan] = told(graph, f"{PLANT}, {who}.")
    assert plan.keys["speaker"] == "orbit-mobile"


@pytest.mark.parametrize(
    "text",
    [
        f"{PLANT}, analysts said.",
        f"{PLANT}, the union said.",
        f"{PLANT}, said Bolt Analytics.",
        PLANT.replace("will", "should") + ", the minister said.",
        "Phone maker Orbit Mobile is in talks. It will close its plant, the minister said.",
    ],
)
def test_what_others_expect_or_want_of_a_company_is_none(graph: kg.Graph, text: str) -> None:
    assert told(graph, text) == []


@pytest.mark.parametrize(
    "sent",
    [
        "BENGALURU: ",
        "NEW DELHI: ",
        "Bengaluru, Nov 18: ",
        "BENGALURU (Agency) - ",
        "BENGALURU, 18 November 2025 - ",
        "Bengaluru, India, Nov. 18, 2025 /Newswire/ -- ",
        "BENGALURU – November 18, 2025 – ",
    ],
)
def test_where_a_report_was_sent_from_is_no_place_of_a_plan(graph: kg.Graph, sent: str) -> None:
    [target] = told(graph, f"{sent}Grocery chain Kirana Mart plans to open 1,000 outlets by 2027.")
    assert (target.keys["value"], target.keys["due"]) == ("1000", "2027-12-31")
    assert "place" not in target.keys


@pytest.mark.parametrize(
    "denial", ["denying a report that", "dismissing claims that", "rejecting the story that"]
)
def test_what_is_denied_beside_another_verb_is_no_plan(graph: kg.Graph, denial: str) -> None:
    text = f"Orbit Mobile said its factory would stay in Noida, {denial} it planned to spend $2 billion in Pune by 2028."
    assert told(graph, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Orbit Mobile called a report that it will cut 500 jobs by June false.",
        "Orbit Mobile laughed off talk of a 2 billion dollar plant in Noida.",
        "Workers are afraid Orbit Mobile could cut 500 jobs.",
        "Orbit Mobile expects Bolt to open 40 shops by 2026.",
        "Orbit Mobile expects Ford to open 40 shops by 2026.",
    ],
)
def test_what_is_called_false_feared_or_expected_of_another_is_no_plan(
    graph: kg.Graph, text: str
) -> None:
    assert told(graph, text) == []
