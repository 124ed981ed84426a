"""Days as a text says them, told against the day of its publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a longer time in a text.

    `start` and `end` are the code points of its words, end-exclusive, the preposition among them.
    `earliest` and `latest` are its first and last day; both are None where the words name a time that
    no calendar of ours fixes ("by Diwali"). `precision` has terms of `kg terms precisions`:
    `inferred` stands behind another where it follows from the day of publication. `role` says how the
    time bounds what is said: `by` (a last day), `in` (within it), `since`, `until`, `from`, `at`.
    """

    start: int
    end: int
    earliest: date | None
    latest: date | None
    precision: tuple[str, ...]
    role: str


def find_periods(
    text: str, published: date | None, *, fiscal_year_ends: int = 12, language: str = "en"
) -> list[Period]:
    """Return the times of a text, in their order; `fiscal_year_ends` is the last month of a fiscal year."""
    raise NotImplementedError
