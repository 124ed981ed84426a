"""What the log tells of requests, what is counted, and what every answer says to browsers."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from kg.serve.access import Access, AccessLog
from kg.serve.visit import Visit
from tests.serve.conftest import Server
from tests.serve.test_holding import wait

ASK = "ASK { id:xiaomi cp:partnerOf id:mobikwik }"


@pytest.fixture(scope="module")
def logged(tmp_path_factory):
    log = tmp_path_factory.mktemp("log") / "access.jsonl"
    server = Server("--workers", "1", "--access-log", str(log))
    server.log = log
    yield server
    server.stop()


def lines(server) -> list[str]:
    return server.log.read_text().splitlines() if server.log.exists() else []


def told(server, asks: Callable[[], httpx.Response]) -> tuple[httpx.Response, dict]:
    """Return an answer, and the line that the log has of it: which follows the answer."""
    before = len(lines(server))
    answer = asks()
    wait(lambda: len(lines(server)) > before)
    return answer, json.loads(lines(server)[-1])


def test_a_request_is_a_line_of_json_with_a_digest_of_what_was_asked(logged):
    answer, line = told(logged, lambda: logged.get(ASK))
    assert datetime.fromisoformat(line.pop("time")).tzinfo
    assert line.pop("ms") >= line.pop("worker_ms") > 0
    assert line == {
        "level": "info", "method": "GET", "path": "/sparql", "status": 200, "bytes": len(answer.content),
        "client": "127.0.0.0/24", "query": hashlib.sha256(ASK.encode()).hexdigest()[:16],
    }  # fmt: skip
    _, posted = told(logged, lambda: httpx.post(logged.url, data={"query": ASK}))
    assert posted["query"] == line["query"]
    assert "xiaomi" not in logged.log.read_text()


def test_what_was_refused_and_what_failed_stand_out(logged):
    answer, line = told(logged, lambda: logged.get("ASK {"))
    assert answer.status_code == line["status"] == 400
    assert line["level"] == "warning"
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer, line = told(logged, lambda: logged.get(slow))
    assert answer.status_code == line["status"] == 504
    assert line["level"] == "error"
    assert line["worker_ms"] > 900


def test_what_a_request_says_cannot_write_a_line_of_its_own(logged):
    before = len(lines(logged))
    address = httpx.URL(logged.url).join("/a%0a%7B%22status%22:200%7D%1b[31m" + "x" * 3000)
    _, line = told(logged, lambda: httpx.get(address))
    assert len(lines(logged)) == before + 1
    assert len(line["path"]) == 500
    assert "\x1b" not in logged.log.read_text()


def test_a_log_that_was_put_aside_is_begun_anew(logged):
    told(logged, lambda: logged.get(ASK))
    logged.log.rename(logged.log.with_suffix(".old"))
    told(logged, lambda: logged.get(ASK))
    assert len(lines(logged)) == 1


@pytest.mark.parametrize(
    ("clients", "client", "known"),
    [
        ("network", "192.0.2.77", "192.0.2.0/24"),
        ("network", "2001:db8:1:2::3", "2001:db8:1::/48"),
        ("whole", "192.0.2.77", "192.0.2.77"),
        ("none", "192.0.2.77", None),
    ],
)
def test_of_a_client_it_has_as_much_as_was_wished_for(tmp_path, clients, client, known):
    log = AccessLog(str(tmp_path / "log"), clients)
    log.write(Access(Visit(client), "GET", "/", "/", 200, 1, 0.1))
    log.close()
    assert json.loads((tmp_path / "log").read_text()).get("client") == known


def test_a_log_that_cannot_be_written_is_told_before_anything_is_served(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--port", "0", "--access-log", str(tmp_path / "no" / "log")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "log" in done.stderr


# What is counted


def counted(server: Server) -> dict[tuple[str, ...], float]:
    answer = httpx.get(httpx.URL(server.url).join("/metrics"))
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_are_counted_by_route_method_and_code(logged):
    before = counted(logged)
    logged.get(ASK)
    logged.get("ASK {")
    httpx.request("BREW", httpx.URL(logged.url).join("/pot/of/coffee"))
    after = counted(logged)

    def more(*key: str) -> float:
        return after[key] - before.get(key, 0)

    assert more("kg_requests_total", "200", "GET", "/sparql") == 1
    assert more("kg_requests_total", "400", "GET", "/sparql") == 1
    assert more("kg_request_seconds_count", "/sparql") == 2
    assert more("kg_requests_total", "404", "other", "other") == 1
    assert after["kg_workers", "idle"] + after["kg_workers", "busy"] == 2


def test_lost_workers_are_counted_by_why(logged):
    before = counted(logged)
    logged.get("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    key = ("kg_workers_replaced_total", "time")
    assert counted(logged)[key] == before.get(key, 0) + 1


def test_what_is_answered_from_is_told_by_its_digest(logged):
    found = [key for key in counted(logged) if key[0] == "kg_content_info"]
    assert len(found) == 1
    assert re.fullmatch("[0-9a-f]{16}", found[0][1])


# What is said to browsers


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/sparql?query=", "/none", "/healthz", "/metrics"]
)
def test_every_answer_is_safe_in_a_browser(server, path):
    headers = httpx.get(httpx.URL(server.url).join(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers
    for name in set(headers):
        assert len(headers.get_list(name)) == 1, name


def test_also_where_the_name_of_the_server_is_another(server):
    answer = httpx.get(server.url, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["x-content-type-options"] == "nosniff"
