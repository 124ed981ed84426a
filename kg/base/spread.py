"""The same work for many values, spread over processes of this machine, or done here.

Nothing here schedules work: the standard library does. Results come in the order of the values, and few of
them lie waiting at a time.
"""

from __future__ import annotations

import os
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from kg.base.errors import WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

_Common = TypeVar("_Common")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_AHEAD: Final = 2
"""How much work there is for each process at a time, so that none waits for more."""


class Spread(Protocol):
    """Does work for each of some values, wherever that may be.

    `work` is a function of a module, which is given what is `common` to all and one of the `tasks`: all of them, and the
    results, can be sent to another process. The results come in the order of the tasks. What goes wrong with one is raised.
    """

    def __call__(
        self,
        work: Callable[[_Common, _Task], _Result],
        common: _Common,
        tasks: Iterable[_Task],
        /,
    ) -> Iterator[_Result]:
        """Yield what comes of each task."""


def in_turn(
    work: Callable[[_Common, _Task], _Result], common: _Common, tasks: Iterable[_Task], /
) -> Iterator[_Result]:
    """Do work in this process, one task after the other; see `Spread`.

    >>> list(in_turn(pow, 2, [1, 2, 3]))
    [2, 4, 8]
    """
    return (work(common, task) for task in tasks)


def over_processes(workers: int, at_once: int = 1) -> Spread:
    """Return what does work in so many processes of this machine, each of which is given some tasks `at_once`.

    They are started afresh, as `multiprocessing` documents: a script that asks for them does so under
    `if __name__ == "__main__"`. With less than two there are none, and the work is done here.

    The results raise a WorkerError where a process was killed.
    """
    if workers <= 1:
        return in_turn

    def spread(
        work: Callable[[_Common, _Task], _Result], common: _Common, tasks: Iterable[_Task], /
    ) -> Iterator[_Result]:
        # Imported here: whoever does it in this process does not wait for it.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        # Not forked: a fork does not carry the engine's threads along.
        fresh = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(
            workers, mp_context=fresh, initializer=_begin, initargs=(work, common)
        )
        try:
            for found in in_order(
                lambda some: pool.submit(_worked, some), _batches(tasks, at_once), workers
            ):
                yield from found
        except BrokenProcessPool:
            raise WorkerError(
                "a process that worked for this one was killed, perhaps for lack of memory;"
                " take fewer workers"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)

    return spread


def in_order(
    submit: Callable[[_Task], Future[_Result]], tasks: Iterable[_Task], workers: int
) -> Iterator[_Result]:
    """Yield what comes of tasks, in their order, where each is given to one of some workers; few are given ahead."""
    waiting: deque[Future[_Result]] = deque()
    for task in tasks:
        waiting.append(submit(task))
        if len(waiting) > _AHEAD * workers:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _batches(tasks: Iterable[_Task], size: int) -> Iterator[list[_Task]]:
    each = iter(tasks)
    return iter(lambda: list(islice(each, size)), [])


# In a process that was started for it: what it does, and what is common to all tasks, which is sent once.
_given: list[Any] = []


def _begin(work: Callable[[Any, Any], Any], common: object) -> None:
    _given[:] = work, common
    end_together()


def _worked(tasks: list[Any]) -> list[Any]:
    work, common = _given
    return [work(common, task) for task in tasks]


def end_together() -> None:
    """End this process with the one that started it, which may be killed and then waits for none."""
    from multiprocessing import parent_process
    from threading import Thread

    def wait() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()
