"""The Model Context Protocol over standard input and output, for one agent that has started this process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kg.serve.pool import Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from kg.serve.jobs import Budget

MOST_LINE: Final = 4 << 20
"""How many bytes one message may have; what is longer is none."""

_STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve_agent(
    place: str, budget: Budget, *, size: int = 2, ready: Callable[[], None] = lambda: None
) -> None:
    """Answer whoever writes to standard input, from the store at a place, until that is closed.

    Args:
        place: The store, a folder or a URL.
        budget: What one call may cost.
        size: How many calls are answered at a time.
        ready: Called once it listens.

    Raises:
        StoreError: there is nothing to answer from.
        SystemExit: a signal has asked it to end.
    """
    stopped_by = asyncio.run(_until_stopped(Pool(place, budget, size=size), ready))
    if stopped_by:
        raise SystemExit(128 + stopped_by)


async def _until_stopped(pool: Pool, ready: Callable[[], None]) -> int:
    """Serve, and return the signal that has ended it, or 0."""
    stopped: list[int] = []
    loop, serving = asyncio.get_running_loop(), asyncio.ensure_future(_serve(pool, ready))

    def stop(number: int) -> None:
        stopped.append(number)
        serving.cancel()

    # As it unwinds it waits for nobody who still has standard input open, which a signal alone would.
    for number in _STOPS:
        loop.add_signal_handler(number, stop, number)
    try:
        await serving
    except asyncio.CancelledError:
        if not stopped:
            raise
    finally:
        for number in _STOPS:
            loop.remove_signal_handler(number)
    return stopped[0] if stopped else 0


async def _serve(pool: Pool, ready: Callable[[], None]) -> None:
    try:
        # The library takes as long to import as a worker to start: an agent waits for the longer of the two.
        await asyncio.gather(pool.start(), asyncio.to_thread(import_module, "kg.serve.agents"))
        from mcp.server.stdio import stdio_server

        from kg.serve.agents import make_agent_server

        server = make_agent_server(pool)
        async with _standard_input() as lines, stdio_server(lines) as (read, write):
            ready()
            await server.run(read, write, server.create_initialization_options())
    finally:
        await pool.stop()


@contextlib.asynccontextmanager
async def _standard_input() -> AsyncIterator[Any]:
    """Lend what yields the lines of standard input, and can be told to stop waiting for one.

    The library's own reader waits in a thread, which nothing but a line ends; of a file, which never has
    one waiting, it is as good.
    """
    reader = asyncio.StreamReader(limit=MOST_LINE)
    try:
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
    except ValueError:
        yield None
        return
    try:
        yield _lines(reader)
    finally:
        with contextlib.suppress(OSError):
            os.set_blocking(0, True)  # a terminal is the shell's, too
        transport.close()


async def _lines(reader: asyncio.StreamReader) -> AsyncIterator[str]:
    while True:
        try:
            line = await reader.readline()
        except ValueError:
            line = b"\n"  # too long: nothing that could be read as a message, as the library tells
        if not line:
            return
        yield line.decode("utf-8", "replace")
