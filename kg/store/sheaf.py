"""A sheaf: sorted lines in a folder, in parts that a snapshot shares with the one before it.

    asserted/<digest>.nq    each some hundred kilobytes; which lines make a part follows from them alone

A part is called by what it holds, and never changes. What has not changed is a hard link to the part of the
snapshot before: it is neither read nor written again. Whoever reads one compares it with what was written.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from kg.base import lines_from, span_of
from kg.store.index_files import (
    DIFFERS,
    as_written,
    digest_of,
    mark,
    opened,
    restore_time,
    wrong_size,
    wrong_state,
)

if TYPE_CHECKING:
    import mmap
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

_OPEN: Final = 64
"""How many parts are held open at once, by who looks for single lines: each takes a descriptor."""


class PartError(OSError):
    """A part is not what was written; it has its name, and in words what is wrong."""

    def __init__(self, name: str, what: str) -> None:
        """Take the name of the file, from the snapshot on, and what is wrong with it."""
        super().__init__(what)
        self.name, self.what = name, what


def read_whole(folder: Path, name: str, size: int, digest: str) -> bytes:
    """Return the bytes of a file of a snapshot, which has this size and this SHA-256.

    Raises:
        PartError: it is not what was written.
        OSError: as the system has it.
    """
    from hashlib import sha256  # those who ask read the index alone

    with opened(folder / name) as handle:
        if what := wrong_size(handle, size):
            raise PartError(name, what)
        with open(handle, "rb", closefd=False) as file:
            data = file.read()
    if sha256(data).hexdigest() != digest:
        mark(folder / name)
        raise PartError(name, DIFFERS)
    return data


def compare_whole(folder: Path, name: str, size: int, digest: str) -> None:
    """Hold a file of a snapshot against its size and SHA-256, piece by piece; errors as in `read_whole`."""
    path = folder / name
    if what := wrong_state(path.stat(), size):
        raise PartError(name, what)
    if digest_of(path) != digest:
        mark(path)
        raise PartError(name, DIFFERS)


class SheafPart(NamedTuple):
    """A part as it was written: its size, how many lines it has, its SHA-256, with what it begins and when that was."""

    size: int
    lines: int
    digest: str
    first: str
    modified: int

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.digest[:32]}.nq"


class Sheaf:
    """Sorted lines in a folder, in parts."""

    def __init__(self, folder: Path, parts: Sequence[SheafPart]) -> None:
        """Take the folder, and the parts in their order."""
        self.folder, self.parts = folder, parts
        self._held: dict[int, bytes] = {}
        self._maps: dict[int, mmap.mmap] = {}

    def pieces(self) -> Iterator[bytes]:
        """Yield the lines part by part, each once it has been found to be what was written.

        Raises:
            PartError: one is not.
            OSError: as the system has it.
        """
        return map(self.read, self.parts)

    def lines(self) -> Iterator[bytes]:
        """Yield line by line, once all parts have been found to be what was written; errors as in `pieces`."""
        # Twice through them: who is given the first line has none of a damaged part.
        self.compare()
        for part in self.parts:
            with (self.folder / part.name).open("rb") as file:
                yield from file

    def of_subjects(self, subjects: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the lines of some subjects, given as N-Quads have them; errors as in `pieces`."""
        held: tuple[int, bytes] = (-1, b"")
        for subject in sorted(set(subjects)):
            for at in span_of(self.firsts, subject):
                if at != held[0]:
                    held = (at, self.read(self.parts[at]))
                for line in lines_from(held[1], subject + b" "):
                    yield line + b"\n"

    @property
    def size(self) -> int:
        """How many bytes all parts have."""
        return sum(part.size for part in self.parts)

    def compare(self) -> None:
        """Hold all parts against what was written, piece by piece; errors as in `pieces`."""
        for part in self.parts:
            self._compare(part)

    def compare_states(self) -> None:
        """Hold the sizes and times of all parts against those that were written; one that was touched since, as a whole.

        A copy with its times has not been touched. Errors as in `pieces`.
        """
        for part, state in zip(self.parts, self.states(), strict=True):
            self._compare_state(part, state)

    def _compare_state(self, part: SheafPart, state: os.stat_result) -> None:
        if what := wrong_state(state, part.size):
            raise PartError(self._told(part), what)
        if not as_written(state.st_mtime_ns, part.modified):
            self._compare(part)
            restore_time(self.folder / part.name, part.modified)

    def states(self) -> Iterator[os.stat_result]:
        """Yield what the disk tells of each file without reading it."""
        # There may be thousands: a path of each would take longer than to ask.
        return (os.stat(f"{self.folder}/{part.name}") for part in self.parts)  # noqa: PTH116

    @cached_property
    def firsts(self) -> list[bytes]:
        """With what each part begins, up to the first space."""
        return [part.first.encode() for part in self.parts]

    def read(self, part: SheafPart) -> bytes:
        """Return the lines of a part; errors as in `pieces`."""
        return read_whole(self.folder.parent, self._told(part), part.size, part.digest)

    def _compare(self, part: SheafPart) -> None:
        compare_whole(self.folder.parent, self._told(part), part.size, part.digest)

    def _told(self, part: SheafPart) -> str:
        return f"{self.folder.name}/{part.name}"

    def held(self, at: int) -> bytes:
        """Return the lines of the part of this number, which are kept for a while; errors as in `pieces`."""
        return _kept(self._held, at, lambda: self.read(self.parts[at]))

    def mapped(self, at: int) -> mmap.mmap:
        """Return the part of this number, of which only the places are read that are looked at.

        Its size and time are compared first, as in `compare_states`; errors as in `pieces`.
        """
        return _kept(self._maps, at, lambda: self._map(self.parts[at]))

    def _map(self, part: SheafPart) -> mmap.mmap:
        import mmap  # those who ask read the index alone

        with opened(self.folder / part.name) as file:
            self._compare_state(part, os.fstat(file))
            try:
                return mmap.mmap(file, 0, access=mmap.ACCESS_READ)
            except ValueError:  # it has been cut short since it was opened
                raise PartError(self._told(part), DIFFERS) from None


_Lines = TypeVar("_Lines")


def _kept(parts: dict[int, _Lines], at: int, load: Callable[[], _Lines]) -> _Lines:
    """Return a part of those that are kept, of which that goes first which has not been wanted for longest."""
    # Others may ask at the same time: each step is one of the dictionary's own, and at worst a part is read twice.
    found = parts.pop(at, None)
    if found is None:
        found = load()
    parts[at] = found
    while len(parts) > _OPEN:
        with suppress(KeyError, RuntimeError):
            del parts[next(iter(parts))]
    return found


def digest_of_sheaf(parts: Iterable[SheafPart]) -> str:
    """Return the digest of the lines of some parts."""
    from kg.base import digest_of_digests  # those who ask need none of it

    return digest_of_digests(part.digest for part in parts)
