"""From a text to a source: what the graph knows of it, and what it proposes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml

import kg
from kg.drafting import Drafter, Paper, Particulars, Proposal, Sifted
from kg.promises import group_promises, load_statements
from tests.work import calls

if TYPE_CHECKING:
    from pathlib import Path

SAID = Particulars("More shops", publisher="The Gazette", published=date(2030, 1, 31))
JOBS = Proposal(
    {
        "type": "Target", "about": "amazon-hq2-arlington", "indicator": "jobs-created", "value": "25000",
        "due": "2030-12-31", "due_precision": "year", "place": "arlington",
    },
    ((0, 6),),
)  # fmt: skip


def proposing(*proposals):
    return lambda paper, index: Sifted(proposals)  # noqa: ARG005


def source_of(draft):
    return yaml.load(draft.data, yaml.BaseLoader)  # noqa: S506 - strings alone


def test_a_publisher_and_an_author_that_are_not_known_are_proposed(graph):
    said = Particulars("T", "Jo Doe", "The Gazette", date(2020, 1, 31))
    found = source_of(Drafter(graph.index, proposing()).draft(b"Acme.", "a", said))

    assert (found["publisher"], found["author"]) == ("the-gazette", "jo-doe")
    assert found["proposed"] == [
        {"id": "the-gazette", "type": "Organization", "label": "The Gazette"},
        {"id": "jo-doe", "type": "Person", "label": "Jo Doe"},
    ]


@pytest.mark.parametrize(
    "name", ["The Hindu", "THE HINDU", "the-hindu", "thehindu.com", "www.thehindu.com"]
)
def test_a_publisher_that_is_known_is_named_by_its_slug(graph, name):
    said = Particulars("T", publisher=name, published=date(2020, 1, 31))
    draft = Drafter(graph.index, proposing()).draft(b"Acme.", "a", said)

    assert draft.name == "the-hindu-2020-01-31"
    assert "proposed" not in source_of(draft)


def test_a_slug_of_something_else_is_no_publisher(graph):
    said = Particulars("T", publisher="india", published=date(2020, 1, 31))
    drafted = Drafter(graph.index, proposing()).draft(b"A.", "a", said)

    assert source_of(drafted)["publisher"] == "india-2"


def test_a_new_publisher_gets_no_slug_of_another_thing(graph):
    said = Particulars("T", publisher="India", published=date(2020, 1, 31))

    assert (
        source_of(Drafter(graph.index, proposing()).draft(b"A.", "a", said))["publisher"]
        == "india-2"
    )


def test_each_source_has_a_slug_of_its_own(graph):
    drafter = Drafter(graph.index, proposing())
    names = [drafter.draft(f"Acme {number}.".encode(), "a", SAID).name for number in range(3)]

    assert names == [f"the-gazette-2030-01-31{end}" for end in ("", "-2", "-3")]
    known = Particulars("T", publisher="medianama", published=date(2017, 3, 28))
    assert drafter.draft(b"Xiaomi.", "a", known).name == "medianama-2017-03-28-2"


def test_work_does_not_grow_with_how_many_are_of_one_day(graph):
    drafter = Drafter(graph.index, proposing())

    def draft(number):
        return calls(lambda: drafter.draft(f"Acme {number}.".encode(), "a", SAID))

    few = [draft(number) for number in range(20)][-1]
    many = [draft(number) for number in range(20, 200)][-1]
    assert many <= few + 20


def test_a_target_that_a_source_states_already_is_proposed_to_confirm_it(graph):
    other = Proposal({**JOBS.keys, "value": "26000"}, ((7, 9),))
    draft = Drafter(graph.index, proposing(JOBS, other)).draft(b"25,000 26,000", "a", SAID)

    same, differs = source_of(draft)["proposed"][1:]
    promise = group_promises(load_statements(graph.index))["bq-prime-2023-03.1"]
    assert same["confirms"] == promise[0].name
    assert "confirms" not in differs


def test_what_who_proposes_has_said_of_confirming_is_kept(graph):
    told = Proposal({**JOBS.keys, "confirms": "x"}, JOBS.spans)
    draft = Drafter(graph.index, proposing(told)).draft(b"25,000 jobs", "a", SAID)

    assert source_of(draft)["proposed"][1]["confirms"] == "x"


def test_the_same_text_under_another_address_is_told(graph):
    drafter = Drafter(graph.index, proposing())
    text = "Acme will open twenty shops in India by 2030, said its chief, who likes it there. " * 3
    drafter.draft(text.encode(), "a", SAID)

    assert drafter.draft(text.upper().encode(), "b", SAID).remarks == (
        "This is the same text as the-gazette-2030-01-31.",
    )
    almost = text.replace("twenty", "thirty", 1)
    assert drafter.draft(almost.encode(), "c", SAID).remarks == (
        "This is nearly the same text as the-gazette-2030-01-31.",
    )


def test_a_text_whose_digest_a_graph_has_is_told(graph, tmp_path: Path):
    first = Drafter(graph.index, proposing()).draft(b"Acme opens.\n", "a", SAID)
    (tmp_path / "a.yaml").write_bytes(first.data)
    drafter = Drafter(kg.build([tmp_path], check=False).index, proposing())
    elsewhere = Particulars("T", publisher="Bolt", published=date(2030, 1, 31))

    assert drafter.draft(b"Acme opens.\r\n", "a", elsewhere).remarks == (
        "This is the same text as the-gazette-2030-01-31.",
    )


def test_a_text_that_the_graph_has_keeps_its_slug_and_one_drafted_anew_is_told(
    graph, tmp_path: Path
):
    first = Drafter(graph.index, proposing()).draft(b"Acme opens.\n", "a", SAID)
    (tmp_path / f"{first.name}.yaml").write_bytes(first.data)
    built = kg.build([tmp_path], check=False).index

    for beside in (tmp_path, None):
        drafter = Drafter(built, proposing(), beside=beside)
        again = drafter.draft(b"Acme opens.\n", "a", SAID)
        assert (again.name, again.remarks) == (
            first.name, (f"The graph has {first.name} of this text already: this is it, drafted anew.",),
        )  # fmt: skip
        assert drafter.draft(b"Acme closes.\n", "a", SAID).name == f"{first.name}-2"


def test_a_copy_that_a_user_keeps_is_compared_with(graph, tmp_path: Path):
    (tmp_path / "mine-2020.txt").write_text("Acme  opens.", "utf-8")
    drafter = Drafter(graph.index, proposing())
    drafter.add_texts(tmp_path)

    assert drafter.draft(b"ACME opens.", "a", SAID).remarks == (
        "This is the same text as mine-2020.",
    )


def test_an_address_that_the_graph_has_is_told(graph):
    url = "https://www.bqprime.com/business/amid-stalled-construction-in-national-landing-amazon-gets-no-hq2-incentives"
    said = Particulars("T", publisher="The Gazette", published=date(2030, 1, 31), url=url)

    assert Drafter(graph.index, proposing()).draft(b"Acme.", "a", said).remarks == (
        "bq-prime-2023-03 has the same address.",
    )


def test_what_a_source_lacks_and_what_is_guessed_is_told(graph):
    drafter = Drafter(graph.index, proposing())

    assert drafter.draft(b"Acme opens twenty shops.", "a").remarks == (
        "Nothing says how this is called: the title is the beginning of its text.",
        "Nothing says who published this: name the publisher.",
        "Nothing says on which day this was published: give the day.",
    )
    guessed = Paper("Acme.", "T", None, "The Hindu", date(2020, 1, 31), ("inferred",))
    assert drafter.draft_paper(guessed).remarks == (
        "The day of publication, 2020-01-31, is only guessed: look at the page.",
    )


def test_a_name_of_two_things_is_told(tmp_path: Path):
    (tmp_path / "a.ttl").write_text(
        "@prefix cp: <https://w3id.org/corporate-plans/ontology#> . @prefix id: <https://w3id.org/corporate-plans/id/> ."
        " @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        ' id:bolt-a a cp:Company ; rdfs:label "Bolt"@en . id:bolt-b a cp:Company ; rdfs:label "Bolt"@en .',
        "utf-8",
    )
    drafter = Drafter(kg.build([tmp_path], check=False).index, proposing())

    assert drafter.draft(b"Bolt grows, and Bolt grows.", "a", SAID).remarks == (
        "'Bolt' may be bolt-a or bolt-b: nothing says which.",
    )


def test_a_text_in_a_language_without_a_grammar_is_a_source_without_proposals(graph):
    said = Particulars("T", publisher="The Hindu", published=date(2020, 1, 31), language="sv")
    draft = Drafter(graph.index).draft("Xiaomi öppnar 20 butiker.".encode(), "a", said)

    assert draft.proposed == 0
    [remark] = draft.remarks
    assert remark.startswith(
        "The grammar proposes nothing: there is no grammar of the language 'sv', only of "
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Particulars(language="x y!"), "'x y!' is no tag of a language; write en, or de-AT"),
        (Particulars(url="javascript:x"), "'javascript:x' is no address of a page"),
        (Particulars(url="https://a b"), "'https://a b' is no address of a page"),
    ],
)
def test_what_cannot_be_said_of_an_article_is_refused(graph, said, told):
    with pytest.raises(kg.KgError, match=re.escape(told)):
        Drafter(graph.index).draft(b"Acme.", "a", said)


def test_the_same_text_gives_the_same_bytes(graph):
    text = b"Xiaomi will open 20 stores in India by 2030, said Lei Jun. It has created 300 jobs."

    assert Drafter(graph.index).draft(text, "a", SAID) == Drafter(graph.index).draft(
        text, "b", SAID
    )


def test_a_draft_can_be_read_checked_and_built_and_says_nothing_yet(graph, tmp_path: Path):
    text = b"Xiaomi will open 20 stores in India by 2030, said Lei Jun.\n"
    said = Particulars("More shops", publisher="The Hindu", published=date(2020, 1, 31))
    draft = Drafter(graph.index).draft(text, "a", said)
    (tmp_path / "a.yaml").write_bytes(draft.data)

    assert draft.proposed
    assert not [one for one in kg.check([tmp_path], shipped=True).findings if one.violation]
    built = kg.build([tmp_path], shipped=True)
    assert not built.query("ASK { ?said cp:source id:the-hindu-2020-01-31 }")
