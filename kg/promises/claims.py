"""What a verdict can rest on: targets, observations and status reports, read as fast as can be.

Every build judges every promise, so this reads the few properties that matter straight from the
index, and leaves spans and words alone; `load_statements` reads a statement whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

import pyoxigraph as ox

from kg.base import CP, RDF, SCHEMA, to_python
from kg.promises.contradicted import Contradictions
from kg.promises.statement import Origin, Statement
from kg.query import select_pairs, select_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.base import Cell
    from kg.query import Index

KINDS_JUDGED: Final = ("Target", "Observation", "StatusReport")
KEYS_JUDGED: Final = (
    "about", "among", "baseline", "baselineDate", "comparator", "confidence", "confirms",
    "contradicts", "correctedOn", "countsFrom", "differsFrom", "due", "duePrecision", "from",
    "fromPrecision", "indicator", "kind", "maximum", "minimum", "onBehalfOf", "place", "promisedBy",
    "reportsOn", "since", "source", "speaker", "status", "unit", "until", "updates", "uttered",
    "utteredPrecision", "value", "via", "when", "whenPrecision", "whenStart",
)  # fmt: skip
_TYPE: Final = ox.NamedNode(RDF + "type")
TRAITS: Final = ("countsFromPlan", "isChange", "canBeNegative")
_AROUND: Final = (
    "aggregation",
    "company",
    "direction",
    "establishes",
    "locatedIn",
    "policyValue",
    "rank",
)
JUDGED_BY: Final = frozenset(
    {
        *(CP + kind for kind in (*KINDS_JUDGED, "Organization")),
        SCHEMA + "datePublished",
        SCHEMA + "publisher",
        *(CP + key for key in (*KEYS_JUDGED, *_AROUND, *TRAITS)),
    }
)
"""The IRIs of all predicates and classes of which judging reads anything; whoever judges elsewhere takes these there."""


@dataclass(frozen=True)
class Measure:
    """An indicator: `direction` and `aggregation` without their prefix, and its usual `unit`.

    `from_plan` is whether it is defined to count from the day on which a plan is announced, and
    `is_change` whether it is a change against a base period. What `can_be_negative` can be less as a
    whole than a part of it.
    """

    direction: str = ""
    aggregation: str = ""
    unit: str = ""
    from_plan: bool = False
    is_change: bool = False
    can_be_negative: bool = False

    @property
    def goes_below_nothing(self) -> bool:
        """Whether a value can be less than nothing: a change as well."""
        return self.can_be_negative or self.is_change


@dataclass(frozen=True)
class Claims:
    """The `statements` of a graph that verdicts rest on, by slug, and what to compare them by.

    `measures` are the indicators, `companies` whose initiative (or its facility) each thing is,
    `around` the places that each place lies in; all by slug. `ranks` are those of the statuses,
    `organizations` who can promise for themselves, and `contradictions` whoever denies a statement.
    """

    statements: Mapping[str, Statement] = field(repr=False)
    measures: Mapping[str, Measure]
    companies: Mapping[str, frozenset[str]]
    around: Mapping[str, frozenset[str]]
    ranks: Mapping[str, int]
    organizations: frozenset[str] = frozenset()
    contradictions: Contradictions = field(default_factory=Contradictions, repr=False)

    @classmethod
    def of(cls, store: ox.Store) -> Claims:
        """Read them from what an index holds."""
        properties = _Properties(store)
        organizations = frozenset(_named(store, CP + "Organization"))
        statements = _statements(properties)
        return cls._with(_telling(statements), properties, organizations, statements)

    @classmethod
    def about(cls, index: Index, statements: Mapping[str, Statement]) -> Claims:
        """Take the `statements` of a graph, which are loaded, and read of its `index` what to compare them by."""
        organizations = frozenset(name for name, _ in select_typed(index, ["cp:Organization"]))
        return cls._with(_telling(statements), _Selected(index), organizations, statements)

    @classmethod
    def _with(
        cls,
        statements: Mapping[str, Statement],
        properties: _Readable,
        organizations: frozenset[str],
        contradicting: Mapping[str, Statement],
    ) -> Claims:
        return cls(
            statements,
            _measures(properties),
            _companies(properties),
            {
                place: frozenset(map(str, outer))
                for place, outer in properties.values(CP + "locatedIn").items()
            },
            {
                status: rank
                for status, (rank, *_) in properties.values(CP + "rank").items()
                if isinstance(rank, int)
            },
            organizations,
            Contradictions.among(contradicting),
        )

    def lie_apart(self, one: Statement, other: Statement) -> bool:
        """Tell whether statements name places of which neither is the other's or lies in it."""
        here, there = one.one("place"), other.one("place")
        if here is None or there is None or here == there:
            return False
        inner, outer = self.around.get(str(here), ()), self.around.get(str(there), ())
        return there not in inner and here not in outer


