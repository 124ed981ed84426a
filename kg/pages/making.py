"""Which page is made by which function, and the task that has a worker make one."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kg.base import UsageError
from kg.pages.desk import desk_of
from kg.pages.frame import frame_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.graph import Graph
    from kg.pages.desk import Desk
    from kg.pages.frame import Frame

    Maker = Callable[[Desk, Frame, Mapping[str, Any]], tuple[str, bytes]]

PAGES: Final[Mapping[str, str]] = {
    "front": "kg.pages.front:front_page",
}
"""The function that makes each kind of page, which is imported when it is first asked for.

It takes what pages of one graph share, the frame and what the request gave, and returns a form and its bytes.
"""


def make_page(graph: Graph, given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Make a page of a graph.

    Args:
        graph: The graph as it is known now.
        given: The `kind` of page, of `PAGES`; what `kg.pages.frame.frame_of` reads; the `licence` of the
            data; and what the kind asks for.

    Raises:
        UsageError: something that the address says makes no sense.
        UnknownNameError: there is no such thing.

    >>> import kg
    >>> form, page = make_page(kg.build(check=False), {"kind": "front", "path": "/"})
    >>> form, page[:15]
    ('html', b'<!doctype html>')
    """
    frame = frame_of(given)
    desk = desk_of(graph, given.get("licence"))
    if frame.as_of:
        if frame.as_of > graph.today:
            raise UsageError(
                f"{frame.as_of} is still to come, and nobody knows what will be known then"
            )
        desk = desk.then(frame.as_of)
    module, _, name = PAGES[given["kind"]].partition(":")
    maker: Maker = getattr(import_module(module), name)
    return maker(desk, replace(frame, about=desk.about), given)
