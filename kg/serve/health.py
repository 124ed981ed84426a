"""Whether a server lives, and whether it is ready: two questions of whoever keeps it running.

One that has much to do lives, and is not to be started anew; one that cannot answer a query should get none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kg.serve.jobs import Job

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.pool import Pool


def health_routes(pool: Pool) -> list[Route]:
    """Return `/healthz`, which says that the server lives, and `/readyz`, which has a worker answer a query."""

    async def live(_request: Request) -> PlainTextResponse:
        return _fine()

    async def ready(_request: Request) -> PlainTextResponse:
        await pool.answer(Job("query", {"text": "ASK {}", "forms": ["json"]}))
        return _fine()

    methods = ["GET", "HEAD"]
    return [Route("/healthz", live, methods=methods), Route("/readyz", ready, methods=methods)]


def _fine() -> PlainTextResponse:
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})
