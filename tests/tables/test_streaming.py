"""A table says the same in lots as in one go, and takes no more memory for being longer."""

from __future__ import annotations

import itertools
import json
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from kg.base import FindingsError, SourceError, SpilledLines, spilled
from kg.identity import likeness, matching
from kg.tables import importing, keys, mapping, parquet, records, table
from kg.tables.locality import by_row
from kg.tables.metadata import metadata_path
from kg.tables.rows import Rows
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: dict[str, Any] = {
    "primaryKey": "id",
    "columns": [
        {"name": "id", "required": True},
        {"name": "firm", "required": True},
        {"name": "n", "datatype": {"base": "decimal", "minimum": "0"}},
    ],
}
MAPPING = """PREFIX t: <https://w3id.org/corporate-plans/id/t#>
CONSTRUCT {
  ?firm a cp:Company ; rdfs:label ?label .
  ?count a cp:Observation ; cp:source id:t ; cp:row ?row ; cp:about ?firm ;
    cp:indicator id:retail-outlets ; cp:kind cp:reported ; cp:value ?n .
} WHERE {
  ?row t:id ?id ; t:firm ?name ; t:n ?n .
  BIND (STRLANG(?name, "en") AS ?label)
  BIND (IRI(CONCAT(STR(id:), "t/", ENCODE_FOR_URI(?name))) AS ?firm)
  BIND (IRI(CONCAT(STR(id:t), "/", ENCODE_FOR_URI(?id), ".n")) AS ?count)
}"""
WHOLE = MAPPING.replace("WHERE {", "WHERE { { SELECT (COUNT(*) AS ?all) { ?any t:id ?one } }")


def written(folder: Path, rows: int, query: str = MAPPING) -> Path:
    """Write a table of companies, some of them known ones, some of them blank rows, some silent."""
    firms = ("Ford Motor Company", "Ola Cabs", "Xiaomi Inc.", "Bolt Works", "Ford Wind")
    lines = ["id,firm,n"]
    for number in range(rows):
        amount = "" if number % 11 == 0 else str(number)
        lines += [f"R{number},{firms[number % len(firms)]},{amount}"] + [""] * (number % 7 == 0)
    path = folder / "t.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    described(path)
    path.with_suffix(".rq").write_text(query, encoding="utf-8")
    return path


def described(path: Path) -> None:
    said = {"@context": "http://www.w3.org/ns/csvw", "@id": "t", "url": path.name}
    said |= {"dc:title": "T", "tableSchema": SCHEMA}
    metadata_path(path).write_text(json.dumps(said), encoding="utf-8")


def imported(path: Path, **more: Any) -> tuple[bytes, Any]:
    done, matches = importing.import_table(path, path.with_suffix(".rq"), **more)
    told = (done.rows, done.bad, list(done.silent), done.fingerprint, matches)
    return b"".join(done.lines), told


@pytest.mark.parametrize("query", [MAPPING, WHOLE])
@pytest.mark.parametrize(
    ("lot", "held", "runs"), [(1, 1000, 3), (7, 3000, 128), (100, 1 << 20, 128)]
)
def test_lots_say_the_same_bytes_as_one_go(query, lot, held, runs, tmp_path, monkeypatch):
    path = written(tmp_path, 200, query)
    whole = imported(path)
    assert whole[1][0] == 200
    assert len(whole[1][4].certain) > 0
    monkeypatch.setattr(table, "LOT", lot)
    monkeypatch.setattr(mapping, "MAX_SHORT", 0)
    monkeypatch.setattr(spilled, "HELD", held)
    monkeypatch.setattr(spilled, "MOST_RUNS", runs)
    assert imported(path) == whole
    (tmp_path / "apart").mkdir()
    assert imported(path, folder=tmp_path / "apart") == whole


def test_lots_have_the_faults_of_one_go(tmp_path, monkeypatch):
    path = written(tmp_path, 60)
    text = path.read_text("utf-8").replace("R20,", "R10,").replace(",34\n", ",many\n")
    path.write_text(text, encoding="utf-8")

    def told() -> list[str]:
        with pytest.raises(FindingsError) as caught:
            imported(path)
        return [str(fault) for fault in caught.value.findings]

    whole, left = told(), imported(path, skip_bad=True)
    assert len(whole) == 2
    monkeypatch.setattr(table, "LOT", 3)
    monkeypatch.setattr(mapping, "MAX_SHORT", 0)
    assert told() == whole
    assert imported(path, skip_bad=True) == left


