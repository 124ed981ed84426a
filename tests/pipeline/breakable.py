"""A world that keeps all shapes, and what breaks each of them, line by line.

What breaks the SHACL shapes are the examples of `tests/ontology/shapes`; for the queries beside them, for
cycles and for what is found by code it is written here. A state of the world is a set of lines, of
which any may be taken away, written in another form, or said by another graph.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.base import DERIVED, ID, nquads
from kg.pipeline.building import ontology_quads
from tests.pipeline import nasty

_NAMED = f"<{ID}.well-known/genid/\\1>".encode()
HERE = Path(__file__).parents[1] / "ontology"

HEAD = nasty.HEAD + "@prefix oa: <http://www.w3.org/ns/oa#> .\n"
SOURCE = """\
id:w a cp:Article ; schema:headline "W" ; schema:publisher id:wire ; schema:datePublished "2020-01-31"^^xsd:date .
id:wire a cp:Organization ; rdfs:label "The Wire"@en .
"""
DIGEST = f'schema:sha256 "{"0" * 64}"^^xsd:hexBinary ; cp:length "42"^^xsd:nonNegativeInteger ; cp:normaliser "nfc-lf-1"'
TEXT = f"id:w cp:text id:w.text . id:w.text a cp:Text ; {DIGEST} . "

BREAKING: dict[str, str] = {
    "dangling": "id:w.1 cp:confirms id:nobody . id:acme cp:near id:nowhere .",
    "undescribed": 'id:w.2 rdfs:comment "of no class"@en . id:w.3 a cp:Unheard . id:w.4 cp:evidence id:w.2 .',
    "figure-before-its-day": """
        id:w.5 a cp:Observation ; cp:source id:w ; cp:kind cp:counted ; cp:when "2020-02-01"^^xsd:date .
        id:w.6 a cp:Observation ; cp:source id:w ; cp:kind cp:reported ; cp:when "2021-12-31"^^xsd:date ;
            cp:whenPrecision cp:year ; cp:whenStart "2020-02-02"^^xsd:date .""",
    "uttered-before-its-day": """
        id:w.7 a cp:Target ; cp:source id:w ; cp:uttered "2021-12-31"^^xsd:date ; cp:utteredPrecision cp:year .""",
    "one-identity": """
        id:acme a cp:Company ; cp:lei "529900T8BM49AURSDO55" ; cp:isin "US0378331005" ; cp:ticker "XTKS:7203" .
        id:bolt a cp:Company ; cp:lei "529900T8BM49AURSDO55" ; cp:ticker "XTKS:7203" .
        id:both a cp:JointVenture ; cp:isin "US0378331005" ; skos:exactMatch <https://x.example/1> .
        id:wire skos:exactMatch <https://x.example/1> .""",
    "one-owner": "id:shops a cp:Initiative ; cp:company id:bolt .",
    "one-owner-too": "id:shops a cp:Initiative ; cp:company id:acme , id:venture .",
    "replaced-with-status": """
        id:w.8 a cp:Target ; cp:source id:w ; cp:status cp:announced .
        id:w.9 a cp:Target ; cp:source id:w ; cp:updates id:w.8 .""",
    "text-twice": TEXT + f"""
        id:v a cp:Article ; schema:headline "V" ; schema:publisher id:wire , id:gazette ; cp:text id:v.text ;
            schema:datePublished "2020-01-30"^^xsd:date . id:v.text a cp:Text ; {DIGEST} .""",
    "cycle": "id:w.8 cp:updates id:w.9 . id:w.9 cp:updates id:w.8 . id:w.5 cp:confirms id:w.6 .",
    "cycle-too": "id:w.6 cp:corrects id:w.7 . id:w.7 cp:updates id:w.5 . id:w.9 cp:confirms id:w.9 .",
    "related": """
        id:w.10 a cp:Relation ; cp:source id:w ; rdf:subject id:shops ; rdf:predicate cp:chiefExecutiveOf ;
            rdf:object id:acme . id:jo a cp:Person . id:w.11 a cp:Relation ; cp:source id:w ; rdf:subject id:jo ;
            rdf:predicate cp:chiefExecutiveOf ; rdf:object id:labs . id:labs a id:pop-up .""",
    "updates-of-another": """
        id:w.12 a cp:Target ; cp:source id:w ; cp:about id:labs ; cp:updates id:t-shops.1 , id:w.13 .
        id:w.13 a cp:Target ; cp:source id:w ; cp:about id:acme . id:acme a cp:Company .
        id:labs a cp:Initiative ; cp:company id:bolt .""",
    "owned": """
        id:w.14 a cp:Relation ; cp:source id:w ; rdf:subject id:acme ; rdf:predicate cp:owns ; rdf:object id:bolt .""",
    "mistyped": 'id:acme cp:lei "529900T8BM49AURSDO56" ; cp:isin "US0378331006" .',
    "spans": """
        id:w.15 a cp:Target ; cp:source id:w ; cp:evidence id:w.15.e . id:w.15.e a cp:Span ;
            oa:start "007"^^xsd:nonNegativeInteger ; oa:end "050"^^xsd:nonNegativeInteger .""",
    "forms": """
        id:w.16 a cp:Target ; cp:source id:w ; cp:value "1.50"^^xsd:decimal , "1.5"^^xsd:decimal , "+1.5"^^xsd:decimal ;
            cp:due "2020-02-30"^^xsd:date ; cp:uttered "24:00:00"^^xsd:time , "2020-01-01T24:00:00Z"^^xsd:dateTime ;
            cp:minimum "1e400"^^xsd:double ; cp:maximum "09"^^xsd:integer ; cp:isShare "1"^^xsd:boolean ;
            cp:baseline "1_000"^^xsd:decimal .
        id:retail-outlets cp:isShare "1"^^xsd:boolean , "true"^^xsd:boolean , "yes"^^xsd:boolean .""",
    "texts": """
        id:w.17 a cp:Target ; cp:source "w" ; cp:about "xiaomi"@en , "https://w3id.org/corporate-plans/id/acme" ;
            cp:indicator "07"^^xsd:integer , "7"^^xsd:integer ; cp:evidence "words" ; cp:text "a text" ; cp:purpose "none" .""",
    "https": """
        id:w.18 a cp:Article ; <http://schema.org/publisher> id:wire ; schema:publisher id:noone ; schema:author id:noone .""",
    "near": 'id:w.19 cp:about id:shopz ; cp:status cp:anounced ; cp:speaker id:jo-do ; a cp:Tagret . id:jo-doe a cp:Person ; rdfs:label "Jo Doe"@en .',
    "subclass": "id:pop-up rdfs:subClassOf cp:Facility . id:stall rdfs:subClassOf id:pop-up . id:works a id:stall .",
}  # fmt: skip
"""What breaks what is no SHACL, and a few shapes by values that the index rewrites."""


