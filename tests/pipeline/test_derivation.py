"""Rules: what follows from what was said, whatever the order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern, traverse

from kg.base import PREFIXES, QueryError
from kg.pipeline import derivation
from kg.query.index import Index
from kg.sources import find_files, read_source

if TYPE_CHECKING:
    import kg

HEAD = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
SOURCES = """
id:a a cp:Article ; schema:datePublished "2020-01-01"^^xsd:date .
id:b a cp:Article ; schema:datePublished "2021-01-01"^^xsd:date .
id:plan a cp:Initiative ; cp:company id:co .
"""


def derive(turtle: str, tmp_path, vocabulary: bytes) -> set[str]:
    path = tmp_path / "said.ttl"
    path.write_text(HEAD + SOURCES + turtle)
    (file,) = find_files([path])
    said = read_source(file).quads
    found = derivation.derive(Index.of(said + vocabulary), derivation.load_rules())
    short = found.decode()
    for prefix, iri in PREFIXES.items():
        short = short.replace(f"<{iri}", f"<{prefix}:")
    return {line.rsplit(" ", 2)[0].replace("<", "").replace(">", "") for line in short.splitlines()}


def test_order_of_the_rules_does_not_matter(graph: kg.Graph) -> None:
    backwards = dict(reversed(derivation.load_rules().items()))
    assert derivation.derive(Index.of(graph.asserted), backwards) == graph.derived


def test_rule_that_closes_derives_no_more_the_second_time(graph: kg.Graph) -> None:
    rules = derivation.load_rules()
    assert [name for name, rule in rules.items() if rule.closes] == [
        "acting-through-others",
        "location",
        "subclasses",
    ]
    again = {name: replace(rule, closes=False) for name, rule in rules.items()}
    assert derivation.derive(Index.of(graph.asserted), again) == graph.derived


def test_rule_that_derives_what_is_said_adds_nothing(graph: kg.Graph) -> None:
    again = derivation.derive(Index.of(graph.asserted, graph.derived), derivation.load_rules())
    assert again == b""


def test_rule_that_is_no_construct_is_refused() -> None:
    with pytest.raises(QueryError, match="the rule 'select' is no CONSTRUCT query"):
        derivation.derive(Index.of(b""), {"select": derivation.Rule("SELECT * { ?s ?p ?o }")})
    with pytest.raises(QueryError, match="the rule 'broken' cannot be read"):
        derivation.derive(Index.of(b""), {"broken": derivation.Rule("CONSTRUCT")})


def steps(path: Any) -> set[Any]:
    """Return the predicates of a path; "?" where it may go along any, or nowhere."""
    match path:
        case InvPath(arg=inner):
            return steps(inner)
        case MulPath(path=inner, mod=mod):
            return steps(inner) | ({"?"} if mod in ("*", "?") else set())
        case SequencePath(args=parts) | AlternativePath(args=parts):
            return {step for part in parts for step in steps(part)}
        case rdflib.URIRef():
            return {path}
        case _:
            return {"?"}


def looked_for(rule: str) -> set[str]:
    """Return what rdflib's reading of a rule looks for; "?" where a predicate may be any."""
    names: set[str] = set()

    def visit(node: Any) -> None:
        kind = getattr(node, "name", None)
        if kind in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            traverse(translateGroupGraphPattern(node.graph), visitPre=visit)  # rdflib leaves it
        elif kind == "BGP":
            for _, path, value in node.triples:
                named = steps(path)
                if named == {rdflib.RDF.type} and isinstance(value, rdflib.URIRef):
                    named = {value}
                names.update(map(str, named))

    # Subselects stay as they were parsed until they are translated: the whole query is.
    traverse(prepareQuery(rule).algebra.p, visitPre=visit)
    return names


def test_every_rule_declares_exactly_what_a_parser_finds_that_it_looks_for() -> None:
    kept = derivation.load_rules()
    assert len(kept) >= 10
    for name, rule in kept.items():
        wanted = looked_for(rule.query)
        assert wanted, name
        assert rule.reads == (None if "?" in wanted else wanted), name
    assert {name for name, rule in kept.items() if rule.reads is None} == {"symmetry"}


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("?s :p.x ?o", {"a:p.x"}),
        ("?s a :C ; :p/^:r ?o", {"a:C", "a:p", "a:r"}),
        ("?s a ?c", {str(rdflib.RDF.type)}),
        ("?s :p ?o FILTER NOT EXISTS { ?o :q ?s }", {"a:p", "a:q"}),
        ("?s :p* ?o", {"a:p", "?"}),
        ("?s !:p ?o", {"?"}),
        ("?s ?p ?o", {"?"}),
        ("{ SELECT ?s { ?s :p ?o MINUS { ?o :q ?s } } }", {"a:p", "a:q"}),
    ],
)
def test_parser_of_the_tests_sees_all_that_a_rule_looks_for(pattern: str, wanted: set[str]) -> None:
    rule = f"PREFIX : <a:> CONSTRUCT {{ ?s :r ?o }} WHERE {{ {pattern} }}"
    assert looked_for(rule) == wanted


