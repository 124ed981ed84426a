"""The rows of a question about everything, put in their order beside the engine.

The index on a disk looks up both terms for every two rows that it compares, which of many rows takes as long
as all that comes before. So it gives them without an order, and they are put in it as it writes them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.query.engine import engine_errors
from kg.query.joins import ORDER
from kg.query.rows import stream_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.query.engine import Fault
    from kg.query.index import QueryResults

_KEY: Final = re.compile(r"\(!BOUND\(\?(?P<late>\w+)\)\)|DESC\(\?(?P<desc>\w+)\)|\?(?P<plain>\w+)")
_DATE: Final = re.compile(rb'"(\d{4}-\d\d-\d\d)"\^\^<http://www\.w3\.org/2001/XMLSchema#date>')
_INTEGER: Final = re.compile(rb"-?\d{1,18}")  # larger ones the engine compares as it does
_PORTION: Final = 100
"""How many rows are handed on at a time."""

_TSV: Final = ox.QueryResultsFormat.TSV

_Rank = tuple[int, object]


def order_of(text: str) -> list[tuple[str, str]] | None:
    r"""Return by which columns a question orders its rows, each with how: plain, desc or late; None if by anything else.

    What is `late` is not there in the rows that come last.

    >>> order_of("SELECT ?a ?b { ?a ?p ?b }\nORDER BY (!BOUND(?b)) DESC(?b) ?a\n")
    [('b', 'late'), ('b', 'desc'), ('a', 'plain')]
    """
    line = ORDER.search(text)
    if line is None or _KEY.sub("", line[1]).strip():
        return None
    return [(name, how) for key in _KEY.finditer(line[1]) for how, name in key.groupdict().items() if name]  # fmt: skip


def put_in_order(
    unordered: QueryResults,
    by: Sequence[tuple[str, str]],
    ordered: Callable[[], QueryResults],
    fault: Fault | None,
) -> QueryResults:
    """Return rows in order when they are wanted; what they have in a column is unbound, an IRI, a day or a whole number.

    Where it is anything else, the engine is asked for the rows `ordered`.

    >>> from kg.query import Index
    >>> index = Index.of(b"")
    >>> rows = index.query("SELECT * { VALUES ?a { id:b 10 id:a 9 } }")
    >>> [row["a"].value for row in put_in_order(rows, [("a", "plain")], lambda: rows, None)][2:]
    ['9', '10']
    """
    if not isinstance(unordered, ox.QuerySolutions):
        return unordered
    columns = [variable.value for variable in unordered.variables]
    places = [(columns.index(name), how) for name, how in by]
    return stream_lines(_lines(unordered, places, ordered, fault))


def _lines(
    unordered: ox.QuerySolutions,
    by: Sequence[tuple[int, str]],
    ordered: Callable[[], QueryResults],
    fault: Fault | None,
) -> Iterator[bytes]:
    yield "\t".join(str(variable) for variable in unordered.variables).encode() + b"\n"
    with engine_errors(fault):
        rows = (unordered.serialize(format=_TSV) or b"").split(b"\n")[1:-1]
        if not _sort(rows, by):
            again = ordered()
            assert isinstance(again, ox.QuerySolutions)  # noqa: S101 - as those without an order
            rows = (again.serialize(format=_TSV) or b"").split(b"\n")[1:-1]
    for at in range(0, len(rows), _PORTION):
        yield b"\n".join(rows[at : at + _PORTION]) + b"\n"


def _sort(rows: list[bytes], by: Sequence[tuple[int, str]]) -> bool:
    """Sort rows, or return False where they have something of which the order is the engine's own matter."""
    cells = [row.split(b"\t") for row in rows]
    ranks = {at: [_rank(row[at]) for row in cells] for at in {at for at, _ in by}}
    for found in ranks.values():
        if len({kind for kind, _ in found} - {_UNBOUND, _IRI}) > 1 or (_OTHER, None) in found:
            return False
    places = list(range(len(rows)))
    for at, how in reversed(by):
        found = ranks[at]
        if how == "late":
            places.sort(key=[kind == _UNBOUND for kind, _ in found].__getitem__)
        else:
            places.sort(key=found.__getitem__, reverse=how == "desc")
    rows[:] = [rows[place] for place in places]
    return True


# In the order of SPARQL 1.1, 15.1.
_UNBOUND, _IRI, _DAY, _NUMBER, _OTHER = range(5)


def _rank(cell: bytes) -> _Rank:
    first = cell[:1]
    if not first:
        return _UNBOUND, None
    if first == b"<" and cell[1:2] != b"<":
        return _IRI, cell[1:-1]
    if day := _DATE.fullmatch(cell):
        return _DAY, day[1]
    return (_NUMBER, int(cell)) if _INTEGER.fullmatch(cell) else (_OTHER, None)
