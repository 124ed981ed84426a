"""Every command answers alike, wherever the graph is held."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

import kg
from kg.export.tables import each_row
from kg.pipeline import history
from kg.promises import statements
from kg.query import lookup, questions
from kg.reports import stats
from tests.benchmarks import asked, generate
from tests.store import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 11, 22)
# In a generated world of the years from 2015 on: early, in the middle, when much was due, and after.
DAYS = [date(2020, 6, 30), date(2016, 2, 3), date(2023, 1, 1), date(2030, 1, 1)]
OPEN: dict[str, str] = {}
ASKED = [
    (question.name, arguments)
    for question in questions.load_questions()
    for arguments in (OPEN, {p.name: p.example for p in question.parameters if p.example})
]


@pytest.fixture(scope="module")
def world(
    virtuoso, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[kg.Graph, kg.Graph]]:
    """A generated world in memory and in Virtuoso, with data that what ships has not."""
    folder = tmp_path_factory.mktemp("world")
    generate.write_nquads(folder / "world.nq", 5000)
    made = kg.build([folder / "world.nq"], check=False)
    with virtuoso(folder) as root, pytest.MonkeyPatch.context() as patch:
        for name, value in servers.settings_of_virtuoso(root).items():
            patch.setenv(name, value)
        made.save(f"{root}/sparql")
        yield made, kg.open(f"{root}/sparql")


@pytest.mark.parametrize(
    ("name", "arguments"),
    ASKED,
    ids=[f"{name}-{'example' if given else 'open'}" for name, given in ASKED],
)
def test_question_has_the_same_answer(
    held: kg.Graph,
    graph: kg.Graph,
    name: str,
    arguments: dict[str, str],
) -> None:
    here = graph.ask(name, arguments=arguments, today=TODAY)
    there = held.ask(name, arguments=arguments, today=TODAY)
    assert there.columns == here.columns
    assert [[*map(typed, row)] for row in there.rows] == [[*map(typed, row)] for row in here.rows]


@pytest.mark.parametrize("name", questions.question_names())
def test_question_about_a_generated_world_has_the_same_answer(
    world: tuple[kg.Graph, kg.Graph], name: str
) -> None:
    here, there = world
    dated = "date" in {parameter.name for parameter in questions.load_question(name).parameters}
    for arguments in (asked.one(name), asked.all_(name)):
        for day in DAYS if dated else DAYS[:1]:
            if arguments is not None:
                ours = here.ask(name, arguments=arguments, today=day).rows
                theirs = there.ask(name, arguments=arguments, today=day).rows
                assert [[*map(typed, row)] for row in theirs] == [
                    [*map(typed, row)] for row in ours
                ]


@pytest.mark.parametrize("day", DAYS)
def test_world_as_it_was_known_on_a_day_is_the_same(
    world: tuple[kg.Graph, kg.Graph], day: date
) -> None:
    here, there = (history.as_of(held, day) for held in world)
    assert len(here.asserted) > 0
    assert stats.count_figures(there.index) == stats.count_figures(here.index)


def typed(cell: object) -> tuple[str, object]:
    return type(cell).__name__, cell


def test_statements_are_the_same(held: kg.Graph, graph: kg.Graph) -> None:
    assert statements.load_statements(held.index) == statements.load_statements(graph.index)


def test_figures_are_the_same(held: kg.Graph, graph: kg.Graph) -> None:
    assert stats.count_figures(held.index) == stats.count_figures(graph.index)


@pytest.mark.parametrize("word", ["pay", "XIAOMI", "小米", "cp:", "no such thing"])
def test_words_find_the_same_things(held: kg.Graph, graph: kg.Graph, word: str) -> None:
    assert lookup.find_things(held.index, word) == lookup.find_things(graph.index, word)


def test_exports_hold_the_same_graphs(held: kg.Graph, graph: kg.Graph) -> None:
    def triples(nquads: bytes) -> Counter[bytes]:
        return Counter(line.rsplit(b" ", 2)[1] for line in nquads.splitlines())

    assert triples(held.asserted) == triples(graph.asserted)
    assert triples(held.derived) == triples(graph.derived)


def test_tables_have_the_same_rows(held: kg.Graph, graph: kg.Graph) -> None:
    here, there = (
        [(table.name, row) for table, row in each_row(one, TODAY)] for one in (graph, held)
    )
    assert there == here
    assert {name for name, _ in here} >= {"targets", "promises"}


def test_network_is_the_same(held: kg.Graph, graph: kg.Graph) -> None:
    def drawn(held: kg.Graph) -> object:
        network = held.network()
        return sorted(network.nodes(data=True)), sorted(
            network.edges(data=True, keys=True), key=str
        )

    assert drawn(held) == drawn(graph)


def test_nothing_differs_wherever_the_graph_is_held(held: kg.Graph, graph: kg.Graph) -> None:
    assert kg.diff(graph, held).items == ()
    assert len(kg.diff(held, kg.build([], shipped=False, check=False))) > 500
