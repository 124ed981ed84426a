"""The generated world of the benchmarks is one that the project itself would take."""

from __future__ import annotations

import pytest

import kg
from kg.query import questions
from tests.benchmarks import asked, generate


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> kg.Graph:
    path = tmp_path_factory.mktemp("world") / "world.nq"
    assert generate.write_nquads(path, 10_000) == pytest.approx(10_000, rel=0.1)
    return kg.build([path])


def test_world_keeps_every_shape(world) -> None:
    assert world.report.findings == ()


def test_yaml_says_what_the_nquads_say(world, tmp_path) -> None:
    assert generate.write_yaml(tmp_path, 10_000) > 50
    assert kg.build([tmp_path], check=False).asserted == world.asserted


def test_same_seed_is_the_same_world_and_another_is_another(tmp_path) -> None:
    paths = [tmp_path / name for name in ("a.nq", "b.nq", "c.nq")]
    for path, seed in zip(paths, (1, 1, 2), strict=True):
        generate.write_nquads(path, 3_000, seed)
    one, again, other = (path.read_bytes() for path in paths)
    assert one == again != other


@pytest.mark.parametrize("size", [3_000, 30_000])
def test_first_company_has_as_many_sources_in_a_world_of_any_size(size) -> None:
    documents = generate.World(size).documents()
    mine = [d for d in documents if d["id"].startswith("company-0-news-")]
    assert len(mine) == generate.SAMPLE


def test_few_companies_have_most_of_the_sources() -> None:
    sizes = sorted(generate.World(1_000_000).sizes, reverse=True)
    assert sum(sizes[: len(sizes) // 10]) > sum(sizes) / 2


@pytest.mark.parametrize("name", sorted(questions.question_names()))
def test_every_question_has_an_answer_in_it(world, name) -> None:
    assert len(world.ask(name, arguments=asked.one(name), today=asked.TODAY)) > 0
    if (arguments := asked.all_(name)) is not None:
        assert len(world.ask(name, arguments=arguments, today=asked.TODAY)) > 0


def test_companies_promise_of_themselves_what_is_revised_kept_missed_and_never_told(world) -> None:
    answer = world.ask("guidance", today=asked.TODAY)
    told = answer.rows
    at = {name: number for number, name in enumerate(answer.columns)}
    assert len(told) > 10
    assert {"met", "missed"} <= {str(row[at["verdict"]]).rpartition(":")[2] for row in told}
    assert any(row[at["revisions"]] for row in told)
    overdue = world.ask("overdue", today=asked.TODAY)
    at = {name: number for number, name in enumerate(overdue.columns)}
    assert any(row[at["about"]] == row[at["company"]] for row in overdue.rows)
