"""What went wrong, as a page: what it was, and what to do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kg.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.pages.frame import Frame

_TITLES: Final = {
    400: "This cannot be asked",
    404: "There is nothing here",
    503: "Too much at a time",
    504: "This took too long",
}


def fault_page(
    code: int,
    sentence: str,
    frame: Frame,
    hints: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return the page that tells of an error.

    Args:
        code: The code of HTTP.
        sentence: What is wrong.
        frame: The surroundings; a path of "" is no page that there would be on another day.
        hints: Where to go instead, each with an address and its words.

    >>> from kg.pages.frame import Frame
    >>> b"There is nothing here" in fault_page(404, "there is no thing 'x'", Frame(path=""))
    True
    """
    title = _TITLES.get(code, HTTPStatus(code).phrase)
    return render(
        "fault.html", frame, title=title, description=sentence, code=code,
        sentence=sentence, hints=hints,
    )  # fmt: skip
