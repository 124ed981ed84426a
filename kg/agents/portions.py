"""Answers a portion at a time: so many rows, and a mark by which the next ones are asked for.

A mark holds only for the question and the content that it was given for, so that no two portions
are of different answers.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from kg.base import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

USUAL: Final = 25
"""How many rows a portion has unless told otherwise."""

MOST: Final = 200
"""How many rows a portion may have."""

_REFUSED: Final = (
    "this cursor is of another question or of another build of the graph; ask again without it"
)
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Portion:
    """Which rows of an answer are wanted: `limit` of them, from the one numbered `start`, from 0, on.

    `bound` names the question and the content; `last` is the digest of the row before `start`.
    """

    limit: int = USUAL
    start: int = 0
    bound: str = ""
    last: str = ""

    @classmethod
    def of(cls, limit: int, cursor: str | None, bound: object) -> Portion:
        """Read a cursor that `cut` has written for the same question, which `bound` names.

        Raises:
            UsageError: it is of another one, or no cursor at all.

        >>> first = Portion.of(2, None, "all letters").cut("abcde")
        >>> Portion.of(2, first.more, "all letters").cut("abcde").rows
        'cd'
        >>> Portion.of(2, first.more, "all numbers")
        Traceback (most recent call last):
        kg.base.errors.UsageError: this cursor is of another question or of another build of the graph; ask again without it
        """
        named = _digest(bound)
        if cursor is None:
            return cls(limit, 0, named)
        try:
            start, of, last = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        except (ValueError, TypeError, RecursionError):
            raise UsageError(_REFUSED) from None
        if of != named or not isinstance(start, int) or start < 1 or isinstance(start, bool):
            raise UsageError(_REFUSED)
        return cls(limit, start, named, str(last))

    @property
    def end(self) -> int:
        """The number of the row behind the last one."""
        return self.start + self.limit

    def cut(self, rows: Sequence[_Row]) -> Portioned[_Row]:
        """Take the portion out of all rows, or out of as many as reach past it.

        Raises:
            UsageError: the rows come in another order than before.
        """
        if self.start and (self.start > len(rows) or _digest(rows[self.start - 1]) != self.last):
            raise UsageError(
                "the rows come in another order than before; give the query an ORDER BY, and ask again without the cursor"
            )
        taken = rows[self.start : self.end]
        return Portioned(taken, self._mark(rows) if len(rows) > self.end else None)

    def _mark(self, rows: Sequence[object]) -> str:
        mark = [self.end, self.bound, _digest(rows[self.end - 1])]
        return base64.urlsafe_b64encode(json.dumps(mark).encode()).decode()


@dataclass(frozen=True)
class Portioned(Generic[_Row]):
    """The rows of a portion, and the cursor of the next one if there is one."""

    rows: Sequence[_Row]
    more: str | None


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:12]
