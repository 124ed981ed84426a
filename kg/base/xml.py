"""What keeps bytes from being XML that is safe to read, or XML at all, or from being read as they were meant."""

from __future__ import annotations

import xml.parsers.expat
from typing import TYPE_CHECKING, Final

from kg.base.bounds import MAX_DEPTH
from kg.base.errors import abridge
from kg.base.namespaces import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable

_INSTEAD: Final = "write what it says as a source in YAML, or convert it to RDF"


def xml_problem(data: bytes) -> tuple[int, str] | None:
    """Return the line and the fault of XML that is malformed, declares a DOCTYPE, nests deeply, or is no RDF.

    Entities can only be declared in a DOCTYPE; without one there is nothing to explode. What names no
    namespace of RDF can still be read as RDF/XML: each element would be a node of a class of that name.

    >>> xml_problem(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    (1, 'declares a DOCTYPE, which is refused: entities can be made to explode')
    >>> xml_problem(b"<!DOCTYPE html><html/>")[1][:28]
    'is a page of HTML, not RDF; '
    >>> xml_problem(b"<plan><goal/></plan>")[1][:44]
    "is XML, but not RDF: its root is 'plan'; wri"
    """
    # Expat is asked, not a pattern: a DOCTYPE can hide behind comments and encodings.
    parser = xml.parsers.expat.ParserCreate()
    depth, is_rdf, root = 0, False, ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, is_rdf, root
        depth += 1
        root = root or name
        is_rdf = is_rdf or RDF in attributes.values()
        if depth > MAX_DEPTH:
            raise _RefusedError(f"nests more than {MAX_DEPTH} elements")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except _RefusedError as refused:
        return parser.CurrentLineNumber, str(refused)
    except xml.parsers.expat.ExpatError as error:
        return error.lineno, f"is not XML: {xml.parsers.expat.ErrorString(error.code)}"
    if not is_rdf:
        return 1, (f"is XML, but not RDF: its root is {abridge(root, 60)!r}; {_INSTEAD}")
    return None


class _RefusedError(Exception):
    """Leaves the XML parser from inside a handler."""


def xml_fault(data: bytes | Iterable[bytes]) -> int | None:
    r"""Return the place of the first byte that keeps `data`, a whole or its pieces, from being XML, or None.

    >>> xml_fault(b"<a>b</a>"), xml_fault(b"<a>\x01</a>"), xml_fault([b"<a>", b"\x01</a>"])
    (None, 3, 3)
    """
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    try:
        for piece in (data,) if isinstance(data, bytes) else data:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except xml.parsers.expat.ExpatError:
        return parser.ErrorByteIndex
    return None


def keep_returns(data: bytes) -> bytes:
    r"""Return XML in which every carriage return of a text is read back as one.

    A parser takes one that stands as it is for the end of a line (XML 1.0, section 2.11), and the engine
    writes it so; that of a reference it keeps.

    >>> keep_returns(b"<a>b\r\n</a>")
    b'<a>b&#xD;\n</a>'
    """
    return data.replace(b"\r", b"&#xD;")


def _refuse_doctype(name: str, *_: object) -> None:
    if name.lower() == "html":
        raise _RefusedError(f"is a page of HTML, not RDF; {_INSTEAD}")
    raise _RefusedError("declares a DOCTYPE, which is refused: entities can be made to explode")
