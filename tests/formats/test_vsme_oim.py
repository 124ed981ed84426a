"""What Arelle makes of an inline XBRL document, as xBRL-JSON, says the same as the document does to us."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.formats.batch import Batch
from kg.formats.vsme.reader import read_reports
from tests.formats.test_inline import ARELLE
from tests.formats.vsme_files import SCOPE_1, inline_fact, inline_words, write_inline

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE: Final = "https://xbrl.efrag.org/taxonomy/vsme/2026-05-01/vsme"
REFERENCE: Final = (
    '<ix:references><link:schemaRef xmlns:link="http://www.xbrl.org/2003/linkbase"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple" xlink:href="t.xsd"/></ix:references>'
)
SCHEMA: Final = """<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:xbrldt="http://xbrl.org/2005/xbrldt" targetNamespace="{namespace}" elementFormDefault="qualified">
<xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
{elements}</xs:schema>
"""
ELEMENT: Final = (
    '<xs:element name="{0}" id="t_{0}" type="xbrli:{1}ItemType" substitutionGroup="{2}"'
    ' xbrli:periodType="{3}" nillable="true" abstract="{4}"/>'
)
CONCEPTS: Final = {
    SCOPE_1: ("decimal", "duration"),
    "EmployeeTurnoverRate": ("decimal", "duration"),
    "NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod": ("decimal", "duration"),
    "TotalEnergyConsumption": ("decimal", "duration"),
    "GreenhouseGasEmissionReductionTargetYear": ("gYear", "instant"),
    "UndertakingAppliesCircularEconomyPrinciples": ("boolean", "duration"),
}


def _write_schema(path: Path) -> None:
    axes = ("ReportingScopesAxis", "BreakdownOfEnergyConsumptionAxis")
    members = ("BaselineYearMember", "TargetYearMember", "RenewableEnergyMember")
    elements = [
        *(ELEMENT.format(name, *one[:1], "xbrli:item", one[1], "false") for name, one in CONCEPTS.items()),
        *(ELEMENT.format(name, "string", "xbrldt:dimensionItem", "duration", "true") for name in axes),
        *(ELEMENT.format(name, "string", "xbrli:item", "duration", "true") for name in members),
    ]  # fmt: skip
    path.write_text(SCHEMA.format(namespace=NAMESPACE, elements="\n".join(elements)))


def _said(path: Path) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Return what a file says, but for the names and places that are its own."""
    (batch,) = read_reports([path])
    assert isinstance(batch, Batch)
    own = ("id", "element")
    said = [{key: one for key, one in node.items() if key not in own} for node in batch.statements]
    return sorted(said, key=str), dict(batch.left_out)


@pytest.mark.skipif(
    ARELLE is None, reason="Arelle is not installed; KG_ARELLE may name a Python that has it"
)
def test_xbrl_json_of_another_tool_says_what_its_document_says(tmp_path: Path) -> None:
    document, facts = tmp_path / "a.xhtml", tmp_path / "a.json"
    write_inline(
        document,
        inline_fact(SCOPE_1, "aim", "80"),
        inline_fact(SCOPE_1, "now", "1,200"),
        inline_fact(SCOPE_1, "base", "2", scale="3"),
        inline_fact("EmployeeTurnoverRate", "now", "12.5", "pure", scale="-2"),
        inline_fact(
            "NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod", "now", "3", "pure"
        ),
        inline_fact("TotalEnergyConsumption", "now", "", xsi_nil="true"),
        hidden=inline_words("GreenhouseGasEmissionReductionTargetYear", "end", "2030")
        + inline_words("UndertakingAppliesCircularEconomyPrinciples", "now", "true"),
    )
    text = document.read_text("utf-8")
    document.write_text(text.replace("<ix:resources>", f"{REFERENCE}<ix:resources>"), "utf-8")
    _write_schema(tmp_path / "t.xsd")
    command = ["-m", "arelle.CntlrCmdLine", "--internetConnectivity", "offline", "--plugins", "saveLoadableOIM"]  # fmt: skip
    asked = [str(ARELLE), *command, "-f", str(document), "--saveLoadableOIM", str(facts)]
    subprocess.run(asked, check=True, capture_output=True)
    assert _said(facts) == _said(document)
    assert len(_said(facts)[0]) == 5
