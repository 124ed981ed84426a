"""What stands before the application: each layer is a module of its own, the outermost first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from kg.serve.access import AccessLog, Observed
from kg.serve.caching import Caching
from kg.serve.hosts import Hosts
from kg.serve.safety import SafetyHeaders
from kg.serve.tokens import Tokens

if TYPE_CHECKING:
    from kg.serve.metrics import Metrics
    from kg.serve.pool import Pool
    from kg.serve.settings import Settings

ASKED_BY: Final = ("GET", "HEAD", "POST", "QUERY")
"""The methods by which pages of other origins may ask."""


def layers(pool: Pool, settings: Settings, metrics: Metrics) -> list[Middleware]:
    """Return the layers by which a server is to be held.

    Raises:
        OSError: the access log cannot be written.
    """
    tell = [metrics.count]
    if settings.access_log:
        tell.append(AccessLog(settings.access_log, settings.log_clients).write)
    found = [
        Middleware(Observed, tell=tell),
        Middleware(SafetyHeaders),
        Middleware(Hosts, names=settings.hosts),
    ]
    if settings.origins:
        pages = Middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=ASKED_BY,
            allow_headers=[
                "Authorization",
                "Content-Type",
                "Mcp-Method",
                "Mcp-Name",
                "Mcp-Protocol-Version",
            ],
            expose_headers=["ETag", "Retry-After"],
        )
        found.append(pages)
    if settings.tokens:
        found.append(Middleware(Tokens, tokens=settings.tokens))
    private = bool(settings.tokens)
    # What the same store is told of otherwise.
    told = f"{settings.union} {sorted(settings.site.items())}"
    found.append(
        Middleware(Caching, generation=lambda: pool.generation, private=private, told=told)
    )
    return found
