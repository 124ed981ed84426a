"""By what the things of a network can be picked: whose, where, of which indicator, on whose word.

A place counts with everything that it lies in, so that who picks a country finds its cities.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from kg.base import ID, lengthen
from kg.query import select_pairs, select_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from kg.plans.sentences import Words
    from kg.promises import PromiseRecord, Statement
    from kg.query import Index

FACETS: Final = ("companies", "places", "indicators", "speakers", "publishers")
"""The attributes of nodes that name by IRI what they can be picked by."""

_WHERE: Final = ("cp:takesPlaceWithin", "cp:takesPlaceIn", "cp:locatedIn")


def add_facets(
    network: nx.MultiDiGraph[str],
    index: Index,
    statements: Mapping[str, Statement],
    records: Iterable[PromiseRecord],
    words: Words,
) -> None:
    """Give the nodes of a network the attributes of `FACETS`, and the graph `names` of what they name."""
    planners, where = select_values(index, "cp:company"), select_values(index, *_WHERE)
    whose = defaultdict(set, {thing: {*companies} for thing, companies in planners.items()})
    for initiative, built in select_pairs(index, "cp:establishes"):
        whose[str(built)] |= planners.get(initiative, set())
    for record in records:
        first = statements[record.first]
        for thing in (record.first,) if first.kind == "Target" else first.things:
            whose[thing].update(record.companies)
    named: set[str] = set()
    for iri, node in network.nodes.items():
        name = iri.removeprefix(ID)
        facts = [statements[fact.removeprefix(ID)] for fact in node["facts"]]
        about = statements[name].things if node["type"] == "target" else ()
        values = {
            "companies": whose[name] | ({name} if node["type"] == "company" else set()),
            "places": _places(name, node["type"], about, facts, where),
            "indicators": {str(one) for fact in facts for one in fact.says.get("indicator", ())},
            "speakers": {str(one) for fact in facts for one in fact.says.get("speaker", ())},
            "publishers": {fact.source.publisher for fact in facts},
        }
        node |= {key: sorted(map(lengthen, names)) for key, names in values.items()}
        named.update(*values.values())
    network.graph["names"] = {lengthen(name): words.label(name) for name in sorted(named)}


def _places(
    name: str,
    type_: str,
    about: Iterable[str],
    facts: Iterable[Statement],
    where: Mapping[str, set[str]],
) -> set[str]:
    """Return where something is, or where what it is about takes place, with all that lies around that."""
    said = {str(place) for fact in facts for place in fact.says.get("place", ())}
    near = {place for thing in (name, *about) for place in where.get(thing, ())}
    if type_ in ("initiative", "target"):
        near |= said
    if type_ == "place":
        near.add(name)
    return near | {outer for place in near for outer in where.get(place, ())}


def add_disputes(network: nx.MultiDiGraph[str]) -> None:
    """Tell of the nodes that the contradictions of a network are about in which periods they are disputed.

    A period is its first day, and the one on which either side was corrected, or None.
    """
    statements: Mapping[str, dict[str, Any]] = network.graph["statements"]
    periods: defaultdict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for pair in network.graph["contradictions"]:
        sides = [statements[side] for side in pair["sides"]]
        since = max(side["published"] for side in sides)
        until = min((side["corrected"] for side in sides if side["corrected"]), default=None)
        if until is None or since < until:
            for side in pair["sides"]:
                periods[side].add((since, until))
    for node in network.nodes.values():
        found = {period for fact in node["facts"] for period in periods.get(fact, ())}
        for_good = min((since for since, until in found if until is None), default=None)
        # What is disputed for good from a day on need not be told again of a part of that.
        ended = {one for one in found if one[1] and not (for_good and for_good <= one[0])}
        node["disputed"] = [*sorted(ended), *([(for_good, None)] if for_good else [])]
