"""Reading in processes gives the bytes, and the errors, of reading one by one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import SourceError, WorkerError
from kg.sources import files, parallel
from tests.alive import has_ended
from tests.sources.conftest import QUADS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.usefixtures("cut")
def test_processes_read_the_same(many: Path) -> None:
    found = files.find_files([many])
    assert parallel.read_together(parallel.processes(2), found) == parallel.read_together(
        parallel.one_by_one, found
    )
    assert max(len(files.split(file)) for file in found) > 10


@pytest.mark.usefixtures("cut")
def test_shipped_data_is_the_same_by_processes(graph: kg.Graph) -> None:
    built = kg.build(read=parallel.processes(2))
    assert (built.asserted, built.derived) == (graph.asserted, graph.derived)
    assert built.sources == graph.sources


@pytest.mark.usefixtures("cut")
def test_pieces_of_a_file_are_all_of_its_lines(many: Path) -> None:
    for name in ("lines.nq", "comments.nq", "blank.nq", "things.ttl"):
        pieces = files.split(files.File(many / name, name))
        assert b"".join(piece.load() for piece in pieces) == (many / name).read_bytes()
        assert (len(pieces) > 1) == (name in {"lines.nq", "comments.nq"})


@pytest.mark.usefixtures("cut")
@pytest.mark.parametrize("broken", [0, 1, 2])
def test_first_error_in_order_of_the_files_is_told(tmp_path: Path, broken: int) -> None:
    for number in range(4):
        bad = "what is this\n" if number >= broken else ""
        (tmp_path / f"{number}.nq").write_text(QUADS + bad + QUADS)
    found = files.find_files([tmp_path])
    with pytest.raises(SourceError) as plain:
        parallel.read_together(parallel.one_by_one, found)
    with pytest.raises(SourceError) as spreaded:
        parallel.read_together(parallel.processes(2), found)
    assert str(spreaded.value) == str(plain.value)
    assert f"{broken}.nq:201: is not N-Quads" in str(plain.value)


def test_little_is_read_without_a_process(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_context", None)
    found = files.find_files([acme])
    assert parallel.read_together(parallel.processes(8), found) == parallel.read_together(
        parallel.one_by_one, found
    )


def dies(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.usefixtures("cut")
def test_killed_process_is_one_sentence(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_read", dies)
    with pytest.raises(WorkerError, match="was killed, perhaps for lack of memory"):
        parallel.read_together(parallel.processes(2), files.find_files([many]))


_WITH_A_WORKER = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from kg.base.spread import end_together
if __name__ == "__main__":
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh, initializer=end_together) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def test_workers_end_with_a_command_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(_WITH_A_WORKER, "utf-8")
    command = [sys.executable, str(tmp_path / "a.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        worker = int(started.stdout.readline())
        os.kill(worker, 0)
        started.kill()
    assert has_ended(worker)


def test_command_takes_processes_or_a_cluster(acme: Path, tmp_path: Path, run) -> None:
    out = ("-o", tmp_path / "out")
    assert run("build", acme, *out, "--workers", "2").exit_code == 0
    assert run("build", acme, *out, "--workers", "0").exit_code == 2
    both = run("build", acme, *out, "--workers", "2", "--spark", "local[1]")
    assert (both.exit_code, "not both" in both.stderr) == (2, True)
