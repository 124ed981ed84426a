"""How promises stand on a day, as a graph holds it: looked up for a few of them, for people to read.

`kg.promises.judged` has what became of all, whatever the day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from kg.promises.amounts import number
from kg.query import select_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from kg.base import Cell
    from kg.query import Index

By = Literal["thing", "speaker", "statement", "promise"]

_FOUND: Final[dict[By, str]] = {
    "thing": "SELECT DISTINCT ?promise {{ {named} ?s cp:hasPromise ?promise }}",
    "speaker": "SELECT DISTINCT ?promise {{ {named} ?x cp:speaker ?s . ?promise cp:statedBy ?x }}",
    "statement": "SELECT DISTINCT ?promise {{ {named} ?promise cp:statedBy ?s }}",
    "promise": "SELECT DISTINCT (?s AS ?promise) {{ {named} ?s cp:firstStatedBy ?first }}",
}
_STATED: Final = """SELECT DISTINCT ?s ?said ?first ?statement {{
  {named} ?s cp:firstStatedBy ?first ; cp:statedBy ?statement ; cp:promisedOn ?said .
}}"""
_OUTCOMES: Final = "SELECT DISTINCT ?s ?o ?p ?v {{ {named} ?s cp:hasOutcome ?o . ?o ?p ?v }}"
# Only of what has no end is it asked what was searched for one.
_SEARCHED: Final = """SELECT ?s (COUNT(DISTINCT ?source) AS ?sources) (MAX(?day) AS ?last) {{
  {named} ?s cp:firstStatedBy ?first . ?first cp:about ?thing .
  ?any cp:about ?thing ; cp:source ?source .
  ?source schema:datePublished ?day FILTER (STR(?day) <= "%s")
}} GROUP BY ?s"""
_FIRST: Final = "SELECT DISTINCT ?s ?first {{ {named} ?s cp:firstStatedBy ?first }}"


@dataclass(frozen=True)
class Standing:
    """How one promise stands: its `statements` by slug, the `first` for all, and what can be told.

    `verdict` and `reason` are without their prefix; `rests_on` and `replaced_by` are statements, the
    latter the first of the promise that took its place; of the way `at_least` and `at_most` is gone.
    """

    name: str
    said: str
    first: str
    statements: tuple[str, ...]
    verdict: str
    reason: str | None
    rests_on: str | None
    replaced_by: str | None
    at_least: Decimal | None
    at_most: Decimal | None
    is_disputed: bool
    is_own_count: bool
    searched: Searched | None = None


@dataclass(frozen=True)
class Searched:
    """Where nothing tells how a promise ended: how many `sources` tell of what it is about, and until when."""

    sources: int
    last: str


def load_standings(index: Index, day: date, names: Iterable[str], by: By) -> list[Standing]:
    """Return the promises of some things, by some speakers, in some statements or of some names that were known by a day.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> [one] = load_standings(index, date(2020, 1, 1), ["medianama-2017-03-28.3.4"], "statement")
    >>> one.verdict, one.rests_on
    ('met', 'businessline-2018-06.7')
    """
    promises = sorted({str(name) for (name,) in select_named(index, _FOUND[by], names)})
    outcomes = _outcomes(index, promises, day)
    later = {str(told["replacedBy"]) for told in outcomes.values() if "replacedBy" in told}
    firsts = {str(name): str(first) for name, first in select_named(index, _FIRST, later)}
    stated: dict[str, list[tuple[str, ...]]] = {}
    for name, *row in select_named(index, _STATED, outcomes):
        stated.setdefault(str(name), []).append(tuple(map(str, row)))
    open_ended = [name for name in stated if "undeterminedFor" in outcomes[name]]
    searched = {
        str(name): Searched(int(str(sources)), str(last))
        for name, sources, last in select_named(index, _SEARCHED % day, open_ended)
    }
    standings = (
        replace(_standing(name, rows, outcomes[name], firsts), searched=searched.get(name))
        for name, rows in stated.items()
    )
    return sorted(standings, key=lambda one: (one.said, one.name))


def _outcomes(index: Index, promises: Iterable[str], day: date) -> dict[str, Mapping[str, Cell]]:
    """Return what can be told of promises on a day; nothing of those that nobody knew of by then."""
    nodes: dict[tuple[str, str], dict[str, Cell]] = {}
    for promise, outcome, key, value in select_named(index, _OUTCOMES, promises):
        node = nodes.setdefault((str(promise), str(outcome)), {})
        node[str(key).removeprefix("cp:")] = value
    return {promise: node for (promise, _), node in nodes.items() if _stands(node, day)}


def _stands(outcome: Mapping[str, Cell], day: date) -> bool:
    first, last = outcome.get("standsFrom"), outcome.get("standsUntil")
    begun = not isinstance(first, date) or first <= day
    return begun and (not isinstance(last, date) or last >= day)


def _standing(
    name: str,
    stated: Iterable[tuple[str, ...]],
    told: Mapping[str, Cell],
    firsts: Mapping[str, str],
) -> Standing:
    (said, first, _), *_ = rows = sorted(stated)

    def text(key: str) -> str | None:
        return None if key not in told else str(told[key]).removeprefix("cp:")

    return Standing(
        name,
        said,
        first,
        (first, *(statement for *_, statement in rows if statement != first)),
        text("verdict") or "open",
        text("undeterminedFor"),
        text("restsOn"),
        firsts.get(text("replacedBy") or ""),
        number(told.get("shareAtLeast")),
        number(told.get("shareAtMost")),
        told.get("isDisputed") is True,
        told.get("isOwnCount") is True,
    )
