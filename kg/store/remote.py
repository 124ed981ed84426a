"""A graph on a SPARQL 1.1 endpoint: every source a named graph, and one more that keeps count.

The manifest is the graph `id:manifest`. In the words of SPARQL 1.1 Service Description and of VoID
it names every graph of the build with the digest of its triples, and carries the digest of the
whole once all of them are there. `kg.store.upload` writes both; here they are read.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

import pyoxigraph as ox

from kg.base import DERIVED, ID, PREFIXES, StoreError, counted, nquads
from kg.query import NOTHING, Dataset, Index, LocalIndex, QueryResults
from kg.sources import Fingerprint, Record
from kg.store.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT: Final = "1"
"""The version of the manifest; a store of another version is built again, never guessed at."""

MANIFEST: Final = ID + "manifest"

_PROLOGUE: Final = " ".join(
    [f"BASE <{ID}>", *(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items()), ""]
)
_TERMS: Final = (
    "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX void: <http://rdfs.org/ns/void#>"
    " PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
)
# The second pattern looks where the questions will look: in the union of all graphs.
_STATE: Final = f"""SELECT ?version ?whole ?seen {{
  GRAPH <{MANIFEST}> {{ <{MANIFEST}> dcterms:hasVersion ?version }}
  OPTIONAL {{ GRAPH <{MANIFEST}> {{ <{MANIFEST}> dcterms:identifier ?whole }} }}
  OPTIONAL {{ <{MANIFEST}> dcterms:hasVersion ?seen }}
}}"""
_GRAPHS: Final = f"""SELECT ?graph ?triples ?digest {{
  GRAPH <{MANIFEST}> {{
    ?entry sd:name ?graph .
    OPTIONAL {{ ?entry void:triples ?triples ; dcterms:identifier ?digest }}
  }}
}}"""
_SOURCES: Final = f"""SELECT ?source {{
  GRAPH <{MANIFEST}> {{ <{MANIFEST}> dcterms:source ?source }}
}}"""
_COUNTS: Final = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


@dataclass(frozen=True)
class Entry:
    """What the manifest says of a graph; `digest` is "" while the graph is being written."""

    triples: int
    digest: str


class RemoteGraph(Index):
    """The index that asks an endpoint, and the graph that it holds."""

    exact: ClassVar = False
    report: ClassVar = None
    snapshot: ClassVar = None
    written: ClassVar = None  # how the endpoint writes values is its own matter

    def __init__(self, endpoint: Endpoint) -> None:
        """Ask `endpoint`; see `open_remote`."""
        self.endpoint = endpoint
        self.unfinished = False

    @property
    def content(self) -> RemoteGraph:
        """The graph itself."""
        return self

    @property
    def index(self) -> Index:
        """What answers queries: the endpoint itself."""
        return self

    def local(self) -> LocalIndex:
        """Return an index here over a copy of the graph."""
        return Index.of(self.asserted, self.derived)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What the manifest says, by the IRI of the graph."""
        return {
            graph: Entry(int(triples or 0), digest)
            for graph, triples, digest in self.select(_GRAPHS)
        }

    @cached_property
    def record(self) -> Record:
        """The digests of the files that were read: enough to tell, too little to build upon."""
        sources = (source.partition(" ") for (source,) in self.select(_SOURCES))
        return Record(
            {name: Fingerprint(digest, "", ()) for digest, _, name in sorted(sources)}, software=""
        )

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the graphs of the build."""
        return frozenset(self.entries)

    def __len__(self) -> int:
        """Return the number of quads of the build."""
        return sum(entry.triples for entry in self.entries.values())

    def select(self, query: str) -> list[tuple[str, ...]]:
        """Return the values of a query for the manifest; "" where one is unbound."""
        results = self.endpoint.query(_TERMS + query)
        if isinstance(results, ox.QueryBoolean):
            raise StoreError(f"{self.endpoint.url}: answers a question that was not asked")
        return [
            tuple(getattr(row[name], "value", "") for name in results.variables) for row in results
        ]

    def state(self) -> tuple[str, str, str] | None:
        """Return version, digest of the whole, and version again as the questions see it."""
        for version, whole, seen in self.select(_STATE):
            return version, whole, seen
        return None

    def __contains__(self, iri: str) -> bool:
        """Tell whether anything is said of what has this IRI."""
        return bool(self.run(f"ASK {{ {ox.NamedNode(iri)} ?property ?value }}"))

    def run(self, text: str, *, union: bool = True, dataset: Dataset | None = None) -> QueryResults:
        """Have the endpoint run a query whose words are ours; see `Index.run`."""
        graphs = self._known(dataset) if dataset else ()
        # The engine at hand reads the query first: so errors are told alike everywhere, and what
        # a product adds to SPARQL is never sent to it.
        kind = LocalIndex(ox.Store()).run(text, union=union)
        if isinstance(kind, ox.QueryTriples):
            store = ox.Store()
            store.extend(
                ox.Quad(*triple) for triple in self.endpoint.construct(_PROLOGUE + text, graphs)
            )
            triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
            assert isinstance(triples, ox.QueryTriples)  # noqa: S101 - for the type checker
            return triples
        results: QueryResults = self.endpoint.query(_PROLOGUE + text, graphs)
        if isinstance(kind, ox.QueryBoolean) and isinstance(results, ox.QuerySolutions):
            results = _boolean(results)
        if type(results) is not type(kind):
            raise StoreError(f"{self.endpoint.url}: answers a question that was not asked")
        return results

    def _known(self, dataset: Dataset) -> list[tuple[str, str]]:
        """Return a dataset as parameters of the protocol, of graphs of the build alone.

        An endpoint may fetch what it does not have, and takes a list without a graph for no list.
        """
        names = ("default-graph-uri", "named-graph-uri")
        return [
            (name, graph)
            for name, graphs in zip(names, dataset, strict=True)
            for graph in [one for one in graphs if one in self.graphs] or [NOTHING]
        ]

    @cached_property
    def asserted(self) -> bytes:
        """What the sources say, as sorted N-Quads, with literals as the endpoint keeps them."""
        return self._quads(self.graphs - {DERIVED})

    @cached_property
    def derived(self) -> bytes:
        """What the rules derive, as sorted N-Quads, with literals as the endpoint keeps them."""
        return self._quads(self.graphs & {DERIVED})

    def pieces(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` in pieces of whole lines."""
        return (self.derived if part == "derived" else self.asserted,)

    def lines(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` line by line."""
        return io.BytesIO(self.derived if part == "derived" else self.asserted)

    def counts(self) -> Counter[str]:
        """Return how many triples each graph of the endpoint has, by its IRI."""
        return Counter({graph: int(n) for graph, n in self.select(_COUNTS)})

    def _quads(self, graphs: frozenset[str]) -> bytes:
        lines: list[bytes] = []
        counts = self.counts()
        for graph in sorted(graphs):
            rows = self.endpoint.query(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
            name = ox.NamedNode(graph)
            quads = [ox.Quad(row[0], row[1], row[2], name) for row in rows]  # type: ignore[union-attr]
            if len(quads) != counts[graph]:
                # Some products cut answers off without a word.
                raise StoreError(
                    f"{self.endpoint.url}: gives {len(quads):,} of the {counted(counts[graph], 'triple')}"
                    f" of <{graph}>; raise its limit of rows, or ask again if it is being written"
                )
            data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
            lines += nquads.split(data)
        return b"".join(sorted(lines))


def _boolean(results: ox.QuerySolutions) -> QueryResults:
    """Return the boolean that Virtuoso answers as a table of one number."""
    values = [getattr(row[0], "value", "") for row in results]
    value = b"true" if values in (["1"], ["true"]) else b"false"
    return ox.parse_query_results(b'{"boolean":%s}' % value, ox.QueryResultsFormat.JSON)


def open_remote(url: str) -> RemoteGraph:
    """Open the graph on the endpoint at `url`.

    Raises:
        UsageError: no such address can be.
        StoreError: it cannot be asked, holds no graph, or does not show it as a whole.
        TimeLimitError: it takes too long.
    """
    # One small query, before any that costs: whether this is a store of ours at all.
    remote = RemoteGraph(Endpoint(url))
    state = remote.state()
    if state is None:
        raise StoreError(f"{url}: holds no graph of ours; make one with kg build --store")
    version, whole, seen = state
    if version != FORMAT:
        raise StoreError(f"{url}: was built by another version; build it again")
    if not seen:
        raise StoreError(
            f"{url}: its default graph is not the union of its graphs; switch that on"
            " (docs/stores.md)"
        )
    remote.unfinished = not whole
    return remote
