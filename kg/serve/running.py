"""Serving until one is told to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from kg.serve.app import Settings, make_app
from kg.serve.pool import Pool

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable


def serve(  # noqa: PLR0913 - how a server runs
    place: str,
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    size: int = 4,
    ready: Callable[[str], None] = lambda _address: None,
) -> None:
    """Serve the store at a place, a folder or a URL, until the process is told to stop.

    Args:
        place: The store.
        settings: How the server behaves.
        host: The address to listen at.
        port: The port; 0 for any that is free.
        size: How many queries are answered at a time.
        ready: Called with the address once it is listened at.
    """
    pool = Pool(place, settings.budget, size=size)
    config = uvicorn.Config(
        make_app(pool, settings), host=host, port=port, log_level="warning", access_log=False,
        server_header=False, timeout_graceful_shutdown=int(settings.budget.seconds) + 1, lifespan="on",
    )  # fmt: skip
    _Server(config, ready).run()


class _Server(uvicorn.Server):
    """A server that says when it can be asked."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self.started:
            host, port, *_ = self.servers[0].sockets[0].getsockname()
            self._ready(f"http://{f'[{host}]' if ':' in host else host}:{port}")
