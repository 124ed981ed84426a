"""Which literals the index rewrites, and how the data write them: see `kg.query.written`.

The engine is asked about every literal of which that is not certain.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import XSD, Change, lines_from
from kg.query.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.base import Lines

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


def list_written(pieces: Iterable[bytes]) -> bytes:
    r"""Return the table of canonical N-Quads, given piece by piece; see `kg.query.written`; it is empty where the index keeps every literal.

    >>> list_written([b'<a:s> <a:p> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <a:g> .\n'])
    b''
    """
    # Property and literal together are seldom new: the same numbers and days come again and again.
    said = Counter(pair for data in pieces for pair in _pairs(data))
    forms = rewritten(map(_literal, said))
    values = set(forms.values())
    by_value: defaultdict[bytes, Counter[bytes]] = defaultdict(Counter)
    properties: Counter[bytes] = Counter()
    for pair, number in said.items():
        text = _literal(pair)
        value = forms.get(text, text)
        if value in values:
            by_value[value][pair] = number
        if text in forms:
            properties[_property(pair)] += number
    return b"".join(sorted(chain(_lines(by_value), _property_lines(properties))))


def change_written(change: Change, table: Lines, before: ox.Store) -> Change:
    r"""Return how the table of canonical N-Quads changes where they do; `before` is the index over those before.

    >>> old = b'<a:s> <a:p> "1"^^<http://www.w3.org/2001/XMLSchema#decimal> <a:g> .\n'
    >>> new = old.replace(b'"1"', b'"1.0"')
    >>> index = ox.Store()
    >>> index.bulk_load(old, format=ox.RdfFormat.N_QUADS)
    >>> change_written(Change(old, new), list_written([old]), index).fresh == list_written([new])
    True

    Raises:
        ValueError: the table is not that of the quads.
    """
    said = Counter(_pairs(change.fresh))
    said.subtract(Counter(_pairs(change.gone)))
    differing = {pair: number for pair, number in said.items() if number}
    forms = rewritten(map(_literal, differing))
    by_value: defaultdict[bytes, dict[bytes, int]] = defaultdict(dict)
    properties: Counter[bytes] = Counter()
    for pair, number in differing.items():
        text = _literal(pair)
        by_value[forms.get(text, text)][pair] = number
        if text in forms:
            properties[_property(pair)] += number
    gone: list[bytes] = []
    fresh: list[bytes] = []
    for value, more in by_value.items():
        start = value + b" "
        old = dict(_counted(line[len(start) :]) for line in lines_from(table, start))
        # Where nobody wrote the value otherwise, all that the index has of it is written so.
        known = old or (_kept(before, value) if any(_literal(p) in forms for p in more) else None)
        if known is None:
            continue
        new = _sum(known, more)
        if all(_literal(pair) == value for pair in new):
            new = {}  # nobody writes it otherwise any more
        gone += _lines({value: old})
        fresh += _lines({value: new})
    for name, number in properties.items():
        lines = list(lines_from(table, name + b" "))
        gone += [line + b"\n" for line in lines]
        held = dict(map(_counted, lines))
        fresh += _property_lines(_sum(held, {name: number}))
    both = set(gone) & set(fresh)
    return Change(*(b"".join(sorted(set(some) - both)) for some in (gone, fresh)))


def _kept(index: ox.Store, value: bytes) -> dict[bytes, int]:
    """Return how often an index has a value with which property, as pairs."""
    (line,) = ox.parse(b"<a:s> <a:p> " + value + b" .\n", ox.RdfFormat.N_TRIPLES)
    # Only where it is first written otherwise: as many steps as there are of it.
    names = (quad.predicate for quad in index.quads_for_pattern(None, None, line.object))
    return {b"%s %s" % (str(name).encode(), value): n for name, n in Counter(names).items()}


def _sum(held: Mapping[bytes, int], more: Mapping[bytes, int]) -> dict[bytes, int]:
    summed = {key: held.get(key, 0) + more.get(key, 0) for key in (*held, *more)}
    if any(number < 0 for number in summed.values()):
        raise ValueError("less than none")
    return {key: number for key, number in summed.items() if number}


def _counted(rest: bytes) -> tuple[bytes, int]:
    """Return what stands in a line of the table before the last space, and how often it is said."""
    pair, _, number = rest.rpartition(b" ")
    return pair, int(number)


def _lines(by_value: Mapping[bytes, Mapping[bytes, int]]) -> Iterator[bytes]:
    for value, pairs in by_value.items():
        for pair, number in pairs.items():
            yield b"%s %s %d\n" % (value, pair, number)


def _property_lines(properties: Mapping[bytes, int]) -> Iterator[bytes]:
    return (b"%s %d\n" % of for of in properties.items())


def _property(pair: bytes) -> bytes:
    return pair[: pair.index(b" ")]


def _literal(pair: bytes) -> bytes:
    return pair[pair.index(b" ") + 1 :]


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
    table = list_written(quads)
    return Written(table, quads) if table else None
