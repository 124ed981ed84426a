"""What may stand in a source is listed, with what it means, and can be described where it is missing."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

import kg
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
id: wire-2020
type: Article
title: A report
publisher: wire
published: 2020-01-31
language: en
things:
  - {id: wire, type: Organization, label: The Wire}
  - {id: acme, type: Company, label: Acme}
  - {id: acme-shops, type: Initiative, label: Acme's shops, company: acme, kind: offline-retail}
  - {id: currency:XAF, type: Currency, label: CFA franc, symbol: XAF}
  - {id: food-licence, type: Condition, label: licence to sell food}
  - id: shop-rent
    type: Indicator
    label: rent of shops
    definition: The rent that a company pays for its shops within a place in a period.
    direction: less-is-better
    aggregation: flow
    is_change: false
statements:
  - id: wire-2020.1
    type: Target
    about: acme-shops
    indicator: shop-rent
    value: 20
    unit: currency:XAF
  - {id: wire-2020.2, type: Relation, subject: acme-shops, predicate: dependsOn, object: food-licence}
"""


def listed(run, *arguments: str) -> list[dict[str, str]]:
    result = run("terms", *arguments, "-f", "csv")
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_all_lists_are_named_with_what_they_are_about(run) -> None:
    names = {row["list"] for row in listed(run) if row["about"]}
    assert {"statuses", "kinds", "modes", "predicates", "units", "indicators", "types"} <= names
    for name in sorted(names):
        assert listed(run, name), name


def test_statuses_stand_in_the_order_of_their_rank(run) -> None:
    terms = [row["term"] for row in listed(run, "statuses")]
    assert terms[:4] == ["considered", "announced", "underway", "achieved"]
    assert all(row["definition"] for row in listed(run, "statuses"))


def test_indicators_have_their_unit_and_predicates_what_they_relate(run) -> None:
    (shops,) = [row for row in listed(run, "indicators") if row["term"] == "retail-outlets"]
    assert (shops["unit"], shops["adds"]) == ("unit:NUM", "stock")
    (office,) = [row for row in listed(run, "predicates") if row["term"] == "chiefExecutiveOf"]
    assert (office["from"], office["to"]) == ("Person", "Organization")
    (focus,) = [row for row in listed(run, "predicates") if row["term"] == "focusesOn"]
    assert focus["to"] == "Market, Place, Product"


@pytest.mark.parametrize("name", ["modes", "reasons", "precisions", "units"])
def test_what_is_listed_is_as_an_author_writes_it(run, name) -> None:
    assert not any(row["term"].startswith("cp:") for row in listed(run, name))


def test_a_list_that_does_not_exist_is_told_with_the_nearest(run) -> None:
    result = run("terms", "status")
    assert (result.exit_code, "did you mean 'statuses'" in result.stderr) == (2, True)


def test_every_list_that_a_message_names_exists(run) -> None:
    said = "".join(path.read_text("utf-8") for path in (ROOT / "ontology/shapes").glob("*.ttl"))
    named = set(re.findall(r"kg terms (\w+)", said))
    assert len(named) > 5
    assert named <= {row["list"] for row in listed(run)}


def test_indicators_currencies_and_conditions_are_described_in_yaml(run, tmp_path: Path) -> None:
    path = tmp_path / "wire.yaml"
    path.write_text(OWN)
    assert run("check", path).exit_code == 0, run("check", path).output
    graph = kg.build([path])
    assert graph.query("ASK { id:wire-2020.1 cp:unit currency:XAF . currency:XAF cp:symbol 'XAF' }")
    assert [row["term"] for row in listed(run, "units", "-s", str(path))].count("currency:XAF") == 1
    assert "shop-rent" in {row["term"] for row in listed(run, "indicators", "-s", str(path))}
    path.write_text(OWN.replace("is_change: false", "is_change: no"))
    assert "wire.yaml:19: shop-rent (no): Whether" in run("check", path).stdout
    path.write_text(OWN.replace("unit: currency:XAF", "unit: XAF"))
    assert "did you mean 'currency:XAF'?" in run("check", path).stdout


# What is RDF of another kind, or none


@pytest.mark.parametrize(
    ("root", "name"),
    [
        ('<StrategicPlan xmlns="urn:x"><Name>A</Name></StrategicPlan>', "StrategicPlan"),
        ("<html><body>20 shops</body></html>", "html"),
        ('<StrategicPlan version="2.03"/>', "StrategicPlan"),
    ],
)
def test_xml_that_is_no_rdf_is_told_as_that(run, tmp_path: Path, root: str, name: str) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(root)
    result = run("check", path)
    assert result.exit_code == 3
    assert result.stdout == (
        f"{path}:1: is XML, but not RDF: its root is '{name}'; write what it says as a source in YAML,"
        " or convert it to RDF\n"
    )


def test_schema_org_by_its_other_address_is_told_once_for_each_node(run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    cp, id_ = "https://w3id.org/corporate-plans/ontology#", "https://w3id.org/corporate-plans/id/"
    article = {
        "@id": f"{id_}a", "@type": f"{cp}Article", "http://schema.org/headline": "T",
        "http://schema.org/publisher": {"@id": f"{id_}w"},
    }  # fmt: skip
    label = {"@value": "W", "@language": "en"}
    publisher = {
        "@id": f"{id_}w",
        "@type": f"{cp}Organization",
        "http://www.w3.org/2000/01/rdf-schema#label": label,
    }
    path.write_text(json.dumps([article, publisher]))
    assert run("check", path).stdout == (
        f"{path}: a: The terms of schema.org begin with https here, not with http:"
        " mend the prefix to https://schema.org/.\n"
    )


@pytest.mark.parametrize(
    ("given", "day", "period"),
    [("2020", "2020-12-31", "year"), ("2020-02", "2020-02-29", "month")],
)
def test_a_day_of_which_only_the_period_is_known_is_told_how_to_be_given(
    run, tmp_path: Path, given: str, day: str, period: str
) -> None:
    path = tmp_path / "wire.yaml"
    path.write_text(OWN.replace("published: 2020-01-31", f"published: {given}"))
    (told,) = run("check", path).stdout.splitlines()
    assert told.endswith(
        f"of a {period} give the last day, {day}, and published_precision: {period}"
    )
    path.write_text(
        OWN.replace("published: 2020-01-31", f"published: {day}\npublished_precision: {period}")
    )
    assert run("check", path).exit_code == 0
