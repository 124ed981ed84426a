"""Numbers that would be wrong as they stand: changes taken for levels, parts for wholes, falls for turns, losses for gains."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

if TYPE_CHECKING:
    import kg

KEYS = ("type", "indicator", "comparator", "value", "status", "due")

STATED = {
    "a figure behind plans is planned": (
        "IKEA plans 25 stores in India by 2030.",
        ["Target furniture-stores 25 announced 2030-12-31"],
    ),
    "what opens in a year is not what is there then": (
        "IKEA opened 12 stores in India in 2024.",
        ["Observation shops-opened 12"],
    ),
    "of two verbs the nearer one counts": (
        "IKEA plans to open 20 shops and close five in India in 2026.",
        [
            "Target shops-opened 20 announced 2026-12-31",
            "Target shops-closed 5 announced 2026-12-31",
        ],
    ),
    "what opens or is created beside what goes is none that goes": (
        "IKEA will close 14 stores and open three by 2026. IKEA cut 300 jobs and created 50 in 2024.",
        [
            "Target shops-closed 14 announced 2026-12-31",
            "Observation employees-cut 300",
        ],
    ),
    "what is left is none that went": (
        "Ford cut 300 jobs in 2024, leaving the plant with 900 workers.",
        ["Observation employees-cut 300", "Observation employees 900"],
    ),
    "what is to be reached is no number of what opens": (
        "Starbucks expects to open 150 stores in 2025 and to reach 2,000 stores by 2030.",
        [
            "Target shops-opened 150 announced 2025-12-31",
            "Target coffee-shops 2000 announced 2030-12-31",
        ],
    ),
    "what becomes so many times as much is there before": (
        "Intel will triple its fleet of 40 trucks by 2027.",
        [],
    ),
    "what was never promised is no plan": (
        "Intel says it never pledged to create 3,000 jobs by 2026.",
        [],
    ),
    "a whole is not that of its part": (
        "Amazon has created 8,000 of the 25,000 jobs it promised.",
        ["Observation jobs-created 8000"],
    ),
    "jobs that a closure costs are none that are made": (
        "The closure of Intel's plant in Costa Rica will cost 2,000 jobs.",
        ["Target employees-cut 2000 announced"],
    ),
    "what drops to a number is not dropped": (
        "Revenue at Intel dropped to $53.1 billion in 2024.",
        ["Observation revenue 53100000000"],
    ),
    "a loss of at most so much is a profit of at least less than nothing": (
        "Ford expects to lose as much as $5.5 billion in 2026.",
        ["Target profit at-least -5500000000 announced 2026-12-31"],
    ),
    "what is halved is cut by half": (
        "Shell has set itself the goal of halving emissions by 2030.",
        ["Target emissions-reduction 50 announced 2030-12-31"],
    ),
    "what a company sees lies ahead": (
        "Intel sees third-quarter revenue at about $13 billion.",
        ["Target revenue approximately 13000000000 announced 2025-09-30"],
    ),
}


def said(graph: kg.Graph, text: str) -> list[str]:
    paper = Paper(text, published=date(2025, 2, 20))
    return [
        " ".join(str(one.keys[key]) for key in KEYS if key in one.keys)
        for one in propose(paper, graph.index)
    ]


@pytest.mark.parametrize(("text", "stated"), STATED.values(), ids=STATED)
def test_says(graph: kg.Graph, text: str, stated: list[str]) -> None:
    assert said(graph, text) == stated


def test_jobs_that_go_in_german_are_none_that_come(graph: kg.Graph) -> None:
    paper = Paper(
        "Intel will bis 2027 rund 800 Stellen streichen.",
        published=date(2025, 2, 20),
        language="de",
    )
    [told] = propose(paper, graph.index)
    assert (told.keys["indicator"], told.keys["status"]) == ("employees-cut", "announced")


def test_a_change_and_a_level_that_read_as_a_range_are_left_out(graph: kg.Graph) -> None:
    text = "Intel will cut its workforce by 15,000 to 75,000 by the end of 2025."
    assert not any("employees" in one for one in said(graph, text))


def test_what_is_said_later_of_a_new_plan_describes_it_too(graph: kg.Graph) -> None:
    text = "Bolt Motors will build a plant in Kenya. It will open in 2027."
    proposals = propose(Paper(text, published=date(2025, 2, 20)), graph.index)
    assert len(proposals) == 2
    for proposal in proposals:
        assert [thing["type"] for thing in proposal.things] == ["Company", "Initiative"]


def test_what_a_number_grows_from_has_a_comparator_of_its_own(graph: kg.Graph) -> None:
    text = "IKEA plans to grow from about 5 to 25 stores in India by 2030."
    assert said(graph, text) == [
        "Target furniture-stores 25 announced 2030-12-31",
        "Observation furniture-stores approximately 5",
    ]
