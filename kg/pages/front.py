"""The front page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame


def front_page(desk: Desk, frame: Frame, _given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the front page: how companies keep what they promise."""
    page = render(
        "front.html", frame, title="What companies promised, and what became of it",
        description="Promises of companies, and what became of them.", total=len(desk.records),
    )  # fmt: skip
    return "html", page
