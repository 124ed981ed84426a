"""Small filled templates and lists of facts, made up, in the structure of VSME's."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

if TYPE_CHECKING:
    from pathlib import Path

_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")

LEI: Final = "529900T8BM49AURSDO55"
SCOPE_1: Final = "GrossScope1GreenhouseGasEmissions"
BASE: Final = f"{SCOPE_1}_BaselineYearMember"
AIM: Final = f"{SCOPE_1}_TargetYearMember"

FILLED: Final[dict[str, Any]] = {
    "template_reporting_entity_name": "Muster Werke",
    "template_reporting_entity_identifier": LEI,
    "template_reporting_entity_identifier_scheme": "LEI",
    "template_reporting_period_startdate": "2026-01-01",
    "template_reporting_period_enddate": "2026-12-31",
    "template_currency": "EUR",
    "GreenhouseGasEmissionReductionTargetBaseYear": 2020,
    "GreenhouseGasEmissionReductionTargetYear": 2030,
    SCOPE_1: 120,
    BASE: 200,
    AIM: 80,
}  # fmt: skip


def write_template(path: Path, saved: str = "2027-02-03", **changed: Any) -> Path:
    """Write a filled template; a value of None leaves a cell empty, of a list fills one row each."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "General Information"
    row = 1
    for name, value in {**FILLED, **changed}.items():
        values = value if isinstance(value, list) else [value]
        for at, one in enumerate(values):
            cell = sheet.cell(row + at, 4, one[0] if isinstance(one, tuple) else one)
            if isinstance(one, tuple):
                cell.number_format = one[1]
        last = row + len(values) - 1
        end = f":$D${last}" if last > row else ""
        book.defined_names[name] = DefinedName(
            name, attr_text=f"'General Information'!$D${row}{end}"
        )
        row = last + 1
    book.save(path)
    # The library writes down today.
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = _MODIFIED.sub(rf"\g<1>{saved}T12:00:00Z\g<2>".encode(), parts[core])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def fact(concept: str, value: str, **aspects: str) -> dict[str, Any]:
    """Return a fact as the converter lists it."""
    return {"concept": f"vsme:{concept}", "value": value, "aspects": aspects}


def gases(value: str, member: str | None = None) -> dict[str, Any]:
    """Return a fact of greenhouse gases."""
    axis = {"vsme:ReportingScopesAxis": f"vsme:{member}"} if member else {}
    return fact(SCOPE_1, value, decimals='"2"', units="utr:tCO2e", **axis)


def write_list(path: Path, *facts: dict[str, Any]) -> Path:
    """Write a list of facts as the converter does."""
    path.write_text(json.dumps({"facts": facts, "messageSeverities": {"INFO": 1}}))
    return path


def write_xbrl(path: Path, facts: dict[str, Any], space: str = "vsme") -> Path:
    """Write xBRL-JSON."""
    document = {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-json",
            "namespaces": {
                space: f"https://xbrl.efrag.org/taxonomy/{space}/2026-05-01/{space}",
                "utr": "http://www.xbrl.org/2009/utr",
                "lei": "http://standards.iso.org/iso/17442",
            },
        },
        "facts": facts,
    }
    path.write_text(json.dumps(document))
    return path


_CONTEXT: Final = """<xbrli:context id="{name}"><xbrli:entity>
<xbrli:identifier scheme="http://standards.iso.org/iso/17442">{lei}</xbrli:identifier></xbrli:entity>
<xbrli:period>{period}</xbrli:period>{scenario}</xbrli:context>"""
_EXPLICIT: Final = """<xbrli:scenario><xbrldi:explicitMember dimension="t:{}">t:{}</xbrldi:explicitMember></xbrli:scenario>"""
_INLINE: Final = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:utr="http://www.xbrl.org/2009/utr"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:t="https://xbrl.efrag.org/taxonomy/{taxonomy}/2026-05-01/{taxonomy}">
<head><title>{title}</title></head><body>
<div style="display:none"><ix:header><ix:hidden>{hidden}</ix:hidden><ix:resources>{contexts}
<xbrli:unit id="co2"><xbrli:measure>utr:tCO2e</xbrli:measure></xbrli:unit>
<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<xbrli:unit id="per"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>utr:tCO2e</xbrli:measure></xbrli:unitNumerator>
<xbrli:unitDenominator><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>
</ix:resources></ix:header></div>{facts}</body></html>
"""


def inline_fact(concept: str, context: str, words: str, unit: str = "co2", **more: str) -> str:
    """Return a number of an inline XBRL document, with a point and commas."""
    said = "".join(f' {key.replace("_", ":")}="{value}"' for key, value in more.items())
    return (
        f'<p><ix:nonFraction name="t:{concept}" contextRef="{context}" unitRef="{unit}" decimals="2"'
        f' format="ixt:num-dot-decimal"{said}>{words}</ix:nonFraction></p>'
    )


def inline_words(concept: str, context: str, words: str) -> str:
    """Return a fact of an inline XBRL document that is no number."""
    return f'<ix:nonNumeric name="t:{concept}" contextRef="{context}">{words}</ix:nonNumeric>'


def write_inline(
    path: Path, *facts: str, hidden: str = "", taxonomy: str = "vsme", title: str = "Report"
) -> Path:
    """Write an inline XBRL document with contexts of this year, its end, base and target year, and renewable energy."""

    def context(name: str, first: str, last: str, axis: str = "", member: str = "") -> str:
        period = f"<xbrli:startDate>{first}</xbrli:startDate><xbrli:endDate>{last}</xbrli:endDate>"
        scenario = _EXPLICIT.format(axis, member) if axis else ""
        period = period if first else f"<xbrli:instant>{last}</xbrli:instant>"
        return _CONTEXT.format(name=name, lei=LEI, period=period, scenario=scenario)

    scopes = "ReportingScopesAxis"
    contexts = "".join(
        (
            context("now", "2025-04-01", "2026-03-31"),
            context("end", "", "2026-03-31"),
            context("before", "2024-04-01", "2025-03-31"),
            context("base", "2019-04-01", "2020-03-31", scopes, "BaselineYearMember"),
            context("aim", "2029-04-01", "2030-03-31", scopes, "TargetYearMember"),
            context("base now", "2025-04-01", "2026-03-31", scopes, "BaselineYearMember"),
            context("aim now", "2025-04-01", "2026-03-31", scopes, "TargetYearMember"),
            context("aim end", "", "2026-03-31", scopes, "TargetYearMember"),
            context("odd", "2025-04-01", "2026-03-31", scopes, "MilestoneYearMember"),
            context("later", "2029-04-01", "2030-03-31"),
            context("sun", "2025-04-01", "2026-03-31", "BreakdownOfEnergyConsumptionAxis", "RenewableEnergyMember"),
        )
    )  # fmt: skip
    path.write_text(
        _INLINE.format(
            taxonomy=taxonomy, title=title, hidden=hidden, contexts=contexts, facts="".join(facts)
        ),
        encoding="utf-8",
    )
    return path
