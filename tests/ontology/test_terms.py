"""Every term is defined, named and explained, once and in one way; and every term is used."""

import json
import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ROOT = Path(__file__).parents[2] / "ontology"
DATA = ROOT.parent / "data"
CP = Namespace("https://w3id.org/corporate-plans/ontology#")
ID = Namespace("https://w3id.org/corporate-plans/id/")
SCHEMA = Namespace("https://schema.org/")
ONTOLOGY = URIRef(CP.removesuffix("#"))

CORE = sorted((ROOT / "core").glob("*.ttl"))
VOCAB = sorted((ROOT / "vocab").glob("*.ttl"))
ALIGNMENTS = sorted((ROOT / "alignments").glob("*.ttl"))
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
HEADER = ROOT / "header.ttl"
MODULES = [HEADER, *CORE, *VOCAB, *ALIGNMENTS, *SHAPES]

ORDER = [
    "type",
    "subClassOf",
    "subPropertyOf",
    "domain",
    "domainIncludes",
    "range",
    "rangeIncludes",
    "label",
    "definition",
    "example",
    "isDefinedBy",
]
"""The order of what is said of a term in core."""

UNUSED = {
    CP.DerivedProperty: "marks other terms, in core itself",
    CP.Promise: "is what the judging of promises says of them",
    CP.Outcome: "is what the judging of promises says of what became of them",
    CP.StatusPeriod: "is what the judging of promises says of the statuses of things",
    CP.directorOf: "is what links of FollowTheMoney say, in kg/formats/ftm/links.py",
    CP.worksFor: "is what links of FollowTheMoney say, in kg/formats/ftm/links.py",
    CP.policyValue: "is what the judging of promises goes by, in vocab/policies.ttl",
}
"""Terms that no data, context, shape, rule or question uses, each with the reason to have it."""


def parse(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))


def read(paths: list[Path]) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


@cache
def core() -> Graph:
    return read(CORE)


@cache
def vocab() -> Graph:
    return read(VOCAB)


def names(text: str) -> set[URIRef]:
    """Return the terms that a Turtle, SPARQL or JSON text names with the prefix, comments apart."""
    code = re.sub(r'^\s*#.*$|(?<=\s)#\s.*$|"""|"[^"\n]*"@en', "", text, flags=re.MULTILINE)
    return {CP[name] for name in re.findall(r"(?<![\w-])cp:([A-Za-z][\w-]*)", code)}


def subjects(graph: Graph, kind: URIRef) -> list[URIRef]:
    return sorted(term for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef))


def ours(terms: set[Node]) -> set[URIRef]:
    return {term for term in terms if isinstance(term, URIRef) and term.startswith(CP)}


CLASSES = subjects(core(), OWL.Class)
PROPERTIES = subjects(core(), OWL.ObjectProperty) + subjects(core(), OWL.DatatypeProperty)
SCHEMES = subjects(vocab(), SKOS.ConceptScheme)
CONCEPTS = subjects(vocab(), SKOS.Concept)
DEFINED = {*CLASSES, *PROPERTIES, *SCHEMES, *CONCEPTS}
SHAPE_NAMES = ours(set(read(SHAPES).subjects()))


def local(term: URIRef) -> str:
    return re.split(r"[#/]", term)[-1]


# Modules


