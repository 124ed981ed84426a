"""How companies keep what they promise, counted: of every promise it is looked up what is told on a day.

What several promised together counts for each of them, and once for all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from viz.style import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.promises import PromiseRecord, Told

COLUMNS: Final = {
    name: tuple(kind for kind, look in OUTCOMES.items() if name in (kind, look.within))
    for name, look in OUTCOMES.items()
    if not look.within
}
"""The outcomes that have a column of their own, each with those that are a kind of it."""


@dataclass
class Score:
    """What became of the promises of a `company`, "" for all: how many of each outcome, and which is due `next`."""

    company: str
    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    next: PromiseRecord | None = None

    def of(self, column: str) -> int:
        """Return how many promises a column counts."""
        return sum(self.counts[kind] for kind in COLUMNS[column])

    def add(self, record: PromiseRecord, told: Told, today: str) -> None:
        """Count a promise with what is told of it."""
        self.total += 1
        self.counts[told.outcome] += 1
        waits = told.outcome == "open" and record.due is not None and record.due >= today
        if waits and (self.next is None or (record.due or "") < (self.next.due or "")):
            self.next = record


def count_promises(records: Iterable[PromiseRecord], today: str) -> tuple[Score, list[Score]]:
    """Return the score of all promises that were known on a day (ISO 8601), and those of companies by name.

    >>> import kg
    >>> from kg.promises import load_records
    >>> every, scores = count_promises(load_records(kg.build(check=False).index), "2020-12-31")
    >>> every.total == sum(every.counts.values()), "xiaomi" in {score.company for score in scores}
    (True, True)
    """
    every, scores = Score(""), dict[str, Score]()
    for record in records:
        told = record.on(today)
        if told is None:
            continue
        every.add(record, told, today)
        for company in record.companies:
            scores.setdefault(company, Score(company)).add(record, told, today)
    return every, [scores[name] for name in sorted(scores)]


def sort_scores(
    scores: Sequence[Score], labels: Mapping[str, str], by: str
) -> tuple[str, list[Score]]:
    """Return scores in an order, and its name: a column, `company`, `promised` or `due`; a hyphen turns it round.

    An order that is none is that of the most promises. Of equals the one comes first whose label does.
    """
    column = by.removeprefix("-")
    if column not in {"company", "promised", "due", *COLUMNS}:
        by, column = "-promised", "promised"
    ordered = sorted(scores, key=lambda score: labels.get(score.company, score.company).casefold())
    if column != "company":
        ordered.sort(key=lambda score: _key(score, column), reverse=by.startswith("-"))
    elif by.startswith("-"):
        ordered.reverse()
    return by, ordered


def _key(score: Score, column: str) -> tuple[int, str]:
    if column == "promised":
        return score.total, ""
    if column == "due":
        return 0, (score.next.due or "") if score.next else "9999"
    return score.of(column), ""
