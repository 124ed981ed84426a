"""Stores: whole or not there, never half."""

from __future__ import annotations

import builtins
import errno
import fcntl
import hashlib
import json
import os
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg
import kg.graph
from kg.base import StoreError, files
from kg.query.index import Index
from kg.store import commit, places
from tests.conftest import generation, parts, saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    from tests.zygote import Zygote


def test_opened_store_holds_what_was_said_to_the_letter(graph: kg.Graph, stored: Path) -> None:
    opened = kg.open(stored)
    assert opened.asserted == graph.asserted
    assert opened.derived == graph.derived
    assert opened.sources == graph.sources
    assert opened.export("ttl") == graph.export("ttl")


def test_same_content_is_the_same_generation(graph: kg.Graph, tmp_path: Path) -> None:
    first = graph.save(tmp_path / "s")
    assert graph.save(tmp_path / "s") == first
    assert len([p for p in (tmp_path / "s").iterdir() if p.is_dir()]) == 1


def test_only_the_current_generation_and_the_one_before_it_are_kept(
    graph: kg.Graph, small: kg.Graph, acme: Path, stored: Path
) -> None:
    folder, old = stored, generation(stored)
    reader = kg.open(folder)
    new = small.save(folder)
    assert (folder / "current").read_text().strip() == new.name
    assert reader.asserted == graph.asserted  # read only now, and still there
    (acme / "things.ttl").write_text((acme / "things.ttl").read_text() + "<a:s> <a:p> 1 .")
    kg.build([acme]).save(folder)
    assert not old.exists()
    assert new.exists()


@pytest.mark.parametrize("name", ["asserted", "derived", "manifest.json", "index"])
def test_damage_is_told_and_the_next_build_repairs_it(
    graph: kg.Graph, stored: Path, name: str
) -> None:
    made = generation(stored)
    if name == "index":
        shutil.rmtree(made / name)
        (made / name).mkdir()
    else:
        path = parts(made, name)[-1]
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(StoreError, match="is damaged; build it again"):
        _ = kg.open(stored).query("ASK {}"), kg.open(stored).export("nq")
    assert graph.save(stored) == made
    assert kg.open(stored).export("nq") == graph.export("nq")


def test_flipped_byte_is_found_on_reading(stored: Path) -> None:
    made = generation(stored)
    for path in parts(made, "asserted"):
        path.write_bytes(path.read_bytes().replace(b"Xiaomi", b"Yiaomi", 1))
    with pytest.raises(StoreError, match="is damaged"):
        kg.open(stored).export("ttl")


def test_reader_of_what_two_builds_have_swept_is_told_to_open_the_store_again(
    small: kg.Graph, acme: Path, stored: Path
) -> None:
    early, late = kg.open(stored), kg.open(stored)
    facts = early.query("SELECT (COUNT(*) AS ?count) { ?s ?p ?o }").rows
    (acme / "things.ttl").write_text((acme / "things.ttl").read_text() + "<a:s> <a:p> 1 .")
    for other in (small, kg.build([acme])):
        other.save(stored)
    assert early.query("SELECT (COUNT(*) AS ?count) { ?s ?p ?o }").rows == facts
    for read in (lambda: early.asserted, lambda: late.index, lambda: late.sources):
        with pytest.raises(StoreError, match="has been built again meanwhile; open it again"):
            read()


