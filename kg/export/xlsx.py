"""XLSX, for Excel, LibreOffice and their like: a sheet for each class of statements, and one of the promises."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from kg.base import OutputError, no_room_aside
from kg.export.outside import load_library
from kg.export.promised import known_day
from kg.export.tables import TABLES, each_row

if TYPE_CHECKING:
    from kg.export.columns import ExportColumn
    from kg.export.tables import StatementTable
    from kg.query import GraphContent

# Source: https://support.microsoft.com/en-us/office/excel-specifications-and-limits
_MOST_ROWS: Final = 1_048_576
_MOST_CHARACTERS: Final = 32_767
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before it Excel counts a day that there never was, and still earlier none at all."""

_WIDTHS: Final = {"says": 60, "title": 50, "note": 50, "statement": 34, "promise": 34}
_WIDTH: Final = 16


def write_xlsx(graph: GraphContent, today: date | None = None) -> bytes:
    """Return the tables as a workbook; see `kg.export.tables.each_row`.

    Days are days and numbers are numbers; text is text, whatever it begins with, and no link.

    Raises:
        OutputError: a value that is not of the kind of its column, or more than a sheet can hold, or
            there is no room for what is written aside.
        MissingExtraError: XlsxWriter is not installed; it comes with the extra `export`.

    >>> import kg
    >>> write_xlsx(kg.build(check=False))[:2]
    b'PK'
    """
    library = load_library("xlsxwriter", "a workbook")
    out = io.BytesIO()
    # Row by row into files aside: a million rows would be a gigabyte of cells.
    workbook = library.Workbook(out, {"constant_memory": True})
    # Else the day and time of writing.
    made = datetime.combine(known_day(graph.index) or date(2000, 1, 1), time())
    workbook.set_properties({"title": "Corporate plans", "created": made})
    bold, day = (
        workbook.add_format({"bold": True}),
        workbook.add_format({"num_format": "yyyy-mm-dd"}),
    )
    try:
        try:
            sheets = {
                table.name: _Sheet(workbook.add_worksheet(table.name), table, bold, day)
                for table in (TABLES[-1], *TABLES[:-1])  # what became of promises is wanted most
            }
            for table, row in each_row(graph, today):
                sheets[table.name].add(row)
            for sheet in sheets.values():
                sheet.finish()
        finally:
            workbook.close()
    except (OSError, library.exceptions.FileCreateError) as error:
        raise OutputError(no_room_aside("a workbook is written there first", error)) from None
    return out.getvalue()


class _Sheet:
    """A sheet in the making, row by row."""

    def __init__(self, sheet: Any, table: StatementTable, bold: Any, day: Any) -> None:
        self._sheet, self._table, self._day = sheet, table, day
        self._rows = 0
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS.get(column.name, _WIDTH))
            sheet.write_string(0, at, column.name, bold)

    def add(self, row: list[Any]) -> None:
        """Add a row."""
        self._rows += 1
        if self._rows >= _MOST_ROWS:
            raise OutputError(
                f"a sheet holds {_MOST_ROWS:,} rows, and there are more {self._table.name}; take Parquet"
            )
        for at, value in enumerate(row):
            if value is not None:
                column = self._table.columns[at]
                plain = _plain(value, column, str(row[0]))
                _write(self._sheet, (self._rows, at), plain, self._day)

    def finish(self) -> None:
        """Have the head of the sheet filter its rows."""
        self._sheet.autofilter(0, 0, max(self._rows, 1), len(self._table.columns) - 1)


def _write(sheet: Any, place: tuple[int, int], value: Any, day: Any) -> None:
    if isinstance(value, str):
        # Said to be text: left to itself, the library makes formulas and links of some.
        sheet.write_string(*place, value)
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime.combine(value, time()), day)
    elif isinstance(value, bool):
        sheet.write_boolean(*place, value)
    else:
        sheet.write_number(*place, value)


def _plain(value: Any, column: ExportColumn, name: str) -> Any:
    """Return a value as a cell can hold it: what is no day and no number of Excel's is text."""
    if isinstance(value, str) and len(value) <= _MOST_CHARACTERS:  # nearly always
        return value
    if isinstance(value, int | float) and isfinite(value):
        return value
    if isinstance(value, date) and value >= _FIRST_DAY:
        return value
    return _text(value, column, name)


def _text(value: Any, column: ExportColumn, name: str) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    if len(text) > _MOST_CHARACTERS:
        raise OutputError(
            f"a cell of a sheet holds {_MOST_CHARACTERS:,} characters, and {column.name} of {name}"
            f" has {len(text):,}; take Parquet"
        )
    return text
