"""The promises that have to do with a thing: which they are, how many became what, and some of them told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import shorten
from kg.promises import load_standings
from kg.query import acts_through, select_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.pages.desk import Desk
    from kg.promises import Standing

PLACES: Final = ("Place", "Country", "Region", "City")
"""The classes of places."""

COMPANIES: Final = ("Company", "Organization")
"""The classes of those who promise."""

MOST: Final = 50
"""How many promises a page tells of one by one."""

_OF: Final = {
    # Of a plan, or kept by a company; and what has a day there or is measured so.
    "": "SELECT DISTINCT ?promise {{ {named} ?s cp:hasPromise ?promise }}",
    "Place": """SELECT DISTINCT ?promise {{
      {{ {named} ?plan cp:takesPlaceWithin ?s . ?first cp:about ?plan . ?promise cp:firstStatedBy ?first }}
      UNION {{ {named} ?first cp:place ?s . ?promise cp:firstStatedBy ?first }}
      UNION {{ {named} ?place cp:locatedIn ?s . ?first cp:place ?place . ?promise cp:firstStatedBy ?first }}
    }}""",
    "Indicator": "SELECT DISTINCT ?promise {{ {named} ?first cp:indicator ?s . ?promise cp:firstStatedBy ?first }}",
}
_SPOKEN: Final = (
    "SELECT DISTINCT ?promise {{ {named} ?said cp:speaker ?s . ?promise cp:statedBy ?said }}"
)


@dataclass(frozen=True)
class PromiseGroup:
    """Promises that are told together, by `names`: `counts` of what became of all, and the `standings` of some."""

    names: frozenset[str]
    counts: Counter[str]
    standings: Sequence[Standing]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.names)

    @property
    def left(self) -> int:
        """How many are not told one by one."""
        return self.total - len(self.standings)


def promises_of(desk: Desk, name: str, kind: str) -> PromiseGroup:
    """Return the promises of a thing of some kind: kept by a company, of a plan, within a place, of an indicator.

    >>> import kg
    >>> from kg.pages.desk import desk_of
    >>> promises_of(desk_of(kg.build(check=False)), "xiaomi", "Company").total > 30
    True
    """
    query = _OF["Place"] if kind in PLACES else _OF.get(kind, _OF[""])
    return _group(desk, (str(found) for (found,) in select_named(desk.index, query, [name])))


def spoken_promises(desk: Desk, name: str, beside: PromiseGroup) -> PromiseGroup:
    """Return the promises that a speaker stated and that are not told already."""
    names = {str(found) for (found,) in select_named(desk.index, _SPOKEN, [name])}
    return _group(desk, names - beside.names)


def kept_through(desk: Desk, iri: str) -> list[tuple[str, int]]:
    """Return the companies that another one acts through, such as joint ventures, each with how many promises it keeps.

    >>> import kg
    >>> from kg.pages.desk import desk_of
    >>> kept_through(desk_of(kg.build(check=False)), "https://w3id.org/corporate-plans/id/stellantis")
    [('starplus-energy', 9)]
    """
    totals = {score.company: score.total for score in desk.scores[1]}
    names = map(shorten, acts_through(desk.index, iri))
    return [(name, totals[name]) for name in names if name in totals]


def counted_outcomes(desk: Desk, names: Iterable[str]) -> Counter[str]:
    """Return how many of some promises had which outcome; of those of which something is told."""
    today, known = desk.today.isoformat(), desk.by_name
    told = (known[name].on(today) for name in names if name in known)
    return Counter(one.outcome for one in told if one)


def _group(desk: Desk, names: Iterable[str]) -> PromiseGroup:
    today = desk.today.isoformat()
    known = [record for name in names if (record := desk.by_name.get(name)) and record.on(today)]
    known.sort(key=lambda record: record.name)
    known.sort(key=lambda record: record.due or "", reverse=True)
    shown = [record.name for record in known[:MOST]]
    standings: Mapping[str, Standing] = {
        one.name: one for one in load_standings(desk.index, desk.today, shown, "promise")
    }
    every = frozenset(record.name for record in known)
    listed = [standings[name] for name in shown if name in standings]
    return PromiseGroup(every, counted_outcomes(desk, every), listed)
