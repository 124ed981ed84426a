"""From what companies forecast of themselves to plain records, cleaned, each at its node.

A number that is none, and what has no day to stand at, is left out, as in `viz.courses`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from viz.courses import entries, filled, steps
from viz.plans import day
from viz.select import Records, clean

_RESULT = (("value",), ("since", "until"), ("above", "above_first", "fact"))


def records(
    forecasts: Mapping[str, Sequence[Mapping[str, Any]]], graph: Records
) -> dict[int, list[dict[str, Any]]]:
    """Read lines of accounts, by IRI of a company, into records by the number of its node.

    Args:
        forecasts: For each IRI the lines, each with the fields of `kg.plans.forecasts.GuidanceLine`. Anything may be missing.
        graph: The records of the network; what is not in it is left out.
    """
    number = {node.iri: index for index, node in enumerate(graph.nodes)}
    found = {
        number[clean(iri)]: [record for line in lines if (record := _line(line, number))]
        for iri, lines in forecasts.items()
        if clean(iri) in number
    }
    return {place: lines for place, lines in sorted(found.items()) if lines}


def _line(line: Mapping[str, Any], number: Mapping[str, int]) -> dict[str, Any] | None:
    periods = [record for one in line.get("periods") or () if (record := _period(one, number))]
    named = filled(label=clean(line.get("label") or ""), unit=clean(line.get("unit") or ""))
    return {**named, "periods": periods} if periods else None


def _period(period: Mapping[str, Any], number: Mapping[str, int]) -> dict[str, Any] | None:
    due, made = day(period.get("due")), steps(period.get("steps"))
    if due is None or not made:
        return None
    return filled(
        target=number.get(clean(period.get("target") or "")),
        words=clean(period.get("words") or "") or due,
        due=due,
        steps=made,
        results=entries(period.get("results"), _RESULT, "since"),
    )
