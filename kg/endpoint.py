"""A SPARQL 1.1 endpoint over HTTP: its query, update and graph-store protocols, and nothing else.

The address asks; an update address, or a graph-store address, writes. Products differ in where they
are, so that both can be named in the environment, as the credentials must be: a command line is
seen by everybody on the machine.

    KG_UPDATE    where updates go; by default `.../update` beside `.../query`, `/statements` below
                 `/repositories/NAME`, else the address itself
    KG_GRAPHS    the graph store; where it is named, graphs are written through it, one by one
    KG_USER, KG_PASSWORD, KG_TOKEN    a name and password (Basic or Digest), or a bearer token
    KG_TIMEOUT   how many seconds an answer may take, 300 by default

What comes back is not trusted: it is bounded in size, time and nesting before it is parsed.
"""

from __future__ import annotations

import math
import os
import re
import time
import weakref
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox

from kg import sandbox
from kg.errors import StoreError, TimedOut, UsageError, short

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    import httpx

MAX_ANSWER: Final = 2**29
"""How many bytes an answer may have, decompressed."""

BATCH: Final = 1_000_000
"""How many bytes of small graphs go into one update."""

_JSON: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.5"


class Endpoint:
    """A client of one endpoint; `url` is where it asks."""

    def __init__(self, url: str, settings: Mapping[str, str] | None = None) -> None:
        """Name the endpoint; nothing is sent yet.

        Args:
            url: the address that answers queries, http or https.
            settings: the variables above; by default the environment.

        Raises:
            UsageError: an address or a setting that cannot be used.
        """
        self._settings = os.environ if settings is None else settings
        self.url = _checked(url, "--store")
        update, graphs = self._settings.get("KG_UPDATE"), self._settings.get("KG_GRAPHS")
        self._update = _checked(update, "KG_UPDATE") if update else _update_of(self.url)
        self._graphs = _checked(graphs, "KG_GRAPHS") if graphs else None
        self._seconds = _seconds(self._settings.get("KG_TIMEOUT") or "300")
        self._client = self._connected()
        weakref.finalize(self, self._client.close)

    def _connected(self) -> httpx.Client:
        try:
            import httpx  # noqa: PLC0415 - only those who ask an endpoint wait for it
        except ImportError:
            raise UsageError(
                "a store by URL needs httpx; pip install 'corporate-plans-kg[endpoint]'"
            ) from None
        get = self._settings.get
        headers = {"Authorization": f"Bearer {token}"} if (token := get("KG_TOKEN")) else {}
        user = get("KG_USER")
        try:
            return httpx.Client(
                auth=_challenged(user, get("KG_PASSWORD") or "") if user else None,
                headers=headers,
                timeout=self._seconds,
                follow_redirects=False,  # a password goes nowhere but where it was meant for
            )
        except (ValueError, OSError) as error:
            # The value itself stays unsaid: it may be the token.
            raise UsageError(
                f"{self.url}: cannot be asked: {type(error).__name__} in KG_TOKEN or in the"
                " settings of the proxy or of TLS"
            ) from None

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return what the endpoint answers to SELECT or ASK.

        Raises:
            StoreError: it cannot be reached, refuses, or answers with something else.
            TimedOut: it takes too long.
        """
        data = self._asked(text, _JSON)
        self._bounded(data)
        try:
            for _ in _rows(ox.parse_query_results(data, ox.QueryResultsFormat.JSON)):
                pass  # a broken answer is told before anything of it is shown
            return ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.url}: sends a broken answer: {_line(str(error))}") from None

    def construct(self, text: str) -> list[ox.Triple]:
        """Return what the endpoint answers to CONSTRUCT or DESCRIBE; errors as in `query`."""
        data = self._asked(text, _TRIPLES)
        if sandbox.turtle_too_deep(data):
            raise StoreError(f"{self.url}: sends an answer that nests too deeply")
        try:
            # N-Triples are Turtle too.
            return [quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)]
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.url}: sends a broken answer: {_line(str(error))}") from None

    def put(self, graphs: Iterable[tuple[str, bytes]]) -> Iterable[list[str]]:
        """Replace graphs by N-Triples, each as a whole; yield the names of those that are written.

        Through updates small graphs go together, which a store writes as one. SPARQL 1.1 Graph
        Store HTTP Protocol, section 5.3, says what replacing one means in either protocol.
        """
        if self._graphs:
            for graph, data in graphs:
                self._send("PUT", self._graphs, data, "text/turtle", {"graph": graph})
                yield [graph]
            return
        names: list[str] = []
        parts: list[bytes] = []
        size = 0
        for graph, data in graphs:
            if names and size + len(data) > BATCH:
                self._updated(parts)
                yield names
                names, parts, size = [], [], 0
            insert = b"INSERT DATA { GRAPH <%s> {\n%s} }" % (graph.encode(), data)
            parts += [f"DROP SILENT GRAPH <{graph}>".encode(), *([insert] if data else [])]
            names.append(graph)
            size += len(data)
        if names:
            self._updated(parts)
            yield names

    def add(self, graph: str, data: bytes) -> None:
        """Add N-Triples to a graph."""
        if self._graphs:
            self._send("POST", self._graphs, data, "text/turtle", {"graph": graph})
        else:
            self._updated([b"INSERT DATA { GRAPH <%s> {\n%s} }" % (graph.encode(), data)])

    def drop(self, graph: str) -> None:
        """Remove a graph, which may not be there."""
        if self._graphs:
            self._send("DELETE", self._graphs, b"", "text/turtle", {"graph": graph}, gone=True)
        else:
            self._updated([f"DROP SILENT GRAPH <{graph}>".encode()])

    def _updated(self, operations: Iterable[bytes]) -> None:
        self._send("POST", self._update, b" ;\n".join(operations), "application/sparql-update")

    def _asked(self, text: str, accept: str) -> bytes:
        from urllib.parse import urlencode  # noqa: PLC0415 - beside its use

        form = urlencode({"query": text}).encode()
        kind = "application/x-www-form-urlencoded"
        return self._send("POST", self.url, form, kind, accept=accept)

    def _send(  # noqa: PLR0913 - what a request has
        self, method: str, url: str, data: bytes, kind: str,
        parameters: Mapping[str, str] | None = None, *, accept: str = "*/*", gone: bool = False,
    ) -> bytes:  # fmt: skip
        """Send one request and return its answer; `gone` says that there may be nothing there."""
        import httpx  # noqa: PLC0415 - see `_connected`

        headers = {"Content-Type": kind, "Accept": accept}
        try:
            with self._client.stream(
                method, url, params=parameters, content=data, headers=headers
            ) as response:
                body = self._body(url, response)
        except httpx.TimeoutException:
            raise TimedOut(self._late(url)) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise StoreError(f"{url}: cannot be reached: {_line(str(error))}") from None
        if not (gone and response.status_code == httpx.codes.NOT_FOUND):
            self._judge(url, response, body, asked=accept)
        return body

    def _late(self, url: str) -> str:
        return (
            f"{url}: has not answered in {self._seconds:g} seconds; ask for less or set KG_TIMEOUT"
        )

    def _body(self, url: str, response: httpx.Response) -> bytes:
        parts, size, end = [], 0, time.monotonic() + self._seconds
        for part in response.iter_bytes():
            size += len(part)
            if size > MAX_ANSWER:
                raise StoreError(
                    f"{url}: answers with more than {MAX_ANSWER:,} bytes; ask for less"
                )
            if time.monotonic() > end:
                raise TimedOut(self._late(url))
            parts.append(part)
        return b"".join(parts)

    def _judge(self, url: str, response: httpx.Response, body: bytes, *, asked: str) -> None:
        """Turn what is no answer, or half of one, into a sentence."""
        code, said = response.status_code, _line(body[:2000].decode(errors="replace"))
        if code in {401, 403}:
            what = "KG_USER and KG_PASSWORD, or KG_TOKEN"
            raise StoreError(f"{url}: refuses access (HTTP {code}); set {what} to what it takes")
        if response.is_redirect:
            where = short(response.headers.get("location", "elsewhere"), 200)
            raise StoreError(f"{url}: has moved to {where}; give that address")
        if code == 404:  # noqa: PLR2004 - known by its number
            raise StoreError(
                f"{url}: nothing is there (HTTP 404); give the address that the product documents"
            )
        if not response.is_success:
            raise StoreError(f"{url}: answers HTTP {code}: {short(said, 200)}")
        if "x-sql-message" in response.headers:
            # Virtuoso's "anytime" answers stop at a limit of time and say so only here.
            raise StoreError(
                f"{url}: gave up on the way: {_line(response.headers['x-sql-message'])}"
            )
        if most := response.headers.get("x-sparql-maxrows"):
            raise StoreError(
                f"{url}: cuts answers off at {_line(most)} rows; ask for less, or raise the limit"
                " there (Virtuoso: ResultSetMaxRows)"
            )
        found = response.headers.get("content-type", "").partition(";")[0].strip()
        if asked != "*/*" and found not in _accepted(asked):
            raise StoreError(
                f"{url}: answers with {short(found, 60) or 'something'}, not with"
                f" {asked.partition(',')[0]}; is it the address for queries?"
            )

    def _bounded(self, data: bytes) -> None:
        """Refuse what would overrun the parser: it reads triples within triples by recursion."""
        nested = b'"subject"' in data or b"\\u" in data
        if nested and sandbox.json_too_deep(data):
            raise StoreError(f"{self.url}: sends an answer that nests too deeply")


def _rows(results: ox.QuerySolutions | ox.QueryBoolean) -> Iterable[ox.QuerySolution]:
    return () if isinstance(results, ox.QueryBoolean) else results


def _accepted(asked: str) -> set[str]:
    kinds = {kind.partition(";")[0].strip() for kind in asked.split(",")}
    # What servers from before SPARQL 1.1 call the same.
    return kinds | ({"application/json"} if _JSON in kinds else {"text/plain"})


def _checked(url: str, what: str) -> str:
    """Return an address that can be asked, without its password in any error."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
        parts = urlsplit("")
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise UsageError(f"{what} has a user or password in its URL; set KG_USER and KG_PASSWORD")
    if (
        not named
        or parts.scheme not in {"http", "https"}
        or parts.fragment
        or not (url.isprintable() and url.split() == [url])
    ):
        raise UsageError(f"{what} is {short(url, 120)!r}; give a folder or an http or https URL")
    return url