@cache
def base() -> frozenset[bytes]:
    """Return the lines that are there to begin with, and keep everything."""
    world = (HERE / "world.ttl").read_bytes()
    return frozenset(_lines(world, "world") + nquads.split(ontology_quads()))


def unit(name: str) -> list[bytes]:
    """Return a file of what breaks something that is no SHACL."""
    return _lines((HEAD + SOURCE + BREAKING[name]).encode(), name)


KEPT = """
id:runs a cp:Relation ; cp:source id:news ; cp:evidence id:span ; rdf:subject id:anna ;
    rdf:predicate cp:chiefExecutiveOf ; rdf:object id:acme .
id:owns a cp:Relation ; cp:source id:news ; cp:evidence id:span ; rdf:subject id:acme ; rdf:predicate cp:owns ;
    rdf:object id:bolt .
id:labs a cp:Initiative ; rdfs:label "labs"@en ; cp:company id:bolt ; cp:kind cp:offline-retail .
id:acme cp:lei "529900T8BM49AURSDO55" .
""" + "".join(
    f"id:{name} a cp:Target ; cp:source id:news ; cp:evidence id:span ; cp:indicator id:widgets ; cp:value 5.0 ;"
    f" cp:about id:{about} {updates} .\n"
    # Of the owner and of what it owns, each by a plan of it and as a company; and of what is nobody's.
    for name, about, updates in (
        ("t1", "shops", ""),
        ("t2", "labs", "; cp:updates id:t1"),
        ("t3", "bolt", "; cp:updates id:t1 ; cp:confirms id:t2"),
        ("t4", "acme", "; cp:updates id:t2"),
        ("t5", "shops", "; cp:updates id:t2"),
        ("t6", "labs", "; cp:updates id:t4 , id:t7"),
        ("t7", "licence", ""),
    )
)
UNKEPT = """
id:t1 cp:corrects id:t3 . id:t1 cp:confirms id:t2 . id:bolt cp:lei "529900T8BM49AURSDO56" .
id:shops cp:company id:bolt . id:runs rdf:predicate cp:owns . id:owns rdf:object id:acme . id:t2 cp:about id:shops .
id:anna a cp:Company . id:licence a cp:Company . id:labs a cp:Company . id:bolt cp:isin "US0378331006" .
"""


