"""A plan in time as a value, and how its days follow from what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.base import ID
from kg.plans.spelling import spell_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.plans.sentences import Words
    from kg.promises import Statement


@dataclass(frozen=True)
class Step:
    """A due day, as somebody gave it: `said` is the day of the words, `fact` the statement's IRI.

    `day` is the last day that is meant, `earliest` the first where the words are vague, `words` the
    day no more exactly than it is known, `text` what the statement says.
    """

    day: str
    earliest: str | None
    words: str
    said: str
    text: str
    fact: str


@dataclass(frozen=True)
class StatusChange:
    """A status from a day on; an outcome is the last of them, or a verdict on the figures."""

    day: str
    status: str
    fact: str


@dataclass(frozen=True)
class Progress:
    """The figure that decided on a target, else the latest comparable one.

    Where it can be told, `part` is how much of the way is surely done, and `most` how much at most: 1
    is the whole. `own` is whether whoever promised counted it.
    """

    part: float | None
    text: str
    fact: str
    most: float | None = None
    own: bool = False


@dataclass(frozen=True)
class Former:
    """What became of a `target` by its own day, whose place another one took after that."""

    target: str
    progress: Progress | None
    outcome: StatusChange | None


@dataclass(frozen=True)
class Plan:
    """An initiative or a target in time. Days are ISO 8601, things and statements are IRIs.

    `company` is whose plan it is, `others` who share it, and `within` the initiative that a target
    belongs to; `start` is the day on which it was first known of; `steps` are its due days in the order
    in which they were given, the last one holds; `reach` is the last due day of the targets within an
    initiative; `before` are the targets that it took the place of, and `former` those of them whose own
    day had come by then, with what became of them. `outcome` is a status (achieved, missed, abandoned)
    or, for targets, a verdict on the figures (met, partly, missed).
    """

    company: str | None
    within: str | None
    start: str | None
    steps: tuple[Step, ...] = ()
    reach: str | None = None
    changes: tuple[StatusChange, ...] = ()
    progress: Progress | None = None
    outcome: StatusChange | None = None
    before: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()


def since(statement: Statement) -> str:
    """Return the day from which a statement counts; see the rule `since`."""
    # The rule derives it only for what names a status; here targets and figures need one as well.
    says = statement.says
    if "from" not in says and "uttered" not in says:
        return statement.source.published
    return str(statement.one("from") or statement.one("uttered") or statement.source.published)


def puts_off(statement: Statement) -> bool:
    """Whether a statement moves a due day, rather than giving one of its own."""
    return statement.text("status") == "postponed" or "updates" in statement.says


def steps(statements: Iterable[Statement], words: Words) -> tuple[Step, ...]:
    """Return the due days in order of saying; who only repeats the one that holds adds none."""
    given: list[Step] = []
    for statement in statements:
        step = _step(statement, words)
        if step is not None:
            _add_step(given, step, moves=puts_off(statement))
    return tuple(given)


def _add_step(given: list[Step], step: Step, *, moves: bool) -> None:
    """Add a due day to those `given` before it; it `moves` the last of them or stands beside it."""
    last = given[-1] if given else None
    if last is None or (last.day != step.day and (moves or last.said != step.said)):
        given.append(step)
    elif last.day != step.day:
        # Two days given at once are not a new one for an old one: both are meant, or either.
        first, final = sorted((last, step), key=lambda step: step.day)
        given[-1] = replace(final, earliest=first.earliest or first.day)


def _step(statement: Statement, words: Words) -> Step | None:
    due, earliest = statement.one("due"), statement.one("dueEarliest")
    if due is None:
        return None
    return Step(
        day=str(due),
        earliest=None if earliest is None else str(earliest),
        words=spell_day(due, statement.says.get("duePrecision", ())),
        said=since(statement),
        text=words.sentence(statement),
        fact=ID + statement.name,
    )


def statuses(statements: Iterable[Statement]) -> tuple[StatusChange, ...]:
    """Return the statuses that the words of a target put it in, each once until it changes."""
    changes: list[StatusChange] = []
    for statement in statements:
        status = statement.text("status")
        if status and (not changes or changes[-1].status != status):
            changes.append(StatusChange(since(statement), status, ID + statement.name))
    return tuple(changes)
