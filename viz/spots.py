"""From where things are to plain records: the points of a map, each once, and which things are at each."""

from collections.abc import Iterable, Mapping
from typing import Any

from viz.select import Records, clean

Point = tuple[float, float, int | None]


def records(
    spots: Mapping[str, Iterable[Mapping[str, Any]]], graph: Records
) -> dict[str, list[list[Any]]]:
    """Read the spots of things, by IRI, into points and the things at each.

    Args:
        spots: Of each IRI where it is: `latitude`, `longitude` and the IRI of a `place`, which may be missing.
        graph: The records of the network; what is not in it is left out.

    Returns:
        `points`, sorted: latitude, longitude and the number of the place, if that is in the network; and
        `things`, of each point the numbers of those that are there. Nothing where nothing is anywhere.
    """
    number = {node.iri: index for index, node in enumerate(graph.nodes)}
    at: dict[Point, set[int]] = {}
    for iri, places in spots.items():
        thing = number.get(clean(iri))
        if thing is None:
            continue
        for spot in places:
            if point := _point(spot, number):
                at.setdefault(point, set()).add(thing)
    found = sorted(at.items(), key=lambda one: (one[0][:2], -1 if one[0][2] is None else one[0][2]))
    if not found:
        return {}
    return {
        "points": [list(point) for point, _ in found],
        "things": [sorted(on) for _, on in found],
    }


def _point(spot: Mapping[str, Any], number: Mapping[str, int]) -> Point | None:
    latitude = _degrees(spot.get("latitude"), 90)
    longitude = _degrees(spot.get("longitude"), 180)
    if latitude is None or longitude is None:
        return None
    place = spot.get("place")
    return latitude, longitude, None if place is None else number.get(clean(place))


def _degrees(value: object, most: int) -> float | None:
    """Return a number of degrees, to ten metres or so; None for what is none or beyond the poles or the date line."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(float(value), 4) if abs(value) <= most else None