def _telling(statements: Mapping[str, Statement]) -> dict[str, Statement]:
    """Return the statements that a verdict can rest on; what else is said can only contradict them."""
    return {
        name: one
        for name, one in statements.items()
        if one.kind in KINDS_JUDGED and "source" in one.says
    }


def _measures(store: _Readable) -> dict[str, Measure]:
    keys = ("direction", "aggregation", "unit")
    values = [store.values(CP + key) for key in keys]
    traits = [store.values(CP + key) for key in TRAITS]
    measures = {}
    for name in values[1]:
        own = (str(next(iter(each.get(name, ())), "")).removeprefix("cp:") for each in values)
        direction, aggregation, unit = own
        said = (True in trait.get(name, ()) for trait in traits)
        measures[name] = Measure(direction, aggregation, unit, *said)
    return measures


def _statements(store: _Properties) -> dict[str, Statement]:
    """Return what verdicts can rest on, and whatever contradicts it or is contradicted by it."""
    kinds = {name: kind for kind in KINDS_JUDGED for name in _named(store.store, CP + kind)}
    if not kinds:
        return {}
    for name, others in store.values(CP + "contradicts").items():
        for either in (name, *map(str, others)):
            kinds.setdefault(either, "Statement")
    says: dict[str, dict[str, tuple[Cell, ...]]] = {name: {} for name in kinds}
    for key in KEYS_JUDGED:
        for name, values in store.values(CP + key).items():
            if name in says:
                says[name][key] = values
    origins = _origins(store)
    unknown = Origin("", "", None, "", "")
    return {
        name: Statement(name, kinds[name], said, origins.get(str(said["source"][0]), unknown), ())
        for name, said in sorted(says.items())
        if "source" in said
    }


def _origins(store: _Properties) -> dict[str, Origin]:
    days = store.values(SCHEMA + "datePublished")
    publishers = store.values(SCHEMA + "publisher")
    return {
        name: Origin(name, name, None, str(next(iter(publishers.get(name, ())), "")), str(day))
        for name, (day, *_) in days.items()
    }


def _companies(store: _Readable) -> dict[str, frozenset[str]]:
    """Return the companies of initiatives, and of the facilities that these establish."""
    own = {
        name: frozenset(map(str, values)) for name, values in store.values(CP + "company").items()
    }
    companies = dict(own)
    for name, facilities in store.values(CP + "establishes").items():
        for facility in map(str, facilities):
            # Its own companies, not those of what establishes it in turn: the order is any.
            told = own.get(name, frozenset())
            companies[facility] = companies.get(facility, frozenset()) | told
    return companies


class _Readable(Protocol):
    """What has the properties of things."""

    def values(self, predicate: str) -> dict[str, tuple[Cell, ...]]:
        """Return the sorted values of a property, by the shortest name of what has it."""


class _Selected:
    """Properties of what an index holds, wherever that is."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def values(self, predicate: str) -> dict[str, tuple[Cell, ...]]:
        """Return the sorted values of a property, by the shortest name of what has it."""
        found: dict[str, set[Cell]] = {}
        for name, value in select_pairs(self._index, predicate):
            found.setdefault(name, set()).add(value)
        return {name: tuple(sorted(cells, key=str)) for name, cells in found.items()}


class _Properties:
    """Properties of what a store holds; what comes again and again, as a day or a place, is made once."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._names: dict[str, str] = {}
        self._cells: dict[object, tuple[Cell]] = {}

    def values(self, predicate: str) -> dict[str, tuple[Cell, ...]]:
        """Return the sorted values of a property, by the shortest name of what has it."""
        values: dict[str, tuple[Cell, ...]] = {}
        several: dict[str, list[Cell]] = {}
        names, cells = self._names, self._cells
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            subject, value = str(quad.subject), quad.object
            name = names.get(subject)
            if name is None:
                name = names[subject] = str(to_python(quad.subject))
            cell = cells.get(value)
            if cell is None:
                cell = cells[value] = (to_python(value),)
            if name in values:
                several.setdefault(name, [*values[name]]).extend(cell)
            else:
                values[name] = cell
        for name, found in several.items():
            values[name] = tuple(sorted(set(found), key=str))
        return values


def _named(store: ox.Store, class_: str) -> Iterator[str]:
    """Yield what is of a class and has a name: what has none cannot be cited."""
    for subject, *_ in store.quads_for_pattern(None, _TYPE, ox.NamedNode(class_)):
        if isinstance(subject, ox.NamedNode):
            yield str(to_python(subject))
