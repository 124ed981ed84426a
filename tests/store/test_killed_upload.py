"""A build that is killed in the middle of sending its graph to an endpoint, at any moment.

`KG_KILLS=200 pytest tests/store/test_killed_upload.py` kills as often as that.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pyoxigraph as ox

import kg
from tests.store.test_killed import KILLS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

# The child sends two graphs in turn for ever, in many requests, and says when it begins.
_SENDER = """
import sys
import kg
from kg.store import endpoint, upload
endpoint.BATCH, upload.NOTED = 20_000, 4
graphs = [kg.open(folder) for folder in sys.argv[2:]]
print("begins", flush=True)
while True:
    for graph in graphs:
        graph.save(sys.argv[1])
"""

# The triples of every graph, as the engine keeps them.
Graphs = dict[str, frozenset[str]]


def test_killed_upload_leaves_every_graph_whole_and_the_next_build_finishes_it(
    oxigraph, graph: kg.Graph, acme: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    small = kg.build([acme])
    wanted = []
    for number, made in enumerate((graph, small)):
        made.save(tmp_path / str(number))
        wanted.append(_graphs(made.asserted + made.derived))
    moments = random.Random(7)  # noqa: S311 - repeatable, not secret
    broken_off = 0
    with oxigraph(tmp_path, "--union-default-graph") as root:
        url = f"{root}/query"
        small.save(url)
        command = [sys.executable, "-c", _SENDER, url, *(str(tmp_path / n) for n in "01")]
        for _ in range(max(KILLS // 2, 1)):
            with subprocess.Popen(command, stdout=subprocess.PIPE) as sender:
                assert sender.stdout
                assert sender.stdout.readline() == b"begins\n"
                time.sleep(moments.uniform(0, 1.5))
                sender.send_signal(signal.SIGKILL)
            there = _held(root)
            for name, triples in there.items():
                assert triples in [graphs.get(name) for graphs in wanted], name
            told = run("stats", "--store", url)
            assert told.exit_code == 0
            if kg.open(url).unfinished:
                broken_off += 1
                assert "a build is not finished" in told.stderr
            else:
                assert there in wanted
                assert told.stderr == ""
            assert run("build", acme, "--store", url).exit_code == 0
            assert _held(root) == wanted[1]
            assert run("stats", "--store", url).stderr == ""
    assert broken_off


def _held(root: str) -> Graphs:
    """Return what the server holds beside the manifest."""
    answer = httpx.get(f"{root}/store", headers={"Accept": "application/n-quads"}, timeout=60)
    graphs = _graphs(answer.raise_for_status().content)
    return {name: triples for name, triples in graphs.items() if not name.endswith("/manifest")}


def _graphs(nquads: bytes) -> Graphs:
    store = ox.Store()
    store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
    found: dict[str, set[str]] = {}
    for quad in store:
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(quad.graph_name.value, set()).add(str(quad.triple))
    return {name: frozenset(triples) for name, triples in found.items()}
