"""Every promise of a graph with all that could be told of it, day by day, as the graph holds it.

`kg.promises.outcomes` has judged them; here nothing is. What stands on a day is looked up: of the
outcomes the one from whose first day it is no earlier, and until whose last it is no later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.query import select_pairs, select_values

if TYPE_CHECKING:
    from typing import TypeAlias

    from kg.base import Cell
    from kg.query import Index

    Outcome: TypeAlias = dict[str, list[Cell]]

_TOLD: Final = (
    "standsFrom", "standsUntil", "verdict", "undeterminedFor", "restsOn", "observedOn", "shareAtLeast",
    "shareAtMost", "replacedBy", "moved", "isDisputed", "isOwnCount",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What could be told of a promise from the day `since` on, `until` the last one or for good.

    `rests_on` and `day` are the statement that decides and the day of which it tells; of the way
    `least` and `most` is gone; `replaced_by` is the promise that took its place, and `moved` how.
    """

    since: str
    until: str | None
    verdict: str
    reason: str | None
    rests_on: str | None
    day: str | None
    least: float | None
    most: float | None
    replaced_by: str | None
    moved: tuple[str, ...]
    is_disputed: bool
    is_own_count: bool

    @property
    def outcome(self) -> str:
        """The verdict, or `no-result` of what is due and neither known nor replaced; as `overdue` asks."""
        return outcome_of(self.verdict, self.replaced_by)


def outcome_of(verdict: str, replaced_by: object) -> str:
    """Return how a promise stands, for people to read: its verdict, or `no-result` while its result is waited for.

    What was replaced after its day is undetermined, too, and nobody waits for its result.

    >>> outcome_of("undetermined", None), outcome_of("undetermined", "another"), outcome_of("met", None)
    ('no-result', 'undetermined', 'met')
    """
    return "no-result" if verdict == "undetermined" and replaced_by is None else verdict


@dataclass(frozen=True)
class PromiseRecord:
    """A promise: its `statements` by slug, the `first` for all, and who keeps it.

    It was `said` on the first day that is known, and is `due` by its last day, if it has one. Of what
    was only considered nothing is `told`, nor of a slip from the day on which it is known for one.
    """

    name: str
    first: str
    statements: tuple[str, ...]
    companies: tuple[str, ...]
    said: str
    due: str | None
    told: tuple[Told, ...]

    def on(self, day: str) -> Told | None:
        """Return what could be told on a day (ISO 8601), or None where nobody knew of the promise.

        >>> import kg
        >>> records = {one.first: one for one in load_records(kg.build(check=False).index)}
        >>> centres = records["medianama-2017-03-28.3.4"]
        >>> [centres.on(day).verdict for day in ("2017-04-01", "2017-07-01", "2020-01-01")]
        ['open', 'undetermined', 'met']
        """
        standing = (
            one for one in self.told if one.since <= day and (one.until is None or day <= one.until)
        )
        return next(standing, None)


def load_records(index: Index) -> list[PromiseRecord]:
    """Return the promises of a graph, in order of names.

    >>> import kg
    >>> len(load_records(kg.build(check=False).index)) > 150
    True
    """
    stated = select_values(index, "cp:statedBy")
    kept = select_values(index, "cp:promisedBy")
    due = select_values(index, "cp:dueBy")
    said = select_values(index, "cp:promisedOn")
    outcomes = load_outcomes(index)
    return [
        PromiseRecord(
            name,
            str(first),
            (str(first), *sorted(stated[name] - {str(first)})),
            tuple(sorted(kept.get(name, ()))),
            min(said[name]),
            min(due.get(name, ()), default=None),
            tuple(sorted(map(_told, outcomes.get(name, ())), key=lambda one: one.since)),
        )
        for name, first in sorted(select_pairs(index, "cp:firstStatedBy"), key=str)
        if name in stated and name in said
    ]


def load_outcomes(index: Index) -> dict[str, list[Outcome]]:
    """Return what could be told of each promise, in any order, as the graph has it: the values by local name."""
    outcomes: dict[str, Outcome] = {outcome: {} for outcome, _ in select_pairs(index, "cp:verdict")}
    for key in _TOLD:
        for outcome, value in select_pairs(index, f"cp:{key}"):
            if outcome in outcomes:
                outcomes[outcome].setdefault(key, []).append(value)
    return {
        promise: [outcomes[one] for one in sorted(own) if one in outcomes]
        for promise, own in select_values(index, "cp:hasOutcome").items()
    }


def _told(node: Outcome) -> Told:
    def text(key: str) -> str | None:
        return str(node[key][0]).removeprefix("cp:") if key in node else None

    def share(key: str) -> float | None:
        return float(round(float(str(node[key][0])), 4)) if key in node else None

    return Told(
        since=text("standsFrom") or "",
        until=text("standsUntil"),
        verdict=text("verdict") or "open",
        reason=text("undeterminedFor"),
        rests_on=text("restsOn"),
        day=text("observedOn"),
        least=share("shareAtLeast"),
        most=share("shareAtMost"),
        replaced_by=text("replacedBy"),
        moved=tuple(sorted(str(one).removeprefix("cp:") for one in node.get("moved", ()))),
        is_disputed=node.get("isDisputed") == [True],
        is_own_count=node.get("isOwnCount") == [True],
    )
