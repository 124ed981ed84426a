"""XML written as it comes, element by element: no tree is kept, and the same calls give the same bytes."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator

# A third of the time goes into looking for what has to be escaped.
_PLAIN: Final = re.compile(r"[\w ./:%#,()-]*")
_MANY: Final = 10_000
"""How many parts are put together at a time: as bytes they take a third of the room."""
_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


class Markup:
    """A document of XML in the making, with a line for each element that has others in it."""

    def __init__(self) -> None:
        """Begin a document in UTF-8."""
        self._parts = [_HEAD]
        self._done = io.BytesIO()

    @contextmanager
    def within(self, name: str, **attributes: str | None) -> Iterator[None]:
        """Open an element for what is written next; attributes that are None are left out."""
        self._parts.append(f"<{name}{_attributes(attributes)}>\n")
        yield
        self._parts.append(f"</{name}>\n")

    def put(self, name: str, text: str = "", **attributes: str | None) -> None:
        """Write an element that holds nothing but text."""
        begun = f"<{name}{_attributes(attributes)}"
        self._parts.append(f"{begun}>{escape(text)}</{name}>\n" if text else f"{begun}/>\n")
        if len(self._parts) > _MANY:
            self._join()

    def data(self) -> bytes:
        """Return what has been written."""
        self._join()
        return self._done.getvalue()

    def _join(self) -> None:
        self._done.write("".join(self._parts).encode("utf-8", "xmlcharrefreplace"))
        self._parts.clear()


def _attributes(attributes: dict[str, str | None]) -> str:
    written = [
        f" {_called(name)}={_quoted(value)}"
        for name, value in attributes.items()
        if value is not None
    ]
    return "".join(written)


@lru_cache(maxsize=1 << 7)
def _called(name: str) -> str:
    """Return what an attribute is called: in Python a name of its own ends in _, and __ is a full stop."""
    return name.rstrip("_").replace("__", ".")


def _quoted(value: str) -> str:
    return f'"{value}"' if _PLAIN.fullmatch(value) else quoteattr(value)
