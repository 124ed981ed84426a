"""Search finds things by any of their names, and tells equals apart."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

import kg
from kg.query import find_things
from tests.pages.site import Read, client_of

TWINS = """
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:acme a cp:Company ; rdfs:label "Acme"@en .
id:bolt a cp:Company ; rdfs:label "Bolt"@en ; rdfs:label "<b>Bolzen</b>"@de .
id:acme-shops a cp:Initiative ; rdfs:label "shops"@en ; cp:company id:acme ; cp:kind cp:offline-retail .
id:bolt-shops a cp:Initiative ; rdfs:label "shops"@en ; cp:company id:bolt ; cp:kind cp:offline-retail .
id:ruritania a cp:Country ; rdfs:label "Ruritania"@en .
id:strelsau a cp:City ; rdfs:label "Strelsau"@en ; cp:locatedIn id:ruritania .
"""


def found(site, text: str, **more: str) -> dict:
    answer = site.get(f"/search.json?{urlencode({'q': text, **more})}", headers={"Accept": "*/*"})
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


@pytest.mark.parametrize(
    "text", ["xiaomi", "小米", "INDIA", "Lei  Jun", "cp:met", "verdicts", "per cent"]
)
def test_page_and_list_find_what_the_command_finds(site, dated, text):
    wanted = find_things(dated.index, text)
    told = found(site, text, limit="200")
    assert [hit["name"] for hit in told["hits"]] == [match.name for match in wanted]
    assert (told["total"], told["near"]) == (len(wanted), False)
    page = Read(site.get(f"/search?{urlencode({'q': text})}").text)
    assert {hit["href"] for hit in told["hits"]} <= set(page.links)
    assert {hit["name"] for hit in told["hits"]} <= set(page.text.split())


def test_a_slip_finds_what_was_meant_and_says_so(site):
    told = found(site, "xaiomi")
    assert (told["near"], told["hits"][0]["name"]) == (True, "xiaomi")
    page = Read(site.get("/search?q=xaiomi").text)
    assert "Nothing is called “xaiomi”. This may be meant:" in page.text
    assert "/id/xiaomi" in page.links


def test_equals_are_told_apart_by_whose_they_are_and_where(tmp_path):
    path = tmp_path / "twins.ttl"
    path.write_text(TWINS)
    site = client_of(kg.build([path], check=False))
    hits = [hit for hit in found(site, "shops")["hits"] if hit["type"] == "Initiative"]
    assert [(hit["label"], hit["beside"]) for hit in hits] == [
        ("shops", ["Acme"]),
        ("shops", ["Bolt"]),
    ]
    assert found(site, "strelsau")["hits"][0]["beside"] == ["Ruritania"]
    page = site.get("/search?q=bolzen").text
    assert "Bolt" in page
    assert "<b>Bolzen" not in page


def test_only_things_of_a_class_are_found_where_one_is_named(site):
    kinds = {hit["type"] for hit in found(site, "i", type="Organization", limit="200")["hits"]}
    assert "Company" in kinds
    assert kinds <= {"Company", "Organization", "Joint venture"}


@pytest.mark.parametrize(
    "text",
    ["", "   ", "<script>alert(1)</script>", "x" * 10_000, "\x00", "qqqqqqqqq", "((((", "\\"],
)
def test_what_finds_nothing_is_answered(site, text):
    told = found(site, text)
    assert told["hits"] == []
    page = site.get(f"/search?{urlencode({'q': text})}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_links_keep_the_day(site):
    told = found(site, "xiaomi", **{"as-of": "2018-01-01"})
    assert {hit["href"].rpartition("?")[2] for hit in told["hits"]} == {"as-of=2018-01-01"}
    assert 0 < told["total"] < found(site, "xiaomi")["total"]
