"""Data held against shapes of one's own: what they find, and what is refused of them, with file and line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph

import kg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.base import Report

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <http://example.org/house#> .
"""
"""Seven lines: what follows begins on line 8."""

LARGE = "ex:Large a sh:NodeShape ; sh:targetClass cp:Target ;\n  sh:property [ sh:path cp:value ; sh:minInclusive 100 ] ."


@pytest.fixture
def check(acme: Path) -> Callable[..., Report]:
    """Hold the data of `acme` against shapes, which are written beside it."""

    def call(*texts: str, suffix: str = ".ttl") -> Report:
        folder = acme.parent / "rules"
        folder.mkdir(exist_ok=True)
        files = []
        for number, text in enumerate(texts, 1):
            files.append(folder / f"rules{number}{suffix}")
            files[-1].write_text(text if suffix != ".ttl" else PREFIXES + text, encoding="utf-8")
        return kg.check([acme], shapes=files)

    return call


def told(report: Report) -> list[str]:
    """Return findings as lines, without the folder of a file."""
    return [
        str(finding).rpartition("/rules/")[2].rpartition("/acme/")[2] for finding in report.findings
    ]


def test_finding_of_an_own_shape_has_file_line_and_what_is_broken(check) -> None:
    report = check(LARGE)
    assert told(report) == [
        "gazette-2020.yaml:14: gazette-2020.1 value (20): breaks sh:minInclusive 100"
    ]
    (finding,) = report.findings
    assert finding.shape == "http://example.org/house#Large"
    assert finding.component == "http://www.w3.org/ns/shacl#MinInclusiveConstraintComponent"
    assert not report.conforms
    assert report.readable


def test_message_and_severity_are_those_of_the_shape(check) -> None:
    report = check(LARGE.replace("100 ]", '100 ; sh:message "Think big." ; sh:severity sh:Info ]'))
    assert told(report) == ["gazette-2020.yaml:14: gazette-2020.1 value (20): Think big."]
    assert report.conforms
    assert [finding.severity for finding in report.hints] == ["http://www.w3.org/ns/shacl#Info"]


def test_findings_of_the_shipped_shapes_come_beside(check, acme: Path) -> None:
    article = acme / "gazette-2020.yaml"
    article.write_text(
        article.read_text("utf-8").replace("value: 20\n", "value: 20\n    place: nowhere\n")
    )
    lines = told(check(LARGE))
    assert len(lines) == 2
    assert "breaks sh:minInclusive 100" in lines[0]
    assert "nowhere" in lines[1]


def test_path_of_several_steps_is_told(check) -> None:
    shape = """ex:S a sh:NodeShape ; sh:targetClass cp:Target ;
      sh:property [ sh:path ( cp:about [ sh:inversePath cp:about ] ) ; sh:maxCount 0 ] ."""
    assert told(check(shape)) == [
        "gazette-2020.yaml:10: gazette-2020.1 (about/^about): breaks sh:maxCount 0"
    ]


def test_query_of_a_shape_is_run(check) -> None:
    shape = """ex:p sh:declare [ sh:prefix "cp" ; sh:namespace "https://w3id.org/corporate-plans/ontology#"^^xsd:anyURI ] .
    ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:sparql [ sh:prefixes ex:p ;
      sh:message "Only {?value}?" ; sh:select "SELECT $this ?value { $this cp:value ?value FILTER (?value < 100) }" ] ."""
    assert told(check(shape)) == ["gazette-2020.yaml:14: gazette-2020.1 (20): Only 20?"]


def test_shapes_of_several_files_refer_to_each_other_and_blank_nodes_stay_apart(check) -> None:
    first = "ex:A a sh:NodeShape ; sh:targetClass cp:Target ; sh:property _:a ; sh:node ex:B . _:a sh:path cp:value ; sh:minCount 1 ."
    second = "ex:B a sh:NodeShape ; sh:property _:a . _:a sh:path cp:due ; sh:maxCount 0 ."
    (finding,) = check(first, second).findings
    assert finding.message == "breaks sh:node http://example.org/house#B"


