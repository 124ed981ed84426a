"""From comparable figures of companies to plain records, cleaned."""

from collections.abc import Iterable, Mapping
from typing import Any

from viz.courses import number_of
from viz.plans import day
from viz.select import Records, clean

_TEXTS = ("measure", "place", "unit", "words", "about", "by", "fact")


def records(compared: Mapping[str, Any], graph: Records) -> dict[str, Any]:
    """Read figures and which of them are pairs into records.

    Args:
        compared: `figures`, each with the IRIs of its `companies` and the fields of
            `kg.plans.compared.Measured`; `pairs` of their numbers; and whether they are the `whole`.
        graph: The records of the network: whose companies are not in it, has no figure here.

    Returns:
        The same, with numbers of nodes for the companies; empty where nothing can be compared.
    """
    numbers = {node.iri: index for index, node in enumerate(graph.nodes)}
    kept: dict[int, int] = {}
    figures: list[dict[str, Any]] = []
    for place, given in enumerate(compared.get("figures") or ()):
        if figure := _figure(given, numbers):
            kept[place] = len(figures)
            figures.append(figure)
    pairs = [
        [kept[one], kept[other]] for one, other in _pairs(compared) if one in kept and other in kept
    ]
    if not pairs:
        return {}
    return {"figures": figures, "pairs": pairs, "whole": bool(compared.get("whole", True))}


def _pairs(compared: Mapping[str, Any]) -> Iterable[tuple[int, int]]:
    for pair in compared.get("pairs") or ():
        one, other = pair
        yield one, other


def _figure(given: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any] | None:
    found = (numbers.get(clean(iri)) for iri in given.get("companies") or ())
    companies = [company for company in found if company is not None]
    value, when = number_of(given.get("value")), day(given.get("day"))
    if value is None or when is None or not companies:
        return None
    texts = {name: clean(given.get(name) or "") for name in _TEXTS}
    start = day(given.get("start"))
    return {
        "companies": companies, "value": value, "day": when,
        **({"start": start} if start else {}), **({"rank": True} if given.get("rank") else {}),
        **{name: text for name, text in texts.items() if text},
    }  # fmt: skip
