"""What sentences on plans mean: one row an idea."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

if TYPE_CHECKING:
    import kg
    from kg.drafting import Proposal

PUBLISHED = date(2019, 11, 20)
KEYS = {
    "Target": ("indicator", "comparator", "value", "due", "status", "place"),
    "Observation": ("indicator", "comparator", "value", "when", "kind", "place"),
    "StatusReport": ("status", "due", "from", "place"),
    "Relation": ("subject", "predicate", "object"),
}


def drafted(graph: kg.Graph, text: str, language: str = "en") -> list[Proposal]:
    return propose(Paper(text, published=PUBLISHED, language=language), graph.index)


def said(graph: kg.Graph, text: str, language: str = "en") -> list[str]:
    """Return what a text states, in short: its kind, and the keys that matter there."""
    return [
        " ".join(
            [
                str(p.keys["type"]),
                *(str(p.keys[k]) for k in KEYS[str(p.keys["type"])] if k in p.keys),
            ]
        )
        for p in drafted(graph, text, language)
    ]


STATED = {
    "a plan with a number is a target": (
        "IKEA plans to open 25 stores in India by 2025.",
        ["Target furniture-stores 25 2025-12-31 announced india"],
    ),
    "two numbers of one plan are two targets": (
        "Ford will invest $3.5 billion in a plant in Kentucky and create 2,500 jobs by 2022.",
        [
            "Target investment 3500000000 2022-12-31 announced kentucky",
            "Target jobs-created 2500 2022-12-31 announced kentucky",
        ],
    ),
    "what might come is considered": (
        "Foxconn could invest as much as $1 billion in a factory in India.",
        ["Target investment at-most 1000000000 considered india"],
    ),
    "what hangs on a condition is considered": (
        "Starbucks will hire 10,000 people in China if the regulator agrees.",
        ["Target jobs-created 10000 considered china"],
    ),
    "what grows from a number has that number now": (
        "Xiaomi plans to grow from 250 to 500 service centres in India by 2020.",
        [
            "Target service-centres 500 2020-12-31 announced india",
            "Observation service-centres 250 reported india",
        ],
    ),
    "what is, is observed": (
        "Intel employs more than 120,000 people worldwide.",
        ["Observation employees more-than 120000 reported world"],
    ),
    "a number has the time beside it, and not that of its origin": (
        "Starbucks has 6,000 coffee shops in China, up from 4,700 in 2017.",
        [
            "Observation coffee-shops 6000 reported china",
            "Observation coffee-shops 4700 2017-12-31 reported china",
        ],
    ),
    "a target that is reached is observed": (
        "Amazon has already reached its target of 25,000 jobs in Arlington.",
        ["Observation jobs-created 25000 reported arlington"],
    ),
    "analysts forecast": (
        "Analysts expect Samsung to sell 300 million smartphones next year.",
        ["Observation smartphones-sold 300000000 forecast"],
    ),
    "a loss is a negative profit": (
        "Intel posted a net loss of $2.9 billion.",
        ["Observation profit -2900000000 reported"],
    ),
    "who is let go is not employed": (
        "Intel plans to lay off 15,000 employees.",
        ["Target employees-cut 15000 announced"],
    ),
    "who is hired was not there before": (
        "Ford has begun hiring 500 workers for its plant in Kentucky.",
        ["Target jobs-created 500 underway kentucky"],
    ),
    "a cut is counted against its base year": (
        "Unilever wants to cut its emissions by 50 per cent by 2030, compared with 2015.",
        ["Target emissions-reduction 50 2030-12-31 announced"],
    ),
    "a plan without a number is a status": (
        "Dyson plans to open a research centre in Singapore.",
        ["StatusReport announced singapore"],
    ),
    "what is explored is considered": (
        "TSMC is exploring a plant in Germany.",
        ["StatusReport considered germany"],
    ),
    "what is being built is underway": (
        "Stellantis is building a battery plant in Kokomo.",
        ["StatusReport underway kokomo"],
    ),
    "what opened is achieved, from that day on": (
        "IKEA opened a store in Hyderabad in August 2018.",
        ["StatusReport achieved 2018-08-01 hyderabad"],
    ),
    "what was shelved is abandoned": (
        "Plans for a Moderna vaccine plant in Kenya were shelved.",
        ["StatusReport abandoned kenya"],
    ),
    "what is put off is postponed": (
        "Construction of Intel's plant in Ohio has been pushed back to 2030.",
        ["StatusReport postponed 2030-12-31 ohio"],
    ),
    "how much later is no day": (
        "TSMC delayed its fab in Arizona by a year to 2026.",
        ["StatusReport postponed 2026-12-31 arizona"],
    ),
    "the day of another plan is not that of this one": (
        "Ford now expects to hire 5,100 people in Kentucky, up from the 2,100 announced in 2017.",
        ["Target jobs-created 5100 announced kentucky"],
    ),
    "it is what was told of before": (
        "Stellantis is building a battery plant in Kokomo. It will open in 2025.",
        ["StatusReport underway kokomo", "StatusReport announced 2025-12-31"],
    ),
    "a site acts for its company": (
        "Samsung's plant in Noida is to make 120 million phones a year, up from 68 million.",
        [
            "Target phone-output 120000000 announced noida",
            "Observation phone-output 68000000 reported noida",
        ],
    ),
    "what shall be smaller is reduced": (
        "Dyson scaled back its plans for a research centre in Singapore.",
        ["StatusReport reduced singapore"],
    ),
    "what is fallen short of is a missed target": (
        "Dangote Industries fell short of its goal of 650,000 barrels of oil a day at its refinery.",
        ["Target crude-throughput 650000 missed nigeria"],
    ),
    "a plan put on hold is a postponed target": (
        "Amazon's plan to hire 25,000 people in Arlington by 2030 is on hold.",
        ["Target jobs-created 25000 2030-12-31 postponed arlington"],
    ),
    "what was planned once was announced": (
        "Moderna had intended to spend $500 million on a plant in Kenya.",
        ["Target investment 500000000 announced kenya"],
    ),
    "another company in the sentence does not plan": (
        "Unlike Samsung, Xiaomi plans to open 100 service centres in India by 2020.",
        ["Target service-centres 100 2020-12-31 announced india"],
    ),
    "partners are related": (
        "Xiaomi has a tie-up with MobiKwik.",
        ["Relation xiaomi partnerOf mobikwik"],
    ),
    "a chief executive is one": (
        "Shell chief executive Wael Sawan spoke.",
        ["Relation wael-sawan chiefExecutiveOf shell"],
    ),
}


@pytest.mark.parametrize(("text", "stated"), STATED.values(), ids=STATED)
def test_states(graph: kg.Graph, text: str, stated: list[str]) -> None:
    assert said(graph, text) == stated


SILENT = {
    "what is not planned": "Ford said it would not build a plant in Mexico.",
    "no plans": "IKEA has no plans to open 20 stores in Kenya.",
    "what is denied": "Samsung denied that it plans to close its factory in Noida.",
    "what is rejected": "Samsung rejected reports that it would cut 10,000 jobs in India.",
    "what may be put off is not put off": "Samsung may delay its plant in Texas.",
    "a question": "Is Intel going to build a plant in Germany?",
    "what is not known": "It is unclear whether Foxconn will build the plant.",
    "what did not happen": "Xiaomi did not open 5,000 shops in India.",
    "what was reported wrongly": "An earlier version of this report said that Ford would build a plant in Kentucky.",
    "what no indicator measures": "Ford will donate 300 trees.",
    "whoever is not known": "The Economic Board expects 500 jobs at the new plant.",
    "another thing than the counted one": "Ford plans to build 300 fountains and a park.",
    "a part of something": "One of five stores sells coffee.",
    "what closes is no step of the plan that opened it": "IKEA will close seven stores in China.",
    "whose of two numbers is whose": "In India Vivo is ahead of Xiaomi, at 10 and 9 per cent of smartphone shipments.",
    "a number that is neither planned nor so yet": "IKEA: 25 stores in India by 2025.",
    "how much is added is not how much there is": "IKEA raised its revenue by 2 billion euros.",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_states_nothing(graph: kg.Graph, text: str) -> None:
    assert said(graph, text) == []


GERMAN = {
    "ein Plan": (
        "Ford will bis 2025 in Kentucky 500 Arbeitsplätze schaffen.",
        ["Target jobs-created 500 2025-12-31 announced kentucky"],
    ),
    "eine Verschiebung": (
        "Intel hat den Bau der Fabrik in Ohio verschoben.",
        ["StatusReport postponed ohio"],
    ),
    "eine Absage": (
        "Intel gibt die Fabrik in Magdeburg auf.",
        ["StatusReport abandoned magdeburg"],
    ),
    "eine Eröffnung": (
        "IKEA hat in Hyderabad ein Einrichtungshaus eröffnet.",
        ["StatusReport achieved hyderabad"],
    ),
    "eine Möglichkeit": (
        "TSMC prüft ein Werk in Deutschland.",
        ["StatusReport considered germany"],
    ),
    "kein Plan": ("Ford will nicht in Mexiko bauen und plant keine Fabrik.", []),
}


@pytest.mark.parametrize(("text", "stated"), GERMAN.values(), ids=GERMAN)
def test_german_is_read_by_the_same_code(graph: kg.Graph, text: str, stated: list[str]) -> None:
    assert said(graph, text, "de") == stated


def test_a_quotation_is_that_of_who_is_named_behind_it(graph: kg.Graph) -> None:
    text = '"We will add 300 coffee shops in China," Belinda Wong, who chairs Starbucks China, told the Financial Times.'
    target = drafted(graph, text)[-1].keys
    assert (target["mode"], target["speaker"]) == ("quoted", "belinda-wong")


def test_who_is_told_does_not_speak(graph: kg.Graph) -> None:
    text = "Xiaomi plans to hire 500 people in India, Lei Jun, its chairman, told Mint."
    target = next(p.keys for p in drafted(graph, text) if p.keys["type"] == "Target")
    told = {key: target[key] for key in ("speaker", "on_behalf_of", "via", "mode")}
    assert told == {
        "speaker": "lei-jun",
        "on_behalf_of": "xiaomi",
        "via": "mint",
        "mode": "paraphrased",
    }


def test_figures_of_analysts_have_no_speaker(graph: kg.Graph) -> None:
    [observation] = drafted(graph, "Samsung sold 60 million smartphones in 2018, according to IDC.")
    assert observation.keys["via"] == "idc"
    assert observation.keys["kind"] == "counted"
    assert "speaker" not in observation.keys


def test_who_holds_no_known_office_speaks_for_no_company(graph: kg.Graph) -> None:
    text = "Foxconn will get $80 million in subsidies in Wisconsin, Tony Evers said."
    [target] = drafted(graph, text)
    assert target.keys["speaker"] == "tony-evers"
    assert "on_behalf_of" not in target.keys


def test_a_place_that_nobody_knows_is_not_that_of_a_known_plan(graph: kg.Graph) -> None:
    [target] = drafted(graph, "Samsung will invest Rs 5,000 crore in a factory in Ruritania.")
    assert "place" not in target.keys
    assert target.keys["about"] == "samsung-manufacturing"
    assert target.things == (
        {
            "id": "samsung-manufacturing",
            "type": "Initiative",
            "label": "manufacturing",
            "company": "samsung",
            "kind": "manufacturing",
        },
    )


def test_what_is_abroad_is_not_where_the_text_is(graph: kg.Graph) -> None:
    text = "At home IKEA laid off 600 people."
    [cut] = propose(Paper(text, title="IKEA in India", published=PUBLISHED), graph.index)
    assert "place" not in cut.keys


def test_a_company_that_the_graph_does_not_know_is_proposed(graph: kg.Graph) -> None:
    text = (
        "Shares of Bolt Motors rose. Bolt Motors plans to build a factory in Germany by 2022. "
        "The factory of Bolt Motors will create 1,200 jobs."
    )
    factory, jobs = drafted(graph, text)
    assert factory.keys["about"] == "bolt-motors-germany-manufacturing"
    assert factory.things[0] == {"id": "bolt-motors", "type": "Company", "label": "Bolt Motors"}
    assert jobs.keys["value"] == "1200"


def test_a_company_of_the_title_alone_is_told_nothing_of(graph: kg.Graph) -> None:
    text = (
        "Brightwater, which supplies water, plans to hire 400 people. Brightwater lost £38 million."
    )
    found = propose(Paper(text, title="News of IKEA", published=PUBLISHED), graph.index)
    assert {str(p.keys["about"]).split("-")[0] for p in found} == {"brightwater"}


def test_people_are_taken_for_no_company(graph: kg.Graph) -> None:
    text = (
        "Jane Roe spoke. Roe wants to hire 500 people, and Roe plans to open a factory in Germany."
    )
    assert drafted(graph, text) == []


def test_a_heading_gives_way_to_what_its_section_tells(graph: kg.Graph) -> None:
    text = "2) Plans for a factory in Germany\nTSMC is exploring a factory in Germany."
    assert said(graph, text) == ["StatusReport considered germany"]


def test_a_figure_stands_in_the_words_of_its_span(graph: kg.Graph) -> None:
    text = "Ford will invest $3.5 billion in Kentucky, hire 500 people and open 20 shops by 2022."
    for proposal, words in zip(drafted(graph, text), ("$3.5 billion", "500", "20"), strict=True):
        [(start, end)] = proposal.spans
        assert words in text[start:end]


def test_a_paper_of_no_day_has_no_day_told_against_it(graph: kg.Graph) -> None:
    [target] = propose(Paper("Ford plans to hire 500 people in Kentucky next year."), graph.index)
    assert "due" not in target.keys


def test_what_is_stated_comes_in_the_order_of_the_text_and_again(graph: kg.Graph) -> None:
    text = "\n".join(text for text, _ in STATED.values())
    proposals = drafted(graph, text)
    assert proposals == sorted(proposals, key=lambda each: each.spans)
    assert proposals == drafted(graph, text)


@pytest.mark.parametrize(
    "part",
    [
        "plans ",
        "a",
        "“",
        "plans to open 5 stores and ",
        "\x00\x07\u202e",
        "if ",
        "More at ET. ",
        "(,)",
    ],
)
def test_hostile_text_is_read_in_linear_time(graph: kg.Graph, part: str) -> None:
    from tests.work import calls

    short, long = (
        calls(lambda text=text: drafted(graph, text)) for text in (part * 2000, part * 4000)
    )
    assert long < 2.6 * short


def test_nothing_is_found_in_nothing(graph: kg.Graph) -> None:
    for text in ("", "\n\n", "...", "\ufeff", "1"):
        assert drafted(graph, text) == []
