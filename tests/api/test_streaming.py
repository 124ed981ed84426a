"""A store of large sources is built piece by piece, and holds what a build in memory would have written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import kg
from kg.api import build_store, publish
from kg.base import (
    ID,
    Finding,
    FindingsError,
    KgError,
    Report,
    SourceError,
    StoreError,
    data_folder,
    lies_aside,
    spilled,
)
from kg.pipeline import neighbourhood_files, streaming
from kg.sources import files, one_by_one, parallel
from kg.store import making, open_sound
from tests.benchmarks import generate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.query import LocalIndex
    from kg.sources import File, Fingerprint, Put


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A world of some thousand triples, in YAML and in N-Quads."""
    root = tmp_path_factory.mktemp("world")
    generate.write_yaml(root / "files", 5000, 3)
    generate.write_nquads(root / "world.nq", 20_000, 3)
    return {"yaml": root / "files", "nq": root / "world.nq", "shipped": data_folder()}


@pytest.fixture(params=["in memory", "in many runs", "in neighbourhoods"])
def runs_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what is sorted in memory, or in so many files that these are merged meanwhile, and read in pieces; or derive in parts."""
    if request.param == "in neighbourhoods":
        monkeypatch.setattr(streaming, "WHOLE", 0)
        monkeypatch.setattr(making, "_HELD", 200_000)
        monkeypatch.setattr(neighbourhood_files, "LINES", 500)
    if request.param == "in many runs":
        monkeypatch.setattr(spilled, "MOST_RUNS", 3)
        monkeypatch.setattr(making, "_HELD", 20_000)
        monkeypatch.setattr(files, "PIECE", 50_000)


def streamed(source: Path, store: Path) -> kg.Graph:
    return build_store([source], str(store)).graph


def built(source: Path, store: Path) -> kg.Graph:
    graph = kg.build([source])
    graph.save(store)
    return kg.open(store)


def names(store: Path) -> set[str]:
    return {path.name for path in store.iterdir()} if store.exists() else set()


@pytest.mark.usefixtures("runs_of")
@pytest.mark.parametrize("form", ["yaml", "nq", "shipped"])
def test_store_is_that_of_a_build_in_memory(
    world: dict[str, Path], form: str, tmp_path: Path
) -> None:
    there, here = streamed(world[form], tmp_path / "a"), built(world[form], tmp_path / "b")
    one, other = there.content.snapshot, here.content.snapshot
    assert one
    assert other
    assert (one.asserted, one.derived) == (other.asserted, other.derived)
    assert one.record == other.record
    assert one.manifest.name == other.manifest.name
    assert set(one.index.store) == set(other.index.store)
    assert one.sound
    assert names(tmp_path / "a") - {"seen.json"} == names(tmp_path / "b")


def test_large_graph_that_is_derived_over_the_whole_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "WHOLE", 0)
    source, sym = tmp_path / "odd.nt", "http://www.w3.org/2002/07/owl#SymmetricProperty"
    source.write_text(
        f"<http://a.example/even> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{sym}> .\n"
        f"<http://a.example/even> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .\n"
        f'<http://a.example/even> <http://www.w3.org/2000/01/rdf-schema#label> "even"@en .\n'
    )
    made = build_store([source], str(tmp_path / "store"))
    told = (
        "; derived over the whole in memory, since the data have rules derive what rules look for"
    )
    assert made.summary.endswith(told)
    assert "derived over" not in build_store([data_folder()], str(tmp_path / "other")).summary


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    sources = tmp_path / "files"
    generate.write_yaml(sources, 5000, 3)
    streamed(sources, tmp_path / "store")
    found = sorted(sources.rglob("*.yaml"))
    assert len(found) > 9
    for path in found[::3]:
        text = path.read_text("utf-8")
        path.write_text(text.replace("status: announced", "status: underway"), "utf-8")
    found[-1].unlink()
    read: list[str] = []

    def seen(files: Sequence[File], put: Put) -> list[Fingerprint]:
        read.extend(file.name for file in files)
        return one_by_one(files, put)

    made = build_store([sources], str(tmp_path / "store"), check=False, read=seen)
    assert len(read) < len(found) / 2
    # Of what is left some miss what has gone, which the shapes would tell.
    kg.build([sources], check=False).save(tmp_path / "other")
    again = kg.open(tmp_path / "other")
    assert made.graph.content.snapshot.manifest.name == again.content.snapshot.manifest.name  # type: ignore[union-attr]


def test_nothing_is_written_where_nothing_has_changed(
    world: dict[str, Path], tmp_path: Path
) -> None:
    streamed(world["nq"], tmp_path / "store")
    made = build_store([world["nq"]], str(tmp_path / "store"))
    assert made.written is False
    assert names(tmp_path / "store") - {"current", "lock", "seen.json"} == {
        made.graph.content.snapshot.manifest.name  # type: ignore[union-attr]
    }


def test_command_builds_a_store_piece_by_piece(
    world: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_memory(*_: object, **__: object) -> None:
        raise AssertionError("built in memory")

    monkeypatch.setattr(kg.api.publication, "build", in_memory)
    made = publish([world["yaml"]], store=str(tmp_path / "store"))
    assert made.written
    assert "statements of" in made.summary


# What is wrong


@pytest.fixture(params=["over the whole", "in neighbourhoods"])
def in_parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Derive over the whole, or in many parts."""
    apart: bool = request.param == "in neighbourhoods"
    if apart:
        monkeypatch.setattr(streaming, "WHOLE", 0)
        monkeypatch.setattr(neighbourhood_files, "LINES", 500)
    return apart


