"""Targets that took the place of others: what was aimed at first, and what it became.

A target that updates another of the same thing and indicator is the same plan, changed. What one
source calls an update of another thing, or in another measure, is a plan of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.plans.promises import Promise
    from kg.plans.statements import Statement


def chain_revisions(promises: Mapping[str, Promise]) -> list[Sequence[Promise]]:
    """Return the promises that hold, by name, each behind those that it took the place of, oldest first.

    `promises` are those of `kg.plans.promises`, by the names of all their targets.

    >>> import kg
    >>> from kg.plans import load_statements
    >>> from kg.plans.promises import group_promises
    >>> promises = group_promises(load_statements(kg.build(check=False).index))
    >>> [[promise[0].name for promise in chain] for chain in chain_revisions(promises)
    ...  if chain[-1][0].name == "upnewsinfo-2021-04-20.2"]
    [['9to5mac-2017-07-26.1', 'upnewsinfo-2021-04-20.2']]
    """
    distinct = {promise[0].name: promise for promise in promises.values()}
    before = {name: _replaced(promise, promises) for name, promise in distinct.items()}
    replaced = {old[0].name for old in before.values() if old}
    return [
        _chain(promise, before)
        for name, promise in sorted(distinct.items())
        if name not in replaced
    ]


def _replaced(promise: Promise, promises: Mapping[str, Promise]) -> Promise | None:
    """Return the promise that `promise` took the place of, if there is one."""
    updated = (str(name) for target in promise for name in target.says.get("updates", ()))
    olds = (promises[name] for name in updated if name in promises)
    return next((old for old in olds if _is_revision(promise[0], old[0])), None)


def _is_revision(target: Statement, old: Statement) -> bool:
    return (
        old.name != target.name
        and old.one("indicator") == target.one("indicator")
        and not set(old.things).isdisjoint(target.things)
    )


def _chain(promise: Promise, before: Mapping[str, Promise | None]) -> Sequence[Promise]:
    """Return what `promise` took the place of, oldest first, and itself."""
    # Sources can say of two targets that each updates the other: no target comes twice.
    chain, seen = [promise], {promise[0].name}
    while (old := before[chain[-1][0].name]) and old[0].name not in seen:
        chain.append(old)
        seen.add(old[0].name)
    return chain[::-1]
