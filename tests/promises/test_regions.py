"""What a change touches: all that judging looks at, and no more than can differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from kg.base import CP, RDF, Change, nquads
from kg.promises import JUDGED_BY, gathering, judge_change, regions
from kg.promises.claims import Claims
from kg.promises.derivation import Only, _promise, read_policy
from kg.promises.lookup import PromiseLookup, node_of
from kg.promises.outcomes import _Judge
from kg.promises.promise import made_promises
from kg.promises.statement import Statement
from kg.query import LocalIndex
from tests import work
from tests.pipeline.nasty import HEAD
from tests.promises import changing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.promises.changing import Sources, State

XSD = "http://www.w3.org/2001/XMLSchema#"


# What judging looks at lies in the region.


class Watched(Statement):
    """A statement that tells when it is looked at."""

    seen: set[str]

    def __getattribute__(self, key: str) -> Any:
        if key in {"says", "source", "kind"}:
            object.__getattribute__(self, "seen").add(object.__getattribute__(self, "name"))
        return object.__getattribute__(self, key)


class WatchedMap(dict[str, Any]):
    """A mapping that tells of what it is asked."""

    seen: set[str]

    def get(self, key: str, default: Any = None) -> Any:
        self.seen.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.seen.add(key)
        return super().__getitem__(key)


def watched(one: Statement, seen: set[str]) -> Statement:
    made = Watched(one.name, one.kind, one.says, one.source, ())
    object.__setattr__(made, "seen", seen)
    return made


def watched_map(map_: Any, seen: set[str]) -> WatchedMap:
    made = WatchedMap(map_)
    made.seen = seen
    return made


def watched_claims(claims: Claims, seen: set[str]) -> Claims:
    against = claims.contradictions.against
    all_ = {name: one for others in against.values() for one in others for name in [one.name]}
    made = {name: watched(one, seen) for name, one in (all_ | dict(claims.statements)).items()}
    object.__setattr__(
        claims.contradictions,
        "against",
        {name: tuple(made[one.name] for one in others) for name, others in against.items()},
    )
    return Claims(
        {name: made[name] for name in claims.statements},
        watched_map(claims.measures, seen),
        watched_map(claims.companies, seen),
        watched_map(claims.around, seen),
        claims.ranks,
        claims.organizations,
        claims.contradictions,
    )


WORLDS = {
    "generated": partial(changing.generated, 2000, 5),
    "gainsaying": partial(changing.gainsaying, 11),
    "gainsaying-too": partial(changing.gainsaying, 4),
    "hanging-together": changing.hanging_together,
    "hanging-together-too": partial(changing.hanging_together, 1),
    "shipped": changing.shipped,
}


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_all_that_judging_a_promise_looks_at_is_in_its_region(world: Callable[[], Sources]) -> None:
    store, seen = changing.state_of(world()).store(), set[str]()
    claims = watched_claims(Claims.of(store), seen)
    policy = read_policy(LocalIndex(store))
    assert policy
    promises = list(made_promises(claims))
    judge = _Judge(claims, policy, promises)
    looked_at = 0
    for promise in promises:
        seen.clear()
        assert list(_promise(judge.judged(promise), claims))
        own = frozenset(one.name for one in promise.statements)
        gathered = gathering.gathered(store, PromiseLookup(store), Only(own, frozenset()))
        held = {changing.name_of(quad.subject) for quad in gathered}
        # A place around which nothing lies, or a plan that is no company's, has nothing to be held.
        without = {name for name in seen - held if not said_of(store, name)}
        assert seen - without <= held
        looked_at += len(seen)
    assert looked_at >= len(promises) > 1


def said_of(store: ox.Store, name: str) -> bool:
    """Tell whether a store says anything of a name that judging reads."""
    quads = store.quads_for_pattern(node_of(name), None, None)
    return any(
        quad.predicate.value in JUDGED_BY
        or (quad.predicate.value == RDF + "type" and quad.object.value in JUDGED_BY)
        for quad in quads
    )


# What a change touches.

SMALL = """
id:acme a cp:Company . id:bolt a cp:Company . id:gazette a cp:Organization .
id:a a cp:Article ; schema:publisher id:gazette ; schema:datePublished "2020-01-31"^^xsd:date .
id:inner cp:locatedIn id:outer .
id:count cp:aggregation cp:stock ; cp:direction cp:more-is-better .
id:rate cp:aggregation cp:ratio ; cp:direction cp:more-is-better .
"""


def turtle(text: str) -> frozenset[bytes]:
    quads = ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)
    return frozenset(changing.in_graph(quads, "small"))


def plan(number: int, company: str, indicator: str = "count", more: str = "") -> str:
    return (
        f"id:plan-{number} a cp:Initiative ; cp:company id:{company} .\n"
        f"id:t{number} a cp:Target ; cp:source id:a ; cp:about id:plan-{number} ; cp:indicator id:{indicator} ;"
        f' cp:value 20 ; cp:due "2020-12-31"^^xsd:date {more} .\n'
    )


def region(before: str, after: str) -> regions.Region:
    old, new = (
        changing.state_of(changing.ontology() | {"small": turtle(SMALL + text)})
        for text in (before, after)
    )
    changing.judged_after(old, new)
    return region_between(old, new)


def region_between(old: State, new: State) -> regions.Region:
    change = changing.between(old, new)
    quads = ox.parse(change.gone + change.fresh, format=ox.RdfFormat.N_QUADS)
    return regions.region_of(old.store(), new.store(), quads)


PLANS = "".join(
    plan(n, "acme" if n % 2 else "bolt", "count" if n < 6 else "rate") for n in range(1, 9)
)
FIGURE = 'cp:value 5 ; cp:kind cp:counted ; cp:when "2020-06-30"^^xsd:date'
TOUCHING = {
    "a report": ("id:r a cp:StatusReport ; cp:source id:a ; cp:about id:plan-1 ; cp:status cp:underway .", {"t1"}),
    "a figure": (f"id:o a cp:Observation ; cp:source id:a ; cp:about id:plan-1 ; cp:indicator id:count ; {FIGURE} .", {"t1"}),
    "a figure of something else": (f"id:o a cp:Observation ; cp:source id:a ; cp:about id:plan-1 ; cp:indicator id:rate ; {FIGURE} .", set()),
    "a figure of the company": (f"id:o a cp:Observation ; cp:source id:a ; cp:about id:acme ; cp:indicator id:count ; {FIGURE} .", {"t1", "t3", "t5"}),
    "a promise": ("id:t9 a cp:Target ; cp:source id:a ; cp:about id:plan-1 ; cp:indicator id:count ; cp:value 7 .", set()),
    "a promise repeated": ('id:t9 a cp:Target ; cp:source id:a ; cp:about id:plan-1 ; cp:indicator id:count ; cp:value 20 ; cp:due "2020-12-31"^^xsd:date .', {"t1"}),
    "a promise with a place": ("id:t9 a cp:Target ; cp:source id:a ; cp:about id:plan-1 ; cp:indicator id:rate ; cp:value 7 ; cp:place id:inner .", {"t1"}),
    "a promise that updates another": ("id:t9 a cp:Target ; cp:source id:a ; cp:about id:plan-1 ; cp:indicator id:count ; cp:value 7 ; cp:updates id:t1 .", {"t1"}),
    "a plan": ("id:plan-9 a cp:Initiative ; cp:company id:acme .", set()),
    "a company of a plan": ("id:plan-1 cp:company id:bolt .", {"t1"}),
    "a label": ('id:acme rdfs:label "Acme"@en . id:count rdfs:label "Count"@en .', set()),
    "an indicator": ("id:count cp:isChange true .", {"t1", "t2", "t3", "t4", "t5"}),
    "a source of a later day": ('id:b a cp:Article ; schema:publisher id:gazette ; schema:datePublished "2030-01-31"^^xsd:date .', set()),
}  # fmt: skip


@pytest.mark.parametrize(("text", "touched"), TOUCHING.values(), ids=TOUCHING)
@pytest.mark.parametrize("comes", [True, False], ids=["comes", "goes"])
def test_change_touches_what_can_differ(text: str, touched: set[str], comes: bool) -> None:
    with_, without = PLANS + text, PLANS
    found = region(without, with_) if comes else region(with_, without)
    assert found.everything is None
    assert found.only.statements - {"t9", "r", "o"} == touched


def test_report_of_a_status_touches_the_periods_of_its_thing() -> None:
    report = (
        "id:r a cp:StatusReport ; cp:source id:a ; cp:about id:plan-1 ; cp:status cp:underway ."
    )
    assert region(PLANS, PLANS + report).only.things == {"plan-1"}


REASONS = {
    "the figures of policy have changed": "cp:half-of-the-way cp:policyValue 0.1 .",
    "the ranks of statuses have changed": "cp:achieved cp:rank 9 .",
    "a promise is about nothing": "id:t9 a cp:Target ; cp:source id:a ; cp:indicator id:count ; cp:value 20 .",
}


@pytest.mark.parametrize(("reason", "text"), REASONS.items(), ids=REASONS)
def test_everything_is_judged_again_for_a_reason(reason: str, text: str) -> None:
    assert region(PLANS, PLANS + text).everything == reason
    assert region(PLANS + text, PLANS).everything == reason


def target(name: str, about: str, more: str) -> str:
    made = f"id:{name} a cp:Target ; cp:source id:a ; cp:about id:{about} ; cp:indicator id:count"
    return f"{made} ; {more} .\n"


WORKS = "id:plan-1 cp:establishes id:works ." + target(
    "tw", "works", 'cp:value 20 ; cp:place id:inner ; cp:due "2020-12-31"^^xsd:date'
)
WHOLE = (
    "id:o a cp:Observation ; cp:source id:a ; cp:about id:acme ; cp:indicator id:count ; cp:value 5 ;"
    ' cp:place id:inner ; cp:kind cp:counted ; cp:when "2020-12-31"^^xsd:date .'
)
GIVEN_UP = "id:r a cp:StatusReport ; cp:source id:a ; cp:about id:works ; cp:status cp:abandoned ."
# It touches a promise, and nothing else of its plan.
DENIES = "id:r a cp:StatusReport ; cp:source id:a ; cp:about id:plan-5 ; cp:status cp:underway ; cp:contradicts id:t1 ."


def remembered(link: str) -> str:
    """Return two memories of one saying, of which a third source repeats the second."""
    other = 'cp:value 25 ; cp:due "2020-12-31"^^xsd:date'
    return (
        "id:t1 cp:speaker id:ann ."
        + target("t9", "plan-1", f"{other} ; cp:speaker id:ann ; cp:{link} id:t1")
        + target("t10", "plan-1", other)
    )


CONSIDERED = target(
    "t9", "plan-1", "cp:value 30 ; cp:status cp:considered ; cp:updates id:t1"
) + target("t10", "plan-1", "cp:value 30")
REACHING = {
    "a company's figure, what its plan establishes": (WORKS, WHOLE, "tw"),
    "what a plan establishes, by its company's figure": (WORKS + WHOLE, GIVEN_UP, "tw"),
    "who contradicts another memory": (remembered("contradicts"), DENIES, "t10"),
    "who differs in memory": (remembered("differsFrom"), DENIES, "t10"),
    "what took its place, with all who say so": (CONSIDERED, DENIES, "t1"),
}


@pytest.mark.parametrize(("world", "text", "reached"), REACHING.values(), ids=REACHING)
def test_change_reaches_what_is_linked(world: str, text: str, reached: str) -> None:
    for before, after in ((world, world + text), (world + text, world)):
        assert reached in region(PLANS + before, PLANS + after).only.statements


def touching(key: str) -> str:
    """Return a line by one of the properties that judging reads."""
    if key == CP + "Organization":
        return f"id:plan-1 a <{key}> ."
    if key in regions._KINDS:
        return f"id:any a <{key}> ."
    subject = {CP + "locatedIn": "inner", CP + "establishes": "plan-2"}.get(key, "t1")
    if key in gathering.OF_SOURCES:
        subject = "a"
    if key in {*gathering.OF_INDICATORS} - {CP + "unit"}:
        subject = "count"
    if key == CP + "company":
        return f"id:plan-1 <{key}> id:bolt ."
    thing = 1 if key == CP + "establishes" else 2
    return f"id:{subject} <{key}> id:plan-{thing} ."


@pytest.mark.parametrize("key", sorted(JUDGED_BY))
def test_whatever_judging_reads_touches_something(key: str) -> None:
    world = PLANS + "id:t1 cp:place id:inner . id:any cp:source id:a ; cp:about id:plan-1 ."
    found = region(world, world + touching(key))
    assert found.everything or {"t1", "any"} & found.only.statements


# What it costs.


def test_work_grows_with_what_is_touched_and_not_with_the_graph() -> None:
    def judged(others: int) -> Callable[[], object]:
        text = SMALL + "".join(plan(n, "acme" if n < 4 else "bolt") for n in range(others))
        more = f"id:o a cp:Observation ; cp:source id:a ; cp:about id:plan-1 ; cp:indicator id:count ; {FIGURE} ."
        old, new = (
            changing.state_of(changing.ontology() | {"small": turtle(one)})
            for one in (text, text + more)
        )
        stores = old.store(), changing.stored(new.asserted | new.rules | old.judged)
        return partial(judge_change, *stores, changing.between(old, new))

    judged(20)()  # what is made once is made
    assert work.calls(judged(20)) == work.calls(judged(200))


def test_news_of_today_touches_little() -> None:
    sources = changing.generated(4000, 2)
    touched = []
    for name in sorted(sources.keys() - {""})[-12:]:
        rest = {other: lines for other, lines in sources.items() if other != name}
        news = frozenset(changing.published_on(line, "2026-11-28") for line in sources[name])
        found = region_between(changing.state_of(rest), changing.state_of(rest | {name: news}))
        assert found.everything is None
        touched.append(len(found.only.statements))
    everything = len(list(made_promises(Claims.of(changing.state_of(sources).store()))))
    assert max(touched) < everything / 2


def test_nothing_changed_touches_nothing() -> None:
    store = changing.state_of(changing.hanging_together()).store()
    line = next(iter(nquads.canonical(store)))
    assert judge_change(store, store, Change()).change == Change()
    assert judge_change(store, store, Change(fresh=line)).change == Change()
