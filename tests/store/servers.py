"""SPARQL servers on the loopback, each with an empty store of its own, for as long as a test needs."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CheckpointInterval = 0
DirsAllowed = {readable}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = {rows}
"""

MOST_ROWS = 100_000
"""After how many rows the Virtuoso of the tests cuts an answer off."""


@contextlib.contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """Run the `oxigraph` server of PyPI; yield its root address."""
    port = _free()
    command = str(Path(sys.executable).with_name("oxigraph"))
    arguments = ["serve", "--location", folder / "oxigraph", "--bind", f"127.0.0.1:{port}"]
    root = f"http://127.0.0.1:{port}"
    with _running(
        [command, *map(str, arguments), *options], folder, f"{root}/query?query=ASK%7B%7D"
    ):
        yield root


@contextlib.contextmanager
def virtuoso(folder: Path, *, buffers: int = 10_000, readable: str = ".") -> Iterator[str]:
    """Run Debian's Virtuoso, whose only user is dba; yield its root address.

    `buffers` are pages of 8 kB, `readable` the folders whose files it may load.
    """
    command = shutil.which("virtuoso-t")
    if command is None:
        if os.environ.get("CI"):
            pytest.fail("no Virtuoso here; see tests/find-tools.sh")
        pytest.skip("no Virtuoso here")
    port = _free()
    (folder / "virtuoso.ini").write_text(
        _VIRTUOSO.format(sql=_free(), http=port, rows=MOST_ROWS, buffers=buffers,
                         dirty=buffers * 3 // 5, readable=readable), encoding="utf-8"
    )  # fmt: skip
    root = f"http://127.0.0.1:{port}"
    arguments = [command, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(arguments, folder, f"{root}/sparql?query=ASK%7B%7D"):
        yield root


def settings_of_virtuoso(root: str) -> dict[str, str]:
    """Return what the environment says of the Virtuoso at `root`."""
    return {
        "KG_STORE": f"{root}/sparql",
        "KG_GRAPHS": f"{root}/sparql-graph-crud-auth",
        "KG_USER": "dba",
        "KG_PASSWORD": "dba",
        "KG_TIMEOUT": "20",
    }


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def _running(command: list[str], folder: Path, sign_of_life: str) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 120
        while not _lives(sign_of_life):
            if server.poll() is not None or time.monotonic() > end:
                pytest.fail(f"{command[0]}: {(folder / 'server.log').read_text(errors='replace')}")
            time.sleep(0.1)
        yield
    finally:
        server.kill()
        server.wait()


def _lives(address: str) -> bool:
    try:
        return httpx.get(address, timeout=10).is_success
    except httpx.HTTPError:
        return False
