"""What the grammar and a model propose of one text, as one list."""

from __future__ import annotations

from kg.drafting import Proposal, merge_proposals

TARGET = {"type": "Target", "about": "acme-shops", "value": "500", "due": "2031-12-31"}
STATUS = {"type": "StatusReport", "about": "acme-shops", "status": "announced"}


def ours(keys, *spans, things=()):
    return Proposal(keys, spans or ((10, 40),), things)


def theirs(keys, *spans, things=()):
    return Proposal(keys, spans or ((15, 50),), things, by="model x")


def merged(first, second):
    return [(proposal.by, dict(proposal.keys)) for proposal in merge_proposals(first, second)]


def test_same_statement_is_proposed_once_with_both_named() -> None:
    (one,) = merge_proposals([ours(TARGET)], [theirs(TARGET)])
    assert (one.by, one.keys, one.spans) == ("grammar, model x", TARGET, ((10, 50),))


def test_what_one_of_them_adds_is_kept() -> None:
    first, second = {**TARGET, "speaker": "jo-doe"}, {**TARGET, "place": "india"}
    assert merged([ours(first)], [theirs(second)]) == [
        ("grammar, model x", {**TARGET, "speaker": "jo-doe", "place": "india"})
    ]


def test_several_values_are_the_same_in_any_order() -> None:
    first = {**TARGET, "due_precision": ["year", "inferred"]}
    second = {**TARGET, "due_precision": ["inferred", "year"]}
    assert len(merge_proposals([ours(first)], [theirs(second)])) == 1


def test_rivals_stand_next_to_each_other_and_say_so() -> None:
    second = {**STATUS, "status": "considered"}
    later = Proposal(TARGET, ((60, 70),))
    found = merged([ours(STATUS), later], [theirs(second)])
    assert found == [
        ("grammar", {**STATUS, "note": "model x differs: status: considered."}),
        ("model x", {**second, "note": "grammar differs: status: announced."}),
        ("grammar", TARGET),
    ]


def test_rivals_have_the_same_words() -> None:
    found = merge_proposals([ours(STATUS)], [theirs({**STATUS, "status": "underway"})])
    assert [proposal.spans for proposal in found] == [((10, 50),), ((10, 50),)]


def test_rivals_keep_what_their_notes_said_before() -> None:
    first = {**STATUS, "note": "Offices."}
    found = merged([ours(first)], [theirs({**STATUS, "status": "underway"})])
    assert found[0][1]["note"] == "Offices. model x differs: status: underway."


def test_same_number_and_day_of_another_company_are_rivals() -> None:
    second = {**TARGET, "about": "bolt-shops", "place": "india"}
    found = merged([ours({**TARGET, "place": "france"})], [theirs(second)])
    assert [keys["note"] for _, keys in found] == [
        "model x differs: about: bolt-shops; place: india.",
        "grammar differs: about: acme-shops; place: france.",
    ]


def test_two_facts_of_one_sentence_stay_two() -> None:
    later = {**TARGET, "value": "900", "due": "2035-12-31"}
    assert merged([ours(TARGET)], [theirs(later)]) == [("grammar", TARGET), ("model x", later)]
    both = merge_proposals([ours(TARGET), ours(later)], [theirs(later), theirs(TARGET)])
    assert [proposal.by for proposal in both] == ["grammar, model x"] * 2


def test_other_words_and_other_types_are_other_statements() -> None:
    elsewhere = theirs(TARGET, (40, 60))
    assert len(merge_proposals([ours(TARGET)], [elsewhere, theirs(STATUS)])) == 3


def test_things_of_both_are_described_once() -> None:
    thing = {"id": "acme-shops", "type": "Initiative", "label": "shops", "company": "acme"}
    other = {"id": "acme", "type": "Company", "label": "Acme"}
    first = ours(TARGET, things=(thing,))
    (one,) = merge_proposals([first], [theirs(TARGET, things=({**thing, "label": "x"}, other))])
    assert sorted(each["label"] for each in one.things) == ["Acme", "shops"]


def test_order_is_that_of_the_text_and_the_same_each_time() -> None:
    first = [ours(TARGET, (90, 99)), ours(STATUS, (0, 9))]
    second = [theirs(TARGET, (50, 59)), theirs(STATUS, (20, 29))]
    starts = [proposal.spans[0][0] for proposal in merge_proposals(first, second)]
    assert starts == [0, 20, 50, 90]
    assert merge_proposals(first, []) == [first[1], first[0]]
    assert merge_proposals([], second) == [second[1], second[0]]
