"""Who has worked for long gives way to those who are done soon: the kernel then gives it a smaller share.

Only root may take that back, so it is done to threads, which are given up afterwards.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

LONG: Final = 0.1
"""Seconds after which a job is a long one."""

_NICER: Final = 3
"""How much nicer a thread is then: it gets half of the time that others get."""


def give_way(thread: int) -> None:
    """Have a thread of this user give way from now on, if it is still there."""
    with contextlib.suppress(OSError):
        usual = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, usual + _NICER)


def have_give_way(process: int) -> None:
    """Have all threads of a process give way but the first, which begins others that do not."""
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            if int(thread.name) != process:
                give_way(int(thread.name))