def test_what_a_mapping_says_wrong_is_told_the_same_in_lots(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "LOT", 5)
    monkeypatch.setattr(mapping, "MAX_SHORT", 0)
    for old, new, told in (
        ("cp:row ?row", "cp:row <https://w3id.org/corporate-plans/id/t#row=2>", None),
        ("cp:row ?row", "cp:row <https://w3id.org/corporate-plans/id/t#row=999>", "a row that is none"),
        ("cp:row ?row", "cp:row <https://w3id.org/corporate-plans/id/t#row=3>", "a row that is none"),
        ("cp:row ?row ; ", "", "says nothing of"),
        ("?count a cp:Observation", "[] a cp:Observation", "makes a blank node"),
        ("CONSTRUCT {", "CONSTRUCT { ?firm cp:source id:t .", "without its row"),
    ):  # fmt: skip
        assert old in MAPPING
        path = written(tmp_path, 30, MAPPING.replace(old, new))
        if told is None:
            assert imported(path)[1][0] == 30
            continue
        with pytest.raises(SourceError, match=told):
            imported(path)


def test_no_more_faults_are_listed_than_anybody_reads_and_the_others_are_counted(
    tmp_path, monkeypatch, run
):
    path = written(tmp_path, 50)
    path.write_text(path.read_text("utf-8").replace("Bolt Works", ""), encoding="utf-8")
    monkeypatch.setattr(mapping, "MOST_FAULTS", 4)
    done = run("import", path, "-m", path.with_suffix(".rq"))
    assert done.exit_code == 1
    *faults, last = done.stderr.splitlines()
    assert len(faults) == 4
    assert last == "kg: 10 findings, the first 4 of them listed; nothing was written"
    done = run("import", path, "-m", path.with_suffix(".rq"), "--skip-bad", "-o", tmp_path / "o.nq")
    assert done.exit_code == 0
    assert "left out: 6 rows more\nread 50 rows: 10 left out, " in done.stderr


def test_pairs_for_review_are_counted_where_they_are_too_many(monkeypatch):
    monkeypatch.setattr(likeness, "MOST_PAIRS", 2)
    a, cp, label = (
        "<a:{}>",
        "<https://w3id.org/corporate-plans/ontology#Company>",
        "2000/01/rdf-schema#label",
    )
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

    def company(iri: str, name: str) -> list[bytes]:
        node = a.format(iri)
        return [f'{node} <http://www.w3.org/{label}> "{name}" <a:g> .\n'.encode(),
                f"{node} {kind} {cp} <a:g> .\n".encode()]  # fmt: skip

    lines = itertools.chain.from_iterable(company(str(n), f"Acme Wind {n}") for n in range(1, 8))
    matches = matching.match_companies(list(lines), company("acme", "Acme"))
    assert (len(matches.review), matches.more) == (2, 5)


