"""Parquet, for DuckDB, polars, pandas, Spark and their like: a file for each class of statements."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from kg.export.outside import load_library
from kg.export.tables import StatementTable, load_tables

if TYPE_CHECKING:
    from datetime import date

    from kg.export.columns import Kind
    from kg.query import Index

# A row group of this size is read and skipped as a whole.
_ROWS: Final = 100_000


def list_parquet(index: Index, today: date | None = None) -> dict[str, bytes]:
    """Return the files of a folder by name; see `kg.export.tables.load_tables`.

    Raises:
        OutputError: a value that is not of the kind of its column.
        MissingExtraError: polars is not installed; it comes with the extra `export`.

    >>> import kg
    >>> sorted(list_parquet(kg.build(check=False).index))[:2]
    ['observations.parquet', 'promises.parquet']
    """
    polars = load_library("polars", "Parquet")
    return {f"{table.name}.parquet": _file(table, polars) for table in load_tables(index, today)}


def _file(table: StatementTable, polars: Any) -> bytes:
    types: dict[Kind, Any] = {
        "text": polars.String,
        "texts": polars.List(polars.String),
        "number": polars.Float64,
        "numbers": polars.List(polars.Int64),
        "day": polars.Date,
        "boolean": polars.Boolean,
    }
    schema = {column.name: types[column.kind] for column in table.columns}
    frame = polars.DataFrame(table.rows, schema=schema, orient="row")
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd", row_group_size=_ROWS)
    return out.getvalue()
