"""The search for cycles, left out where there is none to find."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def without_collector(*, at_last: bool = False) -> Iterator[None]:
    """Have nobody look for cycles among millions of values that all stay: that took up to a third of the time.

    Args:
        at_last: Whether the process ends soon after: then nobody looks at them afterwards either.

    >>> with without_collector():
    ...     gc.isenabled()
    False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_last:
            gc.freeze()
        if was_enabled:
            gc.enable()
