"""Items of Wikidata: things by what they are, relations by their rank and as exactly as their days are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.base import SourceError
from kg.formats import import_files
from kg.formats.batch import Batch
from kg.formats.registry import find_format
from kg.formats.wikidata import file as wikidata_file
from kg.formats.wikidata.reader import FORMAT, read_items
from tests.formats.wikidata_files import (
    CITY,
    COMPANY,
    COUNTRY,
    HUMAN,
    JULIAN,
    claim,
    entity,
    item,
    time,
    write_dump,
    write_entities,
    write_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.formats.batch import Node

ANN = entity("Q9000001", HUMAN, "Ann Ames")
BOB = entity("Q9000002", HUMAN, "Bob Bell")


def _batches(path: Path) -> dict[str, Batch]:
    """Return what is said of items, by their numbers."""
    read = list(read_items([path]))
    batches = [one for one in read if isinstance(one, Batch)]
    assert len(batches) == len(read)
    return {batch.source["id"].split("-")[1].upper(): batch for batch in batches}


def _acme(path: Path, *claims: dict[str, Any], **more: Any) -> Batch:
    acme = entity("Q9000010", COMPANY, "Acme", *claims, **more)
    return _batches(write_entities(path / "a.json", acme, ANN, BOB))["Q9000010"]


def _thing(batch: Batch) -> Node:
    return {key: value for key, value in batch.things[-1].items() if value is not None}


def _told(batch: Batch) -> list[tuple[str, str, str, str | None, str | None]]:
    return [
        (one["subject"], one["predicate"], one["object"], one.get("from"), one.get("until"))
        for one in batch.statements
    ]


CHIEF = ("wikidata-q9000001", "chiefExecutiveOf", "wikidata-q9000010")
OTHER = ("wikidata-q9000002", "chiefExecutiveOf", "wikidata-q9000010")


def test_item_is_a_source_of_the_day_on_which_it_was_changed(tmp_path: Path) -> None:
    source = _acme(tmp_path).source
    assert source["id"] == "wikidata-q9000010-2026-05-04"
    assert source["published"] == "2026-05-04"
    assert source["url"] == "https://www.wikidata.org/wiki/Q9000010"


def test_names_are_those_of_all_languages(tmp_path: Path) -> None:
    labels = {
        code: {"language": code, "value": name}
        for code, name in {
            "en": "Acme", "de": "Acme AG", "he": "\u200f\u05d0\u05e7\u05de\u05d9", "zh-hant": "艾克美",
            "en-gb": "Acme Co",
        }.items()
    }  # fmt: skip
    aliases = {
        "en": [{"language": "en", "value": "ACM"}, {"language": "en", "value": "Acme"}],
        "fr": [{"language": "fr", "value": "Acmé\u00a0 SA"}],
    }
    thing = _thing(_acme(tmp_path, labels=labels, aliases=aliases))
    assert thing["label"] == "Acme"
    assert thing["alias"] == ["ACM", "Acme Co"]
    assert [(one["@language"], one["@value"]) for one in thing["rdfs:label"]] == [
        ("de", "Acme AG"), ("he", "\u05d0\u05e7\u05de\u05d9"), ("zh-hant", "艾克美"),
    ]  # fmt: skip
    assert thing["skos:altLabel"] == [{"@value": "Acmé SA", "@language": "fr"}]
    assert thing["matches"] == "wikidata:Q9000010"


def test_name_for_all_languages_stands_for_the_english_one(tmp_path: Path) -> None:
    labels = {"mul": {"language": "mul", "value": "Acme"}, "de": {"language": "de", "value": "AAA"}}
    assert _thing(_acme(tmp_path, labels=labels))["label"] == "Acme"


def test_identifiers_are_the_best_ones_and_never_deprecated(tmp_path: Path) -> None:
    thing = _thing(
        _acme(
            tmp_path,
            claim("P1278", "529900T8BM49AURSDO55"),
            claim("P1278", "529900AAAAAAAAAAAA00", "deprecated"),
            claim("P946", "US0378331005"),
            claim("P946", "US5949181045", "preferred"),
        )
    )
    assert (thing["lei"], thing["isin"]) == ("529900T8BM49AURSDO55", ["US5949181045"])


def test_of_several_leis_nobody_can_tell_which_it_is(tmp_path: Path) -> None:
    codes = ("529900T8BM49AURSDO55", "5493006MHB84DD0ZWV18")
    batch = _acme(tmp_path, *(claim("P1278", code) for code in codes))
    assert "lei" not in _thing(batch)
    assert batch.left_out["LEIs of which it has several"] == 2


def test_ticker_has_the_code_of_its_exchange(tmp_path: Path) -> None:
    tokyo, own, unknown = "Q217475", "Q9000020", "Q9000021"
    acme = entity(
        "Q9000010", COMPANY, "Acme",
        claim("P414", item(tokyo), P249="7203"),
        claim("P414", item(own), P249="ac"),
        claim("P414", item(unknown), P249="X"),
        claim("P414", item("Q13677"), P249="OLD", P582=time("2015-01-01")),
    )  # fmt: skip
    exchange = entity(own, "Q11691", "Exchange", claim("P7534", "XACM"))
    batch = _batches(write_entities(tmp_path / "a.json", acme, exchange))["Q9000010"]
    assert _thing(batch)["ticker"] == ["XACM:AC", "XTKS:7203"]
    assert dict(batch.left_out) == {
        "tickers at an exchange whose code is not known": 1,
        "tickers at an exchange where it is listed no longer": 1,
    }


def test_day_is_known_to_what_its_precision_says(tmp_path: Path) -> None:
    batch = _acme(
        tmp_path,
        claim("P169", item("Q9000001"), P580=time("2010-04-06"), P582=time("2015-01-01", 9)),
        claim("P169", item("Q9000002"), P580=time("2015-02-00", 10)),
    )
    assert _told(batch) == [
        (*CHIEF, "2010-04-06", "2015-12-31"), (*OTHER, "2015-02-01", None),
    ]  # fmt: skip
    precisions = [(one["from_precision"], one.get("until_precision")) for one in batch.statements]
    assert precisions == [("day", "year"), ("month", None)]
    assert batch.statements[0]["element"]["at"] == "/entities/Q9000010/claims/P169/0"


@pytest.mark.parametrize(
    "day",
    [
        time("1900-00-00", 7),
        time("1900-01-01", 11, JULIAN),
        time("2010-02-30"),
        time("9999-12-31"),
        time("0001-01-01"),
        None,
    ],
)
def test_day_that_is_too_vague_is_none(tmp_path: Path, day: dict[str, Any] | None) -> None:
    batch = _acme(tmp_path, claim("P169", item("Q9000001"), P580=day))
    assert _told(batch) == [(*CHIEF, None, None)]
    assert sum(batch.left_out.values()) == 1


def test_what_ended_nobody_knows_when_is_not_told_as_if_it_went_on(tmp_path: Path) -> None:
    batch = _acme(tmp_path, claim("P169", item("Q9000001"), P582=None))
    assert not batch.statements
    assert dict(batch.left_out) == {"relations that ended on a day that is not known": 1}


@pytest.mark.parametrize(
    ("qualifiers", "reason"),
    [
        ({"P1534": item("Q2")}, "relations that ended on a day that is not known"),
        ({"P1366": item("Q9000002")}, "relations that ended on a day that is not known"),
        ({"P585": time("2015-01-01")}, "relations of a moment, which may have ended since"),
        ({"P5102": item("Q2")}, "relations that are told with a reservation"),
    ],
)
def test_what_may_be_no_longer_so_or_is_not_sure_is_left_out(
    qualifiers: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    batch = _acme(tmp_path, claim("P169", item("Q9000001"), **qualifiers))
    assert not batch.statements
    assert dict(batch.left_out) == {reason: 1}


@pytest.mark.parametrize("end", [time("2019-05-06"), None])
def test_who_has_died_leads_nothing_and_is_a_founder_still(
    end: dict[str, Any] | None, tmp_path: Path
) -> None:
    acme = entity(
        "Q9000010", COMPANY, "Acme",
        claim("P169", item("Q9000001"), P580=time("2010-04-06")),
        claim("P488", item("Q9000001"), P582=time("2015-12-31")),
        claim("P112", item("Q9000001"), P585=time("2001-01-01")),
    )  # fmt: skip
    ann = entity("Q9000001", HUMAN, "Ann Ames", claim("P570", end))
    batch = _batches(write_entities(tmp_path / "a.json", acme, ann))["Q9000010"]
    assert [(predicate, until) for _, predicate, _, _, until in _told(batch)] == [
        ("chairs", "2015-12-31"), ("founderOf", None),
    ]  # fmt: skip
    assert dict(batch.left_out) == {
        "relations without a last day, of who has died or what was dissolved": 1
    }


def test_what_was_dissolved_is_led_and_owned_by_nobody(tmp_path: Path) -> None:
    owned = claim("P127", item("Q9000001")), claim("P576", time("2012-01-01", 9))
    holding = entity("Q9000011", COMPANY, "Holding")
    acme = entity("Q9000010", COMPANY, "Acme", claim("P749", item("Q9000011")), *owned)
    batch = _batches(write_entities(tmp_path / "a.json", acme, holding))["Q9000010"]
    assert not batch.statements
    alive = entity("Q9000010", COMPANY, "Acme", claim("P749", item("Q9000011")))
    alive["claims"]["P576"] = [{**claim("P576", None), "rank": "deprecated"}]
    batch = _batches(write_entities(tmp_path / "a.json", alive, holding))["Q9000010"]
    assert [one[1] for one in _told(batch)] == ["owns"]


@pytest.mark.parametrize(
    "day", ["-0044-03-15T00:00:00Z", "+2010-00-00T00:00:00Z", "+20000-01-01T00:00:00Z", ""]
)
@pytest.mark.parametrize("precision", [6, 7, 8, 11, 12, "11", None])
def test_day_before_christ_or_of_an_age_is_none(
    day: str, precision: object, tmp_path: Path
) -> None:
    said = time("2000-01-01") | {"time": day, "precision": precision}
    batch = _acme(tmp_path, claim("P169", item("Q9000001"), P580=said))
    assert _told(batch) == [(*CHIEF, None, None)]
    assert sum(batch.left_out.values()) == 1


def test_of_ranks_the_preferred_is_told_and_of_the_rest_what_has_ended(tmp_path: Path) -> None:
    ended = {"P582": time("2015-12-31")}
    batch = _acme(
        tmp_path,
        claim("P169", item("Q9000001"), "preferred", P580=time("2016-01-01")),
        claim("P169", item("Q9000002"), **ended),
        claim("P169", item("Q9000002"), "deprecated"),
        claim("P169", item("Q9000002")),
    )
    assert _told(batch) == [(*CHIEF, "2016-01-01", None), (*OTHER, None, "2015-12-31")]
    assert dict(batch.left_out) == {"relations beside others that are preferred": 1}


def test_relation_points_as_its_predicate_does(tmp_path: Path) -> None:
    parent = entity("Q9000011", COMPANY, "Holding")
    acme = entity(
        "Q9000010", COMPANY, "Acme",
        claim("P749", item("Q9000011")), claim("P112", item("Q9000001")), claim("P127", item("Q9000001")),
        claim("P488", item("Q9999999")),
    )  # fmt: skip
    batch = _batches(write_dump(tmp_path / "a.json", acme, ANN, parent))["Q9000010"]
    assert [one[:3] for one in _told(batch)] == [
        ("wikidata-q9000001", "founderOf", "wikidata-q9000010"),
        ("wikidata-q9000011", "owns", "wikidata-q9000010"),
    ]
    assert dict(batch.left_out) == {
        "relations to an item that is of no class that the predicate takes": 1,
        "relations to an item that the file does not describe": 1,
    }


def test_what_an_authority_is_under_is_not_owned(tmp_path: Path) -> None:
    office = entity("Q9000012", "Q327333", "Office", claim("P749", item("Q9000013")))
    state = entity("Q9000013", COMPANY, "State")
    batch = _batches(write_entities(tmp_path / "a.json", office, state))["Q9000012"]
    assert not batch.statements


def test_who_leads_for_a_second_time_is_told_twice(tmp_path: Path) -> None:
    batch = _acme(
        tmp_path,
        claim("P169", item("Q9000001"), P580=time("2000-01-01"), P582=time("2005-01-01")),
        claim("P169", item("Q9000001"), P580=time("2010-01-01")),
    )
    assert [one["id"].partition(".")[2] for one in batch.statements] == [
        "p169-q9000001", "p169-q9000001-2010-01-01",
    ]  # fmt: skip


def test_place_lies_where_it_says_and_in_what_is_known(tmp_path: Path) -> None:
    where = {
        "latitude": 12.5, "longitude": -3.25, "precision": 0.1, "globe": "http://www.wikidata.org/entity/Q2",
    }  # fmt: skip
    town = entity(
        "Q9000030", CITY, "Acton", claim("P625", where), claim("P131", item("Q9000099")),
        claim("P17", item("Q668")),
    )  # fmt: skip
    (batch,) = _batches(write_entities(tmp_path / "a.json", town)).values()
    thing = _thing(batch)
    assert (thing["located_in"], thing["gazetteer"]) == ("india", "wikidata:Q9000030")
    assert (thing["latitude"], thing["longitude"]) == ("12.5", "-3.25")


def test_place_of_a_class_that_is_not_known_here_lies_in_its_country(tmp_path: Path) -> None:
    people = {"amount": "+12", "unit": "1"}
    known = [claim("P1082", people), claim("P17", item("Q668"))]
    ward = entity("Q9000031", "Q9009999", "Ward", *known, claim("P131", item("Q9000032")))
    town = entity("Q9000032", "Q9009998", "Town", *known, claim("P131", item("Q9000031")))
    batches = _batches(write_entities(tmp_path / "a.json", ward, town))
    assert {_thing(one)["located_in"] for one in batches.values()} == {"india"}


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        (claim("P452", item("Q9009999")), "Company"),
        (claim("P169", item("Q9000001")), "Organization"),
        (claim("P1454", item("Q9009999")), "Organization"),
    ],
)
def test_organization_of_a_class_that_is_not_known_here_is_known_by_what_it_has(
    tmp_path: Path, stated: dict[str, Any], kind: str
) -> None:
    made = entity("Q9000010", "Q9009999", "Acme", stated)
    batch = _batches(write_entities(tmp_path / "a.json", made, ANN))["Q9000010"]
    assert _thing(batch)["type"] == kind


def test_place_on_another_body_has_no_coordinates_here(tmp_path: Path) -> None:
    moon = {"latitude": 1, "longitude": 2, "globe": "http://www.wikidata.org/entity/Q405"}
    town = entity("Q9000030", CITY, "Luna", claim("P625", moon))
    (batch,) = _batches(write_entities(tmp_path / "a.json", town)).values()
    assert "latitude" not in _thing(batch)
    assert sum(batch.left_out.values()) == 1


def test_place_that_ships_is_called_as_there(tmp_path: Path) -> None:
    (batch,) = _batches(
        write_entities(tmp_path / "a.json", entity("Q668", COUNTRY, "Bharat"))
    ).values()
    assert [thing["id"] for thing in batch.things] == ["wikidata-project"]
    assert dict(batch.left_out) == {"names of people and places that are known already": 1}


@pytest.mark.parametrize("write", [write_entities, write_dump, write_lines])
def test_forms_of_a_file_say_the_same_and_are_known(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    acme = entity("Q9000010", COMPANY, "Acme", claim("P169", item("Q9000001")))
    path = write(tmp_path / "a.bin", acme, ANN)
    assert find_format(path) is FORMAT
    assert _told(_batches(path)["Q9000010"]) == [(*CHIEF, None, None)]


def test_what_is_none_of_ours_is_counted(tmp_path: Path) -> None:
    bridge = entity("Q9000040", "Q12280", "Bridge")
    missing = {"id": "Q9000041", "missing": ""}
    (batch,) = _batches(write_entities(tmp_path / "a.json", bridge, ANN, missing)).values()
    assert dict(batch.left_out) == {"entities that are no organization, person or place": 2}


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        (entity("Q9000040", "Q12280", "Bridge"), "describes no organization, person or place"),
        (entity("Q9000001", HUMAN, "Ann", modified=None), "does not say when Q9000001 was changed"),
    ],
)
def test_file_that_says_nothing_datable_is_refused(
    tmp_path: Path, made: dict[str, Any], problem: str
) -> None:
    (error,) = read_items([write_entities(tmp_path / "a.json", made)])
    assert isinstance(error, SourceError)
    assert problem in str(error)


@pytest.mark.parametrize("name", ["", "q1", "Q0", 'Q1 b"c', "<Q1>", "../Q1", "Q" + "1" * 16, 1])
def test_entity_whose_id_is_none_is_refused(tmp_path: Path, name: Any) -> None:
    (error,) = read_items([write_lines(tmp_path / "a", ANN, {**BOB, "id": name})])
    assert isinstance(error, SourceError)
    assert "has no entity of Wikidata at line 2" in str(error)


@pytest.mark.parametrize(
    "strange",
    [{"claims": []}, {"claims": {"P31": 5}}, {"labels": [], "aliases": [1]}, {"claims": None}],
)
def test_structure_that_is_not_as_documented_breaks_nothing(
    tmp_path: Path, strange: dict[str, Any]
) -> None:
    path = write_entities(tmp_path / "a.json", entity("Q9000010", COMPANY, "Acme", **strange), ANN)
    assert "Q9000001" in _batches(path)


def test_line_that_is_too_long_or_nests_too_deeply_ends_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_lines(tmp_path / "a", ANN, BOB)
    longest = max(map(len, path.read_bytes().splitlines(keepends=True)))
    monkeypatch.setattr(wikidata_file, "MAX_LINE", longest)
    assert len(_batches(path)) == 2
    monkeypatch.setattr(wikidata_file, "MAX_LINE", longest - 1)
    (error,) = read_items([path])
    assert isinstance(error, SourceError)
    monkeypatch.undo()
    deep: Any = "a"
    for _ in range(65):
        deep = [deep]
    (error,) = read_items([write_lines(tmp_path / "b", ANN, {**BOB, "sitelinks": deep})])
    assert "2: nests more than 64 brackets" in str(error)


def test_items_pass_the_checks_and_can_be_asked(tmp_path: Path) -> None:
    acme = entity(
        "Q9000010", COMPANY, "Acme", claim("P169", item("Q9000001"), P580=time("2010-01-01", 9)),
        claim("P1278", "529900T8BM49AURSDO55"), claim("P414", item("Q217475"), P249="7203"),
    )  # fmt: skip
    town = entity("Q9000030", CITY, "Acton", claim("P17", item("Q668")))
    file = tmp_path / "items.nq"
    paths = [write_entities(tmp_path / "a.json", acme, ANN, town)]
    file.write_bytes(b"".join(import_files(paths).lines))
    graph = kg.build([file], shipped=True)
    rows = graph.query("SELECT ?who { ?who cp:chiefExecutiveOf id:wikidata-q9000010 }")
    assert [str(row["who"]) for row in rows] == ["wikidata-q9000001"]
