"""The application: the SPARQL 1.1 Protocol at `/sparql`, read-only, beside pages, agents and what an operator asks.

Nothing here runs a query: workers do (`kg.serve.pool`). An answer is sent when it is whole, so that none
breaks off with a code that says that all is well.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.base import PREFIXES, RDF_FORMATS, KgError, StoreError, TimeLimitError
from kg.serve.access import GONE
from kg.serve.agents_extra import agent_routes
from kg.serve.bodies import Left, read_body
from kg.serve.description import describe
from kg.serve.forms import form_routes
from kg.serve.graphs import graph_routes
from kg.serve.health import health_routes
from kg.serve.held import AT_ONCE, Held
from kg.serve.jobs import Job
from kg.serve.layers import layers
from kg.serve.metrics import Metrics
from kg.serve.negotiation import MEDIA_TYPES, content_type, named, prefers_html, wanted
from kg.serve.openapi import api_routes
from kg.serve.packing import TASKS, VARY, takes_packed
from kg.serve.requests import RequestError, read_request
from kg.serve.safety import HEADERS
from kg.serve.sites import STATUSES, page_faults, page_routes, root_of
from kg.serve.turns import BusyError, GoneError, ShareError
from kg.serve.visit import current

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from kg.serve.payload import Payload
    from kg.serve.pool import Pool
    from kg.serve.settings import Settings

METHODS: Final = ["GET", "HEAD", "POST", "QUERY"]
PIECE: Final = 1 << 18
"""How many bytes of an answer are sent at a time."""


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
    service, metrics = _Service(pool, settings), Metrics(pool)
    routes = [
        Route("/sparql", service.sparql, methods=METHODS),
        Route("/sparql/", service.sparql, methods=METHODS),
        *agents,
        *graph_routes(service.deliver, union=settings.union),
        *health_routes(pool),
        *metrics.routes(),
        *page_routes(service.deliver, settings.site),
        *form_routes(service.deliver, settings.site),
    ]
    routes += api_routes(routes, settings.root_path, guarded=bool(settings.tokens))
    return Starlette(
        routes=routes,
        middleware=layers(pool, settings, metrics),
        lifespan=lifespan,
        exception_handlers=page_faults({RequestError: _refused, KgError: _failed}, HEADERS),
    )


class _Service:
    """The endpoints, over one pool."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings
        self._held = Held(AT_ONCE * settings.budget.answer)

    async def sparql(self, request: Request) -> Response:
        """Answer a query, or tell what the service is: by a page to ask it from, or in RDF."""
        body = await read_body(request)
        address: bytes = request.scope["query_string"]
        asked = read_request(request.method, address, request.headers, body)
        if asked.query is None and prefers_html(request):
            headers = HEADERS | {"Location": f"{root_of(request)}/editor", "Vary": "Accept"}
            return Response(status_code=303, headers=headers)
        forms = _forms(request, asked.format)
        if asked.query is None:
            return await self._description(request, forms)
        current().query = asked.query
        types = dict(forms)
        wish = {
            "text": asked.query, "forms": list(types), "default": asked.default, "named": asked.named,
            "strict": not self._settings.union,
        }  # fmt: skip
        return await self.deliver(request, Job("query", wish), types)

    async def deliver(
        self,
        request: Request,
        job: Job,
        types: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Have a job done and return its answer, by the media type that its form has, with some headers."""
        headers = dict(headers or {})
        if job.task in TASKS:
            headers["Vary"] = VARY
            accepted = ",".join(request.headers.getlist("accept-encoding"))
            job = replace(job, packed=takes_packed(accepted))
        reply, payload = await self._pool.answer(job, left=Left(request))
        if reply.outcome != "ok":
            raise RequestError(_CODES[reply.outcome], reply.message)
        if reply.packed:
            headers["Content-Encoding"] = "gzip"
        whole = _Whole(
            payload, content_type(reply.form, types[reply.form]), request.method, headers
        )
        whole.status_code = STATUSES.get(reply.form, 200)
        return whole.held_by(self._held)

    async def _description(self, request: Request, forms: list[tuple[str, str]]) -> Response:
        listing = Job("query", {"text": "SELECT DISTINCT ?g { GRAPH ?g {} }", "forms": ["tsv"]})
        reply, payload = await self._pool.answer(listing)
        if reply.outcome != "ok":
            raise RequestError(_CODES[reply.outcome], reply.message)
        lines = payload.whole().decode().splitlines()[1:]
        graphs = [line[1:-1] for line in lines if line.startswith("<")]
        address = str(request.url.replace(query=""))
        triples = describe(address, graphs, union=self._settings.union)
        form, type_ = next(
            ((f, t) for f, t in forms if f in RDF_FORMATS), ("ttl", MEDIA_TYPES["ttl"])
        )
        prefixes = PREFIXES | {"sd": "http://www.w3.org/ns/sparql-service-description#"}
        data = ox.serialize(triples, format=RDF_FORMATS[form].syntax, prefixes=prefixes) or b""
        return Response(
            data, headers=HEADERS | {"Content-Type": content_type(form, type_), "Vary": "Accept"}
        )


_CODES: Final = {
    "bad-request": 400, "not-found": 404, "no-form": 406, "too-large": 413, "failed": 500,
    "no-store": 503, "too-late": 504,
}  # fmt: skip


def _forms(request: Request, wished: str | None) -> list[tuple[str, str]]:
    if wished is None:
        return wanted(request)
    if found := named(wished):
        return found
    raise RequestError(400, f"{wished[:100]!r} is no form; take {', '.join(MEDIA_TYPES)}")


class _Whole(Response):
    """An answer that is there as a whole, and is let go of when it is sent, or not."""

    def __init__(
        self,
        payload: Payload,
        type_: str,
        method: str,
        more: Mapping[str, str] | None = None,
    ) -> None:
        self._payload = payload
        self._size = 0 if method == "HEAD" else payload.size
        headers = HEADERS | {
            "Content-Type": type_,
            "Content-Length": str(payload.size),
            "Vary": "Accept",
        }
        headers |= more or {}
        super().__init__(headers=headers)

    def held_by(self, held: Held) -> _Whole:
        """Have it counted among what is held until it is sent."""
        try:
            held.take(self._size)
        except BusyError:
            self._payload.close()
            raise
        self._held = held
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, a piece at a time."""
        del scope, receive
        try:
            head = {"type": "http.response.start", "status": self.status_code}
            await send({**head, "headers": self.raw_headers})
            for start in range(0, max(self._size, 1), PIECE):
                piece = self._payload.piece(start, PIECE) if self._size else b""
                more = start + PIECE < self._size
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        finally:
            self._payload.close()
            self._held.give(self._size)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)  # noqa: S101 - it is called for no other
    return PlainTextResponse(f"{error}\n", error.status, headers=HEADERS)


_FAILURES: Final = {
    ShareError: 429, BusyError: 503, StoreError: 503, TimeLimitError: 504, GoneError: GONE,
}  # fmt: skip
"""The codes of errors, the first that suits: one is a kind of another."""


async def _failed(_request: Request, error: Exception) -> Response:
    more = {"Retry-After": "1"} if isinstance(error, BusyError) else {}
    status = next((code for kind, code in _FAILURES.items() if isinstance(error, kind)), 500)
    return PlainTextResponse(f"{error}\n", status, headers=HEADERS | more)
