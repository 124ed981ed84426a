"""Parquet, for DuckDB, polars, pandas, Spark and their like: a file for each class of statements."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from kg.export.outside import load_library
from kg.export.tables import TABLES, each_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kg.export.tables import StatementTable
    from kg.query import GraphContent

# A row group of this size is read and skipped as a whole.
_ROWS: Final = 100_000

_PORTION: Final = 4_000
"""How many rows are in memory as they are; those before them wait as compressed columns, of a fiftieth of the size."""


def list_parquet(graph: GraphContent, today: date | None = None) -> dict[str, bytes]:
    """Return the files of a folder by name; see `kg.export.tables.each_row`.

    Raises:
        OutputError: a value that is not of the kind of its column.
        MissingExtraError: polars is not installed; it comes with the extra `export`.

    >>> import kg
    >>> sorted(list_parquet(kg.build(check=False)))[:2]
    ['observations.parquet', 'promises.parquet']
    """
    polars = load_library("polars", "Parquet")
    files = {table.name: _File(table, polars) for table in TABLES}
    for table, row in each_row(graph, today):
        files[table.name].add(row)
    return {f"{name}.parquet": file.data() for name, file in files.items()}


class _File:
    """A file in the making, of rows that come one after the other."""

    def __init__(self, table: StatementTable, polars: Any) -> None:
        self._polars = polars
        types = {
            "text": polars.String,
            "texts": polars.List(polars.String),
            "number": polars.Float64,
            "numbers": polars.List(polars.Int64),
            "day": polars.Date,
            "boolean": polars.Boolean,
        }
        self._schema = {column.name: types[column.kind] for column in table.columns}
        self._rows: list[list[Any]] = []
        self._portions: list[bytes] = []

    def add(self, row: list[Any]) -> None:
        """Add a row."""
        self._rows.append(row)
        if len(self._rows) == _PORTION:
            self._put_aside()

    def _put_aside(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else ((),) * len(self._schema)
        frame = self._polars.DataFrame(
            [self._series(name, cells) for name, cells in zip(self._schema, columns, strict=True)]
        )
        data = io.BytesIO()
        frame.write_ipc(data, compression="zstd")
        self._portions.append(data.getvalue())
        self._rows.clear()

    def _series(self, name: str, cells: Sequence[Any]) -> Any:
        polars, dtype = self._polars, self._schema[name]
        if not isinstance(dtype, polars.List):
            return polars.Series(name, cells, dtype=dtype)
        # Item by item with its row, and then brought together: a list after the other takes ten times as long.
        rows = [at for at, items in enumerate(cells) for _ in items or ()]
        if not rows:
            return polars.Series(name, [None] * len(cells), dtype=dtype)
        items = [item for items in cells for item in items or ()]
        told = polars.DataFrame({"row": rows, name: polars.Series(items, dtype=dtype.inner)})
        lists = told.group_by("row", maintain_order=True).agg(name)
        every = polars.DataFrame({"row": range(len(cells))})
        return every.join(lists, on="row", how="left", maintain_order="left")[name]

    def data(self) -> bytes:
        """Return the file, once all rows are in it."""
        if self._rows or not self._portions:
            self._put_aside()
        out = io.BytesIO()
        # Read and written portion by portion.
        rows = self._polars.scan_ipc(self._portions)
        rows.sink_parquet(out, compression="zstd", row_group_size=_ROWS)
        self._portions.clear()
        return out.getvalue()