@pytest.mark.usefixtures("in_parts")
def test_what_is_wrong_is_told_as_in_memory_and_nothing_is_left(
    world: dict[str, Path], tmp_path: Path
) -> None:
    lines = world["nq"].read_bytes().splitlines(keepends=True)
    broken = tmp_path / "broken.nq"
    broken.write_bytes(b"".join(line for at, line in enumerate(lines) if at % 97))
    with pytest.raises(FindingsError) as here:
        kg.build([broken])
    with pytest.raises(FindingsError) as there:
        streamed(broken, tmp_path / "store")
    assert there.value.report == here.value.report
    assert len(here.value.report.findings) > 10
    assert names(tmp_path) == {"broken.nq"}


def test_file_that_cannot_be_read_leaves_a_store_as_it_was(
    world: dict[str, Path], tmp_path: Path
) -> None:
    streamed(world["yaml"], tmp_path / "store")
    before = names(tmp_path / "store")
    bad = tmp_path / "bad.nq"
    bad.write_text("<a:s> <a:p> .\n")
    with pytest.raises(SourceError, match=r"bad.nq:1"):
        streamed(bad, tmp_path / "store")
    assert names(tmp_path / "store") == before
    assert kg.open(tmp_path / "store").ask("partners", company="company-0")


@pytest.mark.parametrize(
    ("room", "step"),
    [
        (spilled, "_Named"), (making.Making, "_load"), (making.Making, "_write"),
        (making, "write_file"), (making, "sync_tree"), (making.Making, "_finish_index"),
    ],
)  # fmt: skip
def test_full_disk_is_told_in_a_sentence_and_leaves_a_store_as_it_was(
    room: object, step: str, world: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamed(world["yaml"], tmp_path / "store")
    before = names(tmp_path / "store")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(room, step, full)
    with pytest.raises(StoreError, match=r"store.*: cannot be written.*: No space left on device"):
        streamed(world["nq"], tmp_path / "store")
    assert names(tmp_path / "store") == before
    with pytest.raises(StoreError, match="No space left"):
        streamed(world["nq"], tmp_path / "new")
    assert not names(tmp_path / "new") - {"lock"}


@pytest.mark.parametrize("at", ["opened", "half loaded"])
def test_index_that_cannot_be_loaded_is_told_before_what_is_found_in_it(
    at: str, world: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "WHOLE", 0)

    def full(self: making.Making, path: Path) -> None:
        if at == "half loaded":
            self._index = ox.Store(self._snapshot / "index")
            lines = path.read_bytes().splitlines(keepends=True)
            self._index.bulk_load(b"".join(lines[::2]), format=ox.RdfFormat.N_QUADS)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making.Making, "_load", full)
    with pytest.raises(StoreError, match=r"store.*: cannot be written.*: No space left on device"):
        streamed(world["nq"], tmp_path / "store")


def test_index_is_asked_no_more_once_a_build_has_ended(
    world: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "WHOLE", 0)
    asked: list[int] = []

    def asking(index: LocalIndex, *_: object) -> Report:
        asked.append(0)
        while asked[0] < 10_000:  # so many queries that somebody has to end it
            asked[0] += index.run("ASK {}") is not None
        return Report()

    def ended(*_: object, **__: object) -> None:
        while not asked:
            pass
        raise KeyboardInterrupt

    monkeypatch.setattr(streaming, "examine_with", asking)
    monkeypatch.setattr(streaming, "derive_apart", ended)
    with pytest.raises(KeyboardInterrupt):
        streamed(world["nq"], tmp_path / "store")
    assert 0 < asked[0] < 10_000


def test_folder_with_other_things_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds other things"):
        build_store([data_folder()], str(tmp_path), read=lambda *_: pytest.fail("read"))


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("step", ["write_derived", "_finish_index"])
def test_killed_build_leaves_a_store_as_it_was_and_nothing_after_the_next(
    step: str, world: dict[str, Path], tmp_path: Path
) -> None:
    first = streamed(world["yaml"], tmp_path / "store").content.snapshot
    script = (
        "import os, sys; from kg.store import making; from kg.api import build_store;"
        f"making.Making.{step} = lambda *_: os._exit(9);"
        "build_store([sys.argv[1]], sys.argv[2])"
    )
    command = [sys.executable, "-c", script, str(world["nq"]), str(tmp_path / "store")]
    assert subprocess.run(command, check=False, env=os.environ).returncode == 9
    assert any(map(lies_aside, names(tmp_path / "store")))
    assert kg.open(tmp_path / "store").content == first
    streamed(world["nq"], tmp_path / "store")
    left = {name for name in names(tmp_path / "store") if lies_aside(name)}
    assert left <= {"lock"}


