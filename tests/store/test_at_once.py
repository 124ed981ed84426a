"""Those who write at once, and those who read meanwhile."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

import kg
from kg.api import check_publication
from kg.base import WRITING, StoreError, held_file, held_folder, left_aside, sweep
from kg.base.locks import locked
from tests.store.test_killed import KILLS
from tests.tried import tried

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from tests.zygote import Zygote

# The child saves graphs in turn for ever.
_WRITER = """
import sys
import kg
graphs = [kg.open(folder) for folder in sys.argv[2:]]
for graph in graphs:
    graph.asserted, graph.derived, graph.content.record
print("begins", flush=True)
while True:
    for graph in graphs:
        try:
            graph.save(sys.argv[1])
        except kg.StoreError as error:
            print(error, flush=True)
        else:
            print("saved", flush=True)
"""
# The child publishes the same sources in two places in turn for ever.
_PUBLISHER = """
import sys
from pathlib import Path
import kg
from kg.api import publish
print("begins", flush=True)
while True:
    for source in sys.argv[3:]:
        try:
            publish([source], store=sys.argv[1], folder=Path(sys.argv[2]))
        except kg.KgError as error:
            print(error, flush=True)
        else:
            print("published", flush=True)
"""


def test_reader_beside_a_writer_sees_one_graph_or_the_other_whole(
    small: kg.Graph, beside: kg.Graph, tmp_path: Path, zygote: Zygote
) -> None:
    graphs, store = [small, beside], tmp_path / "store"
    for number, made in enumerate(graphs):
        made.save(tmp_path / str(number))
    small.save(store)
    query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    right = [sorted(map(str, made.query(query).rows)) for made in graphs]
    counts = [0, 0]
    folders = [str(tmp_path / str(number)) for number in range(2)]
    with zygote.running(_WRITER, str(store), *folders) as (_, stdout):
        assert stdout.readline() == b"begins\n"
        for done in range(20 * max(KILLS, 12)):
            if done >= max(KILLS, 12) and all(counts):
                break  # on a machine that is busy the writer may come to nothing for a while
            opened = kg.open(store)
            found = sorted(map(str, opened.query(query).rows))
            number = right.index(found)
            assert opened.asserted == graphs[number].asserted
            assert opened.derived == graphs[number].derived
            counts[number] += 1
            tried("readings beside a writer")
    assert all(counts), counts


def test_two_writers_of_a_store_and_a_folder_never_mix_them_unnoticed(
    acme: Path, tmp_path: Path, zygote: Zygote
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for path in acme.iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    with (other / "things.ttl").open("a") as things:
        things.write("<a:s> <a:p> 1 .\n")
    store, out = tmp_path / "store", tmp_path / "out"
    said: list[bytes] = []
    with (
        zygote.running(_PUBLISHER, str(store), str(out), str(acme), str(other)) as (one, first),
        zygote.running(_PUBLISHER, str(store), str(out), str(other), str(acme)) as (two, second),
    ):
        for stdout in (first, second):
            assert stdout.readline() == b"begins\n"
        while said.count(b"published\n") < max(KILLS // 4, 3):
            said.append(first.readline())
            tried("builds beside another of the same places")
            assert said[-1]
        for writer in (one, two):
            os.kill(writer, signal.SIGKILL)
        for stdout in (first, second):
            said += stdout.readlines()
    assert set(said) <= {
        b"published\n",
        f"{store}: another build is writing it; wait for its end\n".encode(),
        f"{out}: another build is writing it; wait for its end\n".encode(),
    }
    assert len(set(said)) > 1
    kg.api.publish([acme], store=str(store), folder=out)
    assert check_publication(out, store) == ()


def test_second_build_of_a_folder_is_told_and_leaves_all_as_it_was(
    acme: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    assert run("build", acme, "--store", store, "-o", out).exit_code == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with (acme / "things.ttl").open("a") as things:
        things.write("<a:s> <a:p> 1 .\n")
    changed = {acme / "things.ttl": (acme / "things.ttl").read_bytes()}
    with locked(out / WRITING):
        assert check_publication(out) == (f"{out}: a build is writing it; wait for its end",)
        result = run("build", acme, "--store", store, "-o", out)
    assert result.exit_code == 3
    assert result.stderr == f"kg: {out}: another build is writing it; wait for its end\n"
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after == {**before, **changed}
    assert run("build", acme, "--store", store, "-o", out).exit_code == 0
    assert check_publication(out, store) == ()


def test_second_writer_of_a_store_leaves_the_folder_as_it_was(acme: Path, tmp_path: Path) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    kg.api.publish([acme], store=str(store))
    with locked(store / "lock"), pytest.raises(StoreError, match="another build is writing it"):
        kg.api.publish([acme], store=str(store), folder=out)
    assert not out.exists()


def test_what_a_living_command_writes_is_not_swept(tmp_path: Path) -> None:
    with held_file(tmp_path) as (handle, file), held_folder(tmp_path) as folder:
        os.write(handle, b"written")
        assert left_aside(tmp_path) == []
        sweep(tmp_path)
        assert file.read_bytes() == b"written"
        assert folder.is_dir()
        file.replace(tmp_path / "done")
    assert [path.name for path in tmp_path.iterdir()] == ["done"]


def test_what_is_not_ours_is_not_swept(tmp_path: Path) -> None:
    kept = [".plans.ttl-original", ".kg-abcd1234.part.bak", ".kg-notes.part", "kg-abcd1234.part"]
    for name in kept:
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_bytes(b"mine")
    (tmp_path / ".kg-link0000.part").symlink_to("mine")
    os.mkfifo(tmp_path / ".kg-pipe0000.part")
    (tmp_path / ".kg-left0000.part").write_bytes(b"left")
    (tmp_path / ".kg-left1111.part").mkdir()
    assert [path.name for path in left_aside(tmp_path)] == [
        ".kg-left0000.part",
        ".kg-left1111.part",
    ]
    sweep(tmp_path)
    found = {path.name for path in tmp_path.iterdir()}
    assert found == {*kept, "mine", ".kg-link0000.part", ".kg-pipe0000.part"}
    assert (tmp_path / "mine" / "notes").read_bytes() == b"mine"


def test_folder_that_was_to_be_replaced_when_a_command_was_killed_is_put_back(
    tmp_path: Path,
) -> None:
    for name, there in (("tables", False), ("graph", True)):
        aside = tmp_path / f".kg-{name:_<8}.part" / "kept" / name
        aside.mkdir(parents=True)
        (aside / "a.csv").write_bytes(b"old")
        if there:
            (tmp_path / name).mkdir()
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"tables", "graph"}
    assert (tmp_path / "tables" / "a.csv").read_bytes() == b"old"
    assert list((tmp_path / "graph").iterdir()) == []
