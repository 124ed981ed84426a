"""A file cannot speak for a company that it does not name: where it seems to, nobody is joined, or a person is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.formats import import_files
from kg.identity import match_companies
from tests.formats.filings import Number, write_filing
from tests.formats.iati_files import activity, indicator, period, result, write
from tests.identity.firms import ISIN, ISIN_OF_BOLT, LEI, LEI_OF_BOLT, LEI_OF_INDIA, TICKER, firm
from tests.identity.test_matching import ACME, BOLT, matched, merged, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHARP = firm("sharp", "Sharp", aliases=("シャープ",), ticker="XTKS:6753")


def test_code_of_shares_with_another_name_joins_nobody_in_whatever_script() -> None:
    table = firm("x", "XTKS:6753", "ホンダ", ticker="XTKS:6753")
    matches = matched(table, SHARP)
    assert matches.certain == {}
    (sentence,) = told(matches)
    assert sentence == (
        "a:x ticker (XTKS:6753): it is that of a:sharp (Sharp), which is not called ホンダ: if they are one, add this"
        " name to those of a:sharp"
    )
    assert b"#ticker>" not in b"".join(merged(table, matches))


def test_code_that_companies_of_two_names_had_joins_neither_of_them() -> None:
    matches = matched(firm("x", "シャープ", aliases=("ホンダ",), ticker="XTKS:6753"), SHARP)
    assert (matches.certain, len(matches.conflicts)) == ({}, 1)


def test_code_without_any_name_is_the_company_that_has_it() -> None:
    assert matched(firm("x", "XTKS:6753", ticker="XTKS:6753"), SHARP).certain == {"a:x": "a:sharp"}


def test_filing_under_the_code_of_another_updates_no_forecast_of_it(tmp_path: Path) -> None:
    paths = [
        write_filing(tmp_path / "a.htm", [Number("NetSales", "8,000")], code="67530", name="ボルト")
    ]
    imported = import_files(paths)
    assert imported.matches.certain == {}
    assert b"/id/sharp>" not in b"".join(imported.lines)
    assert any("which is not called" in one.message for one in imported.matches.conflicts)


NUMBERS = [{"lei": LEI}, {"item": "Q1"}, {"lei": LEI, "isin": ISIN, "ticker": TICKER, "item": "Q1"}]


@pytest.mark.parametrize("numbers", NUMBERS)
def test_number_of_the_company_itself_under_an_unknown_name_joins_nobody(
    numbers: dict[str, str],
) -> None:
    table = firm("x", "Bolt Works", aliases=("BW Group",), **numbers)
    matches = matched(table, ACME)
    assert matches.certain == {}
    (sentence,) = told(matches)
    assert "which is not called Bolt Works: if they are one, add this name to those of" in sentence
    text = b"".join(merged(table, matches))
    assert b'<a:x> <http://www.w3.org/2000/01/rdf-schema#label> "Bolt Works"@en' in text
    assert not any(value.encode() in text for value in " ".join(numbers.values()).split())


@pytest.mark.parametrize("numbers", NUMBERS)
def test_name_that_a_person_adds_joins_it(numbers: dict[str, str]) -> None:
    known = firm("acme", "Acme", aliases=("Bolt Works",), lei=LEI, isin=ISIN, ticker=TICKER, item="Q1")  # fmt: skip
    matches = matched(firm("x", "Bolt Works Ltd", aliases=("BW Group",), **numbers), known)
    assert (matches.certain, matches.conflicts) == ({"a:x": "a:acme"}, ())


@pytest.mark.parametrize("numbers", NUMBERS)
def test_number_of_a_company_without_a_name_on_either_side_joins(numbers: dict[str, str]) -> None:
    known = firm("acme", lei=LEI, isin=ISIN, ticker=TICKER, item="Q1")
    assert matched(firm("x", "Acme", **numbers), known).certain == {"a:x": "a:acme"}
    assert matched(firm("x", **numbers), ACME).certain == {"a:x": "a:acme"}


def test_company_with_two_leis_has_neither() -> None:
    table = firm("x", "Bolt Works", lei=f"{LEI} {LEI_OF_INDIA}")
    matches = matched(table, ACME)
    assert matches.certain == {}
    assert [one.partition(": it has ")[0] for one in told(matches)] == [
        f"a:x lei ({LEI})",
        f"a:x lei ({LEI_OF_INDIA})",
    ]
    assert b"#lei>" not in b"".join(merged(table, matches))


def test_isin_of_another_company_joins_nobody_and_is_not_written() -> None:
    for name in ("Acme", "Dynamo"):
        table = firm("x", name, isin=ISIN_OF_BOLT)
        matches = matched(table, ACME, BOLT)
        assert matches.certain == {}
        assert len(matches.conflicts) == 1
        assert ISIN_OF_BOLT.encode() not in b"".join(merged(table, matches))
    matches = matched(firm("x", "Acme", lei=LEI, isin=ISIN_OF_BOLT), ACME, BOLT)
    assert matches.certain == {}


def test_second_code_at_an_exchange_is_told_and_left_out() -> None:
    table = firm("x", "Acme", lei=LEI, ticker="XNYS:ACI")
    matches = matched(table, ACME)
    assert matches.certain == {"a:x": "a:acme"}
    assert told(matches) == ["a:x ticker (XNYS:ACI): a:acme has another at this exchange; it is left out"]  # fmt: skip
    assert b"#ticker>" not in b"".join(merged(table, matches))


def test_what_a_known_company_gets_by_a_join_is_listed() -> None:
    table = firm("x", "Acme", aliases=("Acme Labs",), isin=f"{ISIN} GBACME000027", ticker=TICKER, row=2)  # fmt: skip
    assert [str(one) for one in matched(table, ACME).additions] == [
        "a:t#row=2: a:x altLabel (Acme Labs): it is added to a:acme",
        "a:t#row=2: a:x isin (GBACME000027): it is added to a:acme",
    ]
    plain = firm("plain", "Plain")
    assert [one.value for one in matched(firm("x", "Plain", lei=LEI_OF_BOLT), plain).additions] == [
        LEI_OF_BOLT
    ]


def test_place_is_told_as_people_read_it() -> None:
    table = [line.replace(b"#row=2>", b"#/html/p%5B2%5D>") for line in firm("x", "Acme", lei=LEI_OF_BOLT, row=2)]  # fmt: skip
    (sentence,) = [str(one) for one in match_companies(sorted(table), ACME).conflicts]
    assert sentence.startswith("a:t#/html/p[2]: a:x: it is called as")


@pytest.mark.parametrize("names", [("Xiaomi", "Agency"), ("Agency", "Xiaomi")])
def test_older_file_does_not_tell_who_bears_a_reference_that_a_newer_one_calls_otherwise(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    text = activity(result(indicator(period("<actual value='5'/>"))))
    paths = [
        write(tmp_path, text.replace("Bridge Fund", name).replace('type="40"', 'type="70"'),
              made=f"{year}-03-01T10:00:00Z", name=f"{year}.xml")
        for year, name in zip((2025, 2026), names, strict=True)
    ]  # fmt: skip
    imported = import_files(paths)
    assert imported.matches.certain == {}
    assert any("and Agency as well" in one.message for one in imported.matches.conflicts)


OWN = f"""
id: gazette-2020
type: Article
title: "Acme plans 20 shops"
url: https://gazette.example/2020
publisher: gazette
published: 2020-01-10
language: en
things:
  - {{id: gazette, type: Organization, label: The Gazette}}
  - {{id: acme, type: Company, label: Acme, lei: {LEI}}}
