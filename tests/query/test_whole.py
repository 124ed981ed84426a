"""What is read of a graph as a whole is what its index answers, value by value."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from kg.base import XSD
from kg.query import (
    Index,
    read_whole,
    select_pairs,
    select_rows,
    select_said,
    select_texts,
    select_typed,
    whole as module,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import kg

ODD = {
    "decimal": ["1.50", "1.5", "+2", ".5", "many"],
    "integer": ["007", "7", "-0", "12345678901234567890"],
    "nonNegativeInteger": ["5", "05"],
    "double": ["1E3", "1.0E3", "INF", "nan"],
    "boolean": ["1", "true", "yes"],
    "date": ["2020-01-31", "2020-02-31", "2020-01-31Z", "2020-01-31+00:00"],
    "duration": ["P12M", "P1Y"],
    "string": ["a", r"\"a\" \\ b\n", "a <b> .", "小米"],
}


def _whole(*parts: bytes) -> Index:
    return read_whole(
        SimpleNamespace(
            index=Index.of(*parts), pieces=lambda part: parts if part == "asserted" else []
        )
    )


def _shown(rows: Iterable[object]) -> list[str]:
    # As they are written: to Python 1, True and 1.0 are one.
    return sorted(map(repr, rows))


def test_every_property_of_the_shipped_graph_has_the_values_of_the_index(graph: kg.Graph) -> None:
    read = read_whole(graph.content)
    names = [str(name) for (name,) in select_rows(graph.index, "SELECT DISTINCT ?p { ?s ?p ?o }")]
    assert len(names) > 100
    for name in names:
        pairs = select_pairs(read, name)
        assert pairs, name
        assert _shown(pairs) == _shown(select_pairs(graph.index, name)), name


@pytest.mark.parametrize("name", ["rdfs:label", "skos:altLabel", "rdfs:comment", "cp:note"])
def test_texts_have_their_language(graph: kg.Graph, name: str) -> None:
    texts = select_texts(read_whole(graph.content), name)
    assert texts
    assert _shown(texts) == _shown(select_texts(graph.index, name))


@pytest.mark.parametrize("left", [("rdf:type", "cp:since"), ()])
def test_all_that_is_said_of_statements_is_read(graph: kg.Graph, left: tuple[str, ...]) -> None:
    read, asked = (
        {name: _shown(pairs) for name, pairs in select_said(index, "cp:source", left)}
        for index in (read_whole(graph.content), graph.index)
    )
    assert len(read) > 30
    assert read == asked


def test_things_are_of_the_classes_that_are_asked_for(graph: kg.Graph) -> None:
    classes = ["cp:Company", "cp:Target", "cp:Nothing"]
    typed = select_typed(read_whole(graph.content), classes)
    assert {class_ for _, class_ in typed} == {"cp:Company", "cp:Target"}
    assert _shown(typed) == _shown(select_typed(graph.index, classes))


def test_values_are_those_of_the_index_however_they_are_written() -> None:
    quads = [
        f'<a:{kind}{at}> <a:p> "{text}"^^<{XSD}{kind}> <a:g> .\n'
        for kind, texts in ODD.items()
        for at, text in enumerate([*texts, *texts])
    ]
    quads += [f'<a:all> <a:p> "{text}"^^<{XSD}decimal> <a:g> .\n' for text in ODD["decimal"]]
    quads += ['<a:s> <a:p> "x"^^<a:kind> <a:g> .\n', '<a:s> <a:p> "x"@en-gb <a:g> .\n']
    data = "".join(quads).encode()
    pairs = select_pairs(_whole(data), "a:p")
    assert len(pairs) == len(quads) - 1  # of two forms of one number, one is left
    assert _shown(pairs) == _shown(select_pairs(Index.of(data), "a:p"))


def test_what_two_graphs_say_is_read_once() -> None:
    parts = [b"<a:s> <a:p> <a:o> <a:g> .\n", b"<a:s> <a:p> <a:o> <a:h> .\n"]
    assert select_pairs(_whole(*parts), "a:p") == [("a:s", "a:o")]


def test_no_line_is_lost_between_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BLOCK", 40)
    data = b"".join(b"<a:s> <a:p> <a:%d> <a:g> .\n" % at for at in range(100))
    assert len(select_pairs(_whole(data), "a:p")) == 100


def test_a_property_that_nothing_has_is_empty() -> None:
    read = _whole(b"<a:s> <a:p> <a:o> <a:g> .\n")
    assert (select_pairs(read, "a:q"), select_texts(read, "a:q")) == ([], [])
    assert list(select_said(read, "a:q")) == []
