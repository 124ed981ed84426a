"""The measures of drafting, on proposals of which it is plain what they are worth."""

from __future__ import annotations

import builtins
import doctest
from dataclasses import replace
from datetime import date

import pytest

from kg.drafting import Paper, Proposal
from tests.benchmarks.drafting import (
    cost,
    keywords,
    matching,
    missed,
    promises,
    quantities,
    recorded,
    scores,
    tools,
    words,
)
from tests.benchmarks.drafting.matching import pair_up
from tests.benchmarks.drafting.promises import measure, timing
from tests.benchmarks.drafting.scores import ALL, Tally, score
from tests.benchmarks.drafting.texts import TUNED, GoldText, read_texts
from tests.benchmarks.drafting.words import rouge_l, sentences
from tests.benchmarks.drafting.world import World

TEXT = "Acme will open 20 shops by 2030. It has 5 today. Acme scrapped its car, and its bike."
JOBS = {
    "type": "Target",
    "about": "acme-shops",
    "indicator": "retail-outlets",
    "value": "20",
    "due": "2030-12-31",
}
GOLD = GoldText(
    "acme",
    Paper(TEXT, published=date(2027, 1, 31)),
    (
        Proposal({**JOBS, "status": "announced"}, ((0, 31),)),
        Proposal({"type": "Observation", "about": "acme-shops", "indicator": "retail-outlets", "value": "5"}, ((33, 47),)),
        Proposal({"type": "StatusReport", "about": "acme-car", "status": "abandoned"}, ((49, 70),)),
        Proposal({"type": "StatusReport", "about": "acme-bike", "status": "abandoned"}, ((49, 85),)),
        Proposal({"type": "Relation", "subject": "jo", "predicate": "chairs", "object": "acme"}, ((0, 4),)),
    ),
    ({"id": "acme-car", "company": "acme", "kind": "product-launch"},),
)  # fmt: skip
WORLD = World({"acme-shops": frozenset({"acme"})}, {"retail-outlets": "unit:NUM"})


def scored(*proposed: Proposal) -> scores.Score:
    return score([(GOLD, proposed)], WORLD)


def test_gold_itself_is_perfect() -> None:
    result = scored(*GOLD.statements)
    assert result.found[ALL] == result.whole[ALL] == Tally(4, 4, 4)
    assert result.found["Relation"] == Tally(1, 1, 1)
    assert result.found[ALL].f1 == result.overlap == result.rouge == 1.0
    assert all(agreeing == having for agreeing, having in result.exact.values())


def test_nothing_proposed_finds_nothing_and_is_not_wrong() -> None:
    found = scored().found[ALL]
    assert (found.precision, found.recall, found.f1) == (1.0, 0.0, 0.0)


def test_what_is_proposed_twice_is_right_once_and_wrong_once() -> None:
    found = scored(*GOLD.statements, *GOLD.statements).found[ALL]
    assert (found.precision, found.recall) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("span", "right"), [((10, 31), 1), ((0, 47), 1), ((30, 50), 1), ((33, 47), 0)]
)
def test_words_of_a_number_overlap_those_of_the_gold_anywhere(span, right) -> None:
    moved = replace(GOLD.statements[0], spans=(span,))
    assert scored(moved).found["Target"].right == right


@pytest.mark.parametrize(
    ("span", "right"), [((49, 60), 1), ((33, 70), 1), ((38, 59), 0), ((33, 47), 0)]
)
def test_words_of_a_status_report_overlap_those_of_the_gold_by_half(span, right) -> None:
    moved = replace(GOLD.statements[2], spans=(span,))
    assert (
        score([(replace(GOLD, statements=(GOLD.statements[2],)), [moved])], WORLD).found[ALL].right
        == right
    )


def test_another_number_is_another_target_and_other_zeros_are_none() -> None:
    first = GOLD.statements[0]
    assert scored(replace(first, keys={**JOBS, "value": "20.0"})).found["Target"].right == 1
    assert scored(replace(first, keys={**JOBS, "value": "21"})).found["Target"].right == 0
    ends = {key: value for key, value in JOBS.items() if key != "value"}
    ends |= {"minimum": "20", "maximum": "20"}
    assert scored(replace(first, keys=ends)).found["Target"].right == 0


def test_kind_and_status_have_to_be_right() -> None:
    first, _, car, *_ = GOLD.statements
    seen = replace(first, keys={**first.keys, "type": "Observation"})
    assert scored(seen).found[ALL].right == 0
    put_off = replace(car, keys={**car.keys, "status": "postponed"})
    assert scored(put_off).found[ALL].right == 0


def test_of_several_ways_to_pair_the_one_is_taken_that_pairs_most() -> None:
    # The wide one could be either; were it taken for the car, the narrow one would be left over.
    wide = Proposal(
        {"type": "StatusReport", "about": "acme-car", "status": "abandoned"}, ((49, 85),)
    )
    narrow = Proposal({"type": "StatusReport", "about": "acme", "status": "abandoned"}, ((49, 62),))
    assert len(pair_up(GOLD.statements, [wide, narrow])) == 2


def test_among_those_the_pairs_are_taken_that_agree_most() -> None:
    swapped = [GOLD.statements[3], GOLD.statements[2]]
    pairs = pair_up(GOLD.statements, swapped)
    assert [pair.gold is pair.proposed for pair in pairs] == [True, True]