statements:
  - {{id: gazette-2020.1, type: Target, about: acme, indicator: retail-outlets, value: 20, place: world, due: 2020-12-31, due_precision: year, mode: paraphrased}}
"""
SHOPS = f"name,lei,shops\nBolt Works Ltd,{LEI},12\n"
COUNTED = """
PREFIX t: <https://w3id.org/corporate-plans/id/shops-2021#>
CONSTRUCT {
  ?firm a cp:Company ; rdfs:label ?label ; cp:lei ?lei .
  ?count a cp:Observation ; cp:source id:shops-2021 ; cp:row ?row ; cp:about ?firm ; cp:place id:world ;
    cp:kind cp:counted ; cp:indicator id:retail-outlets ; cp:value ?value ; cp:when "2020-12-31"^^xsd:date .
} WHERE {
  ?row t:name ?name ; t:lei ?lei ; t:shops ?value .
  BIND (STRLANG(?name, "en") AS ?label)
  BIND (CONCAT(STR(id:), "shops/", ENCODE_FOR_URI(?name)) AS ?base)
  BIND (IRI(?base) AS ?firm) BIND (IRI(CONCAT(?base, ".count")) AS ?count)
}
"""


@pytest.mark.parametrize(
    ("names", "verdict"), [("", "undetermined"), (", alias: Bolt Works", "partly")]
)
def test_number_of_a_company_changes_no_verdict_on_it_before_a_person_adds_the_name(
    tmp_path: Path, run: Callable[..., Any], names: str, verdict: str
) -> None:
    own, table, out = tmp_path / "own.yaml", tmp_path / "shops.csv", tmp_path / "shops.nq"
    own.write_text(OWN.replace(f"lei: {LEI}", f"lei: {LEI}{names}"), "utf-8")
    table.write_text(SHOPS, "utf-8")
    table.with_suffix(".rq").write_text(COUNTED, "utf-8")
    described = {
        "@context": "http://www.w3.org/ns/csvw", "@id": "shops-2021", "url": "shops.csv",
        "dc:title": "Shops of 2020", "dc:issued": "2021-02-01", "dc:publisher": {"@id": "gazette", "schema:name": "The Gazette"},
        "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "tableSchema": {"columns": [{"name": "name"}, {"name": "lei"}, {"name": "shops", "datatype": "decimal"}]},
    }  # fmt: skip
    (tmp_path / "shops.csv-metadata.json").write_text(json.dumps(described), "utf-8")
    done = run("import", table, "-m", table.with_suffix(".rq"), "-s", own, "-o", out)
    assert done.exit_code == 0, done.stderr
    assert ("which is not called Bolt Works Ltd" in done.stderr) is not bool(names)
    graph = kg.build([own, out], shipped=True)
    row = list(graph.ask("outcome", company="acme", date="2021-06-01"))
    assert [one["verdict"] for one in row] == [f"cp:{verdict}"]
