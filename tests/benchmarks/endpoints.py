"""SPARQL endpoints over the same data, each started as its own users start it: ours, Oxigraph's and rdflib-endpoint.

Oxigraph's reads the very files of our index. rdflib-endpoint reads the same triples into rdflib, in an
environment of its own in the work folder.
"""

from __future__ import annotations

import contextlib
import heapq
import re
import socket
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

import kg
from kg.base import nquads
from tests.benchmarks import generate
from tests.benchmarks.peers import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS: Final = 120
"""How long one query may take, and an endpoint to start."""


def prepare(folder: Path, triples: int | None) -> Path:
    """Make a store of a generated world of a size, or of the shipped data, and its triples as N-Triples."""
    at = folder / f"serve-{triples or 'shipped'}"
    if (at / "all.nt").exists():
        return at
    at.mkdir(parents=True, exist_ok=True)
    if triples:
        generate.write_nquads(at / "world.nq", triples)
        kg.build([at / "world.nq"], check=False).save(at / "store")
    else:
        kg.build(check=False).save(at / "store")
    lines = heapq.merge(*map(kg.open(at / "store").lines, ("asserted", "derived")))
    triples_once = (triple + b" .\n" for triple, _ in groupby(nquads.triples(lines)))
    (at / "all.nt").write_bytes(b"".join(triples_once))
    return at


def snapshot(at: Path) -> Path:
    """Return the folder of what the store of a world holds."""
    return at / "store" / (at / "store" / "current").read_text(encoding="utf-8").strip()


@contextlib.contextmanager
def ours(at: Path) -> Iterator[str]:
    """Run `kg serve`."""
    command = [sys.executable, "-m", "kg", "serve", str(at / "store"), "--port", "0",
               "--query-seconds", str(SECONDS), "--answer-size", "512M"]  # fmt: skip
    with _running(command, stderr=subprocess.PIPE) as process:
        assert process.stderr
        found = re.search(r"http://\S+/sparql", process.stderr.readline())
        assert found
        yield found[0]


@contextlib.contextmanager
def oxigraph(at: Path) -> Iterator[str]:
    """Run `oxigraph serve-read-only` of PyPI, over the files of our index."""
    port = _free()
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve-read-only", "--union-default-graph",
               "--location", str(snapshot(at) / "index"), "--bind", f"127.0.0.1:{port}"]  # fmt: skip
    with _running(command) as process:
        yield _asked(f"http://127.0.0.1:{port}/query", process)


@contextlib.contextmanager
def rdflib_endpoint(at: Path) -> Iterator[str]:
    """Run rdflib-endpoint over the same triples in rdflib's own store."""
    port, python = _free(), environment(at, "rdflib-endpoint[cli]")
    command = [str(python.with_name("rdflib-endpoint")), "serve", "--host", "127.0.0.1", "--port", str(port),
               str(at / "all.nt")]  # fmt: skip
    with _running(command) as process:
        yield _asked(f"http://127.0.0.1:{port}/", process)


ENDPOINTS: Final = {
    "kg serve": ours, "oxigraph serve-read-only": oxigraph, "rdflib-endpoint": rdflib_endpoint,
}  # fmt: skip


@contextlib.contextmanager
def _running(
    command: list[str], stderr: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=stderr, text=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _asked(url: str, process: subprocess.Popen[str]) -> str:
    """Wait until an endpoint answers, and return its address."""
    until = time.monotonic() + 5 * SECONDS  # rdflib reads a million triples for minutes
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(url, params={"query": "ASK {}"}, timeout=SECONDS).is_success:
                return url
        time.sleep(0.2)
    sys.exit(f"{url}: does not answer")


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
