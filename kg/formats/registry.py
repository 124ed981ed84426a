"""The formats that can be read: each is one module of this room, whose `FORMAT` says what it is."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kg.base import UnknownNameError
from kg.formats.opening import open_beginning

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.formats.format import PublishedFormat
    from kg.formats.opening import Opening

_MODULES: Final[tuple[str, ...]] = (
    "tdnet.reader",
    "vsme.reader",
    "wikidata.reader",
    "ftm.reader",
    "iati.reader",
    "climate.carbon_performance",
    "climate.science_based",
    "climate.net_zero_tracker",
)
"""The modules of this room that read a format, in the order in which a file is offered to them."""


@cache
def formats() -> dict[str, PublishedFormat]:
    """Return the formats by their names."""
    modules = [import_module(f"kg.formats.{name}") for name in _MODULES]
    return {module.FORMAT.name: module.FORMAT for module in modules}


def candidates(name: str | None = None) -> list[PublishedFormat]:
    """Return all formats, or the one of a name.

    Raises:
        UnknownNameError: no format has this name.
    """
    known = formats()
    if name is None:
        return list(known.values())
    if name not in known:
        raise UnknownNameError("format", name, known)
    return [known[name]]


def find_format(path: Path) -> PublishedFormat | None:
    """Return the format of a file by what it is, or None where it is of none that is known.

    Raises:
        SourceError: it cannot be read.
    """
    return recognise(open_beginning(path), candidates())


def recognise(opening: Opening, known: Iterable[PublishedFormat]) -> PublishedFormat | None:
    """Return the first of some formats that a file is of, by its beginning."""
    return next((one for one in known if one.recognises(opening)), None)
