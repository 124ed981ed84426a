"""Reading many files: one by one, or in processes of this machine, to the same bytes.

Reading is a pure function of one file and the rest is a union, so it spreads without a thought for
order. Nothing here schedules work: the standard library does. Large files of
N-Triples and N-Quads are read in pieces. Errors come back as values, and that of the first file is
raised, as if the files had been read one after the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from kg.base import SourceError, in_turn, nquads, over_processes
from kg.sources.files import CHANGED, File, Piece, size_of, split
from kg.sources.reader import Fingerprint, Source, parse_source, read_source

_VISITS: Final = 8  # how often a worker comes back for more: files differ in size


PAYS: Final = 1 << 20
"""For how many bytes it pays to start a process."""


Put: TypeAlias = Callable[[bytes], object]
"""Takes lines of N-Quads, in any order; the same may come twice."""

Reader: TypeAlias = Callable[[Sequence[File], Put], list[Fingerprint]]
"""Reads files, has what they say put somewhere, and returns a fingerprint of each, in their order.

It raises the error of the first one that cannot be read.
"""


class SourcesRead(NamedTuple):
    """What files say: a fingerprint of each, in their order, and the union of their quads."""

    fingerprints: list[Fingerprint]
    quads: bytes


def read_together(read: Reader, files: Sequence[File]) -> SourcesRead:
    """Return what files say, in memory.

    >>> read_together(one_by_one, []).quads
    b''
    """
    quads: list[bytes] = []
    return SourcesRead(read(files, quads.append), nquads.union(quads))


def one_by_one(files: Sequence[File], put: Put) -> list[Fingerprint]:
    """Read `files` one after the other; see `Reader`."""
    pieces = [piece for file in files for piece in split(file)]
    return join_heads(pieces, _heads(in_turn(_read, None, pieces), put))


def processes(workers: int) -> Reader:
    """Return a reader that reads in up to `workers` processes of this machine, as many as pay.

    They are started afresh, as `multiprocessing` documents: a script that asks for them does so under
    `if __name__ == "__main__"`.
    """

    def read(files: Sequence[File], put: Put) -> list[Fingerprint]:
        # A process takes longer to start than a small file to read.
        count = min(workers, sum(map(size_of, files)) // PAYS)
        pieces = [piece for file in files for piece in split(file)] if count > 1 else []
        count = min(count, len(pieces))
        if count <= 1:
            return one_by_one(files, put)
        size = math.ceil(len(pieces) / (count * _VISITS))
        outcomes = over_processes(count, at_once=size)(_read, None, pieces)
        return join_heads(pieces, _heads(outcomes, put))

    return read


def _read(_: None, piece: Piece) -> Source | SourceError:
    return parsed(piece, loaded(piece))


def loaded(piece: Piece) -> bytes | SourceError:
    """Return the bytes of a piece, or what is wrong with it."""
    try:
        return piece.load()
    except SourceError as error:
        return error


def parsed(piece: Piece, data: bytes | SourceError) -> Source | SourceError:
    """Return what a piece says that has been loaded, or what is wrong with it."""
    if isinstance(data, SourceError):
        return data
    try:
        return parse_source(piece.file, data, whole=piece.digest is None)
    except SourceError as error:
        return error


def _heads(
    outcomes: Iterable[Source | SourceError], put: Put
) -> Iterator[Fingerprint | SourceError]:
    for outcome in outcomes:
        if isinstance(outcome, Source):
            put(outcome.quads)
        yield head_of(outcome)


def head_of(outcome: Source | SourceError) -> Fingerprint | SourceError:
    """Return what is remembered of a file, or what is wrong with it."""
    return outcome.fingerprint if isinstance(outcome, Source) else outcome


def has_graphs(head: Fingerprint | SourceError) -> bool | None:
    """Tell whether anything is said in what was read; of what could not be read, None."""
    return bool(head.graphs) if isinstance(head, Fingerprint) else None


def is_read(first: Piece, said: Sequence[bool | None]) -> bool:
    """Tell whether a file could be read, given its first piece and `has_graphs` of each: one cut in pieces says something."""
    return None not in said and (first.digest is None or any(said))


def join_heads(
    pieces: Sequence[Piece], heads: Iterable[Fingerprint | SourceError]
) -> list[Fingerprint]:
    """Return the fingerprint of every file from what became of its pieces, or raise the first error.

    A piece in which there is something wrong has no line numbers to name: then the whole file is read here.
    """
    fingerprints: list[Fingerprint] = []
    pairs = zip(pieces, heads, strict=True)
    for file, group in groupby(pairs, key=lambda pair: pair[0].file):
        (first, _), *_ = outcomes = list(group)
        errors = [head for _, head in outcomes if isinstance(head, SourceError)]
        parts = [head for _, head in outcomes if isinstance(head, Fingerprint)]
        if is_read(first, [has_graphs(head) for _, head in outcomes]):
            fingerprints.append(_joined(first.digest, parts))
        elif first.digest is None:  # the file is one piece
            raise errors[0]
        else:
            read_source(file)  # which tells what is wrong, with its line
            raise SourceError(file.path, CHANGED)
    return fingerprints


def _joined(digest: str | None, parts: Sequence[Fingerprint]) -> Fingerprint:
    """Return the fingerprint of a file, whose `digest` is given where it was cut in pieces."""
    if digest is None:
        return parts[0]
    graphs = sorted({graph for part in parts for graph in part.graphs})
    return Fingerprint(digest, parts[0].suffix, tuple(graphs))
