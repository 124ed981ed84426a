"""Findings as SARIF 2.1.0, which editors show at the line and code review at the change.

A path stays relative as it was given, from `%SRCROOT%`: what reads the log knows where that is.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from kg.base import shorten, visible
from kg.reports.findings import place_of, severity_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.base import Finding, Report

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {"Violation": "error", "Warning": "warning"}


def write_sarif(report: Report) -> bytes:
    """Return a report as a log of one run."""
    numbers: dict[str, int] = {}
    results = [_result(finding, numbers) for finding in report.findings]
    # The rules come after: what breaks no rule of ours may break one of the user's.
    driver = {
        "name": "kg",
        "semanticVersion": version("corporate-plans-kg"),
        "rules": [_rule(shape) for shape in numbers],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2).encode() + b"\n"


def _rule(shape: str) -> dict[str, Any]:
    name = shorten(shape)
    return {"id": name, "shortDescription": {"text": f"What {name} finds."}}


def _result(finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers.setdefault(finding.shape, len(numbers))
    severity = severity_of(finding)
    level = _LEVELS.get(severity, "error" if finding.violation else "note")
    result: dict[str, Any] = {
        "ruleId": shorten(finding.shape),
        "ruleIndex": number,
        "level": level,
        "message": {"text": _message(finding)},
    }
    if location := _location(finding):
        result["locations"] = [location]
    result["partialFingerprints"] = {"finding/v1": _fingerprint(finding)}
    return result


def _message(finding: Finding) -> str:
    """Return the sentence of a finding without its place, which stands beside it."""
    place = place_of(finding)
    told = str(finding).removeprefix(f"{finding.location}: ")
    return visible(f"row {place.row}: {told}" if place and place.row else told)


def _location(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if place := place_of(finding):
        physical: dict[str, Any] = {"artifactLocation": _artifact(place.file)}
        if place.line:
            physical["region"] = {"startLine": place.line}
        location["physicalLocation"] = physical
    if finding.node:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.node, "kind": "resource"}]
    return location


def _artifact(file: str) -> Mapping[str, str]:
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    path = quote(Path(file).as_posix())
    # A colon in the first segment would make a scheme of what stands before it.
    return {"uri": path.replace(":", "%3A"), "uriBaseId": "%SRCROOT%"}


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same of a finding where lines are added above it."""
    place = place_of(finding)
    parts = (
        finding.shape,
        place.file if place else "",
        finding.node,
        finding.path or finding.way or "",
        finding.value or "",
        finding.message,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
