"""One page fetched from the web: the one that the user names, no larger and no later than may be."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from typing import TYPE_CHECKING, Any, Final, Self

from kg.base import MissingExtraError, SourceError
from kg.drafting.documents import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

SECONDS: Final = 30
"""How long a page may take, all in all."""

_MOST_REDIRECTS: Final = 5
_HEADERS: Final = {
    "Accept": "text/html,text/plain;q=0.9,*/*;q=0.1",
    "User-Agent": "corporate-plans-kg",
}
_CONNECTED: Final = ("connect_tcp.complete", "start_tls.complete")


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
    late = SourceError(url, "cannot be fetched: it takes too long")
    with _Deadline(seconds) as deadline:
        try:
            found = _fetched(url, deadline)
        except httpx.TimeoutException:
            raise late from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            if deadline.is_past:
                raise late from None
            problem = " ".join(str(error).split()) or type(error).__name__
            raise SourceError(url, f"cannot be fetched: {problem}") from None
        # What ends with the connection looks whole where that was shut.
        if deadline.is_past:
            raise late
        return found


class _Deadline:
    """Shuts the connections of a client when its time is up: a library bounds each read, and not their sum."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_past = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """Take note of a connection; httpx tells of each."""
        if event.endswith(_CONNECTED):
            self._sockets.append(told["return_value"].get_extra_info("socket"))

    def _shut(self) -> None:
        self.is_past = True
        for one in list(self._sockets):
            with contextlib.suppress(
                OSError
            ):  # it is closed already, or another has taken its place
                one.shutdown(socket.SHUT_RDWR)


def _fetched(url: str, deadline: _Deadline) -> tuple[bytes, str]:
    import httpx

    at = httpx.URL(url)
    patience = min(deadline.seconds, 10)
    with httpx.Client(timeout=patience, headers=_HEADERS, follow_redirects=False) as client:
        for _ in range(_MOST_REDIRECTS + 1):
            if at.userinfo:
                # Without it: what is told may end in a log.
                raise SourceError(
                    f"{at.scheme}://{at.host}",
                    "was given with a password, which is not sent; leave it out",
                )
            with client.stream("GET", at, extensions={"trace": deadline.trace}) as answer:
                if answer.next_request is None:
                    return _body(answer, url), str(at)
                at = _followed(at, answer.next_request.url, url)
            client.cookies.clear()
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


def _body(answer: httpx.Response, url: str) -> bytes:
    if not answer.is_success:
        status = f"{answer.status_code} {answer.reason_phrase}".strip()
        raise SourceError(url, f"cannot be fetched: the server says {status}")
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > MAX_TEXT:
            raise SourceError(url, f"is larger than {MAX_TEXT >> 20} MiB, which no article is")
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
