"""Where graphs are kept: a folder here, or any SPARQL 1.1 endpoint by URL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kg import generation
from kg.base import StoreError

if TYPE_CHECKING:
    from kg.generation import Generation
    from kg.remote import Remote
    from kg.sources import Record

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_address(place: object) -> bool:
    """Tell whether a store is named by URL.

    >>> is_address("https://example.org/sparql"), is_address("stores/plans")
    (True, False)
    """
    return isinstance(place, str) and bool(_SCHEME.match(place))


def write(
    place: Path | str,
    asserted: bytes,
    derived: bytes,
    record: Record,
    known: Generation | None = None,
) -> Path | str:
    """Make the store at `place` hold a graph; return the folder of its generation, or the URL.

    See `kg.commit.write` for a folder, which alone has use for what is `known`, and
    `kg.upload.write` for an endpoint.

    Raises:
        StoreError: the store cannot be written, or another build is writing it.
        UsageError: no such address can be.
        TimedOut: the endpoint takes too long.
    """
    if is_address(place):
        from kg import upload  # few stores are so far away

        return upload.write(str(place), asserted, derived, record)
    from kg import commit  # most only read

    return commit.write(Path(place), asserted, derived, record, known)


def open_(place: Path | str) -> Generation | Remote:
    """Open the store at `place`: the current generation in a folder, or an endpoint by URL.

    Raises:
        StoreError: there is no store, or it is of another version, damaged or out of reach.
        UsageError: no such address can be.
        TimedOut: the endpoint takes too long.
    """
    if is_address(place):
        from kg import remote  # few stores are so far away

        return remote.open_(str(place))
    folder = Path(place)
    if not (folder / "current").exists():
        raise StoreError(f"{folder}: is no store; make one with kg build --store")
    current = generation.current(folder)
    if current is None:
        raise StoreError(f"{folder}: is damaged; build it again")
    try:
        return generation.open_(current)
    except StoreError:
        if generation.current(folder) == current:
            raise
        return open_(place)  # it has been built again meanwhile


def whole(place: Path | str) -> Generation | None:
    """Return the current generation of the store at `place`, or None unless all of it is sound.

    An endpoint has none: it keeps literals in its own way, so that a build starts from the files.
    """
    current = None if is_address(place) else generation.current(Path(place))
    return generation.sound(current) if current else None
