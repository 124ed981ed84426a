"""What a query declares that it looks at is all that it looks at, by its algebra; and shapes are read or refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rdflib import URIRef, Variable

from kg.pipeline.footprint import Footprint, PathStep, declared_paths, read_paths
from kg.pipeline.patterns import read_patterns
from kg.pipeline.shape_footprint import shape_paths
from kg.pipeline.validation import load_hints, load_queries, load_shapes
from tests.ontology.oracle import shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.pipeline.footprint import Path
    from kg.pipeline.patterns import TriplePattern, Way

NODE = Variable("node")
QUERIES = {**load_queries(), **load_hints()}
_PROPERTIES = re.compile(r"VALUES \?path \{ ([^}]+) \}")


def variants(query: str) -> Iterator[str]:
    """Yield a query with each property of which it has a list written in its place."""
    found = _PROPERTIES.search(query)
    if not found:
        yield query
        return
    for name in found[1].split():
        lines = query.replace(found[0], "").splitlines()
        yield "\n".join(
            line
            if "SELECT" in line
            else re.sub(r"(\?\w+) \?path (\?value)", rf"\1 {name} \2", line)
            for line in lines
        )


def ways(query: str) -> Iterator[Way]:
    # What is looked up by the first of several is one of these, which the algebra does not tell.
    for old, new in (
        ("BIND (IRI(?first) AS ?other)", ""),
        ("(MIN(STR(?source)) AS ?first)", "?source (1 AS ?first)"),
        ("GROUP BY ?digest", "GROUP BY ?digest ?source"),
        ("?other schema", "?source schema"),
    ) * ("AS ?other" in query):
        assert old in query
        query = query.replace(old, new)
    for one in variants(query):
        for way in read_patterns(one).ways:
            yield tuple(pattern for pattern in way if pattern.compared is None)


def looks_at(way: Way, path: Path) -> set[TriplePattern]:
    """Return the patterns of a query that a path leads along, from ?node on."""
    nodes: set[object] = {NODE}
    seen: set[TriplePattern] = set()
    for step in path:
        ends = set()
        for pattern in way:
            near, far = pattern.subject, pattern.object
            near, far = (far, near) if step.inverse else (near, far)
            if near in nodes and allows(step, pattern, way):
                ends.add(far)
                seen.add(pattern)
        nodes = ends
    return seen


def allows(step: PathStep, pattern: TriplePattern, way: Way) -> bool:
    if step.predicates is not None and str(pattern.predicate) not in step.predicates:
        return False
    far = pattern.subject if step.inverse else pattern.object
    if step.once and any(far in (one.subject, one.object) for one in way if one != pattern):
        return False  # it matters which there is
    of = step.of
    return of is None or any(
        (pattern.subject, URIRef(of[0]), URIRef(value)) == one[:3] for one in way for value in of[1]
    )


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_looks_at_nothing_but_what_it_declares(name: str) -> None:
    query = QUERIES[name]
    declared = declared_paths(query)
    for way in ways(query):
        assert way
        seen = {pattern for path in declared for pattern in looks_at(way, path)}
        assert sorted(set(way) - seen) == []
    in_graphs = re.search(r"\bGRAPH\b", query) is not None
    assert all(step.graphs == in_graphs for path in declared for step in path)


def test_what_a_query_does_not_declare_is_noticed() -> None:
    (way,) = ways("SELECT ?node { ?node cp:source/schema:datePublished ?day }")
    assert len(looks_at(way, *read_paths("cp:source/schema:datePublished"))) == len(way)
    assert len(looks_at(way, *read_paths("cp:source/cp:text"))) == 1
    assert all(isinstance(pattern.predicate, URIRef) for pattern in way)


def test_a_query_that_declares_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="does not say what it looks at"):
        declared_paths("# Some query.\nSELECT ?node { ?node ?p ?o }")


@pytest.mark.parametrize("path", ["cp:a//cp:b", "cp:a{cp:b}", "^", "cp:a[cp:b]"])
def test_a_path_that_cannot_be_read_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_paths(path)


# Shapes

HEAD = """\
PREFIX : <a:> PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
"""


def written(text: str) -> set[str]:
    """Return the paths of a shape with a target of its own, as text."""
    return {"/".join(map(_written, path)) for path in shape_paths((HEAD + text).encode())}


def _written(step: PathStep) -> str:
    names = "any" if step.predicates is None else "|".join(sorted(step.predicates))
    names = names.replace("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "a")
    names = names.replace("http://www.w3.org/2000/01/rdf-schema#subClassOf", "below")
    return "^" * step.inverse + names + "*" * step.many + "!" * step.once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":s sh:targetClass :C .", {"a/below*"}),
        (":s a owl:Class , sh:NodeShape .", {"a/below*"}),
        (":s sh:targetSubjectsOf :p .", {"a:p"}),
        (":s sh:targetObjectsOf :p .", {"^a:p!"}),
        (":s sh:targetNode :n ; sh:closed true .", {"", "any"}),
        (":s sh:targetNode :n ; sh:path :p ; sh:class :C .", {"", "a:p", "a:p/a/below*"}),
        (":s sh:targetNode :n ; sh:path :p ; sh:equals :q .", {"", "a:p", "a:q"}),
        (":s sh:targetNode :n ; sh:path [ sh:inversePath :p ] .", {"", "^a:p"}),
        (":s sh:targetNode :n ; sh:path [ sh:zeroOrMorePath :p ] .", {"", "a:p*"}),
        (":s sh:targetNode :n ; sh:path [ sh:oneOrMorePath :p ] .", {"", "a:p/a:p*"}),
        (":s sh:targetNode :n ; sh:path [ sh:zeroOrOnePath :p ] .", {"", "a:p"}),
        (":s sh:targetNode :n ; sh:path ( :p [ sh:alternativePath ( :q :r ( :s :t ) ) ] ) .",
         {"", "a:p/a:q|a:r", "a:p/a:s/a:t"}),
        (":s sh:targetNode :n ; sh:node :t . :t sh:property [ sh:path :p ; sh:hasValue 1 ] .", {"", "a:p"}),
        (":s sh:targetNode :n ; sh:path :p ; sh:or ( :t [ sh:not :u ] ) . :t sh:class :C . :u sh:path :q .",
         {"", "a:p", "a:p/a/below*", "a:p/a:q"}),
        (":s sh:targetNode :n ; sh:path :p ; sh:qualifiedValueShape :t ; sh:qualifiedMinCount 1 . :t sh:closed true .",
         {"", "a:p", "a:p/any"}),
        (":s sh:targetNode :n ; sh:deactivated true ; sh:path :p .", set()),
        (":s sh:path :p .", set()),
    ],
)  # fmt: skip
def test_what_a_shape_looks_at_is_read(text: str, expected: set[str]) -> None:
    assert written(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        ":s sh:targetNode :n ; sh:sparql [ sh:select 'SELECT $this {}' ] .",
        ":s sh:target [ sh:select 'SELECT ?this {}' ] .",
        # What is found of a property within a property is told of its value.
        ":s sh:targetNode :n ; sh:path :p ; sh:property [ sh:path :q ; sh:minCount 1 ] .",
        ":s sh:targetNode :n ; sh:node :t . :t sh:node :s .",
        ":s sh:targetNode :n ; sh:path [ sh:zeroOrMorePath ( :p :q ) ] .",
        ":s sh:targetNode :n ; sh:path [ sh:inversePath ( :p :q ) ] .",
        ":s sh:targetNode :n ; sh:path [ :p :q ] .",
        ":s sh:targetNode :n ; sh:path :p ; sh:equals 'text' .",
        ":s sh:targetNode :n ; :own true .",
    ],
)
def test_what_is_not_known_of_a_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"shape"):
        written(text)


def test_the_shipped_shapes_look_at_every_property_that_they_name() -> None:
    """Read by another parser, and without regard to where it stands."""
    footprint = Footprint.along(shape_paths(load_shapes()))
    looked = {name for _, look in footprint for name in look.step.predicates or ()}
    sh = "http://www.w3.org/ns/shacl#"
    named = {
        str(value)
        for name in ("path", "equals", "disjoint", "lessThan", "lessThanOrEquals", "inversePath",
                     "targetSubjectsOf", "targetObjectsOf", "zeroOrMorePath")
        for value in shapes().objects(None, URIRef(sh + name))
        if isinstance(value, URIRef)
    }  # fmt: skip
    assert len(named) > 50
    assert named <= looked
