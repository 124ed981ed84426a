"""Whatever is damaged in a store is told in one sentence, by a command that neither grows nor hangs.

`KG_DAMAGES=1000 pytest tests/store/test_damaged.py` damages as many stores, and every byte that is compared on
opening; the default keeps the suite short.
"""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import DamageError, QueryError, StoreError
from kg.query import Index, engine_errors
from kg.store import find_damage, index_files, places
from kg.store.manifest import Manifest
from tests.conftest import generation, parts, saved
from tests.store.damages import KINDS, files_of
from tests.tried import tried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

    from tests.zygote import Zygote

DAMAGES = int(os.environ.get("KG_DAMAGES", "60"))

_TRIALS = "from tests.store.damages import main; main()"


@pytest.fixture(scope="module")
def whole(small: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound store, which nothing may change."""
    return saved(small, tmp_path_factory)


@pytest.fixture
def store(whole: Path, tmp_path: Path) -> Path:
    """A store to damage, of which each file is a link."""
    shutil.copytree(whole, tmp_path / "store", copy_function=os.link)
    return tmp_path / "store"


def rewrite(path: Path, change: Callable[[bytearray], object]) -> None:
    """Change a file that may be a link, whose other ends stay as they are."""
    data = bytearray(path.read_bytes())
    change(data)
    path.unlink()
    path.write_bytes(data)


def flip(at: int) -> Callable[[bytearray], object]:
    def change(data: bytearray) -> None:
        data[at] ^= 1

    return change


def largest(folder: Path) -> Path:
    """Return the largest table of an index, of which the end alone is compared on opening."""
    table = max(folder.glob("index/*.sst"), key=lambda path: path.stat().st_size)
    assert table.stat().st_size > index_files._SMALL
    return table


def test_damage_anywhere_is_told_or_changes_no_answer(
    whole: Path, tmp_path: Path, zygote: Zygote
) -> None:
    files = files_of(whole)
    assert {"current", "asserted", "CURRENT"} <= {
        part for name in files for part in name.split("/")
    }
    arguments = (str(whole), str(tmp_path / "damaged"), str(DAMAGES), "7")
    with zygote.running(_TRIALS, *arguments) as (_, stdout):
        (*_, sound), *trials = [json.loads(line) for line in stdout]
    assert not [said for said in sound[0].values() if "!" in said or "Error" in said]
    assert [one for one in trials if one[-1] not in {"told", "right"}] == []
    assert len(trials) == DAMAGES
    kinds = Counter(kind for kind, *_ in trials)
    told = Counter(kind for kind, *_, came_of_it in trials if came_of_it == "told")
    for kind, number in kinds.items():
        tried(f"damages of a store: {kind}", number)
    assert kinds.keys() <= KINDS.keys()
    assert len(kinds) > len(KINDS) // 2
    assert told.total() > DAMAGES // 2


def leading(index: Path) -> Iterator[tuple[Path, int]]:
    """Yield the places of an index that lead to others and have no checksum, and some of the rest that is compared."""
    for path in index_files.list_files(index):
        size = path.stat().st_size
        compared = range(size if size <= index_files._SMALL else index_files._END)
        for back in compared:  # from the end, where the footer of a table is
            if DAMAGES >= 1000 or back < 60 or back % 61 == 0:
                yield path, size - 1 - back


def test_every_byte_that_leads_to_others_is_compared_on_opening(whole: Path) -> None:
    opened = places.open_store(whole)
    index = opened.folder / "index"
    tried: Counter[str] = Counter()
    for path, at in leading(index):
        with path.open("r+b") as file:
            byte = os.pread(file.fileno(), 1, at)
            os.pwrite(file.fileno(), bytes([byte[0] ^ 1 << at % 8]), at)
            told = index_files.changed_file(index, opened.manifest.index)
            os.pwrite(file.fileno(), byte, at)
        assert told == f"index/{path.name}: is not what was written", at
        tried[path.suffix or path.name.partition("-")[0]] += 1
    assert {".sst", "MANIFEST", "CURRENT", "IDENTITY", "OPTIONS"} <= tried.keys()
    assert tried[".sst"] > 500
    assert find_damage(whole) is None


def spoil(store: Path) -> list[Path]:
    """Flip bits in blocks of data of all large tables, and in nothing that is compared by its end."""
    tables = sorted(generation(store).glob("index/*.sst"))
    large = [table for table in tables if table.stat().st_size > index_files._SMALL]
    for table in large:
        rewrite(table, lambda data: [flip(at)(data) for at in range(100, len(data) // 2, 500)])
    assert large
    return large


def test_file_that_was_touched_is_compared_before_the_engine_sees_it(store: Path) -> None:
    tables = spoil(store)
    with pytest.raises(DamageError, match=f"{store}: is damaged; build it again") as told:
        kg.open(store).query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert told.value.what == f"index/{tables[0].name}: is not what was written"


def test_copy_without_times_is_compared_once(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "copy", copy_function=shutil.copyfile)
    opened = places.open_store(tmp_path / "copy")
    index, written = opened.folder / "index", opened.manifest.index
    assert index_files.was_touched(index, written)
    assert len(opened.index) == opened.manifest.indexed
    assert not index_files.was_touched(index, written)
    for path in index_files.list_files(index):  # as an archive keeps them
        whole = path.stat().st_mtime_ns // 10**9 * 10**9
        os.utime(path, ns=(whole, whole))
    assert not index_files.was_touched(index, written)
    os.utime(path, ns=(whole, whole + 1))
    assert index_files.was_touched(index, written)


def test_block_of_data_that_the_disk_gives_otherwise_is_told_where_the_engine_tells(
    store: Path,
) -> None:
    opened = places.open_store(store)
    tables = spoil(store)
    index_files.restore_times(opened.folder / "index", opened.manifest.index)
    # Which block is read first, and so when it is told, is a matter of what the graph holds.
    with pytest.raises(DamageError, match=f"{store}: is damaged; build it again") as told:
        _ = kg.open(store).query("SELECT * { GRAPH ?g { ?s ?p ?o } }").rows
    assert told.value.what == f"index/{tables[0].name}: is not what was written"
    assert find_damage(store) == told.value.what


def parsed(data: bytes) -> Manifest | None:
    """Return what a manifest claims; None where it is damaged or of another version."""
    try:
        return Manifest.from_bytes(data)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def test_every_byte_of_the_manifest_is_held_by_its_check(store: Path) -> None:
    sound = (generation(store) / "manifest.json").read_bytes()
    right = parsed(sound)
    assert right is not None
    for at in range(len(sound)):
        flipped = sound[:at] + bytes([sound[at] ^ 1 << at % 8]) + sound[at + 1 :]
        assert parsed(flipped) in (None, right), at  # white space may be another
        assert parsed(sound[:at]) is None


@pytest.mark.parametrize("data", [b"", b"[]", b"5", b"[" * 100_000, b'{"format": 5}', b"\xff" * 9])
def test_manifest_that_is_none_is_damage(store: Path, data: bytes) -> None:
    path = generation(store) / "manifest.json"
    path.unlink()
    path.write_bytes(data)
    with pytest.raises(DamageError, match=f"{store}: is damaged; build it again") as told:
        kg.open(store)
    assert told.value.what == "manifest.json: is not what was written"


def test_store_of_an_earlier_layout_is_built_again(store: Path) -> None:
    path = generation(store) / "manifest.json"
    claimed = json.loads(path.read_bytes())
    del claimed["check"]
    path.unlink()
    path.write_text(json.dumps({**claimed, "format": 4}))
    with pytest.raises(StoreError, match="was built by another version; build it again") as told:
        kg.open(store)
    assert not isinstance(told.value, DamageError)


@pytest.mark.parametrize(
    ("name", "change", "what"),
    [
        ("asserted", flip(50), "is not what was written"),
        ("derived", lambda data: data.append(10), r"has [\d,]+ bytes and not [\d,]+"),
        ("record.json", bytearray.clear, r"has 0 bytes and not [\d,]+"),
        ("index/CURRENT", flip(3), "is not what was written"),
        ("manifest.json", lambda data: data.pop(), "is not what was written"),
        ("../current", lambda data: data.insert(0, 65), "names no snapshot"),
        ("../current", lambda data: data.__setitem__(slice(8), b"00000000"), ""),
    ],
)
def test_damage_is_found_and_named(
    store: Path, run: Callable[..., Result], name: str, change: Callable[..., object], what: str
) -> None:
    assert find_damage(store) is None
    path = parts(generation(store), name)[0]
    rewrite(path, change)
    found = find_damage(store)
    assert found
    if what:
        told = path.name if name.startswith("..") else path.relative_to(generation(store))
        assert re.fullmatch(f"{told}: {what}", found)
    if name not in {"asserted", "derived", "record.json"}:  # which questions do not read
        result = run("ask", "partners", "--store", store)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr == f"kg: {store}: is damaged; build it again\n"


def test_file_that_has_the_number_of_another_one_is_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "000001.sst"
    path.write_bytes(b"content")
    (noted,) = index_files.note_files(tmp_path).values()
    number = path.stat().st_ino
    known = noted._replace(digest="as it was")
    assert index_files.note_files(tmp_path, {number: known}) == {path.name: known}
    for other in (known._replace(size=8), known._replace(modified=known.modified - 1)):
        assert index_files.note_files(tmp_path, {number: other}) == {path.name: noted}


def test_what_lies_about_in_a_folder_is_no_damage(store: Path) -> None:
    for name in (".DS_Store", ".nfs000000000001", "LOG.old.1"):
        (generation(store) / "index" / name).write_bytes(b"x")
    (store / "notes.txt").touch()
    assert find_damage(store) is None
    assert kg.open(store).query("ASK {}")
    (generation(store) / "index" / "000999.log").touch()
    assert find_damage(store) == "index/000999.log: was not there when it was built"


def test_where_nothing_is_to_be_compared_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no store"):
        find_damage(tmp_path)
    assert find_damage("https://example.org/sparql") is None


@pytest.mark.parametrize(
    ("code", "told"),
    [(errno.EACCES, "cannot be read: Permission denied"), (errno.EMFILE, "cannot be read: Too many"),
     (errno.EIO, "is damaged; build it again")],
)  # fmt: skip
def test_store_that_cannot_be_read_is_damaged_only_where_its_files_are(
    store: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    table = largest(generation(store))
    real = os.open

    def refuse(path: Path, flags: int) -> int:
        if Path(path) == table:
            raise OSError(code, os.strerror(code), str(path))
        return real(path, flags)

    monkeypatch.setattr(index_files.os, "open", refuse)
    with pytest.raises(StoreError, match=told) as error:
        kg.open(store).query("ASK {}")
    assert isinstance(error.value, DamageError) == ("damaged" in told)
    if code == errno.EIO:
        assert find_damage(store) == f"index/{table.name}: Input/output error"
    else:
        with pytest.raises(StoreError, match=told):
            find_damage(store)


class PanicError(BaseException):
    """As the bindings of the engine have it."""

    __module__ = "pyo3_runtime"


@pytest.mark.parametrize("kind", [OSError, RuntimeError, ValueError, PanicError])
def test_failure_of_the_engine_is_damage_where_files_are_damaged_and_else_its_own(
    store: Path, kind: type[BaseException]
) -> None:
    index = kg.open(store).index

    def fail() -> None:
        with engine_errors(index.fault):
            raise kind("unexpected block")

    with pytest.raises(QueryError, match="the query cannot be run: unexpected block"):
        fail()
    table = largest(generation(store))
    rewrite(table, flip(1000))
    with pytest.raises(DamageError, match="is damaged; build it again"):
        fail()


def test_comparison_has_room_where_all_memory_is_taken() -> None:
    soft, hard = limits = resource.getrlimit(resource.RLIMIT_DATA)
    least = 1 << 40 if soft == resource.RLIM_INFINITY else soft
    resource.setrlimit(resource.RLIMIT_DATA, (least, hard))
    try:
        with index_files.with_room():
            within = resource.getrlimit(resource.RLIMIT_DATA)
        assert within == (least + (64 << 20), hard)
        assert resource.getrlimit(resource.RLIMIT_DATA) == (least, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, limits)


def test_interrupt_is_no_failure_of_the_engine() -> None:
    with pytest.raises(KeyboardInterrupt), engine_errors(Index.of(b"").fault):
        raise KeyboardInterrupt


def test_full_comparison_finds_a_store_that_is_built_again_meanwhile(
    small: kg.Graph, seed: kg.Graph, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = places.find_fault

    def build(*of: object) -> StoreError | None:
        monkeypatch.setattr(places, "find_fault", real)
        for other in (seed, small, seed):
            other.save(store)
            shutil.rmtree(of[0], ignore_errors=True)
        return real(*of)

    monkeypatch.setattr(places, "find_fault", build)
    assert find_damage(store) is None
