"""What comes from whoever asks: the body of a request, of which no more is read than may be, and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.requests import ClientDisconnect

from kg.serve.requests import RequestError
from kg.serve.turns import GoneError

if TYPE_CHECKING:
    from collections.abc import Generator

    from starlette.requests import Request

MOST: Final = 1 << 20
"""How many bytes a request may have: a query has no more characters than `kg.base.reach` reads."""


async def read_body(request: Request) -> bytes:
    """Read what was sent.

    Raises:
        RequestError: it is more than may be, or packed.
        GoneError: whoever sent it has left before its end.
    """
    headers = request.headers
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return b""  # nothing is sent (RFC 9112, section 6.3)
    if headers.get("content-encoding", "identity") != "identity":
        raise RequestError(415, "a body is read as it is; send it without Content-Encoding")
    too_much = RequestError(413, f"the request has more than {MOST:,} bytes")
    # The server library lets figures pass alone.
    if int(headers.get("content-length", 0)) > MOST:
        raise too_much
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > MOST:
                raise too_much
    except ClientDisconnect:
        raise GoneError("whoever asked has left") from None
    return bytes(data)


class Left:
    """Done when whoever asked has left, for those who wait for it; whoever does not has no work with it."""

    def __init__(self, request: Request) -> None:
        """Take a request of which all is read that it has."""
        self._receive = request.receive

    def __await__(self) -> Generator[None, None, None]:
        """Wait until they have."""
        return self._hung_up().__await__()

    async def _hung_up(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
