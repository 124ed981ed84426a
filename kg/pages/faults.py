"""What went wrong, as a page: what it was, and what to do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kg.pages.frame import Frame
from kg.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLES: Final = {
    400: "This cannot be asked",
    404: "There is nothing here",
    503: "Too much at a time",
    504: "This took too long",
}


def fault_page(
    code: int,
    sentence: str,
    *,
    hints: Sequence[tuple[str, str]] = (),
    base: str = "",
    root: str = "",
) -> bytes:
    """Return the page that tells of an error.

    Args:
        code: The code of HTTP.
        sentence: What is wrong.
        hints: Where to go instead, each with an address and its words.
        base: What addresses here begin with.
        root: The prefix of their paths.

    >>> b"There is nothing here" in fault_page(404, "there is no thing 'x'")
    True
    """
    title = _TITLES.get(code, HTTPStatus(code).phrase)
    return render(
        "fault.html", Frame(base, "", root=root), title=title, description=sentence, code=code,
        sentence=sentence, hints=hints,
    )  # fmt: skip
