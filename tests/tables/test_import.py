"""Tables become statements: row by row, by their metadata and a mapping, or not at all."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import kg
from kg import pipeline
from kg.api.building import source_files
from kg.base import (
    MAX_DEPTH,
    XSD,
    FindingsError,
    Report,
    SourceError,
    UsageError,
    nquads,
    resources,
)
from kg.identity import company_names, likeness, matching, merging
from kg.query.index import Index
from kg.reports import verification
from kg.tables import importing, mapping, metadata
from kg.tables.table import Lot, Table
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

ROWS = [
    ["id", "firm", "shops", "since", "state"],
    ["A1", "Acme", "20", "2020-01-31", "open"],
    ["B2", "Bolt\nand Nut", "", "2021-06-30", "planned"],  # a cell of two lines is one row
    ["C3", "Core, Inc.", "7.5", "2022-02-28", "open"],
]
METADATA = {
    "@context": "http://www.w3.org/ns/csvw",
    "@id": "shops-2022",
    "url": "shops.csv",
    "dc:title": "Shops of 2022",
    "dc:publisher": {"@id": "gazette", "schema:name": "The Gazette"},
    "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
    "dc:issued": {"@value": "2022-12-31", "@type": "xsd:date"},
    "tableSchema": {
        "primaryKey": "id",
        "columns": [
            {"name": "id", "required": True},
            {"name": "firm", "required": True},
            {"name": "shops", "datatype": {"base": "decimal", "minimum": "0"}},
            {"name": "since", "datatype": "date"},
            {"name": "state", "datatype": {"base": "string", "format": "open|planned"}},
        ],
    },
}
MAPPING = """
PREFIX t: <https://w3id.org/corporate-plans/id/shops-2022#>
CONSTRUCT {
  ?firm a cp:Company ; rdfs:label ?label .
  ?plan a cp:Initiative ; rdfs:label "shops"@en ; cp:company ?firm ; cp:kind cp:offline-retail .
  ?report a cp:StatusReport ; cp:source id:shops-2022 ; cp:row ?row ; cp:about ?plan ;
    cp:status ?status ; cp:from ?since .
  ?count a cp:Observation ; cp:source id:shops-2022 ; cp:row ?row ; cp:about ?plan ;
    cp:indicator id:retail-outlets ; cp:kind cp:counted ; cp:value ?shops .
} WHERE {
  VALUES (?state ?status) { ("open" cp:achieved) ("planned" cp:announced) }
  ?row t:id ?id ; t:firm ?name ; t:since ?since ; t:state ?state .
  BIND (STRLANG(REPLACE(?name, "\\\\s+", " "), "en") AS ?label)
  BIND (IRI(CONCAT(STR(id:), "shops/", ?id)) AS ?firm)
  BIND (IRI(CONCAT(STR(?firm), "/plan")) AS ?plan)
  BIND (IRI(CONCAT(STR(id:), "shops-2022/", ?id, ".status")) AS ?report)
  OPTIONAL { ?row t:shops ?shops }
  BIND (IF(BOUND(?shops), IRI(CONCAT(STR(id:), "shops-2022/", ?id, ".count")), ?none) AS ?count)
}
"""


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    """A table of three rows with its metadata and its mapping."""
    return written(tmp_path, ROWS)


def written(folder: Path, rows: list[list[str]]) -> Path:
    table = folder / "shops.csv"
    with table.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    metadata.metadata_path(table).write_text(json.dumps(METADATA), encoding="utf-8")
    table.with_suffix(".rq").write_text(MAPPING, encoding="utf-8")
    return table


def changed(rows: list[list[str]], row: int, column: int, cell: str) -> list[list[str]]:
    return [
        [cell if (r, c) == (row, column) else old for c, old in enumerate(cells)]
        for r, cells in enumerate(rows, 1)
    ]


def convert(table: Path, *, skip_bad: bool = False) -> mapping.MappedTable:
    return mapping.map_table(table, table.with_suffix(".rq"), skip_bad=skip_bad)


def index_of(done: mapping.MappedTable) -> Index:
    return Index.of(done.source.quads)


def select(index: Index, query: str) -> list[tuple[str, ...]]:
    return [tuple(term.value for term in row) for row in index.query(query)]


# A good table


def test_every_statement_rests_on_its_row(shops):
    done = convert(shops)
    found = select(index_of(done), "SELECT ?s ?row ?n { ?s cp:row ?row . ?row rdf:value ?n }")
    base = "https://w3id.org/corporate-plans/id/shops-2022"
    assert sorted(found) == [
        (f"{base}/A1.count", f"{base}#row=2", "row=2"),
        (f"{base}/A1.status", f"{base}#row=2", "row=2"),
        (f"{base}/B2.status", f"{base}#row=3", "row=3"),
        (f"{base}/C3.count", f"{base}#row=4", "row=4"),
        (f"{base}/C3.status", f"{base}#row=4", "row=4"),
    ]
    assert (done.rows, done.left_out, len(done.silent)) == (3, (), 0)


def test_a_blank_line_counts_as_a_row(shops):
    shops.write_text(shops.read_text("utf-8").replace("B2", "\r\nB2"), encoding="utf-8")
    found = select(index_of(convert(shops)), "SELECT DISTINCT ?n { ?s cp:row/rdf:value ?n }")
    assert sorted(found) == [("row=2",), ("row=4",), ("row=5",)]


def test_the_table_is_a_source_with_title_publisher_licence_day_and_digest(shops):
    index = index_of(convert(shops))
    query = """SELECT ?title ?publisher ?licence ?day ?digest { GRAPH id:shops-2022 {
        id:shops-2022 a cp:Table ; schema:headline ?title ; schema:publisher/rdfs:label ?publisher ;
        dcterms:license ?licence ; schema:datePublished ?day ; schema:sha256 ?digest } }"""
    ((*said, digest),) = select(index, query)
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert said == ["Shops of 2022", "The Gazette", licence, "2022-12-31"]
    told = subprocess.run(["sha256sum", shops], capture_output=True, text=True, check=True).stdout
    assert digest == told.split()[0]


def test_an_import_is_a_source_that_is_built_like_any_other(shops, run, tmp_path):
    out = tmp_path / "shops.nq"
    done = run("import", shops, "--mapping", shops.with_suffix(".rq"), "-o", out)
    assert done.exit_code == 0
    assert "read 3 rows: 0 left out, 0 with nothing to say" in done.stderr
    assert run("check", "--with-shipped", out).exit_code == 0
    asked = run("ask", "locators", "--thing", "shops/A1/plan", "-s", out, "-f", "csv")
    assert [line.split(",")[2] for line in asked.stdout.splitlines()[1:]] == ["row=2", "row=2"]
    assert run("ask", "without-span", "-s", out, "-f", "csv").stdout.splitlines() == [
        "statement,source"
    ]
    assert "row 2" in run("show", "shops/A1/plan", "-s", out).stdout


def test_a_table_with_its_mapping_beside_it_is_built_by_itself(shops, run, tmp_path):
    done = run("build", "--with-shipped", shops, "-o", tmp_path / "out", "--store", tmp_path / "s")
    assert done.exit_code == 0
    asked = run("ask", "who-said", "--thing", "shops/A1/plan", "--store", tmp_path / "s").stdout
    assert '"20 ' in asked


def test_trig_says_what_nquads_say(shops, run, tmp_path):
    import pyoxigraph as ox

    for ending in ("nq", "trig"):
        rq = shops.with_suffix(".rq")
        assert run("import", shops, "-m", rq, "-o", tmp_path / f"o.{ending}").exit_code == 0
    assert set(ox.parse(path=str(tmp_path / "o.nq"))) == set(
        ox.parse(path=str(tmp_path / "o.trig"))
    )
    assert run("import", shops, "-m", rq, "-o", tmp_path / "o.docx").exit_code == 2


def test_parquet_says_what_its_csv_says(shops, tmp_path):
    parquet = tmp_path / "shops.parquet"
    pl.read_csv(shops, try_parse_dates=True).write_parquet(parquet)
    said = json.dumps({**METADATA, "url": parquet.name})
    metadata.metadata_path(parquet).write_text(said, encoding="utf-8")
    without_digest = re.compile(rb'"[0-9a-f]{64}"')
    one, other = (without_digest.sub(b"", convert(path).source.quads) for path in (shops, parquet))
    assert one == other


def test_the_same_table_gives_the_same_bytes_whatever_the_hash_seed(shops):
    code = (
        "import sys, pathlib; from kg.tables.mapping import map_table; p = pathlib.Path(sys.argv[1]);"
        "sys.stdout.buffer.write(map_table(p, p.with_suffix('.rq')).source.quads)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code, str(shops)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {convert(shops).source.quads}


# Bad rows

BAD = {
    "a day that does not exist": (2, 3, "2020-02-30", "since (2020-02-30)"),
    "a number that is none": (4, 2, "many", "shops (many)"),
    "a number out of bounds": (4, 2, "-1", "shops (-1): value must be >= 0"),
    "a value that is not listed": (3, 4, "closed", "state (closed)"),
    "a key that is missing": (3, 0, "", "id: required column value is missing"),
    "a key that another row has": (4, 0, "A1", "id (A1): row 2 has it already"),
    "not a number": (2, 2, "NaN", "shops (NaN)"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_row_is_told_by_its_number_and_nothing_is_written(what, run, tmp_path):
    row, column, cell, told = BAD[what]
    table = written(tmp_path, changed(ROWS, row, column, cell))
    out = tmp_path / "out.nq"
    done = run("import", table, "-m", table.with_suffix(".rq"), "-o", out)
    assert done.exit_code == 1
    assert f"shops.csv row {row}: {told}" in done.stderr
    assert "nothing was written" in done.stderr
    assert not out.exists()


def test_a_number_that_is_no_decimal_is_told_by_its_first_row_and_nothing_is_written(tmp_path, run):
    table = written(tmp_path, changed(ROWS, 4, 2, "7"))
    described = metadata.metadata_path(table)
    described.write_text(described.read_text("utf-8").replace('"decimal"', '"integer"'), "utf-8")
    out = tmp_path / "shops.nq"
    for more in ([], ["--skip-bad"]):
        result = run("import", table, "-m", table.with_suffix(".rq"), "-o", out, *more)
        assert result.exit_code == 1
        told, last = result.stderr.splitlines()
        assert told.startswith(f"{table} row 2: shops-2022/A1.count value (20): is xsd:integer")
        assert told.endswith(
            f"declare its column so in {described.name}, and let the query compute with decimals"
        )
        assert last == "kg: 1 finding; nothing was written"
    assert not out.exists()


def test_a_double_is_the_decimal_that_it_is_written_as_however_the_query_casts_it(tmp_path, run):
    table = written(tmp_path, changed(ROWS, 4, 2, "2.5E10"))
    described = metadata.metadata_path(table)
    described.write_text(described.read_text("utf-8").replace('"decimal"', '"double"'), "utf-8")
    mapping = table.with_suffix(".rq")
    plain = mapping.read_text("utf-8")
    cast = plain.replace("t:shops ?shops }", "t:shops ?n BIND (xsd:decimal(?n) AS ?shops) }")
    assert cast != plain
    out = tmp_path / "shops.nq"
    for query in (plain, cast):
        mapping.write_text(query, "utf-8")
        assert run("import", table, "-m", mapping, "-o", out).exit_code == 0
        assert f'"25000000000"^^<{XSD}decimal>' in out.read_text("utf-8")
    # What the query itself computes with doubles is refused: the engine casts none exactly.
    mapping.write_text(cast.replace("(?n)", "(?n * 1e6)"), "utf-8")
    result = run("import", table, "-m", mapping, "-o", tmp_path / "other.nq")
    assert result.exit_code == 1
    assert "but for its last digits, as doubles leave them" in result.stderr
    assert not (tmp_path / "other.nq").exists()


@pytest.mark.parametrize("cell", ["1e-999999999", "0e-999999999", "1e999999999", "1e18", "1.5e-18"])
def test_a_double_with_more_places_than_are_computed_with_is_no_number_of_a_fact(
    tmp_path, run, cell
):
    table = written(tmp_path, changed(ROWS, 3, 2, cell))
    described = metadata.metadata_path(table)
    described.write_text(described.read_text("utf-8").replace('"decimal"', '"double"'), "utf-8")
    result = run("import", table, "-m", table.with_suffix(".rq"), "-o", tmp_path / "shops.nq")
    assert result.exit_code == 1
    assert f"{table} row 3: " in result.stderr
    assert "is xsd:double where a number is to be xsd:decimal" in result.stderr


def test_what_doubles_left_in_the_table_itself_can_be_rounded(tmp_path, run):
    table = written(tmp_path, changed(ROWS, 3, 2, "0.30000000000000004"))
    mapping, out = table.with_suffix(".rq"), tmp_path / "shops.nq"
    result = run("import", table, "-m", mapping, "-o", out)
    assert "is 0.3 but for its last digits" in result.stderr
    assert result.stderr.splitlines()[0].endswith("and round what the table has so")
    plain = mapping.read_text("utf-8")
    rounded = plain.replace(
        "t:shops ?shops }", "t:shops ?n BIND (ROUND(?n * 100) / 100 AS ?shops) }"
    )
    mapping.write_text(rounded, "utf-8")
    assert run("import", table, "-m", mapping, "-o", out).exit_code == 0
    assert f'"0.3"^^<{XSD}decimal>' in out.read_text("utf-8")


def test_a_row_of_another_length_is_bad(tmp_path):
    table = written(tmp_path, [*ROWS, ["D4", "Dot"]])
    with pytest.raises(FindingsError) as caught:
        convert(table)
    (fault,) = caught.value.report.findings
    assert str(fault).endswith("row 5: the row: has 2 cells where the header has 5")


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        (1, "A" * 20_001, "has a text of 20,001 characters, the "),
        (2, "1" * 21, "with which nothing can be computed: it has more than 20 digits before its point"),
    ],
)  # fmt: skip
def test_what_no_graph_is_to_hold_is_refused(column, cell, told, tmp_path, run):
    table = written(tmp_path, changed(ROWS, 2, column, cell))
    out = tmp_path / "shops.nq"
    for more in ([], ["--skip-bad"]):
        done = run("import", table, "-m", table.with_suffix(".rq"), "-o", out, *more)
        assert done.exit_code == 3
        assert done.stderr.startswith(f"kg: {table}: has a ")
        assert told in done.stderr
        assert len(done.stderr) < 500
    assert not out.exists()


@pytest.mark.parametrize(("column", "cell"), [(1, "A" * 20_000), (2, "1" * 20 + ".5")])
def test_what_is_just_within_the_bounds_is_read(column, cell, tmp_path):
    assert convert(written(tmp_path, changed(ROWS, 2, column, cell))).rows > 1


def test_table_that_may_be_cut_off_in_its_last_cell_is_told(shops, run, tmp_path):
    told = "no end of line stands behind the last row: if the table was cut off, its last cell is not whole"
    arguments = ("import", shops, "-m", shops.with_suffix(".rq"), "-o", tmp_path / "a.nq")
    assert told not in run(*arguments).stderr
    shops.write_bytes(shops.read_bytes().rstrip())
    done = run(*arguments)
    assert done.exit_code == 0
    assert told in done.stderr.splitlines()


def test_only_bad_rows_are_left_out_and_only_on_request(run, tmp_path):
    rows = changed(changed(ROWS, 2, 3, "yesterday"), 4, 2, "many")
    table = written(tmp_path, rows)
    done = run("import", table, "-m", table.with_suffix(".rq"), "--skip-bad")
    assert done.exit_code == 0
    assert "row=3" in done.stdout
    assert "row=2" not in done.stdout
    assert "row=4" not in done.stdout
    assert "left out: " in done.stderr
    assert "read 3 rows: 2 left out" in done.stderr


def test_a_good_row_of_which_the_mapping_says_nothing_is_counted(shops):
    query = shops.with_suffix(".rq").read_text("utf-8").replace('("planned" cp:announced)', "")
    shops.with_suffix(".rq").write_text(query, encoding="utf-8")
    assert list(convert(shops).silent) == [3]


# Files that are not what they should be


def fails(table: Path, run: Callable[..., Result]) -> str:
    done = run("import", table, "-m", table.with_suffix(".rq"))
    assert done.exit_code == 3
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_table_whose_every_row_is_bad_blames_no_mapping(tmp_path: Path, run) -> None:
    table = written(tmp_path, [ROWS[0], [*ROWS[1][:2], "many", *ROWS[1][3:]]])
    done = run("import", table, "-m", table.with_suffix(".rq"), "--skip-bad")
    assert done.exit_code == 3
    assert "shops.csv: has no row to say anything with" in done.stderr


def test_a_table_that_cannot_be_read_is_told_in_one_sentence(shops, run):
    good = shops.read_bytes()
    for data, told in (
        (b"", "is empty"),
        (good[: good.index(b"A1")], "has no row to say anything with"),
        (good.decode().encode("utf-16"), 'such as "dialect": {"encoding": "utf-16"}'),
        (b"id,firm\r\n", "has 2 columns, its metadata 5"),
        (good.replace(b"firm", b"form", 1), "has the column 'form' where its metadata has 'firm'"),
        (good + b'"', "is not CSV"),
        (good + b"\xff", "is not UTF-8"),
        (good + b"x" * (csv.field_size_limit() + 1), "is not CSV: field larger"),
    ):
        shops.write_bytes(data)
        assert told in fails(shops, run)


def test_a_table_larger_than_the_bound_is_refused(shops, run, monkeypatch):
    monkeypatch.setattr("kg.tables.records.MAX_BYTES", {".csv": 64})
    assert "is larger than" in fails(shops, run)


def test_what_is_no_parquet_is_refused(shops, run):
    parquet = shops.with_suffix(".parquet")
    parquet.write_bytes(b"PAR1 and then nothing PAR1")
    metadata.metadata_path(parquet).write_text(
        json.dumps({**METADATA, "url": parquet.name}), "utf-8"
    )
    assert "is not Parquet" in fails(parquet, run)


def test_a_table_without_metadata_is_refused(shops, run):
    metadata.metadata_path(shops).unlink()
    assert "has no metadata; write shops.csv-metadata.json beside it" in fails(shops, run)


SCHEMA: Any = METADATA["tableSchema"]
HOSTILE_METADATA: dict[str, tuple[Any, str]] = {
    "no object": ([], "describes no table"),
    "several tables": ({**METADATA, "tableSchema": None, "tables": []}, "describes no table"),
    "a schema elsewhere": (
        {**METADATA, "tableSchema": "http://127.0.0.1:9/schema.json"},
        "describes no table",
    ),
    "a dialect elsewhere": ({**METADATA, "dialect": "http://127.0.0.1:9/d.json"}, "has a dialect"),
    "another base": ({**METADATA, "@base": "file:///etc/"}, "@base"),
    "another table": ({**METADATA, "url": "/etc/passwd"}, "is to describe shops.csv"),
    "another context": ({**METADATA, "@context": "http://127.0.0.1:9/c"}, "nothing else is fetched"),
    "an id that is none": ({**METADATA, "@id": "a b"}, "which is no id"),
    "an unknown datatype": (
        {**METADATA, "tableSchema": {"columns": [{"name": "id", "datatype": "day"}]}},
        "is no CSVW metadata",
    ),
    "a format that is none": (
        {
            **METADATA,
            "tableSchema": {"columns": [{"name": "day", "datatype": {"base": "date", "format": "MMM"}}]},
        },
        "(column 'day')",
    ),
    "an unsupported datatype": (
        {**METADATA, "tableSchema": {"columns": [{"name": n, "datatype": "hexBinary"} for n in ROWS[0]]}},
        "of a datatype that is none of",
    ),
    "a key that is no column": (
        {**METADATA, "tableSchema": {**SCHEMA, "primaryKey": "key"}},
        "has the key 'key'",
    ),
    "a licence that is no address": ({**METADATA, "dc:license": "CC BY"}, "has a dc:license"),
    "a separator of nothing": (
        {**METADATA, "tableSchema": {"columns": [{"name": n, "separator": ""} for n in ROWS[0]]}},
        "has the separator ''; write what stands between the values of a cell (column 'id')",
    ),
    "a separator that is a list": (
        {**METADATA, "tableSchema": {"columns": [{"name": n, "separator": ["|"]} for n in ROWS[0]]}},
        "has the separator ['|']",
    ),
    "a format of nothing": (
        {**METADATA, "tableSchema": {"columns": [{"name": "day", "datatype": {"base": "date", "format": ""}}]}},
        "has the format ''; write one such as dd.MM.yyyy, or leave it out (column 'day')",
    ),
    "a format that is a number": (
        {**METADATA, "tableSchema": {"columns": [{"name": "n", "datatype": {"base": "decimal", "format": 5}}]}},
        "has the format 5; write one such as dd.MM.yyyy, or leave it out (column 'n')",
    ),
    "a format of another program": (
        {**METADATA, "tableSchema": {"columns": [{"name": "day", "datatype": {"base": "date", "format": "MM/dd/yy"}}]}},
        "Invalid date format (column 'day')",
    ),
    "a name that is a list": (
        {**METADATA, "tableSchema": {"columns": [{"name": ["id"]}]}},
        "has a column of the name ['id'], which is no text",
    ),
    "a column that is none": (
        {**METADATA, "tableSchema": {"columns": [[]]}},
        "has columns that are none; write a list of objects, each with a name",
    ),
    "columns that are none": ({**METADATA, "tableSchema": {"columns": "id"}}, "metadata"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE_METADATA)
def test_hostile_metadata_is_refused_and_nothing_is_fetched(what, shops, run):
    said, told = HOSTILE_METADATA[what]
    metadata.metadata_path(shops).write_text(json.dumps(said), encoding="utf-8")
    assert told in fails(shops, run)


def test_metadata_that_is_no_json_or_nests_too_deeply_is_refused(shops, run):
    for text, told in (("{", "is not JSON"), ("[" * (MAX_DEPTH + 1), "nests more than 64 levels")):
        metadata.metadata_path(shops).write_text(text, encoding="utf-8")
        assert told in fails(shops, run)


ROW = "?row ?column ?cell"
HOSTILE_MAPPINGS = {
    "SELECT * { ?s ?p ?o }": "is no mapping: write a CONSTRUCT query",
    "INSERT DATA { <a:a> <a:b> <a:c> }": "is no mapping",
    "LOAD <file:///etc/passwd>": "LOAD",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }": "SERVICE",
    "CONSTRUCT { ?s ?p ?o } FROM <file:///etc/passwd> { ?s ?p ?o }": "nothing is fetched",
    "CONSTRUCT { ?s ?p ?o } FROM <http://127.0.0.1:9/> { ?s ?p ?o }": "nothing is fetched",
    "CONSTRUCT { ?s ?p ?o } " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1): "nests more than",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p": "cannot be read",
    "CONSTRUCT { ?s a cp:Target } { ?s id:no ?o }": "says nothing of",
    f"CONSTRUCT {{ [] cp:row ?row }} {{ {ROW} }}": "makes a blank node",
    f"CONSTRUCT {{ id:x cp:row id:y }} {{ {ROW} }}": "gives x a row that is none",
    f'CONSTRUCT {{ id:x cp:row "2" }} {{ {ROW} }}': "gives x a row that is none",
    f"CONSTRUCT {{ id:x cp:row ?row . id:y cp:source id:z }} {{ {ROW} }}": "says y without its row",
}


@pytest.mark.parametrize("query", HOSTILE_MAPPINGS)
def test_a_mapping_reaches_nothing_but_the_rows_and_says_whose_they_are(query, shops, run):
    shops.with_suffix(".rq").write_text(query, encoding="utf-8")
    assert HOSTILE_MAPPINGS[query] in fails(shops, run)


def test_a_mapping_that_goes_on_and_on_is_ended_in_time(shops):
    crossed = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(8))
    shops.with_suffix(".rq").write_text(f"CONSTRUCT {{ id:x cp:row ?s0 }} {{ {crossed} }}")
    words = ("import", shops, "--mapping", shops.with_suffix(".rq"), "--timeout", "0.5")
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert done.stdout == ""
    assert (
        done.stderr == "kg: not done after 0.5 seconds; ask for less, or give more with --timeout\n"
    )


# Companies


def company(iri: str, *names: str) -> bytes:
    lines = [f"<{iri}> rdf:type cp:Company"]
    lines += [f'<{iri}> rdfs:label "{name}"' for name in names]
    text = " .\n".join(lines) + " .\n"
    for prefix in ("rdf:type", "cp:Company", "rdfs:label"):
        text = text.replace(prefix, f"<{expanded(prefix)}>")
    return text.encode()


def expanded(name: str) -> str:
    from kg.base import expand

    return expand(name) or ""


def matched(table: bytes, known: bytes) -> matching.Matches:
    return matching.match_companies(*(sorted(nquads.split(quads)) for quads in (table, known)))


KNOWN = (
    company("a:acme", "Acme", "Acme Works") + company("a:sca", "SCA") + company("a:bolt", "Bolt")
)


@pytest.mark.parametrize(
    ("name", "known"),
    [("Acme", "a:acme"), ("ACME, Inc.", "a:acme"), ("Acme LLC (57313)", "a:acme"),
     ("Acme Works Ltd", "a:acme"), ("SCA", "a:sca"), ("Acme Wind", None), ("ET", None),
     ("Acme, Bolt", None), ("Acne", None), ("Acme Co., Ltd.", "a:acme"), ("Acme AB (publ)", "a:acme"),
     ("\uff21\uff23\uff2d\uff25 Inc\u200b.", "a:acme")],
)  # fmt: skip
def test_a_company_is_known_by_its_whole_name_apart_from_the_legal_form(name, known):
    assert matched(company("a:x", name), KNOWN).certain.get("a:x") == known


@pytest.mark.parametrize("rows", ["", "A1,Acme,many,2020-01-31\n"])
def test_a_table_without_a_good_row_is_told_and_not_its_mapping(shops, run, rows):
    header = shops.read_text("utf-8").partition("\n")[0]
    shops.write_text(f"{header}\n{rows}", encoding="utf-8")
    result = run("import", shops, "-m", shops.with_suffix(".rq"), "--skip-bad")
    assert result.exit_code == 3
    assert f"{shops}: has no row to say anything with" in result.stderr


def test_companies_that_are_merely_alike_are_listed_and_not_merged(shops, run):
    shops.write_text(shops.read_text("utf-8").replace("Acme", "Ford Wind"), encoding="utf-8")
    rq = shops.with_suffix(".rq")
    listed = run("import", shops, "-m", rq, "--review")
    assert listed.stdout == "Ford Wind\tshops/A1\tFord\tford\t100\n"
    assert "id/ford>" not in run("import", shops, "-m", rq).stdout


def test_a_name_that_two_companies_have_is_for_people_to_tell_apart():
    two = company("a:1", "Acme") + company("a:2", "Acme")
    assert matched(two, KNOWN).certain == {}
    assert {pair.iri for pair in matched(two, KNOWN).review} == {"a:1", "a:2"}
    known = company("a:3", "Acme") + company("a:4", "Acme Inc.")
    assert matched(company("a:1", "Acme"), known).certain == {}


def test_a_known_company_gets_only_the_names_that_it_lacks(shops):
    shops.write_text(shops.read_text("utf-8").replace("Acme", '"Acme, Inc."'), encoding="utf-8")
    done = convert(shops)
    merged = merging.merge_companies(done.lines, matched(done.source.quads, KNOWN))
    index = Index.of(b"".join(merged))
    assert select(index, "SELECT ?p ?name { <a:acme> ?p ?name . FILTER (isLiteral(?name)) }") == [
        ("http://www.w3.org/2004/02/skos/core#altLabel", "Acme, Inc.")
    ]
    assert select(index, "SELECT ?plan { ?plan cp:company <a:acme> }")
    assert not select(index, "SELECT * { <https://w3id.org/corporate-plans/id/shops/A1> ?p ?o }")


# Verifying


def test_a_table_is_verified_by_the_digest_of_a_copy(shops, run, tmp_path):
    out, copies = tmp_path / "out.nq", tmp_path / "copies"
    run("import", shops, "-m", shops.with_suffix(".rq"), "-o", out)
    copies.mkdir()
    told = run("verify", "-s", out, "--texts", copies)
    assert told.exit_code == 1
    assert "shops-2022: no copy" in told.stdout
    copy = copies / "shops-2022.csv"
    copy.write_bytes(shops.read_bytes())
    assert run("verify", "-s", out, "--texts", copies).exit_code == 0
    copy.write_bytes(shops.read_bytes() + b"\r\n")
    assert "the copy has other rows" in run("verify", "-s", out, "--texts", copies).stdout


def test_verifying_finds_a_table_by_its_digest_under_any_name(shops):
    done = convert(shops)
    (check,) = verification.verify(index_of(done), shops.parent)
    assert (check.file, check.problem) == (shops, None)


# The tables that are shipped


def test_the_default_build_reads_no_table():
    apart = resources.data_folder() / "tables"
    assert not [file for file in pipeline.shipped_files() if apart in file.path.parents]
    named = {file.name for file in pipeline.shipped_files(tables=True)}
    assert named > {"clean-investment-monitor-2024-q4", "net-zero-tracker-2022-12-20"}


def test_all_is_what_ships_with_its_tables_also_beside_sources_of_ones_own(shops):
    names = {str(file.path) for file in source_files([shops], tables=True)}
    assert names == {str(file.path) for file in pipeline.shipped_files(tables=True)} | {str(shops)}
    assert [file.path for file in source_files([shops], shipped=False, tables=True)] == [shops]


def test_a_check_of_all_looks_at_the_tables_too(monkeypatch, run):
    seen = []
    monkeypatch.setattr("kg.pipeline.check", lambda files, **_: seen.append(files) or Report())
    assert run("check", "--all").exit_code == 0
    assert run("check").exit_code == 0
    kinds = [{file.path.suffix for file in files} for files in seen]
    assert [".csv" in each for each in kinds] == [True, False]


def test_every_shipped_table_has_its_metadata_and_its_mapping():
    found = sorted((resources.data_folder() / "tables").glob("*.csv"))
    assert len(found) == 2
    assert all(metadata.metadata_path(table).exists() for table in found)
    assert all(table.with_suffix(".rq").exists() for table in found)


def test_a_table_is_read_again_when_it_or_what_it_says_by_has_changed(shops, monkeypatch, tmp_path):
    read, real = [], Table
    monkeypatch.setattr(mapping, "Table", lambda path: read.append(path) or real(path))
    things = tmp_path / "data" / "things"
    shutil.copytree(resources.data_folder() / "things", things)
    parts = {"data": tmp_path / "data", "ontology": resources.ontology_folder()}
    monkeypatch.setattr(resources, "_home", parts.get)
    before = kg.build([shops], check=False)
    for path, old, new in (
        (shops, "20", "21"),
        (metadata.metadata_path(shops), "The Gazette", "The New Gazette"),
        (shops.with_suffix(".rq"), "cp:achieved", "cp:underway"),
        (next(things.glob("*.ttl")), "@prefix", "# changed\n@prefix"),
    ):
        read.clear()
        assert kg.build([shops], check=False, before=before).asserted == before.asserted
        assert read == []
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        after = kg.build([shops], check=False, before=before)
        assert read == [shops]
        assert after.asserted == kg.build([shops], check=False).asserted
        before = after


def test_a_table_whose_metadata_changes_while_it_is_read_is_read_again(shops, monkeypatch):
    real, described = Table, metadata.metadata_path(shops)

    def meanwhile(path: Path) -> Table:
        table = real(path)
        text = described.read_text(encoding="utf-8")
        described.write_text(text.replace("The Gazette", "The New Gazette"), encoding="utf-8")
        return table

    with monkeypatch.context() as patch:
        patch.setattr(mapping, "Table", meanwhile)
        before = kg.build([shops], check=False)
    after = kg.build([shops], check=False, before=before)
    assert b"The New Gazette" not in before.asserted
    assert after.asserted == kg.build([shops], check=False).asserted != before.asserted


def test_a_table_is_read_again_by_another_version_of_what_reads_it(shops, monkeypatch):
    before = kg.build([shops], check=False)
    read, real = [], Table
    monkeypatch.setattr(mapping, "Table", lambda path: read.append(path) or real(path))
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"99 of {name}")
    kg.build([shops], check=False, before=before)
    assert read == [shops]


# What is not there


@pytest.mark.parametrize(
    ("library", "work", "what"),
    [
        ("csvw", Table, "a table needs csvw"),
        ("polars", lambda shops: read(empty(shops, ".parquet")), "a table in Parquet needs polars"),
        ("openpyxl", lambda shops: read(empty(shops, ".xlsx")), "a table in XLSX needs openpyxl"),
        (
            "cleanco",
            lambda _: company_names._forms.__wrapped__(),
            "a table of companies needs cleanco",
        ),
        (
            "rapidfuzz",
            lambda _: likeness.AlikeNames({}).add("a:x", ["Acme"]),
            "a table of companies needs rapidfuzz",
        ),
    ],
)
def test_table_without_its_library_says_what_to_install(
    shops: Path,
    monkeypatch: pytest.MonkeyPatch,
    library: str,
    work: Callable[[Path], Any],
    what: str,
):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=what) as told:
        work(shops)
    assert str(told.value).endswith("pip install -e '.[tables]'")


def read(path: Path) -> list[Lot]:
    return list(Table(path).lots())


def another(table: Path, ending: str, **said: Any) -> Path:
    """Return the path of a table of another kind, with its metadata and mapping."""
    path = table.with_suffix(ending)
    described = {**METADATA, "url": path.name, **said}
    metadata.metadata_path(path).write_text(json.dumps(described), encoding="utf-8")
    return path


def empty(table: Path, ending: str) -> Path:
    path = another(table, ending)
    path.write_bytes(b"")
    return path


def test_file_of_another_ending_is_no_table(tmp_path: Path):
    with pytest.raises(SourceError, match=r"shops\.txt: is no table; tables end in \.csv or "):
        Table(tmp_path / "shops.txt")


def test_table_without_a_publisher_has_none(shops: Path):
    described = {key: value for key, value in METADATA.items() if key != "dc:publisher"}
    metadata.metadata_path(shops).write_text(json.dumps(described), encoding="utf-8")
    index = index_of(convert(shops))
    assert select(index, "SELECT ?title { id:shops-2022 schema:headline ?title }")
    assert select(index, "SELECT ?who { id:shops-2022 schema:publisher ?who }") == []


def test_name_of_a_thing_that_has_no_iri_is_no_companys():
    named = b'_:a <http://www.w3.org/2000/01/rdf-schema#label> "Acme" <a:g> .\n'
    known = company("a:known", "Acme")
    assert matched(named + company("a:x", "Acme"), known).certain == {"a:x": "a:known"}
    assert matched(named, known).certain == {}


@pytest.mark.parametrize("fault", ["gone", "too large"])
def test_what_a_table_depends_on_is_unknown_where_it_cannot_be_read(
    shops: Path, monkeypatch: pytest.MonkeyPatch, fault: str
):
    by = shops.with_suffix(".rq")
    assert importing._dependencies(shops, by)
    if fault == "gone":
        by.unlink()
    else:
        monkeypatch.setattr(importing, "MAX_WORDS", 10)
    assert importing._dependencies(shops, by) == ""