def test_modules_were_found():
    counts = [len(paths) for paths in (CORE, VOCAB, ALIGNMENTS, SHAPES)]
    assert all(count > 5 for count in counts), counts
    assert len(CLASSES) > 20
    assert len(PROPERTIES) > 70
    assert len(CONCEPTS) > 40


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_module_is_good_turtle_and_starts_by_saying_what_it_is_for(path):
    assert parse(path)
    assert re.match(r"# [A-Z].*\n", path.read_text("utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_module_declares_the_prefixes_that_it_uses_and_no_others(path):
    text = path.read_text("utf-8")
    declared = re.findall(r"^@prefix ([\w-]+): ", text, re.MULTILINE)
    code = re.sub(r'^(#|@prefix).*$|"[^"\n]*"', "", text, flags=re.MULTILINE)
    assert declared == sorted(set(re.findall(r"(?<![\w<:-])([a-z][\w-]*):[A-Za-z]", code)))


@pytest.mark.parametrize(
    "path",
    [HEADER, *CORE, *VOCAB, *ALIGNMENTS],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_module_has_no_blank_nodes(path):
    quads = parse(path)
    assert not [q for q in quads if ox.BlankNode in (type(q.subject), type(q.object))]


def test_header_says_what_the_ontology_is():
    header = read([HEADER])
    version = str(header.value(ONTOLOGY, OWL.versionInfo))
    assert header.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    for link in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.created):
        assert header.value(ONTOLOGY, link), link


def test_core_speaks_only_of_its_own_terms():
    assert set(core().subjects()) == {*CLASSES, *PROPERTIES}


def test_alignments_only_align():
    links = {
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        SKOS.closeMatch,
        OWL.inverseOf,
    }
    graph = read(ALIGNMENTS)
    assert set(graph.predicates()) <= links
    assert set(graph.subjects()) <= DEFINED
    assert not ours(set(graph.objects()))


# Terms


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=local)
def test_term_is_named_defined_and_shown(term):
    for link in (RDFS.label, SKOS.definition, SKOS.example):
        (said,) = core().objects(term, link)
        assert isinstance(said, Literal)
        assert said.language == "en"
        assert str(said) == str(said).strip() != ""
    for link in (SKOS.definition, SKOS.example):
        assert re.match(r"[A-Z0-9].*\.$", str(core().value(term, link)))
    assert list(core().objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_terms_are_written_in_one_order(path):
    for block in path.read_text("utf-8").split("\n\n")[2:]:
        said = ["type", *re.findall(r"^    \w+:(\w+) ", block, re.MULTILINE)]
        assert said == sorted(said, key=ORDER.index), block


def test_labels_are_unique():
    labels = [str(core().value(term, RDFS.label)) for term in [*CLASSES, *PROPERTIES]]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=local)
def test_label_is_lower_case(term):
    label = str(core().value(term, RDFS.label))
    assert label == label.lower()


def test_names_follow_their_kind():
    assert [c for c in CLASSES if not re.fullmatch(r"([A-Z][a-z]+)+", local(c))] == []
    assert [p for p in PROPERTIES if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", local(p))] == []
    kebab = r"[a-z]+(-[a-z]+)*"
    assert [c for c in (*CONCEPTS, *SCHEMES) if not re.fullmatch(kebab, local(c))] == []


def test_classes_of_things_lead_to_the_root():
    apart = {
        CP.Thing,
        CP.Statement,
        CP.Text,
        CP.Span,
        CP.Row,
        CP.Element,
        CP.Omission,
        CP.RelationPredicate,
        CP.DerivedProperty,
        CP.Promise,
        CP.Outcome,
        CP.StatusPeriod,
    }
    roots = {list(core().transitive_objects(c, RDFS.subClassOf))[-1] for c in CLASSES}
    assert roots - {RDF.Property} <= apart
    assert {c for c in CLASSES if core().value(c, RDFS.subClassOf) is None} <= apart


@pytest.mark.parametrize("term", PROPERTIES, ids=local)
def test_property_says_what_it_leads_from_and_to(term):
    links = {
        RDFS.domain: SCHEMA.domainIncludes,
        RDFS.range: SCHEMA.rangeIncludes,
    }
    for one, several in links.items():
        said = [*core().objects(term, one), *core().objects(term, several)]
        # A gazetteer or a register is whatever is published at its address.
        assert said or (term, one) in {(CP.gazetteer, RDFS.range), (CP.register, RDFS.range)}
        assert ours(set(said)) <= set(CLASSES)
        assert len(list(core().objects(term, one))) <= 1
        assert len(list(core().objects(term, several))) != 1


# Vocabularies


@pytest.mark.parametrize("term", [*SCHEMES, *CONCEPTS], ids=local)
def test_concept_stands_for_nothing_else(term):
    assert term not in {*CLASSES, *PROPERTIES}


@pytest.mark.parametrize("term", CONCEPTS, ids=local)
def test_concept_is_named_and_defined(term):
    for link in (SKOS.prefLabel, SKOS.definition):
        (said,) = vocab().objects(term, link)
        assert isinstance(said, Literal)
        assert said.language == "en"
    assert str(vocab().value(term, SKOS.definition)).endswith(".")
    assert list(vocab().objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]


@pytest.mark.parametrize("term", CONCEPTS, ids=local)
def test_concept_stands_in_a_scheme(term):
    schemes = set(vocab().objects(term, SKOS.inScheme))
    assert schemes
    assert schemes <= set(SCHEMES)
    assert set(vocab().objects(term, SKOS.topConceptOf)) == schemes


@pytest.mark.parametrize("scheme", SCHEMES, ids=local)
def test_labels_are_unique_within_a_scheme(scheme):
    members = vocab().subjects(SKOS.inScheme, scheme)
    labels = [str(vocab().value(member, SKOS.prefLabel)) for member in members]
    assert sorted(labels) == sorted(set(labels))


def test_statuses_are_ranked_in_order():
    ranked = [
        "considered",
        "announced",
        "underway",
        "achieved",
        "postponed",
        "reduced",
        "missed",
        "abandoned",
    ]
    ranks = {CP[name]: rank for rank, name in enumerate(ranked, 1)}
    assert {s: int(str(o)) for s, o in vocab().subject_objects(CP.rank)} == ranks
    assert set(vocab().subjects(SKOS.inScheme, CP.statuses)) == set(ranks)


def test_indicators_are_described_and_their_units_listed():
    indicators = subjects(vocab(), CP.Indicator)
    assert len(indicators) > 5
    assert all(term.startswith(ID) for term in indicators)
    labels = [str(vocab().value(term, RDFS.label)) for term in indicators]
    assert sorted(labels) == sorted(set(labels))
    for term in indicators:
        for link in (SKOS.definition, CP.direction, CP.aggregation, RDFS.isDefinedBy):
            assert vocab().value(term, link), (term, link)
    for unit in vocab().objects(None, CP.unit):
        assert vocab().value(unit, RDFS.label), unit


# Use


@cache
def used() -> set[URIRef]:
    """Return the terms that the context, the data, the shapes, the rules and the questions use."""
    texts = [*SHAPES, *(ROOT / "rules").glob("*.rq"), *(ROOT / "questions").glob("*.rq")]
    texts += [ROOT / "context.jsonld", *DATA.rglob("*.ttl")]
    found = {term for path in texts for term in names(path.read_text("utf-8"))}
    for path in DATA.rglob("*.yaml"):  # types, predicates and concepts stand there without a prefix
        words = re.findall(r"^\s*(?:- )?\w+: (.+)$", path.read_text("utf-8"), re.MULTILINE)
        found |= {CP[word] for words_ in words for word in re.findall(r"[\w-]+", words_)} & DEFINED
    return found - SHAPE_NAMES


def test_every_term_used_is_defined():
    assert used() - DEFINED == set()


@cache
def context() -> dict[str, str]:
    """Return what each key of the context stands for, as the context writes it."""
    keys = json.loads((ROOT / "context.jsonld").read_text("utf-8"))["@context"]
    del keys["@version"]
    return {
        key: value if isinstance(value, str) else value.get("@id", value.get("@reverse"))
        for key, value in keys.items()
        if value
        is not None  # what says nothing in RDF: proposals, and words in the place of places
    }


def test_context_maps_to_terms_that_are_defined():
    terms = {CP[iri.removeprefix("cp:")] for iri in context().values() if iri.startswith("cp:")}
    assert len(terms) > 40
    assert terms - DEFINED == set()


def test_no_key_of_the_context_hides_a_term():
    # In `kind: text` the word would be read as the key `text`, were there a concept of that name.
    hidden = {
        term
        for term in DEFINED
        if context().get(local(term), f"cp:{local(term)}") != f"cp:{local(term)}"
    }
    assert hidden == set()


def test_every_class_and_property_is_used():
    assert {*CLASSES, *PROPERTIES} - used() == set(UNUSED)


def test_every_scheme_is_asked_for_by_a_shape():
    # A scheme is complete before all its concepts are met in data, so concepts are used through it.
    asked = {term for path in SHAPES for term in names(path.read_text("utf-8"))}
    # Nobody states a verdict, a reason or a policy.
    assert set(SCHEMES) - asked == {CP.verdicts, CP["undetermined-reasons"], CP.policies}


def test_every_relation_predicate_is_met_in_the_data():
    text = "".join(path.read_text("utf-8") for path in sorted(DATA.rglob("*.yaml")))
    met = {CP[name] for name in re.findall(r"^\s*predicate: (\w+)$", text, re.MULTILINE)}
    assert met | UNUSED.keys() >= set(core().subjects(RDF.type, CP.RelationPredicate)) >= met
