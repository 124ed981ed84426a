"""What the rules derive after a change is what they derive from nothing, whatever has changed."""

from __future__ import annotations

import os
import random
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st

from kg.base import CP, PREFIXES, Change, QueryError, expand, nquads
from kg.pipeline.building import ontology_quads
from kg.pipeline.derivation import Rule, derive_by_rules, load_rules
from kg.pipeline.increments import derive_increment
from kg.pipeline.overlay import is_judged
from kg.pipeline.rule_analysis import find_footprint, kept_footprints
from kg.pipeline.rule_footprint import KEPT, tell_footprint, told_footprint
from kg.promises import derive_promises
from kg.sources import find_files, read_source
from tests.benchmarks import generate
from tests.pipeline import nasty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import kg

SEQUENCES = int(os.environ.get("KG_WORLDS", "6"))
RULES = load_rules()
FIXED = settings(
    max_examples=SEQUENCES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
DERIVED = PREFIXES["id"] + "derived"


def store_of(lines: Iterable[bytes]) -> ox.Store:
    store = ox.Store()
    store.bulk_load(b"".join(lines), format=ox.RdfFormat.N_QUADS)
    return store


def by_rules(store: ox.Store, rules: Mapping[str, Rule]) -> set[bytes]:
    pieces: list[bytes] = []
    derive_by_rules(store, rules, pieces.append)
    return set(nquads.split(b"".join(pieces)))


class World:
    """A graph with what the rules derive of it, and what follows of promises, which no rule may see."""

    def __init__(self, asserted: Iterable[bytes], rules: Mapping[str, Rule] = RULES) -> None:
        self.asserted, self.rules = set(asserted), rules
        self.store = store_of(self.asserted)
        self.derived = by_rules(self.store, rules)
        self.judged = [
            f"{triple} <{DERIVED}> .\n".encode() for triple in derive_promises(self.store)
        ]
        self.store.load(b"".join(self.judged), format=ox.RdfFormat.N_QUADS)

    def after(self, asserted: Iterable[bytes], *, but: tuple[str, ...] = ()) -> World:
        """Return the world of what is asserted next; hold what is derived by the change against it."""
        anew = World(asserted, self.rules)
        change = Change(
            b"".join(sorted(self.asserted - anew.asserted)),
            b"".join(sorted(anew.asserted - self.asserted)),
        )
        new = store_of([*anew.asserted, *self.derived, *self.judged])
        found, whole = derive_increment(self.store, new, change, self.rules)
        gone, fresh = map(set, map(nquads.split, found))
        assert sorted(gone) == nquads.split(found.gone)
        assert gone <= self.derived
        assert fresh.isdisjoint(self.derived)
        assert plain((self.derived - gone) | fresh) == plain(anew.derived)
        assert kept(new) == kept(anew.store)
        assert set(whole) <= set(but), "a rule ran over the whole"
        return anew


def plain(lines: Iterable[bytes]) -> list[str]:
    """Return lines so that a difference can be read."""
    return sorted(line.decode().replace(PREFIXES["id"], ":").replace(CP, "cp:") for line in lines)


def kept(store: ox.Store) -> set[str]:
    return {str(quad) for quad in store if not is_judged(quad)}


# A nasty world in files


@cache
def said(name: str, wording: int) -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made, f"{name}.ttl")
        path.write_text(nasty.HEAD + nasty.FILES[name][wording], encoding="utf-8")
        (file,) = find_files([path])
        return tuple(nquads.split(read_source(file).quads))


@cache
def ontology() -> tuple[bytes, ...]:
    return tuple(nquads.split(ontology_quads()))


def all_said(state: Mapping[str, int]) -> set[bytes]:
    return {*ontology(), *(line for one in state.items() for line in said(*one))}


taken_away = st.tuples(st.sampled_from(sorted(nasty.FILES)), st.none())
worded = st.tuples(st.sampled_from(sorted(nasty.FILES)), st.integers(0, 4))


