"""What is derived neighbourhood by neighbourhood is what is derived over the whole, however small these are."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st

import kg
from kg.base import DERIVED, QueryError, nquads
from kg.pipeline import neighbourhood_files, neighbourhoods
from kg.pipeline.building import ontology_quads
from kg.pipeline.derivation import Rule, derive, load_rules
from kg.pipeline.deriving_apart import derive_apart
from kg.pipeline.links import Links
from kg.pipeline.local_rules import local_rules
from kg.pipeline.surroundings import lines_in
from kg.query import Index
from tests.benchmarks import generate
from tests.pipeline import nasty

WORLDS = int(os.environ.get("KG_WORLDS", "6"))
# What makes one neighbourhood of nearly everything is there now and then, the others mostly.
LINKING = {"swallows", "joins", "corrects", "corrects-again", "status"}
STATES = st.fixed_dictionaries(
    {
        name: st.sampled_from(
            [*range(len(wordings)), *((None,) * 9 if name in LINKING else (0, 0, None))]
        )
        for name, wordings in nasty.FILES.items()
    }
)
FIXED = settings(
    max_examples=5 * WORLDS,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ID = "https://w3id.org/corporate-plans/id"
CP = "https://w3id.org/corporate-plans/ontology#"


def apart(asserted: bytes) -> bytes | None:
    """Return what is derived neighbourhood by neighbourhood, or None where that cannot be."""
    pieces: list[bytes] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "asserted.nq")
        path.write_bytes(asserted)
        Path(folder, "room").mkdir()
        why = derive_apart(
            path, Path(folder, "room"), load_rules(), pieces.append, lines_in(asserted)
        )
    assert why is None or not pieces
    return nquads.union(pieces) if why is None else None


def whole(asserted: bytes) -> bytes:
    return derive(Index.of(asserted), load_rules())


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each neighbourhood in a file of its own."""
    monkeypatch.setattr(neighbourhood_files, "LINES", 1)


@pytest.mark.usefixtures("alone")
def test_nasty_worlds_in_neighbourhoods_come_to_the_whole() -> None:
    parted = 0

    @FIXED
    @given(STATES)
    def run(state: dict[str, int | None]) -> None:
        nonlocal parted
        note(f"the wordings: {state!r}")
        units = [
            nquads.canonical(
                ox.Quad(*quad.triple, ox.NamedNode(f"{ID}/{name}"))
                for quad in ox.parse(
                    nasty.HEAD + nasty.FILES[name][one], format=ox.RdfFormat.TURTLE
                )
            )
            for name, one in state.items()
            if one is not None
        ]
        asserted = nquads.union([ontology_quads(), *map(b"".join, units)])
        found = apart(asserted)
        parted += found is not None
        assert found is None or found == whole(asserted)

    run()
    assert parted > WORLDS


@pytest.mark.usefixtures("alone")
def test_shipped_graph_in_neighbourhoods_comes_to_the_whole(graph: kg.Graph) -> None:
    assert apart(graph.asserted) == graph.derived


@pytest.mark.parametrize("lines", [1, 2000])
def test_generated_world_in_neighbourhoods_comes_to_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    generate.write_nquads(tmp_path / "world.nq", 20_000, 5)
    graph = kg.build([tmp_path / "world.nq"], check=False)
    monkeypatch.setattr(neighbourhood_files, "LINES", lines)
    assert apart(graph.asserted) == graph.derived


@pytest.mark.usefixtures("alone")
def test_what_sources_say_already_is_not_derived_whoever_says_it(graph: kg.Graph) -> None:
    # An export has all that was derived among what it says; here a part of it, in another graph.
    told = nquads.in_graph(b"".join(nquads.split(graph.derived)[::3]), f"{ID}/export")
    asserted = nquads.union([graph.asserted, told])
    found = apart(asserted)
    assert found == whole(asserted)
    assert len(nquads.split(found)) < len(nquads.split(graph.derived)) * 0.7


