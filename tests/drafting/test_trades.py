"""What numbers count of which no indicator is known: the words of the text become one that is proposed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose
from kg.drafting.proposing import propose_all

if TYPE_CHECKING:
    import kg
    from kg.drafting import Proposal

PUBLISHED = date(2024, 3, 1)


def drafted(graph: kg.Graph, text: str) -> list[Proposal]:
    found = propose(Paper(text, title="Ford", published=PUBLISHED), graph.index)
    return [one for one in found if one.keys["type"] in {"Target", "Observation"}]


@pytest.mark.parametrize(
    ("sentence", "indicator", "label", "aggregation"),
    [
        ("Ford plans to run 300 hotels by 2030.", "hotels", "hotels", "stock"),
        ("Ford aims to reach 9,000 hospital beds.", "hospital-beds", "hospital beds", "stock"),
        ("Ford expects to carry 5 million passengers by 2027.", "passengers", "passengers", "flow"),
        ("Ford will order 40 new aircraft.", "aircraft-ordered", "aircraft ordered", "flow"),
        ("Ford wants to buy 20 electric buses.", "electric-buses-bought", "electric buses bought", "flow"),
        ("Ford plans to fill 12,000 bottles an hour.", "bottles-filled-an-hour", "bottles filled an hour", "unknown-aggregation"),
        ("Ford will close 12 depots.", "depots-closed", "depots closed", "flow"),
        ("Ford plans to expand its network to 250 routes.", "routes", "routes", "stock"),
        ("In all, 18 trains will be delivered.", "trains-delivered", "trains delivered", "flow"),
    ],
)  # fmt: skip
def test_the_words_of_a_number_become_an_indicator(
    graph: kg.Graph, sentence: str, indicator: str, label: str, aggregation: str
) -> None:
    [target] = drafted(graph, sentence)
    assert target.keys["indicator"] == indicator
    [thing] = [each for each in target.things if each["type"] == "Indicator"]
    assert (thing["id"], thing["label"], thing["unit"]) == (indicator, label, "NUM")
    assert thing["aggregation"] == aggregation
    assert label in thing["definition"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ford plans to inspect 500 machines.",
        "Ford will raise the number of its hotels by 20 rooms.",
        "Ford will move its 43 aircraft to Kentucky.",
        "Ford wants to do business with 30 suppliers.",
        "Ford plans to talk to passengers.",
        "Ford had inspected 500 machines.",
        "Ford will cut the number of its branches to 200 branches.",
    ],
)
def test_what_the_words_do_not_tell_for_certain_is_no_indicator(
    graph: kg.Graph, sentence: str
) -> None:
    assert drafted(graph, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "indicator", "unit"),
    [
        ("Ford wants to have 5 GW of solar capacity by 2030.", "solar-capacity-in-gigawatts", "unit:GigaW"),
        ("Ford will build a 300 MW wind farm.", "capacity-in-megawatts-built", "unit:MegaW"),
        ("Ford aims to collect 20,000 tonnes of used carpet a year.", "used-carpet-in-tonnes-collected-a-year", "TONNE"),
    ],
)  # fmt: skip
def test_what_is_measured_has_its_unit(
    graph: kg.Graph, sentence: str, indicator: str, unit: str
) -> None:
    sifted = propose_all(Paper(sentence, title="Ford", published=PUBLISHED), graph.index)
    [target] = [one for one in sifted.proposals if one.keys["type"] == "Target"]
    assert target.keys["indicator"] == indicator
    things = {str(thing["id"]): thing for thing in target.things}
    assert things[indicator]["unit"] == unit
    assert unit == "TONNE" or things[unit]["type"] == "Unit"
    is_plain = indicator.startswith("capacity")
    assert things[indicator]["direction"] == ("more-is-better" if is_plain else "unknown-direction")


def test_few_things_are_no_number(graph: kg.Graph) -> None:
    assert drafted(graph, "Ford will build two depots in Kentucky.") == []
    [target] = drafted(graph, "Ford will build 20 depots in Kentucky.")
    assert target.keys["indicator"] == "depots-built"


def test_what_is_there_is_no_number_of_what_is_added(graph: kg.Graph) -> None:
    [target] = drafted(graph, "Ford will add 800 beds by 2026 and now has 5,200.")
    assert (target.keys["indicator"], target.keys["value"]) == ("beds-added", "800")


def test_some_of_all_are_what_a_verb_tells_of(graph: kg.Graph) -> None:
    [target] = drafted(graph, "Ford will close 90 of its 400 depots.")
    assert (target.keys["indicator"], target.keys["value"]) == ("depots-closed", "90")


def test_what_is_there_is_told_where_the_text_plans_the_same(graph: kg.Graph) -> None:
    assert drafted(graph, "Ford runs 60 hotels.") == []
    there, target = drafted(graph, "Ford runs 60 hotels. It plans to run 300 hotels by 2030.")
    assert (there.keys["type"], there.keys["value"]) == ("Observation", "60")
    assert (target.keys["type"], target.keys["value"]) == ("Target", "300")


def test_what_the_graph_has_an_indicator_of_is_that(graph: kg.Graph) -> None:
    [target] = drafted(graph, "Ford plans to open 20 shops by 2030.")
    assert target.keys["indicator"] == "branded-shops"
    assert not target.things or all(thing["type"] != "Indicator" for thing in target.things)


def test_an_indicator_that_is_described_is_refused_by_nobody(graph: kg.Graph) -> None:
    paper = Paper("Ford plans to run 300 hotels by 2030.", published=PUBLISHED)
    sifted = propose_all(paper, graph.index)
    assert [one.keys["indicator"] for one in sifted.proposals] == ["hotels"]
    assert sifted.refused == ()


def test_a_language_without_a_list_of_trades_proposes_no_indicator(graph: kg.Graph) -> None:
    paper = Paper("Ford will 300 Hotels betreiben.", published=PUBLISHED, language="de")
    assert all("hotels" not in one.keys.values() for one in propose(paper, graph.index))
