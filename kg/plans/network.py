"""The graph as a NetworkX network: things and targets as nodes, what links them as edges.

Every node and edge names the statements it rests on, so that a picture can show its evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from kg.base import ID, UsageError, shorten
from kg.plans.contradictions import contradictions
from kg.plans.facets import add_disputes, add_facets
from kg.plans.histories import status_history
from kg.plans.plan import since
from kg.plans.projection import Projection, capitalise
from kg.plans.promised import promised
from kg.plans.sentences import Words
from kg.plans.things import Things
from kg.promises import ENDINGS, gainsaid, load_promises, load_records, load_statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.promises import Judged, Statement
    from kg.query import Index

CLOSED: Final = frozenset({"category", "place"})
"""The types of things that much of a graph meets in. No way leads on through one: what happens in the same
country, or is of the same sector, has nothing else to do with each other."""


def project_network(  # noqa: PLR0913 - what has been loaded, and how much of it
    index: Index,
    *,
    focus: str | None = None,
    hops: int = 2,
    statements: Mapping[str, Statement] | None = None,
    words: Words | None = None,
    bare: bool = False,
    told: bool = True,
) -> nx.MultiDiGraph[str]:
    """Return the network of a graph.

    Nodes are IRIs with `label`, `type`, `status`, `facts`, `aliases`, `description`, `due`, and `names`, the
    labels by language of what is not called in English alone; edges
    are keyed by predicate, with `label`, `status`, `timeless`, `facts`, and where they have ended
    `until`, a day, `ended`, the same in words, and `over`, the day from which on that was known; the graph attribute `statements` has every statement by IRI. Things that nothing links to are left out, but for those that
    figures are of. A target that
    several statements say is one node, called by the first statement of the promise.

    Nodes can be picked by the attributes of `kg.plans.facets.FACETS`, which name by IRI what the graph
    attribute `names` has labels for, and by `disputed`, the periods in which they are, each a first day and the day on which it was over, if it is; nodes and edges have as `history` from which
    days on which status was known. The graph attribute `promises` has what was promised and what became
    of it, day by day; see `kg.plans.promised`; `endings` the statuses that end a plan,
    and `contradictions` the pairs of statements that gainsay each other.

    Args:
        index: the graph.
        focus: the IRI of a thing; then only what lies within `hops` edges of it is returned.
        hops: how far around `focus`. Hops go to things of a type in `CLOSED`, and on from none but the
            focus itself: from a place to what lies or happens there, and from that to whose it is and
            to its targets.
        statements: the statements of the graph, if they have been loaded already.
        words: its words, likewise.
        bare: whether to leave out what only a picture draws: by what nodes can be picked, what was known on
            which day, and of the attributes of the graph all but `statements`.
        told: whether `statements` has all that is shown of each, or its days alone.

    >>> import kg
    >>> network = project_network(kg.build(check=False).index)
    >>> network.nodes[ID + "mobikwik"]["label"], network.nodes[ID + "mobikwik"]["type"]
    ('MobiKwik', 'organization')
    """
    words = words or Words.of(index)
    statements = load_statements(index) if statements is None else statements
    promises = load_promises(index, statements)
    things = Things.of(index)
    projection = Projection(index, statements, words)
    projection.add_targets(promises)
    projection.add_structure()
    projection.add_relations(things.types)
    projection.add_figures(things.types)
    network = projection.network
    _describe_things(network, things, words)
    _add_facts(network, statements, promises)
    _add_texts(network, things)
    records = [] if bare else load_records(index)
    if not bare:
        add_facets(network, index, statements, records, words)
        _add_histories(network, statements, projection)
    if focus is not None:
        network = _surroundings(network, _node_of(focus, promises), hops)
    used = _used_facts(network)
    network.graph["statements"] = {
        ID + name: _statement_fields(statement, words) if told else _days(statement)
        for name, statement in statements.items()
        if ID + name in used
    }
    if bare:
        return network
    network.graph["promises"] = list(promised(records, statements, network))
    network.graph["endings"] = sorted(ENDINGS)
    network.graph["closed"] = sorted(CLOSED)
    network.graph["contradictions"] = list(contradictions(index, used))
    add_disputes(network)
    return network


def _describe_things(network: nx.MultiDiGraph[str], things: Things, words: Words) -> None:
    # Whose a plan is, and who promises something of itself and not of one of its plans.
    planners = {end for _, end, key in network.edges(keys=True) if key == "company"}
    planners |= {start for start, _, key in network.edges(keys=True) if key == "hasTarget"}
    for iri, node in network.nodes.items():
        if "type" in node:
            continue  # a target, which was described when it was added
        name = iri.removeprefix(ID)
        type_ = things.types.get(name, "category")
        # The companies of the picture are those that plan; other ones are partners of theirs, if
        # anything links them.
        partner = type_ == "company" and iri not in planners and network.degree(iri) > 0
        node["type"] = "organization" if partner else type_
        node["label"] = capitalise(words.label(name), type_)
        node["status"] = things.statuses.get(name)
        node["due"] = None


def _add_facts(
    network: nx.MultiDiGraph[str],
    statements: Mapping[str, Statement],
    promises: Mapping[str, Judged],
) -> None:
    """Give every node the statements that are about it; a target those that repeat it as well."""
    facts: dict[str, list[str]] = {}
    for name, statement in statements.items():
        for thing in dict.fromkeys((*statement.things, name)):
            facts.setdefault(thing, []).append(name)
    for iri, node in network.nodes.items():
        name = iri.removeprefix(ID)
        said = promises[name].statements if name in promises else ()
        own = (*facts.get(name, ()), *(target.name for target in said))
        node["facts"] = [ID + fact for fact in dict.fromkeys(own)]


def _add_texts(network: nx.MultiDiGraph[str], things: Things) -> None:
    for iri, node in network.nodes.items():
        name = iri.removeprefix(ID)
        node["aliases"] = things.aliases.get(name, [])
        node["names"] = dict(things.names.get(name, {}))
        node["description"] = " ".join(things.descriptions.get(name, ())) or None


def _add_histories(
    network: nx.MultiDiGraph[str], statements: Mapping[str, Statement], projection: Projection
) -> None:
    """Tell from which days on which status was known of nodes and edges."""
    ranks, published = projection.ranks, projection.published

    # Of most that is said nothing tells of a status.
    telling = {ID + name: one for name, one in statements.items() if one.says.get("status")}

    def reports(facts: list[str]) -> list[Statement]:
        return [telling[fact] for fact in facts if fact in telling]

    for iri, node in network.nodes.items():
        own = reports(node["facts"])
        if own and node["type"] != "target":
            name = iri.removeprefix(ID)
            own = [one for one in own if _reports_on(one, name)]
        node["history"] = status_history(own, ranks, published) if own else []
    for *_, edge in network.edges(data=True):
        relations = [one for one in reports(edge["facts"]) if one.kind == "Relation"]
        edge["history"] = status_history(relations, ranks, published) if relations else []


def _reports_on(statement: Statement, name: str) -> bool:
    """Whether a statement tells of the status of a thing, or did until it was taken back."""
    was = statement.kind == "StatusReport" and "correctedOn" in statement.says
    return name in statement.says.get("about" if was else "reportsOn", ())


def _node_of(iri: str, promises: Mapping[str, Judged]) -> str:
    """Return the node that stands for `iri`: for a target that repeats another, that other."""
    name = iri.removeprefix(ID)
    return ID + promises[name].first.name if name in promises else iri


def _surroundings(network: nx.MultiDiGraph[str], focus: str, hops: int) -> nx.MultiDiGraph[str]:
    if focus not in network:
        raise UsageError(f"nothing is linked to {shorten(focus)}; choose another thing to focus on")
    near, rim = {focus}, [focus]
    for _ in range(hops):
        # Whoever asks what is around a thing means both ends of a link, whichever way it points.
        beyond = {end for node in rim for end in nx.all_neighbors(network, node)} - near
        near |= beyond
        rim = [node for node in beyond if network.nodes[node]["type"] not in CLOSED]
    # A copy, since a view would keep the whole network in memory.
    return network.subgraph(near).copy()


def _used_facts(network: nx.MultiDiGraph[str]) -> set[str]:
    used = {fact for _, node in network.nodes(data=True) for fact in node["facts"]}
    return used | {fact for *_, edge in network.edges(data=True) for fact in edge["facts"]}


def _days(statement: Statement) -> dict[str, Any]:
    """Return since when a statement counts, where that is not the day of publication, and that day."""
    day, published = since(statement), statement.source.published
    return {"since": None if day == published else day, "published": published}


def _statement_fields(statement: Statement, words: Words) -> dict[str, Any]:
    """Return a statement as a picture shows it."""
    says, source = statement.says, statement.source

    def text(key: str) -> str | None:
        return statement.text(key) if key in says else None

    def named(key: str) -> str | None:
        return words.label(statement.one(key)) if key in says else None

    days = _days(statement)
    return {
        "kind": statement.kind,
        "until": text("until"),
        "text": words.sentence(statement),
        "status": text("status"),
        # What it says of a status may be of a promise, or too unsure to count for the plan.
        "aside": "yes" if "status" in says and "reportsOn" not in says else None,
        # The day of publication stands beside it anyway.
        "since": days["since"],
        "source": source.title,
        "url": source.url,
        "publisher": words.label(source.publisher),
        "published": days["published"],
        "speaker": named("speaker"),
        "via": named("via"),
        "mode": named("mode"),
        "locator": statement.locator,
        "confidence": text("confidence"),
        "corrected": text("correctedOn"),
        "note": text("note"),
        "rivals": [
            ID + str(name) for name in (*gainsaid(statement), *says.get("disagreesWith", ()))
        ],
    }