@pytest.mark.usefixtures("alone")
def test_value_that_is_written_otherwise_is_said_already(graph: kg.Graph) -> None:
    (aim,) = [one for one in nquads.split(graph.derived) if b'#aim> "500"^^' in one][:1]
    said = aim.replace(b'"500"', b'"0500.0"').replace(DERIVED.encode(), f"{ID}/export".encode())
    asserted = nquads.union([graph.asserted, said])
    found = apart(asserted)
    assert found == whole(asserted)
    assert aim not in nquads.split(found)


def parts_of(asserted: bytes, monkeypatch: pytest.MonkeyPatch, lines: int) -> int:
    monkeypatch.setattr(neighbourhood_files, "LINES", lines)
    links = local_rules(load_rules()).links  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "asserted.nq")
        path.write_bytes(asserted)
        survey = neighbourhoods.survey_graph(path, links)
        parts = neighbourhood_files.part_graph(path, Path(folder), links, survey, ())
        return len(list(parts))


def test_shipped_graph_is_many_neighbourhoods(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parts_of(graph.asserted, monkeypatch, 1) > 20
    assert parts_of(graph.asserted, monkeypatch, 10**6) == 1


@pytest.mark.parametrize(
    "said",
    [
        # A relation that tells who has a plan, of which class something is, or that a class is in another:
        # rules read that where its statement is not.
        *(nasty.relation("odd", "partnerOf", ("bolt", "acme")).replace("cp:partnerOf", word)
          for word in ("cp:company", "rdf:type", "rdfs:subClassOf")),
        # Which properties are symmetric follows from a class of the data.
        "id:even rdfs:subClassOf owl:SymmetricProperty . cp:near a id:even . id:shops cp:near id:labs .",
    ],
)  # fmt: skip
def test_word_that_rules_look_for_is_derived_over_the_whole(said: str) -> None:
    quads = ox.parse(nasty.HEAD + nasty.THINGS + said, format=ox.RdfFormat.TURTLE)
    lines = nquads.canonical(ox.Quad(*quad.triple, ox.NamedNode(f"{ID}/g")) for quad in quads)
    assert apart(nquads.union([ontology_quads(), b"".join(lines)])) is None


def test_what_is_derived_too_late_is_refused_alike(graph: kg.Graph) -> None:
    said = f"<{CP}locatedIn> a <http://www.w3.org/2002/07/owl#SymmetricProperty> <{ID}/g> .\n"
    said = said.replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ")
    asserted = nquads.union([graph.asserted, said.encode()])
    told = []
    for derived in (apart, whole):
        with pytest.raises(QueryError) as refused:
            derived(asserted)
        told.append(str(refused.value))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("query", "focus"),
    [
        # What is asked of everything.
        ("CONSTRUCT { ?s <a:r> ?o } WHERE { ?s <a:p> ?o } LIMIT 1", "s"),
        # Which of the words of the data it goes along is not known.
        ("CONSTRUCT { ?s <a:r> ?o } WHERE { ?s ?p ?m . ?m <a:q> ?o }", "s"),
        # It starts from what is copied to others, and asks what is not there.
        (
            f"CONSTRUCT {{ ?s <a:r> ?s }} WHERE {{ ?s <{CP}company> ?o FILTER NOT EXISTS {{ ?s <a:q> ?x }} }}",
            "s",
        ),
        # It leads back from what lies elsewhere.
        (f"CONSTRUCT {{ ?s <a:r> ?t }} WHERE {{ ?s <a:p> ?o . ?t <{CP}about> ?o }}", "s"),
        # What is said of a word.
        ("CONSTRUCT { ?s <a:r> ?o } WHERE { ?s ?p ?o . ?p a ?c }", "s"),
        # It tells of another node what a rule reads that asks what is not there.
        (f"CONSTRUCT {{ ?o <{CP}status> ?s }} WHERE {{ ?s <a:p> ?o }}", "s"),
    ],
)
def test_rule_that_sees_more_runs_over_the_whole(query: str, focus: str) -> None:
    assert local_rules({**load_rules(), "odd": Rule(query, focus=(focus,))}) is None


