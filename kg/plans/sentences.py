"""What a statement says, as a short sentence of our own: never the words of an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kg.plans.spelling import spell_day, spell_number
from kg.promises import (
    ORIGIN,
    last_published,
    load_labels,
    load_origins,
    load_ranks,
    load_symbols,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.promises import Origin, Statement
    from kg.query import Index

_COMPARATORS: Final = {
    "at-least": "at least ",
    "at-most": "at most ",
    "more-than": "more than ",
    "less-than": "less than ",
    "approximately": "about ",
}
_KINDS: Final = {"estimated": "by estimate", "forecast": "as a forecast"}

_NAMING: Final = (
    "about", "among", "corrects", "indicator", "object", "outlook", "place", "predicate",
    "promisedBy", "purpose", "reason", "speaker", "status", "subject", "unit", "via",
)  # fmt: skip
"""The properties of statements whose values people are shown by their labels."""


WORDED: Final = ("rdfs:label", *ORIGIN)
"""The properties that `Words.of` reads of all things and sources."""

# Read once for each index, which never changes, and forgotten together with it.
_notations: WeakKeyDictionary[Index, tuple[Mapping[str, str], frozenset[str]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Words:
    """The labels and unit symbols that sentences are made of, by shortest name.

    `known` is the last day on which a source was published: what ended before it is told as past.
    """

    labels: Mapping[str, str]
    symbols: Mapping[str, str]
    ranks: frozenset[str] = frozenset()
    known: str = ""

    @classmethod
    def of(cls, index: Index) -> Words:
        """Read the words of a graph."""
        origins = load_origins(index).values()
        known = max((origin.published for origin in origins), default="")
        return cls._called(index, load_labels(index), origins, known)

    @classmethod
    def for_some(
        cls, index: Index, statements: Iterable[Statement], names: Iterable[str] = ()
    ) -> Words:
        """Read no more of a graph than what some statements, and what is called by some `names`, need."""
        statements = list(statements)
        used = {*names, *(name for statement in statements for name in _names(statement))}
        origins = [
            *load_origins(index, used).values(),
            *(statement.source for statement in statements),
        ]
        labels = load_labels(index, used | {origin.publisher for origin in origins})
        # Asked only where something has an end: there can be many sources.
        ends = any("until" in statement.says for statement in statements)
        return cls._called(index, labels, origins, last_published(index) if ends else "")

    @classmethod
    def _called(
        cls, index: Index, labels: dict[str, str], origins: Iterable[Origin], known: str
    ) -> Words:
        # Sources come without a label; people know them by who published them, and when.
        for origin in origins:
            if origin.published:
                publisher = labels.get(origin.publisher, origin.publisher)
                labels.setdefault(origin.name, f"{publisher} of {origin.published}")
        if index not in _notations:
            _notations[index] = load_symbols(index), load_ranks(index)
        return cls(labels, *_notations[index], known)

    def label(self, name: object) -> str:
        """Return the label of what is called `name`, or the name itself."""
        text = str(name)
        label = self.labels.get(text)
        return text.removeprefix("cp:") if label is None else label

    def sentence(self, statement: Statement) -> str:
        """Say what `statement` says.

        >>> import kg
        >>> index = kg.build(check=False).index
        >>> from kg.promises import load_statements
        >>> words, statements = Words.of(index), load_statements(index)
        >>> words.sentence(statements["medianama-2017-03-28.3.4"])
        '500 service centres by the first half of 2017, from 250'
        >>> words.sentence(statements["medianama-2017-03-28.4.11"])
        'Xiaomi is partner of MobiKwik for one-touch recharge in India'
        """
        make = {
            "Target": self._target,
            "Observation": self._observation,
            "StatusReport": self._report,
            "Relation": self._relation,
            "Retraction": self._retraction,
        }
        return make[statement.kind](statement) if statement.kind in make else statement.name

    def told(self, statement: Statement) -> str:
        """Say what `statement` says, and that it was corrected, where a source has done so."""
        day = statement.one("correctedOn")
        return self.sentence(statement) + (f" (corrected on {day})" if day else "")

    def promised(self, statement: Statement) -> str:
        """Say what `statement` promises, without what else it says: how it stood on the day on which it was said."""
        if statement.kind != "StatusReport":
            return self.told(statement)
        due = spell_day(statement.one("due"), statement.says.get("duePrecision", ()))
        sentence = f"{self._subjects(statement)}, due by {due}"
        return sentence + self._where(statement, sentence, ", in")

    def has_ended(self, statement: Statement) -> bool:
        """Whether what `statement` says has ended: a source was published after its last day."""
        until = statement.one("until")
        return until is not None and str(until) < self.known

    def short(self, statement: Statement) -> str:
        """Say what a target or observation amounts to, without its dates."""
        indicator = str(statement.one("indicator") or "")
        comparator = _COMPARATORS.get(statement.text("comparator") or "", "")
        quantity = comparator + self._quantity(statement)
        label = self.label(indicator)
        # "500 service centres", but "revenue: 15 billion USD" and "rank in bankruptcies: 1": only
        # what is counted can stand behind its number.
        leads = self._symbol(statement) or indicator in self.ranks
        sentence = f"{label}: {quantity}" if leads else f"{quantity} {label}".rstrip()
        among = statement.one("among")
        return sentence + (f" among {self.label(among)}" if among else "")

    def _quantity(self, statement: Statement) -> str:
        """Return the value of a statement, else its range, else the one end of it that is known."""
        value = statement.one("value")
        low, high = statement.one("minimum"), statement.one("maximum")
        if value is not None:
            return self._amount(statement, value)
        if low is not None and high is not None:
            return f"{spell_number(low)} to {self._amount(statement, high)}"
        return self._amount(statement, low if low is not None else high)

    def _symbol(self, statement: Statement) -> str:
        unit, indicator = statement.one("unit"), statement.one("indicator")
        return self.symbols.get(str(unit if unit is not None else indicator), "")

    def _amount(self, statement: Statement, value: object) -> str:
        symbol = self._symbol(statement)
        if symbol == "%":
            return f"{spell_number(value)}%"
        return f"{spell_number(value)} {symbol}".rstrip()

    def _target(self, statement: Statement) -> str:
        sentence = self.short(statement)
        if due := statement.one("due"):
            day = spell_day(due, statement.says.get("duePrecision", ()))
            begun = statement.one("countsFrom")
            # A named period says where it begins, and a day alone does not.
            counted = f", counted from {begun}" if begun and day == str(due) else ""
            sentence += f" by {day}{counted}"
        if (baseline := statement.one("baseline")) is not None:
            sentence += f", from {spell_number(baseline)}"
        sentence += self._against(statement)
        if promiser := statement.one("promisedBy"):
            sentence += f", promised by {self.label(promiser)}"
        return sentence + self._view(statement)

    def _observation(self, statement: Statement) -> str:
        sentence = self.short(statement)
        sentence += self._where(statement, sentence)
        if when := statement.one("when"):
            sentence += f" {_when(statement, when)}"
        kind = _KINDS.get(statement.text("kind") or "")
        sentence += self._against(statement) + (f", {kind}" if kind else "")
        return sentence + self._view(statement)

    def _report(self, statement: Statement) -> str:
        sentence = f"{self._subjects(statement)}: {self.label(statement.one('status'))}"
        if since := statement.one("from"):
            sentence += f" since {spell_day(since, statement.says.get('fromPrecision', ()))}"
        if due := statement.one("due"):
            sentence += f", due by {spell_day(due, statement.says.get('duePrecision', ()))}"
        sentence += self._end(statement) + self._where(statement, sentence, ", in")
        return sentence + self._view(statement)

    def _subjects(self, statement: Statement) -> str:
        return " and ".join(self.label(name) for name in statement.says.get("about", ()))

    def _retraction(self, statement: Statement) -> str:
        names = statement.says.get("corrects", ())
        return f"takes back {' and '.join(map(self.label, names))}"

    def _against(self, statement: Statement) -> str:
        """Name the day against which a change is measured, where no number stands for it."""
        day = statement.one("baselineDate")
        if not isinstance(day, date) or statement.one("baseline") is not None:
            return ""
        # The end of a year stands for the year.
        is_year = (day.month, day.day) == (12, 31)
        return f", against {day.year if is_year else day.isoformat()}"

    def _view(self, statement: Statement) -> str:
        """Say why a plan changed, and how its speaker sees the way ahead, where a source tells."""
        reasons = [self.label(reason) for reason in statement.says.get("reason", ())]
        outlook = statement.one("outlook")
        said = f", because of {' and '.join(reasons)}" if reasons else ""
        return said + (f", {self.label(outlook)} by own account" if outlook else "")

    def _relation(self, statement: Statement) -> str:
        parts = (self.label(statement.one(key)) for key in ("subject", "predicate", "object"))
        sentence = " ".join(parts)
        if self.has_ended(statement):
            sentence = sentence.replace(" is ", " was ", 1)
        if purpose := statement.one("purpose"):
            sentence += f" for {self.label(purpose)}"
        sentence += self._where(statement, sentence) + self._end(statement)
        return sentence + self._view(statement)

    def _end(self, statement: Statement) -> str:
        """Say until when something was or is so, where a source tells."""
        until = statement.one("until")
        if until is None:
            return ""
        return f" until {spell_day(until, statement.says.get('untilPrecision', ()))}"

    def _where(self, statement: Statement, sentence: str, joint: str = " in") -> str:
        """Name the place, unless `sentence` names it already."""
        place = self.label(statement.one("place") or "")
        # Labels name places too: no reader wants "phone exports from India: postponed, in India".
        named = any(f" {word} {place}" in sentence for word in ("in", "from"))
        return f"{joint} {place}" if place and not named else ""


def _when(statement: Statement, when: object) -> str:
    """Say of which day or period an observation is."""
    precisions = statement.says.get("whenPrecision", ())
    day = spell_day(when, precisions)
    # Only a day that is known exactly is spelt as it stands; all others are periods.
    if day != str(when):
        return f"in {day}"
    begun = statement.one("whenStart")
    # An inferred day is merely the last that it can be.
    return f"on {day}" if begun is None or precisions else f"from {begun} to {day}"


def _names(statement: Statement) -> Iterator[str]:
    for key in _NAMING:
        yield from map(str, statement.says.get(key, ()))
