"""Sorted lines, of which no more are in memory than fit: the rest lies in files.

Lines come in any order and repeatedly; they are sorted in runs, and the runs merged (the external
merge sort). They pass in blocks, so that Python looks at a few thousand at a time and not at each.
"""

from __future__ import annotations

import io
import os
import tempfile
import weakref
from bisect import bisect_right
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.base import nquads
from kg.base.errors import OutputError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

HELD: Final = 24 << 20
"""How many bytes of lines are in memory before they are written out as a run."""

MOST_RUNS: Final = 128
"""How many runs there may be before they become one: each is read through a buffer of its own."""

_BLOCK: Final = 4096
"""How many lines of those in memory are a block."""

_PIECE: Final = 512 << 10
"""How many bytes of a run are read at once."""


class SpilledLines:
    r"""Lines, each once and in order.

    >>> lines = SpilledLines()
    >>> lines.add([b"b\n", b"a\n"])
    >>> lines.add([b"a\n"])
    >>> list(lines), len(lines)
    ([b'a\n', b'b\n'], 2)
    """

    def __init__(
        self,
        folder: Path | None = None,
        held: int | None = None,
        error: type[OutputError | StoreError] = OutputError,
    ) -> None:
        """Have what does not fit in files of a folder that others see to, or in none that is seen.

        `held` is how many bytes are in memory, by default `HELD`, and `error` what is raised where nothing can be written.
        """
        self._how = folder, held, error
        self._folder, self._most, self._error = self._how
        self._held: list[bytes] = []
        self._size = 0
        self._runs: list[_Hidden | _Named | _Without] = []

    def add(self, lines: list[bytes]) -> None:
        """Add lines in any order, each with its end."""
        # In short pieces first: what is in order in parts is sorted in half the time.
        self._held += sorted(lines)
        self._size += sum(map(len, lines))
        if self._size > (HELD if self._most is None else self._most):
            self._spill()

    def add_sorted(self, lines: Iterable[bytes]) -> None:
        """Add lines that are in order, of which there may be more than fit."""
        each = iter(lines)
        self._keep(self._run(_once(iter(lambda: list(islice(each, _BLOCK)), []))))

    def paths(self, *, all_of_it: bool = True) -> list[Path]:
        """Return the files in which lines are, in runs, where these lie in a folder: all of it that has been added by now, or what did not fit."""
        if self._held and all_of_it:
            self._spill()
        return [Path(run.path) for run in self._runs if isinstance(run, _Named)]

    def clear(self) -> None:
        """Have no lines any more, and none of their files."""
        for run in self._runs:
            if isinstance(run, _Named):
                Path(run.path).unlink()
        self._held, self._size, self._runs = [], 0, []

    def _spill(self) -> None:
        run = self._run(_once(self._sorted()))
        self._held, self._size = [], 0
        self._keep(run)

    def _keep(self, run: _Hidden | _Named) -> None:
        self._runs.append(run)
        if len(self._runs) >= MOST_RUNS:
            self._runs = [self._run(_merged([iter(one) for one in self._runs]))]

    def blocks(self) -> Iterator[list[bytes]]:
        """Yield the lines in lists of some thousands; several may go through them at a time."""
        held = self._sorted()
        if not self._runs:
            return _once(held)
        return _merged([*map(iter, self._runs), _once(held)])

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines; several may go through them at a time."""
        return chain.from_iterable(self.blocks())

    def __len__(self) -> int:
        """Return how many lines there are."""
        return sum(map(len, self.blocks()))

    def settled(
        self, passing: Callable[[Iterable[list[bytes]]], Iterable[list[bytes]]]
    ) -> SpilledLines:
        """Return the lines as one run, which is read fast; on its way there its blocks pass a look."""
        settled = SpilledLines(*self._how)
        if self._runs:
            settled._runs = [self._run(passing(self.blocks()))]
        else:
            settled._held = list(chain.from_iterable(passing(self.blocks())))
        return settled

    def having(self, parts: Sequence[bytes]) -> Iterator[bytes]:
        """Yield the lines that hold one of some parts, which themselves go over no end of a line."""
        return (line for block in self.blocks() for line in _having(b"".join(block), parts))

    def empty(self) -> SpilledLines:
        """Return lines that are none yet, with the same place for them."""
        return SpilledLines(*self._how)

    def replaced(self, old: Iterable[bytes], new: list[bytes]) -> SpilledLines:
        """Return the lines with some of them, no more than fit in memory, replaced by others."""
        replaced = SpilledLines(*self._how)
        replaced._runs = [_Without(self, frozenset(old))]
        replaced.add(new)
        return replaced

    def _sorted(self) -> Iterator[list[bytes]]:
        """Yield what is in memory in blocks, in order, some lines more than once."""
        self._held.sort()
        held = self._held  # of this moment: who adds more later sorts another
        return (held[at : at + _BLOCK] for at in range(0, len(held), _BLOCK))

    def _run(self, blocks: Iterable[list[bytes]]) -> _Hidden | _Named:
        try:
            return _Named(self._folder, blocks) if self._folder else _Hidden(blocks)
        except OSError as error:
            from kg.base.aside import no_room_aside  # there is room, as a rule

            what = "what is large is sorted there"
            raise self._error(no_room_aside(what, error, self._folder)) from None


def _once(blocks: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
    """Yield sorted blocks with each line once."""
    last = None
    for block in blocks:
        lines = list(dict.fromkeys(block))
        if lines[0] == last:
            del lines[0]
        if lines:
            last = lines[-1]
            yield lines


def _merged(runs: list[Iterator[list[bytes]]]) -> Iterator[list[bytes]]:
    """Merge sorted blocks of several runs: all that comes before the first end of a block at a time.

    Sorting finds what is in order already, so that lines are compared by C and not one by one here.
    """
    heads = [(block, run) for run in runs if (block := next(run, None))]
    while heads:
        bound = min(block[-1] for block, _ in heads)
        ready: list[bytes] = []
        rest = []
        for block, run in heads:
            cut = bisect_right(block, bound)
            ready += block[:cut]
            left: list[bytes] | None = block[cut:] or next(run, None)
            if left:
                rest.append((left, run))
        heads = rest
        ready.sort()
        yield list(dict.fromkeys(ready))


def _having(text: bytes, parts: Sequence[bytes]) -> Iterator[bytes]:
    starts = set[int]()
    for part in parts:
        found = text.find(part)
        while found >= 0:
            starts.add(text.rfind(b"\n", 0, found) + 1)
            found = text.find(part, text.index(b"\n", found))
    return (text[start : text.index(b"\n", start) + 1] for start in sorted(starts))


class _Without:
    """A run that is lines of which some are gone."""

    def __init__(self, lines: SpilledLines, gone: frozenset[bytes]) -> None:
        self._lines, self._gone = lines, gone

    def __iter__(self) -> Iterator[list[bytes]]:
        for block in self._lines.blocks():
            if self._gone.isdisjoint(block):
                yield block
            elif left := [line for line in block if line not in self._gone]:
                yield left


class _Named:
    """A run in a file that another process can read, too."""

    def __init__(self, folder: Path, blocks: Iterable[list[bytes]]) -> None:
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            self.path = file.name
            file.writelines(map(b"".join, blocks))

    def __iter__(self) -> Iterator[list[bytes]]:
        with open(self.path, "rb", 0) as file:  # noqa: PTH123 - its pieces are large enough
            yield from _blocks(file)


class _Hidden:
    """A run in a file without a name, which is gone whatever ends the process."""

    def __init__(self, blocks: Iterable[list[bytes]]) -> None:
        with tempfile.TemporaryFile() as file:
            file.writelines(map(b"".join, blocks))
            file.flush()
            self._handle = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._handle)

    def __iter__(self) -> Iterator[list[bytes]]:
        """Yield the blocks, from wherever others may be reading."""
        return _blocks(_At(self))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as it is: no other can open the file."""
        return _Hidden, (list(self),)

    def read_at(self, buffer: Any, place: int) -> int:
        """Fill a buffer from some place on; return with how many bytes."""
        return os.preadv(self._handle, [buffer], place)


def _blocks(file: io.RawIOBase) -> Iterator[list[bytes]]:
    """Yield the lines of a file, piece by piece."""
    begun = b""
    while piece := file.read(_PIECE):
        whole, end, rest = piece.rpartition(b"\n")
        if end:
            yield nquads.split(begun + whole + end)
            begun = rest
        else:
            begun += rest


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
