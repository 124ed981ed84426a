"""From plans in time to plain records, cleaned, each at its node.

Days that are none are dropped, so that the page can count with all that are left.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from viz.select import Records, clean

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def records(plans: Mapping[str, Mapping[str, Any]], graph: Records) -> dict[int, dict[str, Any]]:
    """Read plans, by IRI, into records by the number of their node.

    Args:
        plans: For each IRI the fields of `kg.plans.Plan`; any of them may be missing.
        graph: The records of the network; a plan of what is not in it is left out.

    Returns:
        The records. Things that are named are numbers of nodes.
    """
    number = {node.iri: index for index, node in enumerate(graph.nodes)}
    # What became of a target is told with its promise.
    is_initiative = [node.type == "initiative" for node in graph.nodes]

    def node(iri: object) -> int | None:
        return None if iri is None else number.get(clean(iri))

    by_node = {}
    for iri, plan in plans.items():
        index = node(iri)
        if index is None:
            continue
        start = day(plan.get("start"))
        by_node[index] = {
            "company": node(plan.get("company")),
            "others": _nodes(plan.get("others"), node),
            "within": node(plan.get("within")),
            "start": start,
            "reach": day(plan.get("reach")),
            "steps": _dated(plan.get("steps"), "said"),
            "changes": _dated(plan.get("changes")),
            "outcome": _outcome(plan.get("outcome")) if is_initiative[index] else None,
            "before": _nodes(plan.get("before"), node),
        }
    return dict(sorted(by_node.items()))


def _nodes(iris: object, node: Callable[[object], int | None]) -> list[int]:
    """Return the numbers of those of some things that are drawn."""
    listed = iris if isinstance(iris, list | tuple) else ()
    return [place for iri in listed if (place := node(iri)) is not None]


def day(value: object) -> str | None:
    """Return a day as it stands if it is one (ISO 8601), otherwise None.

    >>> day("2017-06-30"), day("2017-02-30"), day("soon")
    ('2017-06-30', None, None)
    """
    return _day(str(value))


@lru_cache(maxsize=1 << 14)  # the same days come again with every plan
def _day(text: str) -> str | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _dated(entries: Iterable[Mapping[str, Any]] | None, *more: str) -> list[dict[str, Any]]:
    """Clean entries that have a `day`; those without one are left out, and so is what is empty."""
    cleaned = (_cleaned(entry, ("day", "earliest", *more)) for entry in entries or ())
    return [entry for entry in cleaned if "day" in entry]


def _cleaned(entry: Mapping[str, Any], dated: Iterable[str]) -> dict[str, Any]:
    fields = {key: clean(value) for key, value in entry.items() if value is not None}
    days = {key: day(entry.get(key)) for key in dated}
    return {key: value for key, value in {**fields, **days}.items() if value}


def _outcome(outcome: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return next(iter(_dated([outcome] if outcome else [])), None)
