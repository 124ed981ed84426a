"""Reading in processes and on Spark gives the bytes, and the errors, of reading one by one."""

from __future__ import annotations

import importlib.util
import json
import multiprocessing
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg import sources
from kg.base import KgError, Report, SourceError, WorkerError, errors
from kg.sources import files, parallel
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

QUADS = "".join(f'<a:s{i}> <a:p> "{i}" <a:g{i % 3}> .\n' for i in range(200))


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut files of lines finely, and start processes for however little."""
    monkeypatch.setattr(files, "PIECE", 500)
    monkeypatch.setattr(parallel, "PAYS", 1)


@pytest.fixture
def many(acme: Path) -> Path:
    """The folder of `acme` with files of lines: plain, with comments at the end, with blank nodes."""
    (acme / "lines.nq").write_text(QUADS)
    (acme / "comments.nq").write_text(QUADS + "# and no more\n" * 100)
    (acme / "blank.nq").write_text(QUADS + "<a:s> <a:p> _:b <a:g> .\n_:b <a:p> <a:s> <a:g> .\n")
    return acme


@pytest.mark.usefixtures("cut")
def test_processes_read_the_same(many: Path) -> None:
    found = files.find_files([many])
    assert parallel.processes(2)(found) == parallel.one_by_one(found)
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
        parallel.one_by_one(found)
    with pytest.raises(SourceError) as spreaded:
        parallel.processes(2)(found)
    assert str(spreaded.value) == str(plain.value)
    assert f"{broken}.nq:201: is not N-Quads" in str(plain.value)


def test_little_is_read_without_a_process(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_context", None)
    found = files.find_files([acme])
    assert parallel.processes(8)(found) == parallel.one_by_one(found)


def dies(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.usefixtures("cut")
def test_killed_process_is_one_sentence(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_read", dies)
    with pytest.raises(WorkerError, match="was killed, perhaps for lack of memory"):
        parallel.processes(2)(files.find_files([many]))


def test_every_error_travels_between_processes() -> None:
    made = {
        errors.FindingsError: (Report(),),
        errors.SourceError: ("a.yaml", "is wrong"),
        errors.UnknownNameError: ("thing", "a", ["b"]),
    }
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in kinds:
        error = kind(*made.get(kind, ("a sentence",)))
        assert isinstance(error, KgError)
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert (type(again), str(again), vars(again)) == (kind, str(error), vars(error))


def test_command_takes_processes_or_a_cluster(acme: Path, tmp_path: Path, run) -> None:
    out = ("-o", tmp_path / "out")
    assert run("build", acme, *out, "--workers", "2").exit_code == 0
    assert run("build", acme, *out, "--workers", "0").exit_code == 2
    both = run("build", acme, *out, "--workers", "2", "--spark", "local[1]")
    assert (both.exit_code, "not both" in both.stderr) == (2, True)


def test_spark_without_pyspark_says_what_to_install(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(errors.UsageError, match=r"pip install -e '\.\[spark\]'"):
        kg.build([acme], read=sources.spark("local[1]"))


# --- a real cluster: a master and two workers on loopback

pyspark = importlib.util.find_spec("pyspark")
needs_spark = pytest.mark.skipif(
    not pyspark or not shutil.which("java"), reason="Spark is left out: PySpark or Java is missing"
)
LONG = 300  # seconds; a cluster is slow to start on a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def spark_env() -> dict[str, str]:
    """What a process of the cluster, or that talks to it, finds in its environment."""
    return {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }


@pytest.fixture(scope="module")
def cluster(spark_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a master that has two workers."""
    assert pyspark is not None
    folder = tmp_path_factory.mktemp("spark")
    port, page = free_port(), free_port()
    master = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    here = ("--host", "127.0.0.1", "--webui-port")
    worker = (f"{deploy}.worker.Worker", *here, "0", "--cores", "1", "--memory", "1g", master)
    commands = [(f"{deploy}.master.Master", *here, str(page), "--port", str(port)), worker, worker]
    running: list[subprocess.Popen[bytes]] = []
    try:
        for number, command in enumerate(commands):
            with (folder / f"{number}.log").open("wb") as log:
                running.append(
                    subprocess.Popen(
                        [Path(str(pyspark.origin)).parent / "bin" / "spark-class", *command],
                        stdout=log,
                        stderr=log,
                        cwd=folder,
                        env={**spark_env, "SPARK_WORKER_DIR": str(folder)},
                        start_new_session=True,
                    )
                )
        wait_for_workers(page, 2)
        yield master
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            process.wait(LONG)


def wait_for_workers(page: int, count: int) -> None:
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/") as answer:
                workers = json.load(answer)["workers"]
        except OSError:
            workers = []
        if sum(worker["state"] == "ALIVE" for worker in workers) == count:
            return
        time.sleep(0.2)
    raise TimeoutError("the cluster did not start")


@needs_spark
def test_cluster_builds_the_same_store(
    acme: Path, tmp_path: Path, cluster: str, spark_env: dict[str, str], run
) -> None:
    def command(name: str) -> list[str]:
        out, store = str(tmp_path / name), str(tmp_path / f"{name}.store")
        return ["build", "--with-shipped", str(acme), "-o", out, "--store", store]

    done = subprocess.run(
        [sys.executable, "-m", "kg", *command("spark"), "--spark", cluster],
        env=spark_env,
        capture_output=True,
        check=False,
        timeout=LONG,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    assert run(*command("plain")).exit_code == 0
    assert kg.open(tmp_path / "spark.store").asserted == kg.open(tmp_path / "plain.store").asserted
    # A generation is named by the digest of all that it holds.
    made, plain = (tmp_path / f"{how}.store" / "current" for how in ("spark", "plain"))
    assert made.read_text() == plain.read_text()
    for name in ("plans.ttl", "plans.html"):
        assert (tmp_path / "spark" / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()


SCRIPT = """
import sys
from kg import inputs, spread
from kg.errors import SourceError
files.PIECE = 2000
read = parallel.spark(sys.argv[1])
good, bad = ([*files.find([folder])] for folder in sys.argv[2:])
assert max(len(files.pieces(file)) for file in good) > 2
assert read(good) == parallel.here(good)
try:
    read(bad)
except SourceError as error:
    print(error)
"""


@needs_spark
def test_cluster_reads_pieces_and_tells_the_first_error(
    many: Path, tmp_path: Path, cluster: str, spark_env: dict[str, str]
) -> None:
    bad = tmp_path / "bad"
    shutil.copytree(many, bad)
    for name in ("lines.nq", "things.ttl"):
        (bad / name).write_text(QUADS + "what is this\n" + QUADS)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, cluster, str(many), str(bad)],
        env=spark_env,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )
    with pytest.raises(SourceError) as plain:
        parallel.one_by_one(files.find_files([bad]))
    assert (done.stdout, done.returncode) == (f"{plain.value}\n", 0), done.stderr


@needs_spark
def test_cluster_of_another_version_is_refused(
    acme: Path, tmp_path: Path, cluster: str, spark_env: dict[str, str]
) -> None:
    other = tmp_path / "other"
    for name in ("kg", "viz", "ontology", "data"):
        shutil.copytree(ROOT / name, other / name)
    module = other / "kg" / "base" / "resources.py"
    module.write_text(module.read_text() + "# of another day\n")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build", str(acme), "-o", str(tmp_path), "--spark", cluster],
        env={**spark_env, "PYTHONPATH": str(other)},
        cwd=other,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )
    assert done.returncode == 3, done.stderr
    assert "the workers of Spark have another version of kg" in done.stderr
    assert not (tmp_path / "plans.ttl").exists()
