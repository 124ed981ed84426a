"""A model that lies, over real HTTP: what is refused, and what nobody but a reader can tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from kg.drafting import ModelChoice, Paper, propose_by_model
from tests.drafting.fake_model import FakeModel, fake_model, item, items, say

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = (
    "Acme will open 1,500 shops in India by 2031, Jo Doe said. "
    "It has about 250 shops there now, and wants to invest $1.5 billion in them. "
    "Acme's rival Amazon employs 26,000 people in Arlington.\n"
)
PAPER = Paper(TEXT, title="More shops", published=date(2029, 5, 31))
WORDS = "Acme will open 1,500 shops in India by 2031"
NOW = "It has about 250 shops there now"
TRUE = {
    "about": "acme-shops", "indicator": "retail-outlets", "value": "1500", "due": "2031-12-31",
    "due_precision": "year", "place": "india",
}  # fmt: skip
MONEY = {"about": "acme-shops", "indicator": "investment", "value": "1500000000", "unit": "USD"}
SEEN = {
    "about": "acme-shops", "indicator": "retail-outlets", "comparator": "approximately", "value": "250",
    "kind": "reported",
}  # fmt: skip

ELSEWHERE = "its words do not stand so in the text"
VALUE, DUE = "its value does not stand in its words", "its due does not stand in its words"
STRANGER = "its {} is of somebody whom the text does not name"


class Lie(NamedTuple):
    """What a model says, and why it is refused."""

    said: dict[str, Any]
    why: str


def target(words: str = WORDS, **changes: Any) -> dict[str, Any]:
    return item("Target", words, **{**TRUE, **changes})


LIES = {
    # The words
    "words that are nowhere": Lie(target("Acme will close all its shops in India by 2031"), ELSEWHERE),
    "one word altered": Lie(target("Acme may open 1,500 shops in India by 2031"), ELSEWHERE),
    "a number altered": Lie(target("Acme will open 1,700 shops in India by 2031", value="1700"), ELSEWHERE),
    "a year altered": Lie(target("Acme will open 1,500 shops in India by 2030", due="2030-12-31"), ELSEWHERE),
    "words left out": Lie(target("Acme will open 1,500 shops by 2031"), ELSEWHERE),
    "words put together": Lie(target(f"{WORDS}. It has about 250 shops in India now"), ELSEWHERE),
    "words in another language": Lie(target("Acme eröffnet bis 2031 in Indien 1.500 Läden"), ELSEWHERE),
    "words in capitals": Lie(target(WORDS.upper()), ELSEWHERE),
    "words of the title": Lie(target("More shops"), ELSEWHERE),
    "words of an example": Lie(target("will open 40 shops in Ruritania by 2031", value="40"), ELSEWHERE),
    "words within a word": Lie(target("cme will open 1,500 shops in India by 2031"), "it has no exact place in the text"),
    # The figures
    "a figure that is nowhere": Lie(target(value="2000"), VALUE),
    "a figure of other words": Lie(target(value="250"), VALUE),
    "ten times as many": Lie(target(value="15000"), VALUE),
    "the end of a figure": Lie(target("500 shops in India by 2031", value="500"), VALUE),
    "the end of a decimal": Lie(item("Target", "5 billion", **{**MONEY, "value": "5000000000"}), VALUE),
    "a figure without its scale": Lie(item("Target", "$1.5 billion", **{**MONEY, "value": "1.5"}), VALUE),
    "a baseline of its own": Lie(target(baseline="1000"), "its baseline does not stand in its words"),
    "a range of its own": Lie(target(minimum="1000", maximum="1500"), "its minimum does not stand in its words"),
    "a loss of a gain": Lie(target(value="-1500"), VALUE),
    "no number": Lie(target(value="many"), "its value is no number"),
    "another currency": Lie(item("Target", "$1.5 billion", **{**MONEY, "unit": "INR"}), "its unit is not that of its words"),
    "a share of a count": Lie(target(unit="PERCENT"), "its unit is not that of its words"),
    "more than was said": Lie(item("Observation", NOW, **{**SEEN, "comparator": "at-least"}), "its comparator is not that of its words"),
    "surer than was said": Lie(item("Observation", NOW, **{**SEEN, "comparator": None}), "its comparator is not that of its words"),
    # The days
    "another year": Lie(target(due="2035-12-31"), DUE),
    "a day within the year": Lie(target(due="2031-03-31", due_precision="quarter"), DUE),
    "a day of its own": Lie(item("Observation", NOW, **SEEN, when="2028-12-31"), "its when does not stand in its words"),
    "the day of publication as said": Lie(item("Target", "1,500 shops in India", **{**TRUE, "due": "2029-05-31"}), DUE),
    "no day": Lie(target(due="soon"), "its due is no day"),
    # Who, what and where
    "a plan of a company that is not named": Lie(target(about="xiaomi-india-service-centres"), STRANGER.format("about")),
    "a speaker who is not named": Lie(target(speaker="lei-jun"), STRANGER.format("speaker")),
    "on behalf of a company that is not named": Lie(target(on_behalf_of="xiaomi"), STRANGER.format("on_behalf_of")),
    "an outlet that is not named": Lie(target(via="reuters"), STRANGER.format("via")),
    "a thing that nobody knows": Lie(target(about="acme-casinos"), "its about is neither known nor described"),
    "a place that nobody knows": Lie(target(place="atlantis"), "its place is neither known nor described"),
    "a thing that it gives another meaning": Lie(
        item("Thing", "India", id="india", type="City", label="India"), "it describes a thing that is known"
    ),
    "a fact about a thing": Lie(
        item("Thing", "Acme", id="acme-2", type="Company", label="Acme", located_in="india"),
        "it says more of a thing than what it is and is called",
    ),
    # The terms
    "an indicator of its own": Lie(target(indicator="happiness"), "its indicator is none that kg terms lists"),
    "a status of its own": Lie(target(status="certain"), "its status is none that kg terms lists"),
    "a verdict": Lie(target(verdict="kept"), "it has a key that such a statement has not"),
    "evidence of its own": Lie(target(evidence={"start": 0}), "an item of its answer has a value that is no text"),
    "a key of another statement": Lie(target(when="2031-12-31"), "it has a key that such a statement has not"),
    "a class of its own": Lie({"Promise": WORDS}, "an item of its answer is none that was asked for"),
}  # fmt: skip
"""Each is told beside the truth, and refused by itself."""

BLIND = {
    "that it is only considered": target(status="considered"),
    "that somebody else who is named said it": target(speaker="jo-doe", mode="quoted"),
    "that another thing is counted": target(indicator="service-centres"),
    "that it is done": item("StatusReport", WORDS, about="acme-shops", status="achieved"),
}
"""Lies in words that do stand there: why whatever is proposed waits for a reader."""


OF_ANOTHER: dict[str, Any] = target(about="amazon-hq2-arlington")
"""A lie that is told at least: both companies are named, and the words name the other one."""


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with fake_model() as served:
        yield served


def answered(model: FakeModel, graph, *said: dict[str, Any]):
    model.answer = lambda handler, _: say(handler, items(*said))
    chosen = ModelChoice.of({}, "liar", model.url)
    assert chosen is not None
    return propose_by_model(PAPER, graph.index, chosen)


def test_truth_is_proposed(model, beside) -> None:
    money = item("Target", "wants to invest $1.5 billion", **MONEY)
    found = answered(model, beside, target(), item("Observation", NOW, **SEEN), money)
    assert len(found.proposals) == 3
    assert found.refused == ()


@pytest.mark.parametrize("what", LIES)
def test_lie_is_refused_for_what_it_is_and_the_truth_beside_it_kept(model, beside, what) -> None:
    lie = LIES[what]
    found = answered(model, beside, target(), lie.said)
    assert [proposal.keys["value"] for proposal in found.proposals] == ["1500"]
    assert [refusal.reason for refusal in found.refused] == [lie.why]


def test_all_lies_at_once_leave_the_truth(model, beside) -> None:
    lies = [lie.said for lie in LIES.values()]
    found = answered(model, beside, *lies, target())
    assert len(found.refused) == len(lies) > 40
    assert [proposal.keys["value"] for proposal in found.proposals] == ["1500"]


@pytest.mark.parametrize("what", BLIND)
def test_lie_in_words_that_stand_there_waits_for_a_reader(model, beside, what) -> None:
    (proposal,) = answered(model, beside, BLIND[what]).proposals
    assert proposal.by == "model liar"
    assert "note" not in proposal.keys


def test_plan_of_another_who_is_named_as_well_gets_a_note(model, beside) -> None:
    (proposal,) = answered(model, beside, OF_ANOTHER).proposals
    assert proposal.keys["note"] == "Its words name acme, and not amazon."
    told = {**OF_ANOTHER["Target_attributes"], "note": "Shops."}
    (proposal,) = answered(model, beside, item("Target", WORDS, **told)).proposals
    assert proposal.keys["note"] == "Shops. Its words name acme, and not amazon."


def test_class_says_the_type_whatever_else_is_said(model, beside) -> None:
    (proposal,) = answered(model, beside, target(type="StatusReport")).proposals
    assert proposal.keys["type"] == "Target"
