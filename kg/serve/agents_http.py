"""The Model Context Protocol over HTTP, at `/mcp`: every request stands alone, so that any process can answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import anyio
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kg.serve.agents import make_agent_server

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.serve.pool import Pool

MOST_BODY: Final = 1 << 20
"""How many bytes a request may have."""


class AgentEndpoint:
    """What answers agents over HTTP, from a pool; pages of these `origins` may ask, and those of its own host."""

    def __init__(self, pool: Pool, origins: Sequence[str] = ()) -> None:
        """Plan it; it answers while `running`."""
        self._manager = StreamableHTTPSessionManager(
            app=make_agent_server(pool),
            json_response=True,
            stateless=True,
            # Whose names it answers to, the application holds for all there is.
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
            max_request_body_size=MOST_BODY,
        )
        self._origins = frozenset(origins)

    def routes(self) -> list[Route]:
        """Return where it answers."""
        # Nothing is sent unasked, and nothing is kept between requests: only POST has a meaning.
        return [
            Route("/mcp", _Own(_Heeding(self._manager.asgi_app), self._origins), methods=["POST"])
        ]

    def running(self) -> AbstractAsyncContextManager[None]:
        """Return the time in which it answers."""
        return self._manager.run()


class _Own:
    """Refuses what pages of others ask, wherever their names lead to (DNS rebinding)."""

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self._app, self._origins = app, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may ask."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or origin in self._origins or _netloc(origin) == headers.get("host"):
            await self._app(scope, receive, send)
            return
        told = PlainTextResponse("pages of this origin may not ask; see --allow-origin\n", 403)
        await told(scope, receive, send)


def _netloc(origin: str) -> str:
    """Return the host that an origin names, with its port; "" where it cannot be read, which no host is."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


class _Heeding:
    """Ends the work on a request when whoever sent it has left: a worker is not to go on for nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        whole, gone = anyio.Event(), anyio.Event()

        async def hear() -> Message:
            if whole.is_set():
                await gone.wait()
                return {"type": "http.disconnect"}
            message = await receive()
            if message["type"] == "http.disconnect":
                gone.set()
            if message["type"] == "http.disconnect" or not message.get("more_body", False):
                whole.set()
            return message

        async def watch(scope: anyio.CancelScope) -> None:
            await whole.wait()
            while not gone.is_set():
                if (await receive())["type"] == "http.disconnect":
                    gone.set()
            scope.cancel()

        async with anyio.create_task_group() as group:
            group.start_soon(watch, group.cancel_scope)
            await self._app(scope, hear, send)
            group.cancel_scope.cancel()
