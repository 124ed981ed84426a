"""A report in each of its forms: what programs read is what people are told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.extras.shacl import parse_shacl_path

import kg
from kg.base import REPORT_FORMATS, UNREADABLE, Finding, Report, UsageError
from kg.reports import write_report

if TYPE_CHECKING:
    from collections.abc import Callable

READERS = Path(sys.prefix) / "readers"
TOOL = READERS / "node_modules" / "@microsoft"

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix ex: <http://example.org/house#> .
ex:Large a sh:NodeShape ; sh:targetClass cp:Target ;
  sh:property [ sh:path cp:value ; sh:minInclusive 100 ; sh:message "Think \\"big\\"." ] ;
  sh:property [ sh:path ( cp:about [ sh:zeroOrMorePath cp:company ] ) ; sh:minCount 9 ; sh:severity sh:Warning ] ;
  sh:property [ sh:path cp:due ; sh:maxCount 0 ; sh:severity sh:Info ] .
ex:Idle a sh:NodeShape ; sh:targetClass cp:Compny ; sh:nodeKind sh:IRI .
"""

ODD = Report(
    (
        Finding(
            "", None, None, "is not\nTurtle", UNREADABLE, violation=True, location="a b/ü:1.ttl:3"
        ),
        Finding("", None, None, "is no number", "urn:csvw", violation=True, location="t.csv row 3"),
        Finding("no iri", "urn:p", "x" * 80, "is odd", "urn:s", violation=False),
    )
)


