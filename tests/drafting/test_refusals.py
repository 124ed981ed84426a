"""What is never proposed, whoever proposes it."""

from __future__ import annotations

from datetime import date

import pytest

from kg.drafting import Paper, Proposal, Refusal, sift, tell_refused
from tests.benchmarks.drafting.texts import FRESH, HELD, LATER, TUNED, read_texts
from tests.work import calls

TEXT = (
    "Acme will open 1,500 shops in India by 2031, up from 250 today, its chief Jo Doe told the Gazette. "
    "It wants to spend at least $2 billion on plants in the next three years. "
    "Bolt will double its 40 shops by March 2032.\n"
)
PAPER = Paper(TEXT, title="Acme and Bolt open shops", published=date(2029, 5, 31))
LINKS = {"confirms", "contradicts", "updates", "corrects", "differs_from", "part_of"}
TARGET = {
    "type": "Target",
    "about": "acme-shops",
    "indicator": "retail-outlets",
    "value": "1500",
    "due": "2031-12-31",
    "due_precision": "year",
    "place": "india",
}
WORDS = "will open 1,500 shops in India by 2031, up from 250 today"


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def sifted(graph, keys, words=WORDS, *, paper=PAPER, things=(), spans=None):
    proposal = Proposal(keys, spans or (at(words, paper.text),), things, by="someone")
    return sift([proposal], paper, graph.index)


def reason(graph, keys, words=WORDS, **more) -> str | None:
    found = sifted(graph, keys, words, **more)
    assert len(found.proposals) + len(found.refused) == 1
    return found.refused[0].reason if found.refused else None


def test_what_the_words_say_is_proposed(beside) -> None:
    assert reason(beside, TARGET) is None
    assert reason(beside, {**TARGET, "baseline": "250"}) is None


