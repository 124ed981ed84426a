"""An endpoint of the tests' own, over HTTP and with a store in memory, that fails where a test says so."""

from __future__ import annotations

import contextlib
import http.server
import threading
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GONE: Final = 0
"""Stands for a connection that breaks off before there is an answer."""


@contextlib.contextmanager
def endpoint(fault: Callable[[str], int | None]) -> Iterator[str]:
    """Run it with nothing in it, and yield where it is asked and updated.

    `fault` is asked of each update: it returns the status that is answered in place of running it, or None.
    """
    store = ox.Store()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if self.headers["Content-Type"] != "application/sparql-update":
                rows = store.query(parse_qs(body)["query"][0], use_default_graph_as_union=True)
                assert isinstance(rows, ox.QuerySolutions)
                data = rows.serialize(format=ox.QueryResultsFormat.JSON)
                self.answer(200, data or b"", "application/sparql-results+json")
                return
            status = fault(body)
            if status is None:
                # The default graph is the union of all, which this engine has of queries alone.
                store.extend([ox.Quad(*quad.triple) for quad in store])
                store.update(body)
                store.clear_graph(ox.DefaultGraph())
            if status != GONE:
                self.answer(status or 200, b"as the test wants it", "text/plain")

        def answer(self, status: int, data: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with (
        pytest.MonkeyPatch.context() as patch,
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running,
    ):
        # Where another server of this run is updated is no place for this one.
        for name in ("KG_UPDATE", "KG_GRAPHS", "KG_USER", "KG_PASSWORD"):
            patch.delenv(name, raising=False)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
