"""Python values of the terms of an answer, each read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import to_python

if TYPE_CHECKING:
    from typing import TypeAlias

    import pyoxigraph as ox

    from kg.base import Cell

    Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

MOST_VALUES: Final = 1 << 18
"""How many values of terms are kept while an answer is read."""


class Values(dict["Term | None", "Cell"]):
    """Python values of terms: the same thing or property is in many rows, and read once."""

    def __missing__(self, term: Term | None) -> Cell:
        """Read a term that is new."""
        if len(self) >= MOST_VALUES:
            self.clear()
        self[term] = value = to_python(term)
        return value
