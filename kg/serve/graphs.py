"""The graphs by themselves, to be read: SPARQL 1.1 Graph Store HTTP Protocol, at `/graphs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.routing import Route

from kg.base import GRAPH_FORMATS
from kg.serve.jobs import Job
from kg.serve.negotiation import MEDIA_TYPES, wanted
from kg.serve.requests import RequestError, is_absolute

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.sites import Deliver

_TYPES: Final = {form: MEDIA_TYPES[form] for form in GRAPH_FORMATS}


def graph_routes(deliver: Deliver, *, union: bool) -> list[Route]:
    """Return the address of the graphs, whose answers are delivered as those of queries are."""

    async def read(request: Request) -> Response:
        types = dict(wanted(request, _TYPES))
        wish = {
            "graph": read_name(request.scope["query_string"]),
            "forms": list(types),
            "strict": not union,
        }
        return await deliver(request, Job("graph", wish), types, {})

    return [Route("/graphs", read, methods=["GET", "HEAD"])]


def read_name(address: bytes) -> str | None:
    """Return the IRI of the graph that is asked for by what follows the `?`, None for the default graph (section 4.2).

    Raises:
        RequestError: it names neither, or both, or no absolute IRI.

    >>> read_name(b"graph=urn:a"), read_name(b"default")
    ('urn:a', None)
    """
    try:
        pairs = parse_qsl(
            address.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=2
        )
    except ValueError:
        pairs = []
    match pairs:
        case [("default", "")]:
            return None
        case [("graph", name)] if is_absolute(name):
            return name
        case [("graph", name)]:
            raise RequestError(400, f"{name[:200]!r} is no absolute IRI of a graph")
    raise RequestError(400, "say which graph is meant: ?default, or ?graph= with its IRI")
