"""Work of others that may never end, and is waited for no longer than so many seconds."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from kg.base import TimeLimitError

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")


def wait_for(work: Callable[[], _Result], seconds: float, late: str) -> _Result:
    """Return what `work` returns, or raise what it raises, if it ends in so many seconds.

    A thread cannot be ended: what is late goes on in one that keeps no process alive.

    Raises:
        TimeLimitError: it took longer; `late` is the sentence to say.

    >>> wait_for(lambda: 1 + 1, 5, "too slow")
    2
    """
    ends: SimpleQueue[tuple[_Result, None] | tuple[None, BaseException]] = SimpleQueue()

    def run() -> None:
        try:
            ends.put((work(), None))
        except BaseException as error:  # noqa: BLE001 - raised again by who waits
            ends.put((None, error))

    Thread(target=run, daemon=True).start()
    try:
        result, error = ends.get(timeout=seconds)
    except Empty:
        raise TimeLimitError(late) from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value] # there is one where there is no error
