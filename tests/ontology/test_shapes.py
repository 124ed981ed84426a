"""Every shape finds what it is for and nothing else, and the shipped data keeps them all.

The examples are in `shapes/*.trig`, a graph each: `pass:LabelShape` keeps `cp:LabelShape`,
`fail:LabelShape-two` breaks it and no other. They are added to `world.ttl`, which keeps every shape.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode, Node

from kg.base import Finding
from kg.pipeline import validation
from kg.query.index import Index
from tests.ontology.oracle import SHAPE_FILES, read_turtle, shapes, to_rdflib

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
CP = Namespace("https://w3id.org/corporate-plans/ontology#")
SCHEMA = Namespace("https://schema.org/")

Oracle = Callable[[bytes], set[Finding]]

EXAMPLE_FILES = sorted((HERE / "shapes").glob("*.trig"))


# Reading


@cache
def ontology() -> Graph:
    folders = ("core", "vocab", "alignments")
    modules = [path for name in folders for path in (ROOT / "ontology" / name).glob("*.ttl")]
    return read_turtle(sorted(modules))


@cache
def world() -> Graph:
    return ontology() + read_turtle([HERE / "world.ttl"])


def examples() -> Iterator[tuple[str, str, Graph]]:
    """Yield (pass or fail, name, graph) for every graph in the example files."""
    for path in EXAMPLE_FILES:
        graphs: dict[str, list[ox.Triple]] = {}
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TRIG):
            assert isinstance(quad.graph_name, ox.NamedNode), f"{path.name}: a triple in no graph"
            graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
        for iri, triples in graphs.items():
            _, expected, name = iri.split(":")
            yield expected, name, to_rdflib(triples)


EXAMPLES = list(examples())
PASSING = [pytest.param(name, graph, id=name) for kind, name, graph in EXAMPLES if kind == "pass"]
FAILING = [name for kind, name, _ in EXAMPLES if kind == "fail"]


def name_nodes(node: dict[str, Any]) -> None:
    """Name every nested mapping after its parent and key, as the reader of sources does."""
    for key, value in node.items():
        children = [v for v in (value if isinstance(value, list) else [value]) if type(v) is dict]
        for number, child in enumerate(children, 1):
            suffix = f"-{number}" if len(children) > 1 else ""
            child.setdefault("id", f"{node['id']}/{key}{suffix}")
            name_nodes(child)


@cache
def shipped() -> Graph:
    """Return the ontology with all data that is shipped beside it."""
    context = json.loads((ROOT / "ontology/context.jsonld").read_text("utf-8"))["@context"]
    data = read_turtle(sorted((ROOT / "data").rglob("*.ttl")))
    for path in sorted((ROOT / "data").rglob("*.yaml")):
        # BaseLoader makes strings and nothing else; the context types them.
        document = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        name_nodes(document)
        text = json.dumps({"@context": context, **document}).encode()
        data += to_rdflib(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD))
    return ontology() + data


# Checking


def checks() -> set[URIRef]:
    """Return every shape that reports something, which is every shape with a message."""
    return {shape for shape in shapes().subjects(SH.message) if isinstance(shape, URIRef)}


def shape_of(example: str) -> URIRef:
    return CP[example.split("-", maxsplit=1)[0]]


def findings(data: Graph, theirs: Oracle) -> set[tuple[str, str, bool]]:
    """Return (shape, message, severity) for everything that the shapes find in `data`."""
    found = same_findings(to_text(data), theirs)
    return {(finding.shape, finding.message, finding.violation) for finding in found}


def same_findings(triples: bytes, theirs: Oracle) -> set[Finding]:
    """Return what is found. Our engine and pySHACL, which is run apart from it, have to find the same."""
    found = ours(triples)
    assert {what(finding) for finding in found} == {what(finding) for finding in theirs(triples)}
    return found


def to_text(data: Graph) -> bytes:
    return b"".join(sorted(data.serialize(format="nt").encode().splitlines(keepends=True)))


def ours(nquads: bytes) -> set[Finding]:
    return set(validation.validate(Index.of(nquads), nquads, validation.load_shapes(), {}).findings)


def what(finding: Finding) -> tuple[str, str | None, str, str, bool]:
    """Return a finding without its value: what a blank node is called says nothing."""
    return (finding.node, finding.path, finding.shape, finding.message, finding.violation)


def expected(shape: URIRef) -> set[tuple[str, str, bool]]:
    return {(str(shape), str(shapes().value(shape, SH.message)), True)}


def classes_above(start: Node, graph: Graph) -> set[Node]:
    return {above for above in graph.transitive_objects(start, RDFS.subClassOf) if above}


def types_of(node: Node, graph: Graph) -> set[Node]:
    return {above for kind in graph.objects(node, RDF.type) for above in classes_above(kind, graph)}


def targets(shape: URIRef, data: Graph) -> set[Node]:
    found: set[Node] = set()
    for kind in shapes().objects(shape, SH.targetClass):
        below = set(data.transitive_subjects(RDFS.subClassOf, kind))
        found |= {node for node, of in data.subject_objects(RDF.type) if of in below}
    for predicate in shapes().objects(shape, SH.targetSubjectsOf):
        found |= set(data.subjects(predicate))
    for predicate in shapes().objects(shape, SH.targetObjectsOf):
        found |= set(data.objects(None, predicate))
    return found


# The examples


def test_shapes_and_examples_were_found():
    assert len(SHAPE_FILES) > 10
    assert [path.stem for path in EXAMPLE_FILES] == [
        path.stem for path in SHAPE_FILES if path.stem not in ("periods", "values")
    ]
    assert len(checks()) > 70


@pytest.mark.parametrize("kind", ["pass", "fail"])
def test_every_shape_has_an_example(kind):
    shown = {shape_of(name) for is_for, name, _ in EXAMPLES if is_for == kind}
    assert shown == checks()


def test_the_world_keeps_every_shape(theirs):
    assert findings(world(), theirs) == set()


@contextmanager
def in_the_world(graph: Graph) -> Iterator[Graph]:
    """Lend the world with the triples of an example."""
    added = graph - world()
    for triple in added:
        world().add(triple)
    yield world()
    for triple in added:
        world().remove(triple)


@cache
def shared_terms() -> set[Node]:
    return {*terms(ontology()), *terms(shapes()), *ontology().predicates()}


def own_terms(graph: Graph) -> set[Node]:
    """Return what a graph speaks of, apart from what the ontology and the shapes do."""
    return terms(graph) - shared_terms() - set(graph.predicates())


def terms(graph: Graph) -> set[Node]:
    return {term for s, _, o in graph for term in (s, o)}


def stands_alone(graph: Graph) -> bool:
    """Whether an example has to be asked of alone: it changes what all copies share, or has nodes
    that cannot be named after it."""
    nodes = set(shapes().objects(None, SH.targetObjectsOf))
    return (
        not set(graph.subjects()) <= own_terms(world_alone() + graph)
        or any(isinstance(term, BNode) for term in terms(graph))
        or any(p in nodes and not isinstance(o, URIRef) for _, p, o in graph)
    )


@cache
def world_alone() -> Graph:
    return read_turtle([HERE / "world.ttl"])


@pytest.fixture(scope="module")
def found(theirs: Oracle) -> dict[tuple[str, str], set[tuple[str, str, bool]]]:
    """What is found in the world with each of the examples.

    To start pySHACL takes longer than to check an example. So most are asked of at once, each in a
    copy of the world of its own, where everything is named after the example.
    """
    alone = {number for number, (_, _, graph) in enumerate(EXAMPLES) if stands_alone(graph)}
    assert len(alone) < len(EXAMPLES) / 10
    parts, of = [to_text(ontology())], {}
    for number, (_, _, graph) in enumerate(EXAMPLES):
        if number not in alone:
            copy = world_alone() + graph
            own = {f"{term}": f"{term}~{number}" for term in own_terms(copy)}
            of |= dict.fromkeys(own.values(), number)
            text = to_text(copy).decode()
            text = re.sub("<([^<>]+)>", lambda m, own=own: f"<{own.get(m[1], m[1])}>", text)
            parts.append(text.encode())
    told: dict[int, set[tuple[str, str, bool]]] = {number: set() for number in range(len(EXAMPLES))}
    for finding in same_findings(b"".join(parts), theirs):
        told[of[finding.node]].add((finding.shape, finding.message, finding.violation))
    for number in alone:
        with in_the_world(EXAMPLES[number][2]) as data:
            told[number] = findings(data, theirs)
    return {EXAMPLES[number][:2]: each for number, each in told.items()}


FORBIDDEN = {CP.NoQuotationShape, CP.SchemaHttpsShape}


@pytest.mark.parametrize(("name", "graph"), PASSING)
def test_passing_example_is_checked_and_keeps_every_shape(name, graph, found):
    # What is forbidden altogether has no target in a graph that keeps to it.
    with in_the_world(graph) as data:
        assert targets(shape_of(name), data) or shape_of(name) in FORBIDDEN
    assert found["pass", name] == set()


@pytest.mark.parametrize("name", FAILING)
def test_failing_example_breaks_its_own_shape_and_no_other(name, found):
    assert found["fail", name] == expected(shape_of(name))


# rdflib, and so pySHACL, drops the zone of a day as it reads it: only our engine is asked.
@pytest.mark.parametrize("shape", sorted(shapes().subjects(SH.datatype, XSD.date)))
def test_a_day_is_written_without_a_time_zone(shape):
    path = shapes().value(shape, SH.path)
    kind = shapes().value(shape, SH.targetClass, default=CP.Thing)
    for day, told in {
        "2020-06-30": set(),
        "2020-06-30Z": {shape},
        "2020-06-30+05:30": {shape},
    }.items():
        said = f'<a:s> <{RDF.type}> <{kind}> .\n<a:s> <{path}> "{day}"^^<{XSD.date}> .\n'
        found = {URIRef(finding.shape) for finding in ours(said.encode()) if finding.value == day}
        assert found == told


# The shapes themselves


def test_every_shape_has_an_iri():
    for kind in (SH.NodeShape, SH.PropertyShape):
        assert all(isinstance(shape, URIRef) for shape in shapes().subjects(RDF.type, kind))


def test_every_shape_that_reports_has_a_target_of_its_own():
    # A nested shape is run node by node, which is many times slower than one over all its targets.
    kinds = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    without = {s for s in checks() if not any(shapes().value(s, kind) for kind in kinds)}
    assert without == set()


def test_every_silent_shape_is_used_by_another():
    silent = {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes().subjects(RDF.type, kind)
        if shape not in checks()
    }
    assert silent
    assert {shape for shape in silent if not list(shapes().subjects(None, shape))} == set()


def test_every_shape_is_said_in_core():
    # Some validators pass over constraints in SPARQL without a word.
    assert list(shapes().subject_objects(SH.sparql)) == []


def test_every_shape_is_a_violation():
    # What is merely poor, such as a statement without a span, is a question and a figure.
    assert list(shapes().subject_objects(SH.severity)) == []


@pytest.mark.parametrize("shape", sorted(checks()), ids=lambda shape: shape.removeprefix(CP))
def test_message_is_one_sentence_that_says_what_is_wrong_and_what_to_do(shape):
    (message,) = shapes().objects(shape, SH.message)
    assert isinstance(message, Literal)
    assert message.language == "en"
    assert message[0].isupper()
    assert message.endswith(".")
    assert ". " not in message
    assert message.count(": ") == 1


def test_messages_are_unique():
    said = [str(message) for message in shapes().objects(None, SH.message)]
    assert len(said) == len(set(said))


CLOSED = {
    CP.Organization: CP.OrganizationShape,
    CP.Person: CP.PlainThingShape,
    CP.Facility: CP.PlainThingShape,
    CP.Product: CP.PlainThingShape,
    CP.Market: CP.PlainThingShape,
    CP.Category: CP.CategoryShape,
    CP.Place: CP.PlaceShape,
    CP.Initiative: CP.InitiativeShape,
    CP.Condition: CP.ConditionShape,
    CP.Indicator: CP.IndicatorShape,
    CP.Source: CP.SourceShape,
    CP.Text: CP.TextShape,
    CP.Span: CP.SpanShape,
    CP.Row: CP.RowShape,
    CP.Target: CP.TargetShape,
    CP.Observation: CP.ObservationShape,
    CP.StatusReport: CP.StatusReportShape,
    CP.Relation: CP.RelationShape,
}


@pytest.mark.parametrize("kind", sorted(CLOSED), ids=lambda kind: kind.removeprefix(CP))
def test_closed_shape_lets_through_what_the_ontology_gives_the_class(kind):
    graph = ontology()
    above = {term for term in classes_above(kind, graph) if str(term).startswith(CP)}
    given = {
        term
        for term in graph.subjects(RDFS.isDefinedBy)
        for link in (RDFS.domain, SCHEMA.domainIncludes)
        if above & set(graph.objects(term, link))
    }
    # Facts are relations and what follows from them; only a place lies in another by itself.
    facts = {
        term
        for marker in (CP.RelationPredicate, CP.DerivedProperty)
        for term in graph.subjects(RDF.type, marker)
    }
    given -= facts - ({CP.locatedIn} if kind == CP.Place else set())
    (ignored,) = shapes().objects(CLOSED[kind], SH.ignoredProperties)
    allowed = {term for term in Collection(shapes(), ignored) if str(term).startswith(CP)}
    assert allowed == given


def test_every_kind_of_thing_but_sources_is_named():
    kinds = set(ontology().subjects(RDFS.subClassOf, CP.Thing)) - {CP.Source}
    assert set(shapes().objects(CP.LabelShape, SH.targetClass)) == kinds


def test_every_reference_is_followed():
    graph = ontology()
    apart = {CP.RelationPredicate, CP.DerivedProperty}
    own = {
        term
        for term in graph.subjects(RDF.type, OWL.ObjectProperty)
        if not apart & set(graph.objects(term, RDF.type))
    }
    # Concepts, texts, spans, rows, elements and omissions have shapes of their own, and gazetteers and registers lie outside.
    concepts = {term for term in own if graph.value(term, RDFS.range) == SKOS.Concept}
    outside = {CP.gazetteer, CP.register}
    followed = own - concepts - {CP.text, CP.evidence, CP.row, CP.element, CP.leftOut} - outside
    foreign = {RDF.subject, RDF.object, SCHEMA.author, SCHEMA.publisher}
    assert set(shapes().objects(CP.ReferenceShape, SH.targetObjectsOf)) == {
        *followed,
        *foreign,
        CP.locatedIn,
    }


# The shipped data


def test_shipped_data_keeps_every_shape(theirs):
    assert len(shipped()) > len(ontology()) + 1000
    assert findings(shipped(), theirs) == set()


def test_shipped_data_keeps_domains_and_ranges():
    # Stated apart from the shapes, since the ontology may be wider than any data.
    data, wrong = shipped(), []
    relations = data.subjects(RDF.type, CP.Relation)
    said = {
        (data.value(r, RDF.subject), data.value(r, RDF.predicate), data.value(r, RDF.object))
        for r in relations
    }
    asserted = {(s, p, o) for s, p, o in data if str(p).startswith(CP)}
    for s, p, o in said | asserted:
        assert s is not None
        assert o is not None
        if (p, RDF.type, OWL.ObjectProperty) not in ontology():
            continue
        for node, links in (
            (s, (RDFS.domain, SCHEMA.domainIncludes)),
            (o, (RDFS.range, SCHEMA.rangeIncludes)),
        ):
            wanted = {kind for link in links for kind in ontology().objects(p, link)}
            # Texts and spans are known by the property that leads to them.
            if wanted and not wanted & types_of(node, data) and not wanted <= {CP.Text, CP.Span}:
                wrong.append((str(s), str(p), str(o)))
    assert sorted(wrong) == []


def nested_shapes(graph: Graph) -> Iterator[Node]:
    for parameter in (SH.node, SH["not"], SH.qualifiedValueShape):
        yield from graph.objects(None, parameter)
    for parameter in (SH["or"], SH["and"], SH.xone):
        for head in graph.objects(None, parameter):
            yield from Collection(graph, head)


def test_no_nested_shape_has_the_engine_go_through_all_instances_of_a_class():
    graph = shapes()
    nested = set(nested_shapes(graph))
    assert len(nested) > 20
    assert {one for one in nested if (one, SH["class"], None) in graph} == set()
