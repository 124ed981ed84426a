"""The rows of an answer as typed columns, for the libraries that work on data frames.

SPARQL types every value and no column. So a column has the one type that all its values share;
where they share none, it is text, and no value is dropped or guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kg.base import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import polars as pl

    from kg.base import Cell

Kind: TypeAlias = Literal["integer", "number", "boolean", "day", "text"]

_LARGEST: Final = 2**63
_EPOCH: Final = date(1970, 1, 1).toordinal()
_PANDAS: Final[dict[Kind, str]] = {
    "integer": "Int64", "number": "Float64", "boolean": "boolean", "day": "datetime64[s]",
    "text": "string",
}  # fmt: skip
_POLARS: Final[dict[Kind, str]] = {
    "integer": "Int64", "number": "Float64", "boolean": "Boolean", "day": "Date", "text": "String",
}  # fmt: skip
_ARROW: Final[dict[Kind, str]] = {
    "integer": "int64", "number": "float64", "boolean": "bool_", "day": "date32", "text": "string",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose `cells` are all of one `kind`, or None."""

    name: str
    kind: Kind
    cells: list[Any]


def columns(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Give every column of a table a type.

    - "integer": whole numbers of 64 bits (`xsd:integer` and what XML Schema derives from it);
    - "number": 64-bit floats, where any value is `xsd:decimal`, `xsd:double` or `xsd:float`;
    - "boolean": `xsd:boolean`;
    - "day": `xsd:date`;
    - "text": everything else, IRIs by their shortest name, mixed columns, larger integers, and
      columns without any value.

    >>> from decimal import Decimal
    >>> [c.kind for c in columns("abc", [(1, 1, "x"), (None, Decimal("1.5"), 2)])]
    ['integer', 'number', 'text']
    """
    return [_column(name, [row[at] for row in rows]) for at, name in enumerate(names)]


def _column(name: str, cells: list[Cell]) -> Column:
    kind = _kind(cells)
    if kind == "number":
        return Column(name, kind, [None if cell is None else float(cell) for cell in cells])  # type: ignore[arg-type]
    if kind == "text":
        return Column(name, kind, [None if cell is None else _text(cell) for cell in cells])
    return Column(name, kind, cells)


_NUMERIC: Final = frozenset({int, float, Decimal})
_SINGLE: Final[dict[type, Kind]] = {bool: "boolean", date: "day"}
"""The kinds of columns all of whose values are of one type."""


def _kind(cells: Sequence[Cell]) -> Kind:
    types = set(map(type, cells)) - {type(None)}
    if len(types) == 1 and (single := _SINGLE.get(next(iter(types)))):
        return single
    if not types or not types <= _NUMERIC:
        return "text"
    if any(map(_is_large, cells)):
        return "text"
    return "integer" if types == {int} else "number"


def _is_large(cell: Cell) -> bool:
    """Tell whether a whole number needs more than 64 bits."""
    return isinstance(cell, int) and not -_LARGEST <= cell < _LARGEST


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def to_pandas(table: Sequence[Column]) -> pd.DataFrame:
    """Return a pandas DataFrame with nullable types; days are `datetime64[s]`."""
    pandas = _library("pandas")
    frame = {c.name: pandas.Series(c.cells, dtype=_PANDAS[c.kind]) for c in table}
    return pandas.DataFrame(frame)


def to_polars(table: Sequence[Column]) -> pl.DataFrame:
    """Return a polars DataFrame."""
    polars = _library("polars")
    schema = {column.name: getattr(polars, _POLARS[column.kind]) for column in table}
    frame: pl.DataFrame = polars.DataFrame({c.name: c.cells for c in table}, schema=schema)
    return frame


def to_arrow(table: Sequence[Column], requested_schema: object = None) -> object:
    """Return a PyCapsule of an Arrow C stream.

    Source: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
    """
    arrow = _library("nanoarrow")
    types = {column.name: getattr(arrow, _ARROW[column.kind])() for column in table}
    # A record batch is a struct of its columns.
    children = [arrow.c_array(_arrow(column), types[column.name]) for column in table]
    length = len(table[0].cells) if table else 0
    whole = arrow.c_array_from_buffers(
        arrow.struct(types), length, buffers=[None], children=children
    )
    return arrow.Array(whole).__arrow_c_stream__(requested_schema)


def _arrow(column: Column) -> list[Any]:
    """Return values as nanoarrow takes them: a day is the number of days since 1970."""
    if column.kind != "day":
        return column.cells
    return [None if day is None else day.toordinal() - _EPOCH for day in column.cells]


# Named by its string: what is an extra is not imported with the package.
def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise MissingExtraError("a data frame", name, "frames") from None
