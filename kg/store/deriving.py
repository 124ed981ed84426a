"""The derived graph of an endpoint while it is made there: nobody takes it for finished, and nobody else writes it.

The sources may have come by other ways than ours, as by the loader of a product. What is derived goes
first, so that nothing follows from what is there no longer.
"""

from __future__ import annotations

import contextlib
import re
import uuid
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import DERIVED, ONTOLOGY, RDF, RefusalError, StoreError, counted, nquads
from kg.query import NOTHING
from kg.store.endpoint import BATCH, Endpoint
from kg.store.remote import FORMAT, MANIFEST, Entry, RemoteGraph
from kg.store.upload import alone, entry_of, put_manifest, send, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE: Final = 50_000
"""How many rows are asked for at once, as far as a digest of their subjects parts them."""

_OWN: Final = re.compile(
    r"http://www\.openlinksw\.com/.*|http://localuriqaserver/.*|https?://[^/]+/DAV/?"
    r"|http://www\.w3\.org/ns/ldp#"
)
"""The graphs that Virtuoso has of itself, in a store in which there is nothing yet."""

_TRIPLE: Final = f"GRAPH <{DERIVED}> {{ <{NOTHING}> <{NOTHING}> <{NOTHING}> }}"
_PROBE: Final = f"INSERT DATA {{ {_TRIPLE} }} ; DELETE DATA {{ {_TRIPLE} }}"
"""An update that writes and leaves nothing: who may not, or has no room, is told so before a rule is blamed."""

_REPEATED: Final = f"""DELETE {{ GRAPH <{DERIVED}> {{ ?s ?p ?o }} }}
WHERE {{
  GRAPH <{DERIVED}> {{ ?s ?p ?o }}
  GRAPH ?other {{ ?s ?p ?o }}
  FILTER (?other != <{DERIVED}>)
}}"""
_BY_NAME: Final = f"""SELECT ?p ?class (COUNT(*) AS ?n) {{
  GRAPH <{DERIVED}> {{ ?s ?p ?o . BIND (IF(?p = <{RDF}type>, ?o, <{RDF}nil>) AS ?class) }}
}} GROUP BY ?p ?class"""


class DerivedThere:
    """The derived graph of an endpoint, to which rules and triples can be added."""

    def __init__(self, remote: RemoteGraph, writer: str) -> None:
        """Take a graph that `writer` has claimed; see `derived_there`."""
        self._remote, self._writer = remote, writer

    def insert(self, prologue: str, template: str, where: str) -> None:
        """Have the endpoint add what a template makes of the solutions of a pattern.

        Raises:
            RefusalError: it cannot do that, and can write.
            StoreError: it cannot be reached, lets nobody in, can write nothing, or another build is writing to it.
            TimeLimitError: it takes too long.
        """
        alone(self._remote, self._writer)
        update = self._remote.endpoint.update
        try:
            update(f"{prologue}\nINSERT {{ GRAPH <{DERIVED}> {{ {template} }} }}\n{where}")
        except RefusalError:
            try:
                update(_PROBE)
            except RefusalError as error:
                raise StoreError(str(error)) from None
            raise

    def add(self, triples: Iterable[str]) -> int:
        """Add N-Triples without their dots; return how many. Errors as in `insert`."""
        number, size = 0, 0
        lines: list[bytes] = []
        for triple in triples:
            number += 1
            lines.append(f"{triple} .\n".encode())
            size += len(lines[-1])
            if size > BATCH:
                self._add(lines)
                lines, size = [], 0
        if lines:
            self._add(lines)
        return number

    def _add(self, lines: list[bytes]) -> None:
        alone(self._remote, self._writer)
        self._remote.endpoint.add(DERIVED, b"".join(lines))

    def counts(self) -> dict[tuple[str, str], int]:
        """Return how many derived triples have each predicate, and class where that is `rdf:type`."""
        return {(p, class_): int(n) for p, class_, n in self._remote.select(_BY_NAME)}

    def copy(self, names: Iterable[str]) -> ox.Store:
        """Return all that the endpoint holds with some predicates or of some classes, in whatever graph, page by page.

        Raises:
            StoreError: it gives other than all of it.
        """
        store, names = ox.Store(), sorted(names)
        type_ = ox.NamedNode(RDF + "type")
        for name in map(ox.NamedNode, names):
            store.bulk_extend(self._found(name))
            if type_.value not in names:
                store.bulk_extend(self._found(type_, name))
        return store

    def _found(self, predicate: ox.NamedNode, of: ox.NamedNode | None = None) -> set[ox.Quad]:
        """Return what has a predicate, and an object `of` which it is, if that is told."""
        value = f"VALUES ?o {{ {of} }}" if of else ""
        asked = f"SELECT DISTINCT ?s ?o {{ {value} ?s {predicate} ?o"
        ((told,),) = self._remote.select(f"SELECT (COUNT(*) AS ?n) {{ {{ {asked} }} }} }}")
        quads = {
            ox.Quad(row[0], predicate, row[1])
            for part in _parts(int(told))
            for row in self._rows(f"{asked} {part} }}")
        }
        if len(quads) != int(told):
            raise StoreError(
                f"{self._remote.endpoint.url}: gives {len(quads):,} of the {counted(int(told), 'triple')}"
                f" with {predicate}; raise its limit of rows, or ask again if it is being written"
            )
        return quads

    def _rows(self, query: str) -> Iterable[ox.QuerySolution]:
        results = self._remote.endpoint.query(query)
        assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - for the type checker
        return results


