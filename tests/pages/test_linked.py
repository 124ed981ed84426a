"""What pages tell programs: terms that schema.org has, and of verdicts no more than was found out."""

from __future__ import annotations

import json
import re

import pyoxigraph as ox
import pytest
from rdflib.namespace import SDO

from kg.pages.gainsaid import contradicting
from kg.promises import load_records
from tests.pages.conftest import TODAY

DOMAINS = {
    "Dataset": {"name", "description", "url", "license", "version", "creator", "distribution"},
    "DataDownload": {"encodingFormat", "contentUrl"},
    "Organization": {"name", "alternateName", "description", "url", "sameAs"},
    "Person": {"name", "alternateName", "description", "url", "sameAs"},
    "Place": {"name", "alternateName", "description", "url", "sameAs", "containedInPlace", "geo"},
    "City": {"name", "alternateName", "description", "url", "sameAs", "containedInPlace", "geo"},
    "Product": {"name", "alternateName", "description", "url", "sameAs"},
    "GeoCoordinates": {"latitude", "longitude"},
    "NewsArticle": {"headline", "datePublished", "url", "publisher", "inLanguage"},
    "Claim": {"text", "datePublished", "author", "appearance", "url"},
    "ClaimReview": {"url", "claimReviewed", "author", "itemReviewed", "reviewRating"},
    "Rating": {"alternateName", "ratingExplanation"},
}
"""Which properties schema.org has for which of its classes, of those that pages may use."""

RANGES = {
    "creator": {"Organization", "Person"},
    "distribution": {"DataDownload"},
    "containedInPlace": {"Place"},
    "geo": {"GeoCoordinates", "GeoShape"},
    "publisher": {"Organization", "Person"},
    "author": {"Organization", "Person"},
    "appearance": {"NewsArticle"},
    "itemReviewed": {"Claim"},
    "reviewRating": {"Rating"},
}
"""Of which of its classes schema.org has the values of a property, of those that pages may use; the others are texts."""


def nodes(value):
    if isinstance(value, dict):
        yield value
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from nodes(inner)


@pytest.fixture(scope="module")
def told(dated, read):
    slugs = [
        "xiaomi", "manu-kumar-jain", "india", "medianama-2017-03-28", "medianama-2017-03-28.3.4", "xiaomi-india-plant-1",
        "mi-pay", "bengaluru", *(record.name for record in load_records(dated.index)),
    ]  # fmt: skip
    known = [
        slug
        for slug in slugs
        if f"<{slug}>" != "<bengaluru>" or dated.query("ASK { id:bengaluru a ?x }")
    ]
    return {
        slug: json.loads(read(f"/id/{slug}").block("application/ld+json")) for slug in known
    } | {
        address: json.loads(read(address).block("application/ld+json"))
        for address in ("/", "/questions/outcome?company=xiaomi")
    }


def test_terms_are_those_of_schema_org(told):
    assert len(told) > 150
    used = set()
    for slug, linked in told.items():
        assert linked["@context"] == "https://schema.org"
        for node in nodes(linked):
            keys = {key for key in node if not key.startswith("@")}
            assert keys <= DOMAINS.get(node.get("@type"), set()) or not keys, (slug, node)
            used |= keys | {node["@type"]}
            for key in keys:
                values = node[key] if isinstance(node[key], list) else [node[key]]
                types = {one["@type"] for one in values if isinstance(one, dict)}
                assert types <= RANGES.get(key, set()), (slug, key, types)
    assert {"ClaimReview", "Claim", "NewsArticle", "Person", "Organization"} <= used
    assert [term for term in used if SDO[term] not in SDO] == []


def test_it_is_json_ld_that_says_so_of_the_thing_itself(told):
    assert len(told) > 30
    for slug, linked in [*told.items()][:30]:
        # The context is that of schema.org, which is elsewhere: its terms are all in one place.
        data = json.dumps({**linked, "@context": {"@vocab": str(SDO)}})
        parsed = [
            quad.predicate.value for quad in ox.parse(data.encode(), format=ox.RdfFormat.JSON_LD)
        ]
        assert len(parsed) > 2, slug
        known = {str(SDO) + key for keys in DOMAINS.values() for key in keys}
        assert set(parsed) - known == {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}


def test_review_is_told_of_what_was_decided_alone(dated, told):
    reviewed = 0
    for record in load_records(dated.index):
        now = record.on(TODAY.isoformat())
        linked = told[record.name]
        decided = (
            now is not None
            and now.verdict in ("met", "met-late", "partly", "missed", "abandoned")
            and not now.is_disputed
            and not contradicting(dated.index, [now.rests_on])
        )
        assert (linked["@type"] == "ClaimReview") == decided, record.name
        if decided:
            from viz.style import OUTCOMES

            reviewed += 1
            assert linked["reviewRating"]["alternateName"] == OUTCOMES[now.outcome].name
            assert "ratingValue" not in linked["reviewRating"]
        else:
            assert linked["@type"] == "Claim"
            assert "reviewRating" not in json.dumps(linked)
    assert reviewed > 10


def test_review_explains_what_decides_and_what_to_bear_in_mind(dated, told):
    own = 0
    for record in load_records(dated.index):
        now, linked = record.on(TODAY.isoformat()), told[record.name]
        if now is None or linked["@type"] != "ClaimReview":
            continue
        explained = linked["reviewRating"]["ratingExplanation"]
        assert re.search(r"\(.+ \d{4}-\d\d-\d\d\)\.", explained), record.name
        assert ("Told by whoever promised it." in explained) == now.is_own_count
        own += now.is_own_count
    assert own > 3


def test_what_another_source_contradicts_is_no_review_and_is_told(read):
    page = read("/id/energysufficiency-2024-03-14.2.promise")
    assert json.loads(page.block("application/ld+json"))["@type"] == "Claim"
    assert "What contradicts that" in page.text
    assert "/id/ruetir-2024-03-14.1" in page.links
    other = read("/id/ruetir-2024-03-14.1.promise")
    assert "promised by nobody" in other.text
    assert "/id/energysufficiency-2024-03-14.2" in other.links


def test_what_was_found_out_by_a_day_that_is_past_is_no_review(read):
    slug = "yjcw-2015.4.promise"
    now = json.loads(read(f"/id/{slug}").block("application/ld+json"))
    then = read(f"/id/{slug}?as-of=2018-06-01")
    assert now["reviewRating"]["alternateName"] == "met late"
    assert "missed" in then.text
    linked = json.loads(then.block("application/ld+json"))
    assert linked["@type"] == "Claim"
    assert linked["@id"] == now["itemReviewed"]["@id"]


def test_nobody_reviews_where_it_is_not_known_who(dated):
    from tests.pages.site import Read, client_of

    site = client_of(dated, licence="https://example.org/licence")
    linked = json.loads(
        Read(site.get("/id/medianama-2017-03-28.3.4.promise").text).block("application/ld+json")
    )
    assert linked["@type"] == "Claim"


def test_what_schema_org_has_no_class_for_is_told_nothing_of(read):
    assert read("/id/service-centres").block("application/ld+json") == ""
