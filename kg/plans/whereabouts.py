"""Where the things of a network are on the Earth: what a map is drawn from.

A place is where a gazetteer says; a facility where a source puts it, else at its place. What is planned
is at its facilities, else at its places, a target at the places that it names, else where that is which
it is about. Of several places those count in which no other of them lies; one of which nobody says where
it is, is at the nearest that it lies in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import ID
from kg.plans.plan import since
from kg.query import select_rows, select_typed, select_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from kg.promises import Statement
    from kg.query import Index

_POINTS: Final = """SELECT ?place ?latitude ?longitude WHERE {
  ?place a cp:Place ; schema:latitude ?latitude ; schema:longitude ?longitude
}"""
_POLE: Final = 90
_DATE_LINE: Final = 180


@dataclass(frozen=True, order=True)
class MapSpot:
    """A point on the Earth in degrees, and by its IRI the `place` that it stands for or lies in."""

    latitude: float
    longitude: float
    place: str | None = None


def locate_things(
    network: nx.MultiDiGraph[str], index: Index, statements: Mapping[str, Statement]
) -> dict[str, list[MapSpot]]:
    """Return where the places, facilities, initiatives and targets of a network are, by IRI; others are left out.

    >>> import kg
    >>> from kg.plans import project_network
    >>> from kg.promises import load_statements
    >>> index = kg.build(check=False).index
    >>> spots = locate_things(project_network(index), index, load_statements(index))
    >>> [spot.place.rpartition("/")[2] for spot in spots[ID + "medianama-2017-03-28.3.4"]]
    ['india']
    """
    where = _Whereabouts(index, statements)
    finders = {
        "place": where.of_place,
        "facility": where.of_facility,
        "initiative": where.of_initiative,
        "target": where.of_target,
    }
    found = {
        iri: finders[node["type"]](iri.removeprefix(ID))
        for iri, node in network.nodes.items()
        if node["type"] in finders
    }
    return {iri: sorted(spots) for iri, spots in found.items() if spots}


class _Whereabouts:
    """Where things are, by slug."""

    def __init__(self, index: Index, statements: Mapping[str, Statement]) -> None:
        self._statements = statements
        self._points = {
            str(place): spot
            for place, *degrees in sorted(select_rows(index, _POINTS), key=str)
            if (spot := _spot(degrees, str(place)))
        }
        places = {name for name, _ in select_typed(index, ["cp:Place"])}
        within = select_values(index, "cp:locatedIn")
        self._around = {thing: outer & places for thing, outer in within.items()}
        self._places = select_values(index, "cp:takesPlaceIn")
        self._built = select_values(index, "cp:establishes")
        self._sites = self._told(statements)

    def of_place(self, name: str) -> set[MapSpot]:
        """Return the point of a place that has one of its own."""
        return {self._points[name]} if name in self._points else set()

    def of_facility(self, name: str) -> set[MapSpot]:
        if name in self._sites:
            return {self._sites[name]}
        return self._at(self._around.get(name, ()))

    def of_initiative(self, name: str) -> set[MapSpot]:
        built = {spot for one in self._built.get(name, ()) for spot in self.of_facility(one)}
        return built or self._at(self._places.get(name, ()))

    def of_target(self, name: str) -> set[MapSpot]:
        target = self._statements[name]
        named = self._at({str(place) for place in target.says.get("place", ())})
        return named or {
            spot
            for thing in target.things
            for spot in self.of_initiative(thing) or self.of_facility(thing)
        }

    def _at(self, places: Iterable[str]) -> set[MapSpot]:
        """Return the points of those of some places in which no other of them lies."""
        return {
            self._points[point]
            for place in self._innermost(set(places))
            for point in self._nearest(place)
        }

    def _nearest(self, place: str) -> set[str]:
        """Return the place itself if it has a point, else the nearest around it that have one."""
        if place in self._points:
            return {place}
        return self._innermost(self._around.get(place, set()) & self._points.keys())

    def _innermost(self, places: set[str]) -> set[str]:
        outer = {far for place in places for far in self._around.get(place, ()) if far != place}
        return places - outer

    def _told(self, statements: Mapping[str, Statement]) -> dict[str, MapSpot]:
        """Return where sources put what stands somewhere; of several the one that holds from the latest day."""
        relations = (one for one in statements.values() if one.kind == "Relation")
        placed = [
            one for one in relations if "latitude" in one.says and "correctedOn" not in one.says
        ]
        sites: dict[str, MapSpot] = {}
        for one in sorted(placed, key=lambda one: (since(one), one.name)):
            degrees = [one.one(key) for key in ("latitude", "longitude")]
            if spot := _spot(degrees, str(one.one("object"))):
                sites[str(one.one("subject"))] = spot
        return sites


def _spot(degrees: Iterable[object], place: str) -> MapSpot | None:
    """Return a point at a place; None where its degrees are none, which the check of a source reports.

    >>> _spot(["12.97", "77.59"], "bengaluru").latitude
    12.97
    >>> [_spot(degrees, "nowhere") for degrees in (["north", "0"], ["91", "0"], ["0", "nan"], [None, "0"])]
    [None, None, None, None]
    """
    try:
        latitude, longitude = (float(str(each)) for each in degrees)
    except ValueError:
        return None
    on_earth = abs(latitude) <= _POLE and abs(longitude) <= _DATE_LINE
    return MapSpot(latitude, longitude, ID + place) if on_earth else None
