"""A difference between two graphs as a value, told in statements and things, and its forms."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from kg.base import DIFFERENCE_FORMATS, UsageError, visible
from kg.promises import KINDS
from kg.query import format_table

if TYPE_CHECKING:
    from kg.base import Cell

COLUMNS: Final = ("change", "kind", "name", "says", "property", "before", "after")


@dataclass(frozen=True)
class PropertyChange:
    """A property that has other values than before, as sorted texts: IRIs by their shortest name."""

    property: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A statement or thing that differs.

    `change` is "added", "removed" or "changed"; `kind` its class, `name` its shortest name, `says` the
    sentence that it amounts to, or the label of a thing, after the change where it is there still;
    `properties` are those that have changed, none where it is new or gone.
    """

    change: str
    kind: str
    name: str
    says: str
    properties: tuple[PropertyChange, ...] = ()

    @property
    def is_statement(self) -> bool:
        """Whether this is a statement, not a thing."""
        return self.kind in KINDS


@dataclass(frozen=True)
class Difference:
    """All that differs: things first, then statements, by name. True where anything does."""

    items: tuple[Item, ...] = ()
    kind: ClassVar = "table"

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.items)

    def __len__(self) -> int:
        """Return how many statements and things differ."""
        return len(self.items)

    @cached_property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The difference as rows of `COLUMNS`: one for each property that has changed."""
        return [
            (item.change, item.kind, item.name, item.says, *values)
            for item in self.items
            for values in map(_cells, item.properties or (None,))
        ]

    def write(self, form: str = "table", *, width: int | None = None) -> bytes:
        r"""Return the difference in one of `DIFFERENCE_FORMATS`.

        >>> Difference((Item("added", "Company", "acme", "Acme"),)).write("tsv")
        b'change\tkind\tname\tsays\tproperty\tbefore\tafter\nadded\tCompany\tacme\tAcme\t\t\t\n'
        """
        if form not in DIFFERENCE_FORMATS:
            raise UsageError(
                f"a difference cannot be written as {form}; take {', '.join(DIFFERENCE_FORMATS)}"
            )
        if form == "json":
            return self._json()
        if form == "tsv":
            return self._tsv()
        return format_table(COLUMNS, self.rows, width=width, markdown=form == "md").encode()

    def _json(self) -> bytes:
        items = [asdict(item) for item in self.items]
        return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()

    def _tsv(self) -> bytes:
        # Made visible, since a tab or a line end in a text would begin another cell or row.
        rows = [COLUMNS, *self.rows]
        lines = ("\t".join(visible(str(cell or "")) for cell in row) for row in rows)
        return "".join(line + "\n" for line in lines).encode()


def _cells(change: PropertyChange | None) -> tuple[str | None, ...]:
    if change is None:
        return None, None, None
    return change.property, ", ".join(change.before), ", ".join(change.after)
