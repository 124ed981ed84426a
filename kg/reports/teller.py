"""What the lines of a card say: a statement and on whose word, a promise and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base import counted
from kg.plans import Words, spell_way
from kg.promises import CONCLUSIVE, load_meanings, read_statements
from kg.reports.form import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.promises import Standing, Statement
    from kg.query import Index


@dataclass(frozen=True)
class Teller:
    """Tells statements and promises in some words.

    `statements` has all that these rest on, by slug, and `verdicts` says what each verdict means.
    """

    words: Words
    statements: Mapping[str, Statement]
    verdicts: Mapping[str, str]

    @classmethod
    def of(
        cls,
        index: Index,
        statements: Mapping[str, Statement],
        promises: Iterable[Standing],
        names: Iterable[str],
    ) -> Teller:
        """Read no more of a graph than some statements, some promises and what is called by some names need."""
        needed, concepts = set(), set()
        for one in promises:
            needed |= {name for name in (one.first, one.rests_on, one.replaced_by) if name}
            concepts |= {f"cp:{name}" for name in (one.verdict, one.reason) if name}
        whole = {**statements, **read_statements(index, needed - statements.keys())}
        words = Words.for_some(index, whole.values(), {*names, *concepts})
        return cls(words, whole, load_meanings(index) if concepts else {})

    def statement(self, statement: Statement, standing: Standing | None = None) -> Line:
        """Tell what a statement says, and what became of it where it is a promise."""
        told = self.words.told(statement) + self._outcome(standing)
        return Line(told, tuple(self.behind(statement)), (statement.name,))

    def promise(self, standing: Standing) -> Line:
        """Tell a promise by the first statement of it, what became of it, and who else states it."""
        first = self.statements[standing.first]
        sentence = self.words.promised(first) + self._outcome(standing)
        others = standing.statements[1:]
        also = [f"also {', '.join(others)}"] if others else []
        grounds = filter(None, (standing.rests_on, standing.replaced_by))
        return Line(sentence, (*self.behind(first), *also), (first.name, *grounds, *others))

    def _outcome(self, standing: Standing | None) -> str:
        return f" — {self.ending(standing)}" if standing else ""

    def ending(self, standing: Standing) -> str:
        """Say what became of a promise, by what, and what took its place."""
        told = self.words.label(f"cp:{standing.verdict}")
        told += ", disputed" if standing.is_disputed else ""
        if standing.verdict == "partly":  # how much is what tells it from a miss
            told += f", {spell_way(standing.at_least, standing.at_most)}"
        told += f": {self.words.label(f'cp:{standing.reason}')}" if standing.reason else ""
        return "; ".join(
            (told + self._grounds(standing), *_searched(standing), *self._more(standing))
        )

    def meanings(self, standings: Iterable[Standing]) -> Iterator[Line]:
        """Say what the verdicts on some promises mean."""
        for verdict in sorted({standing.verdict for standing in standings}):
            yield Line(f"{self.words.label(f'cp:{verdict}')}: {self.verdicts[verdict]}")

    def _grounds(self, standing: Standing) -> str:
        decided = standing.verdict in CONCLUSIVE and standing.rests_on
        return f", by {self._figure(standing, decided)}" if decided else ""

    def _more(self, standing: Standing) -> Iterator[str]:
        if standing.rests_on and standing.verdict not in CONCLUSIVE:
            yield f"latest: {self._figure(standing, standing.rests_on)}"
        if standing.replaced_by:
            yield f"then: {self._cited(standing.replaced_by)}"

    def _figure(self, standing: Standing, name: str) -> str:
        return self._cited(name) + (", by its own word" if standing.is_own_count else "")

    def _cited(self, name: str) -> str:
        """Say what a statement says, and who published it when."""
        statement = self.statements.get(name)
        if statement is None:
            return name  # what a source that is not here any more is said to state
        return f"{self.words.told(statement)} ({self._published(statement)})"

    def _published(self, statement: Statement) -> str:
        return f"{self.words.label(statement.source.publisher)} {statement.source.published}"

    def behind(self, statement: Statement) -> Iterator[str]:
        """Yield on whose word a statement stands and where, and then what is noted of it."""
        who, via = statement.one("speaker"), statement.one("via")
        parts = [
            self.words.label(who) if who else "",
            f"via {self.words.label(via)}" if via else "",
            self._published(statement),
            statement.locator,
            "inferred" if statement.text("mode") == "inferred" else "",
            statement.name,
        ]
        yield " · ".join(part for part in parts if part)
        if note := statement.text("note"):
            yield f"note: {note}"


def _searched(standing: Standing) -> Iterator[str]:
    if searched := standing.searched:
        yield f"searched: {counted(searched.sources, 'source')} on it, until {searched.last}"
