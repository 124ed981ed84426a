"""One cell of an answer: an RDF term as a Python value, and that value as people read it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.base.namespaces import XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Cell: TypeAlias = str | int | float | Decimal | bool | date | None
Plain: TypeAlias = str | int | float | bool | None
"""A cell as JSON has it."""

_EXACT: Final = 1 << 53
"""From here on not every whole number is one that programs can read in JSON."""

# What XML Schema calls a number or a day is less than what Python can read as one.
_NUMBER: Final = r"[+-]?(\d+(\.\d*)?|\.\d+)"
_DOUBLE: Final = rf"{_NUMBER}([eE][+-]?\d+)?|[+-]?INF|NaN"
# fmt: off
WHOLE_NUMBERS: Final = tuple(XSD + name for name in (
    "integer", "long", "int", "short", "byte", "nonPositiveInteger", "negativeInteger", "nonNegativeInteger",
    "positiveInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
))
# fmt: on
"""The datatypes of whole numbers: xsd:integer and what XML Schema derives from it."""

_PYTHON: Final[dict[str, tuple[str, Callable[[str], Cell]]]] = {
    XSD + "boolean": ("true|false|1|0", lambda text: text in {"true", "1"}),
    XSD + "date": (r"\d{4}-\d\d-\d\d", date.fromisoformat),
    XSD + "decimal": (_NUMBER, Decimal),
    XSD + "double": (_DOUBLE, float),
    XSD + "float": (_DOUBLE, float),
    **dict.fromkeys(WHOLE_NUMBERS, (r"[+-]?\d+", int)),
    XSD + "nonNegativeInteger": (r"\+?\d+|-0+", int),
}


def to_python(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Cell:
    """Return an RDF term as the Python value that it stands for.

    A literal that is not well-formed for its datatype stays the text that it is.

    >>> integer = ox.NamedNode(f"{XSD}integer")
    >>> [to_python(ox.Literal(form, datatype=integer)) for form in ("20", "many")], to_python(ox.NamedNode("https://w3id.org/corporate-plans/id/xiaomi"))
    ([20, 'many'], 'xiaomi')
    """
    if isinstance(term, ox.NamedNode):
        # People type slugs, so that is what they are shown.
        return shorten(term.value)
    if isinstance(term, ox.Literal):
        form, made = _PYTHON.get(term.datatype.value, (None, str))
        try:
            well_formed = form is None or re.fullmatch(form, term.value, re.ASCII)
            return made(term.value) if well_formed else term.value
        except (ValueError, ArithmeticError):
            return term.value
    return None if term is None else str(term)


def to_text(cell: Cell) -> str:
    r"""Return a cell as people read it, with control and bidi characters made visible.

    >>> to_text(Decimal("15000000000")), to_text("a\u202eb"), to_text(None)
    ('15,000,000,000', 'a\\u202eb', '')
    """
    if cell is None:
        return ""
    # Python takes True for a number: booleans come first.
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | Decimal):
        return f"{cell:,f}" if isinstance(cell, Decimal) else f"{cell:,}"
    return visible(str(cell).removeprefix("cp:"))


def to_json(cell: Cell) -> Plain:
    """Return a cell as JSON has it, as exactly as programs read JSON: what would lose a digit is a text.

    >>> to_json(Decimal("15000000000.0")), to_json(Decimal("0.1")), to_json(date(2020, 1, 31))
    (15000000000, 0.1, '2020-01-31')
    >>> to_json(Decimal("0.12345678901234567890")), to_json(float("inf")), to_json(2**60)
    ('0.12345678901234567890', 'inf', '1152921504606846976')
    """
    match cell:
        case None | bool() | str():
            return cell
        case int():
            return cell if abs(cell) < _EXACT else str(cell)
        case Decimal():
            if abs(cell) < _EXACT and cell == int(cell):
                return int(cell)
            return float(cell) if Decimal(repr(float(cell))) == cell else f"{cell:f}"
        case float():
            return cell if isfinite(cell) else str(cell)
        case _:
            return cell.isoformat()


def as_asked(term: ox.NamedNode | ox.Literal) -> str:
    r"""Return a term as a question has it, which may be handed out: in it no IRI can pass for a comparison.

    >>> as_asked(ox.NamedNode("http://dbpedia.org/resource/McDonald's")), as_asked(ox.Literal("it's"))
    ('<http://dbpedia.org/resource/McDonald\\u0027s>', '"it\'s"')
    """
    if isinstance(term, ox.Literal):
        return str(term)
    # What is escaped is put back before a query is parsed (SPARQL 1.1, section 19.2).
    return str(term).replace("'", r"\u0027").replace(")", r"\u0029")


def visible(text: str) -> str:
    r"""Return `text` on one line, with every character that cannot be seen written as an escape.

    Those are control, format and surrogate characters, the separators of lines and paragraphs, and
    the two that are no characters.

    >>> visible("a\nb"), visible("\u2028"), visible("\U000e0001")
    ('a\\u000ab', '\\u2028', '\\U000e0001')
    """
    if text.isprintable():
        return text  # as most is, which is told at once
    return "".join(_escape(c) if _unseen(c) else c for c in text)


def spelt(text: str) -> str:
    r"""Return `text` as `visible` does, and every space that is not the usual one as an escape, too.

    >>> spelt("20\u200b"), spelt("1\u00a0000"), spelt("a b")
    ('20\\u200b', '1\\u00a0000', 'a b')
    """
    return "".join(_escape(c) if looks_blank(c) else c for c in text)


def split_typed(literal: bytes) -> tuple[str, str]:
    """Return the text and the datatype of a typed literal, as canonical N-Quads have it without escapes.

    >>> split_typed(b'"12.50"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    ('12.50', 'http://www.w3.org/2001/XMLSchema#decimal')
    """
    text, _, datatype = literal.decode()[1:-1].rpartition('"^^<')
    return text, datatype


def blanks_in(text: str) -> Iterator[str]:
    r"""Yield the characters of a text that look like nothing, or like the usual space without being it.

    >>> [*blanks_in("1\u00a0000\u200b")], [*blanks_in("1 000")]
    (['\xa0', '\u200b'], [])
    """
    # What is printable by Unicode has none of them; nearly all texts are.
    return iter(()) if text.isprintable() else filter(looks_blank, text)


def looks_blank(c: str) -> bool:
    r"""Tell whether a character looks like nothing, or like the usual space without being it.

    >>> [looks_blank(c) for c in "a \u00a0\u200b"]
    [False, False, True, True]
    """
    return _unseen(c) or (c.isspace() and c != " ")


def _unseen(c: str) -> bool:
    return unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or c in "\ufffe\uffff"


def _escape(c: str) -> str:
    return f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}"
