"""All that is proposed of a text: whoever proposes passes the same refusals."""

from __future__ import annotations

from datetime import date

import pytest

from kg.drafting import ModelChoice, Paper, Proposal, Refusal, propose_all, sift
from kg.drafting.language import LanguageError
from tests.drafting.fake_model import fake_model, item, items, say

TEXT = "Xiaomi will open 1,500 service centres in India by 2031.\n"
PAPER = Paper(TEXT, published=date(2029, 5, 31))
TARGET = {
    "type": "Target", "about": "xiaomi-india-service-centres", "indicator": "service-centres",
    "value": "1500", "due": "2031-12-31", "due_precision": "year", "place": "india",
}  # fmt: skip
SPANS = ((0, 55),)


def test_grammar_passes_the_same_refusals(graph, monkeypatch) -> None:
    said = [Proposal(TARGET, SPANS), Proposal({**TARGET, "value": "1600"}, SPANS)]
    monkeypatch.setattr("kg.drafting.proposing.propose", lambda _paper, _index: said)
    found = propose_all(PAPER, graph.index)
    assert found.proposals == (said[0],)
    assert found.refused == (Refusal("grammar", "its value does not stand in its words"),)


def test_what_the_grammar_says_of_plain_words_is_refused_for_nothing(graph) -> None:
    found = propose_all(PAPER, graph.index)
    assert [proposal.keys["value"] for proposal in found.proposals] == ["1500"]
    assert (found.refused, found.remarks) == ((), ())


def test_language_without_a_grammar_leaves_the_model(graph) -> None:
    text = "Xiaomi öppnar butiker i Indien.\n"
    with fake_model() as model:
        keys = {"about": "xiaomi", "status": "announced"}
        model.answer = lambda handler, _: say(
            handler, items(item("StatusReport", "Xiaomi öppnar butiker", **keys))
        )
        chosen = ModelChoice.of({}, "x", model.url)
        found = propose_all(Paper(text, language="sv"), graph.index, chosen)
    assert [proposal.by for proposal in found.proposals] == ["model x"]
    (remark,) = found.remarks
    assert remark.startswith(
        "The grammar proposes nothing: there is no grammar of the language 'sv'"
    )


def test_language_of_numbers_alone_is_held_against_its_numbers(graph, monkeypatch) -> None:
    def none(_code: str) -> None:
        raise LanguageError("there are no words of plans")

    monkeypatch.setattr("kg.drafting.standing.plan_words", none)
    rank = {
        "type": "Observation",
        "about": "xiaomi",
        "indicator": "smartphone-shipment-rank",
        "value": "2",
    }
    loss = {**rank, "indicator": "profit", "unit": "USD", "value": "-5000000"}
    text = f"{TEXT}Xiaomi is the second largest, with a loss of $5 million.\n"
    said = [Proposal(TARGET, SPANS), *(Proposal(keys, ((57, 113),)) for keys in (rank, loss))]
    found = sift(said, Paper(text, published=PAPER.published), graph.index)
    assert found.proposals == (said[0],)


@pytest.mark.parametrize("text", ["", " \n", "Nothing."])
def test_text_that_says_nothing_gets_nothing(graph, text) -> None:
    assert propose_all(Paper(text), graph.index).proposals == ()
