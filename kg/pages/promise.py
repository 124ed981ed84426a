"""The page of a promise: what was promised, what became of it and by what, and its life from first word to verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.base import ID, lengthen, shorten
from kg.pages.gainsaid import contradicting
from kg.pages.linked import describe_promise
from kg.pages.rendering import render
from kg.pages.telling import Telling
from kg.promises import is_considered, load_standings
from kg.query import class_of
from viz.style import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame
    from kg.pages.telling import Cited, Pledge
    from kg.promises import PromiseRecord, Standing

VERDICT: Final = "from then on"
"""What is said of a step with which something else could be told."""

MOVES: Final = {
    "lowered": "it was lowered",
    "raised": "it was raised",
    "later": "it was put off",
    "earlier": "it was brought forward",
}
"""How a promise differs from the one that took its place, for people."""


@dataclass(frozen=True)
class LifeStep:
    """Something in the life of a promise: on which `day` it became known, what it is, and the statement.

    `outcome` is what came to be told, where that is what happened.
    """

    day: str
    what: str
    cited: Cited | None
    outcome: str = ""
    aside: str = ""


def promise_page(desk: Desk, frame: Frame, name: str) -> bytes:
    """Return the page of a promise."""
    record = desk.by_name[name]
    course = desk.course_of(record)
    before = desk.replaced.get(name, [])
    standings = load_standings(desk.index, desk.today, [name], "promise")
    figures = [
        shorten(one["fact"]) for one in (*course.get("revisions", ()), *course.get("figures", ()))
    ]
    rests = [told.rests_on for told in record.told if told.rests_on]
    others = contradicting(desk.index, [*record.statements, *_decides(standings)])
    statements = desk.statements(
        dict.fromkeys([*record.statements, *figures, *rests, *before, *others])
    )
    things = {thing for one in record.statements for thing in statements[one].things}
    telling = Telling.of(desk, statements, standings, {*record.companies, *things, record.name})
    cited = {one: telling.cited(statement) for one, statement in statements.items()}
    pledge = telling.pledge(standings[0]) if standings else None
    first = telling.promised(statements[record.first])
    # Where another source contradicts what decides, nothing has been found out.
    sure = not contradicting(desk.index, _decides(standings))
    considered = all(is_considered(statements[one]) for one in record.statements)
    nobodys = "only considered" if considered else "promised by nobody"
    look = OUTCOMES[pledge.outcome].name if pledge else nobodys
    return render(
        "promise.html", frame, title=first.sentence, description=f"{first.sentence}: {look}.",
        linked=describe_promise(
            frame, record, first, statements[record.first].source, class_of(desk.index, lengthen(first.who_name)),
            pledge if sure else None, telling.label,
        ),
        record=record, pledge=pledge, is_considered=considered, first=first, label=telling.label, things=sorted(things), kind=statements[record.first].kind,
        steps=sorted(_steps(record, course, cited, pledge, desk.today.isoformat()), key=lambda step: step.day),
        stated=[cited[one] for one in record.statements if one in cited],
        before=[cited[one] for one in before if one in cited],
        contradicting=[cited[one] for one in others if one in cited],
        is_large=desk.is_large, moved=", ".join(MOVES.get(way, way) for way in _moved(desk, record)),
        course=_drawn(course, frame, pledge, cited, desk.today.isoformat()) if course else None,
    )  # fmt: skip


def _decides(standings: Iterable[Standing]) -> list[str]:
    """Return the statement on which what is told of a promise rests, if there is one."""
    return [one.rests_on for one in standings if one.rests_on]


def _moved(desk: Desk, record: PromiseRecord) -> Sequence[str]:
    told = record.on(desk.today.isoformat())
    return [way for ways in (told.moved if told else ()) for way in ways.split(", ")]


def _steps(
    record: PromiseRecord,
    course: Mapping[str, Any],
    cited: Mapping[str, Cited],
    pledge: Pledge | None,
    today: str,
) -> Iterator[LifeStep]:
    """Yield what happened: who stated the promise, the figures of it, and what could be told from when on."""
    for name in record.statements:
        if name in cited:
            words = "promised" if name == record.first else "said again"
            yield LifeStep(cited[name].published, words, cited[name])
    decides = pledge.rests_on.name if pledge and pledge.decided and pledge.rests_on else ""
    yield from _seen(course, cited, record.statements, decides)
    before = "open"  # which is no news
    for told in record.told:
        if told.since <= today and told.outcome != before:
            before = told.outcome
            yield LifeStep(told.since, VERDICT, cited.get(told.rests_on or ""), told.outcome)


def _seen(
    course: Mapping[str, Any], cited: Mapping[str, Cited], own: Container[str], decides: str
) -> Iterator[LifeStep]:
    """Yield the other promises of a course, and its figures, as far as they were known."""
    before = True
    for one in course.get("revisions", ()):
        name = shorten(one["fact"])
        if name in own:
            before = False
        elif name in cited:
            what = "promised before" if before else one["moved"] or "promised instead"
            yield LifeStep(one["published"], what, cited[name])
    for one in course.get("figures", ()):
        name = shorten(one["fact"])
        if name in cited:
            what = "figure that decides" if name == decides else "figure"
            yield LifeStep(one["published"], what, cited[name], aside=one["aside"])


def _drawn(
    course: Mapping[str, Any],
    frame: Frame,
    pledge: Pledge | None,
    cited: Mapping[str, Cited],
    today: str,
) -> dict[str, Any]:
    """Return what a chart is drawn from: the course, and by statement what its marks say and lead to."""
    names = {
        one["fact"]: shorten(one["fact"])
        for kind in ("revisions", "figures")
        for one in course[kind]
    }
    return {
        **course,
        "words": {fact: cited[name].sentence for fact, name in names.items() if name in cited},
        "links": {fact: frame.to(name) for fact, name in names.items()},
        "today": today,
        "rests_on": ID + pledge.rests_on.name if pledge and pledge.rests_on else "",
        "outcome": pledge.outcome if pledge else "",
    }
