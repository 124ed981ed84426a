"""Whether a verdict rests on the count of whoever promised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import kg

if TYPE_CHECKING:
    from pathlib import Path

COUNTED = """
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:other-paper a cp:Organization .
id:daily-2030 a cp:Article ; schema:headline "Counted"@en ; schema:publisher id:{publisher} ;
    schema:datePublished "2030-12-01"^^xsd:date .
id:daily-2030.1 a {kind} ; cp:source id:daily-2030 ; cp:about id:acme-shops ; {says} {more} .
"""
FIGURE = (
    "cp:indicator id:retail-outlets ; cp:value 25.0 ; cp:kind cp:counted ;"
    ' cp:when "2030-11-30"^^xsd:date'
)


def own(folder: Path, more: str = "", publisher: str = "other-paper", **other: str) -> object:
    told = {"kind": "cp:Observation", "says": FIGURE, **other}
    text = COUNTED.format(publisher=publisher, more=more, **told)
    (folder / "counted.ttl").write_text(text, encoding="utf-8")
    graph = kg.build([folder], check=False)
    (row,) = graph.ask("outcome", today=date(2031, 1, 1))
    assert str(row["verdict"]) in {"cp:met", "cp:abandoned"}
    assert row["restsOn"] == "daily-2030.1"
    return row["ownCount"]


@pytest.mark.parametrize(
    ("more", "publisher"),
    [
        ("; cp:speaker id:acme", "other-paper"),
        ("; cp:speaker id:jo-doe", "other-paper"),  # who promised
        ("; cp:speaker id:someone ; cp:onBehalfOf id:acme", "other-paper"),
        ("", "acme"),
    ],
)
def test_figure_of_the_company_or_of_who_promised_is_an_own_count(
    acme: Path, more: str, publisher: str
) -> None:
    assert own(acme, more, publisher) is True


@pytest.mark.parametrize("more", ["", "; cp:speaker id:someone", "; cp:onBehalfOf id:other-paper"])
def test_figure_of_others_is_none(acme: Path, more: str) -> None:
    assert own(acme, more) is None


@pytest.mark.parametrize(
    ("more", "publisher", "own_word"),
    [
        ("", "acme", True),
        ("; cp:speaker id:acme", "other-paper", True),
        ("", "other-paper", None),
        ("; cp:speaker id:someone", "other-paper", None),
    ],
)
def test_report_of_the_company_itself_is_its_own_word(
    acme: Path, more: str, publisher: str, own_word: object
) -> None:
    says = "cp:status cp:abandoned"
    assert own(acme, more, publisher, kind="cp:StatusReport", says=says) is own_word


def test_own_counts_of_what_ships(graph: kg.Graph) -> None:
    # Xiaomi's head of India counts its service centres for BusinessLine. That its shops were fewer
    # than 5,000 is told by BGR India itself.
    found = {
        str(row["promise"]): row["ownCount"]
        for row in graph.ask("outcome", today=date(2026, 11, 22))
    }
    assert found["medianama-2017-03-28.3.4"] is True
    assert found["repost-of-agency-text-2018-11.2"] is None
    plans = graph.plans()
    progress = plans["https://w3id.org/corporate-plans/id/medianama-2017-03-28.3.4"].progress
    assert progress is not None
    assert progress.own
