"""The formats that can be read: each is one module of this room, whose `FORMAT` says what it is."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kg.base import SourceError, UnknownNameError
from kg.formats.opening import open_beginning

if TYPE_CHECKING:
    from pathlib import Path

    from kg.formats.format import PublishedFormat

_MODULES: Final[tuple[str, ...]] = (
    "carbon_performance",
    "science_based",
    "net_zero_tracker",
)
"""The modules of this room that read a format, in the order in which a file is offered to them."""


@cache
def formats() -> dict[str, PublishedFormat]:
    """Return the formats by their names."""
    modules = [import_module(f"kg.formats.{name}") for name in _MODULES]
    return {module.FORMAT.name: module.FORMAT for module in modules}


def find_format(path: Path, name: str | None = None) -> PublishedFormat:
    """Return the format of a file: by what it is, or the one that is named.

    Raises:
        SourceError: it cannot be read, or is of no format that is known.
        UnknownNameError: no format has this name.
    """
    known = formats()
    if name is not None:
        if name not in known:
            raise UnknownNameError("format", name, known)
        return known[name]
    opening = open_beginning(path)
    for one in known.values():
        if one.recognises(opening):
            return one
    raise SourceError(
        path,
        "is of no format that can be imported; kg import --list lists them, and a table needs a"
        " mapping (-m)",
    )
