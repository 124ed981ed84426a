"""What is read and made on Spark has the bytes, and the errors, of what is read and made here.

One test has a cluster, of a master and two workers on loopback; the others share a Spark that has
its workers beside it.
"""

from __future__ import annotations

import contextlib
import csv
import importlib.util
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import httpx
import pytest

import kg
from kg import sources
from kg.api import build_in_parts, build_store
from kg.base import (
    CP,
    ID,
    PREFIXES,
    RDF,
    FindingsError,
    KgError,
    OutputError,
    SourceError,
    StoreError,
    TimeLimitError,
    UsageError,
    nquads,
)
from kg.pipeline import graph_on_spark, neighbourhood_files, sent_from_spark, streaming
from kg.sources import cluster as spark, cluster_reading, files, parallel
from kg.store import endpoint, remote, sent_there, upload
from tests.conftest import ARTICLE, ROOT
from tests.sources.conftest import QUADS
from tests.store import servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark import SparkContext

LONG = 300  # seconds; a cluster is slow to start on a busy machine
# Most of what a short-lived Java does is to compile itself, and to guess at threads for its rubbish.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def test_spark_without_pyspark_says_what_to_install(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(UsageError, match=r"pip install -e '\.\[spark\]'"):
        kg.build([acme], read=sources.spark("local[1]"))


def test_file_that_cannot_be_read_travels_as_what_is_wrong_with_it(tmp_path: Path) -> None:
    gone = files.Piece(files.File(tmp_path / "gone.ttl", "gone"))
    told = parallel.loaded(gone)
    assert str(told).endswith("gone.ttl: cannot be read: No such file or directory")


def test_nothing_needs_no_spark() -> None:
    assert parallel.read_together(
        sources.spark("spark://nowhere:7077"), []
    ) == parallel.read_together(parallel.one_by_one, [])


@pytest.mark.parametrize("master", ["", "nonsense://x", "localhost:7077", "spark://", "local[x]"])
def test_address_of_no_cluster_is_told_before_anything_is_read(master: str) -> None:
    with pytest.raises(UsageError, match="is no Spark cluster; give spark://HOST:PORT"):
        sources.spark(master)


@pytest.mark.parametrize(
    "master",
    ["local", "local[*]", "local[2,3]", "local-cluster[2,1,1024]", "yarn",
     "spark://a:7077,b:7077", "k8s://https://a:443"],
)  # fmt: skip
def test_address_that_spark_documents_is_taken(master: str) -> None:
    assert callable(sources.spark(master))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            "x JAVA_GATEWAY_EXITED y",
            "Java did not start; install Java 17 or newer, or set JAVA_HOME",
        ),
        (" It broke.\n\tat org.apache", "It broke."),
        ("", ""),
        (
            (
                "An error occurred while calling o1.exists.\n: java.net.ConnectException: Call failed: x\n\tat java\n"
                "Caused by: java.net.ConnectException: Connection refused\n\t... 35 more"
            ),
            "Connection refused",
        ),
        (
            (
                "An error occurred while calling z:collectAndServe.\n: org.apache.spark.api.python.PythonException: "
                'Thrown: Traceback (most recent call last):\n  File "a.py", line 1, in b\n    c()\nValueError: odd\n SQLSTATE: 3'
            ),
            "ValueError: odd",
        ),
        (
            "ModuleNotFoundError: No module named 'kg.other'",
            f"{spark._OTHER}, or none; install there what is installed here",
        ),
    ],
)
def test_error_of_spark_is_told_as_what_can_be_done(error: str, told: str) -> None:
    assert spark._plain(error) == told


