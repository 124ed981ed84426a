"""The application: the SPARQL 1.1 Protocol at `/sparql`, read-only, and whether it is alive at `/healthz`.

Nothing here runs a query: workers do (`kg.serve.pool`). An answer is sent when it is whole, so that none
breaks off with a code that says that all is well.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.base import PREFIXES, RDF_FORMATS, KgError, StoreError, TimeLimitError
from kg.serve.agents_extra import agent_routes
from kg.serve.description import describe
from kg.serve.jobs import Budget, Job
from kg.serve.negotiation import MEDIA_TYPES, accepted, content_type
from kg.serve.pool import BusyError, GoneError
from kg.serve.requests import RequestError, read_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from kg.serve.pool import Pool

METHODS: Final = ["GET", "HEAD", "POST", "QUERY"]
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
"""What every answer says to browsers."""

PIECE: Final = 1 << 18
"""How many bytes of an answer are sent at a time."""

MOST_BODY: Final = 1 << 20
"""How many bytes a request may have: a query has no more characters than `kg.base.reach` reads."""


@dataclass(frozen=True)
class Settings:
    """How a server behaves: `hosts` it answers to, `origins` of pages that may ask it, and the default graph.

    With `union` the default graph is the union of all, else the one without a name.
    """

    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    origins: tuple[str, ...] = ()
    union: bool = True
    budget: Budget = field(default_factory=Budget)


def make_app(pool: Pool, settings: Settings) -> Starlette:
    """Return the application over a pool of workers, which it starts and stops."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            async with answering:
                yield
        finally:
            await pool.stop()

    agents, answering = agent_routes(pool, settings.origins)
    service = _Service(pool, settings)
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts))]
    if settings.origins:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(settings.origins), allow_methods=METHODS)
        )
    routes = [
        Route("/sparql", service.sparql, methods=METHODS),
        Route("/healthz", service.health, methods=["GET", "HEAD"]),
        *agents,
    ]
    return Starlette(
        routes=routes,
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={RequestError: _refused, KgError: _failed},
    )


class _Service:
    """The endpoints, over one pool."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings

    async def sparql(self, request: Request) -> Response:
        """Answer a query, or tell what the service is."""
        body = await _body(request)
        address: bytes = request.scope["query_string"]
        asked = read_request(request.method, address, dict(request.headers), body)
        forms = _forms(request, asked.format)
        if asked.query is None:
            return await self._description(request, forms)
        types = dict(forms)
        wish = {
            "text": asked.query, "forms": list(types), "default": asked.default, "named": asked.named,
            "strict": not self._settings.union,
        }  # fmt: skip
        return await self._deliver(request, Job("query", wish), types)

    async def _deliver(self, request: Request, job: Job, types: Mapping[str, str]) -> Response:
        """Have a job done and return its answer, by the media type that its form has."""
        file = os.memfd_create("answer")
        try:
            reply = await self._pool.answer(job, file, left=_left(request))
        except BaseException:
            os.close(file)
            raise
        if reply.outcome != "ok":
            os.close(file)
            raise RequestError(_CODES[reply.outcome], reply.message)
        return _Whole(file, content_type(reply.form, types[reply.form]), request.method)

    async def _description(self, request: Request, forms: list[tuple[str, str]]) -> Response:
        named = Job("query", {"text": "SELECT DISTINCT ?g { GRAPH ?g {} }", "forms": ["tsv"]})
        file = os.memfd_create("graphs")
        try:
            await self._pool.answer(named, file)
            lines = os.pread(file, os.fstat(file).st_size, 0).decode().splitlines()[1:]
        finally:
            os.close(file)
        graphs = [line[1:-1] for line in lines if line.startswith("<")]
        address = str(request.url.replace(query=""))
        triples = describe(address, graphs, union=self._settings.union)
        form, type_ = next(
            ((f, t) for f, t in forms if f in ("ttl", "nt", "jsonld")), ("ttl", MEDIA_TYPES["ttl"])
        )
        prefixes = PREFIXES | {"sd": "http://www.w3.org/ns/sparql-service-description#"}
        data = ox.serialize(triples, format=RDF_FORMATS[form].syntax, prefixes=prefixes) or b""
        return Response(
            data, headers=HEADERS | {"Content-Type": content_type(form, type_), "Vary": "Accept"}
        )

    async def health(self, _request: Request) -> Response:
        """Tell whether a query is answered."""
        file = os.memfd_create("health")
        try:
            await self._pool.answer(Job("query", {"text": "ASK {}", "forms": ["json"]}), file)
        finally:
            os.close(file)
        return PlainTextResponse("ok\n", headers=HEADERS)


_CODES: Final = {
    "bad-request": 400, "not-found": 404, "no-form": 406, "too-large": 413, "failed": 500,
}  # fmt: skip


def _forms(request: Request, wished: str | None) -> list[tuple[str, str]]:
    if wished is not None:
        named = MEDIA_TYPES.get(wished)
        if named is None:
            raise RequestError(400, f"{wished[:100]!r} is no form; take {', '.join(MEDIA_TYPES)}")
        return [(wished, named)]
    try:
        forms = accepted(",".join(request.headers.getlist("accept")))
    except ValueError:
        raise RequestError(400, "the header Accept cannot be read") from None
    if not forms:
        raise RequestError(
            406, f"no form that is accepted can be given; take {', '.join(MEDIA_TYPES.values())}"
        )
    return forms


async def _body(request: Request) -> bytes:
    """Read what was sent, and no more than may be."""
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST_BODY:
            raise RequestError(413, f"the request has more than {MOST_BODY:,} bytes")
    return data


async def _left(request: Request) -> None:
    """Return when whoever asked has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Whole(Response):
    """An answer that lies whole in a file in memory, which goes when it is sent, or not."""

    def __init__(self, file: int, type_: str, method: str) -> None:
        self._file = file
        size = os.fstat(file).st_size
        self._size = 0 if method == "HEAD" else size
        headers = HEADERS | {"Content-Type": type_, "Content-Length": str(size), "Vary": "Accept"}
        super().__init__(headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, a piece at a time."""
        del scope, receive
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            for start in range(0, max(self._size, 1), PIECE):
                piece = os.pread(self._file, PIECE, start) if self._size else b""
                more = start + PIECE < self._size
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        finally:
            os.close(self._file)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)  # noqa: S101 - it is called for no other
    return PlainTextResponse(f"{error}\n", error.status, headers=HEADERS)


async def _failed(_request: Request, error: Exception) -> Response:
    more = {"Retry-After": "1"} if isinstance(error, BusyError) else {}
    status = (
        503
        if isinstance(error, BusyError | StoreError)
        else 504
        if isinstance(error, TimeLimitError)
        else 500
    )
    if isinstance(error, GoneError):
        status = 499  # nobody reads it
    return PlainTextResponse(f"{error}\n", status, headers=HEADERS | more)
