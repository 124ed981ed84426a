"""The page: pyvis renders our template, and a security policy is sealed onto the result.

pyvis brings the drawing library and the rendering; its own template needs a network connection
and trusts its data, so ours takes its place, by the means that pyvis offers for that. Data, scripts
and libraries stand in it as deflated blocks, which the first two scripts give back.
"""

import importlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viz import charts as drawings, coverage, promises
from viz.columns import COLUMNS, order
from viz.deflated import deflate
from viz.facets import picks, tables as facet_tables
from viz.folding import TOP, Folding, fold
from viz.payload import pack
from viz.plans import day, records
from viz.policy import policy
from viz.select import Edge, Node, Records, clean, select
from viz.style import THEMES, tables

if TYPE_CHECKING:
    import networkx as nx

HERE = Path(__file__).parent
FIRST = ("dom.js", "inflate.js")
"""The scripts that stand in the page as they are, and give back the rest of it."""
LIBRARIES = {"vis-network": "lib/vis-9.1.2/vis-network.min.js"}
"""Libraries by name, which the page runs when it first asks for them; see `assets/inflate.js`."""
D3 = {"library-d3": "d3-7.9.0/d3.min.js"}
CHARTS = D3 | {"library-plot": "observablehq-plot-0.6.17/plot.umd.min.js"}
MAPS = D3 | {"library-topojson": "topojson-client-3.1.0/topojson-client.min.js"}
"""Those of `vendor/`, for a page that has a chart or a map. A block called "d3" would be the global `d3` of the page."""
OUTLINES = {"outlines": "world-atlas-2.0.2/countries-110m.json"}
"""What a map is drawn on."""
SCRIPTS = (
    "text.js", "fields.js", "payload.js", "data.js", "days.js", "promises.js", "known.js", "folds.js", "facets.js", "languages.js", "held.js", "state.js",
    "slugs.js", "address.js", "theme.js", "path.js", "draw.js", "svg.js", "roving.js", "views.js", "scores.js",
    "shares.js", "scoreboard.js", "examples.js", "overview.js", "camera.js", "network.js", "labels.js",
    "columns.js", "years.js", "bars.js", "rows.js", "window.js", "timeline.js", "cells.js", "listing.js",
    "table.js", "slider.js", "filters.js", "legend.js", "groups.js", "facts.js", "charts.js", "explain.js", "course.js", "forecasts.js", "guidance.js", "atlas.js",
    "clusters.js", "map.js", "series.js", "compare.js", "verdict.js", "contradictions.js", "panel.js", "search.js", "wording.js", "sheet.js",
    "csv.js", "export.js", "cite.js", "share.js", "print.js", "help.js", "keys.js", "start.js",
)  # fmt: skip
# Stands in for the digests while the page is rendered. It comes before anything from outside.
SEAL = "SEAL-OF-THIS-PAGE"
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom", "chosen": False},
    "edges": {
        "smooth": False,
        "chosen": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.42}},
        "hoverWidth": 0,
        "selectionWidth": 0,
    },
    "interaction": {
        "hover": True,
        "keyboard": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "zoomSpeed": 0.7,
    },
}
BUSY = 800  # edges; above this, moving the picture hides them for the time of the movement


def write_page(  # noqa: PLR0913 - a part of the page each
    network: "nx.MultiDiGraph[str]",
    *,
    title: str,
    subtitle: str,
    plans: Mapping[str, Mapping[str, Any]],
    charts: Mapping[str, Any],
    today: date | None,
    meta: Mapping[str, str],
) -> str:
    """Draw a network as a page; see `viz.render`."""
    graph = select(network)
    folding = fold(graph)
    facets = facet_tables(graph, network.graph.get("names") or {})
    net = _pyvis(graph, folding, picks(graph, facets))
    drawn = drawings.records(charts, graph)
    packed = pack(
        net.nodes,
        net.edges,
        graph.statements,
        plans=records(plans, graph),
        promises=promises.records(network.graph.get("promises") or (), graph, facets),
        contradictions=_contradictions(network, graph),
        charts=drawn,
    )
    heading = clean(title) or "Plans"
    data = {
        name: packed[name]
        for name in ("plans", "kinds", "base", "keys", "promises", "contradictions", "charts")
    } | {
        "groups": _groups(graph, folding),
        "today": today and today.isoformat(),
        "published": _published(graph),
        "sources": coverage.sources(graph),
        "meanings": _words(network, "meanings"),
        "reasons": _words(network, "reasons"),
        "endings": sorted(map(clean, network.graph.get("endings") or ())),
        "facets": facets,
        "columns": [name for name, _ in COLUMNS],
        "style": tables(network.graph.get("closed") or ()),
        "title": heading,
        "options": net.options,
    }
    code = [_asset(net.templateEnv, name) for name in SCRIPTS]
    libraries = {name: _asset(net.templateEnv, path) for name, path in _libraries(drawn).items()}
    blocks = {
        "graph-nodes": _json(packed["nodes"]),
        "graph-edges": _json(packed["edges"]),
        "graph-statements": _json(packed["words"]),
        "graph-data": _json(data),
        "scripts": _json(code),
        **libraries,
        **{
            name: _asset(net.templateEnv, path) for name, path in OUTLINES.items() if drawn["spots"]
        },
    }
    net.nodes = net.edges = []  # the template takes them from the blocks
    net.templateEnv.globals.update(
        blocks={name: deflate(text) for name, text in blocks.items()},
        heading_text=heading,
        subtitle=clean(subtitle),
        meta=_head(meta, heading, data["published"]),
        nothing=not graph.nodes,
        themes=THEMES,
        outcomes=tables()["outcomes"],
        seal=SEAL,
        first=FIRST,
        asset=lambda name: _asset(net.templateEnv, name),
    )
    # HTML parsers turn every line end into "\n" before they take a digest.
    html = str(net.generate_html()).replace("\r\n", "\n").replace("\r", "\n")
    return html.replace(SEAL, policy(html, (*libraries.values(), *code)), 1)


