"""Targets of one scope share what is observed of them, so the scope is all that a figure depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.promises import derivation
from kg.promises.claims import Claims
from kg.promises.evidence import Evidence
from kg.promises.wants import _SCOPE, Want, aim_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import kg
    from kg.base import Cell


class Told(Mapping[str, "tuple[Cell, ...]"]):
    """What a statement says, keeping count of what it was asked for."""

    def __init__(self, says: Mapping[str, tuple[Cell, ...]], asked: set[str]) -> None:
        self._says, self._asked = says, asked

    def __getitem__(self, key: str) -> tuple[Cell, ...]:
        self._asked.add(key)
        return self._says[key]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("nothing is asked for all that it says")

    def __len__(self) -> int:
        return len(self._says)


def test_what_a_figure_says_depends_on_the_scope_of_a_target_alone(graph: kg.Graph) -> None:
    store = graph.index.local().store
    claims, policy = Claims.of(store), derivation.read_policy(graph.index)
    assert policy
    evidence, asked, held = Evidence(claims, policy), set[str](), 0
    for target in claims.statements.values():
        aim = aim_of(target, None, claims, policy) if target.kind == "Target" else None
        if aim:
            said = replace(target, says=Told(target.says, asked))
            # Of each way to add up, whatever the indicator is.
            for counted in ("stock", "flow", "cumulative", "ratio"):
                want = Want(said, replace(aim, counted=counted), date(2017, 1, 1))
                for observation in evidence.observations(said):
                    evidence.figure(observation, want, None)
                    held += 1
    assert held > 100
    assert asked == set(_SCOPE)
