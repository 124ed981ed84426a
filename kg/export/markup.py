"""XML written as it comes, element by element: no tree is kept, and the same calls give the same bytes."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

if TYPE_CHECKING:
    from collections.abc import Iterator


class Markup:
    """A document of XML in the making, with a line for each element that has others in it."""

    def __init__(self) -> None:
        """Begin a document in UTF-8."""
        self._out = io.BytesIO()
        self._xml = XMLGenerator(self._out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def within(self, name: str, **attributes: str | None) -> Iterator[None]:
        """Open an element for what is written next; attributes that are None are left out."""
        self._xml.startElement(name, _attributes(attributes))
        self._xml.ignorableWhitespace("\n")
        yield
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def put(self, name: str, text: str = "", **attributes: str | None) -> None:
        """Write an element that holds nothing but text."""
        self._xml.startElement(name, _attributes(attributes))
        if text:
            self._xml.characters(text)
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def data(self) -> bytes:
        """Return what has been written."""
        return self._out.getvalue()


def _attributes(attributes: dict[str, str | None]) -> AttributesImpl[str]:
    """Return the attributes that are given; in Python a name of its own ends in _, and __ is a full stop."""
    given = {name.rstrip("_").replace("__", "."): value for name, value in attributes.items()}
    return AttributesImpl({name: value for name, value in given.items() if value is not None})
