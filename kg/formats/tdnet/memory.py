"""What is known of earlier filings while a folder of them is read: the forecasts that stand, and the results.

Of each company, indicator, scope and period one forecast and one result stay in memory, whatever else
the filings hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from kg.formats.tdnet.numbers import FiledLine, Key

_Values: TypeAlias = "tuple[Decimal | None, Decimal | None]"
_Of: TypeAlias = "tuple[str, Key]"


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A statement by its `name` (id), what it says, and since which day; a result may be `provisional`, or an `estimate`.

    `shares` is how many stand behind it, where it is an amount a share and that is told, and `withdrawn`
    the statement that took it back, if one did. `before` is the forecast of another value whose place it took,
    by name and value, `others` are statements that are wrong where it is, which it corrects, and `repeats` is one of an
    earlier filing that said the same: that was right in its time, whatever is wrong of this one. `quarter` is that of
    the filing that says it, as its title names it.
    """

    name: str
    values: _Values
    since: date
    provisional: bool = False
    estimate: bool = False
    shares: Decimal | None = None
    withdrawn: str | None = None
    before: tuple[str, _Values] | None = None
    others: tuple[str, ...] = ()
    repeats: str | None = None
    quarter: str = ""

    @property
    def all_names(self) -> tuple[str, ...]:
        """All statements that are wrong where it is, itself included."""
        return (*self.others, self.name, *([self.withdrawn] if self.withdrawn else []))


@dataclass(slots=True)
class FilingMemory:
    """The forecasts and results that stand, by company, indicator, scope and period."""

    forecasts: dict[_Of, StandingLine] = field(default_factory=dict)
    results: dict[_Of, StandingLine] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    digests: set[bytes] = field(default_factory=set)

    def name_of(self, code: str, name: str) -> str:
        """Return by which name a company was called first; it has one in each language."""
        return self.names.setdefault(code, name) if name else self.names.get(code, "")

    def is_new(self, digest: str) -> bool:
        """Tell whether a file has not been read yet, and remember it."""
        whole = bytes.fromhex(digest)
        new = whole not in self.digests
        self.digests.add(whole)
        return new

    def forecast(self, code: str, line: FiledLine) -> StandingLine | None:
        """Return the forecast that stands for what a line is of."""
        return self.forecasts.get((code, line.key))

    def put_forecast(self, code: str, line: FiledLine, new: StandingLine) -> None:
        """Let a forecast take the place of what stood."""
        stood = self.forecasts.get((code, line.key))
        if stood is not None and stood.values == new.values:
            new = replace(new, before=stood.before, repeats=stood.repeats or stood.name)
        elif stood is not None:
            new = replace(new, before=(stood.name, stood.values))
        self.forecasts[code, line.key] = new

    def correct_forecast(
        self, code: str, line: FiledLine, name: str, shares: Decimal | None
    ) -> tuple[str, ...]:
        """Let a forecast be what the one that stands should have been, and return all that was wrong of it.

        What corrects it has to name what it corrected itself, for what is corrected corrects nothing.
        """
        stood = self.forecasts[code, line.key]
        wrong, before = stood.all_names, stood.before
        if stood.repeats is not None:
            before = stood.repeats, stood.values
        right = StandingLine(
            name,
            values_of(line),
            stood.since,
            shares=shares,
            before=before,
            others=wrong,
            quarter=stood.quarter,
        )
        self.forecasts[code, line.key] = right
        return wrong

    def withdraw(self, code: str, line: FiledLine, name: str) -> None:
        """Remember that a forecast was taken back; what comes later still takes its place."""
        stood = self.forecasts[code, line.key]
        self.forecasts[code, line.key] = replace(stood, withdrawn=name)

    def judge_result(
        self,
        code: str,
        line: FiledLine,
        name: str,
        filed: date,
        *,
        is_correction: bool,
    ) -> tuple[Literal["new", "again", "restated", "corrects"], tuple[str, ...]]:
        """Return what a result is to those before it, with the names of those that it takes the place of.

        A result of the first filing that has one stands. What a later one restates is on another basis, by
        which no forecast was made; but what was told before the books were closed is replaced by what they say,
        and what was merely estimated also by the same number. It takes the place of all before it, since what
        is corrected itself corrects nothing.
        """
        of = (code, line.key)
        old = self.results.get(of)
        new = StandingLine(
            name,
            values_of(line),
            filed,
            provisional=line.state in ("outturn", "estimate"),
            estimate=line.state == "estimate",
        )
        if old is None:
            self.results[of] = new
            return "new", ()
        if old.values == new.values and (new.estimate or not old.estimate):
            if old.provisional and not new.provisional:
                self.results[of] = replace(old, provisional=False, estimate=False)
            return "again", ()
        if old.provisional or is_correction:
            wrong = old.all_names
            self.results[of] = replace(new, others=wrong)
            return "corrects", wrong
        return "restated", ()


def values_of(line: FiledLine) -> _Values:
    """Return what a line says, to be held against another of the same key.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from kg.formats.tdnet.numbers import Key, FiledLine
    >>> key = Key("net-sales", None, date(2013, 4, 1), date(2014, 3, 31), "JPY")
    >>> values_of(FiledLine(key, "forecast", Decimal(1), None, ()))
    (Decimal('1'), None)
    """
    return line.low, line.high