@pytest.fixture
def report(acme: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """What is found in a folder by our shapes, by others, and of a file that cannot be read."""
    monkeypatch.chdir(acme)
    Path("rules.shapes.ttl").write_text(SHAPES, encoding="utf-8")
    article = Path("gazette-2020.yaml")
    text = article.read_text("utf-8")
    article.write_text(text.replace("speaker: jo-doe", "speaker: jo-do\n    colour: red"), "utf-8")
    found = kg.check([article, "things.ttl"], shapes=["rules.shapes.ttl"])
    assert len(found.violations) == 3
    assert len(found.hints) == 3
    return found


def test_text_has_a_line_for_each_finding(report: Report) -> None:
    lines = write_report(report, "text").decode().splitlines()
    assert len(lines) == len(report.findings) == 6
    assert lines[0] == 'gazette-2020.yaml:14: gazette-2020.1 value (20): Think "big".'
    assert [line.startswith("hint: ") for line in lines] == [False] * 3 + [True] * 3


def test_json_has_the_same_keys_for_each_finding(report: Report) -> None:
    told = json.loads(write_report(report, "json"))
    assert (told["conforms"], told["violations"], told["hints"]) == (False, 3, 3)
    keys = "severity message file line row node path key value term shape component unreadable"
    assert {tuple(one) for one in told["findings"]} == {tuple(keys.split())}
    (big,) = (one for one in told["findings"] if one["message"] == 'Think "big".')
    assert (big["file"], big["line"], big["key"], big["value"]) == (
        "gazette-2020.yaml",
        14,
        "value",
        "20",
    )
    assert big["term"] == '"20"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert big["shape"] == "http://example.org/house#Large"
    assert [one["severity"] for one in told["findings"] if one["shape"] == big["shape"]] == ["Violation", "Warning", "Info"]  # fmt: skip
    assert [one["unreadable"] for one in told["findings"]].count(True) == 1


def test_turtle_is_a_validation_report_that_reads_back(report: Report) -> None:
    graph = Graph().parse(data=write_report(report, "ttl").decode(), format="turtle")
    (whole,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(whole, SH.conforms) == Literal(False)
    results = list(graph.objects(whole, SH.result))
    assert len(results) == 6
    for result in results:
        for key in ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape"):
            assert len(list(graph.objects(result, SH[key]))) == 1, key
    (big,) = graph.subjects(SH.resultMessage, Literal('Think "big".'))
    assert graph.value(big, SH.value) == Literal(Decimal(20))
    assert graph.value(big, SH.sourceConstraintComponent) == SH.MinInclusiveConstraintComponent
    (about,) = graph.subjects(SH.sourceConstraintComponent, SH.MinCountConstraintComponent)
    path = graph.value(about, SH.resultPath)
    assert path is not None
    about_iri, company = (
        f"https://w3id.org/corporate-plans/ontology#{one}" for one in ("about", "company")
    )
    assert str(parse_shacl_path(graph, path)) == f"Path({about_iri} / Path({company}*))"
    assert graph.value(about, SH.resultSeverity) == SH.Warning


def test_turtle_of_no_finding_conforms() -> None:
    graph = Graph().parse(data=write_report(Report(), "ttl").decode(), format="turtle")
    (conforms,) = graph.objects(None, SH.conforms)
    assert conforms == Literal("true", datatype=XSD.boolean)
    assert not list(graph.objects(None, SH.result))


def test_turtle_of_what_is_no_node_reads_back() -> None:
    graph = Graph().parse(data=write_report(ODD, "ttl").decode(), format="turtle")
    focus = set(graph.objects(None, SH.focusNode))
    files = "https://w3id.org/corporate-plans/id/file/"
    assert focus == {
        URIRef(files + "a%20b/%C3%BC%3A1.ttl#line=2,3"), URIRef(files + "t.csv#row=3"), Literal("no iri"),
    }  # fmt: skip


def test_sarif_has_file_line_rule_level_and_message(report: Report) -> None:
    (run,) = json.loads(write_report(report, "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    (big,) = (one for one in run["results"] if one["message"]["text"].endswith('Think "big".'))
    assert big["message"]["text"] == 'gazette-2020.1 value (20): Think "big".'
    assert (big["level"], big["ruleId"]) == ("error", "http://example.org/house#Large")
    (where,) = big["locations"]
    assert where["physicalLocation"] == {
        "artifactLocation": {"uri": "gazette-2020.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 14},
    }
    own = [one["level"] for one in run["results"] if one["ruleId"] == big["ruleId"]]
    assert own == ["error", "warning", "note"]
    (idle,) = (one for one in run["results"] if "selects nothing" in one["message"]["text"])
    assert idle["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "rules.shapes.ttl"


def test_fingerprint_of_a_result_stays_where_lines_are_added_above(report: Report) -> None:
    def fingerprints(of: Report) -> set[str]:
        (run,) = json.loads(write_report(of, "sarif"))["runs"]
        return {one["partialFingerprints"]["finding/v1"] for one in run["results"]}

    article = Path("gazette-2020.yaml")
    article.write_text("# moved\n" + article.read_text("utf-8"), "utf-8")
    moved = kg.check([article, "things.ttl"], shapes=["rules.shapes.ttl"])
    assert moved.findings != report.findings
    assert fingerprints(moved) == fingerprints(report)
    assert len(fingerprints(report)) == 6


@pytest.fixture(scope="session")
def sarif_tool() -> Callable[[bytes, Path], list[str]]:
    """Return what the schema of OASIS, and Microsoft's own validator, have against a log."""
    (schema, *_) = [*TOOL.glob("sarif-multitool-*/sarif-2.1.0.json"), None]
    node = shutil.which("node")
    if not node or not schema:
        pytest.skip("no Node.js with the readers of tests/find-readers.sh")
    grammar = json.loads(schema.read_text("utf-8-sig"))
    checker = jsonschema.validators.validator_for(grammar)(
        grammar, format_checker=jsonschema.FormatChecker()
    )

    def faults(log: bytes, folder: Path) -> list[str]:
        (folder / "log.sarif").write_bytes(log)
        tool = str(TOOL / "sarif-multitool" / "bin.js")
        done = subprocess.run(
            [node, tool, "validate", str(folder / "log.sarif")],
            capture_output=True, check=False, text=True, timeout=60,
        )  # fmt: skip
        assert "1 files scanned" in done.stdout, done
        wrong = [line for line in done.stdout.splitlines() if ": error " in line]
        return wrong + [error.message for error in checker.iter_errors(json.loads(log))]

    return faults


def test_sarif_is_what_its_schema_and_its_validator_want(
    report: Report, sarif_tool, tmp_path: Path
) -> None:
    assert sarif_tool(b'{"version": "2.1.0", "runs": [{"tool": {}}]}', tmp_path)
    for one in (report, ODD, Report()):
        assert sarif_tool(write_report(one, "sarif"), tmp_path) == []


@pytest.mark.parametrize("form", REPORT_FORMATS)
@pytest.mark.parametrize("found", [Report(), ODD], ids=["nothing", "odd"])
def test_same_findings_give_the_same_bytes(form: str, found: Report) -> None:
    assert write_report(found, form) == write_report(found, form)
    again = Report(tuple(Finding(**vars(one)) for one in found.findings))
    assert write_report(found, form) == write_report(again, form)


def test_form_that_there_is_none_of_is_an_error() -> None:
    with pytest.raises(UsageError, match="there is no form 'xml' of a report; it is text, ttl"):
        write_report(Report(), "xml")


def test_command_writes_the_report_to_a_file_by_its_ending(
    report: Report, zygote, acme: Path, tmp_path: Path
) -> None:
    assert report.findings
    shapes = str(acme / "rules.shapes.ttl")
    command = (
        "check",
        str(acme / "gazette-2020.yaml"),
        str(acme / "things.ttl"),
        "--shapes",
        shapes,
    )
    for form, ending in REPORT_FORMATS.items():
        path = tmp_path / f"report{ending}"
        done = zygote.run(*command, "-o", str(path))
        assert (done.returncode, done.stdout) == (3, ""), done.stderr
        assert done.stderr == "3 findings, 3 hints\n"
        assert path.read_text("utf-8") == zygote.run(*command, "-f", form).stdout
    refused = zygote.run(*command, "-o", str(tmp_path / "report.pdf"))
    assert refused.returncode == 2
    assert "no ending that stands for a format" in refused.stderr
    assert not (tmp_path / "report.pdf").exists()


def test_hints_alone_exit_with_0_and_findings_with_1(zygote, acme: Path) -> None:
    shapes = acme.parent / "rules.ttl"
    for text, code in ((SHAPES, 1), (SHAPES.replace("minInclusive 100", "minInclusive 2"), 0)):
        shapes.write_text(text, "utf-8")
        done = zygote.run("check", str(acme), "--shapes", str(shapes))
        assert done.returncode == code, done
    assert zygote.run("check", str(acme), "--shapes", str(acme / "none.ttl")).returncode == 3
