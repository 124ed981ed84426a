"""The files of an index: how each was written, and whether it is so still.

The engine must see no damaged file: from a footer that is damaged it allocates all that there is, from a
list that is cut short it answers as an empty store, and over a block that is damaged it counts, sorts and
looks for one answer without end. So before it opens them names, sizes, ends and times are compared, in
some microseconds a file whatever its size; a file whose time is another one has been touched since, and is
compared as a whole. What is left is a disk that gives other bytes than it was given, or none: the
checksums of the blocks tell that, where the engine hands it on.
"""

from __future__ import annotations

import os
import stat
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DIFFERS: Final = "is not what was written"
"""What is told of a file whose content is another one."""

_SMALL: Final = 1 << 17
"""Up to how many bytes a file is compared as a whole: those that list others, options, small tables."""

_END: Final = 1 << 12
"""How many bytes at its end are compared of any other file: a footer has 53, and the index of its blocks is before it."""

_ROOM: Final = 64 << 20
"""How many bytes more than allowed a comparison may take."""

_SECOND: Final = 1_000_000_000


class IndexFile(NamedTuple):
    """A file as it was written: its size, the CRC-32 of its end or of all of it, its SHA-256 and when."""

    size: int
    end: int
    digest: str
    modified: int


def list_files(index: Path) -> list[Path]:
    """Return the files that an index consists of, sorted.

    Logs of what was done and locks are none, nor what is hidden, as desktops and network file systems
    leave it anywhere: the engine opens none of them.
    """
    return sorted(p for p in index.iterdir() if not p.name.startswith(("LOG", "LOCK", ".")))


def note_files(index: Path, known: Mapping[int, IndexFile] | None = None) -> dict[str, IndexFile]:
    """Return the files of an index as they are, by name.

    Those that are `known`, by inode, are not read.

    Raises:
        OSError: as the system has it.
    """
    return {path.name: _note(path, known or {}) for path in list_files(index)}


def _note(path: Path, known: Mapping[int, IndexFile]) -> IndexFile:
    with opened(path) as file:
        state = os.fstat(file)
        before = known.get(state.st_ino)
        # The number of a file that has gone since is given to another one.
        if (
            before
            and before.size == state.st_size
            and as_written(state.st_mtime_ns, before.modified)
        ):
            return before
        return IndexFile(
            state.st_size, _end(file, state.st_size), digest_of(path), state.st_mtime_ns
        )


def changed_file(index: Path, written: Mapping[str, IndexFile]) -> str | None:
    """Return which file of an index is not as it was `written`, and how, as far as its end tells; None for none.

    Raises:
        OSError: as the system has it.
    """
    found = {path.name for path in list_files(index)}
    if missing := written.keys() - found:
        return f"{index.name}/{min(missing)}: is missing"
    if more := found - written.keys():
        return f"{index.name}/{min(more)}: was not there when it was built"
    for name, before in written.items():
        with opened(index / name) as file:
            if what := wrong_size(file, before.size):
                return f"{index.name}/{name}: {what}"
            if _end(file, before.size) != before.end:
                return f"{index.name}/{name}: {DIFFERS}"
    return None


def differing_file(index: Path, written: Mapping[str, IndexFile]) -> str | None:
    """Return what `changed_file` does, and which file is another one to the byte: all are read.

    Raises:
        OSError: as the system has it.
    """
    if what := changed_file(index, written):
        return what
    for name, before in written.items():
        if digest_of(index / name) != before.digest:
            mark(index / name)
            return f"{index.name}/{name}: {DIFFERS}"
    return None


def was_touched(index: Path, written: Mapping[str, IndexFile]) -> bool:
    """Tell whether a file of an index may have been written to since; a copy with its times has not.

    Raises:
        OSError: as the system has it.
    """
    return any(
        not as_written((index / name).stat().st_mtime_ns, file.modified)
        for name, file in written.items()
    )


def as_written(now: int, modified: int) -> bool:
    """Tell whether a file that was `modified` when it was written, in nanoseconds, has not been since.

    >>> as_written(1_500_000_000, 1_500_000_000), as_written(1_000_000_000, 1_500_000_000), as_written(2, 1)
    (True, True, False)
    """
    # Archives and some file systems keep whole seconds.
    return now == modified or (now % _SECOND == 0 and now == modified // _SECOND * _SECOND)


def restore_times(index: Path, written: Mapping[str, IndexFile]) -> None:
    """Give files that hold what was written the times of that, so that they are not compared again.

    Whoever may not do so has them compared each time.
    """
    for name, file in written.items():
        restore_time(index / name, file.modified)


def restore_time(path: Path, modified: int) -> None:
    """Give a file the time at which it was written; see `restore_times`."""
    with suppress(OSError):
        os.utime(path, ns=(path.stat().st_atime_ns, modified))


def mark(path: Path) -> None:
    """Have a file that is not what was written look so, where its time does not tell: as one that was touched.

    A disk that gives other bytes than it was given touches no time, and a build that takes a file over goes by times.
    So whoever finds that tells the next build, where he may.
    """
    with suppress(OSError):
        os.utime(path)


def wrong_size(file: int, size: int) -> str | None:
    """Return what is wrong with the size of an open file, or None."""
    return wrong_state(os.fstat(file), size)


def wrong_state(state: os.stat_result, size: int) -> str | None:
    """Return what is wrong with a file by what the disk tells of it, or None."""
    if not stat.S_ISREG(state.st_mode):
        return "is no file"
    if state.st_size == size:
        return None
    from kg.base import counted  # nearly all are whole

    return f"has {counted(state.st_size, 'byte')} and not {size:,}"


def _end(file: int, size: int) -> int:
    length = size if size <= _SMALL else _END
    return zlib.crc32(os.pread(file, length, size - length))


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Lend an open file to read; a pipe in its place, which may never end, is not waited for."""
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield file
    finally:
        os.close(file)


@contextmanager
def with_room() -> Iterator[None]:
    """Give what is done some memory more than is allowed: who compares has to, where the engine has taken all of it."""
    import resource  # for what goes wrong alone

    before = {kind: resource.getrlimit(kind) for kind in (resource.RLIMIT_DATA, resource.RLIMIT_AS)}
    for kind, (soft, hard) in before.items():
        if soft != resource.RLIM_INFINITY:
            more = soft + _ROOM
            resource.setrlimit(
                kind, (more if hard == resource.RLIM_INFINITY else min(more, hard), hard)
            )
    try:
        yield
    finally:
        for kind, limits in before.items():
            resource.setrlimit(kind, limits)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, which is read piece by piece; "" of a pipe or a device, which may never end."""
    from hashlib import file_digest  # those who ask compare no digests

    with opened(path) as handle:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return ""
        with open(handle, "rb", closefd=False) as file:
            return file_digest(file, "sha256").hexdigest()
