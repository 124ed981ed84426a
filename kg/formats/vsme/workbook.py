"""The template of VSME, filled in, a workbook (XLSX): its defined names say which cell is which concept."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.base import SourceError
from kg.formats.archives import open_zip
from kg.formats.cells import day_of_plans
from kg.formats.vsme.cells import Cells
from kg.formats.vsme.indicators import is_per_cent
from kg.formats.vsme.report import (
    BASE_YEAR,
    BASE_YEAR_CONCEPT,
    CHOICES,
    LEI_SCHEME,
    SCOPES_AXIS,
    TARGET_YEAR,
    TARGET_YEAR_CONCEPT,
    ReportedFigure,
    ReportedSpan,
    SustainabilityReport,
)
from kg.formats.workbooks import open_workbook
from kg.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kg.formats.opening import Opening

MARK: Final = b"template_reporting_entity_identifier"
"""The defined name by which the template is known."""

MAX_BYTES: Final = 64 << 20
"""How many bytes a filled template may have; an empty one has one million, or four unpacked."""

MAX_NAMES: Final = 4 << 20
"""How many bytes the part may have that holds the defined names; that of the template has a fifteenth."""

_DIGITS: Final = ".15g"  # as many as a spreadsheet shows: 0.1 + 0.2 is 0.3 there
_ASIDE: Final = ("template_", "enum_", "footnote_", "_xlnm.", "_xleta.")
_PARTS: Final = {
    "CurrentlyStatedMember": None,
    BASE_YEAR: (SCOPES_AXIS, BASE_YEAR),
    TARGET_YEAR: (SCOPES_AXIS, TARGET_YEAR),
    "RenewableEnergyMember": ("BreakdownOfEnergyConsumptionAxis", "RenewableEnergyMember"),
    "NonRenewableEnergyMember": ("BreakdownOfEnergyConsumptionAxis", "NonRenewableEnergyMember"),
    "TotalRenewableAndNonRenewableEnergyMember": None,
}
_UNITS: Final = {"kg": "kg", "t": "t", "m3": "m3", "m³": "m3", "m2": "sqm", "m²": "sqm", "ha": "ha"}
_MONEY: Final = re.compile(
    "Turnover|Assets|(?:TotalRevenues|Revenue)DerivedFrom.*|TotalAmountOfFines.*"
)


def is_template(opening: Opening) -> bool:
    """Tell whether a file is a workbook that has the defined names of the template."""
    if "xl/workbook.xml" not in opening.members:
        return False
    try:
        with open_zip(opening.path, limit=MAX_BYTES) as archive:
            return MARK in archive.open("xl/workbook.xml").read(MAX_NAMES)
    except (SourceError, OSError, ValueError, KeyError):
        return False


def read_workbook(path: Path) -> SustainabilityReport:
    """Return what a filled template reports.

    Raises:
        SourceError: it is no workbook that can be read, or does not say who reports and of which period.
        UsageError: openpyxl is not installed.
    """
    data = read_bytes(path, limit=MAX_BYTES)
    with open_workbook(path) as book:
        cells = Cells.of(book, path)
    span = _span(path, cells)
    name = cells.text("template_reporting_entity_name")
    if not name:
        raise SourceError(
            path, "does not name the company that reports; fill in General Information"
        )
    figures = _Figures(cells)
    return SustainabilityReport(
        path,
        hashlib.sha256(data).hexdigest(),
        name,
        _identifier(cells),
        span,
        tuple(figures.of(cells.names)),
        choices={concept: cells.text(concept) for concept in CHOICES},
        base_year=_year(cells.one(BASE_YEAR_CONCEPT)),
        target_year=_year(cells.one(TARGET_YEAR_CONCEPT)),
        currency=cells.text("template_currency") or None,
        title=cells.text("template_reporting_title") or "Sustainability report",
        saved=book.saved.date() if book.saved else None,
        left_out=figures.left_out,
    )


def _span(path: Path, cells: Cells) -> ReportedSpan:
    days = [_day(cells.one(f"template_reporting_period_{end}date")) for end in ("start", "end")]
    if days[0] is None or days[1] is None or days[0] >= days[1]:
        raise SourceError(
            path,
            "does not say of which period it reports; fill in General Information, and save it with a"
            " spreadsheet program, which reckons its formulas",
        )
    return ReportedSpan(days[1], days[0])


def _identifier(cells: Cells) -> tuple[str, str] | None:
    scheme, code = (
        cells.text(f"template_reporting_entity_identifier{one}") for one in ("_scheme", "")
    )
    if not code:
        return None
    return (LEI_SCHEME if scheme.upper() == "LEI" else scheme, code)


class _Figures:
    """The figures of a filled template, and what is left out of it."""

    def __init__(self, cells: Cells) -> None:
        self.left_out: Counter[str] = Counter()
        self._cells = cells
        self._taken: set[str] = set()

    def of(self, names: Sequence[str]) -> Iterator[ReportedFigure]:
        """Yield the figures that stand at some defined names."""
        for name in names:
            is_figure = not name.startswith(_ASIDE) and not name.endswith(
                ("_unit", "Table", "Axis", "Hypercube")
            )
            if is_figure and name not in CHOICES | {
                BASE_YEAR_CONCEPT,
                TARGET_YEAR_CONCEPT,
                BASE_YEAR,
                TARGET_YEAR,
            }:
                yield from self._at(name)

    def _at(self, name: str) -> Iterator[ReportedFigure]:
        cells = [one for one in self._cells.found(name) if one[0] not in self._taken]
        self._taken.update(place for place, _, _ in cells)
        numbers = [
            one for one in cells if isinstance(one[1], int | float) and not isinstance(one[1], bool)
        ]
        truths = sum(isinstance(one[1], bool) or one[1] in ("YES", "NO") for one in cells)
        is_table = self._cells.is_table(name)
        counts = {
            "texts": len(cells) - len(numbers) - truths,
            # Rows of a table that nobody has filled in say no all the same.
            "answers of yes or no": 0 if is_table else truths,
            "figures of a country, site, material, pollutant or kind of waste": is_table
            * len(numbers),
        }
        self.left_out.update({reason: count for reason, count in counts.items() if count})
        if is_table or not numbers:
            return
        place, value, is_share = numbers[0]
        concept, _, part = name.partition("_")
        # A share whose cell is not shown in per cent may be 0.28 or 28.
        if is_share != is_per_cent(concept):
            self.left_out["shares that are not given in per cent, or other figures that are"] += 1
            return
        if part and part not in _PARTS:
            self.left_out["figures of a part that has no indicator here"] += 1
            return
        member = _PARTS.get(part)
        unit = self._unit(concept)
        if unit == "":
            self.left_out["figures in a unit that is not the concept's"] += 1
            return
        yield ReportedFigure(concept, _exact(value), unit, place, dict([member]) if member else {})

    def _unit(self, concept: str) -> str | None:
        """Return the unit that the template gives for a concept, None if the concept says it, "" if it is not known."""
        if _MONEY.fullmatch(concept):
            return self._cells.text("template_currency")
        said = self._cells.text(f"{concept}_unit")
        if not said:
            return "tCO2e/" if "IntensityValue" in concept else None
        return _UNITS.get(said.rpartition("(")[2].rstrip(")"), "")


def _exact(value: float) -> Decimal:
    return Decimal(format(value, _DIGITS)) if isinstance(value, float) else Decimal(value)


def _day(value: Any) -> date | None:
    try:  # a moment is written with its day first
        return day_of_plans(str(value).strip()[:10])
    except ValueError:
        return None


def _year(value: Any) -> int | None:
    text = str(value).strip().removesuffix(".0")
    return int(text) if re.fullmatch("(?:19|20|21)[0-9]{2}", text) else None
