"""A server of the shipped data, started as a user starts it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from tests.chromium import browsing
from tests.store.conftest import (
    oxigraph as oxigraph,  # noqa: PLC0414 - a fixture
    virtuoso as virtuoso,  # noqa: PLC0414 - a fixture
)


class Server:
    """A server in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kg", "serve", "--port", "0", *arguments],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        self.said = self.process.stderr.readline()
        found = re.search(r"http://\S+/sparql", self.said)
        assert found, self.said
        self.url = found[0]

    def get(self, query: str, accept: str = "*/*", **more: object) -> httpx.Response:
        return httpx.get(
            self.url, params={"query": query, **more}, headers={"Accept": accept}, timeout=30
        )

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            assert self.process.stderr is not None
            self.process.stderr.close()


@pytest.fixture(scope="package")
def server() -> Iterator[Server]:
    started = Server("--workers", "2", "--query-seconds", "6", "--answer-size", "1M")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def browser():
    """A browser for one file of tests: others here run a loop of their own."""
    with browsing() as started:
        yield started
