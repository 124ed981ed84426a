"""How old a change of a file has to be to be known by its time: what is newer may change again and keep it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import os

_GRAIN: Final = 2_000_000_000
"""How many nanoseconds two changes may lie apart and leave one time: whole seconds on some file systems, two on FAT."""


def settled_before() -> int:
    """Return the time, in nanoseconds, before which files have to have changed to be known by their times from now on.

    >>> settled_before() < time.time_ns()
    True
    """
    return time.time_ns() - _GRAIN


def is_settled(state: os.stat_result, before: int) -> bool:
    """Tell whether a file, of content and of state, changed before some time, in nanoseconds.

    >>> import os
    >>> state = os.stat_result((0,) * 10, {"st_mtime_ns": 5, "st_ctime_ns": 7})
    >>> is_settled(state, 8), is_settled(state, 7)
    (True, False)
    """
    return state.st_mtime_ns < before and state.st_ctime_ns < before
