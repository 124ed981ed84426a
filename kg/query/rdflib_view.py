"""The graph as rdflib sees it: a Dataset over the same index, to be read and not to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import rdflib
from oxrdflib import OxigraphStore

from kg.base import PREFIXES, QueryError, Reach, UsageError

if TYPE_CHECKING:
    from kg.query.index import LocalIndex


class _Reading(OxigraphStore):
    """An Oxigraph store that refuses to be changed, and queries that reach out of it."""

    def query(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a query in the engine if it stays within the graph."""
        reach = Reach.of(str(query))
        if reach.problem:
            raise QueryError(reach.problem)
        if reach.graphs:
            # oxrdflib 0.5 drops FROM without a word and answers of all graphs.
            raise QueryError(f"FROM <{reach.graphs[0]}> is not heeded here; ask with GRAPH instead")
        return super().query(query, *args, **kwargs)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise UsageError("this graph never changes; parse its Turtle into a Dataset of your own")

    def add_graph(self, graph: Any) -> None:
        """Do nothing: a Dataset announces every graph that it is asked for."""

    add = addN = remove = remove_graph = update = _refuse  # noqa: N815 - rdflib's names


def rdflib_dataset(index: LocalIndex) -> rdflib.Dataset:
    """Return an rdflib Dataset over `index`, whose default graph is the union of all graphs.

    Queries given as text run in the engine. The index holds numbers by value (`1.50` reads 1.5);
    what has to keep every character is exported instead.
    """
    # The union as default graph, as everywhere else here.
    made = rdflib.Dataset(store=_Reading(store=index.store), default_union=True)
    for prefix, iri in PREFIXES.items():
        made.bind(prefix, iri, override=True)
    return made
