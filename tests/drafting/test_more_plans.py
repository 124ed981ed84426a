"""Kinds of sentences that tell of plans and figures in other words than most: who gives money, what grows, where it happens, what follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, find_amounts, propose
from kg.drafting.proposing import propose_all

if TYPE_CHECKING:
    import kg

KEYS = ("type", "indicator", "value", "status", "due")

STATED = {
    "money of a government is a grant": (
        "Ford will build a plant in Kentucky. The state gave $250 million in the form of a loan.",
        ["StatusReport announced", "Observation subsidies 250000000"],
    ),
    "and where a place stands for it": (
        "Foxconn is late in Wisconsin. Wisconsin has paid Foxconn $2.9 billion.",
        ["Observation subsidies 2900000000", "StatusReport postponed"],
    ),
    "or the company gets it from there": (
        "Amazon received $152 million from Virginia.",
        ["Observation subsidies 152000000"],
    ),
    "money of a company is none": (
        "Ford gave $5 million to a school in Kentucky.",
        [],
    ),
    "what it took is revenue": (
        "IKEA took 4 billion rupees in India in 2019.",
        ["Observation revenue 4000000000"],
    ),
    "what grows may stand between": (
        "Ford intends to grow from 45 hotels to 90 by the end of 2029.",
        ["Observation hotels 45", "Target hotels 90 announced 2029-12-31"],
    ),
    "a rise behind the time of a level": (
        "Intel's revenue reached $79 billion last year, a rise of 2 per cent.",
        ["Observation revenue 79000000000", "Observation sales-growth 2"],
    ),
    "lower is a fall": (
        "Intel's sales were 2 per cent lower than a year ago.",
        ["Observation sales-growth -2"],
    ),
    "both act": (
        "Starbucks and Boyu plan 300 coffee shops in China.",
        ["Target coffee-shops 300 announced"],
    ),
    "who speaks behind may be meant before": (
        "A plant in Indonesia is an option, Xiaomi said.",
        ["StatusReport considered"],
    ),
    "who promised so much is told behind": (
        "Of the 13,000 jobs that Foxconn promised in Wisconsin, few exist.",
        ["Target jobs-created 13000 announced"],
    ),
    "a town where something happens does not act": (
        "IKEA opened in Hyderabad. Mumbai is next. A store follows in Navi Mumbai in 2026.",
        ["StatusReport achieved", "StatusReport announced 2026-12-31"],
    ),
    "the thing of the sentence before": (
        "Ford will build a hall in Kentucky. The hall is to be in use by June 2026.",
        ["StatusReport announced", "StatusReport announced 2026-06-30"],
    ),
    "its start is that of the plan": (
        "Intel plans a plant in Ohio. But the start has been put off until 2030.",
        ["StatusReport announced", "StatusReport postponed 2030-12-31"],
    ),
    "what it costs is planned with it": (
        "Ford will build a plant in Kentucky. The cost is put at $45 million.",
        ["StatusReport announced", "Target cost 45000000 announced"],
    ),
    "a place that something is in gives nothing": (
        "The store in Hyderabad offers 7,500 products below 200 rupees, IKEA said.",
        [],
    ),
    "a fall of sales is no share": (
        "Volvo Cars' sales of electric cars fell 25 per cent in Europe.",
        ["Observation sales-growth -25"],
    ),
    "three in ten": (
        "Volvo Cars wants three cars in ten to be electric by 2030.",
        ["Target electric-share 30 announced 2030-12-31"],
    ),
    "a share that is made up": (
        "Electric cars made up 23 per cent of Volvo Cars' sales.",
        ["Observation electric-share 23"],
    ),
    "what is there beside what is planned": (
        "Ford will add 75 jobs in Kentucky to the 180 there now.",
        ["Target jobs-created 75 announced", "Observation jobs-created 180"],
    ),
    "who has started making is past the start": (
        "Samsung has started making phones in Noida.",
        ["StatusReport achieved"],
    ),
    "and who has started to build is not": (
        "Intel has started to build its plant in Ohio.",
        ["StatusReport underway"],
    ),
    "what is shelved for now is put off": (
        "IKEA has shelved its plan for a store in Delhi for now.",
        ["StatusReport postponed"],
    ),
    "people who go": (
        "Ford will close its plant in Kentucky. All 180 jobs go.",
        ["StatusReport announced", "Target employees-cut 180 announced"],
    ),
    "a verb behind a comma is not of the number before": (
        "Ford, which has 1,500 employees, lost $300 million.",
        ["Observation employees 1500", "Observation profit -300000000"],
    ),
    "after all is not all": (
        "Dyson will not build an electric car after all.",
        ["StatusReport abandoned"],
    ),
    "nothing that will come is nothing": (
        "No plant will be built in Ohio, Intel said.",
        [],
    ),
    "plans that are buried": (
        "Intel buried its plans for a plant in Magdeburg.",
        ["StatusReport abandoned"],
    ),
    "plans that are shown": (
        "Xiaomi unveiled plans for a plant in Batam.",
        ["StatusReport announced"],
    ),
    "a foundation": (
        "Ford will build a plant in Kentucky. The foundations have been laid.",
        ["StatusReport announced", "StatusReport underway"],
    ),
    "on a day of the week": (
        "IKEA's first shop in Chennai opens on Saturday.",
        ["StatusReport announced"],
    ),
}


@pytest.mark.parametrize(("text", "stated"), STATED.values(), ids=STATED)
def test_says(graph: kg.Graph, text: str, stated: list[str]) -> None:
    found = propose(Paper(text, published=date(2024, 10, 16)), graph.index)
    told = [" ".join(str(each.keys[key]) for key in KEYS if key in each.keys) for each in found]
    assert sorted(told) == sorted(stated)


def test_a_company_that_a_text_only_names_somewhere_is_one_by_how_its_name_ends(
    graph: kg.Graph,
) -> None:
    text = "In the canteen at Hallen Steel they wait. Hallen lost 210 million euros in 2023."
    [lost] = propose(Paper(text, published=date(2024, 3, 12)), graph.index)
    assert (lost.keys["about"], lost.keys["value"]) == ("hallen-steel", "-210000000")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("Halden Foods is a Norwegian company. It had sales of 3.4 billion crowns.", "NOK", 34),
        ("Halden Foods is a Danish company. It had sales of kr 3.4 billion.", "DKK", 34),
        ("Halden Foods had sales of 3.4 billion kronor in 2023.", "SEK", 34),
        ("Samsung had sales in India of 3.4 trillion won in 2023.", "KRW", 34_000),
    ],
)
def test_money_that_the_graph_does_not_list_is_proposed_with_its_currency(
    graph: kg.Graph, text: str, unit: str, value: int
) -> None:
    paper = Paper(text, published=date(2024, 3, 12), language="en")
    [sales] = propose_all(paper, graph.index).proposals
    assert (sales.keys["unit"], sales.keys["value"]) == (f"currency:{unit}", str(value * 10**8))
    [currency] = [thing for thing in sales.things if thing["type"] == "Currency"]
    assert (currency["id"], currency["symbol"]) == (f"currency:{unit}", unit)


@pytest.mark.parametrize(
    "text", ["3.4 billion crowns", "Danish and Swedish firms: 5 million crowns"]
)
def test_crowns_of_which_nobody_knows_whose_they_are_count_nothing(text: str) -> None:
    assert find_amounts(text, "en") == []


def test_a_listed_currency_is_described_no_second_time(graph: kg.Graph) -> None:
    [one] = propose_all(
        Paper("Ford had sales of 5 billion dollars in 2023.", published=date(2024, 3, 12)),
        graph.index,
    ).proposals
    assert [thing for thing in one.things if thing["type"] == "Currency"] == []


def test_a_name_in_which_somebody_holds_a_stake_is_no_place(graph: kg.Graph) -> None:
    text = "Ford has a stake in Bolt. Bolt may open a plant in Kentucky."
    found = propose(Paper(text, published=date(2024, 3, 12)), graph.index)
    assert [one for one in found if one.keys.get("about", "").startswith("ford-kentucky")] == []
