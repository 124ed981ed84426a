"""One target that several statements say: whoever repeats a promise makes no second one.

Two targets are the same where they want the same of the same thing: indicator, value, unit, place,
direction and due day; and where one says that it confirms the other, which may leave the day out or
count in another currency. Targets that gainsay each other are never the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.cells import Cell
    from kg.statements import Statement

_Key: TypeAlias = "tuple[tuple[Cell, ...] | bool, ...]"
_RIVALS = ("contradicts", "differsFrom")


def repeats(said: Mapping[str, Statement]) -> dict[str, tuple[Statement, ...]]:
    """Return for each target, by name, all that say the same, itself included.

    The first of them stands for all: one with a due day before one without, one that was said before
    one that confirms it.

    >>> from kg import pipeline, statements
    >>> said = statements.load(pipeline.build(pipeline.shipped(), check=False).index)
    >>> [one.name for one in repeats(said)["factordaily-2017-03-27.1"]][:2]
    ['medianama-2017-03-28.6.1', 'factordaily-2017-03-27.1']
    """
    targets = [statement for statement in said.values() if statement.kind == "Target"]
    rivals = _rivals(targets)
    groups: dict[str, dict[str, Statement]] = {}
    alike: dict[_Key, dict[str, Statement]] = {}
    for target in targets:
        group = alike.setdefault(_key(target), {})
        if not rivals.get(target.name, set()).isdisjoint(group):
            group = {}
        group[target.name] = target
        groups[target.name] = group
    for target in targets:
        for name in target.says.get("confirms", ()):
            one, other = groups[target.name], groups.get(str(name))
            if other is None or one is other or not _comparable(target, other[str(name)]):
                continue
            if len(one) < len(other):
                one, other = other, one
            if all(rivals.get(each, set()).isdisjoint(one) for each in other):
                one.update(other)
                groups.update(dict.fromkeys(other, one))
    made = {id(group): tuple(sorted(group.values(), key=_order)) for group in groups.values()}
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
    capped = target.text("comparator") in ("at-most", "less-than")
    return (capped, *(target.says.get(key, ()) for key in keys))


def _comparable(one: Statement, other: Statement) -> bool:
    return one.one("indicator") == other.one("indicator") and bool(
        set(one.things) & set(other.things)
    )


def _order(target: Statement) -> tuple[bool, bool, str, str]:
    repeated = "confirms" in target.says
    return target.one("due") is None, repeated, target.source.published, target.name
