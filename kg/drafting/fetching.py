"""One page fetched from the web: the one that the user names, no larger and no later than may be."""

from __future__ import annotations

import ipaddress
import time
from typing import TYPE_CHECKING, Final

from kg.base import MissingExtraError, SourceError
from kg.drafting.documents import MAX_TEXT

if TYPE_CHECKING:
    import httpx

SECONDS: Final = 30
"""How long a page may take, all in all."""

_MOST_REDIRECTS: Final = 5
_HEADERS: Final = {
    "Accept": "text/html,text/plain;q=0.9,*/*;q=0.1",
    "User-Agent": "corporate-plans-kg",
}


def fetch_page(url: str, *, seconds: float = SECONDS) -> tuple[bytes, str]:
    """Return what is at an address, in UTF-8 where it says in which charset it is, and where it was found.

    Redirects are followed, by http and https, but into no private network. No cookie and no password is
    sent.

    Raises:
        SourceError: it cannot be fetched, takes too long or is too large.
        MissingExtraError: httpx is not installed.
    """
    try:
        import httpx  # most have files
    except ImportError:
        raise MissingExtraError("a page by its address", "httpx", "draft") from None
    end = time.monotonic() + seconds
    try:
        with httpx.Client(
            timeout=min(seconds, 10), headers=_HEADERS, follow_redirects=False
        ) as client:
            at = httpx.URL(url)
            for _ in range(_MOST_REDIRECTS + 1):
                if at.userinfo:
                    raise SourceError(url, "has a password in it, which would be sent in the open")
                with client.stream("GET", at) as answer:
                    if answer.next_request is None:
                        return _body(answer, url, end), str(at)
                    at = _followed(at, answer.next_request.url, url)
                client.cookies.clear()
    except httpx.TimeoutException:
        raise SourceError(url, "cannot be fetched: nothing came in time") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        problem = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(url, f"cannot be fetched: {problem}") from None
    raise SourceError(url, f"cannot be fetched: it is redirected more than {_MOST_REDIRECTS} times")


def _followed(before: httpx.URL, to: httpx.URL, url: str) -> httpx.URL:
    if to.scheme not in {"http", "https"}:
        raise SourceError(url, f"is redirected to {to.scheme}, which is not followed")
    if to.host != before.host and _is_private(to.host):
        raise SourceError(url, f"is redirected to {to.host}, within a private network")
    return to


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:  # it is a name
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def _body(answer: httpx.Response, url: str, end: float) -> bytes:
    if not answer.is_success:
        status = f"{answer.status_code} {answer.reason_phrase}".strip()
        raise SourceError(url, f"cannot be fetched: the server says {status}")
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > MAX_TEXT:
            raise SourceError(url, f"is larger than {MAX_TEXT >> 20} MiB, which no article is")
        if time.monotonic() > end:
            raise SourceError(url, "cannot be fetched: it takes too long")
    return _in_utf8(bytes(data), answer.charset_encoding)


def _in_utf8(data: bytes, charset: str | None) -> bytes:
    """Return bytes in UTF-8 by the charset that the server says; where it says a wrong one, as they are."""
    try:
        data.decode()
    except UnicodeDecodeError:
        try:
            return data.decode(charset or "ascii").encode()
        except (LookupError, UnicodeDecodeError):
            return data  # a page says it, too
    return data