def changes(deletions: int) -> st.SearchStrategy[list[list[nasty.Change]]]:
    one: st.SearchStrategy[nasty.Change] = st.integers(0, 7).flatmap(
        lambda drawn: taken_away if drawn < deletions else worded
    )
    return st.lists(st.lists(one, min_size=1, max_size=3), min_size=1, max_size=4)


def test_rules_after_changes_to_a_nasty_world_derive_what_they_derive_from_nothing() -> None:
    @FIXED
    @given(st.sampled_from((2, 4, 7)).flatmap(changes))
    def run(steps: list[list[nasty.Change]]) -> None:
        note(f"the changes, step by step: {steps!r}")
        state = dict.fromkeys(nasty.FILES, 0)
        world = World(all_said(state))
        for step in steps:
            for change in step:
                state = nasty.changed(state, change)
            world = world.after(all_said(state))

    run()


@pytest.mark.parametrize("name", sorted(nasty.FILES))
def test_each_file_of_a_nasty_world_can_be_taken_away_and_come_back(name: str) -> None:
    state = dict.fromkeys(nasty.FILES, 0)
    everything = World(all_said(state))
    less = everything.after(all_said(nasty.changed(state, (name, None))))
    assert less.after(everything.asserted).derived == everything.derived


# Any triples at all of what rules look for

NODES = [f"<{PREFIXES['id']}{number}>" for number in range(7)]
DAYS = [
    f'"{day}"^^<{PREFIXES["xsd"]}date>'
    for day in ("2020-01-01", "2021-01-01", "2022-01-01", "2023-06-01")
]
CLASSES = (
    "cp:Company cp:Organization cp:StatusReport cp:Target cp:Observation cp:Facility cp:JointVenture cp:Other"
)  # fmt: skip
STATUSES = "cp:abandoned cp:announced cp:considered cp:underway"
NAMED = "cp:partnerOf cp:locatedIn cp:owns cp:ownsMajorityOf cp:near rdf:type cp:place cp:company cp:about"
KINDS: tuple[tuple[int, str, str | None], ...] = (
    # How often, which predicates, and which values: of nodes where none are told.
    (4, "rdf:type", CLASSES),
    (2, "schema:datePublished", "days"),
    (2, "cp:source", None),
    (2, "cp:about", None),
    (1, "cp:status", STATUSES),
    (2, "cp:from cp:until cp:uttered cp:when cp:whenStart", "days"),
    (2, "rdf:subject rdf:object", None),
    (1, "rdf:predicate", NAMED),
    (1, "cp:corrects cp:updates cp:contradicts cp:confirms", None),
    (1, "cp:confidence", "cp:low cp:high"),
    (2, "cp:locatedIn", None),
    (2, "cp:company cp:establishes cp:place cp:evidence cp:row cp:element cp:text", None),
    (2, "cp:indicator cp:kind cp:unit cp:value", "cp:one cp:two"),
    (1, "cp:partnerOf cp:near cp:actsThrough cp:reportsOn cp:takesPlaceIn skos:prefLabel", None),
    (1, "cp:hasOutcome cp:promisedBy", None),
)
ODD = (
    (CLASSES, "rdfs:subClassOf", CLASSES),
    ("cp:near cp:partnerOf", "rdf:type", "owl:SymmetricProperty"),
)
RANKS = tuple(
    f'<{expand(status)}> <{CP}rank> "{number % 3}"^^<{PREFIXES["xsd"]}integer> <a:ranks> .\n'.encode()
    for number, status in enumerate(STATUSES.split())
)


