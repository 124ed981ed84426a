"""A table whose companies have identifiers becomes a source that can be built, with every conflict told by file and row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.identity import known_lines, match_companies
from kg.tables import importing
from tests.identity.firms import ISIN, ISIN_ELSEWHERE, LEI, firm

if TYPE_CHECKING:
    from pathlib import Path

FORD, LEI_OF_FORD = "US3453708600", "20S05OYHG0MQM4VUIC57"
ROWS = f"""\
name,lei,isin,cut
Ford Motor Company,{LEI_OF_FORD},{FORD},50
Ford India,,{FORD},40
Acme,{LEI},{ISIN},30
Bolt,,USACME000013,20
Crane,,{ISIN_ELSEWHERE},20
Crane Works,,{ISIN_ELSEWHERE},10
"""
MAPPING = """
PREFIX t: <https://w3id.org/corporate-plans/id/cuts-2020#>
CONSTRUCT {
  ?firm a cp:Company ; rdfs:label ?label ; cp:lei ?lei ; cp:isin ?isin .
  ?plan a cp:Initiative ; rdfs:label "shops"@en ; cp:company ?firm ; cp:kind cp:offline-retail .
  ?cut a cp:Target ; cp:source id:cuts-2020 ; cp:row ?row ; cp:about ?plan ; cp:place id:world ;
    cp:indicator id:retail-outlets ; cp:value ?value .
} WHERE {
  ?row t:name ?name ; t:cut ?value .
  OPTIONAL { ?row t:lei ?lei } OPTIONAL { ?row t:isin ?isin }
  BIND (STRLANG(?name, "en") AS ?label)
  BIND (CONCAT(STR(id:), "cuts/", ENCODE_FOR_URI(?name)) AS ?base)
  BIND (IRI(?base) AS ?firm) BIND (IRI(CONCAT(?base, "/shops")) AS ?plan)
  BIND (IRI(CONCAT(STR(id:cuts-2020), "/", ENCODE_FOR_URI(?name), ".cut")) AS ?cut)
}
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "cuts.csv"
    path.write_text(ROWS, "utf-8")
    path.with_suffix(".rq").write_text(MAPPING, "utf-8")
    columns = [{"name": name} for name in ("name", "lei", "isin")]
    columns.append({"name": "cut", "datatype": "decimal"})
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "@id": "cuts-2020",
        "url": "cuts.csv",
        "dc:title": "Cuts of 2020",
        "dc:publisher": {"@id": "gazette", "schema:name": "The Gazette"},
        "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "dc:issued": {"@value": "2020-02-29", "@type": "xsd:date"},
        "tableSchema": {"columns": columns},
    }
    (tmp_path / "cuts.csv-metadata.json").write_text(json.dumps(described), "utf-8")
    return path


def test_conflicts_have_the_file_and_the_row_in_order(table):
    matches = importing.import_table(table, table.with_suffix(".rq"))[1]
    base = "https://w3id.org/corporate-plans/id/"
    assert matches.certain == {f"{base}cuts/Ford%20Motor%20Company": f"{base}ford"}
    assert [one.as_line() for one in matches.conflicts] == [
        (f"{table} row 3: cuts/Ford%20India isin ({FORD}): it is given to cuts/Ford%20Motor%20Company, too,"
        " so that none of them has it here"),
        (f"{table} row 5: cuts/Bolt isin (USACME000013): its last digit does not check the others, so that"
        " some of it is mistyped; it is left out"),
        (f"{table} row 7: cuts/Crane%20Works isin ({ISIN_ELSEWHERE}): it is given to cuts/Crane, too, so that"
        " none of them has it here"),
    ]  # fmt: skip


def test_what_comes_out_passes_every_check_and_keeps_what_is_certain(table, run, tmp_path):
    out = tmp_path / "cuts.nq"
    done = run("import", table, "-m", table.with_suffix(".rq"), "-o", out)
    assert done.exit_code == 0, done.stderr
    assert f"cuts/Ford%20Motor%20Company is ford, by its LEI {LEI_OF_FORD}" in done.stderr
    assert "conflict: " in done.stderr
    text = out.read_text("utf-8")
    assert f'cuts/Acme> <https://w3id.org/corporate-plans/ontology#isin> "{ISIN}"' in text
    assert text.count('ontology#isin> "') == 1
    checked = run("check", "--with-shipped", out)
    assert (checked.exit_code, checked.stdout) == (0, ""), checked.stdout


def test_companies_of_an_earlier_import_are_known_to_the_next(table, run, tmp_path):
    first = tmp_path / "first.nq"
    run("import", table, "-m", table.with_suffix(".rq"), "-o", first)
    known = sorted(first.read_bytes().splitlines(keepends=True))
    again = sorted(firm("x", "Acme Ltd", lei=LEI))
    assert match_companies(again, known_lines()).certain == {}
    assert match_companies(again, known_lines(known)).certain == {
        "a:x": "https://w3id.org/corporate-plans/id/cuts/Acme"
    }


def test_companies_of_a_store_are_known_to_an_import(table, run, tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix : <https://w3id.org/corporate-plans/id/> . @prefix cp: <https://w3id.org/corporate-plans/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        ':dynamo a cp:Company ; rdfs:label "Ford India"@en .\n'
    )
    store = tmp_path / "store"
    assert run("build", own, "--store", store).exit_code == 0
    done = run("import", table, "-m", table.with_suffix(".rq"), "--store", store, "--review")
    assert done.exit_code == 0, done.stderr
    assert "dynamo" in done.stdout + done.stderr
    without = run("import", table, "-m", table.with_suffix(".rq"), "--review")
    assert "dynamo" not in without.stdout + without.stderr
