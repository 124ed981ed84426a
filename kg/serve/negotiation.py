"""Which form an answer gets, by what the request accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import mimeparse

from kg.serve.requests import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
"""The forms of answers, by name, in the order in which they are preferred where the request has no wish."""

OTHERS: Final[Mapping[str, str]] = {
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/plain": "nt",
    "application/x-turtle": "ttl",
}
"""What clients also ask for the forms by."""

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    **{form: (form,) for form in MEDIA_TYPES},
    **{type_: (form,) for form, type_ in MEDIA_TYPES.items()},
    **{type_: (form,) for type_, form in OTHERS.items()},
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdf"),
    "json-ld": ("jsonld",),
    "rdf+xml": ("rdf",),
    "turtle": ("ttl",),
    "n3": ("ttl",),
    "n-triples": ("nt",),
}
"""The forms by what a request calls them itself, as SPARQLWrapper and others do; of two one is for tables, one for graphs."""

_UTF8: Final = ("csv", "tsv", "ttl", "nt")


def named(name: str) -> list[tuple[str, str]]:
    """Return the forms that a request names itself, each with its media type; none where the name is none.

    >>> named("csv"), named("rdf+xml"), named("png")
    ([('csv', 'text/csv')], [('rdf', 'application/rdf+xml')], [])
    """
    # In an address a plus stands for a space.
    forms = _NAMES.get(name.strip().lower().replace(" ", "+"), ())
    return [(form, MEDIA_TYPES[form]) for form in forms]


def wanted(request: Request, types: Mapping[str, str] = MEDIA_TYPES) -> list[tuple[str, str]]:
    """Return the forms that a request accepts, as `accepted` does; at least one.

    Raises:
        RequestError: it accepts none of them, or what it accepts cannot be read.

    >>> from starlette.requests import Request
    >>> wanted(Request({"type": "http", "headers": [(b"accept", b"text/csv, */*;q=0.1")]}))[0]
    ('csv', 'text/csv')
    """
    try:
        forms = accepted(",".join(request.headers.getlist("accept")), types)
    except ValueError:
        raise RequestError(400, "the header Accept cannot be read") from None
    if not forms:
        known = ", ".join(type_.partition(";")[0] for type_ in types.values())
        raise RequestError(406, f"no form that is accepted can be given; take {known}")
    return forms


def prefers_html(request: Request) -> bool:
    """Whether a request wants a page before any other form, as browsers do.

    >>> from starlette.requests import Request
    >>> accepts = (b"text/html, */*;q=0.8", b"text/html;q=0.5, text/turtle", b"*/*", b"")
    >>> [prefers_html(Request({"type": "http", "headers": [(b"accept", one)]})) for one in accepts]
    [True, False, False, False]
    """
    try:
        forms = accepted(
            ",".join(request.headers.getlist("accept")), {**MEDIA_TYPES, "html": "text/html"}
        )
    except ValueError:
        return False
    return bool(forms) and forms[0][0] == "html"


def accepted(header: str, types: Mapping[str, str] = MEDIA_TYPES) -> list[tuple[str, str]]:
    """Return the forms that a request accepts, most wanted first, each with the media type to call it by.

    Args:
        header: What is accepted.
        types: The forms that there are, in the order in which they are preferred.

    Raises:
        ValueError: the header cannot be read.

    >>> accepted("text/csv;q=0.4, application/json")[:2]
    [('json', 'application/json'), ('csv', 'text/csv')]
    >>> accepted("*/*")[0], accepted("image/png")
    (('json', 'application/sparql-results+json'), [])
    """
    return list(_accepted(header.strip() or "*/*", tuple(types.items())))


@lru_cache(256)
def _accepted(wished: str, types: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    try:
        ranges = [mimeparse.parse_media_range(part) for part in wished.split(",") if part.strip()]
    except mimeparse.MimeTypeParseException as error:
        raise ValueError(str(error)) from None
    named = [(form, type_.partition(";")[0]) for form, type_ in types]
    named += [(form, type_) for type_, form in OTHERS.items() if form in dict(types)]
    ranked = [
        (-mimeparse.quality_parsed(type_, ranges), at, form, type_)
        for at, (form, type_) in enumerate(named)
    ]
    return _first_of_each([(form, type_) for rank, _, form, type_ in sorted(ranked) if rank < 0])


def _first_of_each(found: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    by_form: dict[str, str] = {}
    for form, type_ in found:
        by_form.setdefault(form, type_)
    return tuple(by_form.items())


def content_type(form: str, type_: str) -> str:
    """Return the value of the header Content-Type: what is text says that it is in UTF-8."""
    return f"{type_}; charset=utf-8" if form in _UTF8 else type_
