"""The examples in the docstrings run. Those that build the shipped graph share one."""

from __future__ import annotations

import doctest
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import kg
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for top in ("kg", "viz")
    for path in (ROOT / top).rglob("*.py")
    if path.name != "__main__.py"
)
EXAMPLES = [
    example
    for name in MODULES
    for example in doctest.DocTestFinder(exclude_empty=True).find(import_module(name))
    if example.examples
]


def test_there_are_examples_to_run() -> None:
    assert len(MODULES) > 60
    assert len(EXAMPLES) > 80


def built_once(graph: kg.Graph, build: Callable[..., kg.Graph]) -> Callable[..., kg.Graph]:
    """Return what builds, but for the shipped data, of which all have one."""

    def call(*paths: object, **options: object) -> kg.Graph:
        shipped = not paths and options in ({}, {"check": False})
        return graph if shipped else build(*paths, **options)

    return call


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_example_runs(
    example: doctest.DocTest, graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg, "build", built_once(graph, kg.build))
    runner = doctest.DocTestRunner(verbose=False)
    report: list[str] = []
    runner.run(example, out=report.append)
    assert (runner.failures, "".join(report)) == (0, "")