def test_damaged_block_is_told_when_it_is_read(stored: Path) -> None:
    index = generation(stored) / "index"
    for table in index.glob("*.sst"):
        data = bytearray(table.read_bytes())
        if len(data) > 20_000:  # blocks of data: what leads to them is read on opening
            for at in range(100, len(data) * 9 // 10, 1000):
                data[at] ^= 1
            table.write_bytes(data)
    with pytest.raises(StoreError, match="is damaged; build it again"):
        kg.open(stored).ask("partners")


def test_current_that_names_another_place_is_not_followed(stored: Path) -> None:
    (stored / "current").write_text("../../elsewhere")
    with pytest.raises(StoreError, match="is damaged"):
        kg.open(stored)


def test_opening_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no store; make one with kg build --store"):
        kg.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_killed_build_leaves_the_old_store_and_the_next_one_sweeps(
    graph: kg.Graph, small: kg.Graph, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(commit, "write_file", full)
        with pytest.raises(StoreError, match="No space left"):
            small.save(stored)
    assert kg.open(stored).asserted == graph.asserted
    (stored / ".kg-abcd1234.part").mkdir()
    small.save(stored)
    assert not (stored / ".kg-abcd1234.part").exists()


def test_what_the_engine_says_of_a_full_disk_is_told_without_its_names(
    small: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        said = "IO error: No space left on device: While appending to file: a/1.sst: No space left on device"
        raise OSError(said)

    monkeypatch.setattr(commit, "_load", full)
    with pytest.raises(StoreError) as told:
        small.save(tmp_path / "s")
    assert str(told.value) == f"{tmp_path / 's'}: cannot be written: No space left on device"


def test_second_writer_is_told_to_wait(graph: kg.Graph, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another build is writing it"):
            graph.save(folder)


@pytest.mark.parametrize("damage", ["{", '{"format": 99}', "[]"])
def test_damaged_manifest_says_what_to_do(stored: Path, damage: str) -> None:
    (generation(stored) / "manifest.json").write_text(damage)
    with pytest.raises(StoreError, match="build it again"):
        kg.open(stored)


@pytest.mark.parametrize(
    ("key", "value"),
    [("sheaves", None), ("sheaves", {}), ("record", None), ("record", []), ("indexed", "many")],
)
def test_manifest_of_another_kind_says_what_to_do_and_the_next_build_repairs_it(
    small: kg.Graph, acme: Path, tmp_path: Path, key: str, value: object
) -> None:
    manifest = Path(small.save(tmp_path / "s")) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_bytes()), key: value}))
    with pytest.raises(StoreError, match="is damaged; build it again"):
        kg.open(tmp_path / "s")
    (acme / "things.ttl").write_text((acme / "things.ttl").read_text() + "<a:s> <a:p> 1 .")
    after = kg.build([acme], check=False)
    after.save(tmp_path / "s")
    assert kg.open(tmp_path / "s").asserted == after.asserted


