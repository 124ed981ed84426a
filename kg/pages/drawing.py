"""The rows of a question as lines over time, for the charts of a page; the table says the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.base import shorten, to_python
from kg.plans import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.pages.asking import Asked, Row
    from kg.query import Index


def drawing_of(index: Index, asked: Asked) -> list[dict[str, Any]]:
    """Return charts of an answer, each of what can be held against each other, with a `title` and its `dots`.

    A question that is not about numbers over time has none, and neither has a chart of a single day.

    >>> import kg
    >>> from kg.pages.asking import ask_question
    >>> graph = kg.build(check=False)
    >>> charts = drawing_of(graph.index, ask_question(graph, "compared", {}))
    >>> [sorted({dot["who"] for dot in chart["dots"]}) for chart in charts]
    [['Samsung', 'Xiaomi']]
    """
    chart = asked.question.chart
    if chart is None or not asked.rows:
        return []
    at = {name: number for number, name in enumerate(asked.columns)}
    names = [asked.meant[one].value for one in chart.values.values() if one in asked.meant]
    words = Words.for_some(index, (), {shorten(name) for name in [*names, *_names(asked.rows)]})
    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in asked.rows:
        groups[tuple(_said(words, row[at[name]]) for name in chart.apart)].append(row)
    drawn = []
    for told, rows in groups.items():
        dots = {
            (_said(words, asked.meant.get(who)), str(to_python(row[at[chart.day]])), _number(row[at[value]]))
            for row in rows
            for value, who in chart.values.items()
        }  # fmt: skip
        if len({day for _, day, _ in dots}) > 1:
            listed = [{"who": who, "day": day, "value": value} for who, day, value in sorted(dots)]
            drawn.append({"title": ", ".join(filter(None, told)), "dots": listed})
    return drawn


def _said(words: Words, term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return words.label(shorten(term.value))
    return term.value if isinstance(term, ox.Literal) else ""


def _number(term: object) -> float:
    return float(term.value) if isinstance(term, ox.Literal) else float("nan")


def _names(rows: Iterable[Row]) -> Iterable[str]:
    return (cell.value for row in rows for cell in row if isinstance(cell, ox.NamedNode))
