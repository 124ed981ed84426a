"""What the service is, for programs: SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def describe(address: str, graphs: Iterable[str], *, union: bool) -> list[ox.Triple]:
    """Return the description of a service at an address, over some named graphs.

    >>> any("UnionDefaultGraph" in str(one) for one in describe("http://a/sparql", [], union=True))
    True
    """
    return sorted(_triples(address, graphs, union=union), key=str)


def _triples(address: str, graphs: Iterable[str], *, union: bool) -> Iterator[ox.Triple]:
    service, dataset, default = (
        ox.NamedNode(address + part) for part in ("", "#dataset", "#default")
    )

    def said(subject: ox.NamedNode, key: str, value: str | ox.NamedNode) -> ox.Triple:
        thing = ox.NamedNode(_SD + value) if isinstance(value, str) else value
        return ox.Triple(subject, ox.NamedNode(_SD + key), thing)

    yield ox.Triple(service, _TYPE, ox.NamedNode(_SD + "Service"))
    yield said(service, "endpoint", service)
    yield said(service, "supportedLanguage", "SPARQL11Query")
    if union:
        yield said(service, "feature", "UnionDefaultGraph")
    for name in _RESULTS:
        yield said(service, "resultFormat", ox.NamedNode(_FORMATS + name))
    yield said(service, "defaultDataset", dataset)
    yield ox.Triple(dataset, _TYPE, ox.NamedNode(_SD + "Dataset"))
    yield said(dataset, "defaultGraph", default)
    yield ox.Triple(default, _TYPE, ox.NamedNode(_SD + "Graph"))
    for at, graph in enumerate(sorted(graphs)):
        entry = ox.NamedNode(f"{address}#graph-{at}")
        yield said(dataset, "namedGraph", entry)
        yield ox.Triple(entry, _TYPE, ox.NamedNode(_SD + "NamedGraph"))
        yield said(entry, "name", ox.NamedNode(graph))
