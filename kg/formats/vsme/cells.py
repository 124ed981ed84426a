"""The cells of a workbook by its defined names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.base import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.formats.workbooks import Workbook

MAX_CELLS: Final = 4096
"""How many cells a defined name may span; the largest of the template spans a thousand."""

MAX_ROW: Final = 1 << 14
"""Down to which row a defined name may reach; those of the template reach to 1,525."""

MAX_FILLED: Final = 500_000
"""How many cells may be filled; the template has fifty thousand."""

_WORDS: Final = "template_label"  # of the template itself, in all languages
_NOTHING: Final = frozenset({"", "-", "#VALUE!"})
_CELLS: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")


@dataclass(frozen=True, slots=True)
class _Block:
    """The cells that a defined name stands for."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class Cells:
    """The values of the cells that defined names stand for."""

    @classmethod
    def of(cls, book: Workbook, path: Path) -> Cells:
        """Read the cells of a workbook, which lies at a path, that its defined names stand for.

        Raises:
            SourceError: the file breaks off, or holds too much.
        """
        blocks = {name: block for name, block in _blocks(book) if not name.startswith(_WORDS)}
        return cls(blocks, _values(book, path, blocks))

    def __init__(
        self, blocks: Mapping[str, _Block], values: Mapping[tuple[str, int, int], Any]
    ) -> None:
        """Take the blocks of names, and values by sheet, row and column, each with whether it is in per cent."""
        self._blocks, self._values = blocks, values
        self.names = tuple(sorted(blocks))

    def found(self, name: str) -> list[tuple[str, Any, bool]]:
        """Return the places of the cells of a name that are filled, with what they hold, and whether in per cent."""
        from openpyxl.utils import get_column_letter

        block = self._blocks.get(name)
        if block is None:
            return []
        cells = []
        for row in range(block.top, block.bottom + 1):
            for column in range(block.left, block.right + 1):
                value, is_share = self._values.get((block.sheet, row, column), (None, False))
                if value is not None and str(value).strip() not in _NOTHING:
                    cells.append(
                        (f"{block.sheet}!{get_column_letter(column)}{row}", value, is_share)
                    )
        return cells

    def one(self, name: str) -> Any:
        """Return what the first filled cell of a name holds, or None."""
        return next((value for _, value, _ in self.found(name)), None)

    def text(self, name: str) -> str:
        """Return what the first filled cell of a name holds as text, or ""."""
        value = self.one(name)
        return "" if value is None else str(value).strip()

    def is_table(self, name: str) -> bool:
        """Tell whether a name stands for more than one row: for a table by an axis."""
        block = self._blocks[name]
        return block.bottom > block.top


def _blocks(book: Workbook) -> Iterator[tuple[str, _Block]]:
    """Yield the defined names that stand for cells, in a few rows of one sheet."""
    from openpyxl.utils import column_index_from_string

    for name, reference in book.names.items():
        sheet, _, cells = reference.replace("$", "").rpartition("!")
        found = _CELLS.fullmatch(cells)
        if found is None or not sheet:
            continue
        left, top, right, bottom = found.groups()
        rows = int(top), int(bottom or top)
        columns = column_index_from_string(left), column_index_from_string(right or left)
        size = (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1)
        if rows[1] <= MAX_ROW and 0 < size <= MAX_CELLS:
            yield name, _Block(_bare(sheet), rows[0], columns[0], rows[1], columns[1])


def _bare(sheet: str) -> str:
    """Return the name of a sheet without the quotation marks that one with spaces has.

    >>> _bare("'Muster''s Data'"), _bare("Data")
    ("Muster's Data", 'Data')
    """
    is_quoted = len(sheet) > 1 and sheet[0] == sheet[-1] == "'"
    return sheet[1:-1].replace("''", "'") if is_quoted else sheet


def _values(
    book: Workbook, path: Path, blocks: Mapping[str, _Block]
) -> dict[tuple[str, int, int], tuple[Any, bool]]:
    """Return what the named cells hold: each sheet is read once, down to its last named row."""
    wanted: defaultdict[str, int] = defaultdict(int)
    for block in blocks.values():
        wanted[block.sheet] = max(wanted[block.sheet], block.bottom)
    values: dict[tuple[str, int, int], tuple[Any, bool]] = {}
    for sheet in book.sheets:
        if sheet not in wanted:
            continue
        for cells in book.rows(sheet, wanted[sheet]):
            for cell in cells:
                if cell.value is not None and cell.data_type != "e":
                    is_share = "%" in str(cell.number_format or "")
                    values[sheet, cell.row, cell.column] = cell.value, is_share
            if len(values) > MAX_FILLED:
                raise SourceError(path, f"has more than {MAX_FILLED:,} filled cells")
    return values
