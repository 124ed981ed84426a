"""Whatever has an address: found by it, in the form that is accepted, and told where there is nothing."""

from __future__ import annotations

import re
from urllib.parse import quote

import pyoxigraph as ox
import pytest

import kg
from kg.base import ID
from tests.pages.site import Read, client_of

KINDS = {
    "xiaomi": "company",
    "manu-kumar-jain": "person",
    "india": "country",
    "medianama-2017-03-28": "source",
    "medianama-2017-03-28.3.4": "target",
    "medianama-2017-03-28.3.4.promise": "promise",
    "xiaomi-india-service-centres": "initiative",
    "xiaomi-india-plant-1": "facility",
    "mi-pay": "product",
    "service-centres": "indicator",
    "medianama-2017-03-28.3.4.promise.1": "outcome",
}
FORMS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}
PARSERS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}


def triples(data: bytes, form: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=PARSERS[form])}


@pytest.mark.parametrize(("slug", "kind"), KINDS.items())
def test_every_kind_of_thing_has_a_page(read, slug, kind):
    page = read(f"/id/{slug}")
    assert page.text.index(kind) < page.text.index("Cite this")
    assert f"/id/{slug}.ttl" in page.links


@pytest.mark.parametrize("slug", KINDS)
def test_triples_are_the_same_in_every_form_and_by_ending_as_by_accept(site, slug):
    found = []
    for form, type_ in FORMS.items():
        by_ending = site.get(f"/id/{slug}.{form}")
        by_accept = site.get(f"/id/{slug}", headers={"Accept": type_})
        by_name = site.get(f"/id/{slug}?format={form}")
        for answer in (by_ending, by_accept, by_name):
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].startswith(type_)
            assert "Accept" in answer.headers["Vary"]
        assert by_ending.content == by_accept.content == by_name.content
        found.append(triples(by_ending.content, form))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) > 5
    assert any(one.subject == ox.NamedNode(ID + slug) for one in found[0])


def test_description_of_a_statement_has_its_evidence_its_source_and_its_promise(site):
    name = "medianama-2017-03-28.3.4"
    found = triples(site.get(f"/id/{name}.nt").content, "nt")
    told = {
        (
            one.subject.value.removeprefix(ID),
            one.predicate.value.rpartition("#")[2].rpartition("/")[2],
        )
        for one in found
    }
    spans = {
        one.object.value.removeprefix(ID)
        for one in found
        if one.predicate.value.endswith("#evidence")
    }
    assert spans
    for subject, property_ in [
        (name, "value"), ("medianama-2017-03-28", "headline"), ("medianama-2017-03-28/text", "sha256"),
        (f"{name}.promise", "firstStatedBy"), *((span, "start") for span in spans),
    ]:  # fmt: skip
        assert (subject, property_) in told


def test_description_is_what_the_graph_says_of_a_thing_and_of_what_is_said_of_it(dated, site):
    found = triples(site.get("/id/mobikwik.nt").content, "nt")
    whole = {quad.triple for quad in ox.parse(dated.export("nt"), format=ox.RdfFormat.N_TRIPLES)}
    assert found <= whole
    own = {one for one in whole if one.subject == ox.NamedNode(ID + "mobikwik")}
    assert own <= found
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    ends = {rdf + "subject", rdf + "object", "https://w3id.org/corporate-plans/ontology#about"}
    about = {
        one.subject
        for one in whole
        if one.object == ox.NamedNode(ID + "mobikwik") and one.predicate.value in ends
    }
    assert len(about) > 3
    assert {one for one in whole if one.subject in about} <= found


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("text/turtle;q=0.9,text/html;q=0.5", "text/turtle"),
        ("application/ld+json, text/turtle;q=0.5", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("text/*;q=0.3, application/ld+json;q=0.2", "text/html"),
    ],
)
def test_form_is_that_which_is_wanted_most(site, accept, type_):
    answer = site.get("/id/xiaomi", headers={"Accept": accept})
    assert answer.headers["Content-Type"].startswith(type_)


@pytest.mark.parametrize("address", ["/id/xiaomi?format=png", "/id/xiaomi?format="])
def test_form_that_there_is_not_is_refused(site, address):
    answer = site.get(address, headers={"Accept": "*/*"})
    assert answer.status_code == 406
    assert "take html, ttl, jsonld, nt" in answer.text
    assert site.get("/id/xiaomi", headers={"Accept": "image/png"}).status_code == 406


def test_head_has_no_body(site):
    answer = site.head("/id/xiaomi")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("slug", ["xiaome", "Xiaomi", "xiaomi-india-service-centre"])
def test_what_may_have_been_meant_is_linked(site, slug):
    answer = site.get(f"/id/{slug}")
    assert answer.status_code == 404
    hints = [link for link in Read(answer.text).links if link.startswith("/id/")]
    assert hints
    assert site.get(hints[0]).status_code == 200
    plain = site.get(f"/id/{slug}", headers={"Accept": "text/turtle"})
    assert plain.status_code == 404
    assert "did you mean" in plain.text


