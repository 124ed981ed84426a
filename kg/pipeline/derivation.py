"""Rules turn statements into the plain graph that people query.

A rule is a SPARQL CONSTRUCT in `ontology/rules/*.rq`. The rules run over all that was
said and derived so far, each as long as there is something new that it reads. None of them negates
what another derives, but to leave out what is known already, so the order of the rules does not
matter, and the same files run on any SPARQL 1.1 store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import DERIVED, RDF, QueryError, expand, nquads, ontology_folder, split_header
from kg.promises import derive_promises, is_told_already

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.query import LocalIndex

_GRAPH: Final = ox.NamedNode(DERIVED)
_TYPE: Final = RDF + "type"

_BATCH: Final = 500
"""How many triples of a rule are held as objects at a time: few, so that they stay in the caches of
the processor, and the next ones take the memory of the last."""


@dataclass(frozen=True)
class Rule:
    """A rule: its query, and what it `reads`, so that it need not run where nothing of that is new.

    `reads` are the IRIs of the predicates and classes that the query looks for, with `rdf:type` for
    any class, or None where it may look for anything. A test holds the shipped ones against what
    rdflib's parser makes of the queries. Of a rule that `closes` once is enough: what it derives lets
    it derive no more. One that is not run `there`, at an endpoint, is misread by some product: it runs
    here, over a copy of what it reads.
    """

    query: str = field(repr=False)
    reads: frozenset[str] | None = None
    closes: bool = False
    there: bool = True

    @classmethod
    def parse(cls, text: str, name: str) -> Rule:
        r"""Read the text of a rule: a header with `reads`, which may be left out, and a query.

        Raises:
            QueryError: the header cannot be read, or names what is no name.

        >>> Rule.parse('# reads = ["rdfs:label"]\nCONSTRUCT {} WHERE {}\n', "a").reads
        frozenset({'http://www.w3.org/2000/01/rdf-schema#label'})
        """
        header, query = split_header(text, name)
        names = header.get("reads", ["*"])
        if "*" in names:
            return cls(query)
        iris = {short: expand(str(short)) for short in names}
        if unknown := [short for short, iri in iris.items() if iri is None]:
            raise QueryError(f"the rule {name!r} reads {unknown[0]!r}, which is no name")
        return cls(
            query,
            frozenset(filter(None, iris.values())),
            header.get("closes", False),
            header.get("there", True),
        )

    def is_fed_by(self, names: set[str]) -> bool:
        """Tell whether triples with these predicates and classes can make it derive more."""
        return bool(names) and (self.reads is None or not self.reads.isdisjoint(names))


def load_rules(folder: Path | None = None) -> dict[str, Rule]:
    """Return the rules by name, from `folder` or the shipped ones.

    >>> "relations" in load_rules()
    True
    """
    folder = folder or ontology_folder() / "rules"
    return {
        path.stem: Rule.parse(path.read_text(encoding="utf-8"), path.stem)
        for path in sorted(folder.glob("*.rq"))
    }


def derive(index: LocalIndex, rules: Mapping[str, Rule]) -> bytes:
    r"""Run `rules` over what `index` holds, to a fixpoint, and add what they derive to it.

    Returns what was derived as sorted N-Quads in the graph `id:derived`. A triple that a source
    says already is not derived again.

    Raises:
        QueryError: a rule that is no CONSTRUCT query.

    >>> from kg.query import Index
    >>> index = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n")
    >>> derive(index, {"symmetric": Rule("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }")})
    b'<a:o> <a:p> <a:s> <https://w3id.org/corporate-plans/id/derived> .\n'
    """
    # A dict, since it keeps the order and finds a rule at once.
    waiting = dict.fromkeys(rules)
    lines: list[bytes] = []
    while waiting:
        name = next_rule(waiting, rules)
        del waiting[name]
        more, fresh = _apply(index.store, name, rules[name])
        lines += more
        for other, rule in rules.items():
            if rule.is_fed_by(fresh) and not (other == name and rule.closes):
                # To the end, for what else is waiting may feed it as well before it runs.
                waiting.pop(other, None)
                waiting[other] = None
    # No rule reads what follows of promises, so they are judged once, by all that the rules derive.
    lines += _judged(index.store)
    lines.sort()
    return b"".join(lines)


def next_rule(waiting: Iterable[str], rules: Mapping[str, Rule]) -> str:
    """Return which of the rules that wait is run: one that closes follows every way that is known by then."""
    # In what it has derived itself there are ways without number, so it waits until all steps are known.
    return min(waiting, key=lambda name: rules[name].closes)


def _apply(store: ox.Store, name: str, rule: Rule) -> tuple[list[bytes], set[str]]:
    """Run one rule and add what it derives; return that as lines, and the names that may feed others."""
    # The engine answers from the state in which the query began, so that adding does not disturb it.
    return _add(store, run_rule(store, name, rule.query))


def _add(store: ox.Store, results: Iterator[ox.Triple]) -> tuple[list[bytes], set[str]]:
    """Add what is not known yet; return that as lines, and the names that may feed rules."""
    lines: list[bytes] = []
    fresh: set[str] = set()
    while batch := list(islice(results, _BATCH)):
        new = []
        for triple in dict.fromkeys(batch):
            subject, predicate, object_ = triple
            # In whatever graph: what a source says already is not derived as well.
            if next(store.quads_for_pattern(subject, predicate, object_, None), None) is None:
                new.append(ox.Quad(subject, predicate, object_, _GRAPH))
                fresh.update(_found_by(predicate, object_))
        store.extend(new)
        lines += nquads.split(ox.serialize(new, format=ox.RdfFormat.N_QUADS) or b"")
    return lines, fresh


def _judged(store: ox.Store) -> list[bytes]:
    """Judge the promises and add what follows; return that as lines."""
    lines = [f"{triple} <{DERIVED}> .\n".encode() for triple in derive_promises(store)]
    # Whoever builds from an export has the outcomes in it among the sources.
    if is_told_already(store):
        quads = ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)
        return _add(store, (quad.triple for quad in quads))[0]
    store.load(b"".join(lines), format=ox.RdfFormat.N_QUADS)
    return lines


def run_rule(store: ox.Store, name: str, query: str) -> ox.QueryTriples:
    """Return what a rule constructs of a store; errors as in `derive`."""
    # Straight to the engine: rules are the project's own, and are asked many times.
    try:
        results = store.query(query, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise QueryError(f"the rule {name!r} cannot be read: {error}") from None
    if not isinstance(results, ox.QueryTriples):
        raise QueryError(f"the rule {name!r} is no CONSTRUCT query")
    return results


def _found_by(predicate: ox.NamedNode, object_: object) -> tuple[str, ...]:
    """Return what a rule may look for to find a triple; see `Rule.reads`."""
    if predicate.value == _TYPE and isinstance(object_, ox.NamedNode):
        return object_.value, _TYPE
    return (predicate.value,)
