"""The index that answers queries over a graph, wherever the graph is held.

Here it is an Oxigraph store, which rewrites some literals and can be thrown away and built again:
what was said and what was derived are kept beside it as N-Quads. `kg.store.remote` has the one that asks
an endpoint.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import ID, PREFIXES, QueryError
from kg.query.engine import engine_errors, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.base import StoreError
    from kg.query.engine import Fault

Dataset = tuple[tuple[str, ...], tuple[str, ...]]
"""The IRIs of the graphs that make up the default graph, and of those that are named."""

QueryResults = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

NOTHING: Final = "urn:x-kg:nothing"
"""The IRI of a graph that holds nothing."""

LARGE: Final = 100_000_000
"""From how many bytes of N-Quads on it matters to what comes later how they were loaded."""


class Index(ABC):
    """What answers queries over a graph that is only read; nothing untrusted reaches out of it.

    `unfinished` says whether a build is writing to it, or was broken off.
    """

    unfinished = False

    @staticmethod
    def of(*nquads: bytes) -> LocalIndex:
        r"""Return an index in memory over N-Quads.

        >>> len(Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n"))
        1
        """
        # In memory: an index on disk takes three times and more as long to ask, and twice to make.
        store = ox.Store()
        if sum(map(len, nquads)) < LARGE:
            _load(store, nquads)
            return LocalIndex(store)
        from concurrent.futures import ThreadPoolExecutor  # few need it

        # Loading leaves its memory full of holes, and glibc gives each thread a memory of its own.
        # Whatever has to fill the holes of ten million triples takes twice as long as elsewhere.
        with ThreadPoolExecutor(1) as apart:
            apart.submit(_load, store, nquads).result()
        return LocalIndex(store)

    @staticmethod
    def of_file(path: Path) -> LocalIndex:
        """Return an index in memory over a file of N-Quads.

        Raises:
            OSError: as the system has it.
        """
        from concurrent.futures import ThreadPoolExecutor  # few need it

        store = ox.Store()
        # Apart for the same reason as above.
        with ThreadPoolExecutor(1) as apart:
            apart.submit(store.bulk_load, path=path, format=ox.RdfFormat.N_QUADS).result()
        return LocalIndex(store)

    @property
    @abstractmethod
    def graphs(self) -> frozenset[str]:
        """The IRIs of all named graphs."""

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of quads."""

    @abstractmethod
    def __contains__(self, iri: str) -> bool:
        """Tell whether anything is said of what has this IRI."""

    @abstractmethod
    def local(self) -> LocalIndex:
        """Return an index in this process over the same graph: this one, or a copy."""

    @abstractmethod
    def run(self, text: str, *, union: bool = True, dataset: Dataset | None = None) -> QueryResults:
        """Run a query whose words are ours and whose terms the engine has written: nobody's else.

        The default graph is the `union` of all graphs unless the query, or a `dataset`, says.
        """

    def fault(self) -> StoreError | None:
        """Return what is wrong with that which is asked, where an answer has failed; None for nothing."""
        return None

    def run_of_all(self, text: str) -> QueryResults:
        """Run one of our questions that is about everything and not about one thing; as `run`."""
        return self.run(text)

    def query(
        self, text: str, *, union: bool = True, dataset: Dataset | None = None
    ) -> QueryResults:
        r"""Run anybody's query over the union of all graphs; FROM and GRAPH address single ones.

        Args:
            text: the query. What it has of relative IRIs is of the things here: `<xiaomi>` is `id:xiaomi`.
            union: whether the default graph is the union of all, else it is the one without a name.
            dataset: the IRIs of the graphs that are the default graph, and of those that GRAPH can
                address, in place of what the query says (SPARQL 1.1 Protocol, section 2.1.4). One that
                is not here is empty, as W3C's tests of the protocol have it; nothing is fetched.

        Raises:
            QueryError: it cannot be read, nests too deeply, or would reach out of the graph.

        >>> index = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n")
        >>> bool(index.query("ASK { ?s <a:p> <a:o> }"))
        True
        """
        from kg.base import Reach  # those who ask our questions need no scan

        reach = Reach.of(text)
        if reach.problem:
            raise QueryError(reach.problem)
        if dataset is None and (unknown := set(reach.graphs) - self.graphs):
            raise QueryError(
                f"FROM names <{min(unknown)}>, which is no graph here; nothing is fetched"
            )
        return self.run(text, union=union and not (dataset or reach.graphs), dataset=dataset)


class LocalIndex(Index):
    """An index in this process: an Oxigraph store."""

    def __init__(self, store: ox.Store, fault: Fault | None = None) -> None:
        """Wrap `store`, which the caller has filled; `fault` finds what is wrong with one on a disk."""
        self.store = store
        self._fault = fault

    def fault(self) -> StoreError | None:
        """Return what is wrong with the files that are asked; see `Index.fault`."""
        return self._fault() if self._fault else None

    @cached_property
    def graphs(self) -> frozenset[str]:
        """The IRIs of all named graphs."""
        with engine_errors(self.fault):
            named = list(self.store.named_graphs())
        return frozenset(graph.value for graph in named if isinstance(graph, ox.NamedNode))

    def __len__(self) -> int:
        """Return the number of quads."""
        with engine_errors(self.fault):
            return len(self.store)

    def __contains__(self, iri: str) -> bool:
        """Tell whether anything is said of what has this IRI; errors as in `engine_errors`."""
        with engine_errors(self.fault):
            return any(self.store.quads_for_pattern(ox.NamedNode(iri), None, None))

    def local(self) -> LocalIndex:
        """Return this index."""
        return self

    def run_of_all(self, text: str) -> QueryResults:
        """Run one of our questions that is about everything, property by property, and put its rows in order."""
        # most ask about one company
        from kg.query.joins import join_columns, without_order
        from kg.query.ordering import order_of, put_in_order

        whole = join_columns(text)
        by = order_of(text)
        if by is None:
            return self.run(whole)
        rows = self.run(without_order(whole))
        return put_in_order(rows, by, lambda: self.run(whole), self.fault)

    def run(self, text: str, *, union: bool = True, dataset: Dataset | None = None) -> QueryResults:
        """Run a query whose words are ours; see `Index.run`."""
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
        named: list[ox.NamedNode | ox.BlankNode] | None = None
        if dataset:
            # Where only named graphs are named, the default graph is empty, which is no list of graphs.
            default = [ox.NamedNode(graph) for graph in dataset[0]] or [ox.NamedNode(NOTHING)]
            named = [ox.NamedNode(graph) for graph in dataset[1]]
        try:
            with engine_errors(self.fault):
                return self.store.query(
                    text,
                    base_iri=ID,
                    prefixes=PREFIXES,
                    use_default_graph_as_union=union,
                    default_graph=default,
                    named_graphs=named,
                )
        except SyntaxError as error:
            raise QueryError(unreadable(str(error), text)) from None


def _load(store: ox.Store, nquads: Iterable[bytes]) -> None:
    for data in nquads:
        store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
