"""How much room there is where commands write, and what those that were killed have left there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.api import cache
from kg.api.consistency import check_publication
from kg.api.health import Health
from kg.base import RECEIPT, TURTLE, WRITING, counted, is_locked, left_aside
from kg.store import current_snapshot, is_url

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAST: Final = 64 << 20
"""How many bytes are needed where nothing says more: the store of what ships has 14 MB, its page and Turtle 2 MB."""

_ROOM: Final = 1.5
"""How much room a build wants, in stores as large as the one there: it is made beside that, and its index takes a
tenth more while it is made."""


def examine_disks(store: Path | str | None) -> Iterator[Health]:
    """Yield whether there is room for a build where the cache, a store and temporary files lie."""
    folders = {"cache": cache.cache_folder(), "TMPDIR": Path(tempfile.gettempdir())}
    if store and not is_url(store):
        folders["store"] = Path(store)
    needs = dict.fromkeys(folders, _LEAST)
    if "store" in folders:
        current = current_snapshot(folders["store"])
        needs["store"] = max(_LEAST, int(_ROOM * folder_size(current)) if current else 0)
    for what, folder in folders.items():
        yield _disk(what, folder, needs[what])


def _disk(whose: str, folder: Path, needed: int) -> Health:
    what = f"disk of {whose}"
    there = next((p for p in (folder, *folder.absolute().parents) if p.is_dir()), Path("/"))
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        return Health(what, "wrong", f"{there}: cannot be looked at: {error.strerror}")
    says = f"{mebibytes(free)} free, a build needs {mebibytes(needed)}"
    if free < needed:
        return Health(what, "wrong", f"{folder}: {says}", "make room, or name a folder elsewhere")
    if whose == "store" and not os.access(there, os.W_OK):
        return Health(what, "note", f"{folder}: cannot be written: it can be asked, and not built")
    if not os.access(there, os.W_OK):
        return Health(what, "wrong", f"{folder}: cannot be written", "name a folder elsewhere")
    return Health(what, "ok", says)


def examine_output(folder: Path) -> Iterator[Health]:
    """Yield how a folder is that commands write to."""
    if not folder.is_dir():
        yield Health.wrong("outputs", f"{folder}: is no folder; name one that a build has written")
        return
    left = left_aside(folder)
    if left:
        says = f"{folder}: {counted(len(left), 'file')} of killed commands: {left[0].name}"
        yield Health(
            "outputs",
            "note",
            f"{says}{' ...' if left[1:] else ''}; the next one that writes there removes them",
        )
    else:
        yield Health("outputs", "ok", f"{folder}: nothing of killed commands")
    if any((folder / name).exists() for name in (RECEIPT, WRITING)):
        yield from _publication(folder, tuple(map(str, left)))


def _publication(folder: Path, left: tuple[str, ...]) -> Iterator[Health]:
    """Yield whether Turtle and page are of one build."""
    told = [says for says in check_publication(folder) if not says.startswith(left)]
    if not told:
        yield Health("outputs", "ok", f"{folder}: {TURTLE} and what is beside it are of one build")
    for says in told:
        writing = is_locked(folder / WRITING)
        yield Health("outputs", "note", says) if writing else Health.wrong("outputs", says)


def folder_size(path: Path) -> int:
    """Return how many bytes a file or all files of a folder have; what cannot be looked at has none."""
    if not path.is_dir():
        return _size(path)
    return sum(_size(Path(base) / name) for base, _, names in os.walk(path) for name in names)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def mebibytes(size: int) -> str:
    """Return a number of bytes for people.

    >>> mebibytes(14 << 20), mebibytes(3 << 30), mebibytes(10)
    ('14 MiB', '3,072 MiB', '1 MiB')
    """
    return f"{max(1, round(size / (1 << 20))):,} MiB"