LITERALS_ONLY = {
    ".nt": """<http://e/S> <http://www.w3.org/ns/shacl#targetClass> <https://w3id.org/corporate-plans/ontology#Target> .
<http://e/S> <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#Literal> .
""",
    ".jsonld": """{"@context": {"sh": "http://www.w3.org/ns/shacl#"}, "@id": "http://e/S",
  "sh:targetClass": {"@id": "https://w3id.org/corporate-plans/ontology#Target"}, "sh:nodeKind": {"@id": "sh:Literal"}}""",
}


@pytest.mark.parametrize(("suffix", "text"), LITERALS_ONLY.items())
def test_shapes_are_read_in_each_syntax_of_rdf(check, suffix: str, text: str) -> None:
    (finding,) = check(text, suffix=suffix).findings
    assert finding.message == "breaks sh:nodeKind sh:Literal"


def test_what_only_the_ontology_describes_is_not_told(check) -> None:
    report = check(
        "ex:S a sh:NodeShape ; sh:targetClass owl:Class, cp:Company ; sh:nodeKind sh:Literal ."
    )
    assert [finding.node.rpartition("/")[2] for finding in report.findings] == ["acme"]


FAULTS = {
    "unknown term": (
        "ex:S a sh:NodeShape ;\n sh:targetClass cp:Target ; sh:property [ sh:path cp:value ;\n sh:minCuont 1 ] .",
        ["rules1.ttl:10: sh:minCuont is no term of SHACL; did you mean sh:minCount?"],
    ),
    "no path": (
        "\nex:S a sh:NodeShape ; sh:targetClass cp:Target ;\n sh:property [ sh:minCount 1 ] .",
        ["rules1.ttl:9: a property shape has no sh:path; say which property it is about"],
    ),
    "two paths": (
        "ex:S a sh:PropertyShape ; sh:targetClass cp:Target ; sh:path cp:value, cp:due ; sh:minCount 1 .",
        ["rules1.ttl:8: a property shape has 2 paths; give each a shape of its own"],
    ),
    "a class as text": (
        'ex:S a sh:NodeShape ; sh:targetClass "cp:Target" ; sh:nodeKind sh:IRI .',
        ["rules1.ttl:8: sh:targetClass is a text, 'cp:Target'; write an IRI"],
    ),
    "no shape": (
        "ex:a ex:b ex:c .",
        ["rules1.ttl: holds no shape; write one as a sh:NodeShape with a target"],
    ),
    "no Turtle": ("ex:S a sh:NodeShape ;\n\n;; nonsense", ["rules1.ttl:10: is not Turtle: "]),
    "a count that is none": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ;\n sh:property [ sh:path cp:value ; sh:minCount 'x' ] .",
        ["rules1.ttl:9: is refused: sh:minCount is not a non-negative integer"],
    ),
    "SERVICE": (
        'ex:S a sh:NodeShape ; sh:targetClass cp:Target ;\n sh:sparql [ sh:select """\nSELECT $this { SERVICE <http://localhost:1/> { $this ?p ?o } }""" ] .',
        ["rules1.ttl:10: SERVICE would send the query to another host, which is refused"],
    ),
    "FROM": (
        'ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:sparql [ sh:select "SELECT $this FROM ex:g { $this ?p ?o }" ] .',
        [
            "rules1.ttl:8: the query of a shape asks FROM a graph; leave it out, a shape sees all data as one"
        ],
    ),
    "GRAPH": (
        'ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:sparql [ sh:select "SELECT $this { GRAPH ?g { $this ?p ?o } }" ] .',
        [
            "rules1.ttl:8: the query of a shape asks a GRAPH; leave it out, a shape sees all data as one"
        ],
    ),
    "no query": (
        'ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:sparql [ sh:select "SELECT $this { $this ?p" ] .',
        ["rules1.ttl:8: the query of a shape cannot be read: error at 1:24"],
    ),
    "a query too deep": (
        f'ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:sparql [ sh:select "SELECT $this {"{" * 9000}{"}" * 9000}" ] .',
        ["rules1.ttl:8: the query nests more than 64 brackets"],
    ),
    "denies itself": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:not ex:T . ex:T a sh:NodeShape ; sh:node ex:S .",
        [
            "rules1.ttl:8: a shape comes to deny itself, so that nobody can say what it finds; take it out of its sh:not, sh:xone or sh:qualifiedMaxCount"
        ],
    ),
    "a path in a circle": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:property [ sh:path _:a ; sh:minCount 1 ] . _:a sh:inversePath _:a .",
        ["rules1.ttl:8: a path nests more than 16 levels, or in a circle"],
    ),
    "a list in a circle": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
        ["rules1.ttl:8: is refused: sh:in is not a well-formed list"],
    ),
    "nested too deeply": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:property "
        + "[ sh:path cp:value ; sh:property " * 70
        + "ex:T"
        + "]" * 70
        + " .",
        ["rules1.ttl:8: nests more than 64 levels"],
    ),
    "a pattern too large": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:property [ sh:path cp:value ; sh:pattern '(((x{1000}){1000}){1000})' ] .",
        ["rules1.ttl:8: is refused: invalid sh:pattern: Compiled regex exceeds size limit"],
    ),
    "shapes in shapes": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:node ex:n0 ."
        + "".join(f"ex:n{n} a sh:NodeShape ; sh:node ex:n{n + 1} ." for n in range(500))
        + "ex:n500 a sh:NodeShape ; sh:nodeKind sh:Literal .",
        ["rules1.ttl: is refused: recursion limit exceeded"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_shapes_that_would_pass_everything_or_crash_are_refused_with_file_and_line(
    check, name: str
) -> None:
    text, wanted = FAULTS[name]
    report = check(text)
    lines = told(report)
    assert len(lines) == len(wanted), lines
    assert [line[: len(start)] for line, start in zip(lines, wanted, strict=True)] == wanted
    assert not report.readable


def test_all_faults_of_all_files_are_told_at_once(check) -> None:
    report = check(
        "ex:S a sh:NodeShape ; sh:targtClass cp:Target .\nex:T sh:nood ex:S .",
        "ex:a ex:b .",
        "ex:a ex:b ex:c .",
    )
    assert [line.partition(" ")[0] for line in told(report)] == [
        "rules1.ttl:8:", "rules1.ttl:9:", "rules2.ttl:8:", "rules3.ttl:",
    ]  # fmt: skip


def test_faults_of_shapes_and_of_sources_are_told_together(check, acme: Path) -> None:
    (acme / "broken.nt").write_text("nonsense\n")
    lines = told(check("ex:a ex:b ex:c ."))
    assert len(lines) == 2
    assert lines[0].startswith("broken.nt:1: ")
    assert "holds no shape" in lines[1]


HINTS = {
    "nothing is of the class": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Compny ; sh:nodeKind sh:IRI .",
        "selects nothing: nothing is a cp:Compny; did you mean cp:Company?",
    ),
    "nothing has the property": (
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf cp:valeu ; sh:nodeKind sh:IRI .",
        "selects nothing: nothing has cp:valeu; did you mean cp:value?",
    ),
    "no such node": (
        "ex:S a sh:NodeShape ; sh:targetNode id:nobody ; sh:nodeKind sh:IRI .",
        "selects nothing: the data knows no nobody",
    ),
    "no target": (
        "ex:S a sh:NodeShape ; sh:nodeKind sh:IRI .",
        "selects nothing: it has no target, and no other shape refers to it",
    ),
    "recursive": (
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:property [ sh:path cp:confirms ; sh:node ex:S ] .",
        "refers to itself, of which SHACL does not say what it means: other engines may find something else",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HINTS)
def test_shape_that_finds_nothing_for_a_reason_of_its_own_gets_a_hint(check, name: str) -> None:
    text, message = HINTS[name]
    report = check("\n" + text)
    assert told(report) == [f"rules1.ttl:9: http://example.org/house#S: {message}"]
    assert report.conforms


@pytest.mark.parametrize(
    "text",
    [
        "ex:S a sh:NodeShape ; sh:targetClass cp:Statement ; sh:nodeKind sh:IRI .",
        "ex:S a sh:NodeShape ; sh:targetClass cp:Compny ; sh:nodeKind sh:IRI ; sh:deactivated true .",
        "ex:S a sh:NodeShape ; sh:targetClass cp:Compny, cp:Company ; sh:nodeKind sh:IRI .",
        "ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:or ( ex:T ex:U ) . ex:T sh:nodeKind sh:IRI . ex:U a sh:NodeShape ; sh:nodeKind sh:Literal .",
    ],
)
def test_shape_that_looks_at_something_gets_no_hint(check, text: str) -> None:
    assert told(check(text)) == []


def test_what_is_not_carried_out_is_told_and_nothing_is_fetched(check) -> None:
    report = check("<> owl:imports <http://localhost:1/x> .\n" + LARGE + "\nex:Large sh:js ex:f .")
    assert told(report)[1:] == [
        "rules1.ttl:8: nothing is fetched: give what is imported as another --shapes",
        "rules1.ttl:11: sh:js is not carried out: data is held against what is said, by SHACL Core and SPARQL",
    ]


def test_missing_file_of_shapes_is_an_error(acme: Path) -> None:
    with pytest.raises(kg.KgError, match=r"none\.ttl: cannot be read") as error:
        kg.check([acme], shapes=[acme / "none.ttl"])
    assert error.value.exit_code == 3


def test_folder_of_shapes_is_read_without_the_sources_in_it(acme: Path) -> None:
    (acme / "rules").mkdir()
    (acme / "rules" / "large.ttl").write_text(PREFIXES + LARGE)
    (acme / "rules" / "notes.yaml").write_text("a: b\n")
    article = acme / "gazette-2020.yaml"
    report = kg.check([article, acme / "things.ttl"], shapes=[acme / "rules"])
    assert [finding.message for finding in report.findings] == ["breaks sh:minInclusive 100"]
    report = kg.check([article, acme / "things.ttl"], shapes=[article])
    assert "holds no shapes; files of SHACL end in .ttl" in str(report.findings[0])


def test_shape_that_never_ends_is_given_up(acme: Path, zygote) -> None:
    many = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(20))
    shapes = acme.parent / "slow.ttl"
    shapes.write_text(
        PREFIXES
        + f'ex:S a sh:NodeShape ; sh:targetClass cp:Target ; sh:sparql [ sh:select "SELECT $this {{ $this ?p ?o . {many} }}" ] .'
    )
    began = time.monotonic()
    done = zygote.run("check", str(acme), "--shapes", str(shapes), "--timeout", "2")
    assert done.returncode == 4, done
    assert done.stderr.startswith("kg: not done after 2 seconds")
    assert time.monotonic() - began < 20


