"""Who may ask: where tokens are set, a request has to bear one of them (RFC 6750)."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from kg.base import UsageError
from kg.serve.visit import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

VARIABLE: Final = "KG_TOKEN"
"""The variable of the environment that holds the tokens: what is in the arguments of a command, others can read."""

OPEN: Final = ("/healthz", "/readyz")
"""What is answered without a token: it tells no more than that there is a server."""

_TOKEN: Final = re.compile(r"[\w.~+/=-]+", re.ASCII)


class Tokens:
    """Middleware that answers 401 to whoever bears none of the tokens."""

    def __init__(self, app: ASGIApp, tokens: Sequence[str]) -> None:
        """Keep the digests of the tokens only."""
        self.app = app
        self._digests = [_digest(token.encode("ascii")) for token in tokens]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or tell what it lacks."""
        if scope["type"] == "lifespan" or path_of(scope) in OPEN:
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).getlist("authorization")
        if len(given) == 1 and self._knows(given[0]):
            await self.app(scope, receive, send)
            return
        told = "no such token is known here" if given else "a token is needed"
        error = ' error="invalid_token"' if given else ""
        answer = PlainTextResponse(
            f"{told}; send it as Authorization: Bearer TOKEN\n", 401,
            headers={"WWW-Authenticate": f'Bearer realm="kg"{"," if error else ""}{error}'},
        )  # fmt: skip
        await answer(scope, receive, send)

    def _knows(self, header: str) -> bool:
        kind, _, token = header.partition(" ")
        digest = _digest(token.strip().encode("latin-1"))
        # Every one is compared, so that the time tells nothing of which is like it.
        same = [hmac.compare_digest(digest, known) for known in self._digests]
        return kind.lower() == "bearer" and any(same)


def read_tokens(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the tokens that the environment has, with blanks or commas between them; none where it has no such variable.

    Raises:
        UsageError: it has one that holds none, or what cannot be sent as a token.

    >>> read_tokens({"KG_TOKEN": "one-of-them, another"}), read_tokens({})
    (('one-of-them', 'another'), ())
    """
    if VARIABLE not in environment:
        return ()
    tokens = tuple(environment[VARIABLE].replace(",", " ").split())
    if not tokens:
        raise UsageError(f"{VARIABLE} is set and holds no token; give it one, or unset it")
    if not all(map(_TOKEN.fullmatch, tokens)):
        raise UsageError(
            f"a token of {VARIABLE} has other characters than letters, digits and -._~+/="
        )
    return tokens


def without_tokens(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for processes that need no token."""
    return {name: value for name, value in environment.items() if name != VARIABLE}


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
