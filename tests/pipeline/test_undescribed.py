"""What nothing describes, told by the lines first, is what the queries find of everything."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings, strategies as st

from kg.base import ID, RDF, Report, nquads
from kg.pipeline import undescribed
from kg.pipeline.shape_engine import against_shapes
from kg.pipeline.surroundings import lines_in
from kg.pipeline.undescribed import undescribed_among, undescribed_suspects
from kg.pipeline.validation import (
    examine,
    examine_with,
    find_undescribed,
    load_queries,
    load_shapes,
)
from kg.query import Index
from tests.pipeline import breakable

FIXED = settings(
    max_examples=3 * int(os.environ.get("KG_WORLDS", "6")),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def suspects(asserted: bytes) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "asserted.nq")
        path.write_bytes(asserted)
        return undescribed_suspects(path, Path(folder))


def in_parts(asserted: bytes) -> Report:
    index, shapes = Index.of(asserted), load_shapes()
    found = undescribed_among(suspects(asserted), index.store, lines_in(asserted))
    return examine_with(index, against_shapes(asserted, shapes), shapes, found)


def state_of(pick: int) -> bytes:
    """Return what keeps everything with some of what breaks it, and without some lines."""
    random = Random(pick)  # noqa: S311 - a world, not a secret
    some = [line for unit in breakable.units() if random.random() < 0.15 for line in unit]
    lines = sorted({*breakable.base(), *some})
    return b"".join(line for line in lines if pick % 3 or random.random() < 0.98)


def test_broken_worlds_are_told_as_by_the_whole() -> None:
    told = set[str]()

    @FIXED
    @given(st.integers(0, 10**6))
    def run(pick: int) -> None:
        asserted = state_of(pick)
        index = Index.of(asserted)
        expected = find_undescribed(index)
        found = undescribed_among(suspects(asserted), index.store, lines_in(asserted))
        assert sorted(found, key=repr) == sorted(expected, key=repr)
        told.update(name for name, _ in expected)
        if pick % 4 == 0:
            assert in_parts(asserted) == examine(index, asserted)

    run()
    assert told == {"dangling", "undescribed"}


def test_nothing_is_suspected_where_all_is_described() -> None:
    asserted = b"".join(sorted(breakable.base() | breakable.kept()))
    assert len(nquads.split(asserted)) > 1000
    assert suspects(asserted) == set()


def test_other_classes_of_a_vocabulary_are_none_of_ours() -> None:
    query = load_queries()["undescribed"]
    assert "VALUES ?unit { qudt:Unit qudt:CurrencyUnit }" in query
    assert "STRSTARTS(STR(?class), STR(cp:))" in query
    for kind, suspected in (("Unit", False), ("CurrencyUnit", False), ("QuantityKind", True)):
        node = f"{ID}length"
        line = f"<{node}> <{RDF}type> <http://qudt.org/schema/qudt/{kind}> <a:g> .\n"
        assert suspects(line.encode()) == ({node} if suspected else set())


def test_what_has_no_name_is_not_suspected() -> None:
    about = b"<https://w3id.org/corporate-plans/id/.well-known/genid/b1>"
    assert suspects(about + b" <a:p> <a:o> <a:g> .\n") == set()


def test_few_at_once_come_to_the_same(monkeypatch) -> None:
    asserted = state_of(3)
    expected = suspects(asserted)
    monkeypatch.setattr(undescribed, "_AT_ONCE", 5)
    assert suspects(asserted) == expected
    assert expected
