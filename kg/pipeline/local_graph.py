"""Neighbourhoods that lie together, in an index of their own: rules run there, and promises are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg.base import DERIVED, RDF, nquads
from kg.pipeline.derivation import all_judged, run_rule
from kg.pipeline.strata import run_in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

    from kg.pipeline.local_rules import LocalRules

_END: Final = f"<{DERIVED}> .\n".encode()
_TYPE: Final = f"<{RDF}type>".encode()


class Neighbours(NamedTuple):
    """Neighbourhoods that lie together, as lines of N-Triples: what is their `own`, and copies of what is `around`."""

    own: bytes
    around: bytes


class Derived(NamedTuple):
    """What is derived of neighbourhoods that lie together.

    Attributes:
        unsaid: what nobody says, as lines of N-Quads.
        apart: triples, as lines of N-Triples, of nodes of which not all is said there: a source may say them, too.
    """

    unsaid: bytes
    apart: list[bytes]


class Setting(NamedTuple):
    """What is the same wherever some neighbourhoods are derived from.

    Attributes:
        local: how rules run there.
        shared: what is shared, as lines of N-Triples.
        words: predicates that the data have rules derive.
        told: whether a source may say what judging tells.
    """

    local: LocalRules
    shared: frozenset[bytes]
    words: frozenset[bytes] = frozenset()
    told: bool = False


class LocalGraph:
    """Triples of some neighbourhoods in one graph, whoever says them, and what follows."""

    def __init__(self, setting: Setting, neighbours: Neighbours) -> None:
        """Take what is the same everywhere, and the neighbourhoods."""
        self._setting, self._local, self._shared = setting, setting.local, setting.shared
        self._own = nquads.split(neighbours.own)
        self._around = nquads.split(neighbours.around)

    def shared_derived(self) -> set[bytes]:
        """Return what the first rules derive that is shared, as triples."""
        names = {name.encode() for name in self._local.links.shared}
        wanted = self._local.read_by_first()
        said = (*self._own, *self._around)
        known = {*self._shared, *(one for one in said if one.split(b" ", 2)[1] in wanted)}
        store = store_of(known)
        found = set[bytes]()

        def run(name: str) -> set[str]:
            rule = self._local.rules[name]
            wanted = self._local.read_by_first(name if rule.closes else "")
            derived = constructed(store, name, rule.query) - known
            fresh = {one for one in derived if _is_named(one, wanted)}
            known.update(fresh)
            add_triples(store, fresh)
            found.update(one for one in fresh if one.split(b" ", 2)[1] in names)
            return _names_of(derived)

        run_in_order(self._local.rules, run, self._local.first)
        return found

    def derive(self) -> Derived:
        """Run all rules but those that run once, judge the promises, and return what comes of all that."""
        links = self._local.links
        known = {*self._own, *self._around, *self._shared}
        store = store_of(known)
        known |= as_kept(known, self._local.derived.union(self._setting.words))
        own = _nodes_of(self._own, {name.encode() for name in links.joined})
        unsaid, apart = list[bytes](), list[bytes]()

        def tell(triples: Collection[bytes]) -> None:
            elsewhere = [one for one in triples if nquads.subject_of(one) not in own]
            apart.extend(elsewhere)
            unsaid.append(as_lines(set(triples).difference(elsewhere) if elsewhere else triples))

        def run(name: str) -> set[str]:
            fresh = constructed(store, name, self._local.rules[name].query) - known
            known.update(fresh)
            add_triples(store, fresh)
            tell(fresh)
            return _names_of(fresh)

        run_in_order(self._local.rules, run, self._local.rules.keys() - self._local.once)
        for piece in all_judged(store):
            if self._setting.told:
                tell(triples_in(nquads.split(piece)) - known)
            else:
                unsaid.append(piece)
        return Derived(b"".join(unsaid), apart)


def store_of(triples: Iterable[bytes]) -> ox.Store:
    """Return an index over lines of N-Triples."""
    store = ox.Store()
    add_triples(store, triples)
    return store


def add_triples(store: ox.Store, triples: Iterable[bytes]) -> None:
    """Add lines of N-Triples, which an engine wrote, to an index."""
    # In memory that takes two thirds of the time of `bulk_load`; what an engine wrote it need not check.
    store.load(b"".join(triples), format=ox.RdfFormat.N_TRIPLES, lenient=True)


def constructed(store: ox.Store, name: str, query: str) -> set[bytes]:
    """Return what a rule derives from an index, as lines of N-Triples; errors as in `run_rule`."""
    return {
        *nquads.split(run_rule(store, name, query).serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
    }


def triples_in(lines: Iterable[bytes]) -> set[bytes]:
    r"""Return the triples of canonical N-Quads as lines of N-Triples.

    >>> triples_in([b"<a:s> <a:p> <a:o> <a:g> .\n", b"<a:s> <a:p> <a:o> <a:h> .\n"])
    {b'<a:s> <a:p> <a:o> .\n'}
    """
    return {one + b" .\n" for one in nquads.triples(lines)}


def unsaid(
    triples: Iterable[bytes], lines: Iterable[bytes], derived: Container[bytes]
) -> list[bytes]:
    """Return the triples that lines, which tell all that is said of their subjects, do not say: see `as_kept`."""
    said = triples_in(lines)
    said |= as_kept(said, derived)
    return [one for one in triples if one not in said]


def as_lines(triples: Iterable[bytes]) -> bytes:
    """Return lines of N-Triples as N-Quads of what is derived."""
    return b"".join(one[:-2] + _END for one in triples)


def as_kept(triples: Iterable[bytes], derived: Container[bytes]) -> set[bytes]:
    """Return those of some triples that could be `derived`, by their predicates, with their values as the engine keeps them."""
    few = []
    for one in triples:
        _, predicate, value = one.split(b" ", 2)
        if predicate in derived and value[:1] == b'"':
            few.append(one)
    data = store_of(few).dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return {*nquads.split(data or b"")}


def _is_named(triple: bytes, names: Container[bytes]) -> bool:
    """Tell whether what rules look for to find a triple is among some names."""
    _, predicate, value = triple.split(b" ", 2)
    return predicate in names or (predicate == _TYPE and value[:-3] in names)


def _names_of(triples: Iterable[bytes]) -> set[str]:
    """Return what rules may look for to find triples; see `Rule.reads`."""
    names: set[bytes] = set()
    for triple in triples:
        _, predicate, value = triple.split(b" ", 2)
        names.add(predicate)
        if predicate == _TYPE:
            names.add(value[:-3])
    return {name[1:-1].decode() for name in names}


def _nodes_of(triples: Iterable[bytes], joined: Collection[bytes]) -> set[bytes]:
    """Return the nodes of which all is said in some triples, if their neighbourhoods are whole."""
    nodes: set[bytes] = set()
    for triple in triples:
        subject, predicate, value = triple.split(b" ", 2)
        nodes.add(subject)
        if predicate in joined:
            nodes.add(value[:-3])
    return nodes
