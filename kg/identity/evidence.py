"""Where a table or a filing tells of a company: the first row or element that says something of it."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.base import CP, shorten
from kg.identity.companies import SearchableLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_RESTS_ON: Final = frozenset(f"<{CP}{name}>".encode() for name in ("row", "element"))

_ABOUT: Final = f"<{CP}about>".encode()
_PUBLISHER: Final = f"<{CP}publisher>".encode()  # of all that a source says
_WANTED: Final = tuple(b" %b " % path for path in sorted({*_RESTS_ON, _ABOUT}))


def where_told(lines: Iterable[bytes], iris: Iterable[str]) -> dict[str, str]:
    """Return by companies the first row or element on which something about them rests, by its shortest name.

    What is about a plan of a company tells of the company. Those of whom nothing is said are left out.

    Args:
        lines: N-Quads in order, which are gone through twice, and not at all where nobody is asked about.
        iris: the IRIs of companies.

    >>> row = b"<https://w3id.org/corporate-plans/ontology#row>"
    >>> lines = [b"<a:1> <a:of> <a:acme> <a:g> .", b"<a:1> " + row + b" <a:t#row=3> <a:g> ."]
    >>> where_told(lines, ["a:acme"])
    {'a:acme': 'a:t#row=3'}
    """
    of = {f"<{iri}>".encode(): iri for iri in iris}
    if not of:
        return {}
    # First what is of a company, such as a plan; then what is about that. An IRI has no space, so that what
    # stands before the third of a line is the value wherever it is an IRI.
    of |= {
        subject: of[value]
        for subject, path, value, _ in (line.split(b" ", 3) for line in lines)
        if value in of and path != _PUBLISHER
    }
    places: dict[str, str] = {}
    for iri, place in _places(lines, of):
        if iri not in places or in_order_of_places(place) < in_order_of_places(places[iri]):
            places[iri] = place
    return places


def _places(lines: Iterable[bytes], of: Mapping[bytes, str]) -> Iterator[tuple[str, str]]:
    """Yield what rows and elements tell of, company by company, as they come."""
    found = lines.having(_WANTED) if isinstance(lines, SearchableLines) else lines
    parts = (line.split(b" ", 3)[:3] for line in found)
    for subject, group in groupby(parts, itemgetter(0)):
        said = [(path, value) for _, path, value in group]
        about = {of[value] for path, value in said if path == _ABOUT and value in of}
        if not about and subject in of:
            about.add(of[subject])
        for iri in about:
            for path, value in said:
                if path in _RESTS_ON:
                    yield iri, _readable(shorten(value.decode()[1:-1]))


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