def test_only_one_build_writes_a_store(world: dict[str, Path], tmp_path: Path) -> None:
    with making.made_aside(tmp_path / "store"), pytest.raises(KgError, match="another"):
        streamed(world["yaml"], tmp_path / "store")


def test_two_files_that_introduce_one_id_are_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(
            f"id: {name}\nthings:\n- id: acme\n  type: Company\n  name: Acme {name}\n"
        )
    with pytest.raises(SourceError) as here:
        kg.build([tmp_path])
    with pytest.raises(SourceError) as there:
        streamed(tmp_path, tmp_path / "store")
    assert str(here.value) == str(there.value)


def test_nothing_is_checked_where_that_is_not_wanted(
    world: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "examine_with", lambda *_: pytest.fail("checked"))
    made = build_store([world["yaml"]], str(tmp_path / "store"), check=False)
    assert made[0].report is None


# What happens meanwhile


def test_large_file_that_is_changed_while_it_is_read_is_told(
    world: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PIECE", 50_000)
    data = world["nq"].read_bytes()
    changing = tmp_path / "changing.nq"
    changing.write_bytes(data)
    real, read = parallel._read, list[int]()

    def after_the_first(common: None, piece: files.Piece) -> object:
        read.append(piece.start)
        if len(read) == 2:
            changing.write_bytes(data.replace(b"underway", b"finished"))
        return real(common, piece)

    monkeypatch.setattr(parallel, "_read", after_the_first)
    with pytest.raises(
        SourceError, match=r"changing\.nq: was changed while it was read; build it again"
    ):
        streamed(changing, tmp_path / "store")
    assert len(read) > 10
    assert names(tmp_path) == {"changing.nq"}


def test_pieces_of_comments_alone_say_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PIECE", 100)
    source = tmp_path / "sparse.nq"
    triple = '<a:{}> <http://www.w3.org/2000/01/rdf-schema#label> "a" .\n'
    source.write_text("".join(triple.format(at) + "# nothing\n" * 50 for at in range(5)))
    monkeypatch.setattr(parallel, "read_source", lambda _: pytest.fail("read as a whole"))
    found = parallel.read_together(one_by_one, files.find_files([source]))
    assert found.quads.count(b"\n") == 5
    monkeypatch.undo()
    source.write_text("# nothing\n" * 200)
    monkeypatch.setattr(files, "PIECE", 100)
    with pytest.raises(SourceError, match="is empty"):
        parallel.read_together(one_by_one, files.find_files([source]))


def test_store_is_made_anew_where_it_is_damaged_meanwhile(
    world: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamed(world["yaml"], tmp_path / "store")
    snapshot = kg.open(tmp_path / "store").content.snapshot
    assert snapshot
    real = streaming.kept_files

    def damage(*args: object) -> object:
        for part in (snapshot.folder / "asserted").iterdir():
            data = part.read_bytes()
            part.write_bytes(data[:-9] + b"x" + data[-8:])
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(streaming, "kept_files", damage)
    graph = streamed(world["yaml"], tmp_path / "store")
    assert graph.content.snapshot.sound  # type: ignore[union-attr]


def test_store_that_is_being_built_below_its_sources_is_none(tmp_path: Path) -> None:
    generate.write_yaml(tmp_path / "plans", 3000, 3)
    before = files.find_files([tmp_path / "plans"])
    with making.made_aside(tmp_path / "plans" / "store") as made:
        made.put_asserted(b"<a:s> <a:p> <a:o> <a:g> .\n")
        made.write_asserted()
        assert files.find_files([tmp_path / "plans"]) == before


def test_findings_are_placed_without_all_that_is_asserted(
    world: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Finding(f"{ID}company-0", None, None, "is odd", "", violation=False)
    monkeypatch.setattr(streaming, "examine_with", lambda *_: Report((found,)))
    graph = streamed(world["yaml"], tmp_path / "store")
    assert graph.report
    (placed,) = graph.report.findings
    assert str(world["yaml"]) in str(placed.location)
    assert "asserted" not in vars(graph.content.content)


def test_comparing_keeps_nothing_unless_that_is_asked_for(
    world: dict[str, Path], tmp_path: Path
) -> None:
    streamed(world["yaml"], tmp_path / "store")
    snapshot = kg.open(tmp_path / "store").content.snapshot
    assert snapshot
    assert snapshot.sound
    assert not {"asserted", "derived"} & vars(snapshot).keys()
    kept = open_sound(tmp_path / "store", keep=True)
    assert kept
    assert vars(kept).keys() >= {"asserted", "derived"}
    assert kept.asserted == snapshot.asserted
    assert kept.derived == snapshot.derived
