"""What is said of a command that could not say itself why it ends, of damage, of time, or of what engines die of; and what it has left."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import DamageError, in_seconds, sweep
from kg.cli.group import sentence_of
from kg.cli.limits import out_of_memory
from kg.store import store_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS: Final = 300
"""How many characters of an engine's last words are told."""

_MOST: Final = 1 << 16
"""How many bytes at the end of them are looked at."""

# How engines say that they got no memory, in Rust, in C++ and in C.
_NO_MEMORY: Final = ("memory allocation", "bad_alloc", "cannot allocate memory", "out of memory")
# How they say that the system gave them no thread: it needs memory, and a place among the processes.
_NO_THREAD: Final = ("std::system_error", "resource temporarily unavailable")


def put_away(folders: Iterable[str], written: Iterable[str]) -> None:
    """Remove the folders that a command had for the time being, and what it has left aside where it has `written`."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    for folder in written:
        sweep(Path(folder))


def find_damage(stores: Iterable[str]) -> str | None:
    """Return what to say if one of the stores is damaged, of which an engine may die or never end."""
    faults = map(store_fault, stores)
    return next((sentence_of(one) for one in faults if isinstance(one, DamageError)), None)


def out_of_time(seconds: float) -> str:
    """Return the sentence for a command that takes longer than it may.

    >>> out_of_time(2)
    'not done after 2 seconds; ask for less, or give more with --timeout'
    """
    return f"not done after {in_seconds(seconds)}; ask for less, or give more with --timeout"


def died_of(number: int, memory: int, noise: int) -> str:
    """Return the sentence for a command that was not its own end.

    `number` is the signal it died of, or 0; `memory` how many bytes it might take; and `noise` an open
    file of what engines have written.
    """
    size = os.fstat(noise).st_size
    words = os.pread(noise, _MOST, max(0, size - _MOST)).decode(errors="replace")
    said = words.lower()
    if any(sign in said for sign in _NO_MEMORY):
        return out_of_memory(memory)
    if any(sign in said for sign in _NO_THREAD):
        return (
            "the system gave it no thread, for want of memory or of processes;"
            " give more with --memory, or see ulimit -u"
        )
    if number == signal.SIGKILL:
        return "the system ended it, most likely for want of memory; ask for less"
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    name = signal.Signals(number).name if number else "it ended the process"
    what = f"{name}: {first[:_WORDS]}" if first else name
    return f"the engine died of it ({what}); ask for less"
