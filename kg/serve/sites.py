"""Pages at their addresses: which address asks for which page, and the files that pages need."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.base import UsageError
from kg.pages import AS_OF, Frame, fault_page, read_day, static_files
from kg.serve.jobs import Job
from kg.serve.negotiation import MEDIA_TYPES, wanted
from kg.serve.packing import pack, takes_packed
from kg.serve.requests import RequestError, parameters_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from kg.pages import StaticFile

    ErrorHandler = Callable[[Request, Exception], Awaitable[Response]]
    Deliver = Callable[[Request, Job, Mapping[str, str], Mapping[str, str]], Awaitable[Response]]

METHODS: Final = ["GET", "HEAD"]

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What pages may do: use what this server has, and no script or style that stands in them."""

STATUSES: Final[Mapping[str, int]] = {"missing": 404, "refused": 400, "late": 504}
"""The codes of pages that tell of something else than was asked for, by their form."""

HTML: Final = "text/html; charset=utf-8"

TRIPLES: Final = ("ttl", "jsonld", "nt")
"""The forms in which a thing is told to programs."""

PATIENCE: Final = 5.0
"""Seconds that a page may take where a query may take less: the first one of a worker reads what all share."""

SECONDS: Final[Mapping[str, float]] = {"picture": 60.0}
"""The kinds of pages that may take longer."""

ADDRESSES: Final[Mapping[str, str]] = {"/": "front"}
"""The kind of page, of `kg.pages.PAGES`, that an address asks for."""


def page_routes(deliver: Deliver, site: Mapping[str, str | None]) -> list[Route]:
    """Return the routes of the pages.

    Args:
        deliver: Has a job done for a request and returns the answer, by the media type of its form, with
            some headers.
        site: The `licence` of the data, and the address for `corrections`.
    """
    pages = _Pages(deliver, site)
    return [
        *(Route(path, pages.answer_as(kind), methods=METHODS) for path, kind in ADDRESSES.items()),
        Route("/id/{slug:path}", pages.thing, methods=METHODS),
        Route("/thing", pages.thing, methods=METHODS),
        Route("/picture", pages.picture, methods=METHODS),
        Route("/source.schema.json", pages.schema, methods=METHODS),
        Route("/static/{name}", _static, methods=METHODS),
    ]


class _Pages:
    """Asks workers for pages."""

    def __init__(self, deliver: Deliver, site: Mapping[str, str | None]) -> None:
        self._deliver, self._site = deliver, site

    def answer_as(self, kind: str) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers with the page of a kind."""

        async def answer(request: Request) -> Response:
            return await self._page(request, kind, {"html": HTML}, page_headers())

        return answer

    async def thing(self, request: Request) -> Response:
        """Answer with what is known of a thing, in the form that suits: a page, or triples."""
        page = page_of(request)
        path, parameters = str(page["path"]), page["parameters"]
        wished = parameters.get("format")
        types = {"html": HTML} | {form: MEDIA_TYPES[form] for form in TRIPLES}
        if wished is None:
            forms = [form for form, _ in wanted(request, types)]
        elif wished in types:
            forms = [wished]
        else:
            raise RequestError(406, f"{wished[:40]!r} is no form; take {', '.join(types)}")
        about = {
            "forms": forms,
            "format": wished or "",
            "slug": path.removeprefix("/id/") if path.startswith("/id/") else "",
        }
        about["iri"] = parameters.get("iri", "")
        return await self._page(request, "thing", {**types, "missing": HTML}, page_headers(), about)

    async def picture(self, request: Request) -> Response:
        """Answer with the picture, which brings a policy of its own for the scripts that stand in it."""
        headers = {"Content-Security-Policy": "frame-ancestors 'none'"}
        return await self._page(request, "picture", {"html": HTML}, headers)

    async def schema(self, request: Request) -> Response:
        """Answer with the JSON Schema of sources, for editors, which offers what the graph knows."""
        types = {"schema": "application/schema+json"}
        return await self._deliver(request, Job("schema", {}, PATIENCE), types, {})

    async def _page(
        self,
        request: Request,
        kind: str,
        types: Mapping[str, str],
        headers: Mapping[str, str],
        more: Mapping[str, object] | None = None,
    ) -> Response:
        given = {"kind": kind, **page_of(request), **self._site, **(more or {})}
        return await self._deliver(
            request, Job("page", given, SECONDS.get(kind, PATIENCE)), types, headers
        )


def page_of(request: Request) -> dict[str, Any]:
    """Return what a request says of the page that it asks for, as `kg.pages.frame.frame_of` reads it.

    Raises:
        RequestError: see `parameters_of`.
    """
    return {
        "base": base_of(request),
        "root": root_of(request),
        "path": request.scope["raw_path"].decode("ascii", "replace").removeprefix(root_of(request)),
        "parameters": parameters_of(request.query_params.multi_items()),
    }


def base_of(request: Request) -> str:
    """Return what all addresses here begin with, but for the prefix of their paths."""
    return str(request.base_url).rstrip("/").removesuffix(root_of(request))


def root_of(request: Request) -> str:
    """Return the prefix of all paths here, which a proxy has taken from what is asked for."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def fault_frame(request: Request) -> Frame:
    """Return the surroundings of a page that tells of an error: the day goes along, if it is one that can be asked about."""
    frame = Frame(base_of(request), "", root=root_of(request))
    with contextlib.suppress(UsageError):
        day = read_day(request.query_params.get(AS_OF, ""))
        return frame if day and day > date.today() else replace(frame, as_of=day)  # noqa: DTZ011 - as the graph has it
    return frame


