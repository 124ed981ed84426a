"""By what things can be picked, as tables: what recurs is named once, and its number at each thing."""

from collections.abc import Mapping

from viz.select import Records, clean

FACETS = {
    "company": "companies",
    "place": "places",
    "indicator": "indicators",
    "speaker": "speakers",
    "publisher": "publishers",
}
"""What they are called in the page, and the attribute of nodes that names their values by IRI."""


def tables(graph: Records, names: Mapping[str, str]) -> dict[str, list[list[str]]]:
    """Return for each facet its values, as IRI and label, in order of labels.

    >>> from viz.select import Node
    >>> node = Node("a", "A", "initiative", None, picks={"places": ("urn:india",)})
    >>> tables(Records((node,), ()), {"urn:india": "India"})["place"]
    [['urn:india', 'India']]
    """
    labels = {clean(iri): clean(label) for iri, label in names.items()}
    labels = {node.iri: node.label for node in graph.nodes} | labels
    found: dict[str, list[list[str]]] = {}
    for name, attribute in FACETS.items():
        values = {iri for node in graph.nodes for iri in node.picks.get(attribute, ())}
        called = [[iri, labels.get(iri) or iri] for iri in values]
        found[name] = sorted(called, key=lambda one: (one[1].casefold(), one[0]))
    return found


def picks(graph: Records, tables: Mapping[str, list[list[str]]]) -> list[dict[str, list[int]]]:
    """Return for each node the numbers of its values by facet; what it has none of is left out."""
    numbers = {
        attribute: {iri: at for at, (iri, _) in enumerate(tables[name])}
        for name, attribute in FACETS.items()
    }
    return [
        {
            name: sorted(numbers[attribute][iri] for iri in node.picks[attribute])
            for name, attribute in FACETS.items()
            if node.picks.get(attribute)
        }
        for node in graph.nodes
    ]
