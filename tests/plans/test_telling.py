"""Sentences in answers: behind its statement, in every form, made as the rows are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.base import RESULT_FORMATS, QueryError
from kg.plans import Words, telling
from kg.promises import load_statements
from kg.query import Answer, Index, load_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    import kg
    from kg.query import QueryResults

JOBS = "medianama-2017-03-28.6.1"
SAID = "20,000 jobs created by March 2020"
COLUMNS = (
    "statement", "says", "speaker", "onBehalfOf", "via", "mode", "publisher", "published",
    "note",
)  # fmt: skip


def test_every_column_of_sentences_stands_behind_the_column_of_its_statement(
    graph: kg.Graph,
) -> None:
    told = [question for question in load_questions() if question.sentences]
    assert "who-said" in {question.name for question in told}
    for question in told:
        columns = graph.ask(question.name).columns
        raw = Answer(lambda text=question.text: graph.index.query(text)).columns
        assert tuple(name for name in columns if name not in question.sentences) == raw
        for sentence, statement in question.sentences.items():
            assert columns.index(sentence) == columns.index(statement) + 1


@pytest.mark.parametrize("form", sorted(RESULT_FORMATS))
def test_sentence_is_in_every_standard_form(graph: kg.Graph, form: str) -> None:
    written = graph.ask("who-said", thing=JOBS).write(form)
    syntax = getattr(ox.QueryResultsFormat, RESULT_FORMATS[form])
    if form == "csv":  # which the engine writes and does not read
        assert written.decode().splitlines()[0] == ",".join(COLUMNS)
        assert f'"{SAID}"'.encode() in written
        return
    results = ox.parse_query_results(written, syntax)
    assert isinstance(results, ox.QuerySolutions)
    assert tuple(variable.value for variable in results.variables) == COLUMNS
    assert [row["says"] for row in results] == [ox.Literal(SAID)]


def test_command_writes_the_sentence_to_a_file(run, tmp_path) -> None:
    file = tmp_path / "said.json"
    assert run("ask", "who-said", "--thing", JOBS, "-o", file).exit_code == 0
    answer = json.loads(file.read_bytes())
    assert answer["head"]["vars"] == [*COLUMNS]
    assert answer["results"]["bindings"][0]["says"] == {"type": "literal", "value": SAID}
    sparql = run("ask", "who-said", "--thing", JOBS, "--sparql").stdout
    assert "?says" not in sparql


def test_data_frame_has_the_sentence(graph: kg.Graph) -> None:
    frame = graph.ask("who-said", thing=JOBS).to_polars()
    assert frame.columns == [*COLUMNS]
    assert frame["says"].to_list() == [SAID]


def test_range_is_told_with_its_unit_and_day(graph: kg.Graph) -> None:
    said = graph.ask("who-said", thing="xiaomi-group-revenue")
    assert "revenue: 15 billion USD" in " ".join(str(row["says"]) for row in said)
    everything = graph.query("SELECT ?s { ?s a cp:Observation ; cp:minimum ?a ; cp:maximum ?b }")
    (name, *_) = sorted(str(row["s"]) for row in everything)
    (row,) = graph.ask("who-said", thing=name)
    assert " to " in str(row["says"])


def test_what_is_no_statement_has_no_sentence_and_odd_values_stay(graph: kg.Graph) -> None:
    odd = 'a tab \t, a line\n, "quotes" and \\ \u0001 é'
    text = str(ox.Literal(odd, language="de"))
    said = f"<https://w3id.org/corporate-plans/id/{JOBS}>"
    values = f"({text} id:xiaomi) (5.0 UNDEF) (true 'text') (UNDEF {said})"
    query = f"SELECT ?x ?s {{ VALUES (?x ?s) {{ {values} }} }}"

    def told() -> QueryResults:
        return telling.tell_statements(graph.index, graph.index.query(query), {"says": "s"})

    assert Answer(told).columns == ("x", "s", "says")
    rows = Answer(told).rows
    assert [row[2] for row in rows] == [None, None, None, SAID]
    assert rows[0][:2] == (odd, "xiaomi")
    assert [row[0] for row in rows[1:]] == [5, True, None]


def test_large_answer_is_told_portion_by_portion(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    portions: list[int] = []
    real = telling.read_statements

    def read(index: Index, names: Sequence[str]) -> object:
        portions.append(len(names))
        return real(index, names)

    monkeypatch.setattr(telling, "read_statements", read)
    monkeypatch.setattr(telling, "PORTION", 10)
    results = graph.index.query("SELECT ?s { ?s a cp:Target } ORDER BY ?s LIMIT 45")
    told = telling.tell_statements(graph.index, results, {"says": "s"})
    assert isinstance(told, ox.QuerySolutions)
    assert portions == []
    next(told)
    assert portions == [10]
    assert sum(1 for _ in told) == 44
    assert portions == [10, 10, 10, 10, 5]


def test_error_on_the_way_is_told_as_itself(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(index: Index, names: object) -> object:
        del index, names
        raise QueryError("gone")

    monkeypatch.setattr(telling, "read_statements", fail)
    with pytest.raises(QueryError, match="gone"):
        _ = graph.ask("who-said", thing=JOBS).rows
    with pytest.raises(QueryError, match="gone"):
        graph.ask("who-said", thing=JOBS).to_bytes("json")


def test_words_for_some_statements_say_what_all_words_say(graph: kg.Graph) -> None:
    words, said = Words.of(graph.index), load_statements(graph.index)
    for name in [*said][:: len(said) // 40]:
        few = Words.for_some(graph.index, [said[name]])
        assert few.sentence(said[name]) == words.sentence(said[name])
    ended = [one for one in said.values() if "until" in one.says]
    few = Words.for_some(graph.index, ended)
    assert ended
    assert [few.sentence(one) for one in ended] == [words.sentence(one) for one in ended]
