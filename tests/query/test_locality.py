"""What is asked of one company costs what is known of it, however much is known of others.

Counted are the rows that the engine goes through, not seconds: the `oxigraph` of PyPI, which is the
engine of the index, tells of every part of a query's plan how many rows it had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.query import questions
from tests import work
from tests.benchmarks import asked, generate

if TYPE_CHECKING:
    from pathlib import Path

COPIES = 9
"""How many other worlds lie beside the company's own in the larger one."""

# One lists what every source leaves open, the other follows what is said of whatever lies between.
LOCAL = sorted({*questions.question_names()} - {"without-span", "connected"})


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> tuple[kg.Graph, kg.Graph]:
    """A generated world, and the same beside the companies of others, in the same places."""
    folder = tmp_path_factory.mktemp("worlds")
    world = folder / "world.nq"
    generate.write_nquads(world, 4_000)
    said = world.read_bytes()
    others = [said.replace(b"/id/company-", b"/id/c%d-company-" % i) for i in range(COPIES)]
    (folder / "others.nq").write_bytes(b"".join(others))
    return kg.build([world], check=False), kg.build([folder], check=False)


@pytest.fixture(scope="module")
def stores(
    small_and_large: tuple[kg.Graph, kg.Graph], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Both worlds as that engine keeps them."""
    folder = tmp_path_factory.mktemp("stores")
    for number, graph in enumerate(small_and_large):
        (folder / f"{number}.nq").write_bytes(graph.asserted + graph.derived)
        work.engine("load", "--location", folder / str(number), "--file", folder / f"{number}.nq")
    return [folder / "0", folder / "1"]


@pytest.mark.parametrize("name", LOCAL)
def test_question_of_one_company_reads_no_more_where_there_are_others(
    small_and_large: tuple[kg.Graph, kg.Graph], stores: list[Path], tmp_path: Path, name: str
) -> None:
    small, large = small_and_large
    assert len(large.index) > 6 * len(small.index)
    text = large.sparql(name, arguments=asked.one(name), today=asked.TODAY)
    few, many = (work.rows(store, text, tmp_path) for store in stores)
    assert 0 < few == many
