"""Answers for people who work in a spreadsheet: slugs in place of IRIs, labels beside them, and no formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import UsageError, shorten, to_python, visible
from kg.export.csv import sheet
from kg.plans import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.query import Answer, Index

SHORT_FORMS: Final = ("csv", "tsv")
"""The forms that have a short variant."""


def write_short(index: Index, answer: Answer, form: str) -> bytes:
    r"""Return an answer as CSV or TSV with short names, and behind each column of things their labels.

    Raises:
        UsageError: another form, which has no short variant.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> asked = graph.query("SELECT ?who (-1 AS ?n) { VALUES ?who { id:xiaomi } }")
    >>> write_short(graph.index, asked, "tsv")
    b'who\twho label\tn\nxiaomi\tXiaomi\t-1\n'
    """
    if form not in SHORT_FORMS:
        raise UsageError(f"{form} has no short variant; take {' or '.join(SHORT_FORMS)}")
    rows = answer.terms
    names = {_name(term) for row in rows for term in row if isinstance(term, ox.NamedNode)}
    words = Words.for_some(index, (), names)
    columns = [
        column
        for at, name in enumerate(answer.columns)
        for column in _columns(name, [row[at] for row in rows], words)
    ]
    head = [name for name, _ in columns]
    cells = zip(*(cells for _, cells in columns), strict=True) if columns else ()
    return sheet(head, cells) if form == "csv" else _tabbed(head, cells)


def _columns(name: str, terms: Sequence[object], words: Words) -> list[tuple[str, list[Any]]]:
    """Return a column of short names, and the labels of them where there is any that says more."""
    short = [_name(term) if isinstance(term, ox.NamedNode) else to_python(term) for term in terms]  # type: ignore[arg-type]
    labels = [
        words.labels.get(str(cell)) if isinstance(term, ox.NamedNode) else None
        for term, cell in zip(terms, short, strict=True)
    ]
    shown = [str(cell).removeprefix("cp:") if isinstance(cell, str) else cell for cell in short]
    says_more = any(label and label != cell for label, cell in zip(labels, shown, strict=True))
    return [(name, shown), (f"{name} label", labels)] if says_more else [(name, shown)]


def _name(term: ox.NamedNode) -> str:
    return shorten(term.value)


def _tabbed(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    lines = (head, *rows)
    return "".join("\t".join(map(_text, line)) + "\n" for line in lines).encode()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else visible(str(cell))
