"""Faults at a chosen step of what is asked of the disk: it fails, or whoever asks is stopped or killed there.

`Steps` counts the calls, so that a test can go through all of them, one after the other.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from kg.base import exchange, files
from kg.store import commit, sheaf_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CALLS: Final = (
    *((os, name) for name in ("open", "fdopen", "fsync", "replace", "rename", "unlink")),
    *((os, name) for name in ("mkdir", "rmdir", "utime", "fchmod", "link")),
    (fcntl, "flock"),
    (files, "write_file"),
    (files, "exchanged"),
    (commit, "write_file"),
    (sheaf_writing, "write_file"),
)
"""What is asked of the disk: all by which a name or a byte of it changes, and the locks."""


class Stopped(BaseException):
    """What comes in between, as Ctrl-C does."""


class Steps:
    """The calls of `CALLS`, of which some do something else."""

    counting = True

    def __init__(self, at: range, instead: Callable[[], object]) -> None:
        """Do something `instead` of the calls of these numbers."""
        self.names: list[str] = []
        self.met = 0
        self._at, self._instead = at, instead

    @contextmanager
    def taken(self) -> Iterator[Steps]:
        """Take the steps of whatever is done meanwhile."""
        kept = [(module, name, getattr(module, name)) for module, name in CALLS]
        for module, name, real in kept:
            setattr(module, name, self._step(name, real))
        try:
            yield self
        finally:
            for module, name, real in kept:
                setattr(module, name, real)

    @classmethod
    @contextmanager
    def out(cls) -> Iterator[None]:
        """Have what is done meanwhile be no step."""
        cls.counting = False
        try:
            yield
        finally:
            cls.counting = True

    def _step(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            if not self.counting:
                return real(*args, **more)
            number = len(self.names)
            self.names.append(name)
            if number in self._at:
                self.met += 1
                self._instead()
            return real(*args, **more)

        return call


def chosen(names: Sequence[str], few: int) -> list[int]:
    """Return the numbers of the steps at which names change, of those after them, and of `few` others."""
    turns = {n for n, name in enumerate(names) if name in {"replace", "rename", "exchanged"}}
    others = range(0, len(names), max(1, len(names) // few))
    return sorted({*turns, *(n + 1 for n in turns), *others})


def full() -> None:
    """Fail as on a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def broken() -> None:
    """Fail as on a disk that is about to die."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def stop() -> None:
    """Be stopped, as by Ctrl-C."""
    raise Stopped


def die() -> None:
    """End as by SIGKILL: nothing is cleaned up."""
    os._exit(137)


assert exchange.exchanged is files.exchanged
