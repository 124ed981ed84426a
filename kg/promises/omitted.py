"""What a source does not say here although its file does: how much, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.query import select_named

if TYPE_CHECKING:
    from kg.query import Index

_LEFT_OUT: Final = """SELECT DISTINCT ?reason ?count {{
  {named} ?s cp:leftOut ?omission . ?omission rdfs:label ?reason ; cp:count ?count
}}"""


def load_left_out(index: Index, source: str) -> tuple[tuple[int, str], ...]:
    """Return what was left out of the source of a slug: how many, and of what, the most first.

    >>> import kg
    >>> load_left_out(kg.build(check=False).index, "medianama-2017-03-28")
    ()
    """
    rows = select_named(index, _LEFT_OUT, [source])
    found = [(count, str(reason)) for reason, count in rows if isinstance(count, int)]
    return tuple(sorted(found, key=lambda one: (-one[0], one[1])))
