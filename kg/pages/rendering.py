"""Templates become pages: Jinja2, with everything escaped that is not said to be markup, and nothing that cannot be seen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from markupsafe import Markup

from kg.base import counted, visible
from kg.pages.citing import cite, licence_name
from kg.pages.files import static_files
from kg.pages.frame import NAV

if TYPE_CHECKING:
    from jinja2.runtime import Context

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
        loader=PackageLoader("kg.pages"), autoescape=True, undefined=StrictUndefined, finalize=_shown,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.globals |= {
        "static": _address,
        "nav": NAV,
        "counted": counted,
        "marks": marks(),
        "cite": cite,
        "licence_name": licence_name,
    }
    environment.filters |= {"visible": visible, "sentence": sentence}
    return environment


def sentence(text: str) -> str:
    """Return what is wrong as a sentence for people: it begins with a capital, and ends once.

    >>> sentence("there is no thing 'x'"), sentence("did you mean 'y'?")
    ("There is no thing 'x'.", "Did you mean 'y'?")
    """
    return visible(text[:1].upper() + text[1:] + ("" if text.endswith(("?", ".")) else "."))


def _shown(value: object) -> object:
    """Show whatever cannot be seen, such as a character that turns the direction of writing; lines stay lines."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return "\n".join(map(visible, value.split("\n")))


@pass_context
def _address(context: Context, name: str) -> str:
    return f"{context['frame'].root}/static/{static_files()[name].name}"


@cache
def marks() -> dict[str, Any]:
    """Return how each outcome looks, by its name, as the picture draws it."""
    from viz.style import OUTCOMES

    return dict(OUTCOMES)
