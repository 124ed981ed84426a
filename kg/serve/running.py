"""Serving until one is told to stop: in this process, or in several that share what it listens at."""

from __future__ import annotations

import resource
import signal
import socket
import time
from typing import TYPE_CHECKING, Final

import uvicorn

from kg.base import UsageError
from kg.serve.app import make_app
from kg.serve.patience import PatientProtocol
from kg.serve.pool import Pool
from kg.serve.sites import SECONDS
from kg.serve.turns import WAIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from kg.serve.settings import Settings

HEAD_SIZE: Final = 1 << 16
"""How many bytes the head of a request may have; a longer query is sent by POST."""

CONNECTIONS: Final = 1000
"""How many connections one process answers at a time: others are told 503."""

DESCRIPTORS: Final = 4096
"""How many descriptors a process may want: two a connection, three a worker, and some of its own."""

BACKLOG: Final = 2048
"""How many connections may wait to be accepted."""

TWICE: Final = 0.5
"""Seconds within which a signal is the same again: a terminal sends it to the warden and to us."""


def serve(  # noqa: PLR0913 - how a server runs
    place: str,
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    size: int = 4,
    processes: int = 1,
    ready: Callable[[str], None] = lambda _address: None,
    announce: Callable[[str], None] = lambda _folder: None,
) -> None:
    """Serve the store at a place, a folder or a URL, until the process is told to stop.

    Whoever is being answered then gets the answer; a second signal ends it at once.

    Args:
        place: The store.
        settings: How the server behaves.
        host: The address to listen at.
        port: The port; 0 for any that is free.
        size: How many queries each process answers at a time.
        processes: How many processes take requests.
        ready: Called with the address once it is listened at.
        announce: Called with each folder for the time being, which is to go however this process ends.

    Raises:
        UsageError: the address cannot be listened at.
        StoreError: the store cannot be opened.
    """
    sockets = listen(host, port)
    address = address_of(sockets[0])
    if processes == 1:
        serve_at(sockets, place, settings, size=size, ready=lambda: ready(address))
        return
    from kg.serve.crew import Crew  # most serve in one process

    crew = Crew(sockets, place, settings, size=size, count=processes, announce=announce)
    crew.run(lambda: ready(address))


def serve_at(
    sockets: list[socket.socket],
    place: str,
    settings: Settings,
    *,
    size: int,
    ready: Callable[[], None],
) -> None:
    """Serve in this process, at sockets that are listened at."""
    _allow_descriptors()
    pool = Pool(place, settings.budget, size=size)
    config = uvicorn.Config(
        make_app(pool, settings), http=PatientProtocol, ws="none", lifespan="on", loop="asyncio",
        log_level="error", access_log=False, server_header=False, root_path=settings.root_path,
        proxy_headers=bool(settings.proxies), forwarded_allow_ips=list(settings.proxies),
        limit_concurrency=CONNECTIONS, h11_max_incomplete_event_size=HEAD_SIZE,
        timeout_graceful_shutdown=grace(settings),
    )  # fmt: skip
    _Server(config, pool, ready).run(sockets)


def _allow_descriptors() -> None:
    """Allow this process as many descriptors as it may need, as far as it may: shells give a few to begin with."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wished:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wished, hard))


def grace(settings: Settings) -> int:
    """Return how many seconds a server that is told to stop takes at most to finish its answers."""
    return int(WAIT + max(settings.budget.seconds, *SECONDS.values())) + 1


def listen(host: str, port: int) -> list[socket.socket]:
    """Listen at every address that a host has, all by one port.

    Raises:
        UsageError: it cannot be.
    """
    sockets: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, address in dict.fromkeys((family, where) for family, *_, where in found):
            # asyncio sends small answers at once only where the socket says that it is of TCP.
            sockets.append(one := socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            taken = sockets[0].getsockname()[1] if len(sockets) > 1 else port
            one.bind((address[0], taken, *address[2:]))
            one.listen(BACKLOG)
    except OSError as error:
        for one in sockets:
            one.close()
        why = error.strerror or str(error)
        raise UsageError(f"cannot listen at {host}, port {port}: {why}; take another one") from None
    return sockets


def address_of(one: socket.socket) -> str:
    """Return the address that a socket is asked by."""
    host, port, *_ = one.getsockname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


class _Server(uvicorn.Server):
    """A server that says when it can be asked, and takes its workers along when it ends."""

    def __init__(self, config: uvicorn.Config, pool: Pool, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._pool, self._ready = pool, ready
        self._told = 0.0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the workers first, so that what is wrong with the store is raised; then say so."""
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(signal.SIGHUP, self.handle_exit)
        await self._pool.start()
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Finish what is begun; whoever asks again, a while later, does not want to wait."""
        del sig, frame
        now = time.monotonic()
        if self.should_exit and now - self._told > TWICE:
            self.force_exit = True
        self.should_exit = True
        self._told = self._told or now
