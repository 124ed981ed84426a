"""A drafted source in YAML: read back it is what was put in, and the same source gives the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from hypothesis import given, settings, strategies as st

from kg.base import digest, normalise
from kg.drafting import Paper, Proposal, format_source
from kg.drafting.files.writing import DraftedSource, named_proposals, write_source
from kg.drafting.slugs import slug_of, source_slug
from kg.sources import File, parse_source

TEXT = "Plans\n1) Shops\nAcme will open 20 shops.\n2) Jobs: many\nIt will hire 300 people.\n"
SHOPS = Proposal(
    {"type": "Target", "about": "acme-shops", "value": "20", "indicator": "retail-outlets"},
    ((15, 38),),
    ({"id": "acme-shops", "type": "Initiative", "label": "Acme's shops", "company": "acme"},),
)
JOBS = Proposal({"type": "Target", "about": "acme", "note": "yes: 300 # people"}, ((54, 77),))
SOURCE = DraftedSource(
    "gazette-2020-01-31",
    Paper(TEXT, "No: #1", published=date(2020, 1, 31), published_precision=("month", "inferred")),
    publisher="gazette",
    things=({"id": "gazette", "type": "Organization", "label": "The Gazette"},),
    proposals=(JOBS, SHOPS),
    remarks=("Mind\nthis.",),
)


def loaded(data: bytes):
    return yaml.load(data, yaml.BaseLoader)  # noqa: S506 - strings alone


def test_a_draft_has_its_keys_in_order_and_its_proposals_in_that_of_the_text():
    assert (
        write_source(SOURCE).decode()
        == f"""\
# Mind this.
id: gazette-2020-01-31
type: Article
title: "No: #1"
publisher: gazette
published: 2020-01-31
published_precision: [month, inferred]
language: en
text:
  sha256: {digest(TEXT)}
  length: {len(TEXT)}
  normaliser: nfc-lf-1

proposed:
  # Things that the graph does not know

  - id: gazette
    type: Organization
    label: The Gazette

  - id: acme-shops
    type: Initiative
    label: Acme's shops
    company: acme

  # 1  Shops

  - id: gazette-2020-01-31.1.1
    type: Target
    about: acme-shops
    indicator: retail-outlets
    value: 20
    by: grammar
    evidence:
      section: "1"
      start: 15
      end: 38
      sha256: {digest(TEXT[15:38])}
      words: "Acme will open 20 shops"

  # 2  Jobs: many

  - id: gazette-2020-01-31.2.1
    type: Target
    about: acme
    note: "yes: 300 # people"
    by: grammar
    evidence:
      section: "2"
      start: 54
      end: 77
      sha256: {digest(TEXT[54:77])}
      words: "It will hire 300 people"
"""
    )


def test_a_draft_is_in_the_form_that_kg_fmt_gives():
    data = write_source(SOURCE)

    assert format_source(data, Path("a.yaml")) == data


def test_nothing_that_is_proposed_is_in_the_graph():
    file = File(Path("a.yaml"), "a")
    with_them = parse_source(file, write_source(SOURCE)).quads
    without = parse_source(
        file, write_source(DraftedSource(SOURCE.name, SOURCE.paper, "gazette"))
    ).quads

    assert with_them == without
    assert b"Target" not in with_them


def test_the_order_of_proposals_does_not_matter():
    turned = DraftedSource(
        SOURCE.name,
        SOURCE.paper,
        SOURCE.publisher,
        None,
        SOURCE.things,
        (SHOPS, JOBS),
        SOURCE.remarks,
    )
    assert write_source(turned) == write_source(SOURCE)


def test_words_at_several_places_are_a_list():
    both = Proposal({"type": "Target", "about": "acme"}, ((15, 19), (30, 32)))

    [entry] = loaded(write_source(DraftedSource("a", Paper(TEXT), proposals=(both,))))["proposed"]

    assert [one["words"] for one in entry["evidence"]] == ["Acme", "20"]


def test_a_source_without_proposals_has_none():
    assert "proposed" not in loaded(write_source(DraftedSource("a", Paper("Acme."))))


def test_statements_are_numbered_within_their_section():
    three = tuple(Proposal({"type": "Target", "about": f"a{n}"}, ((n, n + 1),)) for n in (0, 1, 60))
    source = DraftedSource("a", Paper(TEXT), proposals=three)

    assert [name for name, _ in named_proposals(source)] == ["a.0.1", "a.0.2", "a.2.1"]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_whatever_the_words_are_they_are_read_back(text, data):
    text = normalise(text.encode()).lstrip("\ufeff") or "a"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    proposal = Proposal(
        {"type": "Target", "about": "acme", "note": text, "unit": text}, ((start, end),)
    )

    source = write_source(
        DraftedSource("a", Paper(text, title=text, url=text), proposals=(proposal,))
    )

    found = loaded(source)
    assert found["title"] == found["url"] == found["proposed"][0]["note"] == text
    assert found["proposed"][0]["unit"] == text
    assert found["proposed"][0]["evidence"]["words"] == text[start:end]


def test_a_slug_has_no_more_of_the_day_than_is_known():
    day = date(2020, 12, 31)
    slugs = [
        source_slug(Paper("Acme.", published=day, published_precision=precision), "gazette")
        for precision in ((), ("inferred",), ("month", "inferred"), ("year",))
    ]

    assert slugs == ["gazette-2020-12-31", "gazette-2020-12-31", "gazette-2020-12", "gazette-2020"]


def test_a_slug_is_made_of_what_there_is():
    assert source_slug(Paper("Acme.", title="More shops!"), None) == "more-shops-undated"
    assert source_slug(Paper("Acme."), None) == "article-undated"
    assert len(slug_of("Word " * 100)) <= 60
    assert len(slug_of("w" * 1000)) <= 60
    assert slug_of("\U00020000" * 70) == "\U00020000" * 45
