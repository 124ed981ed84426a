"""The edges of the network: how targets, the structure of things and relations become links.

Between two things there is one edge for each predicate, however many statements say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from kg.base import DERIVED, ID
from kg.plans.histories import told_after
from kg.plans.plan import since
from kg.plans.spelling import spell_day
from kg.query import select_pairs, select_rows

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from kg.plans.sentences import Words
    from kg.promises import Judged, Statement
    from kg.query import Index

# The structure of things that a picture shows; what relates them comes from statements.
_STRUCTURE: Final = ("company", "establishes", "jurisdiction", "takesPlaceIn")
# Of where things lie only what was asserted: drawing all that a city lies in would drown the picture.
_LOCATED: Final = f"""SELECT ?from ?to WHERE {{
  GRAPH ?graph {{ ?from cp:locatedIn ?to }}
  FILTER (?graph != <{DERIVED}>)
}}"""

_RANKS: Final = "SELECT ?status ?rank WHERE { ?status cp:rank ?rank }"

# Links that hold whatever anybody plans; a picture draws them faintly.
_TIMELESS: Final = {
    "establishes", "hasCategory", "jurisdiction", "locatedIn", "partOf", "takesPlaceIn",
}  # fmt: skip


class Projection:
    """A network in the making, from the statements of a graph."""

    def __init__(self, index: Index, statements: Mapping[str, Statement], words: Words) -> None:
        """Begin a network of the graph of `index`, whose `statements` are loaded."""
        self.network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._index = index
        self._statements = statements
        self.published = sorted({one.source.published for one in statements.values()})
        self._words = words
        self.ranks = {
            str(status): rank
            for status, rank in select_rows(index, _RANKS)
            if isinstance(rank, int)
        }

    def add_targets(self, promises: Mapping[str, Judged]) -> None:
        """Add a node for each promise, linked to everything that any of its targets is about."""
        for name, promise in promises.items():
            if promise.first.name == name:  # the others of a promise have no node of their own
                self._add_target(promise)

    def _add_target(self, promise: Judged) -> None:
        target = promise.first
        reported = [statement for statement in promise.statements if statement.one("status")]
        latest = max(reported, key=self._standing, default=target)
        due = target.one("due")
        # Where the way began is no part of what a target is called.
        label = self._words.sentence(target).partition(", from ")[0]
        self.network.add_node(
            ID + target.name,
            label=capitalise(label, "target"),
            type="target",
            status=latest.text("status"),
            due=None if due is None else str(due),
        )
        for statement in promise.statements:
            for thing in statement.says.get("about", ()):
                self._link(str(thing), "hasTarget", target.name, [statement.name])
            # Who promises what is another's, as a state does, is to be seen as well.
            for who in statement.says.get("promisedBy", ()):
                self._link(target.name, "promisedBy", str(who), [statement.name])

    def add_structure(self) -> None:
        """Add whose initiatives there are, what they establish, and where everything is."""
        placing = self._placing_statements()
        rows = [
            (start, predicate, str(end))
            for predicate in _STRUCTURE
            for start, end in select_pairs(self._index, f"cp:{predicate}")
        ]
        located = select_rows(self._index, _LOCATED)
        rows += [(str(start), "locatedIn", str(end)) for start, end in located]
        for start, predicate, end in sorted(rows):
            facts = placing.get((start, end), ()) if predicate == "takesPlaceIn" else ()
            self._link(start, predicate, end, facts)

    def _placing_statements(self) -> dict[tuple[str, str], list[str]]:
        """Return the statements about a thing that are of a place, by both."""
        placing: dict[tuple[str, str], list[str]] = {}
        for name, statement in self._statements.items():
            for thing in statement.says.get("about", ()):
                for place in statement.says.get("place", ()):
                    placing.setdefault((str(thing), str(place)), []).append(name)
        return placing

    def add_relations(self, things: Container[str]) -> None:
        """Add the relations between `things`, in the order in which they came to hold."""
        for statement in sorted(self._statements.values(), key=self._standing):
            start, end = str(statement.one("subject")), str(statement.one("object"))
            if statement.kind != "Relation" or start not in things or end not in things:
                continue  # an article that cites somebody is no part of the picture
            predicate = statement.text("predicate") or ""
            self._link(start, predicate, end, [statement.name], statement.text("status"))
            self._end(self.network.edges[ID + start, ID + end, predicate], statement)

    def add_figures(self, things: Container[str]) -> None:
        """Add the things that figures are of, also where nothing links them to anything."""
        for statement in self._statements.values():
            if statement.kind == "Observation":
                measured = (str(thing) for thing in statement.says.get("about", ()))
                self.network.add_nodes_from(ID + thing for thing in measured if thing in things)

    def _standing(self, statement: Statement) -> tuple[str, int]:
        """Return what decides which of two statuses holds: the day, and the rank within a day."""
        return since(statement), self.ranks.get(str(statement.one("status")), 0)

    def _end(self, edge: dict[str, Any], statement: Statement) -> None:
        """Give an edge the end that a statement tells, or take it back where it holds again from then on."""
        if self._words.has_ended(statement):
            until = statement.one("until")
            words = spell_day(until, statement.says.get("untilPrecision", ()))
            over = told_after(str(until), self.published) or ""
            over = max(over, statement.source.published)
            edge |= {"until": str(until), "ended": words, "over": over}
        elif edge["until"] and since(statement) > edge["until"]:
            edge |= {"until": None, "ended": None, "over": None}

    def _link(
        self,
        start: str,
        predicate: str,
        end: str,
        facts: Sequence[str],
        status: str | None = None,
    ) -> None:
        start, end = ID + start, ID + end
        iris = [ID + fact for fact in facts]
        if self.network.has_edge(start, end, predicate):
            edge: dict[str, Any] = self.network.edges[start, end, predicate]
            edge["facts"] = sorted({*edge["facts"], *iris})
            # Who mentions a relation again without a status says nothing against the one that holds.
            edge["status"] = status or edge["status"]
            return
        self.network.add_edge(
            start,
            end,
            predicate,
            label=self._words.label(f"cp:{predicate}"),
            status=status,
            until=None,
            ended=None,
            over=None,
            timeless=predicate in _TIMELESS,
            facts=iris,
        )


def capitalise(label: str, type_: str) -> str:
    """Begin what stands alone with a capital; names and products are spelt as they are.

    >>> capitalise("phone exports", "initiative"), capitalise("realme", "company")
    ('Phone exports', 'realme')
    """
    plain = type_ in {"initiative", "target", "condition", "facility", "category"}
    return label[:1].upper() + label[1:] if plain else label
