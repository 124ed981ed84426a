"""A graph that many processes send to an endpoint, each the graphs that it has: to the same as `upload_graph` here."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.store.endpoint import Endpoint
from kg.store.remote import RemoteGraph
from kg.store.upload import alone, claimed, entry_of, entry_of_pieces
from kg.store.web import check_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.sources import Fingerprint
    from kg.store.remote import Entry


@dataclass(frozen=True)
class Sender:
    """What graphs are sent with; it travels, with the settings of `kg.store.endpoint`, a password among them."""

    url: str
    settings: Mapping[str, str] = field(repr=False)
    writer: str

    def put(self, graphs: Iterable[tuple[str, bytes]]) -> None:
        """Replace graphs by N-Triples, each as a whole. Errors as in `claimed`."""
        remote = self._remote()
        for _ in remote.endpoint.put(graphs):
            alone(remote, self.writer)

    def add(self, graph: str, pieces: Iterable[bytes]) -> None:
        """Add pieces of N-Triples to a graph: what is there already stays. Errors as in `claimed`."""
        remote = self._remote()
        for piece in pieces:
            alone(remote, self.writer)
            remote.endpoint.add(graph, piece)

    def drop(self, graph: str) -> None:
        """Remove a graph, which may not be there. Errors as in `claimed`."""
        self._remote().endpoint.drop(graph)

    def _remote(self) -> RemoteGraph:
        return RemoteGraph(Endpoint(self.url, self.settings))


class SentThere:
    """An endpoint that is to hold a graph."""

    entry_of = staticmethod(entry_of)
    entry_of_pieces = staticmethod(entry_of_pieces)

    def __init__(self, url: str) -> None:
        """Take the endpoint at `url`, which has to answer: what is to be sent may take hours to make. Errors as in `claimed`."""
        self.url = check_url(url, "--parts")
        self._settings = {name: one for name, one in os.environ.items() if name.startswith("KG_")}
        RemoteGraph(Endpoint(self.url)).state()

    @contextlib.contextmanager
    def claimed(
        self, entries: Mapping[str, Entry], sources: Mapping[str, Fingerprint]
    ) -> Iterator[tuple[Sender, frozenset[str]]]:
        """Lend what graphs are sent with, and the names of those that have to be; see `kg.store.upload.claimed`."""
        with claimed(self.url, entries, sources) as claim:
            yield Sender(self.url, self._settings, claim.writer), claim.new
