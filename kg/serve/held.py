"""How much of answers is held in memory while they are sent: whoever reads slowly holds it for long."""

from __future__ import annotations

import os
from typing import Final

from kg.serve.turns import BusyError

SMALL: Final = 1 << 18
"""An answer of so many bytes is sent at once, and held for nobody."""

AT_ONCE: Final = 16
"""How many answers of the largest size may be held at a time."""


def open_memory(name: str) -> int:
    """Open a file in memory for what goes to another process; the name is for whoever looks at this one.

    Raises:
        BusyError: the process has no descriptor left.
    """
    try:
        return os.memfd_create(name)
    except OSError:
        raise BusyError("the server has too much open at a time; ask again in a moment") from None


class Held:
    """The bytes that are held, of which there are at most so many.

    >>> held = Held(most=3 << 20)
    >>> held.take(2 << 20); held.take(1000); held.size
    2098152
    >>> held.give(2 << 20); held.size
    1000
    """

    def __init__(self, most: int) -> None:
        """Hold nothing yet."""
        self.most, self.size = most, 0

    def take(self, size: int) -> None:
        """Hold so many bytes more.

        Raises:
            BusyError: too many are held; a small answer always finds room.
        """
        if size > SMALL and self.size + size > self.most:
            raise BusyError("too many large answers are being sent; ask again in a moment")
        self.size += size

    def give(self, size: int) -> None:
        """Hold so many bytes no longer."""
        self.size -= size
