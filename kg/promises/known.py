"""When a statement became known, and how it is read: whether it counts on a day, was only considered, is unsure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.promises.days import first_day

if TYPE_CHECKING:
    from kg.promises.statement import Statement


def published(statement: Statement) -> date:
    """Return the day on which a statement became known; one without a day was known at all times."""
    try:
        return date.fromisoformat(statement.source.published)
    except ValueError:
        return date.min


def counts_on(statement: Statement, day: date) -> bool:
    """Tell whether a statement counts on a day: it was published, and nobody had corrected it."""
    corrected = statement.one("correctedOn")
    return published(statement) <= day and not (isinstance(corrected, date) and corrected <= day)


def is_considered(statement: Statement) -> bool:
    """Tell whether what a statement tells of is only considered; that is promised by nobody."""
    return statement.text("status") == "considered"


def is_unsure(statement: Statement) -> bool:
    """Tell whether a statement is read with low confidence."""
    return statement.text("confidence") == "low"


def said_on(statement: Statement) -> date:
    """Return the day on which a statement was said, else that of its source."""
    uttered = statement.one("uttered")
    return uttered if isinstance(uttered, date) else published(statement)


def said_from(statement: Statement) -> date:
    """Return the first day on which a statement can have been said."""
    return first_day(said_on(statement), statement.says.get("utteredPrecision", ()))


def is_as_sure(other: Statement, one: Statement) -> bool:
    """Tell whether a statement is read with no less confidence than another: a rumour decides nothing beside what is surer."""
    return is_unsure(one) or not is_unsure(other)
