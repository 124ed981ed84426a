"""The numbers of a statement, exactly, and what it counts in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.promises.claims import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.promises.claims import Claims
    from kg.promises.statement import Statement

AT_MOST: Final = ("at-most", "less-than")
AT_LEAST: Final = ("at-least", "more-than")
"""The comparators that say on which side of a number something lies."""


def number(value: object) -> Decimal | None:
    """Return a number exactly; a truth value or a float is none."""
    # In Python a truth value is an int; and a float would round what is compared to the digit.
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return None
    return Decimal(value) if Decimal(value).is_finite() else None


def first_number(statement: Statement, keys: Iterable[str]) -> Decimal | None:
    """Return the first number that a statement has under some keys."""
    values = (number(statement.one(key)) for key in keys)
    return next((value for value in values if value is not None), None)


def unit_of(statement: Statement, claims: Claims) -> str:
    """Return the unit that a statement counts in: its own, else the usual one of its indicator."""
    own = statement.one("unit")
    return measure_of(statement, claims).unit if own is None else str(own)


def measure_of(statement: Statement, claims: Claims) -> Measure:
    """Return what is known of the indicator of a statement."""
    return claims.measures.get(str(statement.one("indicator")), Measure())
