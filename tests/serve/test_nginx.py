"""Behind nginx as the documents set it up: what it keeps, and what it hands on."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import httpx
import pyoxigraph as ox
import pytest

from tests.conftest import ROOT
from tests.serve.conftest import Server
from tests.serve.test_holding import wait, workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = "SELECT ?x { id:xiaomi cp:partnerOf ?x } ORDER BY ?x"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NAME = "plans.example.org"
OPTIONS = ("--behind-proxy", "127.0.0.1", "--root-path", "/kg", "--allow-host", NAME)

WHOLE = """
user {user};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {block}
}}
"""


class Proxied:
    """A server, and nginx before it."""

    def __init__(self, server: Server, port: int) -> None:
        self.server, self.port = server, port

    def ask(self, query: str, method: str = "GET", **headers: str) -> httpx.Response:
        how = {"params": {"query": query}} if method != "POST" else {"data": {"query": query}}
        address = f"http://127.0.0.1:{self.port}/kg/sparql"
        return httpx.request(method, address, headers={"Host": NAME, **headers}, timeout=30, **how)


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def documented() -> str:
    (block,) = re.findall(
        r"```nginx\n(.*?)```", (ROOT / "docs/operation.md").read_text("utf-8"), re.DOTALL
    )
    return block


@contextlib.contextmanager
def nginx(command: str, server: Server, folder: Path) -> Iterator[Proxied]:
    """Run nginx before a server; of the document's configuration only ports and the folder are others."""
    port = free()
    block = documented()
    for said, here in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{httpx.URL(server.url).port};"),
        ("/var/cache/nginx/kg ", f"{folder}/cache "),
    ):
        assert block.count(said) == 1
        block = block.replace(said, here)
    user = pwd.getpwuid(os.getuid()).pw_name
    told = WHOLE.format(user=user, folder=folder, block=block)
    (folder / "nginx.conf").write_text(told, encoding="utf-8")
    running = subprocess.Popen(
        [command, "-p", str(folder), "-c", str(folder / "nginx.conf")],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip

    def up() -> bool:
        assert running.poll() is None, running.stderr.read()
        with socket.socket() as channel:
            return channel.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait(up)
        yield Proxied(server, port)
    finally:
        running.send_signal(signal.SIGQUIT)
        try:
            running.wait(10)
        finally:
            running.kill()
            running.stderr.close()


@pytest.fixture(scope="module")
def nginx_command() -> str:
    command = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if command is None and os.environ.get("CI"):
        pytest.fail("no nginx here; see tests/find-tools.sh")
    return command or pytest.skip("no nginx here")


@pytest.fixture(scope="module")
def behind_nginx(nginx_command: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("nginx")
    server = Server("--workers", "2", "--query-seconds", "8", *OPTIONS)
    try:
        with nginx(nginx_command, server, folder) as proxied:
            yield proxied
    finally:
        server.stop()


def test_what_was_answered_is_kept_and_in_each_form(behind_nginx):
    first = behind_nginx.ask(ROWS, Accept="text/csv")
    assert (first.status_code, first.headers["x-cache"]) == (200, "MISS")
    again = behind_nginx.ask(ROWS, Accept="text/csv")
    assert (again.text, again.headers["x-cache"]) == (first.text, "HIT")
    other = behind_nginx.ask(ROWS, Accept="application/json")
    assert other.headers["x-cache"] == "MISS"
    assert other.json()["results"]["bindings"]
    assert behind_nginx.ask(ROWS, Accept="text/csv").text == first.text


def test_who_has_it_is_told_so_by_either(behind_nginx):
    query = ROWS + " LIMIT 3"
    tag = behind_nginx.ask(query).headers["etag"]
    again = behind_nginx.ask(query, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_old_is_asked_for_again_and_need_not_be_sent(behind_nginx):
    query = ROWS + " LIMIT 4"
    first = behind_nginx.ask(query)
    time.sleep(11.5)  # it may be given again for ten seconds, which are counted whole
    again = behind_nginx.ask(query)
    assert again.headers["x-cache"] == "REVALIDATED"
    assert again.text == first.text


@pytest.mark.parametrize(
    "query", ["SELECT {", "SELECT (NOW() AS ?now) {}", "CONSTRUCT { [] a ?x } { id:xiaomi a ?x }"]
)
def test_what_may_not_be_kept_is_not(behind_nginx, query):
    for _ in range(2):
        assert behind_nginx.ask(query).headers["x-cache"] == "MISS"


def test_a_large_answer_comes_whole(behind_nginx):
    query = "SELECT * { ?a a ?b . ?c ?d ?e } LIMIT 200000"
    there = behind_nginx.ask(query, Accept="text/csv")
    here = behind_nginx.server.get(query, "text/csv")
    assert there.status_code == here.status_code == 200
    assert len(there.content) > 10_000_000
    assert there.content == here.content


def test_addresses_are_those_that_the_other_side_knows(behind_nginx):
    told = httpx.get(f"http://127.0.0.1:{behind_nginx.port}/kg/sparql", headers={"Host": NAME})
    sd = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
    found = [
        one.object.value
        for one in ox.parse(told.content, format=ox.RdfFormat.TURTLE)
        if one.predicate == sd
    ]
    assert found == [f"http://{NAME}/kg/sparql"]


def test_another_name_is_not_answered(behind_nginx):
    assert behind_nginx.ask(ROWS, Host="evil.example").status_code == 400


def test_who_leaves_frees_the_worker(behind_nginx):
    before = workers(behind_nginx.server)
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"http://127.0.0.1:{behind_nginx.port}/kg/sparql", data={"query": SLOW},
            headers={"Host": NAME}, timeout=0.5,
        )  # fmt: skip
    wait(lambda: bool(before - workers(behind_nginx.server)), 4)
    wait(lambda: len(workers(behind_nginx.server)) == len(before))


def test_what_is_for_those_with_a_token_is_kept_for_nobody(nginx_command, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_TOKEN", "a-token-that-nobody-guesses")
    server = Server("--workers", "1", *OPTIONS)
    try:
        with nginx(nginx_command, server, tmp_path) as proxied:
            for _ in range(2):
                answer = proxied.ask(ROWS, Authorization="Bearer a-token-that-nobody-guesses")
                assert (answer.status_code, answer.headers["x-cache"]) == (200, "MISS")
            assert proxied.ask(ROWS).status_code == 401
    finally:
        server.stop()


def test_who_asks_is_believed_of_the_proxy_alone(tmp_path):
    told = {"X-Forwarded-For": "192.0.2.9"}
    for options, client in (((), "127.0.0.1"), (("--behind-proxy", "127.0.0.0/8"), "192.0.2.9"),
                            (("--behind-proxy", "10.0.0.0/8"), "127.0.0.1")):  # fmt: skip
        log = tmp_path / client / str(len(options))
        log.parent.mkdir(exist_ok=True)
        server = Server(
            "--workers", "1", "--access-log", str(log), "--log-clients", "whole", *options
        )
        try:
            httpx.get(httpx.URL(server.url).join("/healthz"), headers=told)
            wait(log.read_text)
            assert json.loads(log.read_text())["client"] == client
        finally:
            server.stop()
