"""A SPARQL 1.1 endpoint over HTTP: its query, update and graph-store protocols, and nothing else.

The address asks; an update address, or a graph-store address, writes. Products differ in where they
are, so that both can be named in the environment, as the credentials must be: a command line is
seen by everybody on the machine.

    KG_UPDATE    where updates go; by default `.../update` beside `.../query`, `/statements` below
                 `/repositories/NAME`, else the address itself
    KG_GRAPHS    the graph store; where it is named, graphs are written through it, one by one
    KG_USER, KG_PASSWORD    a name and password (Basic or Digest)
    KG_ENDPOINT_TOKEN    a bearer token; KG_TOKEN is taken, too, which for a server is what others have to bear
    KG_TIMEOUT   how many seconds an answer may take, 300 by default

What comes back is not trusted: it is bounded in size, time and nesting before it is parsed.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.base import StoreError, json_too_deep, turtle_too_deep
from kg.store.web import Web, check_url, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Graphs = Sequence[tuple[str, str]]

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
        settings = os.environ if settings is None else settings
        self.url = check_url(url, "--store")
        update, graphs = settings.get("KG_UPDATE"), settings.get("KG_GRAPHS")
        self._update = check_url(update, "KG_UPDATE") if update else _update_of(self.url)
        self._graphs = check_url(graphs, "KG_GRAPHS") if graphs else None
        self._web = Web(settings, self.url)

    def query(self, text: str, graphs: Graphs = ()) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return what the endpoint answers to SELECT or ASK.

        Args:
            text: the query.
            graphs: the dataset, as parameters of the protocol (SPARQL 1.1 Protocol, section 2.1.4).

        Raises:
            StoreError: it cannot be reached, refuses, or answers with something else.
            TimeLimitError: it takes too long.
        """
        data = self._asked(text, _JSON, graphs)
        self._bounded(data)
        try:
            for _ in _rows(ox.parse_query_results(data, ox.QueryResultsFormat.JSON)):
                pass  # a broken answer is told before anything of it is shown
            return ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.url}: sends a broken answer: {one_line(str(error))}") from None

    def construct(self, text: str, graphs: Graphs = ()) -> list[ox.Triple]:
        """Return what the endpoint answers to CONSTRUCT or DESCRIBE; errors as in `query`."""
        data = self._asked(text, _TRIPLES, graphs)
        if turtle_too_deep(data):
            raise StoreError(f"{self.url}: sends an answer that nests too deeply")
        try:
            # N-Triples are Turtle too.
            return [quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)]
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.url}: sends a broken answer: {one_line(str(error))}") from None

    def put(self, graphs: Iterable[tuple[str, bytes]]) -> Iterable[list[str]]:
        """Replace graphs by N-Triples, each as a whole; yield the names of those that are written.

        Through updates small graphs go together, which a store writes as one. SPARQL 1.1 Graph
        Store HTTP Protocol, section 5.3, says what replacing one means in either protocol.
        """
        if self._graphs:
            for graph, data in graphs:
                self._web.send("PUT", self._graphs, data, "text/turtle", {"graph": graph})
                yield [graph]
            return
        names: list[str] = []
        parts: list[bytes] = []
        size = 0
        # Small graphs go together: a store takes as long for one update of ten as of one.
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
            self._web.send("POST", self._graphs, data, "text/turtle", {"graph": graph})
        else:
            self._updated([b"INSERT DATA { GRAPH <%s> {\n%s} }" % (graph.encode(), data)])

    def drop(self, graph: str) -> None:
        """Remove a graph, which may not be there."""
        if self._graphs:
            self._web.send("DELETE", self._graphs, b"", "text/turtle", {"graph": graph}, gone=True)
        else:
            self._updated([f"DROP SILENT GRAPH <{graph}>".encode()])

    def update(self, text: str) -> None:
        """Have the endpoint run an update of ours, whose terms are written; errors as in `query`."""
        self._updated([text.encode()])

    def _updated(self, operations: Iterable[bytes]) -> None:
        self._web.send("POST", self._update, b" ;\n".join(operations), "application/sparql-update")

    def _asked(self, text: str, accept: str, graphs: Graphs) -> bytes:
        form = urlencode([("query", text), *graphs]).encode()
        kind = "application/x-www-form-urlencoded"
        return self._web.send("POST", self.url, form, kind, accept=accept)

    def _bounded(self, data: bytes) -> None:
        """Refuse what would overrun the parser: it reads triples within triples by recursion."""
        nested = b'"subject"' in data or b"\\u" in data
        if nested and json_too_deep(data):
            raise StoreError(f"{self.url}: sends an answer that nests too deeply")


def _rows(results: ox.QuerySolutions | ox.QueryBoolean) -> Iterable[ox.QuerySolution]:
    return () if isinstance(results, ox.QueryBoolean) else results


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
