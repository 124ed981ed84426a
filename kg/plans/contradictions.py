"""Pairs of statements that contradict each other, as the question `contradictions` tells them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kg.base import ID
from kg.query import Answer, load_question

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from kg.query import Index


def contradictions(index: Index, statements: Container[str]) -> Iterator[dict[str, Any]]:
    """Yield each pair once, as `viz.render` takes it: its two sides, the kind, and in what they differ.

    Pairs of which one was corrected later are among them: on earlier days both stood.

    Args:
        index: The graph.
        statements: The IRIs of the statements that are shown; pairs of others are left out.

    >>> import kg
    >>> from kg.base import ID
    >>> index = kg.build(check=False).index
    >>> names = {ID + "medianama-2017-03-28.1.9", ID + "yjcw-2015.1"}
    >>> all(set(pair["sides"]) <= names for pair in contradictions(index, names))
    True
    """
    # On the first of all days nothing had been corrected. Few contradict each other, of however many there
    # are: so it is asked row by row, as of one company.
    text = load_question("contradictions").bind({}, resolve=str, today=date.min)
    for row in Answer(lambda: index.run(text), fault=index.fault):
        sides = [ID + str(row["statement"]), ID + str(row["other"])]
        if all(side in statements for side in sides):
            differs = str(row["differs"] or "").split(", ")
            yield {"sides": sides, "kind": str(row["kind"]), "differs": [*filter(None, differs)]}
