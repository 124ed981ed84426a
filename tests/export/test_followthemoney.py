"""Entities and statements of FollowTheMoney, as the library itself reads them, and what they keep together."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.base import UsageError
from kg.export import guess_format
from kg.export.ftm_entities import entity_id, make_entity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?")

WORLD = """
id: gazette-2020
type: Filing
title: "A notice"
publisher: gazette
published: 2020-02-03
sha256: "00"
things:
  - {id: gazette, type: Organization, label: Gazette}
  - {id: freedonia, type: Country, label: Freedonia, located_in: world, gazetteer: "https://www.iso.org/obp/ui/#iso:code:3166:FR"}
  - {id: world, type: Place, label: the world}
  - {id: hill, type: City, label: Hill, located_in: freedonia}
  - {id: acme_é, type: Company, label: "\\"Acme\\"", lei: 529900T8BM49AURSDO55, isin: [US0378331005, US5949181045], ticker: XNAS:ACME}
  - {id: bolt, type: Organization, label: Bolt}
  - {id: jo, type: Person, label: "\\u202eJo\\u200d\\te\\u0301"}
  - {id: anvil, type: Product, label: anvil}
  - {id: plan, type: Initiative, label: shops, company: acme_é}
statements:
  - {id: gazette-2020.1, type: Target, about: plan, indicator: retail-outlets, value: 20, due: 2030-12-31, due_precision: year, speaker: jo}
  - {id: gazette-2020.2, type: Target, about: plan, indicator: revenue, value: "5.50", unit: USD, due: 2021-06-30, due_precision: quarter, place: hill}
  - {id: gazette-2020.3, type: Relation, subject: acme_é, predicate: ownsMajorityOf, object: bolt, from: 2019-05-31, from_precision: month}
  - {id: gazette-2020.4, type: Relation, subject: jo, predicate: chairs, object: bolt, until: 2020-01-02}
  - {id: gazette-2020.5, type: Relation, subject: acme_é, predicate: offers, object: anvil}
  - {id: gazette-2020.6, type: Observation, about: plan, indicator: retail-outlets, value: 3, when: 2020-02-01}
