"""Whether a process is still there."""

from __future__ import annotations

import time
from pathlib import Path


def has_ended(pid: int, *, within: float = 20) -> bool:
    """Tell whether a process ends within so many seconds; one that nobody asks about any more has."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            status = Path(f"/proc/{pid}/stat").read_text("ascii")
        except (FileNotFoundError, ProcessLookupError):
            return True
        if status.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False
