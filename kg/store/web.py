"""One HTTP request and its answer: as whom, no larger and no later than may be, failures as sentences.

Credentials and the time that an answer may take come from the environment, since a command line is
seen by everybody on the machine: see `kg.store.endpoint`. What comes back is not trusted.
"""

from __future__ import annotations

import math
import time
import weakref
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from kg.base import (
    MissingExtraError,
    RefusalError,
    StoreError,
    TimeLimitError,
    UsageError,
    abridge,
    in_seconds,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    import httpx

MAX_ANSWER: Final = 2**29
"""How many bytes an answer may have, decompressed."""

ANY: Final = "*/*"
"""What is asked for where the answer does not matter."""

_CANNOT: Final = frozenset({400, 422, 500, 501})
# The codes of HTTP by which a server says that it cannot do what it was asked to. By others nobody may
# ask it that, or it has no room or no time for anybody.

# What servers from before SPARQL 1.1 call these kinds of answers.
_OLDER: Final = {
    "application/sparql-results+json": "application/json",
    "application/n-triples": "text/plain",
}


class Web:
    """A client that sends requests, by the settings `KG_USER`, `KG_PASSWORD`, `KG_TOKEN` or `KG_ENDPOINT_TOKEN`, `KG_TIMEOUT`."""

    def __init__(self, settings: Mapping[str, str], url: str) -> None:
        """Take the settings; nothing is sent yet, and `url` is what an error is told of.

        Raises:
            UsageError: a setting that cannot be used.
        """
        self._seconds = _seconds(settings.get("KG_TIMEOUT") or "300")
        # One client for all requests: connections are kept open.
        self._client = self._connected(settings, url)
        weakref.finalize(self, self._client.close)

    def _connected(self, settings: Mapping[str, str], url: str) -> httpx.Client:
        try:
            import httpx  # only those who ask an endpoint wait for it
        except ImportError:
            raise MissingExtraError("a store by URL", "httpx", "endpoint") from None
        get = settings.get
        # A server keeps KG_TOKEN for whoever asks it; what it asks itself has a token by a name of its own.
        token = get("KG_ENDPOINT_TOKEN") or get("KG_TOKEN")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        user = get("KG_USER")
        try:
            return httpx.Client(
                auth=_challenged(user, get("KG_PASSWORD") or "") if user else None,
                headers=headers,
                timeout=self._seconds,
                follow_redirects=False,  # a password goes nowhere but where it was meant for
            )
        except (ValueError, OSError) as error:
            # The value itself stays unsaid: it may be the token.
            raise UsageError(
                f"{url}: cannot be asked: {type(error).__name__} in KG_TOKEN, KG_ENDPOINT_TOKEN or the"
                " settings of the proxy or of TLS"
            ) from None

    def send(  # noqa: PLR0913 - what a request has
        self, method: str, url: str, data: bytes, kind: str,
        parameters: Mapping[str, str] | None = None, *, accept: str = ANY, gone: bool = False,
    ) -> bytes:  # fmt: skip
        """Send one request and return its answer; `gone` says that there may be nothing there.

        Raises:
            RefusalError: the other side says that it cannot do that.
            StoreError: it cannot be reached, lets nobody in, or answers with something else.
            TimeLimitError: it takes too long.
        """
        import httpx  # see `_connected`

        headers = {"Content-Type": kind, "Accept": accept}
        try:
            with self._client.stream(
                method, url, params=parameters, content=data, headers=headers
            ) as response:
                body = self._body(url, response)
        except httpx.TimeoutException:
            raise TimeLimitError(self._late(url)) from None
        # A host that says it is written in another alphabet, and is not, is found out only here.
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise StoreError(f"{url}: cannot be reached: {one_line(str(error))}") from None
        if not (gone and response.status_code == httpx.codes.NOT_FOUND):
            self._judge(url, response, body, asked=accept)
        return body

    def _late(self, url: str) -> str:
        return f"{url}: has not answered in {in_seconds(self._seconds)}; ask for less or set KG_TIMEOUT"

    def _body(self, url: str, response: httpx.Response) -> bytes:
        parts, size, end = [], 0, time.monotonic() + self._seconds
        for part in response.iter_bytes():
            size += len(part)
            if size > MAX_ANSWER:
                raise StoreError(
                    f"{url}: answers with more than {MAX_ANSWER:,} bytes; ask for less"
                )
            if time.monotonic() > end:
                raise TimeLimitError(self._late(url))
            parts.append(part)
        return b"".join(parts)

    def _judge(self, url: str, response: httpx.Response, body: bytes, *, asked: str) -> None:
        """Turn what is no answer, or half of one, into a sentence."""
        problem = _refusal(response, body) or _half(response) or _other_kind(response, asked)
        if problem:
            kind = RefusalError if response.status_code in _CANNOT else StoreError
            raise kind(f"{url}: {problem}")


def _refusal(response: httpx.Response, body: bytes) -> str | None:
    """Return what to say of a status that is no success."""
    code = response.status_code
    if code in {401, 403}:
        what = "KG_USER and KG_PASSWORD, or KG_ENDPOINT_TOKEN"
        return f"refuses access (HTTP {code}); set {what} to what it takes"
    if response.is_redirect:
        where = abridge(response.headers.get("location", "elsewhere"), 200)
        return f"has moved to {where}; give that address"
    if code == 404:  # noqa: PLR2004 - known by its number
        return "nothing is there (HTTP 404); give the address that the product documents"
    if not response.is_success:
        told = one_line(body[:2000].decode(errors="replace"))
        return f"answers HTTP {code}{': ' if told else ''}{told}"
    return None


def _half(response: httpx.Response) -> str | None:
    """Return what to say of an answer that a product has cut off, as success."""
    if message := response.headers.get("x-sql-message"):
        # Virtuoso's "anytime" answers stop at a limit of time and say so only here.
        return f"gave up on the way: {one_line(message)}"
    if most := response.headers.get("x-sparql-maxrows"):
        return (
            f"cuts answers off at {one_line(most)} {'row' if most == '1' else 'rows'}; ask for less, or raise the limit"
            " there (Virtuoso: ResultSetMaxRows)"
        )
    return None


def _other_kind(response: httpx.Response, asked: str) -> str | None:
    """Return what to say of an answer of another kind than was asked for."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    if asked == ANY or kind in _accepted(asked):
        return None
    return (
        f"answers with {abridge(kind, 60) or 'something'}, not with"
        f" {asked.partition(',')[0]}; is it the address for queries?"
    )


def _accepted(asked: str) -> set[str]:
    kinds = {kind.partition(";")[0].strip() for kind in asked.split(",")}
    return kinds | {_OLDER[kind] for kind in kinds if kind in _OLDER}


def check_url(url: str, what: str) -> str:
    """Return an address that can be asked; `what` names it in an error, which never has its password.

    Raises:
        UsageError: it is no http or https URL, or has credentials in it.

    >>> check_url("https://db.example.org/sparql", "--store")
    'https://db.example.org/sparql'
    """
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise UsageError(f"{what} has a user or password in its URL; set KG_USER and KG_PASSWORD")
    if not _is_web_address(url):
        raise UsageError(f"{what} is {abridge(url, 120)!r}; give a folder or an http or https URL")
    return url


def _is_web_address(url: str) -> bool:
    if not url.isprintable() or url.split() != [url]:
        return False  # it would be shown as something else than what is asked
    try:
        parts = urlsplit(url)
        # An empty label, or one of more than 63 characters, is a ValueError too.
        named = bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in {"http", "https"} and not parts.fragment


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 86_400:  # noqa: PLR2004 - a day
        raise UsageError(f"KG_TIMEOUT is {abridge(text, 60)!r}; give seconds, at most 86,400")
    return seconds


def one_line(text: str) -> str:
    """Return what somebody else says as one line, cut short."""
    return abridge(" ".join(text.split()), 200)


def _challenged(user: str, password: str) -> httpx.Auth:
    """Return an authentication that waits to be asked: Basic would show the password to anybody."""
    import httpx  # see `Web._connected`

    class Challenged(httpx.Auth):
        requires_request_body = True

        def __init__(self) -> None:
            self.chosen: httpx.Auth | None = None

        def auth_flow(
            self, request: httpx.Request
        ) -> Generator[httpx.Request, httpx.Response, None]:
            if self.chosen is None:
                response = yield request
                if response.status_code != httpx.codes.UNAUTHORIZED:
                    return
                schemes = response.headers.get("www-authenticate", "").lower()
                kind: Any = httpx.DigestAuth if "digest" in schemes else httpx.BasicAuth
                self.chosen = kind(user, password)
            yield from self.chosen.auth_flow(request)

    return Challenged()
