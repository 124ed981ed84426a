"""Writing a graph to an endpoint, graph by graph, so that a broken-off upload can be taken up again.

The manifest first gives up every graph that is going to change, then each graph is replaced as a
whole, the derived one last; the manifest counts those that have arrived, and in the end carries the
digest of all. So whoever reads sees every source whole, old or new; a second run sends only what is
missing; and what the build no longer has goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg.base import DERIVED, StoreError, nquads
from kg.store.endpoint import Endpoint
from kg.store.remote import FORMAT, MANIFEST, Entry, RemoteGraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.sources import Fingerprint, Record

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
        TimeLimitError: it takes too long.
    """
    graphs = nquads.by_graph(asserted + derived)
    entries = {graph: entry_of(data) for graph, data in graphs.items()}
    with claimed(url, entries, record.sources) as claim:
        send(claim.remote, {one: graphs[one] for one in claim.new}, entries, claim.writer)
    return url


class ClaimedEndpoint(NamedTuple):
    """An endpoint while a build sends its graphs there: which of them are `new`, and the name of the `writer`."""

    remote: RemoteGraph
    new: frozenset[str]
    writer: str


@contextlib.contextmanager
def claimed(
    url: str, entries: Mapping[str, Entry], sources: Mapping[str, Fingerprint]
) -> Iterator[ClaimedEndpoint]:
    """Claim the endpoint at `url` for graphs with some entries, which are to be sent meanwhile; take them for finished in the end.

    Raises:
        UsageError: no such address can be.
        StoreError: it cannot be reached, refuses, or another build is writing to it.
        TimeLimitError: it takes too long.
    """
    remote = RemoteGraph(Endpoint(url))
    digests = {name: fingerprint.digest for name, fingerprint in sources.items()}
    whole = whole_of(entries, digests)
    version, digest, _ = remote.state() or ("", "", "")
    before = remote.entries if version == FORMAT else {}
    writer = str(uuid.uuid4())
    if (digest, before) == (whole, entries):
        yield ClaimedEndpoint(remote, frozenset(), writer)
        return
    new = frozenset(graph for graph, entry in entries.items() if before.get(graph) != entry)
    old = sorted(before.keys() - entries.keys())
    # An entry without a digest says that the graph is being written: from here on until the end
    # every reader is told so, whenever this is broken off.
    given_up = dict.fromkeys((*sorted(new), *old), Entry(0, ""))
    put_manifest(remote.endpoint, {**before, **given_up}, digests, creator=writer)
    yield ClaimedEndpoint(remote, new, writer)
    for graph in old:
        remote.endpoint.drop(graph)
    alone(remote, writer)
    put_manifest(remote.endpoint, entries, digests, creator=writer, identifier=whole)


def entry_of(data: bytes) -> Entry:
    """Return what the manifest says of a graph of these N-Triples."""
    return entry_of_pieces([data])


def entry_of_pieces(pieces: Iterable[bytes]) -> Entry:
    """Return what the manifest says of a graph of N-Triples that come in pieces."""
    count, digest = 0, hashlib.sha256()
    for piece in pieces:
        count += piece.count(b"\n")
        digest.update(piece)
    return Entry(count, digest.hexdigest())


def whole_of(entries: Mapping[str, Entry], sources: Mapping[str, str]) -> str:
    """Return the digest of all graphs and of the files that they were read from."""
    digests = {graph: entry.digest for graph, entry in entries.items()}
    return hashlib.sha256(json.dumps([digests, sources], sort_keys=True).encode()).hexdigest()


def send(
    remote: RemoteGraph, new: Mapping[str, bytes], entries: Mapping[str, Entry], writer: str
) -> None:
    """Write graphs, and tell the manifest of those that have arrived."""
    # What is derived comes last: until then it follows from sources that were there before.
    order = sorted(new, key=lambda graph: (graph == DERIVED, graph))
    arrived: list[str] = []
    for names in remote.endpoint.put((graph, new[graph]) for graph in order):
        arrived += names
        if len(arrived) >= NOTED or names[-1] == order[-1]:
            alone(remote, writer)
            triples = (triple for graph in arrived for triple in _about(graph, entries[graph]))
            remote.endpoint.add(MANIFEST, _lines(triples))
            arrived = []


def alone(remote: RemoteGraph, writer: str) -> None:
    """Notice another build that has begun since: the last one to begin has to finish."""
    if remote.select(_WRITER) != [(writer,)]:
        raise StoreError(
            f"{remote.endpoint.url}: another build is writing to it; run this one again after it"
        )


def put_manifest(
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
        *(triple for graph, entry in entries.items() for triple in _about(graph, entry)),
    ]
    for _ in endpoint.put([(MANIFEST, _lines(triples))]):
        pass


def _about(graph: str, entry: Entry) -> Iterable[ox.Triple]:
    """Yield what the manifest says of a graph: its name alone while it is being written."""
    node = ox.NamedNode(f"{MANIFEST}/{hashlib.sha256(graph.encode()).hexdigest()[:32]}")
    yield ox.Triple(node, ox.NamedNode(_NAME), ox.NamedNode(graph))
    if entry.digest:
        yield ox.Triple(node, ox.NamedNode(_COUNT), ox.Literal(entry.triples))
        yield ox.Triple(node, ox.NamedNode(_DCTERMS + "identifier"), ox.Literal(entry.digest))


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
