"""One target that several statements say: whoever repeats a promise makes no second one.

Two targets are the same where they want the same of the same thing: indicator, value, unit, place
and due day; and where one says that it confirms the other, which may leave the day out, count in
another currency or put it as a doubling. Targets that gainsay each other are never the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base import Cell
    from kg.plans.statements import Statement

_Key: TypeAlias = "tuple[tuple[Cell, ...], ...]"
_RIVALS = ("contradicts", "differsFrom")


def group_promises(said: Mapping[str, Statement]) -> dict[str, tuple[Statement, ...]]:
    """Return for each target, by name, all that say the same, itself included.

    The first of them stands for all: one with a due day before one without, one that was said before
    one that confirms it.

    >>> import kg
    >>> from kg.plans import load_statements
    >>> said = load_statements(kg.build(check=False).index)
    >>> [one.name for one in group_promises(said)["factordaily-2017-03-27.1"]][:2]
    ['medianama-2017-03-28.6.1', 'factordaily-2017-03-27.1']
    """
    targets = [statement for statement in said.values() if statement.kind == "Target"]
    rivals = _rivals(targets)
    groups = {target.name: {target.name: target} for target in targets}

    def join(one: dict[str, Statement], other: dict[str, Statement]) -> None:
        small, large = sorted((one, other), key=len)
        if one is not other and not any(
            rival in large for name in small for rival in rivals.get(name, ())
        ):
            large.update(small)
            groups.update(dict.fromkeys(small, large))

    for target in targets:
        for name in map(str, target.says.get("confirms", ())):
            if name in groups and not set(target.things).isdisjoint(said[name].things):
                join(groups[target.name], groups[name])
    alike: dict[_Key, str] = {}
    for target in sorted(targets, key=lambda one: one.name in rivals):  # who agrees comes first
        join(groups[target.name], groups[alike.setdefault(_key(target), target.name)])
    distinct = {id(group): group for group in groups.values()}
    made = {key: tuple(sorted(group.values(), key=_order)) for key, group in distinct.items()}
    return {name: made[id(group)] for name, group in groups.items()}


def _rivals(targets: Iterable[Statement]) -> dict[str, set[str]]:
    """Return by name what each target gainsays, and what gainsays it."""
    found: dict[str, set[str]] = {}
    for target in targets:
        for key in _RIVALS:
            for name in map(str, target.says.get(key, ())):
                found.setdefault(target.name, set()).add(name)
                found.setdefault(name, set()).add(target.name)
    return found


def _key(target: Statement) -> _Key:
    """What two targets have in common that want the same."""
    keys = ("about", "indicator", "place", "unit", "value", "minimum", "maximum", "due")
    return tuple(target.says.get(key, ()) for key in keys)


def _order(target: Statement) -> tuple[bool, bool, str, str]:
    repeated = "confirms" in target.says
    return target.one("due") is None, repeated, target.source.published, target.name
