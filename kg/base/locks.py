"""Locks that end with the process that holds them, however that ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def busy(place: Path) -> str:
    """Return the sentence for what somebody else has locked, as whoever comes second is told."""
    return f"{place}: another build is writing it; wait for its end"


@contextlib.contextmanager
def locked(path: Path) -> Iterator[Callable[[], None]]:
    """Hold the lock that is the file at `path`, and lend what has that file stay.

    If it was made here, and what follows fails before that is called, it goes again.

    Raises:
        BlockingIOError: another holds it.
        OSError: as the system has it.
    """
    handle, made = _locked(path)
    stays = [not made]
    try:
        yield lambda: stays.append(True)
    except BaseException:
        if not any(stays):
            with contextlib.suppress(OSError):
                path.unlink()  # while it is held: see `_locked`
        raise
    finally:
        os.close(handle)


def _locked(path: Path) -> tuple[int, bool]:
    """Return the open file once it is locked, and whether it was made."""
    while True:
        made = False
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
            made = True
        except FileExistsError:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if names(path, handle):
                return handle, made
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # whoever held it has taken it away since


def is_locked(path: Path) -> bool:
    """Tell whether somebody holds the lock that is the file at `path`; nothing is made or waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # of a file system without locks
    finally:
        os.close(handle)
    return False


def names(path: Path, handle: int) -> bool:
    """Tell whether `path` is still the name of an open file."""
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False
