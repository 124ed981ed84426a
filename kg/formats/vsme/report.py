"""A sustainability report by VSME or ESRS as values, whichever file it was read from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kg.identity import Identifier, fault_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

LEI_SCHEME: Final = "http://standards.iso.org/iso/17442"
"""What XBRL calls the scheme of an identifier that is a LEI."""

BASE_YEAR: Final = "BaselineYearMember"
TARGET_YEAR: Final = "TargetYearMember"
STATED: Final = "CurrentlyStatedMember"
SCOPES_AXIS: Final = "ReportingScopesAxis"
"""The axis that says of which year a figure is, in spite of its name, and its members; without one it is STATED."""

BASE_YEAR_CONCEPT: Final = "GreenhouseGasEmissionReductionTargetBaseYear"
TARGET_YEAR_CONCEPT: Final = "GreenhouseGasEmissionReductionTargetYear"

COUNTING: Final = "EmployeeCountingMethodology"
COUNTED: Final = "TypeOfNumberOfEmployees"
BASIS: Final = "BasisForReporting"
CHOICES: Final = frozenset({COUNTING, COUNTED, BASIS})
"""The concepts whose answer says how to read other figures: when, how and of whom they count."""


_NO_YEAR: Final = {
    BASE_YEAR: "figures of a base year that the file does not name",
    TARGET_YEAR: "targets for a year that the file does not name",
}


@dataclass(frozen=True, slots=True)
class ReportedSpan:
    """A period: its last day, and its first where it is no moment."""

    end: date
    start: date | None = None


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A number of a report.

    `concept` is a local name, `members` are local names by those of their axes. `value` is as XBRL has it, where a
    half is 0.5 and not 50 per cent. `unit` is a measure by its local name, such as tCO2e or EUR, a ratio of two
    (`tCO2e/EUR`), or None where the concept says all. `place` is where it stands in the file. `span` is its period
    where the file gives one for it.
    """

    concept: str
    value: Decimal
    unit: str | None
    place: str
    members: Mapping[str, str] = field(default_factory=dict)
    span: ReportedSpan | None = None


@dataclass(frozen=True, slots=True)
class SustainabilityReport:
    """What a file reports: who, of which period (None where it does not say), and what.

    `identifier` is a scheme and a code. `saved` is the earliest day on which the file can have been published as it
    is, where it says one. `choices` are answers in the words of the file, by concept;
    `currency` is that of its money where it says so once for all. `is_law` says whether it is by
    ESRS, which the law asks for, and not by VSME.
    """

    path: Path
    sha256: str
    name: str | None
    identifier: tuple[str, str] | None
    span: ReportedSpan | None
    figures: tuple[ReportedFigure, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    base_year: int | None = None
    target_year: int | None = None
    currency: str | None = None
    title: str = "Sustainability report"
    saved: date | None = None
    is_law: bool = False
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def lei(self) -> str | None:
        """The LEI of who reports, where it has one whose check digits are right."""
        scheme, code = self.identifier or ("", "")
        is_one = scheme == LEI_SCHEME and fault_of(Identifier("LEI", code)) is None
        return code if is_one else None

    def period_of(self, figure: ReportedFigure, member: str) -> ReportedSpan | str:
        """Return the period of a figure, or for which reason it is of none that is known.

        A figure of the base year or the target year may stand in a period of that year, or in that of the report;
        then it is the year that the report names.

        Args:
            figure: the figure.
            member: the member of the axis of years, or that of what is stated.
        """
        if member not in (STATED, *_NO_YEAR):
            return (
                "figures of a year that is neither that of the report, nor its base or target year"
            )
        if member == STATED:
            return self._stated(figure)
        named, own = self.year(member), figure.span
        if own is None or own.end == (self.span and self.span.end):
            return named or _NO_YEAR[member]
        if named and named.end.year != own.end.year:
            return "figures of a base year or a target year that stand in another one"
        return own

    def _stated(self, figure: ReportedFigure) -> ReportedSpan | str:
        span = figure.span or self.span
        if span is None:
            return "figures of a reporting period that the file does not name"
        if self.span and span.end > self.span.end:
            return "figures of a period after that of the report, which are no results"
        return span

    def year(self, member: str) -> ReportedSpan | None:
        """Return the year that is meant by a member of the axis of years, which ends as the reporting period does.

        >>> from pathlib import Path
        >>> span = ReportedSpan(date(2026, 3, 31), date(2025, 4, 1))
        >>> report = SustainabilityReport(Path("a"), "", None, None, span, (), target_year=2030)
        >>> report.year(TARGET_YEAR)
        ReportedSpan(end=datetime.date(2030, 3, 31), start=datetime.date(2029, 4, 1))
        >>> report.year(BASE_YEAR) is None
        True
        """
        number = {BASE_YEAR: self.base_year, TARGET_YEAR: self.target_year}.get(member)
        if number is None:
            return None
        last = self.span.end if self.span else date(number, 12, 31)
        # What ends on a day after is a day later than a year before: so the last of February is no trap.
        after = last + timedelta(days=1)
        until = after.replace(year=number + after.year - last.year)
        return ReportedSpan(until - timedelta(days=1), until.replace(year=until.year - 1))
