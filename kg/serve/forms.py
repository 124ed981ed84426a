"""Questions, search, the ontology and the query editor at their addresses.

An address without an ending is answered as whoever asks accepts; `.json` and `.csv` say what is wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from kg.base import GRAPH_FORMATS, TimeLimitError
from kg.serve.jobs import Job
from kg.serve.negotiation import MEDIA_TYPES, wanted
from kg.serve.requests import RequestError, parameters_of
from kg.serve.sites import HTML, METHODS, PATIENCE, POLICY, page_headers, page_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.sites import Deliver

JSON: Final = "application/json"
CSV: Final = "text/csv"

PAGE: Final = {"html": HTML, "refused": HTML, "late": HTML}
"""What the forms of a page are called; `refused` and `late` are told by the code of the answer, too."""

ANSWERS: Final = {"html": "text/html", "json": JSON, "csv": CSV}
"""The forms of an answer to a question, with the media types that ask for them; most welcome first."""

DESCRIPTIONS: Final = {"html": "text/html", **{form: MEDIA_TYPES[form] for form in GRAPH_FORMATS}}
"""The forms of the description of a term, in the same way."""


RESIZER: Final = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
"""The one style that the editor writes into its page: by it the columns of its tables can be drawn wider."""


def form_routes(deliver: Deliver, site: Mapping[str, str | None]) -> list[Route]:
    """Return the routes of whatever is asked in a form.

    Args:
        deliver: Has a job done for a request and returns the answer; see `kg.serve.sites.page_routes`.
        site: What pages are told of the data.
    """
    forms = _Forms(deliver, site)
    return [
        Route("/questions", forms.catalogue, methods=METHODS),
        Route("/questions/{name}.json", forms.as_json, methods=METHODS),
        Route("/questions/{name}.csv", forms.as_csv, methods=METHODS),
        Route("/questions/{name}", forms.question, methods=METHODS),
        Route("/ontology", forms.ontology, methods=METHODS),
        Route("/ontology.{form}", forms.ontology, methods=METHODS),
        Route("/ontology/{name}.{form}", forms.term, methods=METHODS),
        Route("/ontology/{name}", forms.term, methods=METHODS),
        Route("/editor", forms.editor, methods=METHODS),
        Route("/search", forms.search, methods=METHODS),
        Route("/search.json", forms.found, methods=METHODS),
    ]


class _Forms:
    """Asks workers for answers."""

    def __init__(self, deliver: Deliver, site: Mapping[str, str | None]) -> None:
        self._deliver, self._site = deliver, site

    async def catalogue(self, request: Request) -> Response:
        """Answer with the list of questions."""
        return await self._page(request, "questions")

    async def search(self, request: Request) -> Response:
        """Answer with what was found, for people."""
        return await self._page(request, "search")

    async def found(self, request: Request) -> Response:
        """Answer with what was found, for a list that follows the typing."""
        job = self._job(request, "found")
        return await self._deliver(request, job, {"json": JSON}, {})

    async def ontology(self, request: Request) -> Response:
        """Answer with all terms."""
        return await self._described(request, "ontology")

    async def term(self, request: Request) -> Response:
        """Answer with a term."""
        return await self._described(request, "term", name=_name(request))

    async def editor(self, request: Request) -> Response:
        """Answer with the editor of queries."""
        headers = {"Content-Security-Policy": POLICY.replace("style-src", f"style-src {RESIZER}")}
        return await self._deliver(request, self._job(request, "editor"), PAGE, headers)

    async def question(self, request: Request) -> Response:
        """Answer a question in the form that is most wanted."""
        form = wanted(request, ANSWERS)[0][0]
        if form != "html":
            return await self._answer(request, form)
        try:
            return await self._page(request, "question", name=_name(request))
        except TimeLimitError as error:
            # What was asked stays in the form, so that less can be asked.
            return await self._page(request, "question", name=_name(request), late=str(error))

    async def as_json(self, request: Request) -> Response:
        """Answer a question as JSON."""
        return await self._answer(request, "json")

    async def as_csv(self, request: Request) -> Response:
        """Answer a question as CSV."""
        return await self._answer(request, "csv")

    async def _answer(self, request: Request, form: str) -> Response:
        name = _name(request)
        given = {
            "name": name,
            "arguments": parameters_of(request.query_params.multi_items()),
            "form": form,
        }
        # A name that is one of a question is one of a file, too; any other is answered with an error.
        headers = {"Content-Disposition": f'inline; filename="{name}.csv"'} if form == "csv" else {}
        job = Job("ask", given)
        return await self._deliver(request, job, {"json": JSON, "csv": CSV}, headers)

    async def _described(self, request: Request, kind: str, **more: str) -> Response:
        form = request.path_params.get("form")
        if form is None:
            form = wanted(request, DESCRIPTIONS)[0][0]
        elif form not in GRAPH_FORMATS:
            raise RequestError(404, f"{form[:40]!r} is no form; take {', '.join(GRAPH_FORMATS)}")
        if form == "html":
            return await self._page(request, kind, **more)
        job = self._job(request, kind, form=form, **more)
        return await self._deliver(request, job, {form: MEDIA_TYPES[form]}, {})

    async def _page(self, request: Request, kind: str, **more: str) -> Response:
        return await self._deliver(request, self._job(request, kind, **more), PAGE, page_headers())

    def _job(self, request: Request, kind: str, **more: str) -> Job:
        return Job("page", {"kind": kind, **page_of(request), **self._site, **more}, PATIENCE)


def _name(request: Request) -> str:
    return str(request.path_params["name"])