MEMORY = """
import resource, sys
from pathlib import Path
from kg.tables.importing import import_table
path = Path(sys.argv[1])
lines = import_table(path, path.with_suffix(".rq"))[0].lines
print(sum(1 for _ in lines), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_a_longer_table_takes_no_more_memory(tmp_path):
    peaks = []
    for rows in (20_000, 80_000):
        path = written(tmp_path, rows)
        words = [sys.executable, "-c", MEMORY, path]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
        lines, peak = map(int, done.stdout.split())
        assert lines > 7 * rows
        peaks.append(peak)
    # In one go each row took a dozen KiB.
    assert peaks[1] < peaks[0] + 60 * 1024


def test_a_mapping_that_looks_at_all_rows_is_refused_where_they_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(mapping, "MAX_WHOLE", 100)
    monkeypatch.setattr(table, "LOT", 10)
    monkeypatch.setattr(mapping, "MAX_SHORT", 0)
    assert imported(written(tmp_path, 100))[1][0] == 100
    with pytest.raises(SourceError, match=r"t\.rq: looks at all rows at once, which may have 100"):
        imported(written(tmp_path, 100, WHOLE))


C = "CONSTRUCT { ?row id:x ?n } "
BY_ROW = [
    MAPPING,
    "CONSTRUCT WHERE { ?row id:n ?n }",
    *(C + pattern for pattern in (
        "{ ?row id:n ?n OPTIONAL { ?row id:m ?m } }",
        "{ { ?row id:n ?n } UNION { ?row id:m ?n } }",
        "{ ?row id:n ?n MINUS { ?row id:m ?x } }",
        "{ ?row ?p ?n } VALUES ?n { 1 }",
        "{ BIND (1 AS ?n) { ?row id:m ?y } }",
    )),
]  # fmt: skip
NOT_BY_ROW = [
    WHOLE,
    *(C + pattern for pattern in (
        "{ ?row id:n ?n . ?other id:n ?n }",
        "{ ?row id:n ?n FILTER NOT EXISTS { ?other id:n ?n } }",
        "{ OPTIONAL { ?row id:n ?n } }",
        "{ VALUES ?n { 1 } OPTIONAL { ?row id:n ?n } }",
        "{ ?row id:n/id:m ?n }", "{ ?row ^id:n ?n }", "{ ?row id:n* ?n }",
        "{ ?row id:n ?n } LIMIT 1", "{ ?row id:n ?n } ORDER BY ?n OFFSET 1",
        "{ { SELECT DISTINCT ?row ?n { ?row id:n ?n } } }",
        "{ ?row id:n ?n } GROUP BY ?row ?n HAVING (COUNT(*) > 1)",
        "{ ?row id:n ?n BIND (NOW() AS ?d) }", "{ ?row id:n ?n BIND (RAND() AS ?d) }",
        "{ ?row id:n ?n BIND (STRUUID() AS ?d) }", "{ ?row id:n ?n BIND (BNODE() AS ?d) }",
        "{ <a:a> id:n ?n }", "{ ?row id:n [ id:m ?n ] }", "{ GRAPH ?g { ?row id:n ?n } }", "{}",
        "{ ?row id:n ?n " + "{" * 500 + "}" * 500 + " }", "{ nonsense", "{ ?row id:n " + "?n " * 40_000 + "}",
    )),
]  # fmt: skip


@pytest.mark.parametrize("query", BY_ROW)
def test_a_mapping_of_single_rows_is_told(query):
    assert by_row(query)


@pytest.mark.parametrize("query", NOT_BY_ROW, ids=range(len(NOT_BY_ROW)))
def test_a_mapping_that_may_look_at_several_rows_is_told(query):
    assert by_row(query) is None


def test_the_mapping_of_the_climate_targets_is_of_single_rows():
    (path,) = (ROOT / "data" / "tables").glob("net-zero-tracker-*.rq")
    assert by_row(path.read_text(encoding="utf-8"))


# What lies on the disk


def test_lines_travel_between_processes_and_several_read_them(monkeypatch, tmp_path):
    monkeypatch.setattr(spilled, "HELD", 10)
    for lines in (SpilledLines(), SpilledLines(tmp_path)):
        for number in range(30):
            lines.add([b"%d\n" % (number % 20)])
        expected = sorted({b"%d\n" % number for number in range(20)})
        assert list(pickle.loads(pickle.dumps(lines))) == expected  # noqa: S301 - our own
        assert [one for one, other in zip(lines, lines, strict=True) if one == other] == expected
        assert list(lines.settled(lambda some: some)) == expected
        assert list(lines.replaced([b"3\n"], [b"x\n"])) == sorted({*expected, b"x\n"} - {b"3\n"})
        assert list(lines.having([b"1", b"7"])) == [
            one for one in expected if b"1" in one or b"7" in one
        ]
        assert len(lines) == 20


def test_keys_are_told_apart_whatever_they_hold():
    seen = keys.Keys()
    some = [["a", "b"], ["a,b", ""], ["a", "b "], ["", "ab"], ["a\0", "b"]]
    assert seen.firsts(some, range(1, 6)) == range(1, 6)
    assert seen.firsts([["c", ""], ["a", "b"], ["c", ""]], [7, 8, 9]) == [7, 1, 7]


def test_rows_are_a_set_of_numbers():
    rows = Rows([9, 2, 3, 1000])
    assert list(rows) == [2, 3, 9, 1000]
    assert rows == {2, 3, 9, 1000}
    assert [number in rows for number in (-1, 0, 2, 1000, 1 << 40)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert list(rows.without(Rows([3, 5000]))) == [2, 9, 1000]
    assert not Rows()


# Parquet


def test_parquet_that_swells_is_refused_and_takes_none_of_our_memory(tmp_path, monkeypatch):
    path = tmp_path / "t.parquet"
    # One cell, for of many rows some may have been handed over before the next are read.
    pl.DataFrame({"id": ["x" * 400_000_000], "firm": "a", "n": 1.0}).write_parquet(path)
    assert path.stat().st_size < 1 << 20
    described(path)
    path.with_suffix(".rq").write_text(MAPPING, encoding="utf-8")
    monkeypatch.setattr(parquet, "MAX_MEMORY", 1 << 29)
    with pytest.raises(SourceError, match="swells to more than 512 MiB; split it"):
        imported(path)


def test_parquet_of_any_type_is_read_in_the_form_of_xml_schema(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"id": [1, 2], "firm": ["Acme", "Bolt"], "n": [1e21, 2.0]}).write_parquet(path)
    described(path)
    (lot,) = table.Table(path).lots()
    assert [line.split('"')[1] for line in lot.triples()] == [
        "1", "2", "Acme", "Bolt", "1000000000000000000000", "2.0",
    ]  # fmt: skip


def test_parquet_of_lists_is_told(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"id": ["1"], "firm": ["Acme"], "n": [[1.0]]}).write_parquet(path)
    described(path)
    with pytest.raises(SourceError, match=r"is not Parquet: .*nested"):
        list(table.Table(path).lots())


def test_who_stops_reading_leaves_nothing_behind(tmp_path):
    path = written(tmp_path, 5000)
    lots = records.TableRows(path, table.Table(path).metadata)
    assert next(iter(lots)).number == 1
    large = tmp_path / "t.parquet"
    pl.DataFrame({"id": [str(n) for n in range(200_000)], "firm": "a", "n": 1.0}).write_parquet(
        large
    )
    described(large)
    some = table.Table(large).lots()
    assert next(some).numbers[0] == 2
    some.close()
