"""What questions are asked with: their parameters, and the terms that arguments stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import XSD, UsageError, abridge, to_python

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

THINGS: Final = ("thing", "company")
TYPES: Final = (*THINGS, "date", "number", "text")

# The datatype of each type of parameter that is not a thing, and what to say where it is broken.
_LITERALS: Final = {
    "date": ("date", "a day as YYYY-MM-DD, or today"),
    "number": ("decimal", "a number"),
    "text": ("string", "text in UTF-8"),
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: `type` is one of `TYPES`; `default` None leaves it open."""

    name: str
    type: str
    help: str
    default: str | None = None
    example: str | None = None


def read_argument(
    parameter: Parameter, value: str, resolve: Callable[[str], str], today: date
) -> ox.NamedNode | ox.Literal:
    """Return the term that a value stands for, as an argument of a parameter.

    Args:
        parameter: What is given.
        value: How somebody writes it.
        resolve: Turns what someone calls a thing into its IRI.
        today: The day that `today` stands for.

    Raises:
        UnknownNameError: there is no such thing.
        UsageError: it is none of the type.

    >>> from datetime import date
    >>> day = Parameter("date", "date", "the day on which one asks")
    >>> str(read_argument(day, "today", str, date(2020, 12, 31)))
    '"2020-12-31"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    # A thing is looked up and so exists; the rest are literals, whose form the engine checks.
    if parameter.type in THINGS:
        return ox.NamedNode(resolve(value))
    if parameter.type == "date" and value == "today":
        value = today.isoformat()
    datatype, wanted = _LITERALS[parameter.type]
    try:
        term = ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
    except ValueError:  # half a character, as a shell can pass it
        raise UsageError(f"{parameter.name} is {abridge(value)!r}; give {wanted}") from None
    if datatype != "string" and isinstance(to_python(term), str):
        raise UsageError(f"{parameter.name} is {abridge(value)!r}; give {wanted}")
    return term
