"""The plans of a company, at a place or of a kind, each with its status and what became of its promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.pages.promised import counted_outcomes
from kg.promises import load_labels
from kg.query import select_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.pages.desk import Desk

MOST: Final = 100
"""How many plans a page lists."""

_PLANS: Final = """SELECT DISTINCT ?plan {{
  {{ {named} ?plan cp:company ?s }} UNION {{ {named} ?plan cp:takesPlaceWithin ?s }}
  UNION {{ {named} ?plan cp:kind ?s . ?plan a cp:Initiative }} UNION {{ {named} ?plan cp:establishes ?s }}
}}"""
_STATUS: Final = "SELECT DISTINCT ?s ?status {{ {named} ?s cp:currentStatus ?status }}"
_PROMISES: Final = "SELECT DISTINCT ?s ?promise {{ {named} ?s cp:hasPromise ?promise }}"
_COMPANY: Final = "SELECT DISTINCT ?s ?company {{ {named} ?s cp:company ?company }}"
_WHERE: Final = """SELECT ?place (COUNT(DISTINCT ?plan) AS ?n) {{
  {named} ?plan cp:company ?s ; cp:takesPlaceIn ?place
}} GROUP BY ?place ORDER BY DESC(?n) ?place"""
_WITHIN: Final = "SELECT DISTINCT ?place {{ {named} ?place cp:locatedIn ?s }} ORDER BY ?place"


@dataclass(frozen=True)
class PlanRow:
    """A plan with its `status`, with its prefix, whose it is, and `counts` of what became of its promises."""

    name: str
    label: str
    status: str
    companies: tuple[str, ...]
    counts: Counter[str]


def plans_of(desk: Desk, name: str) -> tuple[Sequence[PlanRow], int]:
    """Return the plans that have to do with a thing, by label, and how many are left out.

    >>> import kg
    >>> from kg.pages.desk import desk_of
    >>> [row.label for row in plans_of(desk_of(kg.build(check=False)), "blueoval-sk")[0]][:1]
    ['battery park in Kentucky']
    """
    index = desk.index
    every = [str(plan) for (plan,) in select_named(index, _PLANS, [name])]
    labels = load_labels(index, every)
    shown = sorted(every, key=lambda plan: (str(labels.get(plan, plan)).casefold(), plan))[:MOST]
    statuses = {str(plan): str(status) for plan, status in select_named(index, _STATUS, shown)}
    promises: defaultdict[str, list[str]] = defaultdict(list)
    for plan, promise in select_named(index, _PROMISES, shown):
        promises[str(plan)].append(str(promise))
    companies: defaultdict[str, list[str]] = defaultdict(list)
    for plan, company in sorted(select_named(index, _COMPANY, shown), key=str):
        companies[str(plan)].append(str(company))
    rows = [
        PlanRow(
            plan,
            labels.get(plan, plan),
            statuses.get(plan, ""),
            tuple(companies[plan]),
            counted_outcomes(desk, promises[plan]),
        )
        for plan in shown
    ]
    return rows, len(every) - len(shown)


def places_of(desk: Desk, name: str) -> list[tuple[str, int]]:
    """Return the places in which a company has plans, each with how many of them, the most first."""
    return [(str(place), int(str(n))) for place, n in select_named(desk.index, _WHERE, [name])]


def places_within(desk: Desk, name: str) -> list[str]:
    """Return the places that lie in another."""
    return [str(place) for (place,) in select_named(desk.index, _WITHIN, [name])]
