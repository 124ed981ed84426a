"""What keeps bytes from being XML that is safe to read, or XML at all."""

from __future__ import annotations

import xml.parsers.expat

from kg.base.bounds import MAX_DEPTH


def xml_problem(data: bytes) -> tuple[int, str] | None:
    """Return the line and the fault of XML that is malformed, declares a DOCTYPE or nests deeply.

    Entities can only be declared in a DOCTYPE; without one there is nothing to explode.

    >>> xml_problem(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    (1, 'declares a DOCTYPE, which is refused: entities can be made to explode')
    """
    # Expat is asked, not a pattern: a DOCTYPE can hide behind comments and encodings.
    parser = xml.parsers.expat.ParserCreate()
    depth = 0

    def doctype(*_: object) -> None:
        raise _RefusedError("declares a DOCTYPE, which is refused: entities can be made to explode")

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _RefusedError(f"nests more than {MAX_DEPTH} elements")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except _RefusedError as refused:
        return parser.CurrentLineNumber, str(refused)
    except xml.parsers.expat.ExpatError as error:
        return error.lineno, f"is not XML: {xml.parsers.expat.ErrorString(error.code)}"
    return None


class _RefusedError(Exception):
    """Leaves the XML parser from inside a handler."""


def xml_fault(data: bytes) -> int | None:
    r"""Return the place of the first byte that keeps `data` from being XML, or None.

    >>> xml_fault(b"<a>b</a>"), xml_fault(b"<a>\x01</a>")
    (None, 3)
    """
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError:
        return parser.ErrorByteIndex
    return None
