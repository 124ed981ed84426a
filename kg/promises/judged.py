"""Promises and how they ended, as a graph holds them; `kg.promises.outcomes` has judged them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.promises.comparable import number
from kg.promises.verdicts import CONCLUSIVE
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from kg.promises.statements import Statement
    from kg.query import Index

_PROMISES: Final = """SELECT ?promise ?first ?statement WHERE {
  ?promise cp:firstStatedBy ?first ; cp:statedBy ?statement .
  ?first a cp:Target .
}"""
# The last outcome: what follows from it, and from all days to come as long as nobody says more.
_OUTCOMES: Final = """SELECT ?promise ?verdict ?restsOn ?least ?most ?replacedBy ?own WHERE {
  ?promise cp:hasOutcome ?outcome .
  ?outcome cp:verdict ?verdict .
  FILTER NOT EXISTS { ?outcome cp:standsUntil ?last }
  OPTIONAL { ?outcome cp:restsOn ?restsOn }
  OPTIONAL { ?outcome cp:shareAtLeast ?least }
  OPTIONAL { ?outcome cp:shareAtMost ?most }
  OPTIONAL { ?outcome cp:replacedBy ?replacedBy }
  OPTIONAL { ?outcome cp:isOwnCount ?own }
}"""


@dataclass(frozen=True)
class Judged:
    """A promise of a figure: its statements, the first standing for all, and how it ended.

    `verdict` is the last one, `rests_on` the observation or report behind it, else the latest
    comparable observation, and of the way `share` was surely gone by it, and `share_at_most` at most,
    where that can be told; `is_own_count` is whether whoever promised counted it.
    """

    name: str
    statements: tuple[Statement, ...]
    replaced_by: str | None
    verdict: str
    rests_on: str | None
    share: Decimal | None
    share_at_most: Decimal | None = None
    is_own_count: bool = False

    @property
    def first(self) -> Statement:
        """The statement that stands for all."""
        return self.statements[0]

    @property
    def was_due(self) -> bool:
        """Whether its own day came before another promise took its place, if one did."""
        return self.verdict != "replaced"

    @property
    def is_ended(self) -> bool:
        """Whether it is known how the promise ended."""
        return self.verdict in CONCLUSIVE


def load_promises(index: Index, statements: Mapping[str, Statement]) -> dict[str, Judged]:
    """Return the promises of figures by the slugs of all their statements.

    `statements` are those of the graph.

    >>> import kg
    >>> from kg.promises import load_statements
    >>> index = kg.build(check=False).index
    >>> promises = load_promises(index, load_statements(index))
    >>> promises["factordaily-2017-03-27.1"].first.name
    'medianama-2017-03-28.6.1'
    """
    groups: dict[str, list[str]] = {}
    for promise, first, statement in sorted(select_rows(index, _PROMISES), key=str):
        group = groups.setdefault(str(promise), [str(first)])
        if statement not in group:
            group.append(str(statement))
    outcomes = {str(row[0]): row[1:] for row in select_rows(index, _OUTCOMES)}
    promises: dict[str, Judged] = {}
    for name, group in groups.items():
        verdict, rests_on, least, most, later, own = outcomes.get(name, ("cp:open", *[None] * 5))
        judged = Judged(
            name,
            tuple(statements[one] for one in group),
            None if later is None else str(later),
            str(verdict).removeprefix("cp:"),
            None if rests_on is None else str(rests_on),
            number(least),
            number(most),
            own is True,
        )
        promises |= dict.fromkeys(group, judged)
    return promises


def chain_promises(promises: Mapping[str, Judged]) -> list[Sequence[Judged]]:
    """Return the promises that hold, each behind those that it took the place of, oldest first.

    >>> import kg
    >>> from kg.promises import load_statements
    >>> index = kg.build(check=False).index
    >>> chains = chain_promises(load_promises(index, load_statements(index)))
    >>> [[promise.first.name for promise in chain] for chain in chains
    ...  if chain[-1].first.name == "upnewsinfo-2021-04-20.2"]
    [['9to5mac-2017-07-26.1', 'upnewsinfo-2021-04-20.2']]
    """
    distinct = {promise.name: promise for promise in promises.values()}
    before: dict[str, Judged] = {}
    for promise in distinct.values():
        if promise.replaced_by in distinct:
            before.setdefault(str(promise.replaced_by), promise)
    return [
        _chain(promise, before)
        for name, promise in sorted(distinct.items())
        if promise.replaced_by not in distinct or before[str(promise.replaced_by)] is not promise
    ]


def _chain(promise: Judged, before: Mapping[str, Judged]) -> Sequence[Judged]:
    # Sources can say of two targets that each updates the other: no target comes twice.
    chain, seen = [promise], {promise.name}
    while (old := before.get(chain[-1].name)) and old.name not in seen:
        chain.append(old)
        seen.add(old.name)
    return chain[::-1]
