"""Rules turn statements into the plain graph that people query.

A rule is a SPARQL CONSTRUCT in `ontology/rules/*.rq`. It runs over all that was said and derived so
far, once all that it reads is complete (`strata.py`), so that it may ask for what is not there, and the
order in which rules are given does not matter. The same files run on any SPARQL 1.1 store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import DERIVED, RDF, QueryError, expand, nquads, ontology_folder, split_header
from kg.pipeline.strata import run_in_order
from kg.promises import derive_promises, is_told_already

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.query import LocalIndex
    from kg.sources import Put

_GRAPH: Final = ox.NamedNode(DERIVED)
_TYPE: Final = RDF + "type"

_BATCH: Final = 500
"""How many triples of a rule are held as objects at a time: few, so that they stay in the caches of
the processor, and the next ones take the memory of the last."""

_JUDGED: Final = 10_000
"""How many triples that follow of promises are held as texts at a time."""


# A template has no braces but those around it (SPARQL 1.1, production 74), nor has an IRI.
_CONSTRUCT: Final = re.compile(r"^CONSTRUCT[ \n]*\{([^{}]*)\}\n?", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """A rule: its query, what it `reads`, and what it `derives`, by which it has its place among the others.

    `reads` are the IRIs of the predicates and classes that the query looks for, with `rdf:type` for
    any class, or None where it may look for anything; `classes` are those of them that are classes. In the same way
    `derives` are the predicates that its template has, and `classes_derived` its classes; None is anything. One whose
    predicates are variables is `open`: it may derive others as well, as long as no rule has read them by then. A
    test holds the shipped ones against what rdflib's parser makes of the queries.

    Of a rule that `closes` once is enough: what it derives lets it derive no more. One that is not run
    `there`, at an endpoint, is misread by some product: it runs here, over a copy of what it reads.

    `focus` are variables of the query, by which a change is followed to what it concerns (`rule_footprint.py`): of several
    that stand for each other in the sides of a UNION the first one counts that a row has; several in one text are taken together.
    """

    query: str = field(repr=False)
    reads: frozenset[str] | None = None
    closes: bool = False
    there: bool = True
    classes: frozenset[str] = frozenset()
    derives: frozenset[str] | None = None
    classes_derived: frozenset[str] = frozenset()
    open: bool = False
    focus: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str, name: str) -> Rule:
        r"""Read the text of a rule: a header with `reads` and `derives`, which may be left out, and a query.

        A class is written there as in Turtle, `"a cp:Company"`, and `"*"` stands for anything.

        Raises:
            QueryError: the header cannot be read, or names what is no name.

        >>> Rule.parse('# reads = ["rdfs:label", "a cp:Company"]\nCONSTRUCT {} WHERE {}\n', "a").classes
        frozenset({'https://w3id.org/corporate-plans/ontology#Company'})
        """
        header, query = split_header(text, name)
        reads, derives = header.get("reads", ["*"]), header.get("derives", ["*"])
        read, classes = _names(reads, name)
        derived, classes_derived = _names(derives, name)
        return cls(
            query,
            None if "*" in reads else read | classes,
            header.get("closes", False),
            header.get("there", True),
            classes,
            derived if derived or classes_derived else None,
            classes_derived,
            "*" in derives,
            tuple(header.get("focus", ())),
        )

    def is_fed_by(self, names: set[str]) -> bool:
        """Tell whether triples with these predicates and classes can make it derive more."""
        return bool(names) and (self.reads is None or not self.reads.isdisjoint(names))

    def feeds(self, other: Rule) -> bool:
        """Tell whether another rule, or this one, reads what this one is known to derive."""
        if self.derives is None or other.reads is None:
            return True
        if self.classes_derived and (
            _TYPE in other.reads or not self.classes_derived.isdisjoint(other.classes)
        ):
            return True
        if _TYPE in self.derives and other.classes:
            return True
        return not self.derives.isdisjoint(other.reads - other.classes)


def _names(written: list[str], rule: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the IRIs of predicates and of classes that a header names."""
    found: tuple[set[str], set[str]] = set(), set()
    for one in written:
        if one == "*":
            continue
        short = str(one).removeprefix("a ")
        iri = expand(short)
        if iri is None:
            raise QueryError(f"the rule {rule!r} names {short!r}, which is no name")
        found[short != one].add(iri)
    return frozenset(found[0]), frozenset(found[1])


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
        QueryError: a rule that is no CONSTRUCT query, or data that have one derive what others have
            read by then.

    >>> from kg.query import Index
    >>> index = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n")
    >>> derive(index, {"symmetric": Rule("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }")})
    b'<a:o> <a:p> <a:s> <https://w3id.org/corporate-plans/id/derived> .\n'
    """
    pieces: list[bytes] = []
    derive_by_rules(index.store, rules, pieces.append)
    # No rule reads what follows of promises, so they are judged once, by all that the rules derive.
    judged = list(judged_pieces(index.store))
    index.store.load(b"".join(judged), format=ox.RdfFormat.N_QUADS)
    return nquads.union([*pieces, *judged])


def derive_by_rules(store: ox.Store, rules: Mapping[str, Rule], put: Put) -> None:
    """Run `rules` over what a store holds, and no more; add what they derive, and `put` its lines, in no order."""

    def run(name: str) -> set[str]:
        # The engine answers from the state in which the query began, so that adding does not disturb it.
        return _add(store, run_rule(store, name, rules[name].query), put)

    run_in_order(rules, run)


def _add(store: ox.Store, results: Iterator[ox.Triple], put: Put) -> set[str]:
    """Add what is not known yet, and put its lines; return the names that may feed rules."""
    fresh: set[str] = set()
    while batch := list(islice(results, _BATCH)):
        new = []
        for triple in dict.fromkeys(batch):
            subject, predicate, object_ = triple
            # In whatever graph: what a source says already is not derived as well.
            if not _is_there(store, subject, predicate, object_):
                new.append(ox.Quad(subject, predicate, object_, _GRAPH))
                fresh.update(found_by(predicate, object_))
        store.extend(new)
        put(ox.serialize(new, format=ox.RdfFormat.N_QUADS) or b"")
    return fresh


def _is_there(store: ox.Store, subject: Any, predicate: Any, value: Any) -> bool:
    """Tell whether something is said or derived, in whatever graph."""
    return next(store.quads_for_pattern(subject, predicate, value, None), None) is not None


def judged_pieces(store: ox.Store) -> Iterator[bytes]:
    """Judge the promises by all that the rules derive, and yield what follows that no source says, as N-Quads, piece by piece."""
    # Whoever builds from an export has the outcomes in it among the sources.
    told = is_told_already(store)
    for piece in all_judged(store):
        if told:
            quads = ox.parse(piece, format=ox.RdfFormat.N_QUADS)
            new = [one for one in quads if not _is_there(store, *one.triple)]
            yield ox.serialize(new, format=ox.RdfFormat.N_QUADS) or b""
        else:
            yield piece


def all_judged(store: ox.Store) -> Iterator[bytes]:
    """Judge the promises by all that the rules derive, and yield what follows, as N-Quads, piece by piece, whoever says it too."""
    triples = derive_promises(store)
    while batch := list(islice(triples, _JUDGED)):
        yield "".join(f"{triple} <{DERIVED}> .\n" for triple in batch).encode()


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


def split_rule(name: str, rule: Rule) -> tuple[str, str, str]:
    """Return what stands before the template of a rule, the template, and what stands behind it.

    Raises:
        QueryError: it is no CONSTRUCT query, or cannot be made an update.

    >>> split_rule("turned", Rule("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }"))
    ('', ' ?o ?p ?s ', 'WHERE { ?s ?p ?o }')
    """
    found = _CONSTRUCT.search(rule.query)
    if found:
        before, where = rule.query[: found.start()], rule.query[found.end() :].lstrip()
        try:
            # The engine at hand reads it first, so that an error is told alike everywhere.
            ox.Store().update(f"{before} INSERT {{ {found[1]} }} {where}")
        except SyntaxError:
            pass
        else:
            return before, found[1], where
    raise QueryError(
        f"the rule {name!r} cannot be made an update: write CONSTRUCT {{ }} WHERE {{ }}"
    )


def found_by(predicate: ox.NamedNode, object_: object) -> tuple[str, ...]:
    """Return what a rule may look for to find a triple; see `Rule.reads`."""
    if predicate.value == _TYPE and isinstance(object_, ox.NamedNode):
        return object_.value, _TYPE
    return (predicate.value,)