def test_connection_serves_all_that_is_done_meanwhile(
    spark_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del spark_home
    told: list[str] = []

    class Connection:
        defaultParallelism = 1  # noqa: N815 - as Spark calls it

        def stop(self) -> None:
            told.append("stopped")

    def context(_: object) -> tuple[Connection, bool]:
        at_work = bool(told) and told[-1] != "stopped"
        told.append("used" if at_work else "made")
        return Connection(), not at_work

    monkeypatch.setattr(spark, "_context", context)

    def connect() -> None:
        with spark.connected("spark://nowhere:7077"):
            pass

    with spark.one_connection():
        assert told == []  # who has nothing to do there asks nobody
        connect()
        connect()
        assert told == ["made", "used"]
    connect()
    assert told == ["made", "used", "stopped", "made", "stopped"]


@pytest.fixture(scope="session")
def spark_home() -> Path:
    """The folder of PySpark. Without it its tests are skipped, except where CI is set."""
    found = importlib.util.find_spec("pyspark")
    if not found or not shutil.which("java"):
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("Spark is left out: PySpark or Java is missing; see tests/find-spark.sh")
    return Path(str(found.origin)).parent


# --- Spark beside its workers


@pytest.fixture(scope="module")
def local_spark(
    spark_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SparkContext]:
    """The one Spark of this process; whoever asks for another has this one."""
    del spark_home
    from pyspark import SparkConf, SparkContext

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", QUICK)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.chdir(tmp_path_factory.mktemp("spark"))  # or its workers find our modules beside them
        settings = SparkConf().setMaster("local[2]").setAppName("tests")
        for name, value in {"ui.enabled": "false", "ui.showConsoleProgress": "false"}.items():
            settings.set(f"spark.{name}", value)
        context = SparkContext(conf=settings)
    java = SparkContext._gateway.proc
    yield context
    context.stop()
    SparkContext._gateway.shutdown()
    SparkContext._gateway = SparkContext._jvm = None
    java.stdin.close()
    java.wait(LONG)


@pytest.mark.usefixtures("local_spark")
def test_spark_reads_pieces_and_tells_the_first_error(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PIECE", 2000)
    monkeypatch.setattr(cluster_reading, "_SENT", 2000)
    read, good = sources.spark("local[2]"), files.find_files([many])
    assert max(len(files.split(file)) for file in good) > 2
    assert parallel.read_together(read, good) == parallel.read_together(parallel.one_by_one, good)
    bad = tmp_path / "bad"
    shutil.copytree(many, bad)
    for name in ("lines.nq", "things.ttl"):
        (bad / name).write_text(QUADS + "what is this\n" + QUADS)
    with pytest.raises(SourceError) as plain:
        parallel.read_together(parallel.one_by_one, files.find_files([bad]))
    with pytest.raises(SourceError) as spread:
        parallel.read_together(read, files.find_files([bad]))
    assert str(spread.value) == str(plain.value)


def test_spark_of_another_version_is_refused(
    acme: Path, tmp_path: Path, local_spark: SparkContext, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    for name in ("kg", "viz", "ontology", "data"):
        shutil.copytree(ROOT / name, other / name)
    module = other / "kg" / "base" / "resources.py"
    module.write_text(module.read_text() + "# of another day\n")
    monkeypatch.setitem(local_spark.environment, "PYTHONPATH", str(other))
    done = run("build", acme, "-o", tmp_path / "out", "--spark", "local[2]")
    assert done.exit_code == 3, done.stderr
    assert "the workers of Spark have another version of kg" in done.stderr
    assert not (tmp_path / "out" / "plans.ttl").exists()


@pytest.mark.usefixtures("local_spark")
def test_large_graph_is_derived_on_spark(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "WHOLE", 0)
    monkeypatch.setattr(neighbourhood_files, "LINES", 500)
    here, there = tmp_path / "here", tmp_path / "there"
    read, spread = sources.spark("local[2]"), sources.over_spark("local[2]")
    build_store([acme], str(here), shipped=True)
    build_store([acme], str(there), shipped=True, read=read, spread=spread)
    # A snapshot is named by the digest of all that it holds.
    assert (here / "current").read_text() == (there / "current").read_text()


@pytest.mark.parametrize("address", ["out[1]", "hdfs://a/{b", "x*", "what?", "a\\b"])
def test_address_that_spark_takes_for_a_pattern_is_refused(acme: Path, address: str) -> None:
    with pytest.raises(UsageError, match="for a pattern of addresses; name one without it"):
        build_in_parts([acme], "local[2]", address)


def test_table_is_not_sent_to_a_cluster() -> None:
    (table, *_) = sorted((ROOT / "data" / "tables").glob("*.csv"))
    with pytest.raises(SourceError, match="is a table, and only sources go to a cluster"):
        build_in_parts([table], "local[2]", "out")


@pytest.mark.usefixtures("local_spark")
def test_published_file_is_told_as_in_a_build_here(tmp_path: Path) -> None:
    results = tmp_path / "results.xml"
    results.write_text('<iati-activities version="2.03"></iati-activities>')
    with pytest.raises(SourceError) as plain:
        kg.build([results])
    with pytest.raises(SourceError) as there:
        build_in_parts([results], "local[2]", str(tmp_path / "parts"))
    assert "kg import makes a source of it" in str(plain.value)
    assert str(there.value) == str(plain.value)


@pytest.mark.usefixtures("local_spark")
@pytest.mark.parametrize(
    ("address", "why"), [("nope://x/y", 'No FileSystem for scheme "nope"'), ("", "empty string")]
)
def test_address_that_cannot_be_written_to_is_told_before_anything_is_read(
    acme: Path, address: str, why: str
) -> None:
    with pytest.raises(OutputError, match=f"^{address}: cannot be written: .*{why}"):
        build_in_parts([acme], "local[2]", address)


@pytest.mark.usefixtures("local_spark")
def test_graph_in_parts_is_that_of_a_build_here(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_on_spark, "LINES", 2000)
    # What ends a line to Java is none in N-Quads.
    article = acme / "gazette-2020.yaml"
    article.write_text(
        article.read_text() + '    note: "In words\\u2028of \\u0085 several\\u2029 lines."\n'
    )
    address = (tmp_path / "parts").as_uri()
    built = build_in_parts([acme], "local[2]", address)
    plain = kg.build([acme])
    assert in_parts(tmp_path / "parts") == nquads.union([plain.asserted, plain.derived])
    assert (built.asserted, built.derived) == (
        len(plain.asserted.splitlines()),
        len(plain.derived.splitlines()),
    )
    rows = duckdb.read_parquet(f"{tmp_path}/parts/parquet/*.parquet").fetchall()
    lines = sorted(" ".join(row).encode() + b" .\n" for row in rows)
    assert b"".join(lines) == nquads.union([plain.asserted, plain.derived])
    assert any("\u2028of \u0085 several\u2029" in value for _, _, value, _ in rows)
    with pytest.raises(OutputError, match="is there already"):
        build_in_parts([acme], "local[2]", address)


def in_parts(folder: Path) -> bytes:
    parts = sorted((folder / "nquads").glob("part-*"))
    assert len(parts) > 1
    return b"".join(part.read_bytes() for part in parts)


@pytest.mark.usefixtures("local_spark")
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_written(
    acme: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix cp: <https://w3id.org/corporate-plans/ontology#> . "
        "<https://w3id.org/corporate-plans/id/x> cp:near <https://w3id.org/corporate-plans/id/nobody> ."
    )
    article = acme / "gazette-2020.yaml"
    said = article.read_text()
    for right, wrong in (
        (": jo-doe", ": jo-do"),
        ("retail-outlets", "retail-outlet"),
        ("2030-12-31", "31.12.2030"),
    ):
        said = said.replace(right, wrong)
    waiting = "author: ann-poe\nproposed:\n  - {id: ann-poe, type: Person, label: Ann Poe}\n"
    (acme / "waiting.yaml").write_text(
        ARTICLE.partition("text:")[0].replace("2020\n", "2021\n", 1) + waiting
    )
    article.write_text(said)
    with pytest.raises(FindingsError) as plain:
        kg.build([acme, bad])
    with pytest.raises(FindingsError) as there:
        build_in_parts([acme, bad], "local[2]", (tmp_path / "parts").as_uri())
    assert there.value.report == plain.value.report
    told = "\n".join(one.as_line() for one in plain.value.report.findings)
    for meant in (
        "'jo-doe'?",
        "'retail-outlets'?",
        "'2030-12-31'?",
        "only proposed yet: kg review",
    ):
        assert meant in told
    assert not (tmp_path / "parts").exists()
    twice = tmp_path / "twice"
    twice.mkdir()
    text = ARTICLE
    (twice / "a.yaml").write_text(text)
    (twice / "b.yaml").write_text(text)
    with pytest.raises(SourceError) as same:
        build_in_parts([twice], "local[2]", (tmp_path / "parts").as_uri())
    with pytest.raises(SourceError) as told:
        kg.build([twice])
    assert str(same.value) == str(told.value)


# --- sent to an endpoint


def held(root: str, how: str) -> set[tuple[str, ...]]:
    """All that an endpoint holds, but for who wrote it."""
    query = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    told = httpx.post(root + how, data={"query": query}, headers={"Accept": "text/csv"}, timeout=60)
    return {
        tuple(row)
        for row in csv.reader(io.StringIO(told.raise_for_status().text, newline=""))
        if row[0].startswith(ID) and "terms/creator" not in row[2]
    }


def sent_alike(acme: Path, root: str, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send a graph from workers, and another one after it: both are what is sent from here."""
    monkeypatch.setattr(graph_on_spark, "LINES", 2000)
    article = acme / "gazette-2020.yaml"
    url, sent = root + how, []
    for _ in range(2):
        built = build_in_parts([acme], "local[2]", url)
        sent.append(held(root, how))
        plain = kg.build([acme])
        assert built.derived == len(plain.derived.splitlines())
        writer = remote.RemoteGraph(endpoint.Endpoint(url)).select(upload._WRITER)
        # Nothing is left to be sent, and so nobody else has written there.
        plain.save(url)
        assert remote.RemoteGraph(endpoint.Endpoint(url)).select(upload._WRITER) == writer
        assert not kg.open(url).unfinished
        article.write_text(article.read_text().replace("value: 20", "value: 30"))
        (acme / "gone.nq").unlink(missing_ok=True)
    assert sent[0] != sent[1]
    for graph in (sent[0] | sent[1], sent[1] - sent[0]):
        assert any("derived" in row[0] for row in graph)
    kg.build().save(url)
    kg.build([acme]).save(url)
    assert held(root, how) == sent[1]


@pytest.mark.usefixtures("local_spark")
def test_graph_that_workers_send_to_an_endpoint_is_that_which_is_sent_from_here(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = f'<{ID}bolt> <{PREFIXES["rdfs"]}label> "Bolt"@en <{ID}gone> .\n'
    (acme / "gone.nq").write_text(
        gone
        + gone.replace(f"{PREFIXES['rdfs']}label", f"{RDF}type").replace(
            '"Bolt"@en', f"<{CP}Company>"
        )
    )
    with servers.oxigraph(tmp_path, "--union-default-graph") as root:
        sent_alike(acme, root, "/query", monkeypatch)


@pytest.mark.usefixtures("local_spark")
def test_virtuoso_gets_the_same(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with servers.virtuoso(tmp_path) as root:
        for name, value in servers.settings_of_virtuoso(root).items():
            monkeypatch.setenv(name, value)
        sent_alike(acme, root, "/sparql", monkeypatch)


@pytest.mark.parametrize("kind", [StoreError, TimeLimitError])
def test_what_an_endpoint_told_a_worker_ends_as_it_would_here(kind: type[KgError]) -> None:
    py4j = pytest.importorskip("py4j.protocol")
    told = f"a\n  File\nkg.base.errors.{kind.__name__}: http://x/update: no answer\n\n\tat java\n"
    with pytest.raises(kind, match=r"^http://x/update: no answer$"), sent_from_spark._told():
        raise py4j.Py4JError(told)


@pytest.mark.usefixtures("local_spark")
def test_endpoint_that_a_worker_does_not_reach_is_told_and_the_next_build_ends_it(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match=r"^http://127\.0\.0\.1:9/query: cannot be reached"):
        build_in_parts([acme / "nowhere.ttl"], "local[2]", "http://127.0.0.1:9/query")
    with servers.oxigraph(tmp_path, "--union-default-graph") as root:
        real = sent_there.Sender
        with monkeypatch.context() as patch:
            patch.setattr(
                sent_there,
                "Sender",
                lambda _, *rest: real("http://127.0.0.1:9/query", *rest),
            )
            with pytest.raises(
                StoreError, match=r"^http://127\.0\.0\.1:9/update: cannot be reached"
            ):
                build_in_parts([acme], "local[2]", f"{root}/query")
        assert kg.open(f"{root}/query").unfinished
        build_in_parts([acme], "local[2]", f"{root}/query")
        there = held(root, "/query")
        kg.build([acme]).save(f"{root}/query")
        assert held(root, "/query") == there


# --- a real cluster: a master and two workers on loopback


def test_interrupting_is_left_to_who_connects_and_nothing_is_warned_of(
    spark_env: dict[str, str], spark_home: Path
) -> None:
    del spark_home
    script = (
        "import signal; from kg.sources import connected; before = signal.getsignal(signal.SIGINT)\n"
        "with connected('local[1]'): assert signal.getsignal(signal.SIGINT) is before"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=spark_env, capture_output=True, text=True, check=True
    )
    assert "Warning:" not in done.stderr  # as Python tells those of libraries


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def spark_env() -> dict[str, str]:
    """What a process of the cluster, or that talks to it, finds in its environment."""
    return {
        **os.environ,
        "JDK_JAVA_OPTIONS": QUICK,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }


@pytest.fixture(scope="module")
def cluster(
    spark_home: Path, spark_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a master that has two workers."""
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
                        [spark_home / "bin" / "spark-class", *command],
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
        # A master that has just begun to listen may answer with an empty page.
        except (OSError, json.JSONDecodeError):
            workers = []
        if sum(worker["state"] == "ALIVE" for worker in workers) == count:
            return
        time.sleep(0.2)
    raise TimeoutError("the cluster did not start")


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


def executors() -> set[int]:
    """The processes of workers that do the work of an application."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"CoarseGrainedExecutorBackend" in (place / "cmdline").read_bytes():
                found.add(int(place.name))
    return found


def test_worker_that_is_killed_costs_time_and_nothing_else(
    acme: Path, tmp_path: Path, cluster: str, spark_env: dict[str, str]
) -> None:
    address = (tmp_path / "parts").as_uri()
    # One of two has kept something by then.
    with_one_killed(acme, cluster, address, spark_env, lambda: time.sleep(3))
    plain = kg.build([acme], shipped=True)
    assert in_parts(tmp_path / "parts") == nquads.union([plain.asserted, plain.derived])


def test_worker_that_is_killed_while_it_sends_costs_time_and_nothing_else(
    acme: Path, tmp_path: Path, cluster: str, spark_env: dict[str, str]
) -> None:
    with servers.oxigraph(tmp_path, "--union-default-graph") as root:
        url = f"{root}/query"

        def sending() -> None:
            end = time.monotonic() + LONG
            while not held(root, "/query") and time.monotonic() < end:
                time.sleep(0.1)

        with_one_killed(acme, cluster, url, spark_env, sending)
        there = held(root, "/query")
        assert not kg.open(url).unfinished
        kg.build().save(url)
        kg.build([acme], shipped=True).save(url)
        assert held(root, "/query") == there


def with_one_killed(
    acme: Path, cluster: str, address: str, env: dict[str, str], wait: Callable[[], None]
) -> None:
    """Build in parts, and kill one of two at work after a while."""
    before = executors()
    command = ["build", "--with-shipped", str(acme), "--spark", cluster, "--parts", address]
    with subprocess.Popen(
        [sys.executable, "-m", "kg", *command], env=env, stderr=subprocess.PIPE, text=True
    ) as building:
        end = time.monotonic() + LONG
        while len(executors() - before) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        wait()
        assert building.poll() is None
        os.kill(min(executors() - before), signal.SIGKILL)
        _, told = building.communicate(timeout=LONG)
    assert building.returncode == 0, told
    assert "derived on spark://" in told