def test_rule_that_declares_nothing_reads_anything() -> None:
    assert derivation.Rule.parse("CONSTRUCT WHERE { ?s ?p ?o }", "a").reads is None
    with pytest.raises(QueryError, match="the header of 'a' cannot be read"):
        derivation.Rule.parse("# reads it all\nASK {}", "a")
    with pytest.raises(QueryError, match="the rule 'a' names 'no name', which is no name"):
        derivation.Rule.parse('# reads = ["no name"]\nASK {}', "a")


@pytest.mark.parametrize("word", ["WHERE", "where", ""])
def test_rule_is_read_however_its_keywords_are_written(word: str) -> None:
    chain = b"".join(b"<a:%d> <a:in> <a:%d> <a:g> .\n" % (n, n + 1) for n in range(5))
    wide = f"prefix : <a:> construct {{ ?s :in ?o }} {word} {{ ?s :in/:in ?o }}"
    assert derivation.derive(Index.of(chain), {"wide": derivation.Rule(wide)}).count(b"\n") == 10


def test_rule_runs_again_only_when_something_new_can_feed_it(monkeypatch) -> None:
    ran: list[str] = []
    run = derivation.run_rule
    monkeypatch.setattr(derivation, "run_rule", lambda *given: ran.append(given[1]) or run(*given))
    chain = b"".join(b"<a:%d> <a:in> <a:%d> <a:g> .\n" % (n, n + 1) for n in range(5))
    wide = "PREFIX : <a:> CONSTRUCT { ?s :in ?o } WHERE { ?s :in/:in ?o }"
    apart = "PREFIX : <a:> CONSTRUCT { ?s :near ?o } WHERE { ?s :beside ?o }"
    both = {
        "apart": derivation.Rule(apart, frozenset({"a:beside"})),
        "wide": derivation.Rule(wide, frozenset({"a:in"})),
    }
    derived = derivation.derive(Index.of(chain), both)
    assert derived.count(b"\n") == 10
    assert ran == ["apart", *["wide"] * 4]


def report(name: str, status: str, source: str, more: str = "") -> str:
    return (
        f"id:{name} a cp:StatusReport ; cp:about id:plan ;"
        f" cp:status cp:{status} ; cp:source id:{source} {more} .\n"
    )


@pytest.mark.parametrize(
    ("reports", "current"),
    [
        (report("r1", "announced", "a") + report("r2", "achieved", "b"), "achieved"),
        (report("r1", "achieved", "a") + report("r2", "considered", "b"), "considered"),
        (report("r1", "considered", "a") + report("r2", "announced", "a"), "announced"),
        # A later source that reports an earlier day does not turn the clock back.
        (
            report("r1", "underway", "a")
            + report("r2", "announced", "b", '; cp:from "2019-05-01"^^xsd:date'),
            "underway",
        ),
        (
            report("r1", "underway", "a")
            + report("r2", "announced", "b", '; cp:uttered "2019-05-01"^^xsd:date'),
            "underway",
        ),
    ],
)
def test_latest_report_is_current(tmp_path, vocabulary, reports: str, current: str) -> None:
    found = derive(reports, tmp_path, vocabulary)
    states = {line.split()[2] for line in found if line.split()[1] == "cp:currentStatus"}
    assert states == {f"cp:{current}"}


def observation(name: str, value: int, source: str, more: str = "") -> str:
    return (
        f"id:{name} a cp:Observation ; cp:about id:plan ; cp:indicator id:warehouses ;"
        f" cp:kind cp:counted ; cp:value {value}.0 ; cp:source id:{source} {more} .\n"
    )


TARGET = (
    "id:t a cp:Target ; cp:about id:plan ; cp:indicator id:warehouses ; cp:value 9.0 ;"
    " cp:source id:a .\n"
)


