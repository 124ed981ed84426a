"""Which time a figure has: its own, that of the report, that of a year before, or one that was told before it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, find_periods
from kg.drafting.proposing import propose_all

if TYPE_CHECKING:
    import kg

PUBLISHED = date(2024, 8, 6)
REPORT = "Ford presented its results for the second quarter of 2024 on Tuesday. "
KEYS = ("type", "status", "indicator", "value", "minimum", "maximum", "due", "when", "uttered")


def told(graph: kg.Graph, text: str) -> list[str]:
    """Return what is proposed of a text and not refused, each in one line."""
    proposed = propose_all(Paper(text, published=PUBLISHED), graph.index).proposals
    stated = [one.keys for one in proposed if one.keys["type"] in {"Target", "Observation"}]
    return [" ".join(str(keys[key]) for key in KEYS if key in keys) for keys in stated]


TIMES = {
    "figures of a report are of its time": (
        REPORT + "Revenue was $12 billion.",
        ["Observation revenue 12000000000 2024-06-30"],
    ),
    "and so is its last day": (
        REPORT + "At the end of the quarter Ford employed 7,300 people.",
        ["Observation employees 7300 2024-06-30"],
    ),
    "but not what there is": (
        REPORT + "Ford employs 7,300 people.",
        ["Observation employees 7300"],
    ),
    "nor is a time of a relative clause that of what goes on behind it": (
        "Ford, which was fined in 2023, employs 7,300 people.",
        ["Observation employees 7300"],
    ),
    "nor what another company earns": (
        REPORT + "Revenue of Intel was $12 billion.",
        ["Observation revenue 12000000000"],
    ),
    "a year earlier is told against it": (
        REPORT + "Net profit was $61 million, against $48 million a year earlier.",
        ["Observation profit 61000000 2024-06-30", "Observation profit 48000000 2023-06-30"],
    ),
    "a text that was written long after is no report": (
        "The year 2021 was a good one for Ford. Revenue was $12 billion.",
        ["Observation revenue 12000000000"],
    ),
    "a rise and what it comes to are of one time": (
        "Revenue of Ford rose 6% to $12 billion in 2023.",
        ["Observation sales-growth 6 2023-12-31", "Observation revenue 12000000000 2023-12-31"],
    ),
    "a part and its whole, too": (
        "Ford had hired only 281 of the promised 900 people by the end of 2022.",
        ["Observation jobs-created 281 2022-12-31", "Target announced jobs-created 900"],
    ),
    "by then is by what was told before": (
        "Starbucks wants 9,000 coffee shops in China by the end of 2025. By then it wants to have 60,000 employees there.",
        ["Target announced coffee-shops 9000 2025-12-31", "Target announced jobs-created 60000 2025-12-31"],
    ),
    "what is told to come later than a day has none": (
        "Ford will open 20 shops later than 2026.",
        ["Target postponed shops-opened 20"],
    ),
    "when something was promised is not when it is due": (
        "Ford promised in August to hire 500 people.",
        ["Target announced jobs-created 500"],
    ),
    "what was to be by a day was to be by it": (
        "In 2021 Ford promised to hire 500 people by 2023.",
        ["Target announced jobs-created 500 2023-12-31"],
    ),
    "an aim of a year is due in it": (
        "Ford missed its 2023 target of 500 shops.",
        ["Target missed branded-shops 500 2023-12-31"],
    ),
    "and so is what was to be in it": (
        "Ford was to hire 300 people in 2023.",
        ["Target announced jobs-created 300 2023-12-31"],
    ),
    "a day that no calendar tells is none of another": (
        "Ford plans to hire 500 people by Easter and another 300 by the end of 2025.",
        ["Target announced jobs-created 500", "Target announced jobs-created 300 2025-12-31"],
    ),
    "of two days the one to come is meant": (
        "By 2030, it said in 2021, Ford will create 500 jobs.",
        ["Target announced jobs-created 500 2030-12-31"],
    ),
    "today is no day of what is there": (
        "Today Ford employs 300 people.",
        ["Observation employees 300"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", TIMES.values(), ids=TIMES)
def test_a_figure_has_the_time_that_its_words_give_it(graph: kg.Graph, text) -> None:
    assert sorted(told(graph, text[0])) == sorted(text[1])


AIMS = {
    "an aim that is cut from another": (
        "Ford has cut its goal for electric cars to 40 percent by 2030, from 70 percent.",
        ["Target reduced electric-share 40 2030-12-31"],
    ),
    "a forecast that is raised": (
        "Ford lifted its 2025 revenue forecast to $3 billion from $2.8 billion.",
        ["Target announced revenue 3000000000 2025-12-31"],
    ),
    "one that is kept": (
        "Ford kept its guidance of $3 billion in revenue for 2025.",
        ["Target announced revenue 3000000000 2025-12-31"],
    ),
    "a loss that is expected": (
        "Ford expects a loss of $200 million this year.",
        ["Target announced profit -200000000 2024-12-31"],
    ),
    "between two numbers": (
        "Ford expects to lose between $200 million and $250 million this year.",
        ["Target announced profit -250000000 -200000000 2024-12-31"],
    ),
    "one that was missed by so much": (
        "Ford fell 400 short of its target of 3,000 jobs.",
        ["Target missed jobs-created 3000"],
    ),
    "what closes": (
        "Ford will close 12 branches in 2025.",
        ["Target announced shops-closed 12 2025-12-31"],
    ),
    "what a plant can make is no output": (
        "Dangote's refinery runs at half of its capacity of 650,000 barrels a day.",
        ["Observation capacity-use 50"],
    ),
    "a total is no number of what opened": (
        "Starbucks opened 785 shops in China in 2023, taking the total to 6,975.",
        ["Observation shops-opened 785 2023-12-31", "Observation branded-shops 6975 2023-12-31"],
    ),
    "a part of a share is no share of the same": (
        "Volvo Cars wants 90 per cent of its cars to be electric by 2030, up to 10 per cent of which may be hybrids.",
        ["Target announced electric-share 90 2030-12-31"],
    ),
    "what a plan includes": (
        "Ford's $11 billion plan includes 11,000 jobs.",
        ["Target announced jobs-created 11000"],
    ),
    "what a plan is told to be a part of": (
        "Ford has hired 1,600 of 5,000 workers in Kentucky.",
        ["Observation jobs-created 1600"],
    ),
    "what stands behind the one number and before the next": (
        "Ford made a profit of $1.2 billion on revenue of $43 billion.",
        ["Observation profit 1200000000", "Observation revenue 43000000000"],
    ),
    "a loss of a year that nobody names": (
        "Ford's loss narrowed to $300 million from $900 million a year before.",
        ["Observation profit -300000000"],
    ),
    "what has gone": (
        "In Ohio, 700 jobs have gone at Ford.",
        ["Observation employees-cut 700"],
    ),
    "what stands before a sum and the next one": (
        "Ford made a profit of $21 million on sales of $470 million in 2023.",
        ["Observation profit 21000000", "Observation revenue 470000000 2023-12-31"],
    ),
    "what is held beside what nobody knows": (
        "Ford has 84 shops. It won 400 prizes. It has 2,300 now.",
        ["Observation branded-shops 84"],
    ),
    "what has risen from a larger number": (
        "Starbucks had 6,200 coffee shops in China, in 244 cities, up from 5,650 a year ago.",
        [
            "Observation coffee-shops 6200",
            "Observation shop-cities 244",
            "Observation coffee-shops 5650 2023-12-31",
        ],
    ),
    "what one of many earns": ("The average Ford worker earns $83,000.", []),
    "what is closed beside what is planned": (
        "Ford will open 20 shops in 2025, having closed seven in 2023.",
        [
            "Target announced shops-opened 20 2025-12-31",
            "Observation shops-closed 7 2023-12-31",
        ],
    ),
}


@pytest.mark.parametrize("text", AIMS.values(), ids=AIMS)
def test_an_aim_is_no_figure_that_was_measured(graph: kg.Graph, text) -> None:
    assert sorted(told(graph, text[0])) == sorted(text[1])


def test_a_part_has_its_place_for_itself(graph: kg.Graph) -> None:
    text = "Ford employs 5,000 people, of whom 2,000 work in Kentucky."
    proposed = propose_all(Paper(text, published=PUBLISHED), graph.index).proposals
    assert [one.keys.get("place") for one in proposed if one.keys["value"] == "5000"] == [None]


def test_labels_of_a_list_count_what_they_name(graph: kg.Graph) -> None:
    text = "IKEA in figures.\n\n- Stores: 96\n- People: 5,100\n- Lorries: 300"
    assert told(graph, text) == [
        "Observation furniture-stores 96",
        "Observation employees 5100",
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("in spring 2025", "2025-05-31"),
        ("by the summer of 2026", "2026-08-31"),
        ("this autumn", "2024-11-30"),
        ("next spring", "2025-05-31"),
        ("next autumn", "None"),
        ("before Christmas", "2024-12-24"),
        ("by Christmas 2026", "2026-12-24"),
    ],
)
def test_seasons_end_with_their_last_month(words: str, day: str) -> None:
    [period] = find_periods(f"It will open {words}.", PUBLISHED)
    assert str(period.latest) == day
    assert "inferred" in period.precision


def test_south_of_the_equator_no_season_is_told() -> None:
    [period] = find_periods("It will open in Sydney in spring 2025.", PUBLISHED)
    assert period.latest is None


def test_a_season_names_no_other_thing() -> None:
    assert find_periods("The summer sale of Spring Street begins.", PUBLISHED) == []


def test_fiscal_years_end_with_march_where_figures_are_in_crore() -> None:
    [period] = find_periods("Rs 900 crore by FY26", PUBLISHED)
    assert str(period.latest) == "2026-03-31"
    [period] = find_periods("in the last fiscal year", PUBLISHED)
    assert period.latest is None


def test_what_there_had_been_by_a_month_is_past() -> None:
    [period] = find_periods("It had hired 200 people by July.", PUBLISHED)
    assert str(period.latest) == "2024-07-31"
    [period] = find_periods("It had hoped to hire 200 people by December.", PUBLISHED)
    assert str(period.latest) == "2024-12-31"
