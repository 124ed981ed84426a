"""The cells of a column become literals, by what the metadata says of it (CSVW, section 6.4).

Literals are text, as N-Triples have them: the engine reads a million of them in the time in which
Python makes a hundred thousand objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.base import XSD, SourceError
from kg.tables.lexical import Fault, reader
from kg.tables.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.tables.metadata import Metadata

DATATYPES: Final = {
    name: XSD + {"datetime": "dateTime", "number": "double"}.get(name, name)
    for name in ("string", "anyURI", "boolean", "decimal", "integer", "double", "number", "date",
                 "dateTime", "datetime")
}  # fmt: skip
"""The datatypes that a column may have, each with its IRI."""

_TEXTS: Final = frozenset({"string", "anyURI"})
_BOUNDS: Final = ("length", "minLength", "maxLength", "minimum", "maximum", "minInclusive",
                  "maxInclusive", "minExclusive", "maxExclusive")  # fmt: skip
_LONG: Final = 100  # characters; what is longer hardly comes again
_KEPT: Final = 2048

Literals = tuple[str, ...] | str
"""The literals of a cell, or what is wrong with it."""


class ReadCells(NamedTuple):
    """What many cells hold, and whether something is wrong with any of them."""

    values: list[Literals]
    faulty: bool


class TableColumn:
    """One column of a table: how its cells become literals."""

    def __init__(self, metadata: Metadata, column: Any) -> None:
        """Take a column as csvw has it.

        Raises:
            SourceError: it is virtual, or of a datatype, format or separator that is none.
        """
        self.name = str(column.name or column)
        self.predicate = f"<{metadata.iri}#{quote(self.name)}>"
        self._datatype = column.inherit("datatype")
        base = str(self._datatype.base or "string") if self._datatype else "string"
        if column.virtual or base not in DATATYPES:
            raise SourceError(metadata.path, f"has {self.name!r} as a virtual column or of "
                              f"a datatype that is none of {', '.join(DATATYPES)}")  # fmt: skip
        self._base = base
        self._suffix = "" if base == "string" else f"^^<{DATATYPES[base]}>"
        self._required, self._default = column.inherit("required"), column.inherit("default")
        self._null, self._separator = column.inherit_null(), column.inherit("separator")
        if self._separator is not None and not (
            self._separator and isinstance(self._separator, str)
        ):
            raise SourceError(metadata.path, f"has the separator {self._separator!r}; write what stands"
                              f" between the values of a cell (column {self.name!r})")  # fmt: skip
        form = self._datatype.format if self._datatype else None
        try:
            self._pattern = Pattern(form) if base in _TEXTS and form else None
            self._read = reader(base, form)
        except ValueError as error:
            raise SourceError(metadata.path, f"{error} (column {self.name!r})") from None
        bounds = (getattr(self._datatype, name, None) for name in _BOUNDS)
        self._bounded = any(bound is not None for bound in bounds)
        # Most columns are texts without more ado, and each cell of them another.
        self._plain = base == "string" and not (self._bounded or self._pattern or self._separator)
        self._known: dict[type[str], dict[str, Literals]] = {}

    def read(self, cells: Sequence[str]) -> ReadCells:
        """Return the literals of many cells, or what is wrong with them."""
        # What a spreadsheet knows to be a number is none of the texts that look like it.
        types = set(map(type, cells))
        if len(types) == 1:
            return self._read_alike(types.pop(), cells)
        some = {one: [cell for cell in cells if type(cell) is one] for one in types}
        read = {one: self._read_alike(one, some[one]) for one in types}
        values = {one: iter(read[one].values) for one in types}
        in_order = [next(values[type(cell)]) for cell in cells]
        return ReadCells(in_order, faulty=any(one.faulty for one in read.values()))

    def _read_alike(self, kind: type[str], cells: Sequence[str]) -> ReadCells:
        """Read cells of one type, each different one once: of a column of codes or years few differ."""
        known = self._known.setdefault(kind, {})
        new = set(cells).difference(known)
        if self._pattern:
            self._pattern.learn({one for cell in new for one in self._parts(cell) or ()})
        literals = self._literals
        for cell in new:
            known[cell] = literals(cell)
        values = [known[cell] for cell in cells]
        faulty = str in set(map(type, known.values()))
        # What is long or one of too many hardly comes again, nor should what is wrong.
        if faulty or len(known) > _KEPT or any(len(cell) > _LONG for cell in new):
            known.clear()
        return ReadCells(values, faulty=faulty)

    def _parts(self, cell: str) -> list[str] | None:
        """Return the values that a cell holds, or None where it lacks one that is required."""
        cell = self._collapsed(cell) or self._default
        if cell in self._null:
            return None if self._required else []
        if self._separator is None:
            return [cell]
        parts = (self._collapsed(one) or self._default for one in cell.split(self._separator))
        return [one for one in parts if one not in self._null]

    def _collapsed(self, cell: str) -> str:
        # Only texts keep their white space (XML Schema part 2, section 4.3.6). What has a type has none.
        return cell.strip(" \t\r\n") if type(cell) is str and self._base not in _TEXTS else cell

    def _literals(self, cell: str) -> Literals:
        if self._plain and type(cell) is str and cell and cell not in self._null:
            return (quoted(cell),)
        parts = self._parts(cell)
        if parts is None:
            return "required column value is missing"
        try:
            return tuple([self._literal(one) for one in parts])
        except ValueError as error:
            return " ".join(str(error).split())
        except TypeError:
            return "cannot be held against its bounds: only one of them has a time zone"

    def _literal(self, cell: str) -> str:
        if isinstance(cell, Fault):
            raise ValueError("is an error, not a value")  # noqa: TRY004 - of the cell
        value = self._read(cell)
        if self._pattern and not self._pattern.fits(cell):
            raise ValueError(f"is none of the form {self._pattern}")
        if self._bounded:
            self._datatype.validate(value.held)
        # No number, day or truth value has anything to be escaped.
        text = quoted(value.text) if self._base in _TEXTS else f'"{value.text}"'
        return text + (f"^^<{XSD}{value.datatype}>" if value.datatype else self._suffix)


def quoted(text: str) -> str:
    r"""Return a text as a string of N-Triples.

    >>> quoted('say "so"')
    '"say \\"so\\""'
    """
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return str(ox.Literal(text))
