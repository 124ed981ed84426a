"""Which statements contradict others, as their sources were read: whoever tells of the ones tells of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.query import select_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.query import Index

_CONTRADICTS: Final = """SELECT DISTINCT ?x {{
  {{ {named} ?s cp:contradicts ?x }} UNION {{ {named} ?x cp:contradicts ?s }}
}}"""


def contradicting(index: Index, names: Iterable[str]) -> list[str]:
    """Return the statements that contradict some others or are contradicted by them, by name.

    >>> import kg
    >>> contradicting(kg.build(check=False).index, ["energysufficiency-2024-03-14.2"])
    ['ruetir-2024-03-14.1']
    """
    own = set(names)
    return sorted({str(other) for (other,) in select_named(index, _CONTRADICTS, own)} - own)
