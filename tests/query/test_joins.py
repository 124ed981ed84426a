"""A question about everything is asked property by property; it means the same, and is joined less."""

from __future__ import annotations

import pytest

import kg
from kg.query import load_question, question_names
from kg.query.joins import join_columns, without_order
from tests.benchmarks import asked, generate

# What names one thing by itself, and what looks up something that depends on the row.
ROW_BY_ROW = {"connected", "at-risk", "locators", "guidance"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    path = tmp_path_factory.mktemp("world") / "world.nq"
    generate.write_nquads(path, 4_000)
    return kg.build([path], check=False)


@pytest.mark.parametrize("name", question_names())
@pytest.mark.parametrize("data", ["graph", "world"])
def test_question_has_the_same_rows_in_the_same_order(
    data: str, name: str, request: pytest.FixtureRequest
) -> None:
    graph: kg.Graph = request.getfixturevalue(data)
    arguments = asked.all_(name) if data == "graph" else asked.all_(name) or asked.one(name)
    text = graph.sparql(name, arguments=arguments, today=asked.TODAY)
    row_by_row = [tuple(map(str, row)) for row in graph.index.run(text)]
    assert [tuple(map(str, row)) for row in graph.index.run(join_columns(text))] == row_by_row


def test_questions_about_everything_are_rewritten() -> None:
    same = {name for name in question_names() if _text(name) == join_columns(_text(name))}
    assert same <= ROW_BY_ROW


def test_question_about_everything_alone_is_asked_by_property(small: kg.Graph, monkeypatch) -> None:
    asked_of_all: list[str] = []
    whole = type(small.index).run_of_all
    monkeypatch.setattr(
        type(small.index),
        "run_of_all",
        lambda index, text: asked_of_all.append(text) or whole(index, text),
    )
    of_one = small.ask("outcome", company="acme").rows
    assert not asked_of_all
    assert small.ask("outcome").rows == of_one != []
    assert len(asked_of_all) == 1


def test_path_of_any_length_and_filters_stay_as_they_are() -> None:
    text = "{\n  ?a cp:locatedIn+ ?b .\n  OPTIONAL { ?a ?any ?c }\n  FILTER (?a != ?b)\n}"
    assert join_columns(text) == text


def test_sequence_is_read_step_by_step() -> None:
    assert join_columns("{\n  OPTIONAL { ?a cp:source/schema:publisher ?b }\n}") == (
        "{\n  OPTIONAL { { SELECT * { ?a cp:source ?_1 } } { SELECT * { ?_1 schema:publisher ?b } } }\n}"
    )


def _text(name: str) -> str:
    return load_question(name).text


@pytest.mark.parametrize("name", question_names())
def test_question_without_its_order_has_the_same_rows(name: str, graph: kg.Graph) -> None:
    text = graph.sparql(name, arguments=asked.all_(name), today=asked.TODAY)
    assert "ORDER BY" in text
    assert not without_order(text).rstrip().rpartition("\n")[2].startswith("ORDER BY")
    rows = [tuple(map(str, row)) for row in graph.index.run(without_order(text))]
    assert sorted(rows) == sorted(tuple(map(str, row)) for row in graph.index.run(text))
