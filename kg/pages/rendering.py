"""Templates become pages: Jinja2, with everything escaped that is not said to be markup."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.base import counted, visible
from kg.pages.files import static_files
from kg.pages.frame import NAV

if TYPE_CHECKING:
    from kg.pages.frame import Frame


def render(template: str, frame: Frame, **values: Any) -> bytes:
    """Return the page that a template of `kg/pages/templates` makes of some values in a frame.

    Every template extends `base.html`, which says what it asks for: the `title`, the `description` and, where
    programs are told something, `linked`, schema.org as JSON-LD.

    >>> from kg.pages.frame import Frame
    >>> page = render("fault.html", Frame(), title="<b>", description="", code=404, sentence="", hints=[])
    >>> b"<title>&lt;b&gt;" in page
    True
    """
    page = _environment().get_template(template).render(frame=frame, **values)
    return page.encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.pages"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.globals |= {"static": _address, "nav": NAV, "counted": counted, "marks": marks()}
    environment.filters["visible"] = visible
    return environment


def _address(name: str) -> str:
    return f"/static/{static_files()[name].name}"


@cache
def marks() -> dict[str, Any]:
    """Return how each outcome looks, by its name, as the picture draws it."""
    from viz.style import OUTCOMES

    return dict(OUTCOMES)
