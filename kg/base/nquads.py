"""Canonical N-Quads as sorted lines: what a graph is held as, wherever it is held.

One statement is one line (RDF 1.1 N-Quads, section 4), so that union, difference and what is of one
graph are matters of lines.
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.changes import Change

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator


def canonical(quads: Iterable[ox.Quad]) -> list[bytes]:
    """Return `quads` as lines of canonical N-Quads, sorted, each once."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return _once(split(data))


def _once(lines: list[bytes]) -> list[bytes]:
    # Sorting merges what is sorted already, which a set or heapq.merge would not make use of.
    lines.sort()
    return [line for line, _ in itertools.groupby(lines)]


def parts(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    r"""Return the four terms of a canonical N-Quad, as they stand.

    >>> parts(b'<a:s> <a:p> "o o" <a:g> .\n')
    (b'<a:s>', b'<a:p>', b'"o o"', b'<a:g>')
    """
    subject, predicate, rest = line.split(b" ", 2)
    value, graph, _ = rest.rsplit(b" ", 2)  # a literal may have spaces, a graph has none
    return subject, predicate, value, graph


def triple_parts(triple: bytes) -> tuple[bytes, bytes, bytes]:
    r"""Return the three terms of what `triples` yields, as they stand.

    >>> triple_parts(b'<a:s> <a:p> "o o"')
    (b'<a:s>', b'<a:p>', b'"o o"')
    """
    subject, predicate, value = triple.split(b" ", 2)
    return subject, predicate, value


def subject_of(line: bytes) -> bytes:
    r"""Return the subject of a canonical N-Quad or triple, as it stands.

    >>> subject_of(b"<a:s> <a:p> <a:o> <a:g> .\n")
    b'<a:s>'
    """
    return line[: line.index(b" ")]


def graph_of(line: bytes) -> str:
    r"""Return the IRI of the graph of a canonical N-Quad.

    >>> graph_of(b"<a:s> <a:p> <a:o> <a:g> .\n")
    'a:g'
    """
    return line[line.rindex(b" <") + 2 : -4].decode()


def triples(lines: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield canonical N-Quads without their graphs; the order stays, as nothing sorts before a space.

    >>> list(triples([b"<a:s> <a:p> <a:o> <a:g> .\n"]))
    [b'<a:s> <a:p> <a:o>']
    """
    return (line[: line.rindex(b" <")] for line in lines)


def in_graph(quads: bytes, graph: str) -> bytes:
    r"""Return canonical N-Quads with all of them in one graph.

    >>> in_graph(b"<a:s> <a:p> <a:o> <a:g> .\n", "a:h")
    b'<a:s> <a:p> <a:o> <a:h> .\n'
    """
    # Two graphs may say the same: in one graph that is one statement.
    end = f" <{graph}> .\n".encode()
    return b"".join(_once([triple + end for triple in triples(split(quads))]))


def without(quads: bytes, graphs: Container[str]) -> bytes:
    r"""Return the lines of canonical N-Quads that are in none of `graphs`.

    >>> without(b"<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> <a:h> .\n", {"a:g"})
    b'<a:s> <a:p> <a:o> <a:h> .\n'
    """
    lines = split(quads)
    return b"".join(line for line in lines if graph_of(line) not in graphs)


def union(parts: Iterable[bytes]) -> bytes:
    r"""Return the union of canonical N-Quads, each of them sorted.

    >>> union([b"<a:s> <a:p> <a:o> <a:g> .\n"] * 2)
    b'<a:s> <a:p> <a:o> <a:g> .\n'
    """
    lines = _once([line for part in parts for line in split(part)])
    return b"".join(lines)


def by_graph(quads: bytes) -> dict[str, bytes]:
    r"""Return the sorted N-Triples of every graph of some N-Quads, by its IRI.

    >>> by_graph(b"<a:s> <a:p> <a:o> <a:g> .\n")
    {'a:g': b'<a:s> <a:p> <a:o> .\n'}
    """
    graphs: defaultdict[str, list[bytes]] = defaultdict(list)
    for line in split(quads):
        triple, graph, _ = line.rsplit(b" ", 2)
        graphs[graph.decode()[1:-1]].append(triple + b" .\n")
    return {graph: b"".join(sorted(lines)) for graph, lines in sorted(graphs.items())}


def differing(one: Iterable[bytes], other: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield what only one of two sorted sequences holds, with 0 for the first and 1 for the second.

    >>> list(differing([b"a", b"b"], [b"b", b"c"]))
    [(b'a', 0), (b'c', 1)]
    """
    # Both are sorted, so that neither has to be in memory as a set.
    merged = heapq.merge(zip(one, itertools.repeat(0)), zip(other, itertools.repeat(1)))
    for line, pairs in itertools.groupby(merged, key=itemgetter(0)):
        sides = {side for _, side in pairs}
        if len(sides) == 1:
            yield line, sides.pop()


def following(*changes: Change) -> Change:
    r"""Return what some changes, one after the other, come to.

    >>> one, two = Change(b"a\n", b"b\n"), Change(b"b\n", b"a\nc\n")
    >>> following(one, two)
    Change(gone=b'', fresh=b'c\n')
    """
    gone: set[bytes] = set()
    fresh: set[bytes] = set()
    for change in changes:
        left, come = set(split(change.gone)), set(split(change.fresh))
        gone, fresh = (gone - come) | (left - fresh), (fresh - left) | (come - gone)
    return Change(b"".join(sorted(gone)), b"".join(sorted(fresh)))


def split(quads: bytes) -> list[bytes]:
    r"""Return N-Quads as lines, each with its end.

    >>> split(b"<a:s> <a:p> <a:o> <a:g> .\n")
    [b'<a:s> <a:p> <a:o> <a:g> .\n']
    """
    # Of bytes, so only at ends of lines of N-Quads: those within literals are escaped.
    return quads.splitlines(keepends=True)
