"""The picture: a network of plans as one page that opens anywhere, without a connection.

A network is read into plain records (`select`), and so are the days of its plans (`plans`); it is
placed (`layout`), given shapes and colours (`style`) and written as HTML (`page`).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    import networkx as nx

__all__ = ["render"]


def render(  # noqa: PLR0913 - a part of the page each
    network: "nx.MultiDiGraph[str]",
    *,
    title: str,
    subtitle: str = "",
    plans: "Mapping[str, Mapping[str, Any]] | None" = None,
    charts: "Mapping[str, Any] | None" = None,
    today: "date | None" = None,
    meta: "Mapping[str, str] | None" = None,
) -> str:
    r"""Draw a network as one self-contained HTML page.

    Args:
        network: Keys of nodes are IRIs. Nodes have `label`, `type`, `status`, `facts` (keys of
            statements), `aliases`, `description` and `due`, and `names`, labels by language; edges have `label`, `status`,
            `timeless` and `facts`. Nodes can be picked by the IRIs in `companies`, `places`,
            `indicators`, `speakers` and `publishers`, and by the periods in which they are `disputed`, each a first day and the day on which it was over or None; nodes and
            edges have a `history`, pairs of a day and the status known from then on. The graph has
            as attributes `statements` by IRI; `promises`, see `viz.promises.records`;
            `contradictions`, pairs of statements as `sides` with their `kind` and in what it
            `differs`; `names` of what can be picked by IRI; `meanings` of outcomes, `reasons` why
            nothing can be told, and the statuses that are `endings`. Anything may be missing. The
            network is not changed.
        title: The heading of the page.
        subtitle: A line beside it, such as the day of the data.
        plans: For the timeline, the days of initiatives and targets by IRI: the fields of
            `kg.plans.Plan`, as mappings. Anything may be missing.
        charts: What charts are drawn from: `courses`, promises over time by IRI of their target, with
            the fields of `kg.plans.courses.Drawn`; `forecasts`, what companies forecast of themselves by their IRI, with those of
            `kg.plans.forecasts.GuidanceLine`; `compared`, what `kg.plans.compared` gives; and `spots`, of each IRI where it is, with those of
            `kg.plans.whereabouts.MapSpot`. All as mappings; anything may be missing.
        today: The day that the timeline draws as today; without one it is the reader's own.
        meta: What the head of the page says of it, by name, for programs: metadata of HTML. Of `dcterms.license`
            and `dcterms.creator` the page makes what its files, its prints and its citations say; the title
            and the day of the last statement are added.

    Returns:
        The page, which makes no request to anywhere: the same text for an equal network. Write it
        as UTF-8 with `newline="\n"`: its security policy counts on the bytes of its scripts.

    Example:
        >>> import networkx as nx
        >>> network = nx.MultiDiGraph()
        >>> network.add_node("https://example.org/nordvik", label="Nordvik", type="company")
        >>> page = render(network, title="Plans")
        >>> page.startswith("<!doctype html>"), "<title>Plans</title>" in page
        (True, True)
    """
    from viz.page import write_page  # drawing takes long to import, naming does not

    return write_page(
        network,
        title=title,
        subtitle=subtitle,
        plans=plans or {},
        charts=charts or {},
        today=today,
        meta=meta or {},
    )
