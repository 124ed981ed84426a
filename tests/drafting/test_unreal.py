"""What is told with the verbs of plans and has not come about: none of it may be proposed, and what stands beside it must be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose
from kg.drafting.grammar.clauses import split_clauses
from kg.drafting.grammar.plan_words import plan_words
from kg.drafting.grammar.unreal import idle_verbs, spanning_verbs, unreal_words
from kg.drafting.grammar.words import split_words

if TYPE_CHECKING:
    import kg

KEYS = ("type", "indicator", "value", "status", "due")

NOTHING = {
    "nearly done": [
        "IKEA almost opened a store in Hyderabad last year.",
        "IKEA nearly closed its store in Hyderabad.",
        "Intel has never opened a plant in Dresden.",
    ],
    "told and denied": [
        "Reports that Intel will cut 3,000 jobs are false.",
        "The report that Samsung is moving to Vietnam is untrue, the company said.",
        "Xiaomi said a story about 500 layoffs was made up.",
        "TSMC's claim that it will hire 500 people is a joke.",
        "Ford said the figure of 3,000 job cuts was too high.",
    ],
    "done to nothing": [
        "Foxconn started no construction in Wisconsin.",
        "Xiaomi delayed no launches in India last year.",
        "Ford will create no jobs in Kentucky.",
    ],
    "what would have been": [
        "Ford would have invested $3 billion in Kentucky.",
        "Had demand held, Ford would have hired 2,500 people in Kentucky.",
        "Had sales kept up, Ford would be hiring 500 people.",
        "Without the grant, Intel would not have built its plant in Ohio.",
        "But for the strike, IKEA would have opened 12 stores in India.",
        "Ford could have built three plants for that money.",
    ],
    "believed by nobody": [
        "Few believe that Intel will open its plant in Ohio in 2030.",
        "Nothing suggests that Ford will shut its plant in Kentucky.",
        "There is no sign that Intel will open its plant in Ohio in 2030.",
    ],
    "feared and wanted by others": [
        "A union fears that Ford will cut 2,000 jobs.",
        "Ford should build a plant in Kentucky, the governor said.",
        "Intel threatened to close its plant in Ohio.",
    ],
    "proceedings": [
        "Samsung opened an investigation into the fire at Noida.",
        "Amazon plans to launch an appeal against the fine of 746 million euros.",
        "Starbucks dropped a lawsuit against the union.",
    ],
    "trading and opening hours": [
        "Shell opened higher in London on Tuesday.",
        "Starbucks will open at 7 a.m. from Monday.",
        "Moderna abandoned its headquarters for an hour after a fire alarm.",
        "Samsung shut down its servers for two hours on Sunday.",
    ],
    "timetables and goods": [
        "Air New Zealand delayed 12 flights on Monday.",
        "Ford scrapped 1,000 cars after the flood.",
        "Intel postponed its annual meeting to June.",
    ],
    "sayings": [
        "IKEA opened up about its plans in India.",
        "Foxconn has delivered on its promise.",
        "Unilever is building on its success in India.",
        "Intel raised eyebrows in Ohio.",
    ],
    "what was once": [
        "Ford used to employ 8,000 people in Kentucky.",
        "Ford once employed 8,000 people in Kentucky.",
    ],
    "how long it would take": ["It would take IKEA 20 years to open 25 stores in India."],
    "people who act": ["The 2,500 workers of BlueOval SK will vote in August."],
    "said to be wrong": [
        "It is wrong that IKEA has sold its store in Hyderabad.",
        "It is untrue that Intel has closed its plant in Dresden.",
        "Unions say Ford will shut its plant in Kentucky; there is nothing in it.",
    ],
    "forged": [
        "A fake press release had it that IKEA would build 20 stores in India.",
        "The land in Ohio has been sold by Intel, as a bogus letter had it.",
    ],
    "no day named": ["Intel has yet to say when its plant in Ohio will open."],
    "how far from another number": [
        "Foxconn fell 239 jobs short of the minimum in Wisconsin.",
        "IKEA has 12 fewer stores in India than Amazon.",
    ],
    "money that a government gets back": [
        "The state of Wisconsin said that Foxconn will pay back $100 million to it."
    ],
    "what is owned of others": ["Ford sells cars made by Bolt, of which it owns 40 per cent."],
    "who is only told": ["Ford's staff in Kentucky will be told this week."],
    "money of one thing of many": ["Ford sold its 2,000 electric cars at a loss of $30,000 each."],
}

SOMETHING = {
    "what stands beside an idiom counts": (
        "Amazon, which closed 2023 with 1.5 million employees, will hire 500 people in Arlington.",
        ["Observation employees 1500000", "Target jobs-created 500 announced"],
    ),
    "what closes in a year closes": (
        "Ford closed its plant in Kentucky in 2023 with the loss of 500 jobs.",
        ["Observation employees-cut 500"],
    ),
    "almost double is more than nothing": (
        "IKEA almost doubled its staff in India to 900 people.",
        ["Observation employees 900", "Observation jobs-growth 2"],
    ),
    "no fewer than so many are as many": (
        "Ford will hire no fewer than 500 people in Kentucky.",
        ["Target jobs-created 500 announced"],
    ),
    "what is no longer considered is given up": (
        "Intel is no longer considering a plant in Dresden.",
        ["StatusReport abandoned"],
    ),
    "what was never built is given up": (
        "Intel's plant in Ohio was never built.",
        ["StatusReport abandoned"],
    ),
    "a goal that is held to no longer is given up": (
        "IKEA no longer holds to its goal of 25 stores in India by 2025.",
        ["Target furniture-stores 25 abandoned 2025-12-31"],
    ),
    "what was planned once was planned": (
        "Xiaomi once planned 100 stores in Indonesia.",
        ["Target branded-shops 100 announced"],
    ),
    "what a plant runs at is what is so": (
        "Samsung is running its plant in Noida at 85 per cent of capacity.",
        ["Observation capacity-use 85"],
    ),
    "a firm that ought to by a day is expected to": (
        "Ford should build its plant in Kentucky by 2027, the company said.",
        ["StatusReport announced 2027-12-31"],
    ),
    "what is wrong says nothing of what is set against it": (
        "It is wrong that Ford is leaving Kentucky; it will cut 300 jobs there.",
        ["Target employees-cut 300 announced"],
    ),
    "a part of what was promised is there, and the rest is not": (
        "Foxconn hired only 281 of the promised 13,000 people in Wisconsin.",
        ["Observation jobs-created 281", "Target jobs-created 13000 announced"],
    ),
    "a ribbon is cut at what opens": (
        "Ford cut the ribbon at its plant in Kentucky.",
        ["StatusReport achieved"],
    ),
    "what a thing was once called late by tells only which it is": (
        "Ford will reopen its mothballed plant in Kentucky in 2026.",
        ["StatusReport announced 2026-12-31"],
    ),
    "what is held against a plan is there": (
        "Dangote Industries has spent $19 billion on its refinery, twice what was budgeted.",
        ["Observation investment 19000000000"],
    ),
    "what is denied of another is no denial of this": (
        "Reports of a strike are false, but Ford will cut 300 jobs in Kentucky.",
        ["Target employees-cut 300 announced"],
    ),
}


def told(graph: kg.Graph, text: str) -> list[str]:
    found = propose(Paper(text, published=date(2024, 3, 12)), graph.index)
    return [" ".join(str(each.keys[key]) for key in KEYS if key in each.keys) for each in found]


@pytest.mark.parametrize("kind", NOTHING)
def test_nothing_is_proposed_of(graph: kg.Graph, kind: str) -> None:
    assert {text: told(graph, text) for text in NOTHING[kind]} == {t: [] for t in NOTHING[kind]}


@pytest.mark.parametrize(("text", "stated"), SOMETHING.values(), ids=SOMETHING)
def test_it_is_still_proposed_that(graph: kg.Graph, text: str, stated: list[str]) -> None:
    assert sorted(told(graph, text)) == sorted(stated)


def test_a_verb_far_from_its_object_or_behind_a_comma_is_one_of_a_plan() -> None:
    words = split_words("It opened a shop, and an investigation followed.")
    assert idle_verbs(words, unreal_words("en")) == set()


def test_a_comma_within_a_number_cuts_nothing() -> None:
    words = split_words("It scrapped 1,000 cars.")
    assert idle_verbs(words, unreal_words("en")) == {1}


def test_a_time_behind_a_preposition_is_no_object() -> None:
    words = split_words("It closed in 2023 with a loss.")
    assert spanning_verbs(words, {2, 3}, unreal_words("en")) == set()


def test_a_question_that_begins_so_supposes_nothing() -> None:
    language = plan_words("en")
    words = split_words("Had it planned to build a plant?")
    assert "idle" not in {clause.sense for clause in split_clauses(words, language)}


def test_a_language_without_such_words_has_none() -> None:
    words = split_words("Es hat fast ein Werk eröffnet.")
    assert not unreal_words("de").verbs.find(words)
