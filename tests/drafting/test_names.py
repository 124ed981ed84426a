"""Whose plans a text tells: companies that nobody knows yet, sites, round-ups, and strangers who get none of another's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

if TYPE_CHECKING:
    import kg

PUBLISHED = date(2024, 6, 1)


def told(graph: kg.Graph, text: str, title: str = "") -> list[tuple[str, str]]:
    """Return of whom each target, observation and status report is, and what it says."""
    found = []
    for proposal in propose(Paper(text, title=title, published=PUBLISHED), graph.index):
        keys = proposal.keys
        if keys["type"] == "Relation":
            continue
        about = str(keys["about"])
        owner = next((str(t["company"]) for t in proposal.things if t["id"] == about), about)
        said = str(keys.get("value") or keys.get("status"))
        found.append((owner, said))
    return found


COMPANIES = {
    "what stands before its name": "Spanish furniture chain Casa Lindo will open 20 shops by 2027.",
    "what stands behind its name": "Casa Lindo, a chain of furniture shops, will open 20 shops by 2027.",
    "the sentence that follows": "Casa Lindo will open 20 shops by 2027. The chain is new in Porto.",
    "what a name ends with": "Lindo Bakery will open 20 shops by 2027.",
    "who leads it": "Asha Rao, chief executive of Lindo, was there. Lindo will open 20 shops by 2027.",
    "the dash behind its name": "Lindo – The smaller chain will open 20 shops by 2027.",
}


@pytest.mark.parametrize("text", COMPANIES.values(), ids=COMPANIES)
def test_a_company_is_known_by(graph: kg.Graph, text: str) -> None:
    assert {owner.removesuffix("-bakery") for owner, _ in told(graph, text)} <= {
        "casa-lindo",
        "lindo",
    }
    assert "20" in {value for _, value in told(graph, text)}


NO_COMPANIES = {
    "a town in which something is": "The group makes paper. It runs a mill in Ulvik. Ulvik will open in 2026.",
    "a machine with a number": "Work is done. PM3 will be rebuilt in 2026. PM3 is old.",
    "a noun that begins a sentence": "Restructuring. The company has closed two plants. It will close another in 2026.",
    "a town of which a company speaks then": "TSMC builds fabs. Pune may follow. The chipmaker is looking at a plant in India.",
}


@pytest.mark.parametrize("text", NO_COMPANIES.values(), ids=NO_COMPANIES)
def test_no_company_is(graph: kg.Graph, text: str) -> None:
    owners = {owner for owner, _ in told(graph, text)}
    assert not owners & {"ulvik", "pm3", "restructuring", "pune"}


def test_a_family_may_have_the_name_of_its_company(graph: kg.Graph) -> None:
    text = (
        "Fish farmer Halvorsen will hire 150 people by 2026, said managing director Kari Halvorsen."
    )
    assert told(graph, text, title="Halvorsen hires") == [("halvorsen", "150")]


def test_a_site_that_is_named_by_its_place_is_of_whom_the_text_speaks(graph: kg.Graph) -> None:
    text = "Intel makes chips. The Chandler plant will hire 500 engineers by 2026."
    assert told(graph, text) == [("intel", "500")]


STRANGERS = {
    "a site with the name of another company": "Intel makes chips. The Foxtel plant will hire 500 people. Foxtel is a rival.",
    "production at the plant of another": "Intel makes chips. Production at Foxtel's Ohio plant will start in 2026.",
    "a line of a round-up that nobody owns": (
        "Intel will build a plant in Ohio by 2030.\n\nTSMC plans 3,000 jobs.\n\nSamsung has 900 shops.\n\nUnknown to most, Foxtel grew. It will hire 77 people."
    ),
    "who is nobody": "Intel makes chips. Everyone who wants to build 77 plants can.",
    "a rival that reports": "IKEA runs shops. Pepperfry posted revenue of $40 million, up 12 per cent. The company plans 77 shops.",
}


@pytest.mark.parametrize("text", STRANGERS.values(), ids=STRANGERS)
def test_nothing_is_given_to_a_known_company_of(graph: kg.Graph, text: str) -> None:
    values = {value for owner, value in told(graph, text) if owner in {"intel", "ikea", "samsung"}}
    assert not values & {"500", "77", "12", "40000000"}
    assert ("intel", "announced") not in told(
        graph, STRANGERS["production at the plant of another"]
    )


def test_each_company_has_its_own_number_where_names_and_numbers_take_turns(graph) -> None:
    text = "Samsung led the smartphone market in India with 25 per cent of shipments, followed by Vivo with 10 per cent and Xiaomi with 9 per cent."
    shares = [(owner, value) for owner, value in told(graph, text) if value != "1"]
    assert shares == [("samsung", "25"), ("vivo", "10"), ("xiaomi", "9")]
    assert ("samsung", "1") in told(graph, text)
