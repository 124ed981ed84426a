"""A question about everything is asked property by property; it means the same, and is joined less."""

from __future__ import annotations

import pytest

import kg
from kg.query import Index, load_question, question_names
from kg.query.joins import join_columns, without_order
from tests.benchmarks import asked, generate

# What names one thing by itself, and what looks up something that depends on the row.
ROW_BY_ROW = {"connected", "at-risk", "locators"}


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
    assert [tuple(map(str, row)) for row in graph.index.run_of_all(text)] == row_by_row


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


NUMBERS = "SELECT ?a ?b { VALUES (?a ?b) { (id:b 2) (id:a 10) (UNDEF 1) (id:aa UNDEF) (id:b -3) } }"


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("?a ?b", "1 10 - -3 2"),
        ("DESC(?b) ?a", "10 2 1 -3 -"),
        ("(!BOUND(?b)) ?b", "-3 1 2 10 -"),
        ("STR(?a) ?b", "1 10 - -3 2"),  # which the engine is asked for
    ],
)
def test_rows_are_put_in_the_order_that_the_engine_has(order: str, wanted: str) -> None:
    text, index = f"{NUMBERS}\nORDER BY {order}\n", Index.of(b"")
    rows = list(index.run_of_all(text))
    assert rows == list(index.run(text))
    assert " ".join("-" if row["b"] is None else row["b"].value for row in rows) == wanted


@pytest.mark.parametrize(
    "cell",
    [
        "2.5",
        "123456789012345678901",
        "9" * 5000,
        "'x'",
        "'9999999-01-01'^^xsd:date",
        "<<( id:a id:b 1 )>>",
    ],
)
def test_what_has_an_order_of_the_engine_is_put_in_it_there(cell: str) -> None:
    text = f"SELECT * {{ VALUES ?a {{ {cell} 10 9 id:x }} }}\nORDER BY ?a\n"
    index = Index.of(b"")
    assert list(index.run_of_all(text)) == list(index.run(text))


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
