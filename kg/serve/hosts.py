"""By which names a server is asked: a page that has another name point here could else read what it may not.

Whether it lives is told by any name: whoever keeps it running asks by its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse

from kg.serve.tokens import OPEN
from kg.serve.visit import path_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KNOWN: Final = "kg.known_host"


class Hosts:
    """Middleware that answers 400 to whoever asks by another name than some; `*.example.org` is every one below that."""

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        """Stand before an application."""
        self.app = app
        self._check = TrustedHostMiddleware(_know, list(names), www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or tell that the name is not known."""
        if scope["type"] != "http" or path_of(scope) in OPEN:
            await self.app(scope, receive, send)
            return
        await self._check(scope, receive, _ignore)
        if scope.pop(_KNOWN, False):
            await self.app(scope, receive, send)
            return
        told = "this server is not asked by that name; start it with --allow-host to have it so\n"
        await PlainTextResponse(told, 400)(scope, receive, send)


async def _know(scope: Scope, receive: Receive, send: Send) -> None:
    del receive, send
    scope[_KNOWN] = True


async def _ignore(message: Message) -> None:
    del message
