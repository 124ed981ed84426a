"""What a run has tried: so many kills, damages, disks that were full. Told at its end, where it was many."""

from __future__ import annotations

from collections import Counter
from typing import Final

TRIED: Final[Counter[str]] = Counter()


def tried(what: str, number: int = 1) -> None:
    """Count what was tried; `what` is in the plural."""
    TRIED[what] += number
