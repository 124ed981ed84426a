"""What the disk tells of all that the shipped graph is made of: who asks need not read it to know that nothing has changed.

That is the shipped data, the ontology, the code that makes a graph and the libraries that it uses. As of the files of any
build (`kg.sources.seen`) size, times and number on the disk are held against those before; where one of them is another
one, or so new that it may change again within the same tick of the clock, all is compared by what it holds.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final

from kg.base import data_folder, is_settled, ontology_folder, package_folder, settled_before

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE: Final = "shipped.seen"


def look_at_what_ships() -> str | None:
    """Return what the disk tells of all that the shipped graph is made of, a line each; None where it is too new."""
    from kg.sources import ROOMS  # nothing else of the room is loaded

    before = settled_before()
    package = package_folder()
    folders = [data_folder(), ontology_folder(), *(package / room for room in ROOMS)]
    told = []
    try:
        for folder in folders:
            for path, state in _states(str(folder)):
                if not is_settled(state, before):
                    return None
                told.append(
                    f"{path} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"
                )
    except OSError:
        return None  # reading it says so
    # Whoever installs another version of a library writes to one of these; the first is that of the program.
    for place in sys.path[1:]:
        with contextlib.suppress(OSError):
            told.append(f"{place} {os.stat(place).st_mtime_ns}")  # noqa: PTH116 - a dozen in a millisecond
    return "\n".join(told)


def _states(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below a folder in the order of their names, with what the disk tells of each."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if not entry.is_dir():
            yield entry.path, entry.stat()
        elif entry.name != "__pycache__":
            yield from _states(entry.path)


def has_seen(snapshot: Path, told: str | None) -> bool:
    """Tell whether the snapshot in a folder was found to be made of what the disk tells now."""
    try:
        return told is not None and _file(snapshot).read_bytes() == _written(snapshot, told)
    except OSError:
        return False


def keep_shipped(snapshot: Path, told: str | None) -> None:
    """Keep what the disk told of all that the snapshot in a folder is made of, before that was read.

    Where it cannot be kept, it is not.
    """
    if told is not None:
        from kg.base import replace_file  # most only ask

        with contextlib.suppress(OSError):
            replace_file(_file(snapshot), _written(snapshot, told))


def _file(snapshot: Path) -> Path:
    return snapshot.parent / _FILE


def _written(snapshot: Path, told: str) -> bytes:
    # Of this snapshot alone: another one may have taken its place meanwhile.
    return f"{snapshot.name}\n{told}\n".encode("utf-8", "surrogateescape")
