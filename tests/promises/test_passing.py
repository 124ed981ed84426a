"""Statements passed one by one: the same, in the same order, as where all of them are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.plans import WORDED
from kg.promises import load_statements, pass_statements
from kg.query import read_whole
from tests.benchmarks.generate import write_nquads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.query import GraphContent

PREFIXES = """@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
"""
NASTY = {
    "spans without a name": """
        id:gazette-2020.1 cp:evidence [ oa:start 5 ; oa:end 9 ], [ oa:start 1 ; oa:end 3 ] .""",
    "a span of two statements of two sources": """
        id:gazette-2020.1 cp:evidence id:a-span . id:a-span oa:start 3 ; oa:end 4 .
        id:other schema:headline "Other" ; schema:datePublished "2021-01-01" .
        id:other.1 a cp:Observation ; cp:source id:other ; cp:evidence id:a-span .""",
    "a span that nobody describes": "id:gazette-2020.1 cp:evidence id:nowhere .",
    "a span whose ends are no numbers": """
        id:gazette-2020.1 cp:evidence id:no-span . id:no-span oa:start "3" ; oa:end 4 .""",
    "a statement of two sources": """
        id:other schema:headline "Other" . id:gazette-2020.1 cp:source id:other .
        id:zebra.1 a cp:Target ; cp:source id:zebra .""",
    "sources that are called otherwise than their statements": """
        id:a.1 a cp:Target ; cp:source id:z . id:z.1 a cp:Target ; cp:source id:a .
        id:m.10 a cp:Target ; cp:source id:m . id:m.9 a cp:Target ; cp:source id:m .""",
    "a source by another property": """
        id:z-quoting.1 a cp:Target ; cp:source id:z-quoting ; dct:source id:zz-book .
        id:book.1 dct:source id:zz-book .""",
    "no class, or two": """
        id:gazette-2020.7 cp:source id:gazette-2020 . id:gazette-2020.8 a cp:Statement ; cp:source id:gazette-2020 .
        id:gazette-2020.9 a cp:Target, cp:Relation ; cp:source id:gazette-2020 .""",
}


def assert_same(graph: kg.Graph) -> None:
    loaded = list(load_statements(graph.index).values())
    assert list(pass_statements(graph, graph.index)) == loaded
    assert list(pass_statements(graph, read_whole(graph, WORDED))) == loaded
    assert loaded


def test_those_that_ship_are_the_same(graph: kg.Graph) -> None:
    assert_same(graph)


def test_those_of_a_world_are_the_same(tmp_path: Path) -> None:
    write_nquads(tmp_path / "world.nq", 5_000)
    assert_same(kg.build([tmp_path / "world.nq"], shipped=False, check=False))


@pytest.mark.parametrize("what", NASTY)
def test_those_of_nasty_data_are_the_same(acme: Path, what: str) -> None:
    (acme / "more.ttl").write_text(PREFIXES + NASTY[what])
    assert_same(kg.build([acme], shipped=False, check=False))


def test_all_nasty_data_together_are_the_same(acme: Path) -> None:
    (acme / "more.ttl").write_text(PREFIXES + "\n".join(NASTY.values()))
    assert_same(kg.build([acme], shipped=False, check=False))


def test_what_is_no_statement_is_put_aside(graph: kg.Graph) -> None:
    aside: dict[str, object] = {}
    statements = pass_statements(graph, graph.index, ("cp:unit",), aside.__setitem__)
    names = {statement.name for statement in statements}
    assert "cp:revenue" in aside or len(aside) > 10
    assert names.isdisjoint(aside)


def test_first_statements_come_before_the_last_are_read(graph: kg.Graph) -> None:
    lines = graph.asserted.splitlines(keepends=True)
    read: list[int] = []

    class Watched:
        def pieces(self, part: str) -> Iterator[bytes]:
            if part == "derived":
                return
            for at in range(0, len(lines), 100):
                read.append(at)
                yield b"".join(lines[at : at + 100])

    content: GraphContent = Watched()  # type: ignore[assignment]
    some = pass_statements(content, graph.index)
    read.clear()  # all is counted first
    next(some)
    assert len(read) < len(lines) / 100 / 2
