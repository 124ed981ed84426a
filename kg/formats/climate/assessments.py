"""The rows of a carbon performance table: each an assessment of one company's emissions per unit of output.

Its columns of years look alike and are not: up to the last year that the company has reported they
hold what was, in the years of its targets what it aims at, and else what lies between on a straight line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.cells import day_in, number_in, year_in
from kg.formats.columns import headed_table
from kg.formats.named import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NEEDED: Final = ("company", "sector", "assessed", "targets", "cutoff", "unit")
"""The keys of the columns by which such a table is known."""

MAX_ASSESSMENTS: Final = 200_000
"""How many rows such a table may have; in 2025 it had some three thousand."""

NAMED_SINCE: Final = date(2021, 9, 1)
"""Since when assessments name the years of targets; before, that none is named says nothing."""

_KEYS: Final = {
    "company name": "company", "geography code": "country", "sector": "sector",
    "subsector": "subsector", "isins": "isins", "region": "region", "level": "level",
    "publication date": "published", "cp publication date": "published",
    "assessment date": "assessed", "cp assessment date": "assessed",
    "benchmark id": "benchmark", "regional benchmark id": "benchmark",
    "years with targets": "targets", "history to projection cutoff year": "cutoff",
    "cp unit": "unit", "assumptions": "assumptions",
}  # fmt: skip
_YEAR: Final = re.compile("(?:19|20|21)[0-9]{2}")
_BETWEEN: Final = "values interpolated between what is reported and what is aimed at"
_NO_MORE: Final = "not made any further assumptions"


def key_of(title: str) -> str | None:
    """Return the key of a column by its title; a year is its own.

    >>> key_of("CP Unit"), key_of("2030"), key_of("SEDOL")
    ('unit', '2030', None)
    """
    return title if _YEAR.fullmatch(title) else _KEYS.get(title.casefold())


@dataclass(frozen=True)
class Assessment:
    """One row: of whom, when `assessed` and `published`, in which `unit`, and what it says year by year.

    `targets` are of years to come, `reckoned` where the assessor made assumptions of its own to express
    them in its unit.
    """

    number: int
    company: str
    country: str
    sector: str
    subsector: str
    unit: str
    benchmark: str
    published: date
    assessed: date
    isins: str
    observed: Mapping[int, str]
    targets: Mapping[int, str]
    reckoned: bool


@dataclass(frozen=True)
class AssessmentTable:
    """A whole table: what kind it is, its digest, its rows, and what was left out of them.

    `kind` is `regional` where it tells of the benchmarks of regions, `latest` where it holds the newest
    assessment of each company alone, or "".
    """

    kind: str
    digest: str
    rows: tuple[Assessment, ...]
    left_out: Mapping[tuple[date, date], Counter[str]]


def read_assessments(path: Path) -> AssessmentTable:
    """Return what a carbon performance table says.

    Raises:
        SourceError: it cannot be read, or no row of it is an assessment.
    """
    table, _ = headed_table(path, key_of, NEEDED)
    rows: list[Assessment] = []
    left_out: dict[tuple[date, date], Counter[str]] = {}
    nowhere: Counter[str] = Counter()
    kind = ""
    for number, cells in table:
        if number > MAX_ASSESSMENTS:
            raise SourceError(path, f"has more than {MAX_ASSESSMENTS:,} rows")
        kind = kind or ("regional" if "region" in cells else "latest" if "level" in cells else "")
        assessed = day_in(cells["assessed"])
        if assessed is None or not plain_name(cells["company"]) or not cells["unit"]:
            nowhere["rows without a company, a unit or a day of assessment"] += 1
            continue
        # Nobody can have read it before it was made: some are dated by the month in which they came out.
        published = max(day_in(cells.get("published", "")) or assessed, assessed)
        counts = left_out.setdefault((published, assessed), Counter())
        rows.append(_assessment(number, cells, published, assessed, counts))
    if not rows:
        raise SourceError(path, "has no row that is an assessment")
    left_out[max(left_out)].update(nowhere)
    return AssessmentTable(kind, table.digest, tuple(rows), left_out)


def _assessment(
    number: int, cells: dict[str, str], published: date, assessed: date, left_out: Counter[str]
) -> Assessment:
    observed, targets = _values(cells, published, assessed, left_out)
    return Assessment(
        number,
        plain_name(cells["company"]),
        plain_name(cells.get("country", "")),
        plain_name(cells["sector"]),
        plain_name(cells.get("subsector", "")),
        plain_name(cells["unit"]),
        plain_name(cells.get("benchmark", "")),
        published,
        assessed,
        cells.get("isins", ""),
        observed,
        targets,
        _is_reckoned(cells.get("assumptions", "")),
    )


def _values(
    cells: Mapping[str, str], published: date, assessed: date, left_out: Counter[str]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return what was observed and what is aimed at, by years; all else is counted."""
    cutoff = year_in(cells["cutoff"])
    given = [one for one in re.split("[;,]", cells["targets"]) if one.strip()]
    named = {year for one in given if (year := year_in(one))}
    if odd := sum(year_in(one) is None for one in given):
        left_out["years with targets that are no years"] += odd
    values: dict[int, str] = {}
    for key in filter(_YEAR.fullmatch, cells):
        value = number_in(cells[key])
        if value is not None:
            values[int(key)] = value
        elif cells[key]:
            left_out["values that are no numbers"] += 1
    observed = {year: values[year] for year in values if year <= (cutoff or 0)}
    if early := [year for year in observed if year > published.year]:
        left_out["values reported of a year after the assessment"] += len(early)
        observed = {year: value for year, value in observed.items() if year <= published.year}
    # Where no year is the last reported one, only what is still to come cannot have been reported.
    after = published.year if cutoff is None else cutoff
    targets = {year: values[year] for year in sorted(named & values.keys()) if year > after}
    if between := len(values) - len(observed) - len(early) - len(targets):
        left_out[
            _BETWEEN if cutoff else "values of assessments that name no last reported year"
        ] += between
    _count_targets(named, observed, targets, left_out)
    if not named and assessed < NAMED_SINCE:
        left_out[
            "assessments before September 2021 that do not tell whether there are targets"
        ] += 1
    return observed, targets


def _count_targets(
    named: set[int], observed: Mapping[int, str], targets: Mapping[int, str], left_out: Counter[str]
) -> None:
    """Count the years of targets of which the table has no value, or what was reported instead."""
    for year in named - targets.keys():
        over = year in observed
        left_out[
            "targets of years of which the table has what was reported instead"
            if over
            else "targets of years without a value"
        ] += 1


def _is_reckoned(assumptions: str) -> bool:
    """Tell whether a target in the assessor's unit rests on more than what the company has set.

    Whoever sets a cut in tonnes says nothing of tonnes per unit of output: the assessor assumes how
    much is going to be made.
    """
    said = " ".join(assumptions.casefold().split())
    if _NO_MORE not in said:
        return True
    rest = said.replace(_NO_MORE, "")
    return "assum" in rest or "absolute emissions" in rest