def page_headers() -> dict[str, str]:
    """Return the headers of a page."""
    return {"Content-Security-Policy": POLICY}


def wants_html(request: Request) -> bool:
    """Whether somebody asks who reads HTML, as browsers do: it is named in what is accepted.

    >>> from starlette.requests import Request
    >>> wants_html(Request({"type": "http", "headers": [(b"accept", b"text/html,*/*;q=0.8")]}))
    True
    """
    return "text/html" in request.headers.get("accept", "")


def page_faults(
    handlers: Mapping[Any, ErrorHandler], headers: Mapping[str, str]
) -> dict[Any, ErrorHandler]:
    """Return handlers of errors that answer with a page whoever reads HTML, and else as they did.

    Args:
        handlers: What answers with one sentence of text, by the class of the error.
        headers: What every answer says to browsers.
    """

    async def missing(request: Request, error: Exception) -> Response:
        code = error.status_code if isinstance(error, HTTPException) else 404
        path = request.url.path[:200]
        told = "this address cannot be asked so" if code != 404 else f"nothing is at {path}"  # noqa: PLR2004
        more = dict((error.headers if isinstance(error, HTTPException) else None) or {})
        if "Allow" in more:  # of a set, in the order of the moment
            more["Allow"] = ", ".join(sorted(more["Allow"].split(", ")))
        return PlainTextResponse(f"{told}\n", code, headers={**headers, **more})

    async def broken(_request: Request, _error: Exception) -> Response:
        # Outside of all layers, which else see to these headers; the server library logs the error.
        told = "the server has failed over this; its log tells more"
        return PlainTextResponse(f"{told}\n", 500, headers={**headers, "Cache-Control": "no-store"})

    all_handlers = {HTTPException: missing, Exception: broken, **handlers}
    return {kind: _as_page(handler) for kind, handler in all_handlers.items()}


def _as_page(handler: ErrorHandler) -> ErrorHandler:
    async def answer(request: Request, error: Exception) -> Response:
        plain = await handler(request, error)
        if not wants_html(request):
            return plain
        told = bytes(plain.body).decode().strip()
        page = fault_page(plain.status_code, told, fault_frame(request))
        kept = {
            name: value for name, value in plain.headers.items() if not name.startswith("content-")
        }
        headers = {**kept, **page_headers(), "Content-Type": HTML, "Vary": "Accept"}
        return Response(page, plain.status_code, headers=headers)

    return answer


async def _static(request: Request) -> Response:
    """Answer with a file, which is for ever what it is: another one has another name."""
    name = request.path_params["name"]
    file = next((one for one in static_files().values() if one.name == name), None)
    if file is None:
        raise HTTPException(404)
    headers = {
        "Content-Type": file.type,
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Encoding",
    }
    data = file.data
    if takes_packed(",".join(request.headers.getlist("accept-encoding"))):
        data = await asyncio.to_thread(_packed, file)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(data))
    return Response(b"" if request.method == "HEAD" else data, headers=headers)


@cache
def _packed(file: StaticFile) -> bytes:
    return pack(file.data)
