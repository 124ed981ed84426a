"""What is told of promises, as the engine keeps it, whatever the order in which it keeps what is said."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.base import CP, nquads
from kg.promises import claims
from kg.query import LocalIndex
from tests.pipeline.nasty import HEAD
from tests.promises import changing

SMALL = """
id:acme a cp:Company . id:gazette a cp:Organization . id:shops a cp:Initiative ; cp:company id:acme .
id:a a cp:Article ; schema:publisher id:gazette ; schema:datePublished "2021-01-31"^^xsd:date .
id:t a cp:Target ; cp:source id:a ; cp:about id:shops ; cp:indicator id:warehouses ; cp:value 20 ;
  cp:baseline 10 ; cp:due "2020-12-31"^^xsd:date .
id:o a cp:Observation ; cp:source id:a ; cp:about id:shops ; cp:indicator id:warehouses ;
  cp:value 9.999999 ; cp:kind cp:counted ; cp:when "2020-12-31"^^xsd:date .
"""


def state(text: str) -> changing.State:
    quads = ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)
    small = frozenset(changing.in_graph(quads, "small"))
    return changing.state_of(changing.ontology() | {"small": small})


def test_what_is_told_is_as_the_engine_writes_it() -> None:
    told = state(SMALL).judged
    assert any(b'#shareAtLeast> "0"^^' in line for line in told)
    assert frozenset(nquads.canonical(changing.stored(told))) == told


@pytest.mark.parametrize(
    "said",
    ["id:t.promise a cp:Promise", "id:t.promise cp:promisedBy id:acme", "id:shops cp:hasPromise id:t.promise"],
)  # fmt: skip
def test_what_a_source_tells_of_a_promise_is_not_told_twice(said: str) -> None:
    without, with_ = state(SMALL), state(f"{SMALL} {said} .")
    [gone] = without.judged - with_.judged
    assert nquads.triple_parts(gone)[0] in {
        b"<%s>" % changing.iri(one) for one in ("t.promise", "shops")
    }
    assert with_.judged < without.judged


def test_facility_of_a_facility_is_of_those_who_establish_it_alone() -> None:
    plans = "id:a cp:company id:acme ; cp:establishes id:b . id:b cp:company id:bolt ; cp:establishes id:c ."
    store = changing.stored(
        changing.in_graph(ox.parse(HEAD + plans, format=ox.RdfFormat.TURTLE), "g")
    )
    companies = claims._companies(claims._Selected(LocalIndex(store)))
    assert companies == {"a": {"acme"}, "b": {"acme", "bolt"}, "c": {"bolt"}}
    assert companies == claims._companies(claims._Properties(store))
    assert CP + "establishes" in claims.JUDGED_BY
