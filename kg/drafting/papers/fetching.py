"""One page fetched from the web: the one that the user names, no larger and no later than may be."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.request import getproxies

from kg.base import MissingExtraError, SourceError
from kg.drafting.papers.documents import MAX_TEXT

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
    with _Watch(url, seconds) as watch:
        try:
            found = _fetched(watch)
        except httpx.TimeoutException:
            raise late from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            if watch.is_past:
                raise late from None
            problem = " ".join(str(error).split()) or type(error).__name__
            raise SourceError(url, f"cannot be fetched: {problem}") from None
        # What ends with the connection looks whole where that was shut.
        if watch.is_past:
            raise late
        return found


class _Watch:
    """Watches the connections of a client, and shuts them when its time is up: it bounds each read, not their sum.

    What is on the web may not lead into a private network, whatever it calls the host. Behind a proxy the
    names alone can be looked at.
    """

    def __init__(self, url: str, seconds: float) -> None:
        self.seconds = seconds
        self.is_past = False
        self.url = url
        self.starts_inside: bool | None = None
        self.has_proxy = bool(getproxies())
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
        if not event.endswith(_CONNECTED):
            return
        stream = told["return_value"]
        self._sockets.append(stream.get_extra_info("socket"))
        if not self.has_proxy:
            address = stream.get_extra_info("server_addr")[0]
            try:
                self.refuse_inside(address)
            except SourceError:
                stream.close()  # of which nobody else knows yet
                raise

    def refuse_inside(self, host: str) -> None:
        """Refuse a host in a private network, unless the one that the user has named is in one, too."""
        is_inside = _is_private(host)
        if self.starts_inside is None:
            self.starts_inside = is_inside
        elif is_inside and not self.starts_inside:
            problem = f"is redirected to {host}, within a private network"
            raise SourceError(self.url, problem)

    def _shut(self) -> None:
        self.is_past = True
        for one in list(self._sockets):
            with contextlib.suppress(OSError):  # it is closed already
                one.shutdown(socket.SHUT_RDWR)


def _fetched(watch: _Watch) -> tuple[bytes, str]:
    import httpx

    url = watch.url
    at = httpx.URL(url)
    if watch.has_proxy:
        watch.refuse_inside(at.host)
    patience = min(watch.seconds, 10)
    with httpx.Client(timeout=patience, headers=_HEADERS, follow_redirects=False) as client:
        for _ in range(_MOST_REDIRECTS + 1):
            if at.userinfo:
                # Without it: what is told may end in a log.
                raise SourceError(
                    f"{at.scheme}://{at.host}",
                    "was given with a password, which is not sent; leave it out",
                )
            with client.stream("GET", at, extensions={"trace": watch.trace}) as answer:
                if answer.next_request is None:
                    return _body(answer, url), str(at)
                at = answer.next_request.url
                if at.scheme not in {"http", "https"}:
                    raise SourceError(url, f"is redirected to {at.scheme}, which is not followed")
                watch.refuse_inside(at.host)
            client.cookies.clear()
    raise SourceError(url, f"cannot be fetched: it is redirected more than {_MOST_REDIRECTS} times")


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
