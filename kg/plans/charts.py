"""What the charts and the map of a page are drawn from, as `viz.render` takes it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.plans.courses import draw_courses
from kg.plans.sentences import Words
from kg.plans.whereabouts import locate_things

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from kg.promises import Statement
    from kg.query import Index


def draw_charts(
    network: nx.MultiDiGraph[str], index: Index, statements: Mapping[str, Statement]
) -> dict[str, Any]:
    """Return by its name all that charts of a network are drawn from; things and statements are IRIs."""
    located = locate_things(network, index, statements)
    return {
        "courses": draw_courses(index, statements, Words.of(index)),
        "spots": {iri: [asdict(spot) for spot in spots] for iri, spots in located.items()},
    }
