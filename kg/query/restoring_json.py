"""Values in results as JSON, put right where they stand (SPARQL 1.1 Query Results JSON Format, section 3.2.2).

The engine has written the results: `"o":{"type":"literal","value":"1.5","datatype":"…#decimal"}`. Within a text
each quotation mark has a backslash before it, so that marks without one tell where what begins.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg.base import XSD, split_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Choose = Callable[[str, bytes, Callable[[], set[str]]], bytes | None]

_TYPE: Final = b'","datatype":"'
_NEXT: Final = re.compile(rb'\},\{"(?![,}])')
"""What stands between two rows; where a text ends so, its end is followed by a comma or a brace."""


def restore_json(data: bytes, choose: Choose, datatypes: frozenset[str] | None = None) -> bytes:
    r"""Return results as JSON with some of their values written otherwise.

    Args:
        data: results as the engine writes them.
        choose: returns for a column, a typed literal as N-Triples have it, and what gives the IRIs in its
            row, the literal to write instead, as N-Triples have it; None for as it is.
        datatypes: those of XML Schema of which a literal may have to be written otherwise; None for all.

    >>> row = b'{"o":{"type":"literal","value":"1","datatype":"http://www.w3.org/2001/XMLSchema#decimal"}}'
    >>> form = b'"1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    >>> restore_json(row, lambda *_: form)[:41]
    b'{"o":{"type":"literal","value":"1.0","dat'
    """
    parts, done = [], 0
    written: dict[bytes, bytes] = {}
    for start, end, column, value in _typed(data, datatypes):
        form = choose(column, value, lambda at=start: _iris_of_row(data, at))  # type: ignore[misc]
        if form:
            if form not in written:
                written[form] = _TYPE.join(map(_plain, split_typed(form)))
            parts += [data[done:start], written[form]]
            done = end
    return b"".join([*parts, data[done:]]) if parts else data


@cache
def _literals(datatypes: frozenset[str] | None) -> re.Pattern[bytes]:
    """Return what finds the typed literals: what is behind their column, their text and their datatype."""
    names = rb"%s\w++" % re.escape(XSD.encode())
    if datatypes is not None:
        names = b"|".join(re.escape(name.encode()) for name in sorted(datatypes)) or rb"(?!)"
    # No value that the index rewrites has a mark in it that is to be escaped.
    return re.compile(rb'":\{"type":"literal","value":"([^"\\]*+)","datatype":"(%s)(?=")' % names)


def _typed(data: bytes, datatypes: frozenset[str] | None) -> Iterator[tuple[int, int, str, bytes]]:
    """Yield where each literal of XML Schema begins and where its datatype ends, its column and itself."""
    for match in _literals(datatypes).finditer(data):
        column = data[data.rfind(b'"', 0, match.start()) + 1 : match.start()].decode()
        yield match.start(1), match.end(2), column, b'"%s"^^<%s>' % match.groups()


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
