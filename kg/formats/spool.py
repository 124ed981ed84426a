"""What comes piece by piece and is read again at the end: it lies in a file, however much it is."""

from __future__ import annotations

import json
import os
import tempfile
import weakref
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.base import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class _Added(NamedTuple):
    """Some values in the file: where they begin, their length in bytes, and how many they are."""

    start: int
    size: int
    many: int


class Spool:
    """Values of JSON by keys, of which no more are in memory than were added at once.

    >>> spool = Spool()
    >>> spool.add("a", [1, 2])
    >>> spool.add("b", [{"c": "d"}])
    >>> spool.add("a", [3])
    >>> list(spool["a"]), len(spool["a"]), list(spool)
    ([1, 2, 3], 3, ['a', 'b'])
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Have the values in a file without a name, in a folder or in that of all temporary files."""
        self._folder = folder
        self._handle: int | None = None
        self._end = 0
        self._pieces: defaultdict[str, list[_Added]] = defaultdict(list)

    def add(self, key: str, values: Sequence[Any]) -> None:
        """Add values behind those of the key that are there already.

        Raises:
            OutputError: there is no room for them.
        """
        data = json.dumps(values).encode()
        try:
            if self._handle is None:
                self._handle = self._opened()
            written = 0
            while written < len(data):
                rest = memoryview(data)[written:]
                written += os.pwrite(self._handle, rest, self._end + written)
        except OSError as error:
            place = self._folder or tempfile.gettempdir()
            raise OutputError(
                f"{place}: cannot be written, and what is read lies there until the end (TMPDIR names"
                f" another folder): {error.strerror}"
            ) from None
        self._pieces[key].append(_Added(self._end, len(data), len(values)))
        self._end += len(data)

    def __getitem__(self, key: str) -> Spooled:
        """Return the values of a key, which can be gone through repeatedly."""
        return Spooled(self, key)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys that have values, in the order in which they came."""
        return iter(self._pieces)

    def count(self, key: str) -> int:
        """Return how many values a key has."""
        return sum(piece.many for piece in self._pieces.get(key, ()))

    def read(self, key: str) -> Iterator[Any]:
        """Yield the values of a key."""
        return chain.from_iterable(self.pieces(key))

    def pieces(self, key: str) -> Iterator[list[Any]]:
        """Yield the values of a key as they were added, some at once."""
        for piece in self._pieces.get(key, ()):
            yield json.loads(self._at(piece))

    def _at(self, piece: _Added) -> bytes:
        parts, place, left = [], piece.start, piece.size
        while left and (part := os.pread(self._handle or 0, left, place)):
            parts.append(part)
            place, left = place + len(part), left - len(part)
        return b"".join(parts)

    def _opened(self) -> int:
        with tempfile.TemporaryFile(dir=self._folder) as file:
            handle = os.dup(file.fileno())
        weakref.finalize(self, os.close, handle)
        return handle


class Spooled:
    """The values of one key of a spool."""

    def __init__(self, spool: Spool, key: str) -> None:
        """Take what is of a key, now and later."""
        self._spool, self._key = spool, key

    def __iter__(self) -> Iterator[Any]:
        """Yield them."""
        return self._spool.read(self._key)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._spool.count(self._key)
