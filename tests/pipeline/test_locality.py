"""Rules, shapes and hints look at what their joins connect, and what they ask of the whole is named."""

from __future__ import annotations

import pytest

from kg.base import CP, PREFIXES
from tests.pipeline import locality
from tests.pipeline.locality import ANY

QUERIES = locality.queries()

# Each has its cause, and a build by neighbourhoods must do something about it.
BY_VALUE = {"rules/current-status"}
"""Finds a status by its rank, as text: ranks are of the vocabulary, which all share."""
BY_PREDICATE = {"rules/symmetry"}
"""Goes along whatever predicate the vocabulary calls symmetric."""
BY_ANY = {"shapes/dangling", "shapes/one-identity"}
"""Look at a node by whatever leads to it."""
OF_THE_WHOLE = {"rules/acting-through", "rules/current-status", "rules/relations"}
"""Ask for the last day on which anything was published."""


def found(pattern: str, more: str = "") -> locality.Locality:
    return locality.locality(f"PREFIX : <a:> SELECT * {{ {pattern} }} {more}")


@pytest.mark.parametrize(
    ("pattern", "onward", "together"),
    [
        ("?s :p ?o ; :q ?v", "", ""),
        ("?s :p ?o . ?o :q ?v", "a:p", ""),
        ("?s ^:p ?o . ?s :q ?v", "a:p", ""),
        ("?s :p/:q ?v", "a:p", ""),
        ("?s :p [ :q ?v ]", "a:p", ""),
        ("?s :p|:q ?o . ?o :r ?v", "a:p a:q", ""),
        ("?s :p+ ?o", "a:p", ""),
        ("?s :p ?v . ?t :q ?v", "", "a:p a:q"),
        ("?s :p ?o OPTIONAL { ?o :q ?v }", "a:p", ""),
        ("?s :p ?o MINUS { ?t :q ?s }", "a:q", ""),
        ("?s :p ?o FILTER NOT EXISTS { ?t :q ?s FILTER EXISTS { ?u :r ?t } }", "a:q a:r", ""),
        ("{ ?s :p ?o } UNION { ?o :q ?v }", "", ""),
        ("?s :p ?o { SELECT ?o { ?o :q ?s } }", "a:p", ""),
        ("?s :p ?o . ?o ?any ?v", "a:p", ""),
        ("?s ?any ?o . ?o :p ?v", ANY, ""),
    ],
)
def test_joins_are_those_that_a_query_makes(pattern: str, onward: str, together: str) -> None:
    one = found(pattern)
    assert (locality.short(one.onward), locality.short(one.together)) == (onward, together)
    assert not one.apart


@pytest.mark.parametrize(
    "pattern",
    [
        "?s :p ?o . ?t :q ?v",
        "?s :p ?o . ?t :q ?v FILTER (?o = ?v)",
        "?s :p :one . ?t :q :one",
        "?s :p ?o . ?t :q ?v OPTIONAL { ?o :r ?v }",
        "?s :p ?o OPTIONAL { ?t :q ?v }",
        "?s :p ?o FILTER NOT EXISTS { ?t :q ?v } FILTER EXISTS { ?s :r ?t }",
        "?s :p ?o { SELECT ?v { ?s :q ?v } }",
    ],
)
def test_parts_that_no_node_joins_stand_apart(pattern: str) -> None:
    one = found(pattern)
    assert len(one.apart) > 1
    assert not one.is_local


def test_what_is_counted_or_picked_without_a_group_is_asked_of_the_whole() -> None:
    assert found("?s :p ?o { SELECT (MAX(?v) AS ?m) { ?t :q ?v } }").whole == {"a:q"}
    assert found("?s :p ?o", "LIMIT 1").whole == {"a:p"}
    grouped = found("?s :p ?o { SELECT ?s (MAX(?v) AS ?m) { ?s :q ?v } GROUP BY ?s }")
    assert grouped.is_local


def test_query_of_which_it_is_not_known_what_it_joins_is_refused() -> None:
    with pytest.raises(ValueError, match="ServiceGraphPattern"):
        found("SERVICE :s { ?s :p ?o }")
    with pytest.raises(ValueError, match="more than 4096 ways"):
        found("".join(f"?s :p|:q ?o{n} . " for n in range(13)))


def test_all_rules_shapes_and_hints_are_read() -> None:
    assert len(QUERIES) >= 27
    assert {name.partition("/")[0] for name in QUERIES} == {"rules", "shapes", "hints"}


def test_rules_that_are_not_local_are_the_ones_named() -> None:
    read = {name: locality.locality(query) for name, query in QUERIES.items()}
    assert {name for name, one in read.items() if one.apart} == BY_VALUE | BY_PREDICATE
    assert {name for name, one in read.items() if ANY in one.joins} == BY_ANY
    whole = {name: one.whole for name, one in read.items() if one.whole}
    assert whole.keys() == OF_THE_WHOLE
    assert set(whole.values()) == {frozenset({PREFIXES["schema"] + "datePublished"})}


def test_links_between_statements_are_joins_of_the_rules() -> None:
    rules = [query for name, query in QUERIES.items() if name.startswith("rules/")]
    joins = frozenset().union(*(locality.locality(query).joins for query in rules))
    assert {
        CP + name for name in ("about", "updates", "corrects", "confirms", "contradicts")
    } <= joins
    # Rows and spans are of one statement, and labels of one thing: nothing looks beyond them.
    assert joins.isdisjoint({CP + "evidence", CP + "row", PREFIXES["skos"] + "prefLabel"})
