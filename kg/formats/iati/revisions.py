"""What a later file of IATI says otherwise than an earlier one that is read with it."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from kg.formats.batch import Node


class _Said(NamedTuple):
    value: str
    made: date
    statement: str
    earlier: tuple[str, ...]


class Revisions:
    """What was said last of each target and actual, by what it is of; files come in the order of their days.

    >>> from datetime import date
    >>> revisions = Revisions()
    >>> target = {"id": "old.1", "type": "Target", "value": "5"}
    >>> revisions.linked(target, "roads by 2030", date(2024, 1, 1)) == target
    True
    >>> newer = {"id": "new.1", "type": "Target", "value": "4"}
    >>> revisions.linked(newer, "roads by 2030", date(2025, 1, 1))["updates"]
    'old.1'
    """

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._said: dict[bytes, _Said] = {}

    def linked(self, statement: Node, of: str, made: date) -> Node:
        """Return a target or an observation with its link to what an earlier file says otherwise, if one does.

        Another target takes the place of the earlier one, and another actual of the same period corrects it,
        and all before it: what is corrected corrects nothing any more. Files of one day tell nothing of each other.

        Args:
            statement: the target or the observation.
            of: what it is of, the same for each file: who says it, indicator, period, part and place.
            made: the day of the file.
        """
        key = sha256(f"{statement['type']} {of}".encode()).digest()[:16]
        before = self._said.get(key)
        earlier = () if before is None else (*before.earlier, before.statement)
        self._said[key] = _Said(statement["value"], made, statement["id"], earlier)
        if (
            before is None
            or before.made >= made
            or Decimal(before.value) == Decimal(statement["value"])
        ):
            return statement
        if statement["type"] == "Target":
            return statement | {"updates": before.statement}
        return statement | {"corrects": list(earlier)}
