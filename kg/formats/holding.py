"""What a reader makes of a file is held against what a graph can hold, whichever reader it was.

Readers hold files against bounds of their formats. These here are of what comes out, so that no reader
can forget them: a name that nobody can read, and a number with which nothing can be computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.base import MAX_DIGITS, MAX_TEXT, abridge, is_beyond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.formats.batch import Batch, Node

_NUMBERS: Final = ("value", "minimum", "maximum", "baseline")


def unholdable(batch: Batch) -> str | None:
    """Return what of a batch no graph is to hold, as a clause that names where it stands; or None.

    >>> from kg.formats.batch import Batch
    >>> unholdable(Batch({"id": "a", "title": "x" * 30_000}))
    'has a text of 30,000 characters, the title of a; up to 20,000 are read'
    """
    nodes = (batch.source, *batch.things, *batch.statements, *batch.proposals)
    return next((problem for node in nodes for problem in _problems(node)), None)


def _problems(node: Node) -> Iterator[str]:
    for key, value in node.items():
        if (longest := max(map(len, _texts(value)), default=0)) > MAX_TEXT:
            yield f"has a text of {longest:,} characters, the {key} of {_named(node)}; up to {MAX_TEXT:,} are read"
        if key in _NUMBERS and isinstance(value, str) and is_beyond(value):
            yield (
                f"has a number at {_named(node)} with which nothing can be computed: it has more than"
                f" {MAX_DIGITS} digits before its point"
            )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _named(node: Node) -> str:
    """Return where a node stands, its element or its row, else its id."""
    place = node.get("element") or node.get("row")
    first = place[0] if isinstance(place, list) and place else place
    at = first.get("at") if isinstance(first, dict) else None
    return abridge(str(at or node.get("id")), 80)
