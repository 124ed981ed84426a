"""Lines that are more than fit into memory, sorted: runs of them lie in files, and are merged as they are read.

This is what is called an external merge sort (Knuth, The Art of Computer Programming, volume 3, section 5.4).
"""

from __future__ import annotations

import contextlib
import heapq
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kg.base.nquads import union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RUN: Final = 64 << 20
"""From how many bytes on lines are written as a run: so many are in memory, and several times that while they are sorted."""

_MOST: Final = 128
"""How many runs there are at most: each is a file, and all are open while they are merged."""


class Runs:
    r"""Sorted lines of which each is there once, in the files of a folder and, of the last ones, in memory.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     runs = Runs(Path(folder), 4)
    ...     for lines in (b"b\nd\n", b"a\nb\n", b"c\n"):
    ...         runs.add(lines)
    ...     b"".join(runs)
    b'a\nb\nc\nd\n'
    """

    def __init__(self, folder: Path, run: int = RUN) -> None:
        """Take a folder, which is there and empty, and how many bytes make a run."""
        self._folder, self._run = folder, run
        self._files: list[Path] = []
        self._made = 0
        self._waiting: list[bytes] = []
        self._size = 0

    def add(self, lines: bytes) -> None:
        """Add lines, as one, in whatever order.

        Raises:
            OSError: as the system has it.
        """
        self._waiting.append(lines)
        self._size += len(lines)
        if self._size >= self._run:
            self._write_waiting()

    def _write_waiting(self) -> None:
        waiting, self._waiting, self._size = self._waiting, [], 0
        self.add_run([union(waiting)])

    def files(self) -> list[Path]:
        """Return the files in which all lines are that have been added by now; errors as in `add`."""
        if self._waiting:
            self._write_waiting()
        return [*self._files]

    def add_run(self, lines: Iterable[bytes]) -> None:
        """Add sorted lines, of which there may be more than fit into memory; errors as in `add`."""
        if len(self._files) == _MOST:
            # The old ones stay where they are: somebody may be reading them.
            files, self._files = self._files, []
            self._write(_merged(files, b""))
        self._write(lines)

    def _write(self, lines: Iterable[bytes]) -> None:
        path = self._folder / f"{self._made}.run"
        self._made += 1
        with path.open("wb") as file:
            file.writelines(lines)
        self._files.append(path)

    def clear(self) -> None:
        """Have no lines any more, and no files."""
        for file in self._folder.iterdir():
            file.unlink()
        self._files, self._waiting, self._size = [], [], 0

    def __iter__(self) -> Iterator[bytes]:
        """Yield all lines in their order, each once; errors as in `add`."""
        return _merged(self._files, union(self._waiting))


def _merged(files: Iterable[Path], rest: bytes) -> Iterator[bytes]:
    with contextlib.ExitStack() as held:
        runs = [held.enter_context(file.open("rb")) for file in files]
        merged = heapq.merge(*runs, rest.splitlines(keepends=True))
        yield from (line for line, _ in groupby(merged))