def kept() -> frozenset[bytes]:
    """Return more that keeps everything: what code looks at."""
    return frozenset(_lines((HEAD + KEPT).encode(), "kept"))


def unkept() -> list[bytes]:
    """Return lines of which each may break what code looks at."""
    return _lines((HEAD + UNKEPT).encode(), "unkept")


@cache
def units() -> tuple[tuple[bytes, ...], ...]:
    """Return what may come and go together, each a file as it were."""
    found = list(map(unit, BREAKING))
    found.append(_lines((HEAD + SOURCE).encode(), "w"))
    for name, wordings in nasty.FILES.items():
        found += [_lines((HEAD + text).encode(), name) for text in wordings]
    for path in sorted((HERE / "shapes").glob("*.trig")):
        graphs: dict[str, list[ox.Triple]] = {}
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TRIG):
            graphs.setdefault(str(quad.graph_name), []).append(quad.triple)
        # All of them speak of id:x: what they say of it adds up.
        for name, triples in graphs.items():
            node = re.sub(r"\W+", "-", name).strip("-")
            lines = nquads.canonical(ox.Quad(*triple, _graph(node)) for triple in triples)
            # As a reader of sources names what has no name.
            lines = sorted(re.sub(rb"_:(\w+)", _NAMED, line) for line in lines)
            found.append(lines)
            apart = f"<{ID}x-{node}".encode()
            found.append(sorted(line.replace(f"<{ID}x".encode(), apart) for line in lines))
    return tuple(map(tuple, found))


@cache
def pool() -> tuple[bytes, ...]:
    """Return all lines that there may be but those of the ontology, with some that are written otherwise."""
    world = _lines((HERE / "world.ttl").read_bytes(), "world")
    lines = sorted({*world, *(line for unit in units() for line in unit)})
    return tuple(lines + [form for line in lines for form in _forms(line)])


def _forms(line: bytes) -> list[bytes]:
    """Return how else a line may be written: by another graph, with another form of its value, or of another node."""
    subject, predicate, value, graph = nquads.parts(line)
    forms = [b" ".join((subject, predicate, value, f"<{ID}again>".encode(), b".\n"))]
    if found := re.fullmatch(rb'"(\d+)"(\^\^.*#(?:decimal|nonNegativeInteger|integer)>)', value):
        again = b'"0' + found[1] + b'"' + found[2]
        forms.append(b" ".join((subject, predicate, again, graph, b".\n")))
    return forms


def _lines(turtle: bytes, name: str) -> list[bytes]:
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    return nquads.canonical(ox.Quad(*quad.triple, _graph(name)) for quad in quads)


def _graph(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{ID}{name}")


def noise(of: int) -> bytes:
    """Return what might be derived: nobody may look at it."""
    some = [line for number, line in enumerate(pool()) if number % 7 == of % 7]
    return nquads.in_graph(b"".join(some), DERIVED)