"""


def entities(data: bytes) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in map(json.loads, data.splitlines())}


@pytest.fixture(scope="module")
def shipped(graph: kg.Graph) -> bytes:
    return graph.export("ftm")


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, dict[str, Any]], Counter[str]]:
    path = tmp_path_factory.mktemp("world") / "gazette-2020.yaml"
    path.write_text(WORLD, "utf-8")
    left_out: Counter[str] = Counter()
    data = kg.build([path], check=False).export("ftm", left_out=left_out)
    return entities(data), left_out


def test_library_knows_every_property_value_and_end(
    shipped: bytes, ftm_reader: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "plans.ftm.json"
    path.write_bytes(shipped)
    told = ftm_reader("entities", path)
    assert told["wrong"] == []
    assert told["schemata"]["Company"] > 50
    assert told["schemata"]["Project"] > 270


def test_library_knows_what_hostile_names_become(
    world: tuple[dict[str, dict[str, Any]], Counter[str]],
    ftm_reader: Callable[..., Any],
    tmp_path: Path,
) -> None:
    path = tmp_path / "world.ftm.json"
    path.write_text("\n".join(map(json.dumps, world[0].values())))
    assert ftm_reader("entities", path)["wrong"] == []


def test_library_calls_every_statement_as_we_do(
    graph: kg.Graph, shipped: bytes, ftm_reader: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "plans.ftm.csv"
    path.write_bytes(graph.export("ftm-statements"))
    values = sum(
        1 + sum(map(len, one["properties"].values())) for one in entities(shipped).values()
    )
    assert ftm_reader("statements", path) == {"wrong": [], "count": values}


def test_every_initiative_and_every_promise_is_a_project_of_its_own(
    graph: kg.Graph, shipped: bytes
) -> None:
    found = entities(shipped)
    projects = {name for name, one in found.items() if one["schema"] == "Project"}
    plans = graph.query("SELECT ?x { ?x a cp:Initiative }")
    promises = graph.query("SELECT DISTINCT ?x { ?x cp:firstStatedBy ?s }")
    kept = graph.query("SELECT DISTINCT ?x { ?x cp:firstStatedBy ?s ; cp:promisedBy ?who }")
    assert len(projects) == len(plans) + len(promises)
    linked = {
        one["properties"]["project"][0]
        for one in found.values()
        if one["schema"] == "ProjectParticipant" and "promised it" in one["properties"]["role"]
    }
    assert linked == {entity_id(row["x"]) for row in kept}


def test_figure_day_and_verdict_of_a_promise_stay_together(shipped: bytes) -> None:
    found = entities(shipped)
    told = found["cp-9to5mac-2017-07-26.1.promise"]["properties"]
    assert (told["amount"], told["currency"], told["endDate"]) == (
        ["10000000000"],
        ["USD"],
        ["2020-07"],
    )
    centres = found["cp-medianama-2017-03-28.3.4.promise"]
    assert centres["properties"]["goal"] == ["500 service centres"]
    assert centres["properties"]["status"] == ["met"]
    assert centres["properties"]["startDate"] == ["2017-03-28"]
    assert centres["first_seen"] == "2017-03-28T00:00:00"
    assert centres["origin"] == ["medianama-2017-03-28"]
    assert "amount" not in centres["properties"]  # service centres are no money


def test_promise_stands_as_it_stood_on_a_day(graph: kg.Graph) -> None:
    left_out: Counter[str] = Counter()
    found = entities(graph.export("ftm", today=date(2017, 4, 1), left_out=left_out))
    assert found["cp-medianama-2017-03-28.3.4.promise"]["properties"]["status"] == ["open"]
    assert left_out["promises of later days"] > 100


def test_days_are_no_more_exact_than_they_are_known(
    world: tuple[dict[str, dict[str, Any]], Counter[str]],
) -> None:
    found, left_out = world
    assert found["cp-gazette-2020.1.promise"]["properties"]["endDate"] == ["2030"]
    assert found["cp-gazette-2020.2.promise"]["properties"]["endDate"] == ["2021-06-30"]
    assert found["cp-gazette-2020.3"]["properties"]["startDate"] == ["2019-05"]
    assert left_out["days known to a quarter, half or fiscal year, given as one day"] == 1


def test_company_has_its_identifiers_and_its_shares_are_securities(
    world: tuple[dict[str, dict[str, Any]], Counter[str]],
) -> None:
    found, _ = world
    name = entity_id("acme_é")
    assert ID.fullmatch(name)
    acme = found[name]
    assert acme["properties"] == {
        "leiCode": ["529900T8BM49AURSDO55"],
        "name": ["Acme"],
        "ticker": ["XNAS:ACME"],
    }
    shares = [one for one in found.values() if one["schema"] == "Security"]
    assert [one["properties"]["isin"] for one in shares] == [["US0378331005"], ["US5949181045"]]
    assert all(one["properties"]["issuer"] == [name] for one in shares)


def test_link_whose_schema_does_not_fit_its_ends_is_of_no_kind(
    world: tuple[dict[str, dict[str, Any]], Counter[str]],
) -> None:
    found, left_out = world
    # Only companies and other assets can be owned there, and Bolt is neither.
    assert found["cp-gazette-2020.3"]["schema"] == "UnknownLink"
    assert found["cp-gazette-2020.4"]["schema"] == "Directorship"
    assert found["cp-gazette-2020.4"]["properties"]["endDate"] == ["2020-01-02"]
    assert left_out["relations of what has no schema there"] == 1
    assert left_out["products, which have no schema there"] == 1


def test_countries_are_codes_and_places_lie_in_each_other(
    world: tuple[dict[str, dict[str, Any]], Counter[str]],
) -> None:
    found, _ = world
    assert found["cp-hill"]["properties"]["partOf"] == ["cp-freedonia"]
    assert found["cp-hill"]["properties"]["country"] == ["fr"]
    assert found["cp-freedonia"]["properties"]["territoryCode"] == ["fr"]
    assert found["cp-gazette-2020.2.promise"]["properties"]["country"] == ["fr"]


def test_text_that_states_a_promise_and_who_said_so_are_linked_to_it(
    world: tuple[dict[str, dict[str, Any]], Counter[str]],
) -> None:
    found, _ = world
    stated = found["cp-gazette-2020.1.stated"]["properties"]
    assert (stated["document"], stated["entity"], stated["date"]) == (
        ["cp-gazette-2020"],
        ["cp-gazette-2020.1.promise"],
        ["2020-02-03"],
    )
    assert found["cp-gazette-2020.1.said"]["properties"]["participant"] == ["cp-jo"]
    assert found["cp-gazette-2020"]["schema"] == "HyperText"


def test_observation_is_a_note_on_its_plan(
    world: tuple[dict[str, dict[str, Any]], Counter[str]],
) -> None:
    found, left_out = world
    note = found["cp-gazette-2020.6"]
    assert note["schema"] == "Note"
    assert note["properties"]["entity"] == ["cp-plan"]
    assert note["properties"]["description"][0].startswith("shops: 3 ")
    assert left_out["observations, whose figure and day stand in the words of a note alone"] == 1


def test_same_graph_gives_the_same_bytes(graph: kg.Graph, shipped: bytes) -> None:
    assert kg.build(check=False).export("ftm") == shipped
    assert graph.export("ftm-statements") == kg.build(check=False).export("ftm-statements")


def test_statement_is_first_seen_on_the_day_of_its_source(graph: kg.Graph) -> None:
    rows = csv.DictReader(io.StringIO(graph.export("ftm-statements").decode()))
    told = {(row["entity_id"], row["prop"]): row for row in rows}
    goal = told["cp-medianama-2017-03-28.3.4.promise", "goal"]
    assert goal["first_seen"] == "2017-03-28T00:00:00"
    assert goal["origin"] == "medianama-2017-03-28"
    assert (goal["dataset"], goal["prop_type"]) == ("corporate_plans", "string")


def test_command_counts_what_has_no_place_there(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "plans.ftm.json"
    told = run("export", "-o", out)
    assert re.search(
        r"^left out: products, which have no schema there \([\d,]+\)$", told.stderr, re.MULTILINE
    )
    assert out.read_bytes().startswith(b'{"id":"cp-')


def test_longer_ending_tells_the_format() -> None:
    assert guess_format("a.ftm.json") == "ftm"
    assert guess_format("a.FTM.csv") == "ftm-statements"
    assert guess_format("a.b.csv") == "csv"
    with pytest.raises(UsageError):
        guess_format("a.json")


def test_slugs_that_may_not_stand_there_stay_apart() -> None:
    names = {entity_id(slug) for slug in ("a_b", "a b", "ab", "a/b", "ab-", "a" * 300)}
    assert len(names) == 6
    assert all(ID.fullmatch(name) and len(name) <= 200 for name in names)


def test_text_is_kept_as_the_library_would_clean_it() -> None:
    made = make_entity("x", "Company", {"name": ["\"'A\n B'\"", "A B"]}, Counter())
    assert made.properties == {"name": ("A B",)}
    made = make_entity("x", "Article", {"title": ["e\u0301", "a\u200cb", "\x07"]}, Counter())
    assert made.properties["title"] == ("\xe9", "ab")


def test_address_is_whole_or_none() -> None:
    links = ["https://a.example", "https://a.example?b", "javascript:alert(1)", "https://[", "//a"]
    made = make_entity("x", "Article", {"sourceUrl": links}, Counter())
    assert made.properties["sourceUrl"] == ("https://a.example/", "https://a.example/?b")
