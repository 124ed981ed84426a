"""What programs can ask here, as OpenAPI 3.1: the protocol, the graphs, and a typed operation for every question.

It is made of the headers of the questions and of the routes that there are: what is not served is
not described.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response
from starlette.routing import Match, Route

from kg.base import GRAPH_FORMATS
from kg.query import load_questions
from kg.serve.negotiation import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.routing import BaseRoute

    from kg.query import Parameter, Question

Entry = dict[str, Any]
"""A part of the document, as JSON has it."""

TEXT: Final[Entry] = {"text/plain": {"schema": {"type": "string"}}}

REFUSED: Final[Entry] = {
    type_: {"schema": {"type": "string"}} for type_ in ("text/plain", "text/html")
}
"""What tells why: a sentence, or a page for whoever reads HTML."""

REFUSALS: Final = {
    400: "What is asked cannot be read; one sentence says why.",
    401: "A token is needed.",
    403: "It asks for a change, and nothing can be changed here.",
    404: "There is no such thing.",
    406: "None of the forms that are accepted can be given.",
    413: "The request, or the answer, is too large.",
    415: "The body is no query.",
    429: "One client has too many queries at a time; Retry-After says when to ask again.",
    503: "There are too many queries at a time; Retry-After says when to ask again.",
    504: "It takes longer than a query may.",
}
"""What each code means, of those by which a request is refused."""

_SCHEMAS: Final[dict[str, Entry]] = {
    "thing": {"type": "string", "description": "A slug, an IRI or a name."},
    "company": {"type": "string", "description": "A company, by its slug, IRI or name."},
    "date": {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|today)$"},
    "number": {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    "text": {"type": "string"},
}
"""What a parameter of a question may be, by its type in the question's header."""


def describe_api(routes: Sequence[BaseRoute], root: str = "", *, guarded: bool = False) -> Entry:
    """Return the description of what some routes answer, below the path `root`.

    Where it is `guarded`, a request bears a token.

    >>> from starlette.routing import Route
    >>> sorted(describe_api([Route("/healthz", lambda _: None)])["paths"])
    ['/healthz']
    """
    paths = {path: entry for path, entry in _paths() if _is_served(path, routes)}
    document: Entry = {
        "openapi": "3.1.0",
        "info": {
            "title": "kg: a graph of corporate plans",
            "version": version("corporate-plans-kg"),
            "description": "Who promised what, where, by when, on whose word. Everything is read, and nothing written.",
        },
        "servers": [{"url": root or "/"}],
        "paths": paths,
    }
    if guarded:
        document["components"] = {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}
        }
        document["security"] = [{"token": []}]
    return document


def api_routes(routes: Sequence[BaseRoute], root: str, *, guarded: bool) -> list[Route]:
    """Return the address of the description of some routes, and of itself."""
    served = list(routes)
    own = Route(
        "/openapi.json", _Description(served, root, guarded=guarded), methods=["GET", "HEAD"]
    )
    served.append(own)
    return [own]


class _Description:
    """Answers with the description, which is made when it is first asked for."""

    def __init__(self, routes: Sequence[BaseRoute], root: str, *, guarded: bool) -> None:
        self._routes, self._root, self._guarded = routes, root, guarded
        self._data = b""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self._data:
            told = describe_api(self._routes, self._root, guarded=self._guarded)
            self._data = json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
        headers = {"Content-Type": "application/json", "Cache-Control": "public, max-age=60"}
        await Response(self._data, headers=headers)(scope, receive, send)


def _is_served(path: str, routes: Iterable[BaseRoute]) -> bool:
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return any(route.matches(scope)[0] is Match.FULL for route in routes)


def _paths() -> Iterable[tuple[str, Entry]]:
    yield "/sparql", {"get": _asking(), "post": _sending()}
    yield "/graphs", {"get": _graph()}
    schema = {"application/schema+json": {"schema": {"type": "object"}}}
    told_of_sources = "The JSON Schema of sources, for editors"
    yield (
        "/source.schema.json",
        {"get": _operation("schema", told_of_sources, [], schema, (401, 429, 503, 504))},
    )
    yield "/id/{slug}", {"get": _thing()}
    yield "/search.json", {"get": _search()}
    for question in load_questions():
        for form, type_ in (("json", "application/json"), ("csv", "text/csv")):
            yield f"/questions/{question.name}.{form}", {"get": _question(question, form, type_)}
    told = {"/healthz": "Whether the server lives", "/readyz": "Whether a query is answered"}
    for path, summary in told.items():
        refusals = (429, 503, 504) if path == "/readyz" else ()
        yield path, {"get": _operation(path[1:], summary, [], TEXT, refusals) | {"security": []}}
    yield (
        "/metrics",
        {"get": _operation("metrics", "What was counted, for Prometheus", [], TEXT, (401,))},
    )
    described = {"application/json": {"schema": {"type": "object"}}}
    yield "/openapi.json", {"get": _operation("openapi", "This description", [], described, (401,))}


