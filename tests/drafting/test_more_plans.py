"""Kinds of sentences that tell of plans and figures in other words than most: who gives money, what grows, where it happens, what follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

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


def test_a_name_in_which_somebody_holds_a_stake_is_no_place(graph: kg.Graph) -> None:
    text = "Ford has a stake in Bolt. Bolt may open a plant in Kentucky."
    found = propose(Paper(text, published=date(2024, 3, 12)), graph.index)
    assert [one for one in found if one.keys.get("about", "").startswith("ford-kentucky")] == []
