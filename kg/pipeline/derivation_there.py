"""The rules run where the graph is, at an endpoint: by SPARQL Update, to the same triples as here.

What is too large for this machine stays there. A rule, `CONSTRUCT { T } WHERE { P }`, becomes
`INSERT { GRAPH <id:derived> { T } } WHERE { P }`. Promises are judged here, as that is no query: what
verdicts can rest on is read in pages, and what follows is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base import RDF, QueryError, RefusalError, StoreError, without_collector
from kg.pipeline.derivation import load_rules, run_rule, split_rule
from kg.pipeline.strata import run_in_order
from kg.promises import JUDGED_BY, derive_promises

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.pipeline.derivation import Rule
    from kg.store import DerivedThere


@dataclass(frozen=True)
class DerivedCount:
    """What was derived at an endpoint: how many triples by rules, in how many runs of them, and how many followed of promises.

    `here` are the rules that ran here, over a copy of what they read: those that the endpoint refused,
    and those of which it is known that a product misreads them.
    """

    derived: int
    runs: int
    judged: int
    here: tuple[str, ...] = ()


def derive_there(
    there: DerivedThere,
    rules: Mapping[str, Rule] | None = None,
    tell: Callable[[str], None] | None = None,
) -> DerivedCount:
    """Make the derived graph of an endpoint there, from all other graphs that it holds.

    The triples are those of a build here. A graph that has not changed is derived to the same.

    Args:
        there: that graph, in which nothing is yet.
        rules: by name; the shipped ones by default.
        tell: is called with the name of each rule before it runs.

    Raises:
        QueryError: a rule that no update can be made of.
        StoreError: the endpoint cannot be reached, refuses, or another build is writing to it.
        TimeLimitError: one rule takes longer than `KG_TIMEOUT`.
    """
    rules = load_rules() if rules is None else rules
    updates = {name: split_rule(name, rule) for name, rule in rules.items()}
    runs = 0
    here = {name: None for name, rule in rules.items() if not rule.there}
    known = there.counts()

    def run(name: str) -> set[str]:
        nonlocal runs, known
        if tell:
            tell(name)
        if name in here or not _ran(there, updates[name]):
            here.setdefault(name)
            if tell:
                tell(f"{name}, here")
            there.add(_constructed(there, name, rules[name]))
        runs += 1
        before, known = known, there.counts()
        return {
            one
            for pair, number in known.items()
            if number != before.get(pair)
            for one in (pair if pair[0] == RDF + "type" else pair[:1])
        }

    run_in_order(rules, run)
    if tell:
        tell("promises, judged here")
    return DerivedCount(sum(known.values()), runs, _judge(there), tuple(here))


def _ran(there: DerivedThere, update: tuple[str, str, str]) -> bool:
    """Have the endpoint run a rule; tell whether it could: some products cannot plan every query."""
    try:
        there.insert(*update)
    except RefusalError:
        return False
    return True


def _constructed(there: DerivedThere, name: str, rule: Rule) -> Iterator[str]:
    """Yield what a rule derives from a copy of what it reads, as N-Triples without their dots."""
    if rule.reads is None:
        raise QueryError(f"the rule {name!r} reads everything, and the endpoint cannot run it")
    store = there.copy(rule.reads)
    for triple in run_rule(store, name, rule.query):
        if any(isinstance(term, ox.BlankNode) for term in triple):
            # Its name is one of an answer: what is sent would be of another node.
            raise StoreError(
                f"the rule {name!r} derives of a blank node, and the endpoint cannot run it; give that an IRI"
            )
        yield str(triple)


def _judge(there: DerivedThere) -> int:
    """Judge the promises by what an endpoint holds, and send what follows; return how many triples."""
    store = there.copy(JUDGED_BY)
    with without_collector():
        return there.add(derive_promises(store))
