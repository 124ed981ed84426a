"""Virtuoso as a peer: its bulk loader, and the questions over HTTP, timed by its own processor time."""

from __future__ import annotations

import atexit
import configparser
import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from kg.query import questions as catalogue
from tests.benchmarks import asked
from tests.benchmarks.clock import SERVERS, opened, spent

if TYPE_CHECKING:
    from collections.abc import Iterator

BUFFERS: Final = 250_000
"""Pages of 8 kB that it may keep in memory: about 2 GB, of which it takes what it needs."""

MOST: Final = 50
"""How often a question is asked at most, since the clock of the processor is coarse."""


class Server:
    """A Virtuoso on the loopback with an empty store of its own, until this process ends."""

    def __init__(self, at: Path) -> None:
        """Start it; it may read the folder of a world."""
        from tests.store import servers

        if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
            sys.exit("not here: Debian's virtuoso-opensource-7")
        self.at = at.resolve()
        self._open = contextlib.ExitStack()
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="virtuoso-")))
        self.root = self._open.enter_context(
            servers.virtuoso(folder, buffers=BUFFERS, readable=f"., {self.at}")
        )
        atexit.register(self.stop)
        settings = configparser.ConfigParser(strict=False)
        settings.read(folder / "virtuoso.ini")
        self._sql = settings["Parameters"]["ServerPort"]
        lock = (folder / "virtuoso.lck").read_text(encoding="utf-8")
        self._process = int(lock.partition("VIRT_PID=")[2].split()[0])
        SERVERS.append(self._process)
        self._client = self._open.enter_context(httpx.Client())

    def stop(self) -> None:
        """Kill it, whatever it does."""
        if self._process in SERVERS:
            SERVERS.remove(self._process)
        self._open.close()

    def load(self, name: str) -> int:
        """Load a file of the world by the bulk loader, make it last, and return how many triples."""
        script = f"ld_dir('{self.at}', '{name}', 'urn:world'); rdf_loader_run(); checkpoint;"
        command = ["isql-vt", self._sql, "dba", "dba", f"exec={script}"]
        subprocess.run(command, check=True, capture_output=True)
        counted = self.ask("SELECT (COUNT(*) AS ?n) { GRAPH <urn:world> { ?s ?p ?o } }", 600)
        return int(counted.split()[-1])

    def ask(self, text: str, seconds: float) -> bytes:
        """Return the answer to a query as TSV."""
        answer = self._client.post(f"{self.root}/sparql", data={"query": text}, timeout=seconds,
                            headers={"Accept": "text/tab-separated-values"})  # fmt: skip
        return answer.raise_for_status().content


def questions(at: Path, seconds: float) -> dict[str, dict[str, float] | None]:
    """Ask all questions of one company; None where one takes more than so many seconds."""
    stored = opened(at)
    took: dict[str, dict[str, float] | None] = {}
    started = _loaded(at)
    server = next(started)
    for name in catalogue.question_names():
        text = stored.sparql(name, arguments=asked.one(name), today=asked.TODAY)
        try:
            rows = server.ask(text, seconds).strip().count(b"\n")
            began, end, often = spent(), time.monotonic() + seconds, 0
            while often < MOST and spent() - began < 0.5 and time.monotonic() < end:
                server.ask(text, seconds)
                often += 1
            took[f"{name} one"] = {"seconds": (spent() - began) / often, "rows": rows}
        except httpx.HTTPError:
            took[f"{name} one"] = None
            server.stop()  # it would go on and on
            server = next(started)
    return took


def _loaded(at: Path) -> Iterator[Server]:
    """Yield a server that holds all of a world, and a new one whenever that has been stopped."""
    while True:
        server = Server(at)
        server.load("all.nt")
        yield server