@pytest.mark.parametrize(
    ("observations", "latest"),
    [
        (observation("o1", 1, "a") + observation("o2", 2, "b"), {"id:o2"}),
        (observation("o1", 1, "a") + observation("o2", 2, "b", "; cp:place id:x"), {"id:o1"}),
        (
            observation("o1", 1, "a", '; cp:when "2022-01-01"^^xsd:date')
            + observation("o2", 2, "b"),
            {"id:o1"},
        ),
        (observation("o1", 1, "a").replace("counted", "forecast"), set()),
        (observation("o1", 1, "a").replace("id:warehouses", "id:revenue"), set()),
    ],
)
def test_latest_comparable_observation_is_held_against_a_target(
    tmp_path, vocabulary, observations: str, latest: set[str]
) -> None:
    found = derive(TARGET + observations, tmp_path, vocabulary)
    ended = {line.split()[0] for line in found if line.split()[1] == "cp:standsUntil"}
    rests = [line.split() for line in found if line.split()[1] == "cp:restsOn"]
    assert {object_ for subject, _, object_ in rests if subject not in ended} == latest


WHEN = '; cp:when "2020-01-01"^^xsd:date'


@pytest.mark.parametrize(
    ("other", "agrees", "disagrees"),
    [
        (observation("o2", 1, "b", WHEN), True, False),
        (observation("o2", 2, "b", WHEN), False, True),
        (observation("o2", 2, "b", WHEN + " ; cp:place id:x"), False, False),
        (observation("o2", 2, "b", WHEN + " ; cp:comparator cp:at-least"), False, False),
        (observation("o2", 2, "b", WHEN.replace("2020", "2021")), False, False),
        (observation("o2", 2, "b", WHEN + " ; cp:unit id:dozen"), False, False),
        (observation("o2", 2, "b", WHEN + ' ; cp:whenStart "2019-01-01"^^xsd:date'), False, False),
    ],
)
def test_exact_observations_of_one_thing_and_day_agree_or_disagree(
    tmp_path, vocabulary, other: str, agrees: bool, disagrees: bool
) -> None:
    found = derive(observation("o1", 1, "a", WHEN) + other, tmp_path, vocabulary)
    assert ("id:o1 cp:agreesWith id:o2" in found) == agrees
    assert ("id:o2 cp:disagreesWith id:o1" in found) == disagrees


RELATION = (
    "id:{} a cp:Relation ; cp:source id:a ; rdf:subject id:co ; rdf:predicate cp:partnerOf ;"
    " rdf:object id:{} ; {} .\n"
)
PLAIN = "id:co cp:partnerOf id:other"


def test_parts_of_a_relation_are_said_by_properties_of_ours_too(
    tmp_path, vocabulary: bytes
) -> None:
    said = RELATION.format("r", "other", "cp:status cp:abandoned") + (
        "id:half a cp:Relation ; cp:source id:a ; rdf:subject id:co .\n"
    )
    parts = {line for line in derive(said, tmp_path, vocabulary) if " cp:relates" in line}
    assert parts == {
        "id:r cp:relates id:co",
        "id:r cp:relatesAs cp:partnerOf",
        "id:r cp:relatesTo id:other",
        "id:half cp:relates id:co",
    }


@pytest.mark.parametrize(
    "more",
    [
        "cp:status cp:abandoned",
        "cp:status cp:considered",
        "cp:status cp:missed",
        "cp:status cp:postponed",
        'cp:until "2019-01-01"^^xsd:date',
        'cp:from "2100-01-01"^^xsd:date',
        "cp:confidence cp:low",
    ],
)
def test_relation_that_does_not_hold_or_not_surely_is_no_plain_fact(
    tmp_path, vocabulary, more: str
) -> None:
    assert PLAIN not in derive(RELATION.format("r", "other", more), tmp_path, vocabulary)


@pytest.mark.parametrize(
    "more",
    [
        "cp:status cp:announced",
        "cp:status cp:reduced",
        'cp:until "2100-01-01"^^xsd:date',
        'cp:from "2019-01-01"^^xsd:date',
        "cp:confidence cp:medium",
    ],
)
def test_relation_that_holds_is_a_plain_fact(tmp_path, vocabulary, more: str) -> None:
    assert PLAIN in derive(RELATION.format("r", "other", more), tmp_path, vocabulary)
    # However doubtful it is where somebody else says it.
    doubtful = RELATION.format("d", "other", "cp:confidence cp:low")
    assert PLAIN in derive(RELATION.format("r", "other", more) + doubtful, tmp_path, vocabulary)


NOT_BOTH = "cp:confidence cp:{} ; cp:contradicts id:r"


