"""An index is patched: what has gone is taken from a copy of the one before, and what has come is added.

Two literals of one value are one to the engine, so that taking one away takes both: what other lines still say is put back.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base import Change, nquads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.store.sheaf import Sheaf

_SYNTAX = ox.RdfFormat.N_QUADS


def change_between(before: Sheaf, now: Sheaf, most: int) -> Change | None:
    """Return what has changed from one sheaf to another, or None where that is more than so many lines.

    Those parts alone are read that only one of them has.

    Raises:
        OSError: a part is not what was written, or cannot be read.
    """
    befores, nows = ({part.digest for part in sheaf.parts} for sheaf in (before, now))
    differing = nquads.differing(_others(before, nows), _others(now, befores))
    few = list(islice(differing, most + 1))
    if len(few) > most:
        return None
    return Change(*(b"".join(line for line, side in few if side == which) for which in (0, 1)))


def _others(sheaf: Sheaf, digests: set[str]) -> Iterator[bytes]:
    parts = (part for part in sheaf.parts if part.digest not in digests)
    return chain.from_iterable(map(nquads.split, map(sheaf.read, parts)))


def patch_index(store: ox.Store, change: Change, now: Sheaf, *, shared: bool) -> None:
    """Have an index hold other quads; `now` has the lines as they are then.

    `shared` says that two lines may be one quad of it.

    Raises:
        OSError, RuntimeError: as the engine has it.
    """
    touched = set()
    for quad in ox.parse(change.gone, _SYNTAX):
        store.remove(quad)
        touched.add(quad.graph_name)
    if shared:
        store.extend(_still(change.gone, now))
    store.extend(ox.parse(change.fresh, _SYNTAX))
    drop_empty(store, touched)


def _still(gone: bytes, now: Sheaf) -> Iterator[ox.Quad]:
    """Yield what is still said, with typed literals, of that of which such lines have gone."""
    about = {nquads.subject_of(line) for line in nquads.split(gone) if b'"^^<' in line}
    return ox.parse(b"".join(line for line in now.of_subjects(about) if b'"^^<' in line), _SYNTAX)


def drop_empty(store: ox.Store, graphs: Iterable[object]) -> None:
    """Drop those graphs in which nothing is left, which the engine would keep."""
    for graph in graphs:
        if isinstance(graph, ox.NamedNode) and not any(
            store.quads_for_pattern(None, None, None, graph)
        ):
            store.remove_graph(graph)


def growth(old: ox.Store, new: ox.Store, changes: Sequence[tuple[Change, Sheaf]]) -> int:
    """Return by how many quads an index has grown from one to the other, with changes of sheaves, as these are now.

    Raises:
        ValueError: the one does not hold what has gone, or the other not what has come.
    """
    grown = 0
    for change, now in changes:
        gone, fresh = _found(old, change.gone), _found(new, change.fresh)
        left = {quad for quad in gone if quad in new}
        if left - fresh and not left <= fresh | _found(new, b"", _still(change.gone, now)):
            raise ValueError("the index still holds what has gone")
        grown += sum(quad not in old for quad in fresh) - (len(gone) - len(left))
    return grown


def _found(store: ox.Store, lines: bytes, more: Iterable[ox.Quad] = ()) -> set[ox.Quad]:
    """Return what some lines say as an index has it, which holds all of it."""
    found: set[ox.Quad] = set()
    for quad in chain(ox.parse(lines, _SYNTAX), more):
        here = list(store.quads_for_pattern(*quad))
        if not here:
            raise ValueError(f"the index does not hold {quad}")
        found.update(here)
    return found
