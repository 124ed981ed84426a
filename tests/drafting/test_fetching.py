"""One page is fetched from the web: the one that is named, no larger and no later than may be."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from kg.base import SourceError, UsageError
from kg.drafting import find_inputs, read_paper
from kg.drafting.papers import fetching
from kg.drafting.papers.fetching import fetch_page

PAGE = "<!doctype html><html><head><title>T</title></head><body><p>Café: 20 shops</p></body></html>"
LATIN = PAGE.encode("latin-1")


class Site(BaseHTTPRequestHandler):
    """A site with a page for each of the things that go wrong."""

    seen: list[tuple[str, str | None]] = []  # noqa: RUF012 - of this test's server alone

    def do_GET(self):
        self.seen.append((self.path, self.headers.get("Cookie")))
        path = urlsplit(self.path).path  # to a proxy a whole address is given
        getattr(self, path.strip("/").replace("-", "_"), self.missing)()

    def answer(self, data, kind="text/html", status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def to(self, place):
        self.answer(b"", status=302, Location=place, Set_Cookie="who=you")

    def page(self):
        self.answer(PAGE.encode(), "text/html; charset=utf-8")

    def latin(self):
        self.answer(LATIN, "text/html; charset=iso-8859-1")

    def wrong_charset(self):
        self.answer(PAGE.encode(), "text/html; charset=iso-8859-1")

    def no_such_charset(self):
        self.answer(LATIN, "text/html; charset=nonsense")

    def plain(self):
        self.answer("Café: 20".encode("latin-1"), "text/plain; charset=latin-1")

    def missing(self):
        self.answer(b"no", status=404)

    def broken(self):
        self.answer(b"no", status=503)

    def moved(self):
        self.to("/page")

    def round(self):
        self.to("/round")

    def to_file(self):
        self.to("file:///etc/passwd")

    def to_inside(self):
        self.to("http://10.0.0.1/secret")

    def to_localhost(self):
        self.to("http://localhost:1/secret")

    def to_named(self):
        self.to(f"http://inside.example:{self.server.server_port}/page")

    def huge(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b" " * (1 << 20))
        except OSError:
            return  # nobody reads on, which is the point

    def bomb(self):
        self.answer(gzip.compress(b" " * (64 << 20)), Content_Encoding="gzip")

    def slow(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def slow_headers(self):
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def silent(self):
        time.sleep(1.5)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("0.0.0.0", 0), Site)  # noqa: S104 - under two of its names
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("path", ["page", "latin", "wrong-charset"])
def test_a_page_is_read_in_the_charset_that_it_is_in(site, path):
    data, url = fetch_page(f"{site}/{path}")

    assert "Café: 20 shops" in read_paper(data, url).text


def test_a_charset_that_is_none_does_no_harm(site):
    assert fetch_page(f"{site}/no-such-charset")[0] == LATIN


def test_a_plain_text_is_read_in_the_charset_that_the_server_says(site):
    assert read_paper(*fetch_page(f"{site}/plain")).text == "Café: 20"


def test_a_redirect_is_followed_without_cookies_and_the_last_address_is_told(site):
    Site.seen.clear()

    assert fetch_page(f"{site}/moved")[1] == f"{site}/page"
    assert Site.seen == [("/moved", None), ("/page", None)]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("missing", "cannot be fetched: the server says 404 Not Found"),
        ("broken", "cannot be fetched: the server says 503 Service Unavailable"),
        ("round", "cannot be fetched: it is redirected more than 5 times"),
        ("to-file", "is redirected to file, which is not followed"),
        ("huge", "is larger than 8 MiB, which no article is"),
        ("bomb", "is larger than 8 MiB, which no article is"),
        ("slow", "cannot be fetched: it takes too long"),
        ("slow-headers", "cannot be fetched: it takes too long"),
        ("silent", "cannot be fetched: it takes too long"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(site, path, told):
    url = f"{site}/{path}"
    began = time.monotonic()
    with pytest.raises(SourceError) as error:
        fetch_page(url, seconds=1 if "takes too long" in told else 10)

    assert str(error.value) == f"{url}: {told}"
    assert time.monotonic() - began < 9  # the site itself takes ten


@pytest.mark.parametrize(
    "url", ["http://", "http://[", "http://a b/", "http://127.0.0.1:1/x", "http://\n"]
)
def test_an_address_at_which_nobody_answers_is_told(url):
    with pytest.raises(SourceError, match="cannot be fetched: "):
        fetch_page(url, seconds=2)


@pytest.fixture
def resolving(monkeypatch):
    """Names of this machine: of a site on the web, as far as anybody can tell, and of one in a private network."""
    real, hosts = socket.getaddrinfo, {"web.example": "127.0.0.1", "inside.example": "127.0.0.2"}

    def resolved(host, *more, **named):
        return real(hosts.get(host, host), *more, **named)

    inside = {"10.0.0.1", "localhost", "127.0.0.2"}
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(fetching, "_is_private", inside.__contains__)


@pytest.mark.parametrize(
    ("path", "host"),
    [("to-inside", "10.0.0.1"), ("to-localhost", "localhost"), ("to-named", "127.0.0.2")],
)
@pytest.mark.usefixtures("resolving")
def test_the_web_may_not_lead_into_a_private_network_whatever_it_calls_the_host(site, path, host):
    Site.seen.clear()
    url = f"http://web.example:{site.rpartition(':')[2]}/{path}"
    with pytest.raises(SourceError) as error:
        fetch_page(url, seconds=10)

    assert str(error.value) == f"{url}: is redirected to {host}, within a private network"
    assert [path for path, _ in Site.seen] == [f"/{path}"]


@pytest.mark.usefixtures("resolving")
def test_behind_a_proxy_the_names_are_looked_at(site, monkeypatch):
    monkeypatch.setenv("http_proxy", site)
    url = f"http://web.example:{site.rpartition(':')[2]}/to-localhost"
    with pytest.raises(SourceError, match="is redirected to localhost, within a private network"):
        fetch_page(url, seconds=10)


@pytest.mark.usefixtures("resolving")
def test_who_begins_in_a_private_network_may_go_on_in_it(site):
    port = site.rpartition(":")[2]

    assert fetch_page(f"http://inside.example:{port}/to-named", seconds=10)[0] == PAGE.encode()


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("10.0.0.1", True), ("127.0.0.1", True), ("169.254.169.254", True), ("::1", True), ("[fe80::1]", True),
        ("localhost", True), ("printer.local", True), ("93.184.216.34", False), ("gazette.example", False),
        ("::ffff:10.0.0.1", True),
    ],
)  # fmt: skip
def test_which_hosts_are_in_a_private_network(host, private):
    assert fetching._is_private(host) == private


def test_an_address_with_a_password_is_refused_and_the_password_not_repeated():
    with pytest.raises(SourceError) as error:
        fetch_page("http://me:secret@127.0.0.1:1/")

    told = "http://127.0.0.1: was given with a password, which is not sent; leave it out"
    assert str(error.value) == told


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/x", "FILE://x"])
def test_nothing_but_the_web_is_fetched(url):
    with pytest.raises(UsageError, match="pages are fetched by http and https alone"):
        find_inputs([url])


def test_an_empty_name_is_no_folder() -> None:
    with pytest.raises(UsageError, match="a name is empty"):
        find_inputs([""])
