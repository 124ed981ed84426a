"""The endpoint of agents where the extra `mcp` is installed, and nothing where it is not."""

from __future__ import annotations

import contextlib
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.routing import Route

    from kg.serve.pool import Pool


def agent_routes(
    pool: Pool, origins: Sequence[str]
) -> tuple[list[Route], AbstractAsyncContextManager[None]]:
    """Return the routes by which agents reach a pool, and the time in which they lead anywhere."""
    if find_spec("mcp") is None:
        return [], contextlib.nullcontext()
    from kg.serve.agents_http import AgentEndpoint  # it takes a second to import

    endpoint = AgentEndpoint(pool, origins)
    return endpoint.routes(), endpoint.running()
