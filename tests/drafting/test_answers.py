"""What a model answers, read strictly."""

from __future__ import annotations

import json

import pytest

from kg.drafting.model.answers import MOST_ITEMS, AnswerError, read_answer

CLASSES = ("Target", "Thing")
GOOD = {"Target": "20 shops", "Target_attributes": {"value": "20", "due_precision": ["year"]}}


def wrapped(*items) -> str:
    return json.dumps({"extractions": list(items)})


@pytest.mark.parametrize(
    "text",
    [
        wrapped(GOOD),
        json.dumps([GOOD]),
        f"```json\n{wrapped(GOOD)}\n```",
        f"```\n{wrapped(GOOD)}```",
        f"<think>20, or 30 {{?</think>\n{wrapped(GOOD)}",
        f"\n <think></think>```json\n{wrapped(GOOD)}\n```\n",
        wrapped({"Target": "20 shops", "Target_attributes": {**GOOD["Target_attributes"], "place": None, "note": ""}}),
    ],
)  # fmt: skip
def test_answer_is_read_whatever_stands_around_it(text) -> None:
    assert read_answer(text, CLASSES) == ([GOOD], [])


@pytest.mark.parametrize(
    "number", ["1.10", "12345678901234567890.5", "1000000000000000000000000", "-0.5"]
)
def test_numbers_stay_as_they_were_written(number) -> None:
    (item,), _ = read_answer(
        f'[{{"Target": "x", "Target_attributes": {{"value": {number}}}}}]', CLASSES
    )
    assert item["Target_attributes"] == {"value": number}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "its answer is empty"),
        ("  \n", "its answer is empty"),
        ("<think>about it", "its answer is empty"),
        ("```json\n```", "its answer is empty"),
        ("I am sorry.", "its answer is no JSON, or half of it"),
        (wrapped(GOOD)[:-9], "its answer is no JSON, or half of it"),
        (wrapped(GOOD) * 2, "its answer is no JSON, or half of it"),
        ("null", "its answer has no list of extractions"),
        ('{"extractions": {}}', "its answer has no list of extractions"),
        ('{"statements": []}', "its answer has no list of extractions"),
        ('[{"Target": "x", "Target": "y"}]', "its answer gives a key twice"),
        ('[{"Target": NaN}]', "its answer has NaN for a number"),
        ("[" * 70, "its answer nests too deeply"),
        ("[" * 100_000, "its answer nests too deeply"),
    ],
)
def test_what_is_no_answer_is_refused_whole(text, why) -> None:
    with pytest.raises(AnswerError, match=f"^{why}$"):
        read_answer(text, CLASSES)


NONE = "an item of its answer is none that was asked for"
NO_WORDS = "an item of its answer has no words"
NO_TEXT = "an item of its answer has a value that is no text"


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("20 shops", NONE),
        ({}, NONE),
        ({"Hope": "20 shops"}, NONE),
        ({"Target": "20 shops", "Thing": "shops"}, NONE),
        ({"Target": ["20 shops"]}, NO_WORDS),
        ({"Target": ""}, NO_WORDS),
        ({"Target": None}, NO_WORDS),
        ({"Target": "20\u241fshops"}, NO_WORDS),
        ({"Target": "x" * 3_000}, NO_WORDS),
        ({"Target": "20 shops", "Target_attributes": ["value"]}, NO_WORDS),
        ({"Target": "20 shops", "Target_attributes": {"value": {"of": "20"}}}, NO_TEXT),
        ({"Target": "20 shops", "Target_attributes": {"value": True}}, NO_TEXT),
        ({"Target": "20 shops", "Target_attributes": {"value": [["20"]]}}, NO_TEXT),
        ({"Target": "20 shops", "Target_attributes": {"value": "2" * 3_000}}, NO_TEXT),
    ],
)
def test_bad_item_is_left_out_and_the_rest_is_kept(item, why) -> None:
    assert read_answer(wrapped(GOOD, item, GOOD), CLASSES) == ([GOOD, GOOD], [why])


def test_items_are_bounded() -> None:
    good, bad = read_answer(wrapped(*[GOOD] * (MOST_ITEMS + 50)), CLASSES)
    assert len(good) == MOST_ITEMS
    assert bad == [f"its answer has more than {MOST_ITEMS} items, and the rest was not read"]
