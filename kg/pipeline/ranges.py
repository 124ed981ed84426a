"""Values that are right and yet not what the engine computes with, told before anyone misses them in an answer.

They are kept and given back. But a comparison with one is neither true nor false, so that rows are missing
without a word; and a floating-point number that is too large or too small is another number to whatever
computes. What is within its range, the engine is asked; only numbers of many digits are held against it.
A decimal that a cast or a product of doubles made may be half a billion but for its last digits, and equal to no half billion.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, MOST_SHOWN, WHOLE_NUMBERS, XSD, Finding, nquads, split_typed, unrounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BEYOND: Final = CP + "beyond-range"

_TYPED: Final = re.compile(
    rb' ("[^"\\\n]*+"\^\^<' + re.escape(XSD).encode() + rb"\w++>) <[^>\n]*+> \.\n"
)
# Nothing shorter is beyond any range, and no other exponent.
_MANY_DIGITS: Final = re.compile(r"\d{10}|[eE][+-]?\d\d", re.ASCII)
_RUN: Final = re.compile(r"\d{10,}", re.ASCII)
_DIGITS: Final = re.compile(r"\d")
_FLOATING: Final = frozenset({"double", "float"})
# Of the other types the engine is asked for themselves.
_ASKED_AS: Final = {
    "dateTimeStamp": "dateTime",
    **{iri.removeprefix(XSD): "integer" for iri in WHOLE_NUMBERS},
}
# fmt: off
_CASTS: Final = frozenset({
    "integer", "decimal", "double", "float", "date", "dateTime", "time", "gYear", "gYearMonth",
    "duration", "yearMonthDuration", "dayTimeDuration",
})
# fmt: on

_LEFT_OUT: Final = (
    "This has more digits than can be computed with: it is kept and given back as it is, but every comparison"
    " and sum leaves it out; write fewer digits if it is to count."
)
_OTHERWISE: Final = (
    "This is {} to whatever computes with it, being too {} for xsd:{}: it is kept and given back as it is;"
    " write it in another unit if it is to count."
)


_UNROUNDED: Final = (
    "This is {0} but for its last digits, as computing with floating-point numbers leaves them: it is equal to no {0};"
    " write that if it is meant."
)


def find_beyond_range(asserted: bytes) -> list[Finding]:
    r"""Return a hint for every value in canonical N-Quads that the engine cannot compute with.

    >>> quads = b'<a:s> <a:p> "0.1234567890123456789"^^<http://www.w3.org/2001/XMLSchema#decimal> <a:g> .\n'
    >>> [(one.node, one.value) for one in find_beyond_range(quads)]
    [('a:s', '0.1234567890123456789')]
    """
    literals = {match[1] for match in _TYPED.finditer(asserted)}
    told = _messages(literals)
    if not told:
        return []
    found = set()
    for line in nquads.split(asserted):
        subject, name, value, _ = nquads.parts(line)
        if message := told.get(value):
            node, path = subject.decode()[1:-1], name.decode()[1:-1]
            text = _parts(value)[0][:MOST_SHOWN]
            found.add(Finding(node, path, text, message, _BEYOND, violation=False))
    return sorted(found, key=lambda one: (one.node, one.path or "", one.value or ""))


def _messages(literals: Iterable[bytes]) -> Mapping[bytes, str]:
    """Return what is to be told of the literals that are beyond the range of the engine."""
    by_type: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    for literal in literals:
        text, kind = _parts(literal)
        asked = _ASKED_AS.get(kind, kind)
        if asked in _CASTS and _MANY_DIGITS.search(text):
            by_type[asked][text] = literal
    told = {}
    for kind, texts in by_type.items():
        # What would be a value with fewer digits is one; anything else the shapes call none.
        short = {text: _RUN.sub("2000", text) for text in texts}
        values = _values(kind, {*texts, *short.values()})
        for text, literal in texts.items():
            if text not in values:
                told.update({literal: _LEFT_OUT} if short[text] in values else {})
            elif kind == "decimal" and (near := unrounded(text)):
                told[literal] = _UNROUNDED.format(near)
            elif kind in _FLOATING and (message := _otherwise(text, values[text], kind)):
                told[literal] = message
    return told


def _otherwise(text: str, value: str, kind: str) -> str | None:
    """Return what is told of a number whose value is another one."""
    if value.lstrip("-") == "INF":
        return _OTHERWISE.format("infinite", "large", kind)
    is_zero = set(_DIGITS.findall(re.split("[eE]", text)[0])) == {"0"}
    return _OTHERWISE.format("zero", "small", kind) if float(value) == 0 and not is_zero else None


def _values(kind: str, texts: Iterable[str]) -> Mapping[str, str]:
    """Return what the engine makes of texts as values of a type, of those that it can read."""
    store = ox.Store()
    name = ox.NamedNode("a:p")
    store.extend(
        ox.Quad(ox.NamedNode(f"a:{at}"), name, ox.Literal(text))
        for at, text in enumerate(sorted(texts))
    )
    query = f"SELECT ?text ?value {{ ?s <a:p> ?text BIND (<{XSD}{kind}>(?text) AS ?value) }}"
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - for the type checker
    return {row["text"].value: row["value"].value for row in rows if row["value"] is not None}


def _parts(literal: bytes) -> tuple[str, str]:
    """Return the text of a typed literal and the local name of its datatype."""
    text, datatype = split_typed(literal)
    return text, datatype.removeprefix(XSD)