def _operation(
    name: str, summary: str, parameters: list[Entry], content: Entry, refusals: Iterable[int]
) -> Entry:
    refused = {str(code): {"description": REFUSALS[code], "content": REFUSED} for code in refusals}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The whole answer.", "content": content},
            "304": {"description": "It is what the other side has already."},
            **refused,
        },
    }


def _in_query(name: str, description: str, schema: Entry, *, required: bool = False) -> Entry:
    return {
        "name": name, "in": "query", "required": required, "description": description, "schema": schema,
    }  # fmt: skip


def _results() -> Entry:
    return {type_: {"schema": {}} for type_ in (*MEDIA_TYPES.values(), "application/json")}


_DATASET: Final = ("default-graph-uri", "named-graph-uri")
_ASKED: Final = (400, 401, 404, 406, 413, 415, 429, 503, 504)


def _asking() -> Entry:
    graphs = {"type": "array", "items": {"type": "string", "format": "iri"}}
    parameters = [
        _in_query("query", "The query; without one the service is described.", {"type": "string"}),
        *(_in_query(name, "Graphs that make the dataset.", graphs) for name in _DATASET),
        _in_query(
            "format", "The form of the answer, which else Accept says.", {"enum": [*MEDIA_TYPES]}
        ),
    ]
    asking = _operation("query", "SPARQL 1.1 Protocol", parameters, _results(), _ASKED)
    asking["responses"]["303"] = {"description": "Without a query, for browsers: the editor."}
    return asking


def _sending() -> Entry:
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {name: {"type": "string"} for name in ("query", *_DATASET)},
    }
    bodies = {
        "application/x-www-form-urlencoded": {"schema": form},
        "application/sparql-query": {"schema": {"type": "string"}},
    }
    sent = _operation("query-by-post", "SPARQL 1.1 Protocol", [], _results(), (*_ASKED, 403))
    return sent | {"requestBody": {"required": True, "content": bodies}}


def _graph() -> Entry:
    parameters = [
        _in_query("default", "The default graph.", {"const": ""}) | {"allowEmptyValue": True},
        _in_query("graph", "The IRI of a graph.", {"type": "string", "format": "iri"}),
    ]
    summary = "SPARQL 1.1 Graph Store HTTP Protocol: one of the two says which graph"
    return _operation("graph", summary, parameters, _triples(), _ASKED)


def _triples() -> Entry:
    return {MEDIA_TYPES[form]: {"schema": {"type": "string"}} for form in GRAPH_FORMATS}


def _thing() -> Entry:
    slug = {
        "name": "slug", "in": "path", "required": True, "description": "The name of a thing.",
        "schema": {"type": "string"}, "example": "xiaomi",
    }  # fmt: skip
    content = _triples() | {"text/html": {"schema": {"type": "string"}}}
    return _operation("thing", "What is known of a thing", [slug], content, _ASKED)


def _search() -> Entry:
    parameters = [
        _in_query("q", "What it is called, or the beginning of that.", {"type": "string"})
    ]
    content: Entry = {"application/json": {"schema": {}}}
    return _operation("search", "Things by their names", parameters, content, _ASKED)


def _question(question: Question, form: str, type_: str) -> Entry:
    rows = {"type": "integer", "minimum": 0, "maximum": 1_000_000}
    parameters = [
        *map(_parameter, question.parameters),
        _in_query(
            "as-of", "The day as of which it is asked.", {"type": "string", "format": "date"}
        ),
        _in_query("limit", "How many rows are wanted at most.", rows),
        _in_query("offset", "How many rows are left out before them.", rows),
    ]
    schema = {"type": "object"} if form == "json" else {"type": "string"}
    asked = _operation(
        f"{question.name}-{form}", question.title, parameters, {type_: {"schema": schema}}, _ASKED
    )
    return asked | {"description": question.description, "tags": ["questions"]}


def _parameter(parameter: Parameter) -> Entry:
    schema = dict(_SCHEMAS[parameter.type])
    if parameter.default is not None:
        schema["default"] = parameter.default
    told = _in_query(parameter.name, parameter.help, schema)
    return told if parameter.example is None else told | {"example": parameter.example}
