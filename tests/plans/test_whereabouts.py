"""Where things are: what a gazetteer says of a place, and a source of a facility."""

from typing import TYPE_CHECKING

import pytest

import kg
from kg.plans import locate_things, project_network
from kg.promises import load_statements

if TYPE_CHECKING:
    from pathlib import Path

ID = "https://w3id.org/corporate-plans/id/"
SOURCE = """
id: gazette-2020-01-31
type: Article
title: Acme to open shops
publisher: gazette
published: 2020-01-31
things:
  - {id: acme, type: Company, label: Acme}
  - {id: gazette, type: Organization, label: The Gazette}
  - {id: mill, type: Facility, label: the mill}
  - {id: forge, type: Facility, label: the forge}
  - {id: world, type: Place, label: the world}
  - {id: freedonia, type: Country, label: Freedonia, located_in: world, gazetteer: 'https://gazetteer.example/f', latitude: 12, longitude: -77.59}
  - {id: freetown, type: City, label: Freetown, located_in: freedonia, gazetteer: 'https://gazetteer.example/t', latitude: 12.5, longitude: -77.25}
  - {id: hamlet, type: City, label: Hamlet, located_in: freedonia, gazetteer: 'https://gazetteer.example/h'}
  - {id: nowhere, type: City, label: Nowhere, located_in: world, gazetteer: 'https://gazetteer.example/n'}
  - {id: mills, type: Initiative, label: mills, company: acme, kind: manufacturing, establishes: mill}
  - {id: forges, type: Initiative, label: forges, company: acme, kind: manufacturing, establishes: forge}
statements:
  - {id: gazette-2020-01-31.1, type: Relation, subject: mill, predicate: locatedIn, object: freetown, latitude: 12.51, longitude: -77.2}
  - {id: gazette-2020-01-31.2, type: Relation, subject: forge, predicate: locatedIn, object: hamlet}
  - {id: gazette-2020-01-31.3, type: Target, about: mills, indicator: jobs-created, value: 5, due: 2021-12-31}
  - {id: gazette-2020-01-31.4, type: Target, about: mills, indicator: jobs-created, value: 6, due: 2022-12-31, place: freedonia}
  - {id: gazette-2020-01-31.5, type: Target, about: forges, indicator: jobs-created, value: 7, due: 2022-12-31, place: nowhere}
"""


@pytest.fixture(scope="module")
def located(tmp_path_factory) -> dict[str, list[tuple[float, float, str]]]:
    path: Path = tmp_path_factory.mktemp("sources") / "gazette-2020-01-31.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    index = kg.build([path], check=False).index
    statements = load_statements(index)
    spots = locate_things(project_network(index), index, statements)
    return {
        iri.removeprefix(ID): [
            (spot.latitude, spot.longitude, str(spot.place).removeprefix(ID)) for spot in each
        ]
        for iri, each in spots.items()
    }


def test_a_place_is_where_its_gazetteer_says(located):
    assert located["freetown"] == [(12.5, -77.25, "freetown")]


def test_a_place_without_a_point_of_its_own_is_not_drawn(located):
    assert "hamlet" not in located


def test_a_facility_is_where_a_source_puts_it(located):
    assert located["mill"] == [(12.51, -77.2, "freetown")]


def test_one_that_stands_where_nobody_knows_is_at_the_nearest_place_around(located):
    assert located["forge"] == [(12.0, -77.59, "freedonia")]


def test_a_plan_is_at_what_it_establishes(located):
    assert located["mills"] == located["mill"]


def test_a_target_is_at_the_place_that_it_names_else_where_its_plan_is(located):
    assert located["gazette-2020-01-31.3"] == located["mill"]
    assert located["gazette-2020-01-31.4"] == [(12.0, -77.59, "freedonia")]


def test_what_lies_in_the_world_alone_stands_where_its_plan_does(located):
    assert located["gazette-2020-01-31.5"] == located["forge"]


def test_every_shipped_place_but_few_has_a_point():
    index = kg.build(check=False).index
    query = """SELECT ?place { ?place a cp:Place FILTER NOT EXISTS {
      ?place schema:latitude ?latitude ; schema:longitude ?longitude } }"""
    assert sorted(str(name) for (name,) in kg.build(check=False).query(query).rows) == [
        "rural-india", "sri-city", "world",
    ]  # fmt: skip
    network = project_network(index)
    spots = locate_things(network, index, load_statements(index))
    assert len(spots) > 150
    assert not [iri for iri in spots if network.nodes[iri]["type"] == "company"]


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("latitude: 95, longitude: 10", "A latitude is one decimal from -90"),
        ("latitude: 12.97", "A latitude alone is no point"),
        ("latitude: north, longitude: 10", "A latitude is one decimal from -90"),
    ],
)
def test_a_point_that_is_none_is_refused(tmp_path, point, said):
    path = tmp_path / "gazette-2020-01-31.yaml"
    path.write_text(SOURCE.replace("latitude: 12, longitude: -77.59", point), encoding="utf-8")
    report = kg.check([path])
    assert any(said in finding.message for finding in report.findings)


@pytest.mark.parametrize("point", ["latitude: 95, longitude: 10", "latitude: north, longitude: 10"])
def test_a_point_that_is_none_is_not_drawn_and_stops_no_picture(tmp_path, point):
    path = tmp_path / "gazette-2020-01-31.yaml"
    path.write_text(SOURCE.replace("latitude: 12, longitude: -77.59", point), encoding="utf-8")
    index = kg.build([path], check=False).index
    spots = locate_things(project_network(index), index, load_statements(index))
    assert ID + "freedonia" not in spots
    assert ID + "freetown" in spots
