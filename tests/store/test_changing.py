"""A snapshot that is made of what has changed is that which is made of the whole."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.base import DERIVED, XSD, Change, DamageError, StoreError, nquads, parting
from kg.query import Index
from kg.sources import Fingerprint, Record
from kg.store import index_files, open_current
from kg.store.commit import prepared_snapshot
from kg.store.comparison import is_untouched, sound_snapshot, untouched_snapshot
from kg.store.manifest import SHEAVES, current_snapshot, find_fault
from kg.store.snapshot import Snapshot, open_snapshot
from kg.store.snapshot_change import changing, is_little
from tests.store import faults
from tests.store.faults import Steps
from tests.store.test_killed import KILLS
from tests.tried import tried

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.zygote import Zygote

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
    """Have parts of some kilobytes, and do not wait until they are on the disk."""
    monkeypatch.setattr(parting, "_PER_BYTE", (1 << 32) // 2000)
    monkeypatch.setattr(os, "fsync", lambda _: None)


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
        name: [part._replace(modified=0) for part in snapshot.sheaf(name).parts] for name in SHEAVES
    }
    return sheaves, manifest.record, manifest.indexed, manifest.stamp, snapshot.folder.name


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("seed", range(6))
def test_changes_one_after_the_other_give_what_the_whole_gives(tmp_path: Path, seed: int) -> None:
    somewhere = random.Random(seed)  # noqa: S311 - repeatable, not secret
    held = lines(somewhere, 400)
    snapshot = save(tmp_path / "s", held, 0)
    assert len(snapshot.sheaf("asserted").parts) > 5
    for number in range(1, 8):
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
        files = [p.name for name in SHEAVES for p in (snapshot.folder / name).iterdir()]
        assert len(files) == sum(len(snapshot.sheaf(name).parts) for name in SHEAVES)
        shared = set(before.sheaf("asserted").parts) & set(snapshot.sheaf("asserted").parts)
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


@pytest.fixture
def two(tmp_path: Path) -> tuple[set[bytes], set[bytes], Path]:
    """What a store holds and what it is to hold, and a store of the first, to be copied by links."""
    somewhere = random.Random(3)  # noqa: S311 - repeatable, not secret
    old = lines(somewhere, 150)
    new = old - set(somewhere.sample(sorted(old), 5)) | lines(somewhere, 5)
    save(tmp_path / "kept", old, 0)
    return old, new, tmp_path / "kept"


def copied(kept: Path, to: Path) -> Snapshot:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(kept, to)
    return opened(to)


def opened(store: Path) -> Snapshot:
    current = current_snapshot(store)
    assert current
    snapshot = sound_snapshot(current)
    assert snapshot
    return snapshot


@pytest.mark.parametrize("fault", [faults.full, faults.broken, faults.stop])
def test_change_that_fails_or_is_stopped_at_any_step_leaves_the_one_or_the_other_whole(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path, fault: Callable[[], None]
) -> None:
    old, new, kept = two
    with Steps(range(0), faults.stop).taken() as taken:
        change(copied(kept, tmp_path / "s"), old, new, 1)
    assert {"link", "write_file", "rename", "replace", "fsync"} <= set(taken.names)
    seen, told_of = Counter(), set()
    for number in faults.chosen(taken.names, KILLS // 2):
        before = copied(kept, tmp_path / "s")
        with Steps(range(number, number + 1), fault).taken():
            try:
                change(before, old, new, 1)
            except (StoreError, faults.Stopped) as error:
                told_of.add(str(error))
        tried(f"changes of a store with a fault at a step: {fault.__name__}")
        held = opened(tmp_path / "s")
        seen[(held.asserted, held.derived) == (joined(new), joined(derived_of(new)))] += 1
        if held.asserted != joined(new):
            assert (held.asserted, held.derived) == (joined(old), joined(derived_of(old)))
            held = change(held, old, new, 1)
        assert told(held)[-1] == told(save(tmp_path / "s", new, 1))[-1]
        assert not [path for path in (tmp_path / "s").iterdir() if path.name.startswith(".kg-")]
    assert seen[True]
    assert seen[False]
    assert fault is faults.stop or all("cannot be" in one or "damaged" in one for one in told_of)


_KILLED = "from tests.store.test_changing import change_and_die; change_and_die()"


def change_and_die() -> None:
    """Change a store, as the arguments say, and end at a step as by SIGKILL."""
    store, old, new, number = sys.argv[1:]
    before, after = (set(nquads.split(Path(name).read_bytes())) for name in (old, new))
    held = opened(Path(store))
    with Steps(range(int(number), int(number) + 1), faults.die).taken():
        change(held, before, after, 1)


def test_change_that_is_killed_at_any_step_leaves_the_one_or_the_other_whole(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path, zygote: Zygote
) -> None:
    old, new, kept = two
    for name, said in (("old", old), ("new", new)):
        (tmp_path / name).write_bytes(joined(said))
    with Steps(range(0), faults.stop).taken() as taken:
        change(copied(kept, tmp_path / "s"), old, new, 1)
    seen = Counter()
    for number in faults.chosen(taken.names, KILLS // 2):
        store = tmp_path / "s"
        copied(kept, store)
        arguments = (str(store), str(tmp_path / "old"), str(tmp_path / "new"), str(number))
        with zygote.running(_KILLED, *arguments) as (_, stdout):
            stdout.read()
        tried("changes of a store that are killed at a step")
        held = opened(store)
        seen[held.asserted == joined(new)] += 1
        if held.asserted != joined(new):
            assert held.asserted == joined(old)
            held = change(held, old, new, 1)
        assert set(held.index.store) == set(Index.of(held.asserted, held.derived).store)
        assert save(store, new, 1).folder == held.folder
        assert not [path for path in store.iterdir() if path.name.startswith(".kg-")]
    assert seen[True]
    assert seen[False]


def test_two_changes_at_once_follow_each_other_and_a_third_waits(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path
) -> None:
    old, new, kept = two
    before = copied(kept, tmp_path / "s")
    others = [new | {b'<a:%d> <a:p0> "%d" <a:g0> .\n' % (n, n)} for n in range(3)]
    with contextlib.ExitStack() as stack:
        lent = [stack.enter_context(changing(before, change_of(old, one))) for one in others]
        for number, (changed, asserted) in enumerate(zip(lent, others, strict=True)):
            derived = change_of(derived_of(old), derived_of(asserted))
            for quad in ox.parse(derived.gone, _SYNTAX):
                changed.new.remove(quad)
            changed.new.extend(ox.parse(derived.fresh, _SYNTAX))
            changed.make(derived, record_of(number))
            with changed.prepared() as commit:
                with (
                    pytest.raises(StoreError, match="another build is writing it"),
                    lent[0].prepared(),
                ):
                    pass
                made = commit()
            # Of the third one the snapshot that it began from is gone, and nothing is missing.
            assert opened(tmp_path / "s").folder == made
            assert opened(tmp_path / "s").asserted == joined(asserted)
            before.sheaf("written")._held.clear()  # nothing is read there again
    assert not before.folder.exists()
    assert not [path for path in (tmp_path / "s").iterdir() if path.name.startswith(".kg-")]


@pytest.mark.parametrize("silent", [True, False])
@pytest.mark.parametrize(
    "name", [*SHEAVES, "record.json", "derived.json", "index/*.sst", "index/CURRENT"]
)
def test_damage_of_what_is_taken_over_is_told_now_or_when_it_is_read_and_mended_by_the_next_build(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path, name: str, *, silent: bool
) -> None:
    old, new, kept = two
    before = copied(kept, tmp_path / "s")
    path = max(
        (*before.folder.glob(name), *before.folder.glob(f"{name}/*")),
        key=lambda one: one.is_file() and one.stat().st_size,
    )
    state = path.stat()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    if silent:
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    before = open_snapshot(before.folder)
    changed = None
    with contextlib.suppress(DamageError):
        changed = change(before, old, new, 1)
    if changed is None:
        assert (
            untouched_snapshot(before.folder) is None
        )  # it is marked, so that the next one need not come so far
    else:
        assert silent
        fault = find_fault(changed.folder, changed.manifest)
        assert isinstance(fault, DamageError)
        assert untouched_snapshot(changed.folder) is None
    assert sound_snapshot(save(tmp_path / "s", new, 1).folder)


def test_change_of_something_else_is_refused(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path
) -> None:
    old, new, kept = two
    before = copied(kept, tmp_path / "s")
    line = b"<a:none> <a:p0> <a:o> <a:g0> .\n"
    here = min(old)
    for wrong in (Change(line), Change(fresh=here)):
        with pytest.raises(DamageError), changing(before, wrong):
            pass
    for derived in (Change(fresh=line), Change(min(derived_of(old)))):
        with (
            changing(before, change_of(old, new)) as changed,
            pytest.raises(DamageError),
        ):
            changed.make(derived, record_of(1))
    assert opened(tmp_path / "s").asserted == joined(old)


def test_where_there_are_no_links_files_are_copied(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, kept = two
    before = copied(kept, tmp_path / "s")

    def none(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", none)
    changed = change(before, old, new, 1)
    assert is_untouched(changed)
    monkeypatch.undo()
    assert told(changed) == told(save(tmp_path / "whole", new, 1))


def test_change_and_its_undoing_is_the_snapshot_of_before(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path
) -> None:
    old, new, kept = two
    first = copied(kept, tmp_path / "s")
    second = change(first, old, new, 1)
    reader = open_snapshot(first.folder)
    again = change(second, new, old, 0)
    assert again.folder == first.folder == opened(tmp_path / "s").folder
    assert reader.index.store
    assert opened(tmp_path / "s").asserted == joined(old)


def test_what_is_lent_and_not_committed_leaves_nothing(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path
) -> None:
    old, new, kept = two
    before = copied(kept, tmp_path / "s")
    was = {path: path.stat().st_ino for path in (tmp_path / "s").rglob("*")}
    with changing(before, change_of(old, new)) as changed:
        assert sum(1 for _ in changed.old) == before.manifest.indexed
    assert {path: path.stat().st_ino for path in (tmp_path / "s").rglob("*")} == was


def test_index_that_was_patched_again_and_again_is_made_compact(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, kept = two
    snapshot = copied(kept, tmp_path / "s")
    assert snapshot.manifest.anew.indexed == snapshot.manifest.indexed
    changed = change(snapshot, old, new, 1)
    assert changed.manifest.anew == snapshot.manifest.anew
    monkeypatch.setattr("kg.store.commit._ROOM", -(1 << 30))
    again = change(changed, new, old, 2)
    assert again.manifest.anew == (
        again.manifest.indexed,
        sum(one.size for one in again.manifest.index.values()),
    )
    assert opened(tmp_path / "s").index.store


def test_only_a_small_change_is_worth_it(two: tuple[set[bytes], set[bytes], Path]) -> None:
    old, _, kept = two
    snapshot = opened(kept)
    assert is_little(snapshot, Change(min(old)))
    assert not is_little(snapshot, change_of(old, set()))
    other = replace(snapshot, manifest=replace(snapshot.manifest, engine="0.1"))
    assert not is_little(other, Change())


def test_what_the_engine_says_of_a_full_disk_is_told_without_its_names(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, kept = two
    before = copied(kept, tmp_path / "s")

    def full(*_: object, **__: object) -> None:
        said = "IO error: No space left on device: While appending to file: a/1.sst: No space left on device"
        raise OSError(said)

    monkeypatch.setattr("kg.store.snapshot_change.patch_index", full)
    with pytest.raises(StoreError) as error:
        change(before, old, new, 1)
    assert str(error.value) == f"{tmp_path / 's'}: cannot be written: No space left on device"


def test_store_that_looks_as_it_was_written_is_opened_without_being_read(
    two: tuple[set[bytes], set[bytes], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, kept = two
    assert open_current("https://example.org/sparql") is None
    assert open_current(tmp_path) is None
    shutil.copytree(kept, tmp_path / "s", copy_function=shutil.copyfile)
    copy = current_snapshot(tmp_path / "s")
    assert copy
    assert open_current(tmp_path / "s") == open_snapshot(copy)
    read: list[Path] = []
    real = index_files.digest_of

    def digest_of(path: Path) -> str:
        read.append(path)
        return real(path)

    for module in ("sheaf", "index_files"):
        monkeypatch.setattr(f"kg.store.{module}.digest_of", digest_of)
    assert untouched_snapshot(copy)
    assert len(read) > 5  # all of it has other times, and is compared
    read.clear()
    assert untouched_snapshot(copy)
    assert {path.name for path in read} == {"record.json"}
