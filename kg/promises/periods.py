"""In which status things were, from when on, as the graph holds it; `kg.promises.lives` has worked it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.query import select_pairs, select_values

if TYPE_CHECKING:
    from kg.query import Index


@dataclass(frozen=True, order=True)
class Beginning:
    """That a thing was in a `status`, without its prefix, from the day `day` on, on the word of a `statement`."""

    day: str
    statement: str
    status: str


def load_beginnings(index: Index) -> dict[str, list[Beginning]]:
    """Return when things came to be in which status, by slug, in order of days and statements.

    Of all that report a status during its time, those are told on whose word it began, as the question
    `changes` does.

    >>> import kg
    >>> begun = load_beginnings(kg.build(check=False).index)["dangote-refinery"]
    >>> (begun[-1].day, begun[-1].status)
    ('2024-01-12', 'achieved')
    """
    statuses = dict(select_pairs(index, "cp:inStatus"))
    days = {period: str(day) for period, day in select_pairs(index, "cp:standsFrom")}
    since = {statement: str(day) for statement, day in select_pairs(index, "cp:since")}
    reports = select_values(index, "cp:reportedBy")
    return {
        thing: sorted(
            Beginning(days[period], statement, str(statuses[period]).removeprefix("cp:"))
            for period in periods & days.keys() & statuses.keys()
            for statement in reports[period] & since.keys()
            if since[statement] <= days[period]
        )
        for thing, periods in select_values(index, "cp:hasStatusPeriod").items()
    }
