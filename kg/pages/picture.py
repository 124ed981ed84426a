"""The whole picture, as `kg view` draws it: one file that seals itself with the digests of its own scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame


def picture_page(desk: Desk, _frame: Frame, _given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the picture of a graph, which is drawn once."""
    return "html", desk.picture
