"""What was wanted, missed, reached or paid: numbers that are easily taken for one another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

if TYPE_CHECKING:
    import kg

KEYS = ("type", "indicator", "value", "due", "status")
FIRM = "Marlow Foods, a food maker,"
STATED = {
    "what was reached of a goal that was missed": (
        f"{FIRM} missed its goal of opening 500 shops by 2024, opening only 280.",
        ["Target branded-shops 500 2024-12-31 missed", "Observation branded-shops 280"],
    ),
    "a share that was reached": (
        f"{FIRM} missed its goal of 50% recycled plastic by 2024, reaching only 28%.",
        [
            "Target recycled-plastic-share 50 2024-12-31 missed",
            "Observation recycled-plastic-share 28",
        ],
    ),
    "several goals that were missed": (
        f"{FIRM} has missed its target of 500 shops, 2,000 jobs and 300 cafes.",
        [
            "Target branded-shops 500 missed",
            "Target jobs-created 2000 missed",
            "Target coffee-shops 300 missed",
        ],
    ),
    "an aim against which a time is held was due then": (
        "Lotus Air, a carrier, flew 21 million passengers last year, against a target of 25 million.",
        ["Target passengers 25000000 2024-12-31 announced"],
    ),
    "a target for a year that is cut": (
        f"{FIRM} cut its target for 2027 to 300 shops from 500.",
        ["Target branded-shops 300 2027-12-31 reduced"],
    ),
    "what it said it would have": (
        f"{FIRM} said it would have 500 shops by 2027.",
        ["Target branded-shops 500 2027-12-31 announced"],
    ),
    "what it would have, had things gone otherwise": (
        f"Without the tariffs {FIRM} would have 500 shops today.",
        [],
    ),
    "what is told of the region": (
        f"{FIRM} will build a plant in a region that lost 1,500 jobs when Bolt cut output.",
        [],
    ),
    "what was never said": (f"{FIRM} never said it would open 500 shops.", []),
    "what is there, and something is done with": (
        f"{FIRM} said its 500 shops will be renovated.",
        [],
    ),
    "what was there once": (f"{FIRM} had 500 shops before the pandemic.", []),
    "how far away an aim is": (f"{FIRM} is 500 shops away from its target.", []),
    "people who only move": (f"{FIRM} plans to move 900 jobs to Krakow by 2027.", []),
    "an order is no spending": (
        "Lotus Air, a carrier, has ordered 40 jets worth $4.6 billion at list prices.",
        [],
    ),
    "what was wanted was never there": (
        f"{FIRM} has 300 shops and wanted 500.",
        ["Observation branded-shops 300", "Target branded-shops 500 announced"],
    ),
    "what was wanted by a day": (
        f"{FIRM} wanted 500 shops by 2024.",
        ["Target branded-shops 500 2024-12-31 announced"],
    ),
    "a plan is due by its day though that is past": (
        f"{FIRM} had announced plans to start exports to Vietnam by the end of 2024.",
        ["StatusReport 2024-12-31 announced"],
    ),
    "a bare number behind one of another unit": (
        f"{FIRM} with 3,000 employees, said it would have 100 GWh of batteries by 2024; it now has 22.",
        ["Target battery-output 100 2024-12-31 announced"],
    ),
    "how many one of many has": (
        f"{FIRM} will open 12 shops by 2027. Each shop will employ 45 people.",
        ["Target branded-shops 12 2027-12-31 announced"],
    ),
    "how many one of many has, told behind": (
        f"{FIRM} will hire 45 people for each of its 12 new shops.",
        ["Target shops-opened 12 announced"],
    ),
    "so many each year are so many": (
        f"{FIRM} will open 12 shops each year until 2030.",
        ["Target shops-opened 12 2030-12-31 announced"],
    ),
    "who is listed somewhere": (
        "Marlow Foods plc (LSE: MRL) today announced plans to open 12 shops by 2027.",
        ["Target shops-opened 12 2027-12-31 announced"],
    ),
    "a part that was sold": (f"{FIRM} has sold half of the project to Bolt for £410 million.", []),
    "what a company is worth": (f"{FIRM} was valued at £410 million.", []),
    "what something is built for": (
        f"{FIRM} will build a plant for £410 million.",
        ["Target investment 410000000 announced"],
    ),
}


@pytest.mark.parametrize(("text", "stated"), STATED.values(), ids=STATED)
def test_states(graph: kg.Graph, text: str, stated: list[str]) -> None:
    proposals = propose(Paper(text, published=date(2025, 11, 18), language="en"), graph.index)
    told = [" ".join(str(p.keys[k]) for k in KEYS if k in p.keys) for p in proposals]
    assert [one for one in told if "employees" not in one] == stated


def test_what_is_elsewhere_is_not_where_the_text_is(graph: kg.Graph) -> None:
    text = "Marlow Foods expands in India\n\nMarlow Foods will open a plant in India. It runs 40 shops in the UK and employs 900 people."
    paper = Paper(text, published=date(2025, 11, 18), language="en")
    observed = [p for p in propose(paper, graph.index) if p.keys["type"] == "Observation"]
    assert [p.keys["value"] for p in observed] == ["40", "900"]
    assert not any("place" in p.keys for p in observed)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "Nun rechnet der Autobauer Brandau mit 900 Beschäftigten.",
            ["Target employees 900 announced"],
        ),
        (
            "Der Autobauer Brandau baut ein Werk. Die IG Metall fürchtet, dass das Werk nie gebaut wird.",
            ["StatusReport underway"],
        ),
    ],
)
def test_states_in_german(graph: kg.Graph, text: str, stated: list[str]) -> None:
    paper = Paper(text, published=date(2025, 11, 18), language="de")
    told = [
        " ".join(str(p.keys[k]) for k in KEYS if k in p.keys) for p in propose(paper, graph.index)
    ]
    assert told == stated


def test_what_is_at_a_place_that_nobody_knows_is_no_number_of_all(graph: kg.Graph) -> None:
    text = f"{FIRM} employs 4,300 people in Marysville."
    [observed] = propose(Paper(text, published=date(2025, 11, 18), language="en"), graph.index)
    assert observed.keys["about"] == "marlow-foods-marysville-employment"
