"""What the charts and the map of a page are drawn from, as `viz.render` takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.plans.compared import compare_companies
from kg.plans.courses import draw_courses
from kg.plans.forecasts import draw_forecasts
from kg.plans.plain import plain
from kg.plans.sentences import Words
from kg.plans.whereabouts import locate_things

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from kg.promises import Statement
    from kg.query import Index


def draw_charts(
    network: nx.MultiDiGraph[str],
    index: Index,
    statements: Mapping[str, Statement],
    words: Words | None = None,
) -> dict[str, Any]:
    """Return by its name all that charts of a network are drawn from; things and statements are IRIs."""
    words = words or Words.of(index)
    located = locate_things(network, index, statements)
    courses = draw_courses(index, statements, words)
    return {
        "courses": courses,
        "forecasts": draw_forecasts(index, statements, words, courses),
        "compared": compare_companies(network, index, statements, words),
        "spots": {iri: [plain(spot) for spot in spots] for iri, spots in located.items()},
    }
