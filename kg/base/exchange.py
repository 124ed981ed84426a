"""Two folders change places in one step, where the system can do that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_HERE: Final = -100  # AT_FDCWD: a path is meant as it stands
_EXCHANGE: Final = 2


def exchanged(one: Path, other: Path) -> bool:
    """Give two paths each other's content at once; tell whether that could be done.

    Python has no such call: it can rename a folder only to where there is none, and between two
    such steps a reader finds nothing.
    """
    import ctypes  # few replace a folder

    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False  # not Linux, or an old one
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
