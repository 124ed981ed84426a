"""Values in results as JSON, put right where they stand (SPARQL 1.1 Query Results JSON Format, section 3.2.2).

The engine has written the results: `"o":{"type":"literal","value":"1.5","datatype":"…#decimal"}`. Within a text
each quotation mark has a backslash before it, so that marks without one tell where what begins.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from kg.base import XSD, split_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Choose = Callable[[str, bytes, Callable[[], set[str]]], bytes | None]

_VALUE: Final = b'":{"type":"literal","value":"'
_TYPE: Final = b'","datatype":"'
_TYPED: Final = _TYPE + XSD.encode()
_NEXT: Final = re.compile(rb'\},\{"(?![,}])')
"""What stands between two rows; where a text ends so, its end is followed by a comma or a brace."""


def restore_json(data: bytes, choose: Choose) -> bytes:
    r"""Return results as JSON with some of their values written otherwise.

    Args:
        data: results as the engine writes them.
        choose: returns for a column, a typed literal as N-Triples have it, and what gives the IRIs in its
            row, the literal to write instead, as N-Triples have it; None for as it is.

    >>> row = b'{"o":{"type":"literal","value":"1","datatype":"http://www.w3.org/2001/XMLSchema#decimal"}}'
    >>> form = b'"1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    >>> restore_json(row, lambda *_: form)[:41]
    b'{"o":{"type":"literal","value":"1.0","dat'
    """
    parts, done = [], 0
    for start, end, column, value in _typed(data):
        form = choose(column, value, lambda at=start: _iris_of_row(data, at))  # type: ignore[misc]
        if form:
            text, datatype = split_typed(form)
            parts += [data[done:start], _plain(text), _TYPE, _plain(datatype)]
            done = end
    return b"".join([*parts, data[done:]]) if parts else data


def _typed(data: bytes) -> Iterator[tuple[int, int, str, bytes]]:
    """Yield where each literal of XML Schema begins and where its datatype ends, its column and itself."""
    at = data.find(_TYPED)
    while at >= 0:
        start = data.rfind(b'"', 0, at) + 1
        end = data.index(b'"', at + len(_TYPE))
        text, name = data[start:at], start - len(_VALUE)
        # No value that the index rewrites has a mark in it that is to be escaped.
        if data[name:start] == _VALUE and b"\\" not in text:
            column = data[data.rfind(b'"', 0, name) + 1 : name].decode()
            yield start, end, column, b'"%s"^^<%s>' % (text, data[at + len(_TYPE) : end])
        at = data.find(_TYPED, end)


def _iris_of_row(data: bytes, at: int) -> set[str]:
    """Return the IRIs in the row in which something stands."""
    start = data.rfind(b'},{"', 0, at)
    while start >= 0 and not _NEXT.match(data, start):
        start = data.rfind(b'},{"', 0, start)
    start = start + 2 if start >= 0 else data.index(b"[{", data.index(b"]")) + 1
    after = _NEXT.search(data, at)
    text = data[start : after.start() + 1 if after else None].decode()
    row: dict[str, Any] = json.JSONDecoder().raw_decode(text)[0]
    return {one["value"] for one in row.values() if one["type"] == "uri"}


def _plain(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False)[1:-1].encode()
