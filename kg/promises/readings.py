"""What a promise wants, as each of its statements puts it, and as which readings of one saying."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.promises.grouping import gainsaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.promises.evidence import Figures
    from kg.promises.statement import Statement
    from kg.promises.verdicts import Aim
    from kg.promises.wants import Want


class Wanted(NamedTuple):
    """What one statement of a promise wants, and what the observations say of it."""

    want: Want
    figures: Figures


def completed_aims(
    aims: Iterable[tuple[Statement, Aim | None]],
) -> list[tuple[Statement, Aim]]:
    """Return the aims with what others say who put it so: where it began, and that it binds no one."""
    known = [(target, aim) for target, aim in aims if aim]
    alike: defaultdict[tuple[object, ...], list[Aim]] = defaultdict(list)
    for target, aim in known:
        alike[aim.value, aim.up, target.one("unit")].append(aim)
    told = {
        key: (
            next((one.baseline for one in same if one.baseline is not None), None),
            all(one.binding for one in same),
        )
        for key, same in alike.items()
    }

    def completed(target: Statement, aim: Aim) -> Aim:
        baseline, binding = told[aim.value, aim.up, target.one("unit")]
        baseline = baseline if aim.baseline is None else aim.baseline
        return replace(aim, baseline=baseline, binding=binding)

    return [(target, completed(target, aim)) for target, aim in known]


def readings_of(wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    """Return what is wanted by each reading: those that remember it otherwise are one of their own."""
    first, *others = wanted
    rivals = {name for one in wanted for name in gainsaid(one.want.target)}
    names = {one.want.target.name for one in wanted}

    def is_rival(one: Wanted) -> bool:
        target = one.want.target
        return target.name in rivals or not names.isdisjoint(gainsaid(target))

    alike = [one for one in others if not is_rival(one)]
    return [[first, *alike], *([one] for one in others if is_rival(one))]
