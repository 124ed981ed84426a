"""Places that a file gives by a code: of ISO 3166-1, or of GeoNames. One that ships is called as it is there."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from kg.base import CP, ID, RDF, data_folder, nquads
from kg.drafting import slug_of
from kg.sources import find_files, read_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.formats.batch import Node

_ISO: Final = "https://www.iso.org/obp/ui/#iso:code:3166:"
_NUMBER: Final = re.compile(r"0{0,12}[1-9][0-9]{0,9}")
_GEONAMES: Final = "https://www.geonames.org/"


def country_of(code: str) -> Node | None:
    """Return the country, as a thing, of a code of two letters of ISO 3166-1; None where it is none.

    >>> country_of("IN"), country_of("SV")["label"], country_of("XX")
    ({'id': 'india'}, 'El Salvador', None)
    """
    name = _countries().get(code)
    if name is None:
        return None
    gazetteer = _ISO + code
    if known := _shipped().get(gazetteer):
        return {"id": known}
    return {
        "id": slug_of(name), "type": "Country", "label": name, "located_in": "world",
        "gazetteer": gazetteer,
    }  # fmt: skip


def geonames_place(code: str, name: str, inside: str = "world") -> Node | None:
    """Return the place, as a thing, of a number of GeoNames; None where it is none.

    Args:
        code: the number, with or without zeros before it.
        name: what the file calls it.
        inside: the id of the place that it lies in.

    >>> geonames_place("0003583361", "San Salvador")["gazetteer"]
    'https://www.geonames.org/3583361'
    >>> geonames_place("San Salvador", "San Salvador")
    """
    if not (name and _NUMBER.fullmatch(code)):
        return None
    number = code.lstrip("0")
    gazetteer = _GEONAMES + number
    if known := _shipped().get(gazetteer):
        return {"id": known}
    return {
        "id": f"{slug_of(name)}-geonames-{number}", "type": "Place", "label": name,
        "located_in": inside, "gazetteer": gazetteer,
    }  # fmt: skip


@cache
def _countries() -> Mapping[str, str]:
    text = files("kg.formats").joinpath("countries.toml").read_text("utf-8")
    countries: dict[str, str] = tomllib.loads(text)
    return countries


@cache
def _shipped() -> Mapping[str, str]:
    """Return the ids of the shipped places by their gazetteers; states too name the code of their country."""
    gazetteers, countries = list[tuple[str, str]](), set[str]()
    for file in find_files([data_folder() / "things" / "places.ttl"]):
        for line in nquads.split(read_source(file).quads):
            subject, predicate, value, _ = (
                term.decode().strip("<>") for term in nquads.parts(line)
            )
            place = subject.removeprefix(ID)
            if predicate == CP + "gazetteer":
                gazetteers.append((value, place))
            elif predicate == RDF + "type" and value == CP + "Country":
                countries.add(place)
    return {
        value: place
        for value, place in gazetteers
        if place in countries or not value.startswith(_ISO)
    }
