"""What is told to be written is on the disk: also the names of files, which lie in their folder."""

from __future__ import annotations

import contextlib
import errno
import os
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HAVE_NONE: Final = {errno.EACCES, errno.EBADF, errno.EINVAL, errno.EOPNOTSUPP}
"""What file systems say that cannot flush a folder, and folders that may be written but not read."""


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder: a file that was renamed survives a loss of power only then.

    Raises:
        OSError: as the system has it, of `folder`.
    """
    try:
        _sync(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        if error.errno not in _HAVE_NONE:
            error.filename = str(folder)
            raise


def sync_files(paths: Iterable[Path]) -> None:
    """Flush some files, and not their names.

    Raises:
        OSError: as the system has it.
    """
    for path in paths:
        _sync(path, os.O_RDONLY)


def sync_folders(folder: Path) -> None:
    """Flush the names of all that is in a folder, however deep, and not the files.

    Raises:
        OSError: as the system has it.
    """
    for place, _, _ in os.walk(folder):
        sync_folder(Path(place))


def sync_tree(folder: Path) -> None:
    """Flush all that is in a folder, however deep, and the names of it.

    Raises:
        OSError: as the system has it.
    """
    for place, _, names in os.walk(folder):
        for name in names:
            _sync(Path(place) / name, os.O_RDONLY)
        sync_folder(Path(place))


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make a folder, and those above it; if what follows fails, those that were made go again.

    Raises:
        OSError: as the system has it.
    """
    made = list(takewhile(lambda path: not path.exists(), (folder, *folder.parents)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in made:
            sync_folder(one.parent)
        yield
    except BaseException:
        for one in made:
            with contextlib.suppress(OSError):  # it is not there, or others have put something in
                one.rmdir()
        raise
