"""What a graph has of companies, their undertakings and indicators: what a text is understood by."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kg.base import shorten
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.query import Index

_INITIATIVES: Final = """SELECT (STR(?i) AS ?iri) (STR(?c) AS ?company) (STR(?k) AS ?kind) (STR(?l) AS ?label) {
  ?i a cp:Initiative ; cp:company ?c ; cp:kind ?k ; rdfs:label ?l .
}"""
_USED: Final = """SELECT ?about ?indicator ?place (COUNT(?s) AS ?times) {
  { ?s a cp:Target } UNION { ?s a cp:Observation }
  ?s cp:about ?about ; cp:indicator ?indicator . OPTIONAL { ?s cp:place ?place }
} GROUP BY ?about ?indicator ?place"""
_REPORTED: Final = """SELECT ?about ?place (COUNT(?s) AS ?times) {
  ?s a cp:StatusReport ; cp:about ?about . OPTIONAL { ?s cp:place ?place }
} GROUP BY ?about ?place"""
_INDICATORS: Final = """SELECT ?i (STR(?l) AS ?label) ?unit ?aggregation {
  ?i a cp:Indicator ; rdfs:label ?l .
  OPTIONAL { ?i cp:unit ?unit } OPTIONAL { ?i cp:aggregation ?aggregation }
}"""
_SHARES: Final = "SELECT ?i ?true { ?i a cp:Indicator ; cp:isShare ?true FILTER (?true) }"
_OFFICES: Final = """SELECT ?person ?company {
  VALUES ?predicate { cp:chiefExecutiveOf cp:founderOf cp:coFounderOf cp:managesFor cp:chairs }
  ?s a cp:Relation ; rdf:subject ?person ; rdf:predicate ?predicate ; rdf:object ?company .
}"""
_SITES: Final = """SELECT ?site ?company {
  { ?plan cp:establishes ?site ; cp:company ?company }
  UNION { ?s rdf:subject ?company ; rdf:predicate cp:operates ; rdf:object ?site . ?site a cp:Facility }
}"""
_PLACES: Final = """SELECT ?place (STR(?l) AS ?label) ?within {
  VALUES ?class { cp:Place cp:Country cp:Region cp:City }
  ?place a ?class ; rdfs:label ?l . OPTIONAL { ?place cp:locatedIn ?within }
}"""
_OUTLETS: Final = """SELECT ?outlet (STR(?n) AS ?name) {
  ?outlet a cp:Organization ; skos:altLabel ?n . FILTER NOT EXISTS { ?outlet a cp:Company }
}"""
_CURRENCIES: Final = "SELECT ?c (1 AS ?one) { ?c a qudt:CurrencyUnit }"
_PUBLISHERS: Final = "SELECT DISTINCT ?p (1 AS ?one) { ?x schema:publisher ?p }"

# Read once for each index, which never changes, and forgotten together with it.
_read: WeakKeyDictionary[Index, Background] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Undertaking:
    """An initiative of a graph: its shortest name, label, kinds and companies."""

    name: str
    label: str
    kinds: frozenset[str]
    companies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Background:
    """What a graph has, by shortest names.

    `outlets` are short names in capitals: they stand for an outlet only where somebody told it something.
    `used` counts how often an indicator was used of a thing within a place, `reported` how often the
    status of a thing was; `units` are those of the indicators, None for money.
    """

    undertakings: Mapping[str, Undertaking]
    of_company: Mapping[str, tuple[Undertaking, ...]]
    used: Mapping[tuple[str, str], Counter[str]]
    reported: Mapping[str, Counter[str]]
    units: Mapping[str, str | None]
    labels: Mapping[str, str]
    aggregations: Mapping[str, str]
    offices: Mapping[str, frozenset[str]]
    sites: Mapping[str, frozenset[str]]
    places: Mapping[str, str]
    within: Mapping[str, frozenset[str]]
    outlets: Mapping[str, str]
    publishers: frozenset[str]
    currencies: frozenset[str]
    shares: frozenset[str]
    indicators_of: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, index: Index) -> Background:
        """Return what `index` has, read once.

        >>> import kg
        >>> background = Background.of(kg.build(check=False).index)
        >>> background.units["revenue"], background.units["service-centres"], background.places["India"]
        (None, 'unit:NUM', 'india')
        """
        if index not in _read:
            _read[index] = _background(index)
        return _read[index]

    def lies_in(self, place: str, other: str) -> bool:
        """Whether a place is another or lies in it, at whatever remove."""
        seen, waiting = set(), [place]
        while waiting:
            here = waiting.pop()
            if here == other:
                return True
            if here not in seen:
                seen.add(here)
                waiting += self.within.get(here, ())
        return False


def _background(index: Index) -> Background:
    undertakings = _undertakings(index)
    of_company: defaultdict[str, list[Undertaking]] = defaultdict(list)
    for each in undertakings.values():
        for company in each.companies:
            of_company[company].append(each)
    used: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for about, indicator, place, times in select_rows(index, _USED):
        used[_short(about), _short(indicator)][_short(place)] += int(str(times))
    reported: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for about, place, times in select_rows(index, _REPORTED):
        reported[_short(about)][_short(place)] += int(str(times))
    units, labels, aggregations = {}, {}, {}
    for indicator, label, unit, aggregation in sorted(select_rows(index, _INDICATORS), key=str):
        units[_short(indicator)] = _short(unit) or None
        labels[_short(indicator)] = str(label)
        aggregations[_short(indicator)] = _short(aggregation)
    places, within = {}, defaultdict(set)
    for place, label, around in sorted(select_rows(index, _PLACES), key=str):
        places[str(label)] = _short(place)
        if around:
            within[_short(place)].add(_short(around))
    return Background(
        undertakings,
        {company: tuple(each) for company, each in of_company.items()},
        dict(used),
        dict(reported),
        units,
        labels,
        aggregations,
        _grouped(select_rows(index, _OFFICES)),
        _grouped(select_rows(index, _SITES)),
        places,
        {place: frozenset(around) for place, around in within.items()},
        {
            str(name): _short(outlet)
            for outlet, name in sorted(select_rows(index, _OUTLETS), key=str)
            if str(name).isupper()
        },
        frozenset(_short(publisher) for publisher, _ in select_rows(index, _PUBLISHERS)),
        frozenset(_short(currency) for currency, _ in select_rows(index, _CURRENCIES)),
        frozenset(_short(indicator) for indicator, _ in select_rows(index, _SHARES)),
        _by_first(sorted(used)),
    )


def _undertakings(index: Index) -> dict[str, Undertaking]:
    rows: defaultdict[str, tuple[set[str], set[str], set[str]]] = defaultdict(
        lambda: (set(), set(), set())
    )
    for iri, company, kind, label in select_rows(index, _INITIATIVES):
        labels, kinds, companies = rows[_short(iri)]
        labels.add(str(label))
        kinds.add(_short(kind))
        companies.add(_short(company))
    return {
        name: Undertaking(name, min(labels), frozenset(kinds), frozenset(companies))
        for name, (labels, kinds, companies) in sorted(rows.items())
    }


def _grouped(rows: Iterable[tuple[object, ...]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in rows:
        found[_short(first)].add(_short(second))
    return {first: frozenset(others) for first, others in found.items()}


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for first, second in pairs:
        found[first] += (second,)
    return dict(found)


def _short(term: object) -> str:
    """Return the name of a thing as a source writes it; terms of the ontology without their prefix."""
    return "" if term is None else shorten(str(term)).removeprefix("cp:")
