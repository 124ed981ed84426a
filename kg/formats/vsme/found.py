"""What is found in the facts of a sustainability report, one after another, whatever form they have."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.vsme.report import (
    BASE_YEAR,
    BASE_YEAR_CONCEPT,
    CHOICES,
    TARGET_YEAR,
    TARGET_YEAR_CONCEPT,
    ReportedFigure,
    SustainabilityReport,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kg.formats.vsme.report import ReportedSpan

VSME: Final = "https://xbrl.efrag.org/taxonomy/vsme/"
ESRS: Final = "https://xbrl.efrag.org/taxonomy/esrs/"
"""What the namespaces of the two taxonomies begin with; a year follows."""

NIL: Final = "facts that are nil"

_YEARS: Final = (BASE_YEAR_CONCEPT, TARGET_YEAR_CONCEPT)
_YEAR: Final = re.compile("(?:19|20|21)[0-9]{2}")


class FoundFacts:
    """The facts of a report that have been read."""

    def __init__(self, path: Path) -> None:
        """Begin without any; `path` is named in errors."""
        self.left_out: Counter[str] = Counter()
        self._path = path
        self._figures: list[ReportedFigure] = []
        self._choices: dict[str, str] = {}
        self._years: dict[str, int] = {}
        self._spans: Counter[ReportedSpan] = Counter()
        self._entities: Counter[tuple[str, str]] = Counter()

    def add_figure(self, figure: ReportedFigure) -> None:
        """Add a number."""
        if figure.concept in _YEARS:
            self.add_words(figure.concept, format(figure.value, "f"))
        else:
            self._figures.append(figure)

    def add_words(self, concept: str, words: str) -> None:
        """Add what a fact says that is no number: an answer, a year, a text, or a member by its name."""
        said = words.strip()
        if concept in _YEARS and _YEAR.fullmatch(said):
            self._years[concept] = int(said)
        elif concept in CHOICES:
            self._choices[concept] = said.rpartition("#")[2]
        else:
            is_truth = said.lower() in ("true", "false", "yes", "no")
            self.left_out["answers of yes or no" if is_truth else "texts"] += 1

    def add_context(
        self, entity: tuple[str, str], span: ReportedSpan | None, members: list[str]
    ) -> None:
        """Take note of whom and when a fact is: of its scheme and code, of a period, of members of axes."""
        self._entities[entity] += 1
        # The years of targets are periods of their own; the report's is that of most other facts.
        if span and span.start and not {BASE_YEAR, TARGET_YEAR} & set(members):
            self._spans[span] += 1

    def report(
        self,
        sha256: str,
        *,
        name: str | None = None,
        saved: date | None = None,
        is_law: bool = False,
    ) -> SustainabilityReport:
        """Return the report; who reports and of which period is None where no fact has said so.

        Raises:
            SourceError: facts are of several companies.
        """
        if len(self._entities) > 1:
            raise SourceError(self._path, "has facts of several companies; one reports in a file")
        spans = sorted(self._spans, key=lambda one: (self._spans[one], one.end))
        return SustainabilityReport(
            self._path, sha256, name, next(iter(self._entities), None), next(reversed(spans), None),
            tuple(self._figures), choices=self._choices, base_year=self._years.get(BASE_YEAR_CONCEPT),
            target_year=self._years.get(TARGET_YEAR_CONCEPT), saved=saved, is_law=is_law,
            left_out=self.left_out,
        )  # fmt: skip
