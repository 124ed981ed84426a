"""Work in a child process, which is killed when its time is up."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kg.base.errors import KgError, TimeLimitError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

_Done = TypeVar("_Done")


def run_limited(work: Callable[[], _Done], *, seconds: float) -> _Done:
    """Return what `work` returns, done by a child process that is killed when its time is up.

    The engine cannot be interrupted, a process can. Call it before the engine is first used: a fork
    does not carry other threads along.

    Raises:
        TimeLimitError: the work took longer than `seconds`, or the child died of it.
        KgError: what `work` raised.

    >>> run_limited(lambda: b"done", seconds=5)
    b'done'
    """
    import multiprocessing  # most commands never bound anything by time

    # A fork has all that is imported already, and `work` need not be something that can be pickled.
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    child = fork.Process(target=_child, args=(work, theirs, 2 * int(seconds) + 2), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise TimeLimitError(
                f"not done after {seconds:g} seconds; ask for less, or give more time"
            )
        outcome: _Done | KgError = ours.recv()
    except EOFError:
        raise TimeLimitError("the engine died of it; ask for less") from None
    finally:
        # Whether it answered or not: the engine may hold threads that do not end by themselves.
        child.kill()
        child.join()
        ours.close()
    if isinstance(outcome, KgError):
        raise outcome
    return outcome


def _child(work: Callable[[], object], pipe: Connection, seconds: int) -> None:
    import resource

    # Should the parent be killed, nobody ends this process: its own processor time does.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        pipe.send(work())
    except KgError as error:
        # As a value: the parent raises it, as if the work had been done there.
        pipe.send(error)
