"""Every link on every page of the shipped data leads somewhere, and to the part of it that it names."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.pages.site import Read, own

OTHERS = ("/questions", "/ontology", "/editor", "/search", "/sparql")
"""Addresses that are made elsewhere, and tested there."""


@pytest.fixture(scope="module")
def walked(site):
    """All pages that can be reached from the front page, by address; what is asked as of a day is one more world."""
    pages: dict[str, Read] = {}
    left = ["/"]
    while left:
        address = left.pop()
        if address in pages or address.startswith(OTHERS):
            continue
        answer = site.get(address)
        assert answer.status_code == 200, address
        html = answer.headers["Content-Type"].startswith("text/html") and address != "/picture"
        pages[address] = Read(answer.text if html else "")
        for link in pages[address].links:
            found = own(link, address)
            # Triples are asked for below, of some.
            if found and not found[0].endswith((".ttl", ".nt", ".jsonld")):
                left.append(found[0])
    return pages


def test_all_that_is_described_can_be_reached(dated, walked):
    from kg.promises import load_records, load_statements

    assert len(walked) > 1500
    missing = {f"/id/{name}" for name in load_statements(dated.index)} - walked.keys()
    missing |= {f"/id/{record.name}" for record in load_records(dated.index)} - walked.keys()
    companies = dated.query("SELECT DISTINCT ?x { ?x a cp:Company }")
    missing |= {f"/id/{name}" for (name,) in companies.rows} - walked.keys()
    assert missing == set()


def test_parts_that_links_name_are_there(walked):
    seen = 0
    for address, page in walked.items():
        assert len(page.ids) == len(set(page.ids)), address
        for link in page.links:
            found = own(link, address)
            if found is None or not found[1] or found[0] not in walked or found[0] == "/picture":
                continue
            assert found[1] in walked[found[0]].ids, (address, link)
            seen += 1
    assert seen > len(walked)


def test_links_elsewhere_lead_to_the_web_alone(walked):
    elsewhere = {
        link
        for address, page in walked.items()
        for link in page.links
        if own(link, address) is None
    }
    assert len(elsewhere) > 20
    assert {link for link in elsewhere if not link.startswith(("https://", "http://"))} == set()


def test_files_that_pages_ask_for_are_there(walked, site):
    asked = {str(one["src"]) for page in walked.values() for one in page.all("src")}
    asked |= {
        link for page in walked.values() for link in page.links if link.startswith("/static/")
    }
    assert len(asked) >= 4
    for address in asked:
        answer = site.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_no_page_has_a_script_or_a_style_in_it(walked):
    assert any(page.blocks for page in walked.values())
    for address, page in walked.items():
        assert page.all("style") == [], address
        assert [
            text
            for attributes, text in page.blocks
            if not attributes.get("src")
            and attributes.get("type") not in {"application/ld+json", "application/json"}
        ] == [], address
        assert [
            attributes
            for tag, attributes in page.tags
            for name in attributes
            if name.startswith("on")
        ] == [], address


def test_every_page_says_what_it_is(walked):
    titles = {}
    for address, page in walked.items():
        if address == "/picture" or not page.tags:
            continue
        head = [
            attributes
            for tag, attributes in page.tags
            if tag == "meta" and attributes.get("name") == "description"
        ]
        assert len(head) == 1, address
        assert head[0]["content"], address
        levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4"}]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(later - before <= 1 for before, later in pairwise(levels)), address
        canonical = [
            attributes["href"]
            for tag, attributes in page.tags
            if tag == "link" and attributes.get("rel") == "canonical"
        ]
        assert len(canonical) == 1, address
        titles[address] = canonical[0]
        for cell in (attributes for tag, attributes in page.tags if tag == "th"):
            assert cell.get("scope") in {"row", "col"}, address
        assert [tag for tag, _ in page.tags].count("caption") == [
            tag for tag, _ in page.tags
        ].count("table"), address
    plain = {address: found for address, found in titles.items() if "?" not in address}
    assert {address: f"http://testserver{address}" for address in plain} == plain


def test_pages_are_small(walked, site):
    style = len(site.get(next(link for link in walked["/"].links if link.endswith(".css"))).content)
    sizes = {
        address: len(site.get(address).content)
        for address in [*walked][::40]
        if address != "/picture"
    }
    sizes |= {
        address: len(site.get(address).content)
        for address in ("/", "/id/xiaomi", "/id/india", "/id/medianama-2017-03-28")
    }
    assert len(sizes) > 30
    assert {address: size for address, size in sizes.items() if size + style > 100_000} == {}
