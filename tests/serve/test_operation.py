"""The service of the documents is one, and a server says who can reach it."""

import configparser
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time

import httpx
import pytest

from kg.cli import main
from kg.serve.running import listen
from tests.conftest import ROOT
from tests.serve.conftest import Server


@pytest.fixture(scope="module")
def unit() -> str:
    (block,) = re.findall(
        r"```ini\n(.*?)```", (ROOT / "docs/operation.md").read_text("utf-8"), re.DOTALL
    )
    return block


def test_the_command_of_the_service_is_one(unit):
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(unit)
    program, command, *arguments = parser["Service"]["ExecStart"].split()
    assert (program.rpartition("/")[2], command) == ("kg", "serve")
    given = main.commands["serve"].make_context("serve", arguments).params
    assert given["processes"] == 2
    assert given["behind_proxy"] == ("127.0.0.1",)
    assert given["root_path"] == "/kg"


def test_systemd_has_nothing_to_say_about_the_service(unit, tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    ours = unit.replace("/opt/kg/.venv/bin/kg", sys.executable).replace("User=kg", "User=root")
    assert ours.count(sys.executable) == 1
    (tmp_path / "kg.service").write_text(ours, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(tmp_path / "kg.service")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "kg.service" in line]
    assert said == []
    assert done.returncode == 0


@pytest.mark.parametrize("options", [(), ("--processes", "2")])
def test_a_small_answer_is_sent_at_once(options):
    server = Server("--workers", "1", *options)
    try:
        with httpx.Client() as client:
            seconds = []
            for _ in range(20):
                began = time.monotonic()
                assert client.get(httpx.URL(server.url).join("/healthz")).text == "ok\n"
                seconds.append(time.monotonic() - began)
    finally:
        server.stop()
    # Where the kernel waits for an acknowledgement before it sends the body, that takes forty milliseconds.
    assert min(seconds[1:]) < 0.03
    assert statistics.median(seconds) < 0.035


def test_every_address_of_a_name_is_listened_at_by_one_port():
    sockets = listen("localhost", 0)
    try:
        assert len({one.getsockname()[1] for one in sockets}) == 1
        for one in sockets:
            with socket.create_connection(one.getsockname()[:2], timeout=5):
                pass
    finally:
        for one in sockets:
            one.close()


@pytest.mark.parametrize(
    ("options", "token", "said"),
    [
        ((), None, "only this machine can reach it; --host 0.0.0.0 listens to others, too\n"),
        (("--host", "0.0.0.0"), None, "everyone who reaches it may read all: set KG_TOKEN to ask for a token\n"),  # noqa: S104 - to be warned of
        (("--host", "0.0.0.0"), "some-token", ""),  # noqa: S104 - it is guarded
    ],
)  # fmt: skip
def test_it_says_who_can_reach_it(monkeypatch, options, token, said):
    if token:
        monkeypatch.setenv("KG_TOKEN", token)
    server = Server("--workers", "1", *options)
    server.process.terminate()
    assert server.process.stderr.read() == said
    assert server.stop() == 0


@pytest.mark.parametrize(
    ("options", "token"),
    [
        (("--behind-proxy", "proxy.example"), None),
        (("--root-path", "kg"), None),
        (("--root-path", "/kg?x"), None),
        (("--processes", "0"), None),
        ((), " "),
        ((), "not-ascii-ä"),
    ],
)
def test_what_it_cannot_be_told_is_said_in_a_sentence(monkeypatch, options, token):
    if token:
        monkeypatch.setenv("KG_TOKEN", token)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--port", "0", *options],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (options or ("", ""))[0].lstrip("-") in done.stderr or "KG_TOKEN" in done.stderr
