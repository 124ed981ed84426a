"""How many there are of something, in words."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, which is `one`, or `many` where that is not just `one` with an s.

    >>> counted(1, "file"), counted(1200, "file"), counted(0, "check holds", "checks hold")
    ('1 file', '1,200 files', '0 checks hold')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def in_seconds(number: float) -> str:
    """Return how long something takes.

    >>> in_seconds(1), in_seconds(0.5), in_seconds(90.0)
    ('1 second', '0.5 seconds', '90 seconds')
    """
    return f"{number:g} {'second' if number == 1 else 'seconds'}"