def test_what_a_verdict_rests_on_decides_whether_a_proposal_is_whole() -> None:
    first = GOLD.statements[0]
    late = scored(replace(first, keys={**first.keys, "due": "2031-12-31"}))
    assert (late.found["Target"].right, late.whole["Target"].right) == (1, 0)
    assert late.exact["day"] == (0, 1)
    unheard = scored(replace(first, keys={**first.keys, "speaker": "jo"}))
    assert (unheard.whole["Target"].right, unheard.exact["speaker"]) == (1, (0, 1))


def test_company_is_that_of_the_initiative_and_a_new_one_is_known_by_company_and_kind() -> None:
    car = GOLD.statements[2]
    new = {"id": "acme-x", "company": "acme", "kind": "product-launch"}
    result = scored(Proposal({**car.keys, "about": "acme-x"}, car.spans, things=(new,)))
    assert (result.exact["company"], result.exact["about"]) == ((1, 1), (1, 1))
    other = {"id": "acme-x", "company": "bolt", "kind": "product-launch"}
    result = scored(Proposal({**car.keys, "about": "acme-x"}, car.spans, things=(other,)))
    assert (result.exact["company"], result.exact["about"]) == ((0, 1), (0, 1))


def test_unit_of_the_indicator_need_not_be_said() -> None:
    first = GOLD.statements[0]
    for unit, agreeing in (("NUM", 1), ("unit:NUM", 1), ("USD", 0)):
        result = scored(replace(first, keys={**first.keys, "unit": unit}))
        assert result.exact["unit"] == (agreeing, 1)


def test_promises_are_told_by_sentence_and_timed_from_publication() -> None:
    result = measure([(GOLD, GOLD.statements)])
    assert result.identified.pairs == {("yes", "yes"): 1, ("no", "no"): 2}
    assert result.timing.pairs == {("2 to 5 years", "2 to 5 years"): 1}
    assert result.in_texts.pairs == result.evidence.pairs == {("yes", "yes"): 1}
    assert (result.identified.macro_f1, result.timing.accuracy, result.rouge) == (1.0, 1.0, 1.0)
    nothing = measure([(GOLD, [])])
    assert nothing.identified.pairs == {("yes", "no"): 1, ("no", "no"): 2}
    assert nothing.timing.pairs == {("2 to 5 years", promises.NONE): 1}
    assert (nothing.identified.f1("yes"), nothing.rouge) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("due", "label"),
    [
        (None, "other"),
        ("2026-12-31", "other"),
        ("2029-01-31", "within 2 years"),
        ("2029-02-28", "2 to 5 years"),
        ("2050-12-31", "more than 5 years"),
    ],
)
def test_timing_has_the_classes_of_promise_eval(due, label) -> None:
    keys = {"type": "Target", "value": "20"} | ({"due": due} if due else {})
    assert timing(Proposal(keys, ((0, 5),)), date(2027, 1, 31)) == label


def test_sentences_end_at_a_stop_before_a_space_with_its_quotation_mark() -> None:
    text = 'It has $1.5bn. "We go on." He left.\nIn the U.S. too'
    assert [text[start:end] for start, end in sentences(text)] == [
        "It has $1.5bn.", '"We go on."', "He left.", "In the U.S.", "too",
    ]  # fmt: skip


def test_rouge_of_no_words_is_that_of_nothing() -> None:
    assert (rouge_l("", ""), rouge_l("a", ""), rouge_l("a b", "b a")) == (1.0, 0.0, 0.5)


def test_articles_are_the_same_each_time_and_no_two_alike() -> None:
    texts = read_texts(TUNED)
    papers = cost.articles(texts, 20)
    assert papers == cost.articles(texts, 20)
    assert len({paper.text for paper in papers}) == 20
    assert {len(paper.text) for paper in papers} == {cost.LENGTH}


def test_what_is_missed_and_what_is_wrong_is_told_with_its_words() -> None:
    wrong = replace(GOLD.statements[0], keys={**JOBS, "value": "21"})
    told = "".join(missed.lines([(GOLD, [wrong, *GOLD.statements[1:]])]))
    assert told == (
        "acme\n"
        "  - Target status=announced value=20 indicator=retail-outlets about=acme-shops due=2030-12-31"
        " | Acme will open 20 shops by 2030\n"
        "  + Target value=21 indicator=retail-outlets about=acme-shops due=2030-12-31"
        " | Acme will open 20 shops by 2030\n"
    )


def test_tool_that_is_not_installed_is_named(monkeypatch) -> None:
    def refuse(name, *rest, **more):
        if name.split(".")[0] in {"quantulum3", "dateparser", "spacy"}:
            raise ImportError(name)
        return imported(name, *rest, **more)

    imported = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", refuse)
    peers = [tools.peer(module, World()) for module in tools.PEERS]
    assert [(peer.name, peer.draft) for peer in peers] == [
        (quantities.NAME, None),
        ("spaCy's rules", None),
    ]


def test_recorded_answers_are_of_tuned_texts() -> None:
    assert set(recorded.answers()) <= {text.name for text in read_texts(TUNED)}
    assert len(recorded.answers()) >= 4


@pytest.mark.parametrize("module", [matching, words, keywords])
def test_examples_of_the_measures_run(module) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)
