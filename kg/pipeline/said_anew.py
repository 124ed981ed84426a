"""What is said otherwise than a store has it, where some graphs are said anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import Change, nquads

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.pipeline.sharing import SaidOf
    from kg.store import Snapshot


def change_of(quads: bytes, stale: Collection[str], before: Snapshot) -> Change:
    """Return what changes where `quads` stand for what was said in the graphs that are `stale`."""
    fresh = set(nquads.split(quads))
    gone = {line for graph in stale for line in before.lines_in(graph)}
    # Of a new file a line may be there already: another one that adds to its graph has it.
    there = fresh - gone
    there.intersection_update(before.lines_of({nquads.subject_of(line) for line in there}))
    sides = (gone - fresh, fresh - gone - there)
    return Change(*(b"".join(sorted(lines)) for lines in sides))


def said_after(before: Snapshot, change: Change) -> SaidOf:
    """Return what gives the lines of some subjects after a change."""

    def said_of(nodes: set[bytes]) -> Iterator[bytes]:
        yield from set(before.lines_of(nodes)).difference(nquads.split(change.gone))
        yield from (line for line in nquads.split(change.fresh) if nquads.subject_of(line) in nodes)

    return said_of
