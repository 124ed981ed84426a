"""Where a table or a filing tells of a company: the first row or element that says something of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.base import CP, nquads, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

_RESTS_ON: Final = frozenset(f"<{CP}{name}>".encode() for name in ("row", "element"))

_ABOUT: Final = f"<{CP}about>".encode()
_PUBLISHER: Final = f"<{CP}publisher>".encode()  # of all that a source says


def where_told(lines: Iterable[bytes], iris: Iterable[str]) -> dict[str, str]:
    """Return by companies the first row or element on which something about them rests, by its shortest name.

    What is about a plan of a company tells of the company. Those of whom nothing is said are left out.

    Args:
        lines: N-Quads in order, which are gone through three times, and not at all where nobody is asked about.
        iris: the IRIs of companies.

    >>> row = b"<https://w3id.org/corporate-plans/ontology#row>"
    >>> lines = [b"<a:1> <a:of> <a:acme> <a:g> .", b"<a:1> " + row + b" <a:t#row=3> <a:g> ."]
    >>> where_told(lines, ["a:acme"])
    {'a:acme': 'a:t#row=3'}
    """
    of = {f"<{iri}>".encode(): f"<{iri}>".encode() for iri in iris}
    if not of:
        return {}
    # First what is of a company, such as a plan; then what is about that.
    of |= {
        subject: of[value]
        for subject, path, value, _ in map(nquads.parts, lines)
        if value in of and path != _PUBLISHER
    }
    of |= {
        subject: of[value]
        for subject, path, value, _ in map(nquads.parts, lines)
        if path == _ABOUT and value in of
    }
    places: dict[str, str] = {}
    for subject, path, value, _ in map(nquads.parts, lines):
        if path in _RESTS_ON and subject in of:
            iri, place = of[subject].decode()[1:-1], _readable(shorten(value.decode()[1:-1]))
            if iri not in places or in_order_of_places(place) < in_order_of_places(places[iri]):
                places[iri] = place
    return places


def _readable(place: str) -> str:
    """Return a place as people read it: an IRI has no brackets, which an XPath is full of."""
    plain = unquote(place, errors="replace")
    return plain if plain.isprintable() and "\ufffd" not in plain else place


def in_order_of_places(place: str) -> list[tuple[int, str]]:
    """Return what places are ordered by: row 3 is before row 12.

    >>> sorted(["t#row=12", "t#row=3"], key=in_order_of_places)
    ['t#row=3', 't#row=12']
    """
    return [
        (int(part), "") if part.isdigit() else (0, part) for part in re.split("([0-9]+)", place)
    ]
