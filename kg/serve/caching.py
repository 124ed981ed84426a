"""Answers that browsers and proxies may keep: those that follow from a store and a request alone (RFC 9110, 9111).

Their tag is made of what the store holds, the software that answers and how it was told to, the request,
and the day where the answer may depend on it. So it is known before anything is asked, and who has the answer already
costs no worker.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from kg.base import ontology_folder, package_folder
from kg.serve.packing import VARY, takes_packed
from kg.serve.tokens import OPEN
from kg.serve.visit import current, path_of
from kg.sources import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT: Final = 10
"""Seconds for which an answer may be given again unasked: so long a store that was built anew may go unseen."""

UNDATED: Final = ("/sparql", "/graphs")
"""Where answers do not depend on which day it is; elsewhere what falls due is counted from today."""

_FRESH: Final = re.compile(
    r"\b(NOW|RAND|UUID|STRUUID|BNODE)\s*\(|\b(CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
"""What gives another answer each time; blank nodes of a graph that is made are named anew, too."""


class Caching:
    """Middleware that tags what can be kept, and answers 304 to who has it.

    `generation` tells what the store holds now, "" where nobody can tell; with `private` no proxy keeps what is
    only for those who bear a token. `told` is how the server was told to answer: another one may be started at the same
    address.
    """

    def __init__(
        self, app: ASGIApp, generation: Callable[[], str], *, private: bool, told: str = ""
    ) -> None:
        """Stand before an application."""
        self.app, self._generation, self._told = app, generation, told
        who = "private" if private else "public"
        self._control = f"{who}, max-age={KEPT}, must-revalidate"
        self._software = software()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, from what the other side has if that will do."""
        kept = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if not kept or path_of(scope) in OPEN:  # whether a server is ready, it has to find out
            await self.app(scope, receive, send)
            return
        generation, day = self._generation(), _today(scope)
        tag = self._tag(scope, generation, day)
        if generation and tag in _tags(Headers(scope=scope)):
            vary = "Accept" if path_of(scope) in UNDATED else VARY
            known = {"ETag": tag, "Cache-Control": self._control, "Vary": vary}
            await Response(status_code=304, headers=known)(scope, receive, send)
            return

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:  # noqa: PLR2004 - OK
                visit, headers = current(), MutableHeaders(scope=message)
                if (
                    generation
                    and visit.generations == {generation}
                    and day == _today(scope)
                    and not varies(visit.query)
                ):
                    headers.setdefault("ETag", tag)
                    headers.setdefault("Cache-Control", self._control)
                elif visit.generations:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, say)

    def _tag(self, scope: Scope, generation: str, day: str) -> str:
        headers = Headers(scope=scope)
        parts = [
            generation,
            self._software,
            self._told,
            day,
            scope["scheme"],
            scope["root_path"],
            path_of(scope),
        ]
        parts += [name + value for name in ("host", "accept") for value in headers.getlist(name)]
        if path_of(scope) not in UNDATED:
            # In other bytes it is another answer (RFC 9110, section 8.8.3.3).
            parts.append(str(takes_packed(",".join(headers.getlist("accept-encoding")))))
        said = "\0".join(parts).encode("utf-8", "surrogateescape") + b"\0" + scope["query_string"]
        return f'"{hashlib.sha256(said).hexdigest()[:32]}"'


def varies(query: str) -> bool:
    """Tell whether a query may be answered otherwise each time; in doubt it may.

    >>> varies("SELECT (NOW() AS ?now) {}"), varies("ASK { ?now ?p ?o }")
    (True, False)
    """
    return _FRESH.search(query) is not None


@cache
def software() -> str:
    """Return a digest of the software that answers: another version may answer in other words."""
    home = package_folder()
    folders = (home, home.parent / "viz", ontology_folder())
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc"]
    return digest_of(["pyoxigraph"], paths)


def _tags(headers: Headers) -> set[str]:
    """Return the tags that the other side has; a weak one will do (RFC 9110, section 13.1.2)."""
    told = ",".join(headers.getlist("if-none-match"))
    return {tag.strip().removeprefix("W/") for tag in told.split(",")}


def _today(scope: Scope) -> str:
    return "" if path_of(scope) in UNDATED else date.today().isoformat()  # noqa: DTZ011 - as the graph has it
