"""Where a query joins: what it follows from one node to another, and what it asks of the whole.

Read from the algebra of rdflib, never guessed: what is not known here is refused. A part that may be
there or not (OPTIONAL, MINUS, EXISTS) must hang on what it belongs to, and joins nothing for others.
What is compared, as in a FILTER, is no join: such parts stand apart, as for an engine. So does what
only a variable predicate joins. Of which graph something is said is not looked at.

As a table of all rules, shapes and hints: `python -m tests.pipeline.locality`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rdflib.term import URIRef, Variable

from kg.base import PREFIXES, ontology_folder
from kg.pipeline.patterns import TriplePattern, read_patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ANY = "?"
"""In place of a predicate: it may be any."""


@dataclass(frozen=True)
class Locality:
    """Where a query joins.

    `onward` are predicates whose object is looked at in turn; `together` those whose objects are met
    from two subjects or more; `apart` the predicates of parts that no node joins to the rest; `whole`
    those over which something is counted or picked without a group; `anchors` are the IRIs that it names.
    """

    onward: frozenset[str]
    together: frozenset[str]
    apart: frozenset[frozenset[str]]
    whole: frozenset[str]
    anchors: frozenset[str]

    @property
    def joins(self) -> frozenset[str]:
        """All predicates that a neighbourhood must be closed under, or whose ends all share."""
        return self.onward | self.together

    @property
    def is_local(self) -> bool:
        """Tell whether each solution is of nodes that `joins` connect, and of nothing else."""
        return not self.apart and not self.whole and ANY not in self.joins


def locality(query: str) -> Locality:
    """Return where a CONSTRUCT or SELECT query joins.

    Raises:
        ValueError: the query has what this does not know, or more ways than `MOST`.

    >>> PREFIX = "PREFIX : <a:> SELECT * "
    >>> sorted(locality(PREFIX + "{ ?s :p/:q ?o }").joins)
    ['a:p']
    >>> locality(PREFIX + "{ ?s :p ?o . ?t :q ?u }").is_local
    False
    """
    patterns = read_patterns(query)
    # Of what is compared nothing is joined, and what only a variable predicate joins stands apart.
    ways = [[_named(step) for step in way if not step.compared] for way in patterns.ways]
    onward, together = set(), set()
    for way in ways:
        into, out = defaultdict(set), defaultdict(set)
        for step in way:
            into[step.object].add(step)
            out[step.subject].add(step)
        for node, steps in into.items():
            if isinstance(node, Variable):
                names = {step.predicate for step in steps}
                if out[node]:
                    onward |= names
                if len({step.subject for step in steps}) > 1:
                    together |= names
    return Locality(
        frozenset(onward),
        frozenset(together),
        frozenset(frozenset(step.predicate for step in one) for way in ways for one in _apart(way)),
        patterns.whole | {extreme.predicate for extreme in patterns.extremes},
        frozenset(str(end) for way in ways for step in way for end in (step.subject, step.object)
                  if isinstance(end, URIRef)),
    )  # fmt: skip


def _named(step: TriplePattern) -> TriplePattern:
    name = str(step.predicate) if isinstance(step.predicate, URIRef) else ANY
    return step._replace(predicate=name)


def _apart(way: Iterable[TriplePattern]) -> Iterator[list[TriplePattern]]:
    """Yield the connected parts of a way where there are several, in each optional part with those around it."""
    for part in sorted({step.part for step in way}):
        steps = [step for step in way if step.part == part[: len(step.part)]]
        parts = _connected(steps)
        if len(parts) > 1:
            yield from parts
            return  # what hangs on these stands as they do


def _connected(steps: Iterable[TriplePattern]) -> list[list[TriplePattern]]:
    parts: list[tuple[set[Any], list[TriplePattern]]] = []
    for step in steps:
        nodes = {one for one in (step.subject, step.object) if isinstance(one, Variable)}
        met = [part for part in parts if part[0] & nodes]
        parts = [part for part in parts if not part[0] & nodes]
        known = nodes.union(*(part[0] for part in met))
        parts.append((known, [one for part in met for one in part[1]] + [step]))
    return [part for _, part in parts]


def queries() -> dict[str, str]:
    """Return the rules, and the shapes and hints that are queries, by the end of their paths."""
    root = ontology_folder()
    return {
        f"{folder}/{path.stem}": path.read_text(encoding="utf-8")
        for folder in ("rules", "shapes", "hints")
        for path in sorted((root / folder).glob("*.rq"))
    }


def short(names: Iterable[str]) -> str:
    """Return IRIs as people write them, in their order."""
    spaces = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
    return " ".join(
        sorted(
            next((f"{p}:{name[len(iri) :]}" for p, iri in spaces if name.startswith(iri)), name)
            for name in names
        )
    )


def table() -> str:
    """Return where all of them join, as a table in Markdown."""
    lines = [
        "| query | goes onward by | meets by | apart | of the whole |",
        "|---|---|---|---|---|",
    ]
    for name, query in queries().items():
        one = locality(query)
        apart = "; ".join(sorted(map(short, one.apart)))
        cells = (name, short(one.onward), short(one.together), apart, short(one.whole))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201 - this is what it is run for
