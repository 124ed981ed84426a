"""Which promise took the place of which: a later one that updates it, of the same thing and measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.promises.claims import published, said_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kg.promises.outcomes import Promise
    from kg.promises.statements import Statement


@dataclass(frozen=True)
class Follower:
    """A promise that took the place of another, by a statement that was `said` and `known` on a day."""

    promise: Promise
    said: date
    known: date


def followers_of(promises: Sequence[Promise]) -> dict[str, Follower]:
    """Return by name of a promise the first one that took its place."""
    by_statement = {one.name: promise for promise in promises for one in promise.statements}
    followers: dict[str, Follower] = {}
    for promise in promises:
        for statement in promise.statements:
            for name in map(str, statement.says.get("updates", ())):
                old = by_statement.get(name)
                if old is None or old is promise or not _is_revision(promise, old):
                    continue
                if _is_unsure([statement]) and not _is_unsure(old.statements):
                    continue  # a rumour takes the place of nothing that is surer
                new = Follower(promise, said_on(statement), published(statement))
                other = followers.get(old.name)
                if other is None or (new.said, promise.name) < (other.said, other.promise.name):
                    followers[old.name] = new
    return followers


def _is_unsure(statements: Iterable[Statement]) -> bool:
    return all(statement.text("confidence") == "low" for statement in statements)


def _is_revision(promise: Promise, old: Promise) -> bool:
    first, earlier = promise.statements[0], old.statements[0]
    same = first.kind == earlier.kind and first.one("indicator") == earlier.one("indicator")
    return same and not set(promise.about).isdisjoint(old.about)
