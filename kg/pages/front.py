"""The front page: how companies keep what they promise, what falls due next, and what changed lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.base import counted
from kg.pages.linked import dataset
from kg.pages.rendering import render
from kg.pages.scoreboard import COLUMNS, sort_scores
from kg.pages.telling import Telling
from kg.query import select_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame
    from kg.pages.telling import Cited
    from kg.promises import PromiseRecord, Told

FEW: Final = 8
"""How many promises are named that fall due next, and how many of which something else is told now."""

_COMPANIES: Final = "SELECT DISTINCT ?s {{ {named} ?s a cp:Company }}"

MOST: Final = 50
"""How many companies are listed unless all are asked for."""


@dataclass(frozen=True)
class News:
    """A promise in a list: the `day` on which it is due or was told of, its `outcome` and first statement."""

    name: str
    day: str
    companies: tuple[str, ...]
    outcome: str
    said: Cited


def front_page(desk: Desk, frame: Frame, _given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the front page."""
    every, scores = desk.scores
    by, ordered = sort_scores(scores, desk.companies, frame.given.get("sort", ""))
    shown = ordered if frame.given.get("all") else ordered[:MOST]
    due, told = (listed[:FEW] for listed in desk.agenda)
    nexts = [score.next for score in (*shown, every) if score.next]
    records = [*(record for record, _ in (*due, *told)), *nexts]
    statements = desk.statements(dict.fromkeys(record.first for record in records))
    telling = Telling.of(desk, statements)
    cited = {name: telling.promised(one) for name, one in statements.items()}
    count, first, last = desk.coverage
    whose = _whose(desk)
    title = "What companies promised, and what became of it"
    description = (
        f"{counted(every.total, 'promise')} of {whose}, "
        f"as told by {counted(count, 'source')} published between {first} and {last}."
    )
    page = render(
        "front.html", frame, title=title, description=description, linked=dataset(frame, title, description),
        every=every, scores=shown, left=len(ordered) - len(shown), companies=desk.companies, by=by,
        columns=[name for name in COLUMNS if every.of(name)], cited=cited, today=desk.today, coverage=desk.coverage,
        due=[_news(record, record.due or "", told, cited) for record, told in due],
        lately=[_news(record, told.since, told, cited) for record, told in told],
        whose=whose, questions=_questions(desk),
    )  # fmt: skip
    return "html", page


def _whose(desk: Desk) -> str:
    """Say how many companies promised something, and how many others, such as states."""
    names = [score.company for score in desk.scores[1]]
    companies = len({str(name) for (name,) in select_named(desk.index, _COMPANIES, names)})
    others = len(names) - companies
    told = counted(companies, "company", "companies")
    return f"{told} and {counted(others, 'other')}" if others else told


def _news(record: PromiseRecord, day: str, told: Told, cited: Mapping[str, Cited]) -> News:
    return News(record.name, day, record.companies, told.outcome, cited[record.first])


def _questions(desk: Desk) -> Sequence[tuple[str, str, Mapping[str, str]]]:
    """Return three questions that can be asked: the words, the name of the question, and its arguments."""
    _, scores = desk.scores
    if not scores:
        return []
    most = max(scores, key=lambda score: (score.total, score.company))
    label = desk.companies.get(most.company, most.company)
    return [
        (f"What did {label} promise, and what became of it?", "outcome", {"company": most.company}),
        ("Which promises are past their day, with no result known?", "overdue", {}),
        ("Who contradicts whom?", "contradictions", {}),
    ]
