"""Every term has a page that says what the ontology says, and its triples for programs."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from kg.base import CP, ONTOLOGY, ontology_folder
from kg.query import load_question, select_rows

FORMS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
}


@pytest.fixture(scope="module")
def terms(dated) -> dict[str, str]:
    """What each term of ours means."""
    query = f"SELECT ?s ?means {{ GRAPH <{ONTOLOGY}> {{ ?s skos:definition ?means FILTER (STRSTARTS(STR(?s), STR(cp:))) }} }}"
    found = {
        str(name).removeprefix("cp:"): str(means) for name, means in select_rows(dated.index, query)
    }
    assert len(found) > 290
    return found


def test_every_term_has_a_page_that_says_what_it_means(read, terms):
    whole = read("/ontology")
    for name, means in terms.items():
        page = read(f"/ontology/{name}")
        assert " ".join(means.split()) in page.text, name
        assert CP + name in page.text
        assert f"/ontology/{name}" in whole.links, name


def test_every_link_to_a_term_leads_to_one(read, terms):
    linked = {
        link.removeprefix("/ontology/") for name in terms for link in read(f"/ontology/{name}").links
        if re.fullmatch(r"/ontology/[\w-]+", link)
    }  # fmt: skip
    assert len(linked) > 250
    assert linked <= terms.keys()


@pytest.mark.parametrize("form", FORMS)
def test_a_term_is_described_to_programs_by_ending_and_by_accept(site, dated, form):
    type_, syntax = FORMS[form]
    by_ending = site.get(f"/ontology/partnerOf.{form}", headers={"Accept": "*/*"})
    by_accept = site.get("/ontology/partnerOf", headers={"Accept": type_})
    assert by_ending.content == by_accept.content
    assert by_accept.headers["content-type"].partition(";")[0] == type_
    assert by_accept.headers["vary"] == "Accept"
    term = ox.NamedNode(CP + "partnerOf")
    wanted = {
        str(quad.triple)
        for quad in [
            *dated.index.store.quads_for_pattern(term, None, None, ox.NamedNode(ONTOLOGY)),
            *dated.index.store.quads_for_pattern(None, None, term, ox.NamedNode(ONTOLOGY)),
        ]
    }
    said = {str(quad.triple) for quad in ox.parse(by_ending.content, format=syntax)}
    assert said == wanted
    assert len(said) > 5


def test_the_whole_ontology_is_there_for_programs(site, dated):
    told = list(ox.parse(site.get("/ontology.nt").content, format=ox.RdfFormat.N_TRIPLES))
    held = list(dated.index.store.quads_for_pattern(None, None, None, ox.NamedNode(ONTOLOGY)))
    assert len(told) == len(held) > 2_000


def test_a_page_says_where_a_term_is_used(read, dated):
    page = read("/ontology/partnerOf")
    asked = [
        p.stem
        for p in (ontology_folder() / "questions").glob("*.rq")
        if re.search(r"cp:partnerOf\b", p.read_text())
    ]
    assert asked
    for name in asked:
        assert f"/questions/{name}" in page.links
        assert load_question(name).title in page.text
    ((number,),) = select_rows(dated.index, "SELECT (COUNT(*) AS ?n) { ?a cp:partnerOf ?b }")
    assert f"said {number:,} times" in page.text
    assert "not used" not in read("/ontology/Company").text


def test_a_list_has_its_terms_in_their_order(read):
    text = read("/ontology/statuses").text
    order = [
        text.index(f" {word} ") for word in ("considered", "announced", "underway", "achieved")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    "path",
    [
        "/ontology/nothing",
        "/ontology/nothing.ttl",
        "/ontology/met.png",
        "/ontology/%3Cb%3E",
        "/ontology.png",
    ],
)
def test_what_is_no_term_is_told(site, path):
    answer = site.get(path)
    assert answer.status_code == 404
    assert "<b>" not in answer.text


def test_a_slip_in_a_term_is_told(site):
    assert "did you mean &#39;partnerOf&#39;" in site.get("/ontology/partnerof").text


def test_what_is_accepted_and_cannot_be_given_is_said(site):
    assert site.get("/ontology/met", headers={"Accept": "image/png"}).status_code == 406
    assert site.get("/questions/partners", headers={"Accept": "image/png"}).status_code == 406
