"""The promises of a network, each at the node that shows it, with all that could be told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.base import ID, lengthen
from kg.plans.plain import plain
from kg.plans.spelling import spell_day

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from kg.promises import PromiseRecord, Statement, Told


def promised(
    records: Iterable[PromiseRecord], statements: Mapping[str, Statement], nodes: Container[str]
) -> Iterator[dict[str, Any]]:
    """Yield the promises that some nodes show, as `viz.render` takes them.

    A promise of a figure is shown by the node of its target, one of something to be done by a day by
    that of the plan which it is about. Things, statements and other promises are named by their IRIs.

    Args:
        records: The promises of a graph.
        statements: The statements of the graph, by slug.
        nodes: The IRIs of the nodes that are drawn.
    """
    for record in records:
        first = statements[record.first]
        node = ID + (record.first if first.kind == "Target" else str(first.one("about")))
        if node not in nodes:
            continue
        due = next((one for name in record.statements if (one := _due(statements[name]))), None)
        yield {
            "iri": ID + record.name,
            "node": node,
            "first": ID + record.first,
            "statements": [ID + name for name in record.statements],
            "companies": [ID + name for name in record.companies],
            "said": record.said,
            "due": record.due,
            "dueWords": due,
            "speakers": _first_days(record, statements, _speakers),
            "publishers": _first_days(record, statements, _publisher),
            "told": [_told(told) for told in record.told],
        }


def _first_days(
    record: PromiseRecord,
    statements: Mapping[str, Statement],
    named: Callable[[Statement], Iterable[str]],
) -> dict[str, str]:
    """Return whom the statements of a promise name, by IRI, each with the first day on which one did."""
    days: dict[str, str] = {}
    for statement in (statements[name] for name in record.statements):
        for one in named(statement):
            day = statement.source.published
            days[lengthen(one)] = min(day, days.get(lengthen(one), day))
    return dict(sorted(days.items()))


def _speakers(statement: Statement) -> Iterable[str]:
    return map(str, statement.says.get("speaker", ()))


def _publisher(statement: Statement) -> Iterable[str]:
    return (statement.source.publisher,)


def _due(statement: Statement) -> str | None:
    due = statement.one("due")
    return None if due is None else spell_day(due, statement.says.get("duePrecision", ()))


def _told(told: Told) -> dict[str, Any]:
    return {
        **plain(told),
        "outcome": told.outcome,
        "moved": sorted(way for ways in told.moved for way in ways.split(", ")),
        "rests_on": told.rests_on and ID + told.rests_on,
        "replaced_by": told.replaced_by and ID + told.replaced_by,
    }
