"""Promises and statuses judged again where a change of a graph touches them, and nowhere else.

What comes out is exactly what judging everything would: `kg.promises.regions` finds what can differ and
all that judging it looks at, and `derive_promises` judges that, as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg.base import CP, DERIVED, RDF, Change, nquads, to_python
from kg.promises.derivation import derive_promises
from kg.promises.lookup import node_of
from kg.promises.regions import region_of
from kg.promises.written import CLASSES, WRITTEN, is_judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.promises.regions import Region

_DERIVED: Final = ox.NamedNode(DERIVED)
_TYPE: Final = ox.NamedNode(RDF + "type")
_CLASSES: Final = tuple(map(ox.NamedNode, CLASSES))
_N_QUADS: Final = ox.RdfFormat.N_QUADS


class Judging(NamedTuple):
    """What differs of what judging tells, and why `everything` was judged again, as a clause, if it was."""

    change: Change
    everything: str | None


def judge_change(old: ox.Store, new: ox.Store, change: Change) -> Judging:
    """Judge again what a `change` touches, make `new` hold what follows, and return what differs.

    Args:
        old: the whole graph before, what was judged included.
        new: the graph after the change, the rules included, and still what was judged before.
        change: what differs between both of what is asserted and of what the rules derive.

    >>> import kg
    >>> store = kg.build(check=False).index.store
    >>> judge_change(store, store, Change())
    Judging(change=Change(gone=b'', fresh=b''), everything=None)
    """
    region = region_of(old, new, ox.parse(change.gone + change.fresh, format=_N_QUADS))
    before = list(dict.fromkeys(_before(old, region)))
    after = [quad for quad in _judged(new, region) if not _is_asserted(new, quad)]
    gone, fresh = set(before).difference(after), set(after).difference(before)
    for quad in gone:
        new.remove(quad)
    new.extend(fresh)
    lines = (b"".join(nquads.canonical(quads)) for quads in (gone, fresh))
    return Judging(Change(*lines), region.everything)


def _judged(new: ox.Store, region: Region) -> Iterable[ox.Quad]:
    """Return what follows of the promises and things that are judged again."""
    store, only = new, None
    if not region.everything:
        store, only = ox.Store(), region.only
        store.extend(region.quads)
    lines = (f"{triple} <{DERIVED}> .\n" for triple in derive_promises(store, only))
    return list(ox.parse("".join(lines).encode(), format=_N_QUADS))


def _is_asserted(store: ox.Store, quad: ox.Quad) -> bool:
    """Tell whether a source says something already; that is not derived again."""
    told = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(one.graph_name != _DERIVED for one in told)


def _before(old: ox.Store, region: Region) -> Iterator[ox.Quad]:
    """Yield what was told before of the promises and things that are judged again."""
    if region.everything:
        for key in WRITTEN:
            yield from old.quads_for_pattern(None, ox.NamedNode(key), None, _DERIVED)
        for kind in _CLASSES:
            yield from old.quads_for_pattern(None, _TYPE, kind, _DERIVED)
        return
    for statement in region.only.statements:
        yield from _of(old, f"{statement}.promise", "hasPromise", "hasOutcome")
    for thing in region.only.things:
        for name in _parts(old, thing, "hasStatusPeriod", f"{thing}.status."):
            yield from _of(old, name, "hasStatusPeriod")


def _of(old: ox.Store, name: str, link: str, parts: str | None = None) -> Iterator[ox.Quad]:
    """Yield what was told of something that judging made, of its `parts`, and the `link` to it."""
    node = node_of(name)
    yield from old.quads_for_pattern(None, ox.NamedNode(CP + link), node, _DERIVED)
    for quad in old.quads_for_pattern(node, None, None, _DERIVED):
        if is_judged(quad):
            yield quad
    for part in _parts(old, name, parts, f"{name}.") if parts else ():
        yield from _of(old, part, parts or "")


def _parts(old: ox.Store, name: str, link: str, begin: str) -> list[str]:
    """Return the names of what something was told to have, as judging calls that: sources may call another so, too."""
    found = old.quads_for_pattern(node_of(name), ox.NamedNode(CP + link), None)
    names = {str(to_python(quad.object)) for quad in found}
    return [one for one in names if one.startswith(begin) and one.removeprefix(begin).isdigit()]
