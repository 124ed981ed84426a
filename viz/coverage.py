"""What a graph rests on: how many sources were published on which day."""

from collections import Counter

from viz.payload import SOURCE
from viz.plans import day
from viz.select import Records


def sources(graph: Records) -> dict[str, int]:
    """Return how many sources were published on each day; "" counts those that have none.

    >>> said = {"publisher": "The Gazette", "source": "Shops", "published": "2020-01-31"}
    >>> sources(Records((), (), {"a": {**said, "text": "A"}, "b": {**said, "text": "B"}}))
    {'2020-01-31': 1}
    """
    named = {tuple(one.get(name) for name in SOURCE) for one in graph.statements.values()}
    published = (dict(zip(SOURCE, one, strict=True))["published"] for one in named if any(one))
    return dict(sorted(Counter(day(one) or "" for one in published).items()))
