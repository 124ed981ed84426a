"""The seed article as data: complete, located, and without a word of its text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.base import digest
from kg.promises import statements
from tests.conftest import ROOT

if TYPE_CHECKING:
    import kg

# How many facts were found in each section of the article: 79, without its page furniture.
FACTS = {"0": 6, "1": 10, "2": 17, "3": 8, "4": 15, "5": 13, "6": 10}


def test_every_fact_of_the_article_is_a_statement(seed: kg.Graph) -> None:
    said = statements.load_statements(seed.index)
    numbers = {tuple(name.split(".")[1:]) for name in said}
    for section, count in FACTS.items():
        assert {(section, str(n)) for n in range(1, count + 1)} <= numbers
    assert sum(FACTS.values()) == 79


def test_every_statement_has_one_span_in_its_section_with_a_digest(seed: kg.Graph) -> None:
    said = statements.load_statements(seed.index)
    assert len(said) == 87
    for name, statement in said.items():
        (span,) = statement.spans
        assert span.section == name.split(".")[1]
        assert 0 <= span.start < span.end <= 5314
        assert len(span.sha256) == 64


def test_outlets_are_named_as_the_way_of_the_words(seed: kg.Graph) -> None:
    ways = Counter(s.text("via") for s in statements.load_statements(seed.index).values())
    assert set(ways) - {None} == {"economic-times", "the-hindu", "hindustan-times", "idc"}


def test_what_is_implied_is_marked_as_inferred(seed: kg.Graph) -> None:
    said = statements.load_statements(seed.index)
    inferred = {name for name, s in said.items() if s.text("mode") == "inferred"}
    assert inferred == {
        "medianama-2017-03-28.2.3",
        "medianama-2017-03-28.2.18",
        "medianama-2017-03-28.3.3",
    }


def test_plain_graph_links_company_partners_places_and_initiatives(seed: kg.Graph) -> None:
    for triple in (
        "id:xiaomi cp:partnerOf id:mobikwik",
        "id:bank-of-china cp:partnerOf id:xiaomi",
        "id:xiaomi cp:partnerOf id:unionpay",
        "id:lei-jun cp:founderOf id:xiaomi ; cp:chiefExecutiveOf id:xiaomi ; cp:visited id:india",
        "id:mi-pay cp:availableIn id:china",
        "id:one-touch-recharge cp:integratedInto id:miui",
        "id:xiaomi cp:focusesOn id:indonesia",
        "id:xiaomi cp:operates id:xiaomi-india-plant-1",
        "id:xiaomi-india-plant-2 cp:locatedIn id:andhra-pradesh, id:india",
        "id:xiaomi-india-financial-services cp:dependsOn id:indian-financial-licences",
        "id:xiaomi-india-service-centres cp:company id:xiaomi ; cp:takesPlaceIn id:india",
    ):
        assert seed.query(f"ASK {{ {triple} }}"), triple
    assert not seed.query("ASK { id:mi-pay cp:availableIn id:india }")


def test_shipped_data_conforms_without_a_warning(seed: kg.Graph) -> None:
    assert seed.report is not None
    assert seed.report.findings == ()


def test_no_text_of_an_article_is_kept() -> None:
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    assert files
    forbidden = ("oa:exact", "oa:prefix", "oa:suffix", "exact:", "quote:")
    assert [
        path for path in files if any(f in path.read_text(encoding="utf-8") for f in forbidden)
    ] == []


def test_digest_of_a_span_is_that_of_its_words() -> None:
    assert digest("abc").startswith("ba7816bf8f01cfea")
