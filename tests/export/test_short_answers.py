"""Answers for spreadsheets: short names and labels where they are asked for, the forms of the W3C elsewhere."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    import kg

PARTNERS = ("ask", "partners", "--company", "xiaomi", "-f", "csv")


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_short_csv_has_slugs_and_labels(run) -> None:
    rows = read(run(*PARTNERS, "--short").stdout_bytes)
    assert len(rows) > 10
    (row,) = [row for row in rows if row["statement"] == "nfcw-2016-09-01.2"]
    assert (row["partner"], row["partner label"]) == ("bank-of-china", "Bank of China")
    assert (row["place"], row["place label"]) == ("china", "China")
    # A status is called as its slug is, and a statement has no label.
    assert not {"stage label", "statement label"} & row.keys()
    assert not any(cell.startswith("http") for row in rows for cell in row.values())


def test_csv_in_a_pipe_keeps_the_form_of_the_w3c(graph: kg.Graph, run) -> None:
    plain = run(*PARTNERS).stdout_bytes
    assert plain == graph.ask("partners", company="xiaomi").to_bytes("csv")
    assert read(plain)[0]["partner"].startswith("https://w3id.org/corporate-plans/id/")


def test_text_that_spreadsheets_would_run_is_text_and_numbers_are_numbers(run) -> None:
    asked = 'SELECT ("=1+1" AS ?a) (-1.5 AS ?b) ("xiaomi" AS ?c) (true AS ?d) (?none AS ?e) {}'
    (row,) = read(run("query", asked, "--short").stdout_bytes)
    # A text is no thing, whatever it says, and gets no label.
    assert row == {"a": "'=1+1", "b": "-1.5", "c": "xiaomi", "d": "TRUE", "e": ""}
    plain = run("query", asked, "-f", "csv").stdout
    assert plain.splitlines()[1] == "=1+1,-1.5,xiaomi,true,"


def test_short_tsv_is_a_line_a_row(run, tmp_path: Path) -> None:
    out = tmp_path / "a.tsv"
    asked = 'SELECT ?who ("a\\tb\\nc" AS ?text) { VALUES ?who { id:xiaomi cp:met } }'
    assert run("query", asked, "--short", "-o", out).exit_code == 0
    assert out.read_text().splitlines() == [
        "who\twho label\ttext",
        "xiaomi\tXiaomi\ta\\u0009b\\u000ac",
        "met\tmet\ta\\u0009b\\u000ac",
    ]


@pytest.mark.parametrize("form", ["json", "xml", "md", "ttl"])
def test_form_without_a_short_variant_is_told(run, form: str) -> None:
    result = run("query", "SELECT ?a { VALUES ?a { 1 } }", "-f", form, "--short")
    assert result.exit_code == 2
    assert f"{form} has no short variant; take csv or tsv" in result.stderr


@pytest.mark.parametrize(
    ("query", "head"),
    [
        ("ASK { id:xiaomi a cp:Company }", ["answer"]),
        ("SELECT ?a { VALUES ?a { } }", ["a"]),
        ("CONSTRUCT { ?a a cp:Company } { VALUES ?a { id:xiaomi } }", ["subject", "subject label", "predicate", "object", "object label"]),
    ],
)  # fmt: skip
def test_every_kind_of_answer_has_a_short_variant(run, query: str, head: list[str]) -> None:
    result = run("query", query, "--short")
    assert result.exit_code == 0
    assert result.stdout_bytes.decode("utf-8-sig").splitlines()[0].split(",") == head