ORACLE = """
ex:A a sh:NodeShape ; sh:targetClass cp:Statement ;
  sh:property [ sh:path cp:value ; sh:datatype xsd:integer ; sh:maxExclusive 20 ] ,
    [ sh:path ( cp:about cp:company ) ; sh:class cp:Person ] ,
    [ sh:path [ sh:alternativePath ( cp:speaker [ sh:inversePath cp:about ] ) ] ; sh:minCount 2 ] .
ex:B a sh:NodeShape ; sh:targetSubjectsOf cp:company ; sh:targetNode id:acme ; sh:closed true ;
  sh:ignoredProperties ( rdf:type ) ; sh:not [ sh:property [ sh:path cp:kind ; sh:minCount 1 ] ] .
ex:C a sh:NodeShape ; sh:targetClass cp:Person ;
  sh:or ( [ sh:property [ sh:path cp:due ; sh:minCount 1 ] ] [ sh:nodeKind sh:Literal ] ) .
"""


def test_another_engine_finds_the_same(check, acme: Path) -> None:
    from kg.reports import write_report

    report = Graph().parse(data=write_report(check(ORACLE), "ttl").decode(), format="turtle")
    quads = kg.build([acme], check=False).export("nq", part="asserted")
    data = Graph()
    for quad in ox.parse(quads, ox.RdfFormat.N_QUADS):
        data.parse(data=f"{quad.triple} .", format="nt")
    shapes = Graph().parse(data=PREFIXES + ORACLE, format="turtle")
    _, other, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(other, Graph)

    def found(graph: Graph) -> list[tuple[str, ...]]:
        keys = (SH.focusNode, SH.sourceConstraintComponent, SH.value)
        ontology = "https://w3id.org/corporate-plans/ontology"
        results = graph.subjects(RDF.type, SH.ValidationResult)
        rows = [tuple(str(graph.value(one, key)) for key in keys) for one in results]
        return sorted(row for row in rows if not row[0].startswith(ontology))

    assert len(found(report)) > 8
    assert found(report) == found(other)