def anything(drawn: random.Random) -> bytes:
    """Return one line, of whatever rules look for."""

    def one_of(names: str) -> str:
        return f"<{expand(drawn.choice(names.split()))}>"

    if drawn.random() < 0.1:
        subject, predicate, value = map(one_of, drawn.choice(ODD))
    else:
        (_, predicates, values), subject = (
            drawn.choices(KINDS, [often for often, *_ in KINDS])[0],
            drawn.choice(NODES),
        )
        predicate = one_of(predicates)
        if values is None:
            value = drawn.choice(NODES)
        else:
            value = drawn.choice(DAYS) if values == "days" else one_of(values)
    return f"{subject} {predicate} {value} <a:{drawn.randrange(3)}> .\n".encode()


def any_changes(
    drawn: random.Random, world: World, steps: int, *, but: tuple[str, ...] = ()
) -> World:
    """Change a world so often, at times a little and at times much, and most of it by taking away."""
    for _ in range(steps):
        away = drawn.choice([0.25, 0.5, 0.9])
        lines = set(world.asserted)
        for _ in range(drawn.choice([1, 1, 2, 4, 12])):
            if lines and drawn.random() < away:
                lines.discard(drawn.choice(sorted(lines)))
            else:
                lines.add(anything(drawn))
        if drawn.random() < 0.1:
            lines = lines ^ {drawn.choice(RANKS)}
        world = world.after(lines, but=but)
    return world


