"""The periods in which things were in a status, held against the reports that they follow from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.base import split_header
from kg.query import Answer, load_question
from tests.benchmarks import generate

Row = tuple[str, ...]


def by_reports(graph: kg.Graph, name: str, arguments: dict[str, str]) -> list[Row]:
    """Answer a question from the reports alone, by the query that told it before there were periods."""
    _, text = split_header((Path(__file__).parent / f"{name}_by_reports.rq").read_text(), name)
    question = replace(load_question(name), text=text)
    query = question.bind(arguments, resolve=graph.resolve, today=date(2026, 1, 1))
    return sorted(tuple(map(str, row.values())) for row in Answer(lambda: graph.index.run(query)))


def asked(graph: kg.Graph, name: str, arguments: dict[str, str]) -> list[Row]:
    # Reasons are beside the point.
    return sorted(
        tuple(str(cell) for column, cell in row.items() if column != "reason")
        for row in graph.ask(name, arguments=arguments)
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    path = tmp_path_factory.mktemp("world") / "world.nq"
    generate.write_nquads(path, 10_000, seed=7)
    return kg.build([path], check=False)


@pytest.mark.parametrize("day", ["2014-06-30", "2017-07-01", "2020-06-30", "2026-01-01"])
def test_status_on_a_day_follows_from_the_reports(
    graph: kg.Graph, world: kg.Graph, day: str
) -> None:
    for each in (graph, world):
        told = asked(each, "status", {"date": day})
        assert told
        assert told == by_reports(each, "status", {"date": day})


def test_changes_follow_from_the_reports(graph: kg.Graph, world: kg.Graph) -> None:
    for each in (graph, world):
        told = asked(each, "changes", {})
        assert len(told) > 100
        assert told == by_reports(each, "changes", {})


def test_what_ends_gives_way_to_what_was_so_before(tmp_path: Path) -> None:
    (tmp_path / "news.yaml").write_text("""
id: news
type: Article
title: News
publisher: gazette
published: 2020-01-01
language: en
things:
  - {id: gazette, type: Organization, label: The Gazette}
  - {id: plan, type: Initiative, label: the plan, company: gazette, kind: growth}
statements:
  - {id: news.1, type: StatusReport, about: plan, status: underway, from: 2015-01-01}
  - {id: news.2, type: StatusReport, about: plan, status: postponed, from: 2017-01-01, until: 2018-12-31}
""")
    graph = kg.build([tmp_path], check=False)
    told = [
        (str(row["day"]), row["before"], row["after"], row["statement"])
        for row in graph.ask("changes")
    ]
    assert told == [
        ("2015-01-01", None, "cp:underway", "news.1"),
        ("2017-01-01", "cp:underway", "cp:postponed", "news.2"),
        ("2019-01-01", "cp:postponed", "cp:underway", "news.1"),
    ]