def _libraries(charts: Mapping[str, Any]) -> dict[str, str]:
    """Return the paths of the libraries that a page needs for its charts, and of those that every page does."""
    return (
        LIBRARIES
        | (CHARTS if any(charts[name] for name in ("courses", "forecasts", "compared")) else {})
        | (MAPS if charts["spots"] else {})
    )


def _head(meta: Mapping[str, str], heading: str, published: Iterable[str]) -> dict[str, str]:
    """Return what the head says of the page, by name: what is given, its title, and the day of its last statement."""
    known = {"dcterms.title": heading, "dcterms.date": max(published, default="")}
    given = {clean(name): clean(value) for name, value in meta.items()}
    return given | {name: value for name, value in known.items() if value and name not in given}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _words(network: "nx.MultiDiGraph[str]", part: str) -> dict[str, str]:
    given = network.graph.get(part) or {}
    return {clean(name): clean(meaning) for name, meaning in sorted(given.items())}


def _contradictions(network: "nx.MultiDiGraph[str]", graph: Records) -> list[dict[str, Any]]:
    """Return the pairs of statements that gainsay each other, of those that are in the page."""
    pairs = [
        {
            "facts": [clean(side) for side in pair["sides"]],
            "kind": clean(pair.get("kind") or ""),
            "differs": [clean(word) for word in pair.get("differs") or ()],
        }
        for pair in network.graph.get("contradictions") or ()
    ]
    return [pair for pair in pairs if all(fact in graph.statements for fact in pair["facts"])]


def _groups(graph: Records, folding: Folding) -> list[dict[str, Any]]:
    items = zip(folding.parents, folding.places, strict=True)
    inner = list(items)[len(graph.nodes) :]
    return [
        {"label": group.label, "parent": parent, "x": x, "y": y}
        for group, (parent, (x, y)) in zip(folding.groups, inner, strict=True)
    ]


def _published(graph: Records) -> dict[str, int]:
    """How many statements were published on each day."""
    days = (day(statement.get("published")) for statement in graph.statements.values())
    return dict(Counter(sorted(filter(None, days))))


def _pyvis(graph: Records, folding: Folding, picks: list[dict[str, list[int]]]) -> Any:
    """A pyvis network that holds the records, our options, and our template before its own."""
    pyvis = importlib.import_module("pyvis.network")  # late, and it has no types
    net = pyvis.Network(directed=True, cdn_resources="in_line")
    # `add_node` and `add_edge` look through all that is there already, for every one they add.
    net.nodes = [
        {"x": x, "y": y, "iri": node.iri, "label": node.label, "type": node.type,
         "status": node.status, "facts": node.facts, "aliases": node.aliases,
         "description": node.description, "due": node.due, "column": column, "place": place,
         "parent": None if parent == TOP else parent, "picks": picked, "disputed": node.disputed, "names": node.names,
         "history": _history(node, graph)}
        for node, (x, y), parent, (column, place), picked in zip(
            graph.nodes, folding.places, folding.parents, order(graph), picks, strict=False
        )
    ]  # fmt: skip
    net.edges = [
        {"from": edge.source, "to": edge.target, "key": edge.key, "label": edge.label,
         "status": edge.status, "until": edge.until, "ended": edge.ended, "over": edge.over, "timeless": edge.timeless,
         "facts": edge.facts, "history": _history(edge, graph)}
        for edge in graph.edges
    ]  # fmt: skip
    busy = len(graph.edges) > BUSY
    net.options = OPTIONS | {
        "interaction": OPTIONS["interaction"] | {"hideEdgesOnDrag": busy, "hideEdgesOnZoom": busy}
    }
    # `template_dir` is at first the folder of pyvis, which holds the drawing library.
    net.set_template_dir(
        [str(HERE / folder) for folder in ("templates", "assets", "vendor")] + [net.template_dir],
        "page.html",
    )
    net.templateEnv.autoescape = True
    net.templateEnv.trim_blocks = net.templateEnv.lstrip_blocks = True
    return net


def _history(one: Node | Edge, graph: Records) -> list[list[str | None]] | None:
    """Return what is known of a status on which day, unless it held from when something was first said."""
    if not one.history:
        return None
    if len(one.history) == 1:
        found = (graph.statements.get(fact, {}).get("published") for fact in one.facts)
        if one.history[0] == (min(filter(None, found), default=None), one.status):
            return None
    return [list(entry) for entry in one.history]


def _asset(environment: Any, name: str) -> str:
    """A file of the page as it stands: read as text, since as a template it could change."""
    text: str = environment.loader.get_source(environment, name)[0]
    # A source map is one more file, which the page does not have.
    lines = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")]
    return "\n".join(lines)