@pytest.mark.parametrize("seed", range(2 * SEQUENCES))
def test_rules_after_any_changes_derive_what_they_derive_from_nothing(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - nothing is secret
    lines = {anything(drawn) for _ in range(drawn.choice([40, 80, 160, 300]))}
    world = World({*lines, *RANKS})
    # A status is found by its rank, whatever it is of.
    any_changes(drawn, world, 15, but=("current-status",))


def test_rules_after_changes_to_a_generated_world_and_to_what_ships(
    graph: kg.Graph, tmp_path: Path
) -> None:
    path = tmp_path / "world.nq"
    generate.write_nquads(path, 3000, 1)
    for asserted in (
        {*nquads.split(path.read_bytes()), *ontology()},
        set(nquads.split(graph.asserted)),
    ):
        drawn = random.Random(7)  # noqa: S311 - nothing is secret
        world = World(asserted)
        for _ in range(3):
            graphs = sorted({nquads.graph_of(line) for line in world.asserted - set(ontology())})
            away = set(drawn.sample(graphs, 2))
            less = world.after(
                {line for line in world.asserted if nquads.graph_of(line) not in away}
            )
            # One of them comes back, a few lines short.
            back = [line for line in sorted(world.asserted - less.asserted) if drawn.random() < 0.8]
            world = less.after({*less.asserted, *back})


# What is hard


def lines(*triples: str) -> set[bytes]:
    """Return triples of prefixed names as lines of one graph."""
    found = set()
    for triple in triples:
        subject, predicate, value = triple.split(" ")
        ends = [f"<{expand(end) or PREFIXES['id'] + end}>" for end in (subject, predicate)]
        end = value if value.startswith('"') else f"<{expand(value) or PREFIXES['id'] + value}>"
        found.add(f"{' '.join(ends)} {end} <a:g> .\n".encode())
    return found


@pytest.mark.parametrize(
    ("there", "away"),
    [
        # Places within each other in a circle, of which one is taken out.
        ("id:a cp:locatedIn id:b|id:b cp:locatedIn id:c|id:c cp:locatedIn id:a", "id:b cp:locatedIn id:c"),
        # Two that say the same, each way, and the property is symmetric by a class above.
        (
            "cp:near rdf:type id:Mutual|id:Mutual rdfs:subClassOf owl:SymmetricProperty|id:a cp:near id:b",
            "id:Mutual rdfs:subClassOf owl:SymmetricProperty",
        ),
        ("id:a cp:actsThrough id:b|id:b cp:actsThrough id:c|id:c cp:actsThrough id:a", "id:a cp:actsThrough id:b"),
        # Classes above each other.
        (
            "cp:A rdfs:subClassOf cp:B|cp:B rdfs:subClassOf cp:A|cp:B rdfs:subClassOf cp:Company|id:a rdf:type cp:A",
            "cp:A rdfs:subClassOf cp:B",
        ),
        # What a source said follows as well, and follows still.
        (
            "id:r rdf:subject id:a|id:r rdf:predicate cp:partnerOf|id:r rdf:object id:b|id:a cp:partnerOf id:b",
            "id:a cp:partnerOf id:b",
        ),
        # What two rules derive, each of which is taken away.
        (
            "id:r rdf:subject id:a|id:r rdf:predicate cp:locatedIn|id:r rdf:object id:b|id:a rdf:type cp:Facility|id:s cp:about id:a|id:s cp:place id:b",
            "id:s cp:place id:b",
        ),
        (
            "id:r rdf:subject id:a|id:r rdf:predicate cp:metWith|id:r rdf:object id:b|id:b cp:metWith id:a|cp:metWith rdf:type owl:SymmetricProperty",
            "id:r rdf:object id:b",
        ),
    ],
)  # fmt: skip
def test_what_rests_on_itself_alone_goes(there: str, away: str) -> None:
    world = World(lines(*there.split("|")))
    less = world.after(world.asserted - lines(away))
    less.after(world.asserted)
    for triple in there.split("|"):
        world.after(world.asserted - lines(triple)).after(set())


def dated(name: str, day: str) -> str:
    return f'id:{name} schema:datePublished "{day}"^^<{PREFIXES["xsd"]}date>'


def test_news_that_is_newer_than_all_other_runs_no_rule_over_the_whole() -> None:
    relation = ["id:r rdf:subject id:a", "id:r rdf:predicate cp:partnerOf", "id:r rdf:object id:b"]
    until = f'id:r cp:until "2021-01-01"^^<{PREFIXES["xsd"]}date>'
    world = World(lines(*relation, until, dated("s", "2020-01-01")))
    (plain_fact,) = lines("id:a cp:partnerOf id:b")
    triple = plain_fact.rsplit(b" ", 2)[0]
    assert any(line.startswith(triple) for line in world.derived)
    news = world.after({*world.asserted, *lines(dated("t", "2022-01-01"))})
    assert not any(line.startswith(triple) for line in news.derived)
    back = news.after(world.asserted)
    assert back.derived == world.derived


def test_rule_that_runs_over_the_whole_is_named() -> None:
    world = World({*RANKS, *lines("id:r cp:status cp:abandoned", "id:r cp:about id:a")})
    less = store_of([*world.asserted - {RANKS[0]}, *world.derived])
    change = Change(RANKS[0], b"")
    assert derive_increment(world.store, less, change, RULES).whole == ("current-status",)


def test_data_that_break_the_order_of_the_rules_are_refused_in_a_change_as_well() -> None:
    world = World(lines("id:r rdf:subject id:a", "id:r rdf:object id:b"))
    bad = lines("id:r rdf:predicate cp:corrects")
    new = store_of([*world.asserted, *bad, *world.derived])
    with pytest.raises(QueryError, match=r"'relations' derives .*#corrects from these data"):
        derive_increment(world.store, new, Change(b"", *bad), RULES)


# Rules of others


def rule(text: str, reads: str = "", derives: str = "", focus: tuple[str, ...] = ()) -> Rule:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return Rule(
        prefixes + text,
        frozenset(str(expand(one)) for one in reads.split()) or None,
        derives=frozenset(str(expand(one)) for one in derives.split()) or None,
        focus=focus,
    )


NEAR = "CONSTRUCT { ?s cp:near ?o } WHERE { ?s cp:partnerOf/cp:near ?o }"
BOTH = "CONSTRUCT { ?s cp:partnerOf ?o } WHERE { ?o cp:near ?s . ?s cp:about ?any }"
NONE = (
    "CONSTRUCT { ?s cp:alone ?o } WHERE { ?s cp:source ?o FILTER NOT EXISTS { ?s cp:near ?any } }"
)
BESIDE = "CONSTRUCT { ?s cp:beside ?b } WHERE { ?s cp:source ?o OPTIONAL { ?s cp:about ?a } OPTIONAL { ?a cp:company ?b } }"
FIRST = "CONSTRUCT { ?s cp:first ?o } WHERE { { SELECT ?s ?o { ?s cp:alone ?o } ORDER BY ?o ?s LIMIT 1 } }"
TURNED = """CONSTRUCT { ?x cp:crossed ?o }
WHERE { { ?s cp:source ?x . ?x cp:about ?o } UNION { ?s cp:company ?y ; cp:place ?o . BIND (?y AS ?x) } }"""
OTHERS: dict[str, dict[str, Rule]] = {
    "by their focus": {
        "near": rule(NEAR, "cp:near cp:partnerOf", "cp:near", ("s",)),
        "both": rule(BOTH, "cp:near cp:about", "cp:partnerOf", ("s",)),
        "none": rule(NONE, "cp:source cp:near", "cp:alone", ("s",)),
        "first": rule(FIRST, "cp:alone", "cp:first", ("s",)),
        # Of what is about nothing each company is beside.
        "beside": rule(BESIDE, "cp:source cp:about cp:company", "cp:beside", ("s",)),
        "crossed": rule(TURNED, "cp:source cp:about cp:company cp:place", "cp:crossed", ("s",)),
    },
    "of which one has none": {
        "near": rule(NEAR, "cp:near cp:partnerOf", "cp:near", ("s",)),
        "both": rule(BOTH, "cp:near cp:about", "cp:partnerOf"),
        "none": rule(NONE, "cp:source cp:near", "cp:alone"),
    },
    "of which nothing is declared": {"near": rule(NEAR), "both": rule(BOTH)},
}


@pytest.mark.parametrize("named", OTHERS)
@pytest.mark.parametrize("seed", range(SEQUENCES // 2))
def test_rules_of_others_derive_what_they_derive_from_nothing(named: str, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - nothing is secret
    world = World({anything(drawn) for _ in range(120)}, OTHERS[named])
    whole = ("first", "beside") if named == "by their focus" else tuple(OTHERS[named])
    any_changes(drawn, world, 12, but=whole)


def test_what_is_derived_by_a_value_that_is_computed_is_looked_for_in_another_way() -> None:
    rules = {"crossed": OTHERS["by their focus"]["crossed"]}
    world = World(
        lines(
            "id:s cp:source id:x",
            "id:x cp:about id:o",
            "id:t cp:company id:x",
            "id:t cp:place id:o",
        ),
        rules,
    )
    assert len(world.derived) == 1
    assert world.after(world.asserted - lines("id:s cp:source id:x")).derived == world.derived
    assert world.after(world.asserted - lines("id:t cp:place id:o")).derived == world.derived


def test_part_that_hangs_on_another_part_concerns_everything() -> None:
    # What is about nothing is beside each company.
    rules = {"beside": OTHERS["by their focus"]["beside"]}
    world = World(lines("id:s cp:source id:o", "id:x cp:company id:y"), rules)
    more = {*world.asserted, *lines("id:z cp:company id:q")}
    assert len(world.after(more, but=("beside",)).derived) == 2


def test_of_what_is_gathered_beside_nothing_is_derived() -> None:
    # The target is about another thing as well, of which a report had told by then.
    target = ["id:t cp:status cp:abandoned", "id:t cp:source id:a", "id:t cp:about id:there"]
    report = ["id:r rdf:type cp:StatusReport", "id:r cp:status cp:underway", "id:r cp:source id:a"]
    world = World(lines(*target, *report, "id:r cp:about id:there", dated("a", "2020-01-01")))
    world.after({*world.asserted, *lines("id:t cp:about id:here")})


# RuleFootprint


def test_footprints_that_are_kept_are_those_that_a_parser_finds() -> None:
    assert KEPT.read_text(encoding="utf-8") == kept_footprints(), "write them anew: make footprints"
    for name, one in RULES.items():
        footprint = find_footprint(one.query, one.focus)
        assert footprint, f"{name} runs over the whole at each change: it needs a focus"
        assert told_footprint(tell_footprint(footprint)) == footprint


def test_rules_by_their_footprints_concern_everything_in_one_place_alone() -> None:
    apart = {
        (name, pattern.predicate.is_)
        for name, one in RULES.items()
        for pattern in getattr(find_footprint(one.query, one.focus), "patterns", ())
        if pattern.apart
    }
    assert apart == {("current-status", f"<{CP}rank>")}


@pytest.mark.parametrize(
    "where",
    [
        "{ ?s :p ?o } LIMIT 1",
        "{ ?s :p* ?o }",
        "{ ?s :p? ?o }",
        "{ ?s (:p/:q)+ ?o }",
        "{ GRAPH ?g { ?s :p ?o } }",
        "{ ?t :p ?o }",
        "{ ?t :p ?o OPTIONAL { ?s :p ?o } }",
        "{ ?t :p ?o BIND (?t AS ?s) ?s :q ?o }",
        "{ ?s :p ?o { SELECT (COUNT(*) AS ?n) { ?t :q ?u } } }",
        "{ ?s :p ?o { SELECT (MAX(?u) AS ?n) { ?t :q ?u } } FILTER (?o < ?n + 1) }",
        "{ ?s :p ?n { SELECT (MAX(?u) AS ?n) { ?t :q ?u } } ?s :r ?o }",
        "{ SERVICE :s { ?s :p ?o } }",
    ],
)
def test_rule_that_has_no_footprint_is_told(where: str) -> None:
    assert find_footprint(f"PREFIX : <a:> CONSTRUCT {{ ?s :r ?o }} WHERE {where}", ("s",)) is None


def test_what_is_judged_is_known_by_its_predicates_and_classes(graph: kg.Graph) -> None:
    derived = ox.parse(graph.derived, format=ox.RdfFormat.N_QUADS)
    told = by_rules(store_of([graph.asserted]), RULES)
    judged = {quad for quad in derived if is_judged(quad)}
    assert len(judged) == graph.derived.count(b"\n") - len(told)


# Work


class Counted:
    """A store that counts the quads that are looked up in it."""

    def __init__(self, store: ox.Store) -> None:
        self.store, self.count = store, 0

    def quads_for_pattern(self, *pattern: Any) -> Any:
        self.count += 1
        for quad in self.store.quads_for_pattern(*pattern):
            self.count += 1
            yield quad

    def query(self, *asked: Any, **how: Any) -> Any:
        return self.store.query(*asked, **how)


def test_a_change_costs_what_it_touches_and_not_what_there_is(tmp_path: Path) -> None:
    looked_up = []
    one = "".join(
        f"<{PREFIXES['id']}own.{n}> <{expand(p)}> <{expand(o) or PREFIXES['id'] + o}> <a:own> .\n"
        for n, (p, o) in enumerate([("rdf:type", "cp:Target"), ("cp:about", "id:own-plan")] * 3)
    ).encode()
    for size in (3000, 12000):
        path = tmp_path / "world.nq"
        generate.write_nquads(path, size, 1)
        world = World({*nquads.split(path.read_bytes()), *ontology()})
        graphs = sorted({nquads.graph_of(line) for line in world.asserted - set(ontology())})
        away = {
            line for line in world.asserted if nquads.graph_of(line) == graphs[len(graphs) // 2]
        }
        old = Counted(world.store)
        new = store_of([*(world.asserted - away), one, *world.derived, *world.judged])
        change = Change(b"".join(sorted(away)), one)
        derive_increment(old, new, change, RULES)  # type: ignore[arg-type]
        looked_up.append(old.count / (len(away) + 6))
    assert looked_up[1] < 1.6 * looked_up[0]
