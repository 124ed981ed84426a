"""Sorted lines, of which no more are in memory than fit: the rest lies in files.

Lines come in any order and repeatedly; they are sorted in runs, and the runs merged (the external
merge sort).
"""

from __future__ import annotations

import heapq
import io
import os
import tempfile
import weakref
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from kg.base import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

HELD: Final = 24 << 20
"""How many bytes of lines are in memory before they are written out as a run."""

MOST_RUNS: Final = 128
"""How many runs there may be before they become one: each is read through a buffer of its own."""

_BUFFER: Final = 64 << 10


class Lines:
    r"""Lines, each once and in order.

    >>> lines = Lines()
    >>> lines.add([b"b\n", b"a\n"])
    >>> lines.add([b"a\n"])
    >>> list(lines), len(lines)
    ([b'a\n', b'b\n'], 2)
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Have what does not fit in files of a folder that others see to, or in none that is seen."""
        self._folder = folder
        self._held: list[bytes] = []
        self._size = 0
        self._runs: list[_Hidden | _Named] = []

    def add(self, lines: list[bytes]) -> None:
        """Add lines in any order, each with its end."""
        # In short pieces first: what is in order in parts is sorted in half the time.
        self._held += sorted(lines)
        self._size += sum(map(len, lines))
        if self._size > HELD:
            self._held.sort()
            self._runs.append(self._run(_once(self._held)))
            self._held, self._size = [], 0
            if len(self._runs) >= MOST_RUNS:
                self._runs = [self._run(self)]

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines; several may go through them at a time."""
        self._held.sort()
        return _once(heapq.merge(*self._runs, self._held) if self._runs else self._held)

    def __len__(self) -> int:
        """Return how many lines there are."""
        return sum(1 for _ in self)

    def settled(self, passing: Callable[[Iterable[bytes]], Iterable[bytes]]) -> Lines:
        """Return the lines as one run, which is read fast; on its way there they pass a look."""
        settled = Lines(self._folder)
        if self._runs:
            settled._runs = [self._run(passing(self))]
        else:
            settled._held = list(passing(self))
        return settled

    def empty(self) -> Lines:
        """Return lines that are none yet, with the same place for what does not fit."""
        return Lines(self._folder)

    def _run(self, lines: Iterable[bytes]) -> _Hidden | _Named:
        try:
            return _Named(self._folder, lines) if self._folder else _Hidden(lines)
        except OSError as error:
            place = self._folder or tempfile.gettempdir()
            raise OutputError(
                f"{place}: cannot be written, and a large table is sorted there (TMPDIR names another"
                f" folder): {error.strerror}"
            ) from None


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Return sorted lines, each once."""
    return map(itemgetter(0), groupby(lines))


class _Named:
    """A run in a file that another process can read, too."""

    def __init__(self, folder: Path, lines: Iterable[bytes]) -> None:
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            self._path = file.name
            file.writelines(lines)

    def __iter__(self) -> Iterator[bytes]:
        with open(self._path, "rb", _BUFFER) as file:  # noqa: PTH123 - with a buffer of this size
            yield from file


class _Hidden:
    """A run in a file without a name, which is gone whatever ends the process."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        with tempfile.TemporaryFile() as file:
            file.writelines(lines)
            file.flush()
            self._handle = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._handle)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines, from wherever others may be reading."""
        return iter(io.BufferedReader(_At(self), _BUFFER))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes line by line: no other can open the file."""
        return _Hidden, (list(self),)

    def read_at(self, buffer: Any, place: int) -> int:
        """Fill a buffer from some place on; return with how many bytes."""
        return os.preadv(self._handle, [buffer], place)


class _At(io.RawIOBase):
    """A run that is read from a place of one's own."""

    def __init__(self, run: _Hidden) -> None:
        self._run, self._place = run, 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        read = self._run.read_at(buffer, self._place)
        self._place += read
        return read
