"""The graph in tools for ontologies: Protégé's library in Java, and owlready2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import owlready2
import pytest

from kg.base import CP, ID, RDF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import kg

RESERVED = {RDF + name for name in ("subject", "predicate", "object")}
"""What OWL keeps for itself: the OWL API passes over each triple that has one of them."""
OURS = {CP + "relates": "subject", CP + "relatesAs": "predicate", CP + "relatesTo": "object"}


def relations(graph: kg.Graph) -> set[tuple[str, ...]]:
    query = """SELECT (STR(?s) AS ?a) (STR(?p) AS ?b) (STR(?o) AS ?c) {
      ?s ?p ?o FILTER (?p IN (rdf:subject, rdf:predicate, rdf:object)) }"""
    return {tuple(map(str, row)) for row in graph.query(query).rows}


@pytest.mark.parametrize("form", ["rdf", "ttl"])
def test_owl_api_reads_all_but_the_reserved_and_what_these_say_by_ours(
    graph: kg.Graph, tmp_path: Path, owl_api: Callable[[Path], Any], form: str
) -> None:
    path = tmp_path / f"plans.{form}"
    path.write_bytes(graph.export(form))
    read = owl_api(path)
    said = relations(graph)
    assert len(said) > 500
    assert {predicate for _, predicate, _ in said} == RESERVED
    if form == "rdf":  # its reader of Turtle does not tell
        assert {tuple(triple) for triple in read["unread"]} == said
    by_ours = {(s, RDF + OURS[p], o) for s, p, o in read["asserted"] if p in OURS}
    assert by_ours == said


def test_owlready2_loads_each_relation_and_whatever_it_relates(
    graph: kg.Graph, tmp_path: Path
) -> None:
    path = tmp_path / "plans.rdf"
    path.write_bytes(graph.export("rdf"))
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    ours = world.get_namespace(CP)
    assert len(ours.Company.instances()) > 50
    read = {
        (one.iri, RDF + name, value.iri)
        for one in ours.Relation.instances()
        for iri, name in OURS.items()
        for value in getattr(one, iri.removeprefix(CP))
    }
    assert read == relations(graph)
    xiaomi, target = (world[ID + name] for name in ("xiaomi", "medianama-2017-03-28.3.4"))
    assert ID + "mobikwik" in {partner.iri for partner in xiaomi.partnerOf}
    assert [float(value) for value in target.value] == [500]


def test_no_class_lies_below_one_of_properties(graph: kg.Graph) -> None:
    # owlready2 makes a class of Python of each, and a property cannot be one of those.
    rows = graph.query("SELECT ?class { ?class rdfs:subClassOf rdf:Property }").rows
    assert rows == []
    assert graph.query("ASK { ?class rdfs:subClassOf cp:Statement }")
