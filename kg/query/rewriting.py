"""Which literals the index rewrites, and how the data write them: see `kg.query.written`.

The engine is asked about every literal of which that is not certain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import XSD
from kg.query.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_XSD: Final = re.escape(XSD).encode()
# What has an escape in it is no number and no day; quotes within a text are escaped.
_TYPED: Final = re.compile(rb'> "[^"\\\n]*+"\^\^<' + _XSD + rb"\w++>")
KEPT: Final = re.compile(
    rb'"(?:'
    rb'(?:0|-?[1-9][0-9]{0,17})"\^\^<' + _XSD + rb"(?:integer|decimal)"
    rb'|-?(?:0|[1-9][0-9]{0,14})\.[0-9]{0,14}[1-9]"\^\^<' + _XSD + rb"decimal"
    rb'|[0-9]{4}-[0-9]{2}-[0-9]{2}"\^\^<' + _XSD + rb"date"
    rb'|[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}Z?"\^\^<'
    + _XSD
    + rb"dateTime"
    rb'|(?:true|false)"\^\^<' + _XSD + rb"boolean"
    rb'|[^"]*+"\^\^<'
    + _XSD
    + rb"(?:anyURI|base64Binary|hexBinary|language|Name|NCName|NMTOKEN|normalizedString|token)"
    rb")>"
)
"""Literals that the engine certainly keeps; a test asks it. About the others it is asked each time."""


def list_written(*quads: bytes) -> bytes:
    r"""Return the table of canonical N-Quads; it is empty where the index keeps every literal.

    >>> list_written(b'<a:s> <a:p> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <a:g> .\n')
    b''
    """
    # Property and literal together are seldom new: the same numbers and days come again and again.
    pairs = {pair for data in quads for pair in _pairs(data)}
    by_pair = {pair: pair[pair.index(b" ") + 1 :] for pair in pairs}
    forms = rewritten(by_pair.values())
    values = set(forms.values())
    lines = set()
    for pair, text in by_pair.items():
        value = forms.get(text, text)
        if value in values:
            lines.add(value + b" " + pair + b"\n")
        if text in forms:
            lines.add(pair[: pair.index(b" ")] + b"\n")
    return b"".join(sorted(lines))


def _pairs(quads: bytes) -> Iterator[bytes]:
    """Yield every typed literal of canonical N-Quads with its property before it."""
    for match in _TYPED.finditer(quads):
        # Looked for from its end: a pattern that begins with the property would go through every IRI.
        yield quads[quads.rfind(b" ", 0, match.start()) + 1 : match.end()]


def rewritten(literals: Iterable[bytes]) -> Mapping[bytes, bytes]:
    r"""Return what the index makes of typed literals, of those that it does not keep as they are.

    >>> rewritten([b'"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', b'"a"^^<a:d>'])
    {b'"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>': b'"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'}
    """
    asked = sorted({text for text in literals if not KEPT.fullmatch(text)})
    if not asked:
        return {}
    store = ox.Store()
    lines = (b"<a:%d> <a:p> %s .\n" % (at, text) for at, text in enumerate(asked))
    store.bulk_load(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
    found = ((asked[int(quad.subject.value[2:])], str(quad.object).encode()) for quad in store)
    return {text: value for text, value in found if text != value}


def written_of(*quads: bytes) -> Written | None:
    """Return how sorted canonical N-Quads write what the index rewrites; None where it rewrites nothing."""
    table = list_written(*quads)
    return Written(table, quads) if table else None
