"""Which promise took the place of which: a later one that updates it, of the same thing and measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.promises.known import is_considered, is_unsure, said_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kg.promises.promise import Promise
    from kg.promises.statement import Statement


@dataclass(frozen=True)
class Follower:
    """A promise that took the place of another, by a `statement` that was `said` on a day."""

    promise: Promise
    statement: Statement
    said: date


def followers_of(promises: Sequence[Promise]) -> dict[str, list[Follower]]:
    """Return by name of a promise those that took its place, in the order in which that was said."""
    followers: dict[str, list[Follower]] = {}
    for old, new in sorted(_pairs(promises), key=lambda pair: (pair[1].said, pair[1].promise.name)):
        followers.setdefault(old.name, []).append(new)
    return followers


def _pairs(promises: Sequence[Promise]) -> Iterator[tuple[Promise, Follower]]:
    """Yield promises, each with one that took its place."""
    by_statement = {one.name: promise for promise in promises for one in promise.statements}
    for promise in promises:
        for statement in promise.statements:
            for name in map(str, statement.says.get("updates", ())):
                old = by_statement.get(name)
                if old and _replaces(promise, statement, old):
                    yield old, Follower(promise, statement, said_on(statement))


def _replaces(promise: Promise, statement: Statement, old: Promise) -> bool:
    if all(map(is_considered, promise.statements)):
        return False
    # A rumour takes the place of nothing that is surer.
    rumour = is_unsure(statement) and not all(map(is_unsure, old.statements))
    return old is not promise and _is_revision(promise, old) and not rumour


def _is_revision(promise: Promise, old: Promise) -> bool:
    first, earlier = promise.statements[0], old.statements[0]
    same = first.kind == earlier.kind and first.one("indicator") == earlier.one("indicator")
    return same and not set(promise.about).isdisjoint(old.about)
