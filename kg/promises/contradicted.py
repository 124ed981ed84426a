"""Who contradicts whom, of all that verdicts can rest on.

A contradiction is what a source, or whoever read it, says of two statements (`cp:contradicts`); that
figures of one moment differ is found out by `kg.promises.disputes`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.promises.known import counts_on, is_unsure, published

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from kg.promises.statement import Statement


@dataclass(frozen=True)
class Contradictions:
    """For each statement by name, the statements `against` it: those that contradict it or that it contradicts."""

    against: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def among(cls, statements: Mapping[str, Statement]) -> Contradictions:
        """Find them in what some statements say of each other, whichever of both says so."""
        against: defaultdict[str, dict[str, Statement]] = defaultdict(dict)
        for one in statements.values():
            for name in map(str, one.says.get("contradicts", ())):
                if (other := statements.get(name)) is not None and other is not one:
                    against[one.name][name] = other
                    against[name][one.name] = one
        return cls(
            {name: tuple(others[key] for key in sorted(others)) for name, others in against.items()}
        )

    def of(self, one: Statement, day: date, but: Container[str] = ()) -> list[Statement]:
        """Return who denies on a day what a statement says, `but` some: was published, and not corrected by then."""
        return [
            other
            for other in self.against.get(one.name, ())
            if other.name not in but and counts_on(other, day) and not _ends_alike(one, other)
        ]

    def shaken(self, one: Statement, day: date) -> set[str]:
        """Return the names of a statement and of all else that those who deny it on a day deny; none where nobody does."""
        return {each.name for other in self.of(one, day) for each in self.against[other.name]}

    def misread_since(self, one: Statement) -> date | None:
        """Return the day since which a target is known to be misread: read with low confidence, and contradicted by a surer target of the same thing, which nobody corrects."""
        if one.kind != "Target" or not is_unsure(one):
            return None
        surer = [
            published(other)
            for other in self.against.get(one.name, ())
            if other.kind == "Target"
            and not is_unsure(other)
            and "correctedOn" not in other.says
            and not set(one.things).isdisjoint(other.things)
        ]
        return min(surer, default=None)

    def counts(self, one: Statement, day: date) -> bool:
        """Tell whether a statement counts on a day: it was published, and neither corrected nor known to be misread."""
        misread = self.misread_since(one)
        return counts_on(one, day) and (misread is None or misread > day)


def _ends_alike(one: Statement, other: Statement) -> bool:
    """Whether two targets contradict each other in what was promised, and not in what became of it."""
    status = one.one("status")
    return (
        one.kind == other.kind == "Target" and status is not None and status == other.one("status")
    )
