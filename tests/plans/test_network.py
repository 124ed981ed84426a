"""The network of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import ID, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_thing_that_nothing_is_linked_to_can_be_no_focus(graph: kg.Graph) -> None:
    assert graph.query("ASK { id:reuters a cp:Organization }")
    with pytest.raises(UsageError, match="nothing is linked to reuters; choose another thing"):
        graph.network(focus="reuters")


ENDED = """
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:gazette-2020.2 a cp:Relation ; cp:source id:gazette-2020 ; rdf:subject id:acme ;
    rdf:predicate cp:partnerOf ; rdf:object id:gazette ; cp:from "2010-01-01"^^xsd:date ;
    cp:until "{}"^^xsd:date ; cp:untilPrecision cp:month .
"""
AGAIN = """id:gazette-2020.3 a cp:Relation ; cp:source id:gazette-2020 ; rdf:subject id:acme ;
    rdf:predicate cp:partnerOf ; rdf:object id:gazette ; cp:from "{}"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("until", "again", "ended"),
    [
        ("2015-06-30", None, "June 2015"),
        ("2030-06-30", None, None),  # an end to come is none
        ("2015-06-30", "2012-01-01", "June 2015"),  # which tells of a day before the end
        ("2015-06-30", "2018-01-01", None),
    ],
)
def test_edge_says_that_it_has_ended(
    acme: Path, until: str, again: str | None, ended: str | None
) -> None:
    more = AGAIN.format(again) if again else ""
    (acme / "ended.ttl").write_text(ENDED.format(until) + more, encoding="utf-8")
    network = kg.build([acme], check=False).network()
    edge = network.edges[ID + "acme", ID + "gazette", "partnerOf"]
    assert (edge["until"], edge["ended"]) == (until if ended else None, ended)


def test_partnership_that_has_ended_is_told_as_that(graph: kg.Graph) -> None:
    network = graph.network()
    # Manchester Enterprise and WVLC: SK On leaves Ford in December 2025.
    edge = network.edges[ID + "sk-on", ID + "ford", "partnerOf"]
    assert (edge["until"], edge["ended"]) == ("2025-12-31", "December 2025")
    current = network.edges[ID + "xiaomi", ID + "mobikwik", "partnerOf"]
    assert current["until"] is None
