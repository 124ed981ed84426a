"""Neighbourhoods that lie together, in an index of their own: rules run there, and promises are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.base import DERIVED, RDF, nquads
from kg.pipeline.derivation import all_judged, run_rule
from kg.pipeline.strata import run_in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from kg.pipeline.local_rules import LocalRules
    from kg.sources import Put

LinesOf: TypeAlias = "Callable[[Sequence[bytes]], Iterable[bytes]]"
"""Gives the lines of what a graph asserts of some subjects, which are written as in N-Quads."""

_END: Final = f"<{DERIVED}> .\n".encode()
_TYPE: Final = f"<{RDF}type>".encode()


class Region:
    """Triples of some neighbourhoods in one graph, whoever says them, and what follows."""

    def __init__(
        self,
        local: LocalRules,
        paths: tuple[Path, Path],
        shared: Iterable[bytes],
        lines_of: LinesOf,
        words: Collection[bytes] = (),
    ) -> None:
        """Take how rules run, the file of what is the region's own and that of what is around, and what is shared.

        `words` are predicates that data have rules derive, and `lines_of` gives all that is said of a node.
        """
        self._local, self._lines_of = local, lines_of
        self._derived = local.derived.union(words)
        own, around = (triples_in(path.read_bytes()) if path.exists() else [] for path in paths)
        self._known = {*own, *around, *shared}
        self._store = store_of(self._known)
        self._known |= self._as_kept(self._known)
        self._own = _nodes_of(own, {name.encode() for name in local.links.joined})

    def derive(self, names: Collection[str], put: Put) -> None:
        """Run some rules, add what they derive, and put what of it nobody says, as lines."""

        def run(name: str) -> set[str]:
            fresh = constructed(self._store, name, self._local.rules[name].query) - self._known
            self._known |= fresh
            self._store.bulk_load(b"".join(fresh), format=ox.RdfFormat.N_TRIPLES)
            put(as_lines(self._unsaid(fresh)))
            return _names_of(fresh)

        run_in_order(self._local.rules, run, names)

    def judge(self, put: Put, *, told: bool) -> None:
        """Judge the promises, and put what follows; it is `told` where a source may say some of that."""
        for piece in all_judged(self._store):
            put(as_lines(self._unsaid({*triples_in(piece)} - self._known)) if told else piece)

    def _unsaid(self, triples: Collection[bytes]) -> Iterable[bytes]:
        """Return the triples that nobody says: of a node of which not all is here it is looked up."""
        apart = {one for one in triples if nquads.subject_of(one) not in self._own}
        if not apart:
            return triples
        subjects = sorted({*map(nquads.subject_of, apart)})
        said = {*triples_in(b"".join(line for line in self._lines_of(subjects)))}
        said |= self._as_kept(said)
        return (one for one in triples if one not in said)

    def _as_kept(self, triples: Iterable[bytes]) -> set[bytes]:
        """Return those of some triples that could be derived, with their values as the engine keeps them."""
        derived = self._derived
        few = [one for one in triples if one[-4:-2] != b"> " and one.split(b" ", 2)[1] in derived]
        store = store_of(few)
        return {
            *nquads.split(
                store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
            )
        }


def store_of(triples: Iterable[bytes]) -> ox.Store:
    """Return an index over lines of N-Triples."""
    store = ox.Store()
    store.bulk_load(b"".join(triples), format=ox.RdfFormat.N_TRIPLES)
    return store


def constructed(store: ox.Store, name: str, query: str) -> set[bytes]:
    """Return what a rule derives from an index, as lines of N-Triples; errors as in `run_rule`."""
    return {
        *nquads.split(run_rule(store, name, query).serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
    }


def triples_in(quads: bytes) -> list[bytes]:
    r"""Return the triples of sorted N-Quads as lines of N-Triples, each once.

    >>> triples_in(b"<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> <a:h> .\n")
    [b'<a:s> <a:p> <a:o> .\n']
    """
    return list(dict.fromkeys(one + b" .\n" for one in nquads.triples(nquads.split(quads))))


def as_lines(triples: Iterable[bytes]) -> bytes:
    """Return lines of N-Triples as N-Quads of what is derived."""
    return b"".join(one[:-2] + _END for one in triples)


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
