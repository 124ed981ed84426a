"""The graph as a NetworkX network: things and targets as nodes, what links them as edges.

Every node and edge names the statements it rests on, so that a picture can show its evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from kg.base import DERIVED, ID, UsageError, shorten
from kg.plans.plan import since
from kg.plans.promises import group_promises
from kg.plans.sentences import Words
from kg.plans.statements import load_statements
from kg.query import ClassTree, select_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.plans.statements import Statement
    from kg.query import Index

# The structure of things that a picture shows; what relates them comes from statements.
_STRUCTURE: Final = f"""SELECT ?from ?edge ?to WHERE {{
  {{ ?from cp:company ?to . BIND ("company" AS ?edge) }}
  UNION {{ ?from cp:establishes ?to . BIND ("establishes" AS ?edge) }}
  UNION {{ ?from cp:jurisdiction ?to . BIND ("jurisdiction" AS ?edge) }}
  UNION {{ ?from cp:takesPlaceIn ?to . BIND ("takesPlaceIn" AS ?edge) }}
  UNION {{
    GRAPH ?said {{ ?from cp:locatedIn ?to }}
    FILTER (?said != <{DERIVED}>)
    BIND ("locatedIn" AS ?edge)
  }}
}}"""

_THINGS: Final = """SELECT ?thing ?class ?status WHERE {
  ?thing a cp:Thing, ?class .
  FILTER (STRSTARTS(STR(?class), STR(cp:)))
  OPTIONAL { ?thing cp:currentStatus ?status }
}"""

_RANKS: Final = "SELECT ?status ?rank WHERE { ?status cp:rank ?rank }"

# Links that hold whatever anybody plans; a picture draws them faintly.
_TIMELESS: Final = {
    "establishes", "hasCategory", "jurisdiction", "locatedIn", "partOf", "takesPlaceIn",
}  # fmt: skip

# The classes that a picture tells apart; what is of none of them, nor below one, is a category.
_PICTURED: Final = frozenset({
    "Person", "Initiative", "Facility", "Place", "Product", "Condition", "Company", "Organization",
})  # fmt: skip


def project_network(
    index: Index,
    *,
    focus: str | None = None,
    hops: int = 2,
    said: Mapping[str, Statement] | None = None,
) -> nx.MultiDiGraph[str]:
    """Return the network of a graph.

    Nodes are IRIs with `label`, `type`, `status`, `facts`, `aliases`, `description`, `due`; edges
    are keyed by predicate, with `label`, `status`, `timeless`, `facts`; the graph attribute
    `statements` has every statement by IRI. Things that nothing links to are left out. A target that
    several statements say is one node, called by the first of `kg.plans.promises`.

    Args:
        index: the graph.
        focus: the IRI of a thing; then only what lies within `hops` edges of it is returned.
        hops: how far around `focus`.
        said: the statements of the graph, if they have been loaded already.

    >>> import kg
    >>> network = project_network(kg.build(check=False).index)
    >>> network.nodes[ID + "mobikwik"]["label"], network.nodes[ID + "mobikwik"]["type"]
    ('MobiKwik', 'organization')
    """
    words = Words.of(index)
    said = load_statements(index) if said is None else said
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    types, status = _things(index)
    promises = group_promises(said)
    ranks = {
        str(status): rank for status, rank in select_rows(index, _RANKS) if isinstance(rank, int)
    }

    def standing(one: Statement) -> tuple[str, int]:
        return since(one), ranks.get(str(one.one("status")), 0)

    _add_targets(network, promises, words, standing)
    _add_structure(network, index, said, words)
    _add_relations(network, sorted(said.values(), key=standing), words, types)
    planners = {company for _, company, key in network.edges(keys=True) if key == "company"}
    facts = _facts(said)
    aliases, descriptions = _texts(index, "skos:altLabel"), _texts(index, "rdfs:comment")
    for iri, node in network.nodes.items():
        name = iri.removeprefix(ID)
        if "type" not in node:
            kind = types.get(name, "category")
            # The companies of the picture are those that plan; other ones are partners of theirs.
            node["type"] = "organization" if kind == "company" and iri not in planners else kind
            node["label"] = _headed(words.label(name), kind)
            node["status"] = status.get(name)
            node["due"] = None
        own = (*facts.get(name, ()), *(one.name for one in promises.get(name, ())))
        node["facts"] = [ID + fact for fact in dict.fromkeys(own)]
        node["aliases"] = aliases.get(name, [])
        node["description"] = " ".join(descriptions.get(name, [])) or None
    if focus is not None and (name := focus.removeprefix(ID)) in promises:
        focus = ID + promises[name][0].name
    if focus is not None and focus not in network:
        raise UsageError(f"nothing is linked to {shorten(focus)}; choose another thing to focus on")
    if focus is not None:
        near = nx.ego_graph(network.to_undirected(as_view=True), focus, radius=hops)
        network = network.subgraph(near.nodes).copy()
    used = {fact for _, node in network.nodes(data=True) for fact in node["facts"]}
    used |= {fact for *_, edge in network.edges(data=True) for fact in edge["facts"]}
    network.graph["statements"] = {
        ID + name: _told(statement, words) for name, statement in said.items() if ID + name in used
    }
    return network


def _headed(label: str, kind: str) -> str:
    """Begin what stands alone with a capital; names and products are spelt as they are."""
    plain = kind in {"initiative", "target", "condition", "facility", "category"}
    return label[:1].upper() + label[1:] if plain else label


def _things(index: Index) -> tuple[dict[str, str], dict[str, str]]:
    """Return the type that a picture gives every thing, and the status of those that have one."""
    classes: dict[str, set[str]] = {}
    status: dict[str, str] = {}
    for thing, class_, state in _rows(index, _THINGS):
        classes.setdefault(thing, set()).add(class_)
        if state:
            status[thing] = state.removeprefix("cp:")
    tree = ClassTree.of(index)
    types = {
        thing: tree.nearest(found, _PICTURED).lower() or "category"
        for thing, found in classes.items()
        if "cp:Source" not in found
    }
    return types, status


def _rows(index: Index, query: str) -> Iterable[tuple[str, str, str]]:
    for a, b, c in select_rows(index, query):
        yield str(a), str(b), "" if c is None else str(c)


def _texts(index: Index, predicate: str) -> dict[str, list[str]]:
    query = f'SELECT ?s ?p ?o {{ ?s {predicate} ?o . ?s a cp:Thing BIND ("" AS ?p) }}'
    found: dict[str, list[str]] = {}
    for name, _, text in _rows(index, query):
        found.setdefault(name, []).append(text)
    return {name: sorted(texts) for name, texts in found.items()}


def _facts(said: Mapping[str, Statement]) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    for name, statement in said.items():
        for thing in dict.fromkeys((*statement.things, name)):
            facts.setdefault(thing, []).append(name)
    return facts


def _add_targets(
    network: nx.MultiDiGraph[str],
    promises: Mapping[str, tuple[Statement, ...]],
    words: Words,
    standing: Callable[[Statement], tuple[str, int]],
) -> None:
    for name, promise in promises.items():
        target = promise[0]
        if target.name != name:
            continue
        reported = [one for one in promise if one.one("status")]
        latest = max(reported, key=standing, default=target)
        due = target.one("due")
        network.add_node(
            ID + name,
            label=_headed(words.sentence(target).partition(", from ")[0], "target"),
            type="target",
            status=latest.text("status"),
            due=None if due is None else str(due),
        )
        for one in promise:
            for about in one.says.get("about", ()):
                _edge(network, str(about), "hasTarget", name, words, facts=[one.name])


def _add_structure(
    network: nx.MultiDiGraph[str], index: Index, said: Mapping[str, Statement], words: Words
) -> None:
    where: dict[tuple[str, str], list[str]] = {}
    for name, statement in said.items():
        for about in statement.says.get("about", ()):
            for place in statement.says.get("place", ()):
                where.setdefault((str(about), str(place)), []).append(name)
    for start, edge, end in sorted(_rows(index, _STRUCTURE)):
        facts = where.get((start, end), []) if edge == "takesPlaceIn" else []
        _edge(network, start, edge, end, words, facts=facts)


def _add_relations(
    network: nx.MultiDiGraph[str],
    said: Iterable[Statement],
    words: Words,
    types: Mapping[str, str],
) -> None:
    for statement in said:
        start, end = str(statement.one("subject")), str(statement.one("object"))
        if statement.kind != "Relation" or start not in types or end not in types:
            continue  # an article that cites somebody is no part of the picture
        predicate = statement.text("predicate") or ""
        status = statement.text("status")
        _edge(network, start, predicate, end, words, facts=[statement.name], status=status)


def _edge(  # noqa: PLR0913 - an edge has this many parts
    network: nx.MultiDiGraph[str],
    start: str,
    predicate: str,
    end: str,
    words: Words,
    *,
    facts: list[str],
    status: str | None = None,
) -> None:
    start, end = ID + start, ID + end
    iris = [ID + fact for fact in facts]
    if network.has_edge(start, end, predicate):
        held: dict[str, Any] = network.edges[start, end, predicate]
        held["facts"] = sorted({*held["facts"], *iris})
        held["status"] = status or held["status"]
        return
    network.add_edge(
        start,
        end,
        predicate,
        label=words.label(f"cp:{predicate}"),
        status=status,
        timeless=predicate in _TIMELESS,
        facts=iris,
    )


_RIVALS: Final = ("contradicts", "differsFrom", "disagreesWith")


def _told(statement: Statement, words: Words) -> dict[str, Any]:
    """Return a statement as a picture shows it."""

    def named(key: str) -> str | None:
        value = statement.one(key)
        return None if value is None else words.label(value)

    return {
        "kind": statement.kind,
        "text": words.sentence(statement),
        "status": statement.text("status"),
        "since": None if (day := since(statement)) == statement.source.published else day,
        "source": statement.source.title,
        "url": statement.source.url,
        "publisher": words.label(statement.source.publisher),
        "published": statement.source.published,
        "speaker": named("speaker"),
        "via": named("via"),
        "mode": named("mode"),
        "locator": statement.locator,
        "confidence": statement.text("confidence"),
        "note": statement.text("note"),
        "rivals": [ID + str(r) for key in _RIVALS for r in statement.says.get(key, ())],
    }
