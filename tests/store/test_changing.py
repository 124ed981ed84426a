"""A snapshot that is made of what has changed is that which is made of the whole."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.base import DERIVED, XSD, Change, nquads, parting
from kg.query import Index
from kg.sources import Fingerprint, Record
from kg.store.changing import changing, is_little
from kg.store.commit import prepared_snapshot
from kg.store.snapshot import Snapshot, open_snapshot, sound_snapshot

if TYPE_CHECKING:
    from pathlib import Path

_SYNTAX = ox.RdfFormat.N_QUADS
_VALUES = [
    *(f'"{text}"^^<{XSD}decimal>' for text in ("5", "5.0", "5.00", "7.5", "7.50", "1.0")),
    *(f'"{text}"^^<{XSD}integer>' for text in ("5", "05", "7")),
    f'"P12M"^^<{XSD}duration>',
    '"a text, with > <spaces>"@en',
    "<a:thing>",
]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have parts of some hundred bytes."""
    monkeypatch.setattr(parting, "_PER_BYTE", (1 << 32) // 700)


def lines(somewhere: random.Random, number: int) -> set[bytes]:
    """Return some lines, some of them of a thing of which much is said."""
    return {
        (
            f"<a:{'giant' if somewhere.random() < 0.3 else somewhere.randrange(60)}> <a:p{somewhere.randrange(5)}>"
            f" {somewhere.choice(_VALUES)} <a:g{somewhere.randrange(4)}> .\n"
        ).encode()
        for _ in range(number)
    }


def derived_of(asserted: set[bytes]) -> set[bytes]:
    """Return what is made to follow from some lines."""
    told = {nquads.subject_of(line): len(line) for line in sorted(asserted)}
    return {b'%s <a:d> "%d" <%s> .\n' % (s, n, DERIVED.encode()) for s, n in told.items()}


def joined(some: set[bytes]) -> bytes:
    return b"".join(sorted(some))


def change_of(before: set[bytes], after: set[bytes]) -> Change:
    return Change(joined(before - after), joined(after - before))


def record_of(number: int) -> Record:
    return Record({"a": Fingerprint(str(number), ".nq", ("a:g0",))}, "software")


def save(folder: Path, asserted: set[bytes], number: int) -> Snapshot:
    given = joined(asserted), joined(derived_of(asserted)), record_of(number)
    with prepared_snapshot(folder, *given) as commit:
        return open_snapshot(commit())


def change(before: Snapshot, old: set[bytes], new: set[bytes], number: int) -> Snapshot:
    """Change a snapshot, as a build does."""
    derived = change_of(derived_of(old), derived_of(new))
    with changing(before, change_of(old, new)) as changed:
        for quad in ox.parse(derived.gone, _SYNTAX):
            changed.new.remove(quad)
        changed.new.extend(ox.parse(derived.fresh, _SYNTAX))
        changed.make(derived, record_of(number))
        with changed.prepared() as commit:
            return open_snapshot(commit())


def told(snapshot: Snapshot) -> object:
    """Return all that a snapshot claims but for when it was written and the files of its index."""
    manifest = snapshot.manifest
    sheaves = {
        name: [part._replace(modified=0) for part in parts]
        for name, parts in manifest.sheaves.items()
    }
    return sheaves, manifest.record, manifest.indexed, manifest.stamp, snapshot.folder.name


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("seed", range(8))
def test_changes_one_after_the_other_give_what_the_whole_gives(tmp_path: Path, seed: int) -> None:
    somewhere = random.Random(seed)  # noqa: S311 - repeatable, not secret
    held = lines(somewhere, 400)
    snapshot = save(tmp_path / "s", held, 0)
    assert len(snapshot.manifest.sheaves["asserted"]) > 20
    for number in range(1, 12):
        gone = somewhere.choice((0, 1, 5, 40, len(held)))
        after = held - set(somewhere.sample(sorted(held), min(gone, len(held))))
        after |= lines(somewhere, somewhere.choice((0, 1, 5, 40)))
        after |= lines(somewhere, 200) if len(after) < 100 else set()
        before, snapshot = snapshot, change(snapshot, held, after, number)
        whole = save(tmp_path / f"whole-{number}", after, number)
        assert told(snapshot) == told(whole)
        assert sound_snapshot(snapshot.folder)
        assert (snapshot.asserted, snapshot.derived) == (whole.asserted, whole.derived)
        assert set(snapshot.index.store) == set(Index.of(whole.asserted, whole.derived).store)
        assert snapshot.index.graphs == whole.index.graphs
        files = [p.name for name in ("asserted", "derived", "written") for p in (snapshot.folder / name).iterdir()]
        assert len(files) == sum(map(len, snapshot.manifest.sheaves.values()))
        shared = set(before.manifest.sheaves["asserted"]) & set(snapshot.manifest.sheaves["asserted"])
        assert shared or gone == len(held)
        held = after


@pytest.mark.usefixtures("small_parts")
def test_lines_are_found_as_they_were_written(tmp_path: Path) -> None:
    held = lines(random.Random(5), 400)  # noqa: S311 - repeatable, not secret
    snapshot = save(tmp_path / "s", held, 0)
    for subject in (b"<a:giant>", b"<a:7>", b"<a:none>", b"<a:>"):
        found = sorted(line for line in held if line.startswith(subject + b" "))
        assert snapshot.lines_of([subject]) == found
    assert len(snapshot.lines_of([b"<a:giant>", b"<a:7>"], "derived")) == 2
    for graph in ("a:g0", "a:none", DERIVED):
        said = held if graph != DERIVED else derived_of(held)
        assert snapshot.lines_in(graph) == sorted(li for li in said if nquads.graph_of(li) == graph)
