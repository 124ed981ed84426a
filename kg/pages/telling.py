"""Statements and promises as values for templates: what they say, on whose word, and what became of them.

Nothing is judged here and no sentence is made but by `kg.plans.sentences`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.base import counted
from kg.plans import spell_day, spell_way
from kg.promises import CONCLUSIVE, outcome_of
from kg.reports import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.pages.desk import Desk
    from kg.promises import Standing, Statement


@dataclass(frozen=True)
class Cited:
    """A statement: the `sentence` that it amounts to, and what stands behind it; things by their shortest names.

    `source` is who published it and when, `locator` where in it, `who` spoke and `via` whom that source quotes.
    Of a target, whose sentence tells of its number alone, `status` is how the statement has it stand.
    """

    name: str
    sentence: str
    source_name: str
    source: str
    published: str
    locator: str
    who_name: str = ""
    who: str = ""
    via: str = ""
    note: str = ""
    inferred: bool = False
    status: str = ""


@dataclass(frozen=True)
class Pledge:
    """A promise, and what is told of it on a day.

    Attributes:
        name: Its shortest name.
        said: The first statement of it.
        due: The last day of it, if it has one, and `due_words`, no more exactly than it is known.
        outcome: One of `viz.style.OUTCOMES`, and `verdict` without regard to whether it is awaited.
        meaning: What that means, and `reason` why nothing can be told.
        way: How much of the way is gone, in words.
        rests_on: What decides it, if `decided`, else the latest that is known.
        later: The first statement of the promise that took its place, and that promise's name.
        searched: How many sources tell of what it is about, and until when, where no end is known.
    """

    name: str
    said: Cited
    promised_on: str
    due: str
    due_words: str
    outcome: str
    verdict: str
    meaning: str
    reason: str
    way: str
    rests_on: Cited | None
    decided: bool
    later: Cited | None
    own: bool
    disputed: bool
    searched: str
    statements: tuple[str, ...]

    @property
    def caveats(self) -> list[str]:
        """What to bear in mind with the outcome, a sentence each."""
        told = ["Told by whoever promised it."] if self.own else []
        told += ["Sources disagree on it."] if self.disputed else []
        if self.outcome == "no-result":
            searched = f"Searched: {self.searched}. " if self.searched else ""
            told.append(f"{searched}That nothing is known does not mean that it was not kept.")
        return told


class Telling:
    """Tells statements and promises in the words of one graph."""

    def __init__(self, teller: Teller, reasons: Mapping[str, str], due: Mapping[str, str]) -> None:
        """Take what tells, what the reasons mean, and by when promises are due."""
        self.teller, self._reasons, self._due = teller, reasons, due

    @classmethod
    def of(
        cls,
        desk: Desk,
        statements: Mapping[str, Statement],
        promises: Sequence[Standing] = (),
        names: Iterable[str] = (),
    ) -> Telling:
        """Read no more of a graph than some statements, some promises and what is called by some names need."""
        due = {
            one.name: record.due or ""
            for one in promises
            if (record := desk.by_name.get(one.name)) is not None
        }
        needed = [one for p in promises for one in (p.first, p.rests_on, p.replaced_by) if one]
        whole = {**desk.statements(needed), **statements}
        return cls(Teller.of(desk.index, whole, promises, names), desk.reasons, due)

    def label(self, name: object) -> str:
        """Return the label of what is called so."""
        return self.teller.words.label(name)

    def cited(self, statement: Statement) -> Cited:
        """Return a statement as a page cites it."""
        who, via = statement.one("speaker"), statement.one("via")
        return Cited(
            statement.name,
            self.teller.words.told(statement),
            statement.source.name,
            self.label(statement.source.publisher),
            statement.source.published,
            statement.locator,
            str(who or ""),
            self.label(who) if who else "",
            self.label(via) if via else "",
            statement.text("note") or "",
            statement.text("mode") == "inferred",
            self.label(statement.one("status") or "") if statement.kind == "Target" else "",
        )

    def promised(self, statement: Statement) -> Cited:
        """Return a statement that makes a promise as a page cites it: by what it promises."""
        return replace(self.cited(statement), sentence=self.teller.words.promised(statement))

    def pledge(self, standing: Standing) -> Pledge:
        """Return a promise with what is told of it."""
        first = self.teller.statements[standing.first]
        due = self._due.get(standing.name, "")
        said_due = first.one("due")
        exact = str(said_due or "") == due
        searched = standing.searched
        return Pledge(
            standing.name,
            self.promised(first),
            standing.said,
            due,
            spell_day(said_due, first.says.get("duePrecision", ())) if due and exact else due,
            outcome_of(standing.verdict, standing.replaced_by),
            standing.verdict,
            self.teller.verdicts.get(standing.verdict, ""),
            self._reasons.get(standing.reason or "", standing.reason or ""),
            spell_way(standing.at_least, standing.at_most),
            self._known(standing.rests_on),
            standing.verdict in CONCLUSIVE,
            self._known(standing.replaced_by),
            standing.is_own_count,
            standing.is_disputed,
            f"{counted(searched.sources, 'source')} on it, until {searched.last}"
            if searched
            else "",
            standing.statements,
        )

    def _known(self, name: str | None) -> Cited | None:
        """Return a statement, or None where there is none, or its source is not here any more."""
        statement = self.teller.statements.get(name or "")
        return self.cited(statement) if statement else None
