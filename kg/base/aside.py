"""What is being written lies aside, under a name of ours, held by whoever writes it.

Whoever is killed lets go of it. So the next one that writes to the same folder can tell what is left
from what a living one writes: of the one it gets the lock, of the other it does not.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base.locks import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEPT: Final = "kept"
"""The folder within one that lies aside in which lies, by its own name, what is to be replaced."""

_PREFIX: Final = ".kg-"
_SUFFIX: Final = ".part"
_OURS: Final = re.compile(r"\.kg-[0-9a-z_]{8}\.part")


@contextlib.contextmanager
def held_file(folder: Path) -> Iterator[tuple[int, Path]]:
    """Lend a new file in `folder`, open for writing; it goes unless it has got another name by then.

    What was left in `folder` by those who were killed goes first.

    Raises:
        OSError: as the system has it.
    """
    sweep(folder)
    with contextlib.ExitStack() as undo:
        handle, path = _held(lambda: _new_file(folder), undo)
        undo.callback(_unlink, path)
        yield handle, path


@contextlib.contextmanager
def held_folder(folder: Path) -> Iterator[Path]:
    """Lend a new folder in `folder`, as `held_file` does a file."""
    sweep(folder)
    with contextlib.ExitStack() as undo:
        _, path = _held(lambda: _new_folder(folder), undo)
        undo.callback(shutil.rmtree, path, ignore_errors=True)
        yield path


def lies_aside(name: str) -> bool:
    """Tell whether a file of this name is one that is, or was, being written.

    >>> lies_aside(".kg-a1b2c3d4.part"), lies_aside(".plans.ttl.part")
    (True, False)
    """
    return bool(_OURS.fullmatch(name))


def left_aside(folder: Path) -> list[Path]:
    """Return what those who were killed have left in `folder`."""
    left = []
    for path in _aside(folder):
        with contextlib.suppress(OSError), _left(path) as is_left:
            if is_left:
                left.append(path)
    return left


def sweep(folder: Path) -> None:
    """Remove what those who were killed have left in `folder`; what cannot be removed stays."""
    for path in _aside(folder):
        with contextlib.suppress(OSError), _left(path) as is_left:
            if is_left and path.is_dir():
                _put_back(path, folder)
                shutil.rmtree(path, ignore_errors=True)
            elif is_left:
                path.unlink()


def _aside(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if lies_aside(entry.name))
    except OSError:
        return []  # whoever is to write there will tell


@contextlib.contextmanager
def _left(path: Path) -> Iterator[bool]:
    """Tell whether nobody holds what lies aside, and hold it meanwhile."""
    # A link or a pipe of such a name is none of ours.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        mode = os.fstat(handle).st_mode
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Where it was renamed in between it has been written, and is no longer aside.
        yield (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and names(path, handle)
    finally:
        os.close(handle)


def no_room_aside(what: str, error: Exception, folder: Path | None = None) -> str:
    """Return what to tell where a folder, or else the one for temporary files, cannot hold `what` lies there.

    >>> no_room_aside("what is large is sorted there", OSError(28, "No space left on device"), Path("plans"))
    'plans: cannot be written, and what is large is sorted there: No space left on device'
    """
    place, hint = (
        (folder, "") if folder else (tempfile.gettempdir(), " (TMPDIR names another folder)")
    )
    reason = getattr(error, "strerror", None) or error
    return f"{place}: cannot be written, and {what}{hint}: {reason}"


def _put_back(path: Path, folder: Path) -> None:
    """Put back what was to be replaced, and was not."""
    if (path / KEPT).is_dir():
        for kept in (path / KEPT).iterdir():
            if not os.path.lexists(folder / kept.name):
                kept.rename(folder / kept.name)


def _held(new: Callable[[], tuple[int, Path]], undo: contextlib.ExitStack) -> tuple[int, Path]:
    """Return what is new once it is locked; it stays open, and locked, until all else is undone."""
    while True:
        with contextlib.ExitStack() as opened:
            handle, path = new()
            opened.callback(os.close, handle)
            # Some file systems have no locks: then nobody gets one, and nothing is swept.
            with contextlib.suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
            if names(path, handle):  # else it was swept before it was held
                undo.push(opened.pop_all())
                return handle, path


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):  # it has another name by now, or the next one sweeps it
        path.unlink()


def _new_file(folder: Path) -> tuple[int, Path]:
    handle, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX, suffix=_SUFFIX)
    return handle, Path(name)


def _new_folder(folder: Path) -> tuple[int, Path]:
    while True:
        path = Path(tempfile.mkdtemp(dir=folder, prefix=_PREFIX, suffix=_SUFFIX))
        with contextlib.suppress(FileNotFoundError):  # swept before it was opened
            return os.open(path, os.O_RDONLY | os.O_DIRECTORY), path
