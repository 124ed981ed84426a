"""Promises with a day, as people are told of them: in words, with how they stand and on whose word.

How they stand is looked up by the canned question `outcome`: nothing is judged here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kg.base import lengthen
from kg.plans import Words
from kg.promises import first_day, last_published, read_statements
from kg.query import ask_all, select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.promises import Statement
    from kg.query import Index

_STATED: Final = """SELECT ?first ?promise ?statement WHERE {
  ?promise cp:firstStatedBy ?first ; cp:statedBy ?statement .
}"""
_TURNS: Final = "SELECT ?promise ?from { ?promise cp:hasOutcome/cp:standsFrom ?from }"


@dataclass(frozen=True)
class Promised:
    """A promise that is due from `earliest` to `due`, and how it stands on a day, in words.

    `iri` is the promise's own, `title` what is promised and by whom. `verdict` is the name of it and
    `status` what is told of it; `grounds` is what that rests on; `statements` are all that make the
    promise and had been published by then, the first one standing for all. `told` is the last day
    on which any of this changed: it was said, corrected, or judged otherwise.
    """

    iri: str
    title: str
    about: str
    companies: tuple[str, ...]
    earliest: date
    due: date
    verdict: str
    status: str
    grounds: Statement | None
    statements: tuple[Statement, ...]
    told: date


def known_day(index: Index) -> date | None:
    """Return the day of the last source, or None where no source has one.

    >>> import kg
    >>> known_day(kg.build(check=False).index)
    datetime.date(2026, 1, 31)
    """
    day = last_published(index)
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def load_promised(index: Index, day: date) -> tuple[list[Promised], Words]:
    """Return the promises with a day, in order of it, and the words that they are told in.

    >>> import kg
    >>> promised, _ = load_promised(kg.build(check=False).index, date(2018, 12, 31))
    >>> [(one.title, one.verdict) for one in promised if "service centres" in one.title][0]
    ('Xiaomi: 500 service centres by the first half of 2017, from 250', 'met')
    """
    rows = [row for row in ask_all(index, "outcome", day) if isinstance(row["due"], date)]
    stated: dict[str, tuple[str, list[str]]] = {}
    for first, promise, statement in sorted(select_rows(index, _STATED), key=str):
        stated.setdefault(str(first), (str(promise), [str(first)]))[1].append(str(statement))
    names = {str(row[key]) for row in rows for key in ("promise", "restsOn", "replacedBy")}
    names |= {name for row in rows for name in stated[str(row["promise"])][1]}
    statements = read_statements(index, names)
    turns = _turns(index, day)
    # What stands in the answer is named by its label, too.
    shown = {str(row[key]) for row in rows for key in ("company", "verdict", "reason")}
    words = Words.for_some(index, statements.values(), shown)
    # A promise has a row for each of its companies.
    by_promise = groupby(sorted(rows, key=_order), key=lambda row: str(row["promise"]))
    promised = [
        _promised(list(group), stated[first], statements, words, day)
        for first, group in by_promise
        if first in statements
    ]
    told = [replace(one, told=max(one.told, turns.get(one.iri, one.told))) for one in promised]
    return sorted(told, key=lambda one: (one.due, one.title, one.iri)), words


def told_by(words: Words, statement: Statement, day: date) -> str:
    """Return what a statement says, and that it was corrected, where that was known by a day."""
    corrected = statement.one("correctedOn")
    is_known = isinstance(corrected, date) and corrected <= day
    return words.told(statement) if is_known else words.sentence(statement)


def last_change(statements: Iterable[Statement], day: date) -> date | None:
    """Return the last day by `day` on which what some statements tell changed: published, or corrected."""
    days = [one for statement in statements for one in _changes(statement) if one <= day]
    return max(days, default=None)


def _changes(statement: Statement) -> Iterator[date]:
    with suppress(ValueError):  # a source without a day is for the shapes to report
        yield date.fromisoformat(statement.source.published)
    yield from (one for one in statement.says.get("correctedOn", ()) if isinstance(one, date))


def _turns(index: Index, day: date) -> dict[str, date]:
    """Return the last day by `day` on which promises were judged otherwise, by their IRI."""
    turns: dict[str, date] = {}
    for promise, since in select_rows(index, _TURNS):
        if isinstance(since, date) and since <= day:
            iri = lengthen(str(promise))
            turns[iri] = max(since, turns.get(iri, since))
    return turns


def _order(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row["promise"]), str(row["company"])


def _promised(
    rows: Sequence[Mapping[str, Any]],
    stated: tuple[str, Sequence[str]],
    statements: Mapping[str, Statement],
    words: Words,
    day: date,
) -> Promised:
    row = rows[0]
    own = [statements[name] for name in dict.fromkeys(stated[1]) if name in statements]
    known = [one for one in own if one.source.published <= str(day)] or own[:1]
    # Who repeats a promise may be the one who names the day.
    dated = next((one for one in known if one.one("due") == row["due"]), own[0])
    companies = tuple(dict.fromkeys(words.label(one["company"]) for one in rows))
    grounds = statements.get(str(row["restsOn"]))
    rests = [grounds] if grounds else []
    return Promised(
        iri=lengthen(stated[0]),
        title=f"{' and '.join(companies)}: {words.sentence(dated)}",
        about=" and ".join(map(words.label, own[0].things)),
        companies=companies,
        earliest=_earliest(dated, row["due"]),
        due=row["due"],
        verdict=str(row["verdict"]).removeprefix("cp:"),
        status=_status(row, statements, words),
        grounds=grounds,
        statements=tuple(known),
        told=last_change([*known, *rests], day) or day,
    )


def _status(row: Mapping[str, Any], statements: Mapping[str, Statement], words: Words) -> str:
    status = words.label(row["verdict"])
    if row["reason"] is not None:
        status += f": {words.label(row['reason'])}"
    if row["ownCount"] is True:
        status += ", by own word"
    if row["disputed"] is True and row["reason"] != "cp:disputed":
        status += ", disputed"
    if follower := statements.get(str(row["replacedBy"])):
        status += f"; in its place: {words.sentence(follower)}"
    return status


def _earliest(statement: Statement, due: date) -> date:
    """Return the first day that is meant by a due day."""
    earliest = statement.one("dueEarliest")
    if isinstance(earliest, date):
        return min(earliest, due)
    return first_day(due, statement.says.get("duePrecision", ()))
