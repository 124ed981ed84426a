"""The body of a request, of which no more is read than may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.requests import ClientDisconnect

from kg.serve.requests import RequestError
from kg.serve.turns import GoneError

if TYPE_CHECKING:
    from starlette.requests import Request

MOST: Final = 1 << 20
"""How many bytes a request may have: a query has no more characters than `kg.base.reach` reads."""


async def read_body(request: Request) -> bytes:
    """Read what was sent.

    Raises:
        RequestError: it is more than may be, or packed.
        GoneError: whoever sent it has left before its end.
    """
    if request.headers.get("content-encoding", "identity") != "identity":
        raise RequestError(415, "a body is read as it is; send it without Content-Encoding")
    too_much = RequestError(413, f"the request has more than {MOST:,} bytes")
    if (
        int(request.headers.get("content-length", 0)) > MOST
    ):  # the server library lets figures pass alone
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
