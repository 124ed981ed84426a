"""Promises and how they ended, as a graph holds them; `kg.promises.outcomes` has judged them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.promises.amounts import number
from kg.promises.records import load_outcomes
from kg.promises.verdicts import CONCLUSIVE
from kg.query import select_pairs, select_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from kg.base import Cell
    from kg.promises.records import Outcome
    from kg.promises.statement import Statement
    from kg.query import Index


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
    stated = select_values(index, "cp:statedBy")
    outcomes = load_outcomes(index)
    promises: dict[str, Judged] = {}
    for name, first in sorted(select_pairs(index, "cp:firstStatedBy"), key=str):
        if str(first) in statements and statements[str(first)].kind == "Target":
            group = (str(first), *sorted(stated[name] - {str(first)}))
            # The last outcome: what follows from it, and from all days to come as long as nobody says more.
            last = next((one for one in outcomes.get(name, ()) if "standsUntil" not in one), {})
            judged = _judged(name, [statements[one] for one in group], last)
            promises |= dict.fromkeys(group, judged)
    return promises


def _judged(name: str, group: Iterable[Statement], outcome: Outcome) -> Judged:
    def one(key: str) -> Cell:
        return next(iter(outcome.get(key, ())), None)

    def text(key: str) -> str | None:
        value = one(key)
        return None if value is None else str(value)

    return Judged(
        name,
        tuple(group),
        text("replacedBy"),
        (text("verdict") or "open").removeprefix("cp:"),
        text("restsOn"),
        number(one("shareAtLeast")),
        number(one("shareAtMost")),
        one("isOwnCount") is True,
    )


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
