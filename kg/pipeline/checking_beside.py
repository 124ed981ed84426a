"""Files are held against what a store holds besides, as an editor does whenever one is saved.

Of the store only what the files touch is looked up, so that it costs the same whatever its size, and
nothing of it changes. What it has of the graphs of the files is taken for what they said before; so a
source that has been given another id stands beside what it was until the store is built again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base import Report, nquads
from kg.pipeline import sharing
from kg.pipeline.change_examined import examine_nodes
from kg.pipeline.checking import read_all, without_consequences
from kg.pipeline.only_proposed import with_proposed
from kg.pipeline.ranges import find_beyond_range
from kg.pipeline.said_anew import change_of, said_after
from kg.sources import (
    ChangedSources,
    as_recorded,
    in_order,
    locate,
    one_by_one,
    refuse_shared_graphs,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.sources import File, Reader
    from kg.store import Snapshot


def check_beside(files: Sequence[File], store: Snapshot, *, read: Reader = one_by_one) -> Report:
    """Return all that is wrong with `files`, in their order, were they built into the graph of `store`.

    What is wrong elsewhere is not told, nor what a file breaks elsewhere, nor which targets are stated again
    and what waits to be accepted; see `check` for these.

    Raises:
        SourceError: a file that may be another one of the store, or adds to a graph of another one.
    """
    sources = store.record.sources
    files = as_recorded(files, sources)
    done = read_all(files, read)
    if not done.whole:
        return in_order(done.faults, files)
    graphs = {graph for one in done.fingerprints.values() for graph in one.graphs}
    refuse_shared_graphs(files, done.fingerprints, sources)
    for name in done.fingerprints:
        if name in sources and not graphs.isdisjoint(before := sources[name].graphs):
            graphs.update(before)  # in which it may say nothing any more
    change = change_of(done.quads, graphs, store)
    known = ChangedSources(sources, (), done.fingerprints)
    few = sharing.sharing_files(store, change, known, done.fingerprints.values())
    every = sharing.in_order(few, files)
    clashes = sharing.shared_ids(every, known, said_after(store, change))
    faults = [*done.faults, *(one for clash in clashes for one in clash.problem.as_findings())]
    old, lines_of = store.index.store, store.lines_of
    found = examine_nodes(_named(done.quads), old, change, lines_of).findings
    told = {(finding.node, finding.path) for finding in found}
    beyond = (one for one in find_beyond_range(done.quads) if (one.node, one.path) not in told)
    # What has no place is wrong elsewhere.
    report = locate(Report((*found, *beyond)), nquads.split(done.quads), files, done.fingerprints)
    placed = [finding for finding in report.findings if finding.location]
    rest = without_consequences(placed, faults, clashes, done.incomplete)
    return in_order([*faults, *with_proposed(rest, sharing.said_in(done.quads), files)], files)


def _named(quads: bytes) -> set[ox.NamedNode]:
    """Return what files speak of."""
    terms = {term for line in nquads.split(quads) for term in nquads.parts(line)[0:3:2]}
    return {ox.NamedNode(term[1:-1].decode()) for term in terms if term.startswith(b"<")}
