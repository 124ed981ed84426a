"""Sustainability reports by VSME, EFRAG's standard for small companies, and ESRS: documents, templates, facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.format import PublishedFormat
from kg.formats.opening import open_beginning
from kg.formats.vsme.facts_json import is_facts, read_facts
from kg.formats.vsme.inline import is_inline, read_report
from kg.formats.vsme.package import is_package, read_package
from kg.formats.vsme.statements import batch_of
from kg.formats.vsme.workbook import is_template, read_workbook
from kg.formats.vsme.years import TargetYears

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Batch
    from kg.formats.opening import Opening
    from kg.formats.vsme.report import SustainabilityReport


def is_report(opening: Opening) -> bool:
    """Tell whether a file is a sustainability report in one of the forms that are read."""
    return any(told(opening) for told in (is_inline, is_package, is_template, is_facts))


def read_reports(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    """Yield what reports say, one source a file; at last what targets of later reports are to those of earlier ones."""
    years = TargetYears()
    for report in _reports(paths):
        if isinstance(report, SourceError):
            yield report
            continue
        batch = batch_of(report)
        years.add(report, batch)
        yield batch
    yield from years.links()


def _reports(paths: Sequence[Path]) -> Iterator[SustainabilityReport | SourceError]:
    workbook, workbooks = None, 0
    facts: list[Path] = []
    for path in paths:
        try:
            opening = open_beginning(path)
            if is_inline(opening) or is_package(opening):
                yield read_report(path) if is_inline(opening) else read_package(path)
                continue
            if not is_template(opening):
                facts.append(path)
                continue
            report = read_workbook(path)
        except SourceError as error:
            yield error
            continue
        # Whose the facts of a list are a workbook tells: but its figures nobody needs again, nor a second one.
        workbook, workbooks = replace(report, figures=()), workbooks + 1
        yield report
    for path in facts:
        try:
            yield read_facts(path, workbook if workbooks == 1 else None)
        except SourceError as error:
            yield error


FORMAT: Final = PublishedFormat(
    name="vsme",
    title="Sustainability reports by VSME, for small companies, or ESRS (EFRAG)",
    files="inline XBRL, alone or in a report package, xBRL-JSON, the filled template (XLSX), or the converter's list of facts (JSON)",
    recognises=is_report,
    read=read_reports,
    extra="formats,tables",
)
