"""A request of the SPARQL 1.1 Protocol, read: which query, over which dataset, and how the answer is wanted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import pyoxigraph as ox

from kg.pages import AS_OF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
_UPDATES: Final = ("update", "using-graph-uri", "using-named-graph-uri")


class RequestError(Exception):
    """A request that is not answered: `status` is the code of HTTP, the words are for people."""

    def __init__(self, status: int, words: str) -> None:
        """Say what is wrong and with which code."""
        super().__init__(words)
        self.status = status


@dataclass(frozen=True)
class Asked:
    """A query, or None where the request asks what the service is; `format` is a form that it names itself."""

    query: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str | None = None


def read_request(method: str, address: bytes, headers: Mapping[str, str], body: bytes) -> Asked:
    """Read a request (SPARQL 1.1 Protocol, section 2.1; HTTP QUERY as POST with a body).

    Args:
        method: of HTTP.
        address: what follows the `?` in the address.
        headers: by their names in small letters.
        body: what was sent.

    Raises:
        RequestError: it is none of that protocol, or asks for a change.

    >>> read_request("GET", b"query=ASK%20%7B%7D&default-graph-uri=urn:a", {}, b"")
    Asked(query='ASK {}', default=('urn:a',), named=(), format=None)
    """
    pairs = _pairs(address)
    if method in ("GET", "HEAD"):
        return _asked(pairs, required=bool(pairs))
    kind = headers.get("content-type", "").partition(";")
    type_, charset = kind[0].strip().lower(), kind[2].lower().replace('"', "").replace(" ", "")
    if "charset=" in charset and "charset=utf-8" not in charset:
        raise RequestError(415, "a request is read in UTF-8 only")
    if type_ == QUERY:
        return _asked([*pairs, ("query", _text(body))], required=True)
    if type_ == FORM:
        return _asked([*pairs, *_pairs(body)], required=True)  # the dataset may be in the address
    if type_ == "application/sparql-update":
        raise RequestError(403, "nothing can be changed here: the graph is built from its sources")
    raise RequestError(415, f"a query is sent as {FORM} or {QUERY}, not as {type_ or 'nothing'}")


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise RequestError(400, "the request is not in UTF-8") from None


def _pairs(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200
        )
    except (UnicodeDecodeError, ValueError):
        raise RequestError(400, "the parameters of the request cannot be read") from None


def _asked(pairs: list[tuple[str, str]], *, required: bool) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if any(name in values for name in _UPDATES):
        raise RequestError(403, "nothing can be changed here: the graph is built from its sources")
    queries = values.get("query", [])
    if len(queries) > 1:
        raise RequestError(400, "the request has several queries; send one")
    if not queries and required:
        raise RequestError(400, "the request has no query; send one as the parameter query")
    return Asked(
        queries[0] if queries else None,
        _graphs(values.get("default-graph-uri", [])),
        _graphs(values.get("named-graph-uri", [])),
        values.get("format", [None])[0],
    )


def _graphs(values: list[str]) -> tuple[str, ...]:
    for value in values:
        if not is_absolute(value):
            raise RequestError(400, f"{value[:200]!r} is no absolute IRI of a graph")
    return tuple(dict.fromkeys(values))


def is_absolute(iri: str) -> bool:
    """Tell whether something is an IRI by which a graph can be meant.

    >>> is_absolute("urn:a"), is_absolute("a"), is_absolute("urn:a b")
    (True, False, False)
    """
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def parameters_of(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the parameters of a page, by name.

    Names that no page knows are left alone, since links get some on their way; but what nearly asks for a day must
    not be answered as of now.

    Raises:
        RequestError: one stands there twice, or is the day by a name that is nearly its own.

    >>> parameters_of([("sort", "due"), ("utm_source", "x")])
    {'sort': 'due', 'utm_source': 'x'}
    """
    found = dict(pairs)
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            raise RequestError(
                400, f"{name[:40]!r} stands in the address {count} times; give it once"
            )
        if name != AS_OF and get_close_matches(
            name.lower().replace("_", "-"), [AS_OF], cutoff=0.75
        ):
            raise RequestError(400, f"there is no {name[:40]!r}; did you mean {AS_OF!r}?")
    return found
