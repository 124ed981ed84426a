"""The pages at their addresses, made in this process: no server, no worker."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from kg.serve.forms import form_routes
from kg.serve.requests import RequestError
from kg.serve.sites import page_faults, page_routes
from kg.serve.tasks import run

if TYPE_CHECKING:
    import kg

BASE = "http://testserver"
CODES = {"bad-request": 400, "not-found": 404, "no-form": 406}


def client_of(graph: kg.Graph, **site: str | None) -> TestClient:
    """Return what asks for the pages of a graph."""

    async def deliver(_request, job, types, headers):
        reply, data = run(graph, job, 1 << 26)
        if reply.outcome != "ok":
            raise RequestError(CODES[reply.outcome], reply.message)
        code = {"missing": 404, "refused": 400, "late": 504}.get(reply.form, 200)
        return Response(
            data, code, {**headers, "Content-Type": types[reply.form], "Vary": "Accept"}
        )

    async def refused(_request, error):
        return PlainTextResponse(str(error), error.status)

    told = {"licence": None, "corrections": None, **site}
    routes = [*page_routes(deliver, told), *form_routes(deliver, told)]
    app = Starlette(routes=routes, exception_handlers=page_faults({RequestError: refused}, {}))
    return TestClient(app, headers={"Accept": "text/html"})


class Read(HTMLParser):
    """What a page says: its text, its links, its identifiers, and the attributes of every tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.blocks: list[tuple[dict[str, str | None], str]] = []
        self._inside: str | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag in {"script", "style"} else None
        if self._inside:
            self.blocks.append((dict(attrs), ""))

    def handle_endtag(self, _tag):
        self._inside = None

    def handle_data(self, data):
        if self._inside:
            attributes, text = self.blocks[-1]
            self.blocks[-1] = (attributes, text + data)
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words)).strip()

    @property
    def links(self) -> list[str]:
        return [
            str(attributes["href"])
            for tag, attributes in self.tags
            if tag in {"a", "link"} and attributes.get("href")
        ]

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.tags if "id" in attributes]

    def all(self, key: str) -> list[dict[str, str | None]]:
        """Return the attributes of the tags that have one."""
        return [attributes for _, attributes in self.tags if key in attributes]

    def block(self, type_: str) -> str:
        return next(
            (text for attributes, text in self.blocks if attributes.get("type") == type_), ""
        )


def own(address: str, at: str) -> tuple[str, str] | None:
    """Return the address of a page of ours and its fragment, of a link at an address; None elsewhere."""
    whole = urljoin(BASE + at, address)
    if not whole.startswith(BASE + "/"):
        return None
    parts = urlsplit(whole)
    return parts.path + (f"?{parts.query}" if parts.query else ""), parts.fragment
