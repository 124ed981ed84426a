"""The rows of a question as values over time, for the charts of a page; the table says the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from decimal import Decimal
from math import isfinite, nan
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base import shorten, to_python
from kg.plans import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.pages.asking import AskedQuestion, Row
    from kg.query import Index


@dataclass(frozen=True, order=True)
class Dot:
    """A value: `whose`, counted `by` whom, from the day `begin` to `end`."""

    whose: str
    by: str
    begin: str
    end: str
    value: float


@dataclass(frozen=True)
class Chart:
    """What can be held against each other: a `title`, and the `dots` in order."""

    title: str
    dots: Sequence[Dot]

    @property
    def plain(self) -> list[dict[str, str | float]]:
        """The dots as JSON has them."""
        return [asdict(dot) for dot in self.dots]


def charts_of(index: Index, asked: AskedQuestion) -> list[Chart]:
    """Return the charts of an answer.

    A question that is not about numbers over time has none, and neither have values of a single period.

    >>> import kg
    >>> from kg.pages.asking import ask_question
    >>> graph = kg.build(check=False)
    >>> charts = charts_of(graph.index, ask_question(graph, "compared", {}))
    >>> [(dot.whose, dot.by, dot.end, dot.value) for dot in charts[0].dots if dot.end < "2017"]
    [('Samsung', 'IDC', '2016-12-31', 25.1), ('Xiaomi', 'IDC', '2016-12-31', 10.7)]
    """
    drawn = asked.question.chart
    if drawn is None or not asked.rows:
        return []
    words = Words.for_some(index, (), {shorten(name) for name in _names(asked)})
    groups: defaultdict[tuple[str, ...], set[Dot]] = defaultdict(set)
    for row in asked.rows:
        cells = dict(zip(asked.columns, row, strict=True))
        told = tuple(_said(words, cells[name]) for name in drawn.apart)
        for line in drawn.lines:
            dot = Dot(
                _said(words, asked.meant.get(line.of)),
                _said(words, cells[line.by]),
                str(to_python(cells[drawn.begin])),
                str(to_python(cells[drawn.end])),
                _float(cells[line.value]),
            )
            if isfinite(dot.value):
                groups[told].add(dot)
    return [
        Chart(", ".join(filter(None, told)), sorted(dots))
        for told, dots in sorted(groups.items())
        if len({(dot.begin, dot.end) for dot in dots}) > 1
    ]


def _float(term: object) -> float:
    value = to_python(term) if isinstance(term, ox.Literal) else None
    return float(value) if isinstance(value, int | float | Decimal) else nan


def _said(words: Words, term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return words.label(shorten(term.value))
    return term.value if isinstance(term, ox.Literal) else ""


def _names(asked: AskedQuestion) -> Iterable[str]:
    every: Iterable[Row] = (*asked.rows, tuple(asked.meant.values()))
    return (cell.value for row in every for cell in row if isinstance(cell, ox.NamedNode))