def _parts(number: int) -> list[str]:
    """Return the filters by which so many rows come in pages: by the digest of the subject.

    >>> _parts(100), len(_parts(100_000)), len(_parts(1_000_000))
    ([''], 4, 32)
    """
    if number <= PAGE:
        return [""]
    # Each page costs the endpoint a look at all rows, so there are no more than are needed.
    digits = 2 if number <= PAGE * 128 else 3
    beginnings = [format(one, f"0{digits}x") for one in range(16**digits)]
    wanted = 1
    while wanted < len(beginnings) and number > wanted * PAGE * 3 // 4:
        wanted *= 2
    each = len(beginnings) // wanted
    return [
        f'FILTER (SUBSTR(MD5(STR(?s)), 1, {digits}) >= "{beginnings[start]}"'
        f' && SUBSTR(MD5(STR(?s)), 1, {digits}) <= "{beginnings[start + each - 1]}")'
        for start in range(0, len(beginnings), each)
    ]


@contextlib.contextmanager
def derived_there(url: str, ontology: bytes) -> Iterator[DerivedThere]:
    """Claim the endpoint at `url` and lend its derived graph, which is empty; take it for finished in the end.

    Until then, and where an error breaks it off, every reader is told that a build is not finished.
    `ontology` is that of the program, as N-Quads in a graph of its own, which is sent where it is not there.
    What rules repeat that the sources say is taken out in the end.

    Raises:
        UsageError: no such address can be.
        StoreError: it cannot be reached, refuses, holds nothing, its default graph is not the union
            of its graphs, or another build is writing to it.
        TimeLimitError: it takes too long.
    """
    remote = RemoteGraph(Endpoint(url))
    version, _, _ = remote.state() or (FORMAT, "", "")
    if version != FORMAT:
        raise StoreError(f"{url}: was built by another version; build it again")
    entries = _entries(remote, url)
    said = nquads.by_graph(ontology)[ONTOLOGY]
    new = {ONTOLOGY: said} if entries.get(ONTOLOGY) != entry_of(said) else {}
    entries[ONTOLOGY] = entry_of(said)
    sources = {name: one.digest for name, one in remote.record.sources.items()}
    writer = str(uuid.uuid4())
    given_up = dict.fromkeys((DERIVED, *new), Entry(0, ""))
    put_manifest(remote.endpoint, {**entries, **given_up}, sources, creator=writer)
    if not (remote.state() or ("", "", ""))[2]:
        raise StoreError(
            f"{url}: its default graph is not the union of its graphs; switch that on (docs/stores.md)"
        )
    send(remote, new, entries, writer)
    remote.endpoint.drop(DERIVED)
    remote.endpoint.update(_PROBE)
    yield DerivedThere(remote, writer)
    remote.endpoint.update(_REPEATED)
    alone(remote, writer)
    entries[DERIVED] = _counted(remote.counts().get(DERIVED, 0))
    whole = whole_of(entries, sources)
    put_manifest(remote.endpoint, entries, sources, creator=writer, identifier=whole)


def _entries(remote: RemoteGraph, url: str) -> dict[str, Entry]:
    """Return what the manifest is to say of the graphs that are there, but the derived one."""
    before = remote.entries
    there = {
        graph: number
        for graph, number in remote.counts().items()
        if graph not in (DERIVED, MANIFEST) and not _OWN.fullmatch(graph)
    }
    if not there:
        raise StoreError(f"{url}: holds nothing to derive from; load sources first")
    broken = [name for name, one in before.items() if not one.digest and name != DERIVED]
    if any(name != ONTOLOGY for name in broken):
        raise StoreError(
            f"{url}: a build of its sources is not finished; run kg build --store again, then this"
        )
    return {
        graph: before[graph]
        if graph in before and before[graph].triples == number
        else _counted(number)
        for graph, number in there.items()
    }


def _counted(number: int) -> Entry:
    """Return the entry of a graph of which no digest is known: a build takes it for another one and sends its own."""
    return Entry(number, f"counted:{number}")