CHANGED = {
    "another number": ({"value": "1600"}, "its value does not stand in its words"),
    "a part of the number": ({"value": "500"}, "its value does not stand in its words"),
    "a number of another sentence": ({"value": "40"}, "its value does not stand in its words"),
    "a baseline of nowhere": ({"baseline": "300"}, "its baseline does not stand in its words"),
    "a minimum of nowhere": ({"minimum": "1"}, "its minimum does not stand in its words"),
    "another year": ({"due": "2030-12-31"}, "its due does not stand in its words"),
    "another day of the year": ({"due": "2031-06-30"}, "its due does not stand in its words"),
    "a number with a sign": ({"value": "-1500"}, "its value does not stand in its words"),
    "a number of another form": ({"value": "1.5e3"}, "its value is no number"),
    "a number of digits that are not ours": ({"value": "١٥٠٠"}, "its value is no number"),
    "several numbers": ({"value": ["1500", "250"]}, "its value is no number"),
    "a year for a day": ({"due": "2031"}, "its due is no day"),
    "a day that is none": ({"due": "2031-02-30"}, "its due is no day"),
    "no unit of money": ({"unit": "USD"}, "its unit is not that of its words"),
    "a share": ({"unit": "PERCENT"}, "its unit is not that of its words"),
    "a comparator": ({"comparator": "at-least"}, "its comparator is not that of its words"),
    "a status of nowhere": ({"status": "hoped"}, "its status is none that kg terms lists"),
    "an indicator of nowhere": ({"indicator": "joy"}, "its indicator is none that kg terms lists"),
    "a precision of nowhere": (
        {"due_precision": ["year", "roughly"]},
        "its due_precision is none that kg terms lists",
    ),
    "a thing of nowhere": ({"about": "acme-pools"}, "its about is neither known nor described"),
    "a place of nowhere": ({"place": "ruritania"}, "its place is neither known nor described"),
    "no name of a thing": ({"about": "acme <shops>"}, "its about is neither known nor described"),
    "a key of nowhere": ({"hope": "much"}, "it has a key that such a statement has not"),
    "a key of others": ({"when": "2031-12-31"}, "it has a key that such a statement has not"),
    "evidence of its own": ({"evidence": "x"}, "it has a key that such a statement has not"),
    "no statement": ({"type": "Company"}, "its type is no kind of statement"),
    "another company": (
        {"about": "amazon-hq2-arlington"},
        "its about is of somebody whom the text does not name",
    ),
    "another speaker": (
        {"speaker": "lei-jun"},
        "its speaker is of somebody whom the text does not name",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_the_words_do_not_say_is_refused(beside, what) -> None:
    change, why = CHANGED[what]
    assert reason(beside, {**TARGET, **change}) == why


PLACES = {
    "none": (),
    "before the text": ((-5, 4),),
    "behind the text": ((5, len(TEXT) + 1),),
    "nothing": ((5, 5),),
    "backwards": ((9, 5),),
    "within a word": ((at(WORDS)[0] + 1, at(WORDS)[1]),),
    "to within a word": ((at(WORDS)[0], at(WORDS)[1] - 1),),
    "one over the other": (at(WORDS), at("by 2031")),
    "white space": ((len(TEXT) - 1, len(TEXT)),),
}


@pytest.mark.parametrize("where", PLACES)
def test_what_has_no_exact_place_is_refused(beside, where) -> None:
    proposal = Proposal(TARGET, PLACES[where])
    found = sift([proposal], PAPER, beside.index)
    assert found.refused == (Refusal("grammar", "it has no exact place in the text"),)


def test_number_out_of_a_longer_one_is_refused(beside) -> None:
    keys = {**TARGET, "value": "500"}
    assert reason(beside, keys, "500 shops in India by 2031").startswith("its value")


def test_number_and_day_may_stand_in_two_places(beside) -> None:
    spans = (at("1,500 shops"), at("by 2031"))
    assert reason(beside, TARGET, spans=spans) is None
    assert reason(beside, TARGET, spans=spans[:1]) == "its due does not stand in its words"


def test_rule_takes_its_days_from_other_sentences_and_they_are_evidence_then(beside) -> None:
    text = "By 2031 Acme wants more shops. Then it will have 1,500 of them. Bolt closed in 2031.\n"
    paper = Paper(text, published=date(2029, 5, 31))
    ours = Proposal(TARGET, (at("it will have 1,500 of them", text),))
    assert sift([ours], paper, beside.index).proposals == ()
    (found,) = sift([ours], paper, beside.index, by_rule=True).proposals
    assert [text[start:end] for start, end in found.spans] == [
        "it will have 1,500 of them",
        "By 2031",
    ]
    nowhere = Proposal({**TARGET, "due": "2035-12-31"}, ours.spans)
    assert sift([nowhere], paper, beside.index, by_rule=True).proposals == ()


def test_loss_is_a_profit_below_zero_and_a_gain_is_none(beside) -> None:
    text = "Acme made a net loss of $5 million in 2028, and Acme made a profit of $6 million in 2027.\n"
    paper = Paper(text, published=date(2029, 5, 31))
    keys = {
        "type": "Observation", "about": "acme", "indicator": "profit", "unit": "USD", "kind": "reported",
        "value": "-5000000", "when": "2028-12-31", "when_precision": "year",
    }  # fmt: skip
    assert reason(beside, keys, "a net loss of $5 million in 2028", paper=paper) is None
    gain = {**keys, "value": "-6000000", "when": "2027-12-31"}
    words = "a profit of $6 million in 2027"
    assert reason(beside, gain, words, paper=paper) == "its value does not stand in its words"


def test_what_has_passed_a_number_is_more(beside) -> None:
    text = "Acme has passed 1,500 shops in India, and has 250 in France.\n"
    keys = {
        "type": "Observation", "about": "acme-shops", "indicator": "retail-outlets", "comparator": "more-than",
        "value": "1500", "kind": "reported",
    }  # fmt: skip
    assert reason(beside, keys, "has passed 1,500 shops", paper=Paper(text)) is None
    other = {**keys, "value": "250"}
    assert reason(beside, other, "has 250 in France", paper=Paper(text)).startswith(
        "its comparator"
    )


@pytest.mark.parametrize(
    ("indicator", "fits"), [("smartphone-shipment-rank", True), ("retail-outlets", False)]
)
def test_rank_stands_in_words_and_a_count_does_not(beside, indicator, fits) -> None:
    text = "Acme was the second largest brand in India.\n"
    keys = {
        "type": "Observation",
        "about": "acme",
        "indicator": indicator,
        "value": "2",
        "kind": "reported",
    }
    found = reason(beside, keys, "the second largest brand", paper=Paper(text))
    assert (found is None) == fits


def test_multiple_is_a_value_of_what_counts_multiples_alone(beside) -> None:
    text = "Acme doubled its 40 shops.\n"
    keys = {
        "type": "Observation",
        "about": "acme",
        "indicator": "service-centre-growth",
        "value": "2",
        "kind": "reported",
    }
    assert reason(beside, keys, "doubled its 40 shops", paper=Paper(text)) is None
    shops = {**keys, "indicator": "retail-outlets"}
    assert reason(beside, shops, "doubled its 40 shops", paper=Paper(text)).startswith("its value")


def test_state_is_named_by_its_place(beside) -> None:
    text = "Wisconsin promised Acme $5 million.\n"
    keys = {
        "type": "Target", "about": "acme", "indicator": "subsidies", "value": "5000000", "unit": "USD",
        "promised_by": "state-of-wisconsin",
    }  # fmt: skip
    assert reason(beside, keys, "promised Acme $5 million", paper=Paper(text)) is None
    other = {**keys, "promised_by": "state-of-new-york"}
    found = reason(beside, other, "promised Acme $5 million", paper=Paper(text))
    assert found == "its promised_by is of somebody whom the text does not name"


def test_numbers_of_a_language_that_nobody_reads_are_refused(beside) -> None:
    paper = Paper(TEXT, published=PAPER.published, language="sv")
    assert (
        reason(beside, TARGET, paper=paper)
        == "no numbers and days can be read in the language 'sv'"
    )
    status = {"type": "StatusReport", "about": "acme-shops", "status": "announced"}
    assert reason(beside, status, paper=paper) is None


@pytest.mark.parametrize(
    "folder", [TUNED, HELD, FRESH, LATER], ids=["tuned", "held", "fresh", "later"]
)
def test_most_of_what_people_have_written_down_may_stand_as_it_is(graph, folder) -> None:
    kept = refused = 0
    for text in read_texts(folder):
        for said in text.statements:
            keys = {key: value for key, value in said.keys.items() if key not in LINKS}
            names = {
                name
                for value in keys.values()
                for name in ([value] if isinstance(value, str) else value)
            }
            things = [thing for thing in text.things if thing["id"] in names]
            things += [
                thing
                for thing in text.things
                if thing not in things
                and thing["id"] in {str(one.get("company")) for one in things}
            ]
            found = sift([Proposal(keys, said.spans, tuple(things))], text.paper, graph.index)
            kept, refused = kept + len(found.proposals), refused + len(found.refused)
    assert kept + refused >= 100
    assert kept / (kept + refused) > 0.7  # most others have their day in another sentence


def test_product_of_what_the_words_say_stands_in_them(beside) -> None:
    keys = {
        "type": "Target", "about": "acme-shops", "indicator": "retail-outlets", "value": "80",
        "baseline": "40", "due": "2032-03-31", "due_precision": "month",
    }  # fmt: skip
    words = "double its 40 shops by March 2032"
    assert reason(beside, keys, words) is None
    assert reason(beside, {**keys, "value": "120"}, words).startswith("its value")


def test_money_keeps_its_currency_and_comparator(beside) -> None:
    keys = {
        "type": "Target", "about": "acme", "indicator": "investment", "comparator": "at-least",
        "value": "2000000000", "unit": "USD", "due": "2032-05-31", "due_precision": ["day", "inferred"],
    }  # fmt: skip
    words = "at least $2 billion on plants in the next three years"
    assert reason(beside, keys, words) is None
    assert reason(beside, {**keys, "unit": "INR"}, words) == "its unit is not that of its words"
    bare = {key: value for key, value in keys.items() if key != "comparator"}
    assert reason(beside, bare, words) == "its comparator is not that of its words"


def test_day_of_the_publication_needs_no_words_where_it_is_inferred(beside) -> None:
    keys = {
        "type": "Observation", "about": "acme-shops", "indicator": "retail-outlets", "kind": "reported",
        "value": "250", "when": "2029-05-31", "when_precision": ["month", "inferred"],
    }  # fmt: skip
    assert reason(beside, keys, "250 today") is None
    undated = Paper(TEXT)
    assert (
        reason(beside, keys, "250 today", paper=undated) == "its when does not stand in its words"
    )
    other = {**keys, "when": "2029-05-30"}
    assert reason(beside, other, "250 today") == "its when does not stand in its words"


def test_nothing_is_due_on_the_day_of_publication_unless_the_words_say_so(beside) -> None:
    keys = {
        "type": "Target", "about": "acme-shops", "indicator": "retail-outlets", "status": "announced",
        "value": "40", "due": "2029-05-31", "due_precision": ["day", "inferred"],
    }  # fmt: skip
    for words, told in (
        ("Acme expects 40 shops, from 20 last year", "its due does not stand in its words"),
        ("Acme expects 40 shops", "its due does not stand in its words"),
        ("Acme will open 40 shops today", None),
    ):
        paper = Paper(words, published=date(2029, 5, 31), language="en")
        assert reason(beside, keys, words, paper=paper) == told


BOLT = {"id": "bolt", "type": "Company", "label": "Bolt"}
BOLT_SHOPS = {
    "id": "bolt-shops", "type": "Initiative", "label": "Bolt's shops", "company": "bolt", "kind": "offline-retail",
}  # fmt: skip


@pytest.mark.parametrize(
    ("things", "why"),
    [
        ((BOLT, BOLT_SHOPS), None),
        ((BOLT_SHOPS,), "its company is neither known nor described"),
        ((BOLT,), "its about is neither known nor described"),
        (({**BOLT, "label": "Volt"}, BOLT_SHOPS), "its about is of somebody whom the text does not name"),
        ((BOLT, {**BOLT_SHOPS, "kind": "shops"}), "its kind is none that kg terms lists"),
        ((BOLT, {"id": "bolt-shops"}), "it describes a thing without id, type and label"),
        (({**BOLT, "type": "Target"}, BOLT_SHOPS), "it describes a thing without id, type and label"),
        (
            (BOLT, BOLT_SHOPS, {"id": "xiaomi", "type": "City", "label": "Xiaomi"}),
            "it describes a thing that is known",
        ),
    ],
)  # fmt: skip
def test_things_are_known_or_described_in_full(beside, things, why) -> None:
    keys = {
        "type": "Target", "about": "bolt-shops", "indicator": "retail-outlets", "baseline": "40", "value": "80",
        "due": "2032-03-31", "due_precision": "month",
    }  # fmt: skip
    assert reason(beside, keys, "double its 40 shops by March 2032", things=things) == why


def test_refusals_are_told_by_reason_the_most_frequent_first() -> None:
    refused = [Refusal("model x", "b"), Refusal("grammar", "a"), Refusal("model x", "b")]
    assert tell_refused(refused) == [
        "2 proposals of model x are left out: b",
        "1 proposal of grammar is left out: a",
    ]


def test_work_grows_with_the_statements_of_a_text_and_not_with_its_square(graph) -> None:
    def work(count: int) -> int:
        text = "Xiaomi will open 500 stores in India by 2020. " * count
        keys = {**TARGET, "about": "xiaomi", "value": "500", "due": "2020-12-31"}
        length = len(text) // count
        proposals = [Proposal(keys, ((n * length, (n + 1) * length - 2),)) for n in range(count)]
        paper = Paper(text, published=date(2018, 3, 28))
        return calls(lambda: sift(proposals, paper, graph.index))

    work(10)  # what is made once
    assert work(400) < 3 * work(200)
