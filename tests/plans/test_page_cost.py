"""What a page costs is told by how often the engine is asked: on a disk it looks up each term of each row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import kg
from kg.query import LocalIndex
from tests.benchmarks import generate

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MOST_QUERIES = 14
"""Those of the few rows of a vocabulary, and the questions about contradictions and what can be compared."""


def _asked(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    run = LocalIndex.run

    def noted(self: LocalIndex, text: str, **more: object) -> object:
        asked.append(text)
        return run(self, text, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(LocalIndex, "run", noted)
        assert graph.view().things > 50
    return asked


def test_a_page_asks_the_engine_as_little_of_much_as_of_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for triples in (4_000, 12_000):
        path = tmp_path / f"{triples}.nq"
        generate.write_nquads(path, triples)
        kg.build([path], check=False).save(tmp_path / str(triples))
        asked = _asked(kg.open(tmp_path / str(triples)), monkeypatch)
        # What is said of everything is read from the file, in order.
        assert not any("?s ?p ?o" in text for text in asked)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_a_page_of_a_graph_that_is_asked_all_of_it_is_the_same(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date(2026, 1, 1)
    read = graph.view(today=today).html
    with monkeypatch.context() as patch:
        # As of an endpoint.
        patch.setattr("kg.graph.page.read_whole", lambda content: content.index)
        assert len(_asked(graph, monkeypatch)) > 2 * MOST_QUERIES
        assert graph.view(today=today).html == read
