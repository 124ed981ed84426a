"""Each rule runs when what it reads is complete: what is not there by then never comes."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kg.base import PREFIXES, QueryError
from kg.pipeline import derivation
from kg.pipeline.derivation import Rule, load_rules
from kg.pipeline.patterns import read_patterns
from kg.pipeline.strata import strata
from kg.query.index import Index
from kg.sources import find_files, read_source
from tests.pipeline.test_derivation import HEAD, SOURCES

CP, RDF, OWL = PREFIXES["cp"], PREFIXES["rdf"], PREFIXES["owl"]


@pytest.fixture
def found(tmp_path, vocabulary):
    def derive(turtle: str) -> set[str]:
        path = tmp_path / "said.ttl"
        path.write_text(HEAD + SOURCES + turtle)
        (file,) = find_files([path])
        said = Index.of(read_source(file).quads + vocabulary)
        short = derivation.derive(said, load_rules()).decode()
        for prefix, iri in PREFIXES.items():
            short = short.replace(f"<{iri}", f"<{prefix}:")
        return {
            line.rsplit(" ", 2)[0].replace("<", "").replace(">", "") for line in short.splitlines()
        }

    return derive


def test_rules_run_after_those_that_derive_what_they_read() -> None:
    order = strata(load_rules())
    assert [one for one in order if len(one) > 1] == []
    place = {name: at for at, (name,) in enumerate(order)}
    for name, rule in load_rules().items():
        for other, fed in load_rules().items():
            if rule.feeds(fed) and name != other:
                assert place[name] < place[other], (name, other)
    assert strata(dict(reversed(load_rules().items()))) == order
    # What may derive any predicate is first, and what reads any is last.
    assert (order[0], order[-1]) == (("relations",), ("symmetry",))


def test_rules_that_feed_each_other_are_one_stratum() -> None:
    def rule(reads: str, derives: str) -> Rule:
        return Rule("", frozenset(reads.split()), derives=frozenset(derives.split()))

    rules = {"c": rule("r", "s"), "b": rule("q p", "r"), "a": rule("r", "q"), "d": rule("t", "p")}
    assert strata(rules) == [("d",), ("a", "b"), ("c",)]


def template(name: str) -> tuple[set[str], set[str], bool]:
    """Return the predicates and classes of a template, by rdflib, and whether a predicate may be any."""
    predicates, classes, is_open = set(), set(), False
    query = prepareQuery(load_rules()[name].query)
    for _, predicate, value in query.algebra.template:
        if isinstance(predicate, rdflib.Variable):
            is_open = True
        elif predicate == rdflib.RDF.type and isinstance(value, rdflib.URIRef):
            classes.add(str(value))
        else:
            predicates.add(str(predicate))
    return predicates, classes, is_open


def test_every_rule_declares_exactly_what_its_template_derives(vocabulary: bytes) -> None:
    rules = load_rules()
    read = {name for rule in rules.values() for name in rule.reads or ()}
    for name, rule in rules.items():
        predicates, classes, is_open = template(name)
        assert rule.classes_derived == classes, name
        if name == "agreement":
            # By a BIND that has no other.
            predicates = {CP + "agreesWith", CP + "disagreesWith"}
            is_open = False
        assert rule.open == is_open, name
        if not is_open:
            assert rule.derives == predicates, name

    def of_class(iri: str) -> set[str]:
        ends = f"<{RDF}type> <{iri}> ".encode()
        lines = [line for line in vocabulary.splitlines() if ends in line]
        return {line.split(b" ")[0].strip(b"<>").decode() for line in lines}

    assert {name for name, rule in rules.items() if rule.open} == {"relations", "symmetry"}
    # Of what relations may be named those that a rule looks for, and all that the ontology calls symmetric.
    assert rules["relations"].derives == of_class(CP + "RelationPredicate") & read
    assert rules["symmetry"].derives == of_class(OWL + "SymmetricProperty")


def test_rules_that_feed_themselves_negate_and_count_nothing_of_that() -> None:
    rules = load_rules()
    fed = {name for name, rule in rules.items() if rule.feeds(rule)}
    assert fed == {"acting-through-others", "location", "subclasses", "symmetry"}
    for name in fed:
        patterns = read_patterns(rules[name].query)
        derived = rules[name].derives or frozenset()
        parts = {str(step.predicate) for way in patterns.ways for step in way if step.part}
        extremes = {extreme.predicate for extreme in patterns.extremes}
        assert derived.isdisjoint(parts | extremes | patterns.whole), name
        assert "GROUP BY" not in rules[name].query, name


VENTURE = "id:jv a cp:JointVenture . "
GIVEN_UP = "id:t a cp:Target ; cp:about id:jv ; cp:status cp:abandoned ; cp:source id:a . "
RULING = "id:ruling rdfs:subClassOf cp:StatusReport . "


def test_forecast_that_was_given_up_is_no_end_of_a_joint_venture(found) -> None:
    # That it is a company is derived: a target tells nothing of the status of one.
    assert not {one for one in found(VENTURE + GIVEN_UP) if " cp:reportsOn " in one}
    assert "id:jv cp:currentStatus cp:abandoned" not in found(VENTURE + GIVEN_UP)
    plain = GIVEN_UP.replace("id:jv", "id:plan")
    assert "id:plan cp:currentStatus cp:abandoned" in found(plain)


def test_status_is_the_latest_of_all_reports_that_are_derived_to_be_some(found) -> None:
    said = RULING + (
        "id:r a id:ruling ; cp:about id:jv ; cp:status cp:achieved ; cp:source id:b ."
        " id:s a cp:StatusReport ; cp:about id:jv ; cp:status cp:underway ; cp:source id:a . "
    )
    states = {one for one in found(VENTURE + said) if " cp:currentStatus " in one}
    assert states == {"id:jv cp:currentStatus cp:achieved"}
    # The day of the first report on a thing itself, which may be one by its class alone.
    late = said.replace("id:jv", "id:plan").replace("id:b", "id:a") + GIVEN_UP.replace(
        "id:jv", "id:plan"
    ).replace("id:a ", "id:b ")
    assert "id:t cp:reportsOn id:plan" not in found(late)


def test_many_observations_are_counted_with_those_that_are_derived_to_be_some(found) -> None:
    one = (
        "id:o{} a {} ; cp:about id:plan ; cp:indicator id:warehouses ; cp:kind cp:counted ;"
        ' cp:value {}.0 ; cp:source id:a ; cp:when "2020-01-01"^^xsd:date .\n'
    )
    census = "id:census rdfs:subClassOf cp:Observation .\n"
    said = census + "".join(
        one.format(n, "cp:Observation" if n < 30 else "id:census", n) for n in range(60)
    )
    links = {line for line in found(said) if " cp:disagreesWith " in line}
    assert len(links) == 2 * 59


def test_forms_of_ownership_facilities_and_targets_hold_by_derived_classes(found) -> None:
    said = (
        "id:pop-up rdfs:subClassOf cp:Facility . id:shop a id:pop-up ."
        " id:pledge rdfs:subClassOf cp:Target . id:p a id:pledge ; cp:about id:shop ; cp:place id:x ."
        " id:union rdfs:subClassOf cp:JointVenture . id:jv a id:union ."
        " id:o a cp:Relation ; cp:source id:a ; rdf:subject id:co ; rdf:predicate cp:owns ;"
        " rdf:object id:jv ; cp:status cp:abandoned ."
    )
    assert {
        "id:shop cp:locatedIn id:x",
        "id:shop cp:hasTarget id:p",
        "id:co cp:actsThrough id:jv",
    } <= found(said)


def test_what_a_relation_says_is_there_before_rules_that_negate_it(found) -> None:
    # The class of a thing as a relation; it is derived, and the target tells nothing of it.
    typed = (
        "id:r a cp:Relation ; cp:source id:a ; rdf:subject id:jv ; rdf:predicate rdf:type ;"
        " rdf:object cp:Company . "
    )
    assert not {one for one in found(typed + GIVEN_UP) if " cp:reportsOn " in one}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            "cp:locatedIn a owl:SymmetricProperty . id:x cp:locatedIn id:y .",
            "'symmetry' derives https://w3id.org/corporate-plans/ontology#locatedIn .* 'location' has read",
        ),
        (
            "id:r rdf:subject id:x ; rdf:predicate cp:corrects ; rdf:object id:y .",
            "'relations' derives .*#corrects from these data, which the rule 'relations' has read",
        ),
    ],
)
def test_data_that_break_the_order_are_refused(found, said: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        found(said)


def test_header_names_classes_as_turtle_does() -> None:
    rule = Rule.parse('# derives = ["*", "a cp:Span"]\nCONSTRUCT {} WHERE {}', "a")
    assert (rule.open, rule.derives, rule.classes_derived) == (True, frozenset(), {CP + "Span"})
    assert Rule.parse("CONSTRUCT {} WHERE {}", "a").derives is None
