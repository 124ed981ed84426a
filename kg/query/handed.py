"""An answer handed over to other libraries: notebooks, data frames, and whatever reads Arrow."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from kg.base import Cell


class Handed(ABC):
    """What has columns and rows, and hands them over."""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""

    @property
    @abstractmethod
    def rows(self) -> list[tuple[Cell, ...]]:
        """The rows as Python values."""

    def _repr_html_(self) -> str:
        """Return the answer as a table for notebooks, of a bounded number of rows."""
        from kg.query.notebook import html_table  # for notebooks alone

        return html_table(self.columns, self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return the answer as a pandas DataFrame; see `kg.query.frames.columns` for the types.

        Raises:
            UsageError: pandas is not installed; it comes with the extra `frames`.
        """
        from kg.query.frames import (  # only those who want data frames wait for it
            columns,
            to_pandas,
        )

        return to_pandas(columns(self.columns, self.rows))

    def to_polars(self) -> pl.DataFrame:
        """Return the answer as a polars DataFrame; see `kg.query.frames.columns` for the types.

        Raises:
            UsageError: polars is not installed; it comes with the extra `frames`.
        """
        from kg.query.frames import (  # only those who want data frames wait for it
            columns,
            to_polars,
        )

        return to_polars(columns(self.columns, self.rows))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the answer to whatever reads Arrow (DuckDB, pyarrow ...), typed as a data frame.

        Raises:
            UsageError: nanoarrow is not installed; it comes with the extra `frames`.
        """
        from kg.query.frames import (  # only those who want data frames wait for it
            columns,
            to_arrow,
        )

        return to_arrow(columns(self.columns, self.rows), requested_schema)
