"""What was observed of two companies alike, for a chart of both: the pairs that the question `compared` finds.

What is comparable is the question's matter: it is asked here of all companies at once, and its rows are taken as
they come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import ID, to_python
from kg.plans.courses import COMPARATORS, sign_of
from kg.plans.plain import plain
from kg.plans.spelling import spell_day
from kg.query import engine_errors, load_question, without_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from kg.base import Cell
    from kg.plans.sentences import Words
    from kg.promises import Statement
    from kg.query import Index

MOST: Final = 20_000
"""How many pairs a page has, each way: whoever has more companies than that compares them by the question."""

_SIDES: Final = (("statement", "countedBy"), ("otherStatement", "otherCountedBy"))
_COMPANIES: Final = ("company", "organization")


@dataclass(frozen=True)
class Measured:
    """A figure of some `companies`: of what `measure`, in which `place`, in what `unit`, by whom it was counted, and whether it is a `rank`.

    It is of the day `day`, or of the time from `start` on; `words` are that time as it is known, and `about`
    what stands before the value. `fact` is the statement, by its IRI.
    """

    companies: tuple[str, ...]
    measure: str
    place: str
    unit: str
    value: float
    day: str
    start: str | None
    words: str
    about: str
    by: str
    fact: str
    rank: bool


def compare_companies(
    network: nx.MultiDiGraph[str], index: Index, statements: Mapping[str, Statement], words: Words
) -> dict[str, Any]:
    """Return the `figures` of the companies of a network that can be compared, and which are `pairs`, by their numbers.

    `whole` is whether these are all pairs.

    >>> import kg
    >>> from kg.plans import Words, project_network
    >>> from kg.promises import load_statements
    >>> index = kg.build(check=False).index
    >>> statements = load_statements(index)
    >>> compared = compare_companies(project_network(index), index, statements, Words.of(index))
    >>> len(compared["pairs"]) > 9, compared["whole"]
    (True, True)
    """
    question = load_question("compared")
    # Without its defaults it is about all.
    open_ended = replace(
        question, parameters=tuple(replace(one, default=None) for one in question.parameters)
    )
    text = without_order(open_ended.bind({}, resolve=str, today=date.min))
    # Sorted, for a figure can have been counted by several: an engine's order must not decide who is named.
    rows = sorted(_first(index, text), key=str)
    numbers: dict[str, int] = {}
    figures: list[dict[str, Any]] = []
    pairs: set[tuple[int, int]] = set()
    # A figure that several have counted has a row for each, in no order.
    counted = _counted(rows[:MOST], words)
    for row in rows[:MOST]:
        sides = sorted(str(row[name]) for name, _ in _SIDES)
        for side, _ in _SIDES:
            name = str(row[side])
            if name not in numbers:
                numbers[name] = len(figures)
                by = ", ".join(sorted(counted[name]))
                figures.append(plain(_figure(statements[name], row, by, network, words)))
        pairs.add((numbers[sides[0]], numbers[sides[1]]))
    # A company and a plan of its own are two things to the question, and one to a reader.
    apart = [pair for pair in sorted(pairs) if len(_both(pair, figures)) > 1]
    return {"figures": figures, "pairs": apart, "whole": len(rows) <= MOST}


def _first(index: Index, text: str) -> list[dict[str, Cell]]:
    """Return the rows that a page has, and one more where there are more; all would be hundreds of thousands."""
    with engine_errors(index.fault):
        found = index.run(text)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - it is a table
        columns = [variable.value for variable in found.variables]
        least = nsmallest(MOST + 1, found, key=_in_order)
    return [{name: to_python(row[name]) for name in columns} for row in least]


def _in_order(row: ox.QuerySolution) -> tuple[str, ...]:
    """Return what the question orders its rows by."""
    names = ("end", "start", "place", "statement", "otherStatement")
    return tuple("" if (term := row[name]) is None else _text(term) for name in names)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _counted(rows: Sequence[Mapping[str, Any]], words: Words) -> dict[str, set[str]]:
    """Return by whom each figure was counted, by statement."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for statement, by in _SIDES:
            found.setdefault(str(row[statement]), set()).add(words.label(row[by]))
    return found


def _both(pair: tuple[int, int], figures: Sequence[Mapping[str, Any]]) -> set[str]:
    return {company for number in pair for company in figures[number]["companies"]}


def _figure(
    said: Statement,
    row: Mapping[str, Any],
    by: str,
    network: nx.MultiDiGraph[str],
    words: Words,
) -> Measured:
    start, when = said.one("whenStart"), said.one("when")
    value = float(str(said.one("value")))
    return Measured(
        tuple(_companies(said, network)),
        words.label(said.one("indicator")),
        words.label(said.one("place")),
        sign_of(str(row["unit"] or ""), words),
        value,
        str(when),
        None if start is None else str(start),
        spell_day(when, said.says.get("whenPrecision", ())),
        COMPARATORS.get(said.text("comparator") or "", ""),
        by,
        ID + said.name,
        str(said.one("indicator")) in words.ranks,
    )


def _companies(said: Statement, network: nx.MultiDiGraph[str]) -> list[str]:
    """Return whose figure it is, by IRI: of those that are in the network."""
    found: dict[str, None] = {}
    for thing in said.things:
        node = network.nodes.get(ID + thing, {})
        if node.get("type") in _COMPANIES:
            found[ID + thing] = None
        else:
            found |= dict.fromkeys(node.get("companies", ()))
    return list(found)
