"""Answers as data frames and Arrow streams: one type a column, nothing lost."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import nanoarrow
import pandas as pd
import polars as pl
import pytest

from kg.base import UsageError
from kg.query import frames
from kg.query.answer import Answer
from kg.query.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable

QUERY = """SELECT * {
  VALUES (?day ?whole ?part ?mixed ?truth ?thing ?nothing ?large) {
    ("2020-02-29"^^xsd:date 1 1.25 1 true id:xiaomi UNDEF 9223372036854775808)
    ("9999-12-31"^^xsd:date 2 3 "x" false cp:partnerOf UNDEF 1)
    (UNDEF UNDEF 1e3 0.10 UNDEF <http://example.org/a> UNDEF UNDEF)
  }
} ORDER BY ?part"""
DAYS = [date(2020, 2, 29), date(9999, 12, 31), None]


def ask(query: str) -> Answer:
    index = Index.of(b"")
    return Answer(lambda: index.query(query))


def test_pandas_types_are_those_of_xml_schema() -> None:
    frame = ask(QUERY).to_pandas()
    assert dict(frame.dtypes.astype(str)) == {
        "day": "datetime64[s]", "whole": "Int64", "part": "Float64", "mixed": "string",
        "truth": "boolean", "thing": "string", "nothing": "string", "large": "string",
    }  # fmt: skip
    assert frame["part"].tolist() == [1.25, 3.0, 1000.0]
    assert frame["mixed"].tolist() == ["1", "x", "0.1"]
    assert frame["large"].tolist()[:2] == ["9223372036854775808", "1"]
    assert frame["thing"].tolist() == ["xiaomi", "cp:partnerOf", "http://example.org/a"]
    assert frame["day"].dt.date.tolist()[:2] == DAYS[:2]
    assert frame["nothing"].isna().all()
    assert frame["whole"].isna().tolist() == [False, False, True]


def test_polars_types_are_those_of_xml_schema() -> None:
    frame = ask(QUERY).to_polars()
    assert dict(frame.schema) == {
        "day": pl.Date, "whole": pl.Int64, "part": pl.Float64, "mixed": pl.String,
        "truth": pl.Boolean, "thing": pl.String, "nothing": pl.String, "large": pl.String,
    }  # fmt: skip
    assert frame["day"].to_list() == DAYS
    assert frame["truth"].to_list() == [True, False, None]


def test_an_arrow_stream_reads_as_the_same_frame() -> None:
    answer = ask(QUERY)
    assert pl.DataFrame(answer).equals(answer.to_polars())
    assert nanoarrow.Array(answer).to_pylist() == answer.to_polars().to_dicts()


@pytest.mark.parametrize(
    ("query", "columns", "rows"),
    [
        ("SELECT ?a { FILTER (false) }", ["a"], []),
        ("ASK {}", ["answer"], [(True,)]),
        ("CONSTRUCT { id:a cp:b 1 } {}", ["subject", "predicate", "object"], [("a", "cp:b", 1)]),
    ],
    ids=["empty", "truth", "graph"],
)
def test_every_kind_of_answer_is_a_frame(query: str, columns: list[str], rows: list) -> None:
    answer = ask(query)
    for frame in (answer.to_polars(), pl.DataFrame(answer)):
        assert frame.columns == columns
        assert frame.rows() == rows
    assert list(answer.to_pandas().columns) == columns
    assert list(answer.to_pandas().itertuples(index=False, name=None)) == rows


def test_a_frame_has_the_rows_of_the_shipped_graph(graph) -> None:
    answer = graph.ask("targets", company="xiaomi")
    frame = answer.to_polars()
    assert frame.height == len(answer) > 0
    assert frame.columns == list(answer.columns)


def test_frames_do_not_run_the_query_before_they_are_wanted() -> None:
    runs = []
    index = Index.of(b"")

    def run():
        runs.append(1)
        return index.query("SELECT (1 AS ?a) {}")

    answer = Answer(run)
    assert isinstance(answer.to_pandas(), pd.DataFrame)
    assert nanoarrow.Array(answer).to_pylist() == [{"a": 1}]
    assert len(runs) == 1


def test_a_missing_library_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: dict[str, Callable[[Answer], object]] = {
        "pandas": Answer.to_pandas,
        "polars": Answer.to_polars,
        "nanoarrow": lambda answer: answer.__arrow_c_stream__(),
    }
    for name, call in calls.items():
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(UsageError, match=rf"needs {name}, .* pip install -e '\.\[frames\]'"):
            call(ask("ASK {}"))


def test_an_answer_imports_no_data_frames() -> None:
    code = (
        "import sys; from kg.query import Answer, Index;"
        "index = Index.of(b''); Answer(lambda: index.query('ASK {}'))._repr_html_();"
        "print([m for m in ('pandas', 'polars', 'nanoarrow', 'pyarrow') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert told.strip() == "[]"


def test_columns_without_rows_are_text() -> None:
    assert [column.kind for column in frames.columns(["a"], [])] == ["text"]


def test_yes_and_no_among_text_are_words() -> None:
    (column,) = frames.columns(["a"], [(True,), ("x",), (None,), (False,)])
    assert (column.kind, column.cells) == ("text", ["true", "x", None, "false"])
