"""Findings written down: as lines for people, as JSON, as a report of SHACL, as SARIF for editors.

A report says the same in each form, in the same order, and the same findings give the same bytes.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import SHACL, UNREADABLE, UsageError, visible

if TYPE_CHECKING:
    from kg.base import Finding, Report

_PLACE: Final = re.compile(r"(?P<file>.+?)(?::(?P<line>\d+)| row (?P<row>\d+))?", re.DOTALL)


class Place(NamedTuple):
    """Where a finding is: in a `file`, at a 1-based `line`, or in the `row` of a table."""

    file: str
    line: int | None
    row: int | None


def place_of(finding: Finding) -> Place | None:
    """Return where a finding is, or None where that is not known.

    >>> from kg.base import Finding
    >>> place_of(Finding("", None, None, "", "", violation=True, location="a.csv row 3"))
    Place(file='a.csv', line=None, row=3)
    """
    found = _PLACE.fullmatch(finding.location or "")
    if not found:
        return None
    line, row = (None if part is None else int(part) for part in found.group("line", "row"))
    return Place(found["file"], line, row)


def severity_of(finding: Finding) -> str:
    """Return the local name of a severity: Violation, Warning, Info, or what a shape has it called."""
    if finding.severity:
        return finding.severity.removeprefix(SHACL)
    # What our hints ask may be meant so: somebody ought to look.
    return "Violation" if finding.violation else "Warning"


def write_report(report: Report, form: str) -> bytes:
    r"""Return a report in one of the forms of `kg.base.REPORT_FORMATS`.

    Raises:
        UsageError: there is no such form.

    >>> from kg.base import Finding, Report
    >>> one = Finding("a:b", None, None, "is odd", "a:s", violation=False, location="a.nt:3")
    >>> write_report(Report((one,)), "text")
    b'hint: a.nt:3: a:b: is odd\n'
    """
    if form == "text":
        return "".join(map(_line, report.findings)).encode()
    if form == "json":
        return _to_json(report)
    if form == "ttl":
        from kg.reports.shacl import write_shacl  # most read the text

        return write_shacl(report)
    if form == "sarif":
        from kg.reports.sarif import write_sarif

        return write_sarif(report)
    raise UsageError(f"there is no form {form!r} of a report; it is text, ttl, json or sarif")


def _line(finding: Finding) -> str:
    # A terminal might act on what it quotes.
    hint = "" if finding.violation else "hint: "
    return hint + visible(finding.as_line()) + "\n"


def _to_json(report: Report) -> bytes:
    told = {
        "conforms": report.conforms,
        "violations": len(report.violations) + report.more,
        "hints": len(report.hints),
        "findings": [_as_json(finding) for finding in report.findings],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"


def _as_json(finding: Finding) -> dict[str, str | int | None]:
    place = place_of(finding)
    return {
        "severity": severity_of(finding),
        "message": finding.message,
        "file": place and place.file,
        "line": place and place.line,
        "row": place and place.row,
        "node": finding.node or None,
        "path": finding.path or finding.way,
        "key": finding.key,
        "value": finding.value,
        "term": finding.term,
        "shape": finding.shape,
        "component": finding.component,
        "unreadable": finding.shape == UNREADABLE,
    }
