"""What every answer says to browsers, and how it may be kept: whatever answered, and with which code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What an answer says unless it says otherwise itself: a page has a policy of its own."""

_ALWAYS: Final = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())
_OF_ERRORS: Final = (*_ALWAYS, (b"cache-control", b"no-store"))


class SafetyHeaders:
    """Middleware that has every answer, errors of other middleware among them, say `HEADERS`."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                said = {name.lower() for name, _ in headers}
                more = _OF_ERRORS if message["status"] >= 400 else _ALWAYS  # noqa: PLR2004 - errors of RFC 9110
                headers += [one for one in more if one[0] not in said]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, say)
