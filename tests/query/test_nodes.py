"""Nodes read one after the other: what the lines say, wherever these are divided, and no more of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg.query import Index, each_node, read_whole, select_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import kg

XSD = "http://www.w3.org/2001/XMLSchema#"
ASSERTED = [
    '<a:s> <a:p> "<a:q> in a text <a:q> <a:q> " <a:g> .',
    "<a:s> <a:p> <a:q> <a:g> .",
    "<a:s> <a:r> <a:o> <a:g> .",
    "<a:s> <a:r> <a:o> <a:h> .",
    f'<a:t> <a:p> "1.50"^^<{XSD}decimal> <a:g> .',
    f'<a:t> <a:p> "1.5"^^<{XSD}decimal> <a:h> .',
    f'<a:t> <a:q> "2020-01-31"^^<{XSD}date> <a:g> .',
    '<a:t> <a:q> "zwei\\nZeilen"@de <a:g> .',
    "_:b <a:q> <a:o> <a:g> .",
]
DERIVED = ["<a:s.1> <a:q> <a:o> <a:d> .", "<a:s> <a:r> <a:u> <a:d> ."]


@dataclass
class Lines:
    """A graph of lines, in pieces of some."""

    asserted: list[str]
    derived: list[str]
    each: int

    def pieces(self, part: str) -> Iterator[bytes]:
        lines = self.derived if part == "derived" else self.asserted
        for at in range(0, len(lines), self.each):
            yield "".join(line + "\n" for line in lines[at : at + self.each]).encode()

    @property
    def index(self) -> Index:
        return Index.of(b"".join((*self.pieces("asserted"), *self.pieces("derived"))))


@pytest.fixture(params=[1, 2, 3, 100])
def graph_of_lines(request: pytest.FixtureRequest) -> Lines:
    return Lines(ASSERTED, DERIVED, request.param)


def sorted_values(nodes: Iterable[tuple[str, dict[str, tuple[object, ...]]]]) -> object:
    return [(name, {key: sorted(map(str, v)) for key, v in said.items()}) for name, said in nodes]


def test_node_has_what_all_graphs_say_of_it_once(graph_of_lines: Lines) -> None:
    nodes = dict(each_node(graph_of_lines, having=["a:r"]))
    assert list(nodes) == ["a:s"]
    assert sorted(map(str, nodes["a:s"]["a:p"])) == ["<a:q> in a text <a:q> <a:q> ", "a:q"]
    assert sorted(map(str, nodes["a:s"]["a:r"])) == ["a:o", "a:u"]


def test_property_in_a_text_or_as_a_value_is_none_of_the_node(graph_of_lines: Lines) -> None:
    nodes = dict(each_node(graph_of_lines, having=["a:q"]))
    assert list(nodes) == ["a:s.1", "a:t", "_:b"]
    whole = read_whole(graph_of_lines, ["a:q"])
    assert {name for name, _ in select_pairs(whole, "a:q")} == set(nodes)


def test_values_are_those_of_the_index(graph_of_lines: Lines) -> None:
    ((_, said),) = (node for node in each_node(graph_of_lines, ["a:p"]) if node[0] == "a:t")
    assert said["a:p"] == (Decimal("1.5"),)
    assert set(said["a:q"]) == {date(2020, 1, 31), "zwei\nZeilen"}


def test_properties_are_left_out(graph_of_lines: Lines) -> None:
    nodes = dict(each_node(graph_of_lines, ["a:r"], without=["a:p", "a:r"]))
    assert nodes == {}, "what is left out is not there to be had, either"
    assert dict(each_node(graph_of_lines, ["a:r"], without=["a:p"])).keys() == {"a:s"}
    assert "a:p" not in dict(each_node(graph_of_lines, ["a:r"], without=["a:p"]))["a:s"]


def test_some_properties_of_a_graph_are_what_all_of_it_has_of_them(graph: kg.Graph) -> None:
    names = ["rdfs:label", "cp:source", "schema:datePublished", "cp:value"]
    some, every = read_whole(graph, names), read_whole(graph)
    for name in names:
        assert sorted(select_pairs(some, name), key=str) == sorted(
            select_pairs(every, name), key=str
        )
        assert len(select_pairs(some, name)) > 100
