"""What the engine writes in one go, put aside and then handed on in pieces: what is large lies in a file."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from kg.base import PREFIXES, RDF_FORMATS, OutputError, no_room_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HELD: Final = 8 << 20
"""How many bytes are kept in memory before all of them go into a file."""
_PIECE: Final = 1 << 20


@contextmanager
def put_aside(quads: Iterable[ox.Quad], form: str) -> Iterator[Aside]:
    r"""Lend quads, which are read one by one, in a format of RDF.

    Raises:
        OutputError: there is no room for them aside, or no leave to write.

    >>> quad = ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.NamedNode("a:o"))
    >>> with put_aside([quad], "nt") as written:
    ...     b"".join(written.pieces())
    b'<a:s> <a:p> <a:o> .\n'
    """
    with tempfile.SpooledTemporaryFile(max_size=_HELD) as file:
        syntax = RDF_FORMATS[form].syntax
        try:
            ox.serialize(quads, output=cast("IO[bytes]", file), format=syntax, prefixes=PREFIXES)
        except OSError as error:
            what = "what is large is brought together there"
            raise OutputError(no_room_aside(what, error)) from None
        yield Aside(cast("IO[bytes]", file))


class Aside:
    """What was put aside."""

    def __init__(self, file: IO[bytes]) -> None:
        """Take the file in which it lies."""
        self._file = file

    def pieces(self, *, lines: bool = False) -> Iterator[bytes]:
        """Yield what was written from its beginning, in pieces, of whole `lines` where that matters."""
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece + (self._file.readline() if lines else b"")

    def before(self, at: int, mark: bytes) -> bytes:
        """Return what stands between the last `mark` before a place and that place; "" where there is none."""
        start, found = at, b""
        while start and mark not in found:
            start = max(0, start - _PIECE)
            self._file.seek(start)
            found = self._file.read(at - start)
        return found.rpartition(mark)[2]
