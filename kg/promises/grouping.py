"""One target that several statements say: whoever repeats a promise makes no second one.

Two targets are the same where they want the same of the same thing: indicator, value, unit, place,
part, day from which it counts, due day, and who is to keep it; and where one says that it confirms the other, which may leave the day out, count in
another currency or put it as a doubling. Targets that gainsay each other are never the same, unless
they are two memories of one saying: of one speaker, on one occasion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.promises.statement import Statement

Wish: TypeAlias = "tuple[tuple[Cell, ...], ...]"
"""What is wanted, as the values of all that tells one wish from another."""

_RIVALS: Final = ("contradicts", "differsFrom")


def group_promises(statements: Mapping[str, Statement]) -> dict[str, tuple[Statement, ...]]:
    """Return for each target, by name, all that say the same, itself included.

    The first of them stands for all: one with a due day before one without, one that was said before
    one that confirms it.

    >>> import kg
    >>> from kg.promises import load_statements
    >>> promises = group_promises(load_statements(kg.build(check=False).index))
    >>> [target.name for target in promises["factordaily-2017-03-27.1"]][:2]
    ['medianama-2017-03-28.6.1', 'factordaily-2017-03-27.1']
    """
    targets = [statement for statement in statements.values() if statement.kind == "Target"]
    rivals = _rivals(targets)
    groups = _Groups(targets, rivals)
    # What sources say themselves counts for more than likeness, so it is joined first.
    for target in targets:
        for name in _confirmed(target, statements):
            groups.join(target.name, name)
        for name in gainsaid(target):
            if _is_one_saying(target, statements.get(name)):
                groups.join(target.name, name)
    alike: dict[Wish, str] = {}
    # Of rivals only one can join those that want the same; who agrees with all comes before them.
    for target in sorted(targets, key=lambda target: target.name in rivals):
        groups.join(target.name, alike.setdefault(wish_of(target), target.name))
    return groups.promises()


class _Groups:
    """Targets by name, joined into groups in which nobody gainsays anybody."""

    def __init__(self, targets: Sequence[Statement], rivals: Mapping[str, set[str]]) -> None:
        """Take `targets`, each a group of its own, and by name the `rivals` of those that have some."""
        self._rivals = rivals
        self._groups = {target.name: {target.name: target} for target in targets}

    def join(self, first: str, second: str) -> None:
        """Make one group of those of two targets, unless there are rivals in them."""
        # The smaller goes into the larger, so that no target moves more often than groups can double.
        small, large = sorted((self._groups[first], self._groups[second]), key=len)
        if small is large or self._gainsays(small, large):
            return
        large.update(small)
        self._groups.update(dict.fromkeys(small, large))

    def _gainsays(self, small: Iterable[str], large: Mapping[str, Statement]) -> bool:
        return any(rival in large for name in small for rival in self._rivals.get(name, ()))

    def promises(self) -> dict[str, tuple[Statement, ...]]:
        """Return the groups in order, each target with its own."""
        distinct = {id(group): group for group in self._groups.values()}
        ordered = {
            key: tuple(sorted(group.values(), key=_order)) for key, group in distinct.items()
        }
        return {name: ordered[id(group)] for name, group in self._groups.items()}


def _confirmed(target: Statement, statements: Mapping[str, Statement]) -> Iterator[str]:
    """Yield the targets that a target confirms; only one of the same thing can be the same."""
    for name in map(str, target.says.get("confirms", ())):
        confirmed = statements.get(name)
        if (
            confirmed
            and confirmed.kind == "Target"
            and not set(target.things).isdisjoint(confirmed.things)
        ):
            yield name


def _rivals(targets: Iterable[Statement]) -> dict[str, set[str]]:
    """Return by name what each target gainsays, and what gainsays it."""
    rivals: dict[str, set[str]] = {}
    by_name = {target.name: target for target in targets}
    for target in by_name.values():
        for name in gainsaid(target):
            if not _is_one_saying(target, by_name.get(name)):
                rivals.setdefault(target.name, set()).add(name)
                rivals.setdefault(name, set()).add(target.name)
    return rivals


def gainsaid(statement: Statement) -> Iterator[str]:
    """Yield the names of the statements that one contradicts or differs from."""
    for key in _RIVALS:
        yield from map(str, statement.says.get(key, ()))


def _is_one_saying(target: Statement, other: Statement | None) -> bool:
    """Whether two targets that gainsay each other are what two sources remember of the same words."""
    if other is None or other.kind != "Target" or target.one("speaker") is None:
        return False
    # Where a source does not say on which day it was, nothing says that it was another occasion.
    days = [target.one("uttered"), other.one("uttered")]
    same = all(
        target.says.get(key, ()) == other.says.get(key, ())
        for key in ("about", "indicator", "place", "among", "unit", "speaker", "promisedBy")
    )
    return same and (None in days or days[0] == days[1])


def wish_of(target: Statement) -> Wish:
    """Return what two targets have in common that want the same."""
    keys = (
        "about", "indicator", "place", "among", "unit", "value", "minimum", "maximum", "due",
        "countsFrom", "promisedBy",
    )  # fmt: skip
    # Where no number stands for the baseline, its day is what a change is measured against.
    base = () if "baseline" in target.says else target.says.get("baselineDate", ())
    return (*(target.says.get(key, ()) for key in keys), base)


def _order(target: Statement) -> tuple[bool, bool, str, str]:
    repeated = "confirms" in target.says
    return target.one("due") is None, repeated, target.source.published, target.name
