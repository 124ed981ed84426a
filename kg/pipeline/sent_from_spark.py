"""A graph that lies on a cluster of Spark is sent to a SPARQL endpoint by who has the pieces, graph by graph.

Each source is sent as a whole by one worker, and what is derived by all of them, some of it at a time. Here are the names
and digests of the graphs, of which the manifest is written first and last (`kg.store.upload`): it comes to what a build here
would write. Whoever is killed meanwhile has sent what is sent again, and comes to the same.
"""

from __future__ import annotations

import contextlib
import re
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.base import DERIVED, StoreError, TimeLimitError, nquads
from kg.pipeline.homes import letters_to, number_of
from kg.sources import on_disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyspark import RDD

    from kg.pipeline.homes import Letter
    from kg.sources import Fingerprint
    from kg.store import Sender, SentThere

_OURS: Final = re.compile(r"^kg\.base\.errors\.(\w+): (.+)$", re.MULTILINE)


def send_from(
    parts: RDD[bytes], homes: int, there: SentThere, sources: Mapping[str, Fingerprint]
) -> None:
    """Have an endpoint hold a graph.

    Args:
        parts: all of it, as some thousand sorted lines at a time, in order.
        homes: into how many pieces it is parted on its way.
        there: the endpoint, which all workers and this machine reach.
        sources: the files that say it, by name.

    Raises:
        StoreError: it cannot be reached, refuses, or another build is writing to it.
        TimeLimitError: it takes too long.
    """
    letters = parts.flatMap(partial(_to_graphs, homes)).partitionBy(homes)
    graphs = on_disk(letters.mapPartitions(_whole_graphs))
    derived = parts.flatMap(_derived)
    entries = dict(graphs.mapValues(there.entry_of).collect())
    # Its lines pass by here, since a digest goes on from line to line.
    whole = there.entry_of_pieces(derived.toLocalIterator())
    if whole.triples:
        entries[DERIVED] = whole
    with there.claimed(entries, sources) as (sender, new), _told():
        graphs.mapPartitions(partial(_put, sender, new)).collect()
        if DERIVED in new:
            # Last: until then it follows from sources that were there before.
            sender.drop(DERIVED)
            derived.mapPartitions(partial(_add, sender)).collect()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell what a worker was told by an endpoint, as it would be told here."""
    from py4j.protocol import Py4JError  # whoever has a cluster has it
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        # Who has used tables there is told by the other of the two; in both stands what was raised in Python.
        if told := _OURS.search(str(error)):
            took_long = told[1] == TimeLimitError.__name__
            raise (TimeLimitError if took_long else StoreError)(told[2]) from None
        raise


# What runs elsewhere: plain functions of this module, found there by their names.


def _to_graphs(homes: int, lines: bytes) -> Iterator[Letter]:
    said = (one for one in nquads.split(lines) if not one.endswith(_IN_DERIVED))
    return letters_to(lambda line: number_of(nquads.graph_of(line).encode()) % homes, said)


def _whole_graphs(letters: Iterable[Letter]) -> Iterable[tuple[str, bytes]]:
    return nquads.by_graph(b"".join(lines for _, lines in letters)).items()


def _derived(lines: bytes) -> list[bytes]:
    found = [one for one in nquads.split(lines) if one.endswith(_IN_DERIVED)]
    return [b"".join(one + b" .\n" for one in nquads.triples(found))] if found else []


_IN_DERIVED: Final = f" <{DERIVED}> .\n".encode()


def _put(sender: Sender, new: frozenset[str], graphs: Iterable[tuple[str, bytes]]) -> tuple[()]:
    sender.put((graph, triples) for graph, triples in graphs if graph in new)
    return ()


def _add(sender: Sender, pieces: Iterable[bytes]) -> tuple[()]:
    sender.add(DERIVED, pieces)
    return ()
