"""After any sequence of changes a build from the earlier one is the build from nothing.

Most of what is drawn takes away, since that is where what was derived too much stays behind. What
fails is made as short as it can be by hypothesis. `KG_WORLDS` says how many sequences are tried.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st

import kg
from kg.api.updating import update
from kg.base import FindingsError, Report
from kg.graph import open_earlier
from kg.store import current_snapshot
from tests.pipeline import nasty

if TYPE_CHECKING:
    from collections.abc import Callable

SEQUENCES = int(os.environ.get("KG_WORLDS", "6"))
ALL = dict.fromkeys(nasty.FILES, 0)
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# Answers that go through what was asserted and what was derived, each at another end.
ASKED = (
    COUNT,
    "SELECT ?s ?o { ?s cp:currentStatus ?o } ORDER BY ?s ?o",
    "SELECT ?s ?o { ?s cp:actsThrough ?o } ORDER BY ?s ?o",
    "SELECT ?s ?o { ?s cp:takesPlaceIn ?o } ORDER BY ?s ?o",
    "SELECT ?s ?p ?o { ?s ?p ?o FILTER (?p IN (cp:agreesWith, cp:disagreesWith)) } ORDER BY ?s ?o",
    "SELECT ?s ?o { ?s cp:hasOutcome/cp:verdict ?o } ORDER BY ?s ?o",
)

UNMISSED = {"things", "twin", "merged"}
"""Files of which nothing is derived alone: two say the same, and no rule follows an exact match."""

taken_away = st.tuples(st.sampled_from(sorted(nasty.FILES)), st.none())
worded = st.tuples(st.sampled_from(sorted(nasty.FILES)), st.integers(0, 4))


def changes(deletions: int) -> st.SearchStrategy[list[list[nasty.Change]]]:
    """Return a strategy for sequences of steps, in which about so many of eight changes take away."""
    one: st.SearchStrategy[nasty.Change] = st.integers(0, 7).flatmap(
        lambda drawn: taken_away if drawn < deletions else worded
    )
    return st.lists(st.lists(one, min_size=1, max_size=3), min_size=1, max_size=4)


SEQUENCE = st.sampled_from((2, 4, 7)).flatmap(changes)
FIXED = settings(
    max_examples=SEQUENCES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def answers(graph: kg.Graph) -> list[list[tuple[object, ...]]]:
    return [graph.query(text).rows for text in ASKED]


def findings(folder: Path, before: kg.Graph | None) -> Report | None:
    """Return what the shapes find, be it that they let it pass or not."""
    try:
        return kg.build([folder], before=before).report
    except FindingsError as refused:
        return refused.report


def assert_same(graph: kg.Graph, anew: kg.Graph) -> None:
    assert graph.asserted == anew.asserted
    assert graph.derived == anew.derived
    assert graph.sources == anew.sources
    assert answers(graph) == answers(anew)


@pytest.mark.parametrize("last", [False, True], ids=["graph", "findings"])
def test_changes_to_a_nasty_world_equal_a_build_from_nothing(last: bool) -> None:
    @FIXED
    @given(SEQUENCE)
    def run(steps: list[list[nasty.Change]]) -> None:
        note(f"the changes, step by step: {steps!r}")
        with tempfile.TemporaryDirectory() as made:
            folder, state = Path(made), ALL
            nasty.write(folder, state)
            graph = kg.build([folder], check=False)
            for step in steps:
                for change in step:
                    state = nasty.changed(state, change)
                if not state:
                    break  # a folder without a source is refused
                nasty.write(folder, state)
                if last:
                    assert findings(folder, graph) == findings(folder, None), state
                graph = kg.build([folder], check=False, before=graph)
                assert_same(graph, kg.build([folder], check=False))

    run()


def built_from_it(folder: Path, store: Path) -> None:
    before = open_earlier(store)
    assert before is not None, "the store is damaged"
    kg.build([folder], check=False, before=before).save(store)


def brought_up_to_date(folder: Path, store: Path) -> None:
    assert update([folder], str(store), check=False, little=0) is not None, "made anew"


@pytest.mark.parametrize("follow", [built_from_it, brought_up_to_date])
def test_changes_to_a_store_on_disk_equal_a_build_from_nothing(
    follow: Callable[[Path, Path], None],
) -> None:
    @FIXED
    @given(SEQUENCE)
    def run(steps: list[list[nasty.Change]]) -> None:
        note(f"the changes, step by step: {steps!r}")
        with tempfile.TemporaryDirectory() as made:
            folder, store, state = Path(made, "files"), Path(made, "store"), ALL
            folder.mkdir()
            nasty.write(folder, state)
            kg.build([folder], check=False).save(store)
            for at, step in enumerate(steps):
                for change in step:
                    state = nasty.changed(state, change)
                if not state:
                    break
                nasty.write(folder, state)
                follow(folder, store)
                graph, anew = kg.open(store), kg.build([folder], check=False)
                assert_same(graph, anew)
                other = Path(made, f"anew-{at}")
                anew.save(other)
                # The same parts and the same record give the same name.
                assert current_snapshot(store).name == current_snapshot(other).name  # type: ignore[union-attr]
                assert set(graph.index.store) == set(anew.index.store)  # type: ignore[union-attr]

    run()


def test_world_is_nasty(tmp_path: Path) -> None:
    nasty.write(tmp_path, ALL)
    graph = kg.build([tmp_path], check=False)
    assert all(answers(graph)), "each question has an answer that a change can take away"
    unmissed = set()
    for name in ALL:
        nasty.write(tmp_path, nasty.changed(ALL, (name, None)))
        less = kg.build([tmp_path], check=False, before=graph)
        assert less.asserted != graph.asserted, name
        if less.derived == graph.derived:
            unmissed.add(name)
    assert unmissed == UNMISSED


def test_deletion_of_the_newest_source_brings_back_what_had_ended(tmp_path: Path) -> None:
    state = nasty.changed({"things": 0, "owns": 1, "newest": 0}, ("venture", 0))
    ask = "ASK { id:acme cp:ownsMajorityOf id:venture }"
    nasty.write(tmp_path, state)
    graph = kg.build([tmp_path], check=False)
    assert graph.query(ask).rows == [(False,)]
    nasty.write(tmp_path, nasty.changed(state, ("newest", None)))
    assert kg.build([tmp_path], check=False, before=graph).query(ask).rows == [(True,)]
