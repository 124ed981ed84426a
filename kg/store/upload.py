"""Writing a graph to an endpoint, graph by graph, so that a broken-off upload can be taken up again.

The manifest first gives up every graph that is going to change, then each graph is replaced as a
whole, the derived one last; the manifest counts those that have arrived, and in the end carries the
digest of all. So whoever reads sees every source whole, old or new; a second run sends only what is
missing; and what the build no longer has goes.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import DERIVED, StoreError
from kg.store.endpoint import Endpoint
from kg.store.remote import FORMAT, MANIFEST, Entry, RemoteGraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.sources import Record

NOTED: Final = 64
"""After how many graphs the manifest is told of them, at the latest."""

_DCTERMS = "http://purl.org/dc/terms/"
_COUNT = "http://rdfs.org/ns/void#triples"
_NAME = "http://www.w3.org/ns/sparql-service-description#name"
_WRITER = f"""SELECT ?writer {{ GRAPH <{MANIFEST}> {{ <{MANIFEST}> dcterms:creator ?writer }} }}"""


def upload_graph(url: str, asserted: bytes, derived: bytes, record: Record) -> str:
    """Make the endpoint at `url` hold a graph, given as N-Quads; return `url`.

    Raises:
        UsageError: no such address can be.
        StoreError: it cannot be reached, refuses, or another build is writing to it.
        TimedOut: it takes too long.
    """
    remote = RemoteGraph(Endpoint(url))
    sources = {name: fingerprint.digest for name, fingerprint in record.sources.items()}
    endpoint = remote.endpoint
    wanted = _split(asserted + derived)
    entries = {
        graph: Entry(data.count(b"\n"), hashlib.sha256(data).hexdigest())
        for graph, data in wanted.items()
    }
    whole = hashlib.sha256(
        json.dumps([{g: entry.digest for g, entry in entries.items()}, sources], sort_keys=True)
        .encode()
    ).hexdigest()  # fmt: skip
    before = remote.entries if (state := remote.state()) and state[0] == FORMAT else {}
    if state and state[1] == whole and before == entries:
        return url
    new = {graph: data for graph, data in wanted.items() if before.get(graph) != entries[graph]}
    old = sorted(before.keys() - wanted.keys())
    writer = str(uuid.uuid4())
    given_up = {graph: Entry(0, "") for graph in (*new, *old)}
    _put(endpoint, {**before, **given_up}, sources, creator=writer)
    # What is derived comes last: until then it follows from sources that were there before.
    last = sorted(new, key=lambda graph: (graph == DERIVED, graph))
    arrived: list[str] = []
    for names in endpoint.put((graph, wanted[graph]) for graph in last):
        arrived += names
        if len(arrived) >= NOTED or names[-1] == last[-1]:
            _alone(remote, writer)
            endpoint.add(MANIFEST, _lines(t for g in arrived for t in _said(g, entries[g])))
            arrived = []
    for graph in old:
        endpoint.drop(graph)
    _alone(remote, writer)
    _put(endpoint, entries, sources, creator=writer, identifier=whole)
    return url


def _alone(remote: RemoteGraph, writer: str) -> None:
    """Notice another build that has begun since: the last one to begin has to finish."""
    if remote.select(_WRITER) != [(writer,)]:
        raise StoreError(
            f"{remote.endpoint.url}: another build is writing to it; run this one again after it"
        )


def _split(quads: bytes) -> dict[str, bytes]:
    """Return the N-Triples of every graph of some N-Quads, sorted."""
    graphs: defaultdict[str, list[bytes]] = defaultdict(list)
    for line in quads.splitlines(keepends=True):
        triple, graph, _ = line.rsplit(b" ", 2)
        graphs[graph.decode()[1:-1]].append(triple + b" .\n")
    return {graph: b"".join(sorted(lines)) for graph, lines in sorted(graphs.items())}


def _put(
    endpoint: Endpoint, entries: Mapping[str, Entry], sources: Mapping[str, str], **says: str
) -> None:
    """Replace the manifest."""
    manifest = ox.NamedNode(MANIFEST)
    texts = [
        *(("hasVersion", FORMAT), *says.items()),
        *(("source", f"{digest} {name}") for name, digest in sources.items()),
    ]
    triples = [
        *(ox.Triple(manifest, ox.NamedNode(_DCTERMS + name), ox.Literal(t)) for name, t in texts),
        *(triple for graph, entry in entries.items() for triple in _said(graph, entry)),
    ]
    for _ in endpoint.put([(MANIFEST, _lines(triples))]):
        pass


def _said(graph: str, entry: Entry) -> Iterable[ox.Triple]:
    """Yield what the manifest says of a graph: its name alone while it is being written."""
    node = ox.NamedNode(f"{MANIFEST}/{hashlib.sha256(graph.encode()).hexdigest()[:32]}")
    yield ox.Triple(node, ox.NamedNode(_NAME), ox.NamedNode(graph))
    if entry.digest:
        yield ox.Triple(node, ox.NamedNode(_COUNT), ox.Literal(entry.triples))
        yield ox.Triple(node, ox.NamedNode(_DCTERMS + "identifier"), ox.Literal(entry.digest))


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
