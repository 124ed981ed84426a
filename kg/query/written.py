"""How the data write the values that the index rewrites: a table, and who writes which.

To the index `12.50` and `12.5` are one term, and it gives back the second. The table has all forms of such
values by property, as sorted lines, of which those that begin with a property are of those whose values are
rewritten. In the end of a line stands how often that is said, so that a change of the data is a change of it:

    "12.5"^^<…#decimal> <…#value> "12.50"^^<…#decimal> 3
    <…#value> 3

`kg.query.rewriting` makes it.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.base import lines_from, whole_of_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base import Lines

_SMALL: Final = 1 << 18
"""Up to how many bytes a table is read as a whole: some milliseconds."""

_MOST_FORMS: Final = 1000
"""How many properties and forms of one value are looked at."""


class Written:
    """The table, and the sorted N-Quads that it is of, which tell who writes a value in which way."""

    def __init__(self, table: Lines, quads: Iterable[Lines], compared: Lines | None = None) -> None:
        """Take the lines that `list_written` has made of `quads`; `compared` are the same, and raise where they are damaged.

        All forms are looked up there: a digit that has changed would be another value.
        """
        self._table, self._quads = table, quads
        self._compared = table if compared is None else compared

    @cached_property
    def properties(self) -> frozenset[str]:
        """The IRIs of the properties of which a value is rewritten."""
        lines = lines_from(self._table, b"<")
        return frozenset(line[1 : line.rfind(b">")].decode(errors="replace") for line in lines)

    @cached_property
    def datatypes(self) -> frozenset[str] | None:
        """The IRIs of the datatypes of the values of the index that are rewritten; None where a table is too large to tell."""
        if self._by_value is None:
            return None
        return frozenset(value.decode().rpartition("^^<")[2][:-1] for value in self._by_value)

    def forms(self, value: bytes) -> list[tuple[str, bytes]]:
        r"""Return all forms in which the data write a value of the index, each with its property.

        There are none where each is that of the index.

        >>> from kg.query import list_written
        >>> quads = b'<a:s> <a:p> "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal> <a:g> .\n'
        >>> value = b'"1"^^<http://www.w3.org/2001/XMLSchema#decimal>'
        >>> [(name, form[:5]) for name, form in Written(list_written([quads]), [quads]).forms(value)]
        [('a:p', b'"1.0"')]
        """
        if self._by_value is not None:
            return self._by_value.get(value, [])
        start = value + b" "
        lines = list(islice(lines_from(self._compared, start), _MOST_FORMS + 1))
        return [] if len(lines) > _MOST_FORMS else [_form(line[len(start) :]) for line in lines]

    @cached_property
    def _by_value(self) -> dict[bytes, list[tuple[str, bytes]]] | None:
        """A table that is small, by value: a long answer asks for thousands of values."""
        if len(self._compared) > _SMALL:
            return None
        forms: dict[bytes, list[tuple[str, bytes]]] = {}
        for line in whole_of_lines(self._compared).splitlines():
            if line.startswith(b'"'):
                value, _, rest = line.partition(b" ")
                forms.setdefault(value, []).append(_form(rest))
        return {value: some for value, some in forms.items() if len(some) <= _MOST_FORMS}

    def says(self, subject: str, name: str, form: bytes) -> bool:
        """Tell whether the data say of a subject that a property has a value, in this form."""
        start = f"<{subject}> <{name}> ".encode() + form + b" "
        return any(True for lines in self._quads for _ in lines_from(lines, start))


def _form(pair: bytes) -> tuple[str, bytes]:
    name, _, form = pair.rpartition(b" ")[0].partition(b" ")
    return name[1:-1].decode(), form
