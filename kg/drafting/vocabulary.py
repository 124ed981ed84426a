"""What a proposal may name: the keys of a statement, the terms that stand behind them, the things of a graph."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kg.base import expand, fold, shorten
from kg.query import list_terms, select_rows
from kg.sources import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query import Index

STATEMENTS: Final = ("Target", "Observation", "StatusReport", "Relation")
"""The types of statements that are proposed."""

LISTS: Final = {
    "aggregation": "aggregations",
    "comparator": "comparators",
    "confidence": "confidence-levels",
    "direction": "directions",
    "indicator": "indicators",
    "kind": "kinds",
    "mode": "modes",
    "outlook": "outlooks",
    "predicate": "predicates",
    "reason": "reasons",
    "status": "statuses",
    "type": "types",
    "unit": "units",
}
"""In which list of `kg terms` the terms stand that a key may have."""

_PRECISIONS: Final = "precisions"

# RDF's own properties have no domain of ours.
_OWN: Final = {"Relation": frozenset({"subject", "predicate", "object"})}
_KEYS: Final = """SELECT (STR(?property) AS ?iri) (STR(?class) AS ?of) {
  VALUES ?class { cp:Statement cp:Target cp:Observation cp:StatusReport cp:Relation }
  ?property rdfs:domain|schema:domainIncludes ?class
}"""
_COMPANIES: Final = (
    "SELECT (STR(?plan) AS ?iri) (STR(?company) AS ?of) { ?plan cp:company ?company }"
)
_BEARERS: Final = """SELECT (STR(?bearer) AS ?iri) {
  VALUES ?class { cp:Organization cp:Company cp:JointVenture cp:Person }
  ?bearer a ?class
}"""

_LABELS: Final = (
    """SELECT (STR(?bearer) AS ?iri) ?label { ?bearer a cp:Organization ; rdfs:label ?label }"""
)
_GOVERNMENT: Final = re.compile(r"(?:government|state|city|province) of (?:the )?(\w.*)")

_read: WeakKeyDictionary[Index, Vocabulary] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class TermList:
    """A list of terms: the names of its columns, of which the first is the term, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, index: Index, name: str) -> TermList:
        """Read one of the lists of `kg terms`; nothing of it stays with the index."""
        answer = list_terms(index, name)
        rows = (tuple("" if cell is None else str(cell) for cell in row) for row in answer.rows)
        return cls(tuple(answer.columns), tuple(rows))


@dataclass(frozen=True)
class Vocabulary:
    """The terms and things of a graph, by the names that a source gives them.

    `lists` are those of `kg terms`, `units` the unit of each indicator that has one, `companies` whose plan
    each initiative is, `bearers` all organizations and people, `keys` what each type of statement can say, and
    `governments` those who are called by the name of their place, folded.
    """

    lists: Mapping[str, TermList]
    terms: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    companies: Mapping[str, tuple[str, ...]]
    bearers: frozenset[str]
    keys: Mapping[str, frozenset[str]]
    governments: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, index: Index) -> Vocabulary:
        """Return that of a graph, which is read once.

        >>> import kg
        >>> vocabulary = Vocabulary.of(kg.build(check=False).index)
        >>> vocabulary.has_term("status", "postponed"), vocabulary.has_term("unit", "INR")
        (True, True)
        >>> vocabulary.units["local-sourcing-share"], vocabulary.companies["amazon-hq2-arlington"]
        ('PERCENT', ('amazon',))
        >>> "due" in vocabulary.keys["Target"], "due" in vocabulary.keys["Observation"]
        (True, False)
        """
        if index not in _read:
            _read[index] = cls._of(index)
        return _read[index]

    @classmethod
    def _of(cls, index: Index) -> Vocabulary:
        lists = {name: TermList.of(index, name) for name in (*LISTS.values(), _PRECISIONS)}
        terms = {
            name: frozenset(short(row[0]) for row in answer.rows) for name, answer in lists.items()
        }
        indicators = lists["indicators"]
        at = indicators.columns.index("unit")
        companies = defaultdict(list)
        for plan, company in select_rows(index, _COMPANIES):
            companies[shorten(str(plan))].append(shorten(str(company)))
        return cls(
            lists,
            terms,
            {row[0]: short(row[at]) for row in indicators.rows if row[at]},
            {plan: tuple(sorted(of)) for plan, of in companies.items()},
            frozenset(shorten(str(iri)) for (iri,) in select_rows(index, _BEARERS)),
            _statement_keys(index),
            _governments(index),
        )

    def has_term(self, key: str, term: str) -> bool | None:
        """Tell whether a term may stand behind a key; None where the key takes something else."""
        name = _PRECISIONS if key.endswith("_precision") else LISTS.get(key)
        return None if name is None else short(term) in self.terms[name]


def _statement_keys(index: Index) -> dict[str, frozenset[str]]:
    """Return the keys of each type of statement, as the domains of the ontology say."""
    said = defaultdict(set)
    for iri, class_ in select_rows(index, _KEYS):
        # What is derived has no key, and evidence is where a proposal stands, and nothing that it says.
        if (key := key_of(str(iri))) and key != "evidence":
            said[str(class_).rpartition("#")[2]].add(key)
    return {
        type_: frozenset({"type"} | said["Statement"] | said[type_] | _OWN.get(type_, frozenset()))
        for type_ in STATEMENTS
    }


def _governments(index: Index) -> dict[str, tuple[str, ...]]:
    found = defaultdict(set)
    for iri, label in select_rows(index, _LABELS):
        if match := _GOVERNMENT.fullmatch(fold(str(label))):
            found[match[1]].add(shorten(str(iri)))
    return {place: tuple(sorted(those)) for place, those in found.items()}


def is_known(index: Index, name: str) -> bool:
    """Tell whether a graph has what a source calls so.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> is_known(index, "xiaomi"), is_known(index, "acme"), is_known(index, "no <name>")
    (True, False, False)
    """
    iri = expand(name)
    return iri is not None and iri in index


def short(term: str) -> str:
    """Return a term as a source writes it: `INR` for `currency:INR`.

    >>> short("currency:INR"), short("postponed")
    ('INR', 'postponed')
    """
    return term.rpartition(":")[2]