@pytest.mark.parametrize(
    "address",
    ["/id/", "/id/%00", "/id/..%2Fx", "/id/a%20b", "/id/%3Cscript%3E", "/thing", "/thing?iri=", "/thing?iri=javascript:alert(1)",
     "/thing?iri=%5B", "/id/" + "x" * 5000, "/id/%ff", "/id/xiaomi.ttl.ttl", "/thing?iri=xiaomi"],
)  # fmt: skip
def test_nothing_is_at_addresses_of_nothing(site, address):
    answer = site.get(address)
    assert answer.status_code == 404, answer.text
    assert "There is nothing here" in answer.text
    assert "<script>" not in answer.text


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A graph of things with names that addresses have to escape, and with what is hostile in them."""
    names = [
        f"{ID}shops/Acme%20Inc", f"{ID}shops-2020#row=2", f"{ID}café", f"{ID}a%23b", f"{ID}what.nt", f"{ID}plus+and&more=1;x",
        "http://example.org/a?b=1&c=2#d", "urn:isbn:123",
    ]  # fmt: skip
    text = "@prefix cp: <https://w3id.org/corporate-plans/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    text += "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    for at, name in enumerate(names):
        text += f'<{name}> a cp:Company ; rdfs:label "No. {at}: <img src=x onerror=alert(1)> \\u202E"@en ; skos:exactMatch <javascript:alert%28{at}%29>, <https://example.org/{at}> .\n'
    path = tmp_path_factory.mktemp("odd") / "odd.ttl"
    path.write_text(text, encoding="utf-8")
    return names, kg.build([path], check=False)


def test_things_with_odd_names_have_their_own_addresses(odd):
    from kg.pages.frame import Frame

    names, graph = odd
    site = client_of(graph)
    for at, iri in enumerate(names):
        from kg.base import shorten

        answer = site.get(Frame().to(shorten(iri)))
        assert answer.status_code == 200, iri
        assert f"No. {at}:" in answer.text
        data = site.get(
            Frame().to(shorten(iri)), headers={"Accept": "application/n-triples"}
        ).content
        assert {one.subject.value for one in triples(data, "nt")} == {iri}


def test_an_iri_is_found_by_its_own_escapes_too(odd):
    _, graph = odd
    # As whoever follows the IRI itself asks, which is not escaped once more.
    assert "No. 0:" in client_of(graph).get("/id/shops/Acme%20Inc").text
    assert "No. 3:" in client_of(graph).get("/id/a%23b").text


def test_a_name_that_ends_like_a_form_is_a_name(odd):
    _, graph = odd
    site = client_of(graph)
    assert site.get("/id/what.nt").headers["Content-Type"].startswith("text/html")
    assert site.get("/id/what.nt.nt").headers["Content-Type"].startswith("application/n-triples")
    assert site.get("/id/what").status_code == 404
    turtle = site.get("/id/what.nt?format=ttl")
    assert (turtle.status_code, turtle.headers["Content-Type"]) == (200, "text/turtle")


def test_what_data_say_is_text_and_no_markup(odd):
    names, graph = odd
    site = client_of(graph)
    for iri in names:
        page = site.get(f"/thing?iri={quote(iri, safe='')}").text
        assert "<img" not in page
        assert "&lt;img" in page
        assert "\u202e" not in page
        assert "\\u202e" in page
        assert [link for link in Read(page).links if link.startswith("javascript")] == []


def test_empty_reference_of_a_speaker_leads_nowhere_odd(small):
    """A page of the smallest graph has all its links, too."""
    site = client_of(small)
    page = Read(site.get("/id/gazette-2020.1").text)
    assert "/id/gazette-2020.1.promise" in page.links
    assert all(site.get(link).status_code == 200 for link in page.links if link.startswith("/id/"))


def test_what_was_not_known_yet_leads_to_what_is_known_now(site):
    answer = site.get("/id/tsmc?as-of=2010-01-01")
    assert answer.status_code == 404
    page = Read(answer.text)
    assert "There is no thing 'tsmc' in what was known on 2010-01-01." in page.text
    assert "/id/tsmc" in page.links
    assert site.get("/id/tsmc").status_code == 200


def test_a_promise_is_due_no_more_exactly_than_is_known(read):
    told = " ".join(read("/id/medianama-2017-03-28.3.4.promise").text.split())
    assert "Due the first half of 2017" in told
    assert "Due 2017-06-30" not in told


@pytest.mark.parametrize("company", ["stellantis", "ford", "xiaomi"])
def test_a_company_and_what_it_acts_through_promised_what_is_told_of_both_together(
    read: Read, graph: kg.Graph, company: str
) -> None:
    text = read(f"/id/{company}").text
    own, *_ = re.findall(r"(\d+) promises?\b", text)
    _, told, through = text.partition("It also acts through ")
    others = re.findall(r"\((\d+) promises?\)", through.partition("all of them together")[0])
    assert bool(told) == bool(others) == (company != "xiaomi")
    asked = list(graph.ask("outcome", company=company).rows)
    assert int(own) + sum(map(int, others)) == len(asked)


@pytest.mark.parametrize("address", ["/id/xiaomi.ttl?format=nt", "/id/xiaomi.nt?format=html"])
def test_an_address_that_asks_for_two_forms_is_refused(site, address):
    answer = site.get(address, headers={"Accept": "*/*"})
    assert answer.status_code == 400
    assert "leave one out" in answer.text
    same = site.get("/id/xiaomi.ttl?format=ttl", headers={"Accept": "*/*"})
    assert same.content == site.get("/id/xiaomi.ttl").content


APOSTROPHE = """@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/corporate-plans/id/l'oreal-(paris)> a cp:Company ; rdfs:label "L'Oreal"@en .
"""


def test_links_to_the_triples_of_a_name_with_an_apostrophe_are_answered(tmp_path):
    (tmp_path / "things.ttl").write_text(APOSTROPHE)
    site = client_of(kg.build([tmp_path], check=False))
    page = Read(site.get("/id/l'oreal-(paris)").text)
    links = [link for link in page.links if link.endswith((".ttl", ".jsonld", ".nt"))]
    assert len(links) >= 3
    for link in links:
        answer = site.get(link)
        assert (answer.status_code, b"Oreal" in answer.content) == (200, True)