def rule(query: str, reads: str, derives: str) -> Rule:
    """Return a rule with the focus ?s."""
    return Rule(query, frozenset(reads.split()), derives=frozenset(derives.split()), focus=("s",))


FOLLOWED = rule("CONSTRUCT { ?s <a:r> ?v } WHERE { ?s <a:p> ?o . ?o <a:q> ?v }", "a:p a:q", "a:r")
BACK = rule("CONSTRUCT { ?s <a:r> ?t } WHERE { ?s <a:p> ?v . ?t <a:q> ?s }", "a:p a:q", "a:r")
BOTH = rule("CONSTRUCT { ?s <a:r> ?v } WHERE { ?s <a:q> ?o . ?s <a:p> ?v }", "a:p a:q", "a:r")
ALIKE = rule("CONSTRUCT { ?s <a:q> ?o } WHERE { ?s <a:x> ?o }", "a:x", "a:q")


@pytest.mark.parametrize(
    "odd",
    [
        # What is derived joins what nothing joined.
        [rule(f"CONSTRUCT {{ ?s <{CP}establishes> ?o }} WHERE {{ ?s <a:x> ?o }}", "a:x", f"{CP}establishes")],
        [ALIKE, BACK],
        # What leads around is derived, or what is seen there.
        [rule("CONSTRUCT { ?s <a:p> ?o } WHERE { ?s <a:x> ?o }", "a:x", "a:p"), FOLLOWED],
        [ALIKE, FOLLOWED],
        # What leads around is shared, and what is seen there is not.
        [rule(f"CONSTRUCT {{ ?s <a:r> ?x }} WHERE {{ ?s <a:z> ?y . ?s <{CP}locatedIn> ?o . ?o <a:q> ?x }}", f"a:z a:q {CP}locatedIn", "a:r")],
        # The last of all days is held against, and days are derived.
        [rule("CONSTRUCT { ?s <https://schema.org/datePublished> ?o } WHERE { ?s <a:x> ?o }", "a:x", "https://schema.org/datePublished")],
        # What is told of another node is read with what that says itself.
        [rule("CONSTRUCT { ?o <a:q> ?s } WHERE { ?s <a:x> ?o }", "a:x", "a:q"), BOTH],
    ],
)  # fmt: skip
def test_rules_that_would_miss_each_other_run_over_the_whole(odd: list[Rule]) -> None:
    assert local_rules({**load_rules(), **{f"odd-{n}": one for n, one in enumerate(odd)}}) is None


def test_shipped_rules_run_in_neighbourhoods() -> None:
    local = local_rules(load_rules())
    assert local
    assert local.once == {"acting-through-others", "location"}
    assert local.first == {
        "acting-through", "evidence", "facility-places", "relations", "subclasses",
    }  # fmt: skip


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("said", "lead", "seen"),
    [
        # An initiative takes place where a relation with it does: that it is one is said elsewhere.
        (
            nasty.relation("joins", "partnerOf", ("bolt", "shops"), "; cp:place id:india"),
            "object>",
            "company>",
        ),
        # A figure that the company published itself is its own word.
        (
            nasty.target("aims", "id:shops")
            + nasty.observations(1, 1, 30).replace("publisher id:gazette", "publisher id:acme"),
            "source>",
            "publisher>",
        ),
    ],
)
def test_what_is_said_elsewhere_is_copied(
    said: str, lead: str, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quads = ox.parse(nasty.HEAD + nasty.THINGS + said, format=ox.RdfFormat.TURTLE)
    lines = nquads.canonical(ox.Quad(*quad.triple, ox.NamedNode(f"{ID}/g")) for quad in quads)
    asserted = nquads.union([ontology_quads(), b"".join(lines)])
    assert apart(asserted) == whole(asserted)
    settle = Links.settle

    def without(links: Links) -> Links:
        for name, names in settle(links).around.items():
            if name.endswith(lead):
                links.around[name] = {one for one in names if not one.endswith(seen)}
        return links

    monkeypatch.setattr(Links, "settle", without)
    assert apart(asserted) != whole(asserted)