def test_replace_keeps_the_old_file_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    files.replace_file(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_replace_follows_links_keeps_modes_and_spares_pipes(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o600)
    link.symlink_to(real)
    files.replace_file(link, b"new")
    assert link.is_symlink()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new", 0o600)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.replace_file(pipe, b"sent")
    assert os.read(reader, 10) == b"sent"
    assert pipe.is_fifo()


def test_folder_of_other_things_is_left_alone(small: kg.Graph, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(StoreError, match="holds other things"):
        small.save(tmp_path)
    folder = tmp_path / "store"
    small.save(folder)
    (folder / "notes").mkdir()
    small.save(folder)
    assert (tmp_path / "mine").is_dir()
    assert (folder / "notes").is_dir()


def test_literals_of_one_value_are_kept_apart_though_the_index_takes_them_for_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "fives.ttl"
    path.write_text("<a:s> <a:p> 5, 05, 5.0, 5.00 .\n")
    graph = kg.build([path])
    graph.save(tmp_path / "s")
    opened, again = kg.open(tmp_path / "s"), kg.graph.open_earlier(tmp_path / "s")
    assert again is not None
    assert opened.asserted == graph.asserted
    assert opened.asserted.count(b"<a:s>") == 4
    assert len(opened.index) < len((opened.asserted + opened.derived).splitlines())


def test_index_is_patched_where_little_has_changed_and_holds_the_same(
    graph: kg.Graph,
    small: kg.Graph,
    beside: kg.Graph,
    stored: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ways: list[Any] = []
    patch = commit._patch

    def patched(*of: Any) -> Any:
        try:
            ways.append(patch(*of))
        except Exception as error:
            ways.append(error)  # or nobody would be told why it was made anew
            raise
        return ways[-1]

    monkeypatch.setattr(commit, "_patch", patched)
    for after, way in ((beside, dict), (graph, dict), (small, type(None))):
        for folder in stored.iterdir():
            if folder.is_dir() and folder != generation(stored):
                shutil.rmtree(folder)  # or it would be taken as it is
        ways.clear()
        after.save(stored)
        assert [type(one) for one in ways] == [way], ways
        opened, anew = kg.open(stored), Index.of(after.asserted, after.derived)
        assert set(opened.index.store) == set(anew.store)
        assert opened.index.graphs == anew.graphs


@pytest.mark.parametrize("change", ["", "\n<a:s> <a:p> 1 ."])
def test_rebuild_reads_no_file_of_the_store_twice_that_has_not_changed(
    acme: Path,
    tmp_path: Path,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    store = tmp_path / "s"
    build = ("build", acme, "-o", tmp_path / "out", "--store", store)
    done = run(*build)
    assert done.exit_code == 0, done.output
    opened: list[tuple[Path, int]] = []
    real = builtins.open

    def open_(file: Any, *args: Any, **more: Any) -> Any:
        # All that is read as a whole has been opened as a number.
        path = Path(f"/proc/self/fd/{file}").readlink() if isinstance(file, int) else Path(file)
        if store in path.parents:
            # What is open may have another name by now, or none.
            opened.append((path, os.stat(file).st_ino))  # noqa: PTH116
        return real(file, *args, **more)

    (acme / "things.ttl").write_text((acme / "things.ttl").read_text() + change)
    monkeypatch.setattr(builtins, "open", open_)
    done = run(*build)
    monkeypatch.undo()
    assert done.exit_code == 0, done.output
    assert len([path for path in store.iterdir() if path.is_dir()]) == (2 if change else 1)
    # What a store was built of is looked up, and compared; so is what says which files there are.
    read = Counter(
        at for path, at in opened if path.parent.name in {"asserted", "derived", "index"}
    )
    # What has changed is looked at once more, to tell in what.
    assert set(read.values()) <= ({1, 2} if change else {1})
    files = {path.relative_to(store).parts[1] for path, _ in opened if path.parent != store}
    assert files >= {"asserted", "derived", "sources", "record.json", "index"}


def test_build_during_which_another_is_saved_is_patched_from_that(
    beside: kg.Graph, acme: Path, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = generation(stored)
    before = kg.graph.open_earlier(stored)
    other = beside.save(stored)
    (acme / "things.ttl").write_text((acme / "things.ttl").read_text() + "<a:s> <a:p> 1 .")
    after = kg.build([acme], shipped=True, before=before)
    origins: list[Path] = []
    patched = commit._patched
    monkeypatch.setattr(
        commit, "_patched", lambda *of: origins.append(of[-1].folder) or patched(*of)
    )
    after.save(stored)
    assert origins == [other]
    assert not first.exists()
    opened, anew = kg.open(stored), Index.of(after.asserted, after.derived)
    assert set(opened.index.store) == set(anew.store)
    assert kg.graph.open_earlier(stored) is not None


@pytest.fixture(scope="module")
def saved_small(small: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(small, tmp_path_factory)


@pytest.mark.parametrize("change", ["", "<a:s> <a:p> 1 ."])
@pytest.mark.parametrize("kind", ["asserted/*", "index/*.sst", "index/MANIFEST-*", "index/CURRENT"])
@pytest.mark.parametrize("gone", [True, False])
@pytest.mark.parametrize("opener", [kg.graph.open_earlier, kg.open])
def test_what_is_damaged_during_a_build_is_not_taken_for_sound(
    acme: Path,
    saved_small: Path,
    tmp_path: Path,
    change: str,
    kind: str,
    opener: Callable[[Path], kg.Graph],
    *,
    gone: bool,
) -> None:
    store = tmp_path / "s"
    shutil.copytree(saved_small, store, copy_function=os.link)
    before = generation(store)
    earlier = opener(store)
    assert earlier.asserted
    (acme / "things.ttl").write_text((acme / "things.ttl").read_text() + change)
    after = kg.build([acme], before=earlier)
    (damaged, *_) = sorted(before.glob(kind))
    data = bytearray(damaged.read_bytes())
    damaged.unlink()  # a link of it elsewhere stays as it was
    if not gone:
        data[len(data) // 2] ^= 1
        damaged.write_bytes(data)
    after.save(store)
    assert kg.store.open_sound(store) is not None
    assert len(kg.open(store).index) == len(after.index)


@pytest.mark.parametrize("other", ["05", "5"])
def test_index_is_made_anew_where_a_value_is_written_in_several_ways(
    other: str, tmp_path: Path
) -> None:
    path = tmp_path / "fives.ttl"
    for value in (f"5, {other}, 7", "5, 7", f"{other}, 7"):
        path.write_text(f"<a:s> <a:p> {value} .\n")
        kg.build([path]).save(tmp_path / "s")
        found = kg.open(tmp_path / "s").query("SELECT ?o { <a:s> <a:p> ?o } ORDER BY ?o")
        assert [row[0] for row in found.rows] == [5, 7]


def test_index_is_made_anew_where_the_one_before_is_damaged(beside: kg.Graph, stored: Path) -> None:
    before = generation(stored)
    shutil.rmtree(before / "index")
    (before / "index").mkdir()
    beside.save(stored)
    assert len(kg.open(stored).index) == len(beside.index)


def test_index_is_made_anew_where_the_one_before_cannot_be_patched(
    beside: kg.Graph, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(commit, "_patch", full)
    beside.save(stored)
    assert len(kg.open(stored).index) == len(beside.index)
    assert kg.store.open_sound(stored) is not None


def test_store_that_is_built_again_while_it_is_opened_is_opened_as_it_is_now(
    graph: kg.Graph, small: kg.Graph, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = places.open_snapshot

    def swept(_: Path) -> object:
        monkeypatch.setattr(places, "open_snapshot", opened)
        small.save(stored)
        raise StoreError("is gone")

    monkeypatch.setattr(places, "open_snapshot", swept)
    assert kg.open(stored).asserted == small.asserted != graph.asserted


def test_snapshot_that_loses_a_file_is_sound_no_longer(stored: Path) -> None:
    snapshot = kg.store.open_sound(stored)
    assert snapshot.sound
    (snapshot.folder / "record.json").unlink()
    assert not snapshot.sound


def test_record_that_is_none_is_damage(stored: Path) -> None:
    made = generation(stored)
    (made / "record.json").write_bytes(b"[]")
    claimed = json.loads((made / "manifest.json").read_text())
    claimed["record"] = [2, hashlib.sha256(b"[]").hexdigest()]
    (made / "manifest.json").write_text(json.dumps(claimed))
    with pytest.raises(StoreError, match="is damaged; build it again"):
        _ = kg.open(stored).sources


def test_who_asks_the_index_reads_no_list_of_parts(stored: Path) -> None:
    made = generation(stored)
    for name in ("asserted.json", "derived.json", "sources.json"):
        (made / name).unlink()
    (made / "record.json").unlink()
    assert kg.open(stored).query("ASK { ?s a cp:Target }").rows == [(True,)]
    with pytest.raises(StoreError, match="is damaged; build it again"):
        _ = kg.open(stored).asserted


def test_store_remembers_what_the_shapes_found(graph: kg.Graph, stored: Path) -> None:
    assert kg.open(stored).report == graph.report is not None


@pytest.mark.parametrize("kind", ["CURRENT", "MANIFEST-*", "OPTIONS-*", "*.log", "*.sst"])
def test_damaged_file_of_the_index_is_told_or_does_not_matter_and_the_next_build_mends_it(
    small: kg.Graph, saved_small: Path, tmp_path: Path, zygote: Zygote, kind: str
) -> None:
    made = generation(saved_small)
    asked = ("query", "SELECT * { ?s ?p ?o }", "-f", "json")
    right = zygote.run(*asked, "--store", str(saved_small)).stdout
    assert right.count("bnode") + right.count("uri") > 1000
    somewhere = random.Random(7)  # noqa: S311 - repeatable, not secret
    told = 0
    for number, path in enumerate(sorted((made / "index").glob(kind))):
        data = path.read_bytes()
        flipped = bytearray(data)
        if data:
            flipped[somewhere.randrange(len(data))] ^= 1 << somewhere.randrange(8)
        for damage, left in {"gone": None, "cut": data[: len(data) // 2], "empty": b"",
                             "junk": somewhere.randbytes(500), "flipped": bytes(flipped)}.items():  # fmt: skip
            store = tmp_path / f"{number}-{damage}"
            shutil.copytree(saved_small, store, copy_function=os.link)
            at = store / made.name / "index" / path.name
            at.unlink()
            if left is not None:
                at.write_bytes(left)
            result = zygote.run(*asked, "--store", str(store))
            if result.returncode:
                told += 1
                assert (result.returncode, result.stdout) == (3, "")
                assert result.stderr == f"kg: {store}: is damaged; build it again\n"
            else:
                assert result.stdout == right
            if damage == "flipped" and left != data:
                assert kg.graph.open_earlier(store) is None
                small.save(store)
                assert zygote.run(*asked, "--store", str(store)).stdout == right
    assert told
