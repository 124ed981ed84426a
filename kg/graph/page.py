"""The page of a graph: what it draws is read here, and drawn by `viz`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import viz
from kg.base import SHIPPED_CREATOR, SHIPPED_LICENCE, without_collector
from kg.plans import Words, about_data, draw_charts, plain, plan_timeline, project_network
from kg.promises import load_meanings, load_reasons, load_statements
from kg.query import View, label_of, read_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kg.graph.asking import AskedGraph


def draw_page(  # noqa: PLR0913 - an option each
    graph: AskedGraph,
    *,
    focus: str | None,
    hops: int,
    asked: date | None,
    today: date | None,
    licence: str | None,
    meta: Mapping[str, str],
) -> View:
    """Return the page of a graph; see `Graph.view`.

    Args:
        graph: the graph.
        focus: the IRI of the thing around which all lies that is drawn, or None for all there is.
        hops: how far from it.
        asked: the day as of which the page says that it is.
        today: the day on which its timeline draws a line.
        licence: the address of a licence, by default that of the graph.
        meta: what its head says, by name.
    """
    title = "Corporate plans"
    if focus:
        title += f": {label_of(graph.index, focus)}"
    with without_collector():
        index = read_whole(graph.content)
        statements = load_statements(index)
        words = Words.of(index)
        drawn = project_network(index, focus=focus, hops=hops, statements=statements, words=words)
        plans = plan_timeline(index, statements, words)
        drawn.graph["meanings"] = load_meanings(index)
        drawn.graph["reasons"] = load_reasons(index)
        creator = SHIPPED_CREATOR if graph.licence == SHIPPED_LICENCE and not licence else None
        told = {**about_data(index, licence or graph.licence, creator), **meta}
        charts = draw_charts(drawn, index, statements, words)
        del index  # all that was read, which makes room for the page
        page = viz.render(
            drawn,
            title=title,
            subtitle=f"as of {asked}" if asked else "",
            plans={iri: plain(plan) for iri, plan in plans.items()},
            charts=charts,
            today=today,
            meta=told,
        )
        return View(title, page.encode(), things=len(drawn))
