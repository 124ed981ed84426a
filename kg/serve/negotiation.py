"""Which form an answer gets, by what the request accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import mimeparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

_UTF8: Final = ("csv", "tsv", "ttl", "nt")


def accepted(header: str) -> list[tuple[str, str]]:
    """Return the forms that a request accepts, most wanted first, each with the media type to call it by.

    Raises:
        ValueError: the header cannot be read.

    >>> accepted("text/csv;q=0.4, application/json")[:2]
    [('json', 'application/json'), ('csv', 'text/csv')]
    >>> accepted("*/*")[0], accepted("image/png")
    (('json', 'application/sparql-results+json'), [])
    """
    wished = header.strip() or "*/*"
    try:
        ranges = [mimeparse.parse_media_range(part) for part in wished.split(",") if part.strip()]
    except mimeparse.MimeTypeParseException as error:
        raise ValueError(str(error)) from None
    named = [(form, type_) for form, type_ in MEDIA_TYPES.items()]
    named += [(form, type_) for type_, form in OTHERS.items()]
    ranked = [
        (-mimeparse.quality_parsed(type_, ranges), at, form, type_)
        for at, (form, type_) in enumerate(named)
    ]
    return _first_of_each([(form, type_) for rank, _, form, type_ in sorted(ranked) if rank < 0])


def _first_of_each(found: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    by_form: dict[str, str] = {}
    for form, type_ in found:
        by_form.setdefault(form, type_)
    return list(by_form.items())


def content_type(form: str, type_: str) -> str:
    """Return the value of the header Content-Type: what is text says that it is in UTF-8."""
    return f"{type_}; charset=utf-8" if form in _UTF8 else type_