@pytest.mark.parametrize(
    ("others", "holds"),
    [
        ([("s", "third", NOT_BOTH.format("high"))], False),
        # What is read with low confidence disputes nothing.
        ([("s", "third", NOT_BOTH.format("low"))], True),
        # Somebody confirms it.
        (
            [
                ("s", "third", NOT_BOTH.format("high")),
                ("u", "other", "cp:confidence cp:low ; cp:confirms id:r"),
            ],
            True,
        ),
        # They differ in their days alone, and the plain fact has none.
        ([("s", "other", NOT_BOTH.format("high"))], True),
    ],
)
def test_disputed_relation_is_no_plain_fact(
    tmp_path, vocabulary, others: list[tuple[str, str, str]], holds: bool
) -> None:
    said = RELATION.format("r", "other", "cp:confidence cp:high")
    said += "".join(RELATION.format(*other) for other in others)
    assert (PLAIN in derive(said, tmp_path, vocabulary)) == holds


def test_relation_that_disputes_another_is_no_plain_fact_either(tmp_path, vocabulary) -> None:
    said = RELATION.format("r", "other", "cp:contradicts id:s")
    found = derive(said + RELATION.format("s", "third", 'cp:note "x"@en'), tmp_path, vocabulary)
    assert PLAIN not in found
    assert "id:co cp:partnerOf id:third" not in found


def test_forecast_neither_agrees_nor_disagrees(tmp_path, vocabulary) -> None:
    forecast = observation("o2", 2, "b", WHEN).replace("counted", "forecast")
    found = derive(observation("o1", 1, "a", WHEN) + forecast, tmp_path, vocabulary)
    assert not [line for line in found if line.split()[1] == "cp:disagreesWith"]


def test_company_has_the_targets_of_its_initiatives_and_its_own(tmp_path, vocabulary) -> None:
    own = TARGET.replace("id:t ", "id:u ").replace("id:plan", "id:co")
    found = derive(TARGET + own, tmp_path, vocabulary)
    assert {
        "id:plan cp:hasTarget id:t",
        "id:co cp:hasTarget id:t",
        "id:co cp:hasTarget id:u",
    } <= found


def test_places_and_partners_are_closed(tmp_path, vocabulary) -> None:
    found = derive(
        "id:town cp:locatedIn id:land . id:land cp:locatedIn id:globe .\n"
        "id:r a cp:Relation ; cp:source id:a ; rdf:subject id:co ; rdf:predicate cp:partnerOf ;"
        " rdf:object id:other .\n",
        tmp_path,
        vocabulary,
    )
    assert {
        "id:town cp:locatedIn id:globe",
        "id:co cp:partnerOf id:other",
        "id:other cp:partnerOf id:co",
    } <= found


def test_facility_stands_where_what_is_said_of_it_holds(tmp_path, vocabulary: bytes) -> None:
    found = derive(
        "id:plant a cp:Facility . id:pune a cp:City ; cp:locatedIn id:india ."
        " id:said a cp:StatusReport ; cp:about id:plant, id:plan ; cp:status cp:achieved ;"
        " cp:place id:pune ; cp:source id:a .",
        tmp_path,
        vocabulary,
    )
    assert {"id:plant cp:locatedIn id:pune", "id:plant cp:locatedIn id:india"} <= found
    assert "id:plan cp:locatedIn id:pune" not in found


def test_targets_that_confirm_each_other_in_turn_are_one_promise_and_an_observation_none(
    tmp_path, vocabulary: bytes
) -> None:
    chain = "".join(
        f"id:t{number} a cp:Target ; cp:about id:plan ; cp:source id:a ; cp:value {number}.0 ;"
        f" cp:indicator id:warehouses ; cp:confirms id:t{number + 1} .\n"
        for number in range(200)
    )
    found = derive(
        f"{chain} id:t200 a cp:Target ; cp:about id:plan ; cp:source id:a ; cp:value 200.0 ;"
        " cp:indicator id:warehouses ."
        " id:o a cp:Observation ; cp:about id:plan ; cp:source id:a ; cp:confirms id:t0 ."
        # What confirms an observation is another promise.
        " id:w a cp:Target ; cp:about id:plan ; cp:source id:a ; cp:confirms id:o ; cp:value 7777.0 .",
        tmp_path,
        vocabulary,
    )
    stated = [line.split() for line in found if line.split()[1] == "cp:statedBy"]
    by_promise = Counter(subject for subject, *_ in stated)
    assert sorted(by_promise.values()) == [1, 201]
    assert {subject for subject, _, object_ in stated if object_ == "id:w"} == {"id:w.promise"}
