"""How plans stand and whose they are, in short texts on companies that nobody has heard of: who has what, and who only looks on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

if TYPE_CHECKING:
    import kg

PLANT = "corvex-group-lyon-manufacturing"
DEPOT = "corvex-group-lyon-logistics"
CORVEX = "Corvex Group makes pumps."

STATED = {
    "work that is paused": (
        "Corvex Group has paused work on its plant in Lyon.",
        [f"{PLANT} postponed"],
    ),
    "how far a plant has come": (
        "Corvex Group's plant in Lyon is 20 per cent complete.",
        [f"{PLANT} underway"],
    ),
    "what has ceased has ended": (
        "Corvex Group has ceased production at its plant in Lyon.",
        [f"{PLANT}-end achieved"],
    ),
    "a noun for what was done": (
        "Corvex Group sold more pumps following the opening of its depot in Lyon.",
        [f"{DEPOT} achieved"],
    ),
    "and of whoever is named behind the comma": (
        "Following the opening of a depot in Lyon, Corvex Group sells more pumps.",
        [f"{DEPOT} achieved"],
    ),
    "a name that stands alone and has a plant": (
        "Corvex has paused work on its plant in Lyon.",
        ["corvex-lyon-manufacturing postponed"],
    ),
    "a name that is shortened to its first word": (
        "Corvex Cheese is to reopen its creamery. Corvex has spent the year on repairs.",
        ["corvex-cheese-manufacturing announced"],
    ),
    "what a participle tells between two commas": (
        f"{CORVEX} The depot in Lyon, opened in May, was put on hold.",
        [f"{DEPOT} achieved", f"{DEPOT} postponed"],
    ),
    "what a relative clause tells of the thing before it": (
        f"{CORVEX} It has a depot in Lyon, which opened in May.",
        [f"{DEPOT} achieved"],
    ),
    "whose the plant is behind its verb": (
        f"{CORVEX} Work is under way on Corvex Group's plant in Lyon.",
        [f"{PLANT} underway"],
    ),
    "the plant is the one that was told of": (
        "Corvex Group has opened a plant in Lyon. It employs few people. The plant will be enlarged in 2027.",
        [f"{PLANT} achieved", f"{PLANT} announced"],
    ),
    "after a union has spoken": (
        "Corvex Group has opened a plant in Lyon. The union is angry. The plant will be closed in 2027.",
        [f"{PLANT} achieved", f"{PLANT}-end announced"],
    ),
    "after a governor has spoken": (
        "Corvex Group has opened a plant in Lyon. The governor is glad. The plant will be enlarged in 2027.",
        [f"{PLANT} achieved", f"{PLANT} announced"],
    ),
    "what is given up, by its own words": (
        f"{CORVEX} It has pulled out of a joint cellar.",
        ["corvex-group-joint-cellar abandoned"],
    ),
    "a day to come without a verb of planning": (
        f"{CORVEX} Deliveries from its depot in Lyon run from 2027 on.",
        [f"{DEPOT} announced"],
    ),
    "what somebody weighs whether to do": (
        f"{CORVEX} It is weighing up whether to shut its plant in Lyon.",
        [f"{PLANT}-end considered"],
    ),
    "a spokesman without a name speaks for the company": (
        f'{CORVEX} "We will build a plant in Lyon," a spokesman said.',
        [f"{PLANT} announced"],
    ),
    "what is due without its verb": (
        f"{CORVEX} A plant in Lyon, due to open in 2027, pleases it.",
        [f"{PLANT} announced"],
    ),
}

NOTHING = {
    "another company has one, too": "Corvex Group makes pumps. Bolton, a rival, has opened a plant in Lyon. The plant will be enlarged in 2027.",
    "work on a plant of somebody unknown": "Corvex Group makes pumps. Work is under way on Bolton's warehouse in Lyon.",
    "work at one": "Corvex Group makes pumps. Work at Bolton's plant in Lyon has stopped.",
    "whoever is named behind what others fear does not speak": "Bolton, a union, fears that Corvex Group may close its plant in Lyon.",
    "a spokesman of somebody else does not": 'Corvex Group makes pumps. "They will build a plant in Lyon," a spokesman for Bolton said.',
    "what a union says": "Corvex Group makes pumps. According to the union, its plant in Lyon will be closed.",
    "what the union itself is up to": "Corvex Group makes pumps. The union fears closure. It plans to open a kitchen in Lyon.",
    "what an analyst thinks": "Corvex Group makes pumps. An analyst thinks that it will open a plant in Lyon.",
    "fears that are unfounded": "Corvex Group said fears that its plant in Lyon would close were unfounded.",
    "talk that is dismissed": "Corvex Group dismissed talk that it would sell its plant in Lyon.",
    "a rumour": "Corvex Group was rumoured to be closing its plant in Lyon.",
    "a false report": "Corvex Group makes pumps. A false report said that its plant in Lyon had been sold.",
    "a fire": "Corvex Group makes pumps. Its plant in Lyon was hit by a fire.",
    "a lease that ends": "Corvex Group makes pumps. The lease of its plant in Lyon expires in 2027.",
    "a law that comes": "Corvex Group makes pumps. A new law on plants takes effect in 2027.",
    "the opening of a letter": "Corvex Group makes pumps. After opening the letter, its chairman left.",
}


def told(graph: kg.Graph, text: str) -> list[str]:
    proposals = propose(Paper(text, published=date(2025, 6, 2)), graph.index)
    return [f"{each.keys['about']} {each.keys['status']}" for each in proposals]


@pytest.mark.parametrize(("text", "stated"), STATED.values(), ids=STATED)
def test_tells_how_it_stands(graph: kg.Graph, text: str, stated: list[str]) -> None:
    assert told(graph, text) == stated


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_tells_nothing_of_what_others_do_fear_or_have(graph: kg.Graph, text: str) -> None:
    assert told(graph, text) == []


def test_two_plants_leave_open_which_one_is_meant(graph: kg.Graph) -> None:
    text = "Corvex Group opened a plant in Lyon and shut a plant in Metz. The plant will be enlarged in 2027."
    assert told(graph, text)[-1] == "corvex-group-manufacturing announced"


def test_a_plant_that_two_have_is_of_neither(graph: kg.Graph) -> None:
    text = (
        "Corvex Group has opened a plant in Lyon. Dostan Motors has one in Metz. The plant will"
        " close in 2027."
    )
    assert told(graph, text) == [f"{PLANT} achieved"]
