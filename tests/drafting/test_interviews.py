"""Interviews by question and answer, points of lists, and numbers that stand beside a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.drafting import Paper, find_periods, propose
from kg.drafting.grammar.interviews import find_interview

if TYPE_CHECKING:
    import kg
    from kg.drafting import Proposal

TALK = """Jane Roe has been chief executive of Tolmar Ferries since March.

Gazette: When will the first electric ferry sail?

Roe: In April 2026. We are investing 240 million euros.

Gazette: Will you build a second one?

Roe: No. We will hire 80 sailors next year. The state gives us 35 million euros."""


def drafted(graph: kg.Graph, text: str) -> list[Proposal]:
    return propose(Paper(text, published=date(2024, 9, 10)), graph.index)


def short(proposal: Proposal) -> str:
    keys = ("type", "value", "status", "due", "speaker")
    return " ".join(str(proposal.keys[key]) for key in keys if key in proposal.keys)


def test_answers_are_said_by_whom_the_text_asks(graph: kg.Graph) -> None:
    assert [short(one) for one in drafted(graph, TALK) if one.keys["type"] == "Target"] == [
        "Target 240000000 underway jane-roe",
        "Target 80 announced 2025-12-31 jane-roe",
    ]


def test_a_short_answer_is_read_with_its_question_and_stands_in_both(graph: kg.Graph) -> None:
    [ferry] = [one for one in drafted(graph, TALK) if one.keys["type"] == "StatusReport"]
    assert short(ferry).startswith("StatusReport announced 2026-04-30")
    words = [TALK[start:end] for start, end in ferry.spans]
    assert words == ["will the first electric ferry sail", "In April 2026"]


def test_a_question_states_nothing(graph: kg.Graph) -> None:
    text = TALK.replace("Will you build a second one?", "Tolmar Ferries will close a plant. Why?")
    assert not any("abandoned" in short(one) for one in drafted(graph, text))
    assert find_interview(text).asks(text.index("will close"))


def test_lines_without_labels_are_an_interview_where_each_question_has_one() -> None:
    text = "Roe runs Bolt.\n\nHow many shops do you have?\n\nWe run 64.\n\nAnd in May?\n\nMore.\n\nShe left."
    found = find_interview(text)
    assert [text[each.start : each.end] for each in found.answers] == ["We run 64.", "More."]


def test_a_list_with_colons_is_no_interview() -> None:
    text = "Key facts:\n- Employees: 300\n- Jobs: 20\n- Why now? Nobody knows."
    assert find_interview(text).answers == ()


def test_a_point_of_a_list_tells_a_day_or_a_size_of_what_is_planned(graph: kg.Graph) -> None:
    text = (
        "Intel will build a plant in Ohio.\n\n• Start of production: early 2027\n"
        "• Investment: $3 billion\n• Employees so far: 700"
    )
    found = [short(one) for one in drafted(graph, text)]
    assert found[1:] == [
        "StatusReport announced 2027-06-30",
        "Target 3000000000 announced",
        "Observation 700",
    ]


def test_what_goes_along_with_a_plan_hides_it_not(graph: kg.Graph) -> None:
    text = "Intel is to shut its plant in Ohio with the loss of 210 jobs."
    assert {short(one) for one in drafted(graph, text)} == {
        "Target 210 announced",
        "StatusReport announced",
    }


def test_growth_is_of_what_stands_before_it_and_a_fall_below_zero(graph: kg.Graph) -> None:
    text = "Intel reported revenue of $12 billion, down 3 per cent. Profit slumped 34 per cent."
    found = [(one.keys["indicator"], one.keys["value"]) for one in drafted(graph, text)]
    assert found == [("revenue", "12000000000"), ("sales-growth", "-3"), ("profit-growth", "-34")]


def test_before_the_end_of_a_year_is_within_it() -> None:
    published = date(2023, 11, 8)
    for words, day in (
        ("before the end of 2025", date(2025, 12, 31)),
        ("before the end of the year", date(2023, 12, 31)),
        ("before year-end", date(2023, 12, 31)),
        ("before 2027", date(2026, 12, 31)),
    ):
        [period] = find_periods(f"It will close {words}.", published)
        assert (period.latest, period.role) == (day, "by")


def test_what_is_to_happen_in_a_quarter_lies_ahead() -> None:
    [period] = find_periods("Ground is to be broken in the fourth quarter.", date(2024, 1, 23))
    assert period.latest == date(2024, 12, 31)


def test_who_leads_the_company_before_the_first_question_answers(graph: kg.Graph) -> None:
    text = (
        "Jane Roe has led Intel since 2023.\n\nHow many people will you hire?\n\nWe will hire 300 people by 2026.\n\n"
        "And where?\n\nIn Ohio."
    )
    [target] = [one for one in drafted(graph, text) if one.keys["type"] == "Target"]
    assert target.keys["speaker"] == "jane-roe"
    assert target.keys["on_behalf_of"] == "intel"


def test_outside_of_an_interview_a_name_that_leads_another_is_nobody(graph: kg.Graph) -> None:
    text = "Bolt Motors leads Ford in Ohio. Ford will hire 300 people there by 2026."
    assert all("bolt-motors" not in str(one.keys.get("speaker")) for one in drafted(graph, text))
