"""From promises over time to plain records, cleaned, each at its node.

A number that is none, and what has no day to stand at, is left out: a chart can draw all that is left.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from viz.plans import day
from viz.select import Records, clean

_REVISION = (
    ("value", "low", "high"),
    ("said", "published", "day"),
    ("words", "about", "moved", "fact"),
)
_FIGURE = (
    ("value", "low", "high"),
    ("day", "first", "published", "corrected"),
    ("open", "about", "aside", "fact"),
)
MOST = 1e100
"""No axis can be divided beyond that."""

Fields = tuple[Iterable[str], Iterable[str], Iterable[str]]


def records(courses: Mapping[str, Mapping[str, Any]], graph: Records) -> dict[int, dict[str, Any]]:
    """Read courses, by IRI of a target, into records by the number of its node.

    Args:
        courses: For each IRI the fields of `kg.plans.courses.Drawn`; or, of a target that another one
            took the place of, that one as `within`. Anything may be missing.
        graph: The records of the network; what is not in it is left out.
    """
    number = {node.iri: index for index, node in enumerate(graph.nodes)}

    def node(iri: object) -> int | None:
        return None if iri is None else number.get(clean(iri))

    found = {
        place: record
        for iri, course in courses.items()
        if (place := node(iri)) is not None and (record := _record(course, node))
    }
    whole = {place for place, record in found.items() if "within" not in record}
    return {
        place: record
        for place, record in sorted(found.items())
        if record.get("within", place) in whole
    }


def _record(
    course: Mapping[str, Any], node: Callable[[object], int | None]
) -> dict[str, Any] | None:
    if "within" in course:
        place = node(course["within"])
        return None if place is None else {"within": place}
    revisions = steps(course.get("revisions"))
    if not revisions:
        return None
    return filled(
        measure=clean(course.get("measure") or ""),
        unit=clean(course.get("unit") or ""),
        up=bool(course.get("up")),
        rank=bool(course.get("rank")) or None,
        revisions=revisions,
        figures=entries(course.get("figures"), _FIGURE, "day"),
        baseline=number_of(course.get("baseline")),
        start=day(course.get("baseline_day")),
        left=_count(course.get("left")),
        others=_count(course.get("others")),
    )


def steps(revisions: object) -> list[dict[str, Any]]:
    """Clean what was promised, from which day on, each with the fields of `kg.plans.courses.Revision`."""
    return entries(revisions, _REVISION, "said")


def entries(given: object, fields: Fields, placed: str) -> list[dict[str, Any]]:
    """Clean entries that have a number and, as `placed`, a day; what is empty is left out of them.

    Args:
        given: The entries; what is no list of mappings is none.
        fields: Which of their fields are numbers, which days, and which texts.
        placed: The field without which an entry is left out.
    """
    listed = given if isinstance(given, list | tuple) else ()
    cleaned = (_entry(entry, fields) for entry in listed if isinstance(entry, Mapping))
    return [entry for entry in cleaned if "value" in entry and placed in entry]


def _entry(entry: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    numbers, days, texts = fields
    return filled(
        **{key: number_of(entry.get(key)) for key in numbers},
        **{key: day(entry.get(key)) for key in days},
        **{key: clean(entry.get(key) or "") for key in texts},
    )


def filled(**values: Any) -> dict[str, Any]:
    """Return what is not empty."""
    return {
        key: value for key, value in values.items() if value is not None and value not in ("", [])
    }


def number_of(value: object) -> float | None:
    """Return a number that a chart can draw, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < MOST else None  # what is no number is not less either


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and value > 0 else None
