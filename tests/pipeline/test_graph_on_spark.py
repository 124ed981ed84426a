"""What a cluster of Spark makes of a graph is what is made of it here, in every line and every finding.

What Spark does is done in this process (`rdds.py`); that Spark itself comes to the same is in `tests/sources/test_cluster.py`.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import kg
from kg.base import CP, ID, UsageError, nquads
from kg.pipeline import graph_on_spark
from kg.pipeline.building import ontology_quads
from kg.pipeline.derivation import derive, load_rules
from kg.pipeline.footprint import Footprint, read_paths
from kg.pipeline.graph_on_spark import GraphOnSpark
from kg.pipeline.joined_on_spark import heads_of
from kg.pipeline.local_rules import local_rules
from kg.pipeline.looks import looks_along
from kg.pipeline.shape_engine import against_shapes
from kg.pipeline.sorted_on_spark import in_order_on
from kg.pipeline.validation import CYCLE, as_told, find_broken, load_queries, load_shapes
from kg.query import Index
from tests.benchmarks import generate
from tests.ontology.test_shapes import checks
from tests.pipeline import breakable, nasty
from tests.pipeline.rdds import Here, Rdd

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pyspark")

BATCHES = 12


def on_spark(asserted: bytes, homes: int = 4) -> GraphOnSpark:
    lines = nquads.split(asserted)
    pieces = Here().parallelize([b"".join(lines[n::5]) for n in range(5)], 2)
    return GraphOnSpark(Here(), pieces, homes)  # type: ignore[arg-type]


def made(asserted: bytes, homes: int = 4) -> bytes:
    return b"".join(on_spark(asserted, homes).parts().collect())


def whole(asserted: bytes) -> bytes:
    return nquads.union([asserted, derive(Index.of(asserted), load_rules())])


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have neighbourhoods lie at many places."""
    monkeypatch.setattr(graph_on_spark, "LINES", 50)


@pytest.mark.usefixtures("alone")
def test_shipped_graph_comes_to_the_same(graph: kg.Graph) -> None:
    there = on_spark(graph.asserted, 7)
    assert there.findings() == ()
    assert b"".join(there.parts().collect()) == nquads.union([graph.asserted, graph.derived])


def test_generated_world_comes_to_the_same(tmp_path: Path) -> None:
    generate.write_nquads(tmp_path / "world.nq", 20_000, 5)
    graph = kg.build([tmp_path / "world.nq"], check=False)
    assert made(graph.asserted, 2) == nquads.union([graph.asserted, graph.derived])


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("seed", range(6))
def test_nasty_worlds_come_to_the_same(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a world, not a secret
    texts = [random.choice(wordings) for wordings in nasty.FILES.values() if random.random() < 0.8]
    quads = [
        line
        for number, text in enumerate(texts)
        for line in nquads.canonical(
            ox.Quad(*quad.triple, ox.NamedNode(f"{ID}/{number}"))
            for quad in ox.parse(nasty.HEAD + text, format=ox.RdfFormat.TURTLE)
        )
    ]
    asserted = nquads.union([ontology_quads(), b"".join(quads)])
    assert made(asserted) == whole(asserted)


@pytest.mark.usefixtures("alone")
def test_data_that_cannot_be_derived_from_in_pieces_are_told(graph: kg.Graph) -> None:
    word = nasty.relation("odd", "partnerOf", ("bolt", "acme")).replace("cp:partnerOf", "rdf:type")
    odd = ox.parse(nasty.HEAD + nasty.THINGS + word, format=ox.RdfFormat.TURTLE)
    lines = nquads.canonical(ox.Quad(*quad.triple, ox.NamedNode(f"{ID}/odd")) for quad in odd)
    with pytest.raises(UsageError, match="leave out --parts"):
        made(nquads.union([graph.asserted, b"".join(lines)]))


@pytest.mark.usefixtures("alone")
def test_what_sources_say_already_is_not_derived(graph: kg.Graph) -> None:
    told = nquads.in_graph(b"".join(nquads.split(graph.derived)[::3]), f"{ID}/export")
    asserted = nquads.union([graph.asserted, told])
    assert made(asserted) == whole(asserted)


@pytest.mark.usefixtures("alone")
def test_every_shape_and_every_query_finds_what_it_finds_in_the_whole() -> None:
    # Few at once, as one may hide another: a latitude without a longitude the other way round.
    units, found = breakable.units(), set()
    hidden = [[unit] for unit in units[::2] if len(unit) == 1 and b"itude>" in next(iter(unit))]
    for some in [*(units[number::BATCHES] for number in range(BATCHES)), *hidden]:
        lines = {line for unit in some for line in unit}
        asserted = b"".join(sorted(breakable.base() | lines))
        index, there = Index.of(asserted), on_spark(asserted)
        expected = find_broken(index, against_shapes(asserted, load_shapes()))
        assert there.broken() == expected
        assert there.findings() == as_told(expected, index, load_shapes()).findings
        found |= {one.shape for one in expected}
    every = {*map(str, checks()), *(CP + name for name in load_queries()), CYCLE}
    assert sorted(every - found) == []


@pytest.mark.parametrize(
    "path",
    [
        "^any",
        "cp:about/^any",
        "cp:source*",
        "cp:about/cp:about*",
        "cp:about*/cp:source",
    ],
)
def test_path_along_which_not_all_is_at_hand_is_refused(path: str) -> None:
    local = local_rules(load_rules())
    assert local
    with pytest.raises(ValueError, match=r"at hand$"):
        looks_along(Footprint.along(read_paths(path)), local.links)


def test_parts_are_even_by_few_lines_of_them() -> None:
    lines = [
        [b"%06d\n" % (number * 7 % 10_000) for number in range(n, 10_000, 3)] for n in range(3)
    ]
    pieces = Here().parallelize(lines, 3)
    parts = in_order_on(pieces, 4, 10_000).parts  # type: ignore[arg-type, attr-defined]
    assert b"".join(one for part in parts for one in part) == b"".join(
        b"%06d\n" % number for number in range(10_000)
    )
    sizes = [b"".join(part).count(b"\n") for part in parts]
    assert len(sizes) == 4
    assert max(sizes) < 1.5 * min(sizes)


def test_who_is_joined_has_the_least_of_all_as_head() -> None:
    random = Random(3)  # noqa: S311 - a world, not a secret
    # A long way, a star, and what is joined at random.
    edges = [(n + 1, n) for n in range(1000, 1400)] + [(5000, n) for n in range(5001, 5100)]
    edges += [(random.randrange(9000, 9400), random.randrange(9000, 9400)) for _ in range(300)]
    head = {node: node for edge in edges for node in edge}
    for _ in range(500):
        for one, other in edges:
            head[one] = head[other] = min(head[one], head[other])
    found = heads_of(Rdd([edges[::2], edges[1::2]]), 3).collect()  # type: ignore[arg-type]
    assert len(found) > 500
    assert dict(found) == {node: least for node, least in head.items() if node != least}
    assert len(found) == len(dict(found))


def test_workers_of_another_version_refuse_to_look_and_to_derive(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = on_spark(graph.asserted)
    monkeypatch.setattr("kg.sources.cluster.software_fingerprint", lambda: "another")
    for ask in (there.findings, there.parts):
        with pytest.raises(RuntimeError, match="another version of kg"):
            ask()