def _update_of(url: str) -> str:
    """Return where the products that have a convention take updates for what is asked at `url`.

    >>> _update_of("http://localhost:7878/query")
    'http://localhost:7878/update'
    >>> _update_of("http://localhost:7200/repositories/plans")
    'http://localhost:7200/repositories/plans/statements'
    >>> _update_of("https://db.example.org/sparql")
    'https://db.example.org/sparql'
    """
    parts = urlsplit(url)
    path = parts.path.removesuffix("/")
    if path.endswith("/query"):
        path = path.removesuffix("query") + "update"
    elif re.search("/repositories/[^/]+$", path):
        path += "/statements"
    else:
        return url
    return urlunsplit(parts._replace(path=path))


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 86_400:  # noqa: PLR2004 - a day
        raise UsageError(f"KG_TIMEOUT is {short(text, 60)!r}; give seconds, at most 86,400")
    return seconds


def _line(text: str) -> str:
    return short(" ".join(text.split()), 200)


def _challenged(user: str, password: str) -> httpx.Auth:
    """Return an authentication that waits to be asked: Basic would show the password to anybody."""
    import httpx  # noqa: PLC0415 - see `Endpoint._connected`

    class Challenged(httpx.Auth):
        requires_request_body = True

        def __init__(self) -> None:
            self.chosen: httpx.Auth | None = None

        def auth_flow(
            self, request: httpx.Request
        ) -> Generator[httpx.Request, httpx.Response, None]:
            if self.chosen is None:
                response = yield request
                if response.status_code != httpx.codes.UNAUTHORIZED:
                    return
                schemes = response.headers.get("www-authenticate", "").lower()
                kind: Any = httpx.DigestAuth if "digest" in schemes else httpx.BasicAuth
                self.chosen = kind(user, password)
            yield from self.chosen.auth_flow(request)

    return Challenged()
