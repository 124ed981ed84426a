"""The files of the pages: style sheet, scripts, libraries, each under a name that changes with its content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHEETS: Final = ("page.css", "find.css")
"""The parts of the style sheet, in this order, behind the colours."""

OWN: Final = ("search.js", "chart.js", "forms.css", "editor.js", "editor.css", "icon.svg")
"""Scripts, style sheets and pictures that stand for themselves."""

_LIBRARIES: Final = {
    "d3.js": "d3-7.9.0/d3.min.js",
    "yasgui.js": "zazuko-yasgui-4.6.2/yasgui.min.js",
    "yasgui.css": "zazuko-yasgui-4.6.2/yasgui.min.css",
    "plot.js": "observablehq-plot-0.6.17/plot.umd.min.js",
}
"""The libraries of `viz/vendor` that pages use, by the names by which they ask for them."""

_GROUND: Final = (
    "viz/assets/dom.js", "viz/assets/text.js", "static/ground.js", "viz/assets/days.js", "viz/assets/charts.js",
)  # fmt: skip
_CHARTS: Final = {
    "course.js": (*_GROUND, "viz/assets/course.js", "static/promise.js"),
    "thing.js": (*_GROUND, "static/timeline.js", "viz/assets/forecasts.js", "static/forecasts.js"),
}
"""The scripts of which those that draw are made, by name: on our ground the picture's own."""

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True)
class StaticFile:
    """A file by the `name` under which it is served, with its media `type` and its `data`."""

    name: str
    type: str
    data: bytes


@cache
def static_files() -> Mapping[str, StaticFile]:
    """Return the files by the names by which pages ask for them.

    >>> static_files()["page.css"].name.startswith("page.")
    True
    """
    own = {name: _text(f"static/{name}").encode() for name in OWN}
    vendor = files("viz") / "vendor"
    libraries = {name: _unmapped((vendor / path).read_bytes()) for name, path in _LIBRARIES.items()}
    sheet = "\n".join([colours(), *(_text(f"static/{name}") for name in SHEETS)])
    charts = {name: _chart(parts) for name, parts in _CHARTS.items()}
    every = {"page.css": sheet.encode(), **charts, **own, **libraries}
    return {name: _file(name, data) for name, data in every.items()}


def _chart(parts: Sequence[str]) -> bytes:
    """Return a script that draws; how all looks is told to its first part."""
    from viz.style import tables

    first, *rest = map(_text, parts)
    look = f"viz.look = {json.dumps(tables(), sort_keys=True)};"
    return "\n".join([first, look, *rest]).encode()


def _text(path: str) -> str:
    """Return a script or a style sheet of the picture, or one of ours."""
    top, _, rest = path.partition("/")
    home = files("viz") if top == "viz" else files("kg.pages")
    return (home / (rest if top == "viz" else path)).read_text(encoding="utf-8")


def _file(name: str, data: bytes) -> StaticFile:
    stem, _, ending = name.rpartition(".")
    digest = hashlib.sha256(data).hexdigest()[:12]
    return StaticFile(f"{stem}.{digest}.{ending}", _TYPES[ending], data)


def _unmapped(data: bytes) -> bytes:
    """Leave out where the map of a script lies: it is not here, and browsers would ask for it."""
    lines = data.split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith(b"//# sourceMappingURL="))


def colours() -> str:
    """Return the colours of the picture as custom properties, light and dark.

    >>> "--is-met: #1a7f37;" in colours()
    True
    """
    from viz.style import OUTCOMES, THEMES  # the one home of both

    def palette(theme: str) -> str:
        plain = [f"--{name}: {value};" for name, value in THEMES[theme].items()]
        marks = [f"--is-{name}: {getattr(look, theme)};" for name, look in OUTCOMES.items()]
        return " ".join([*plain, *marks, f"color-scheme: {theme};"])

    marks = "\n".join(f".is-{name} {{ --is: var(--is-{name}); }}" for name in OUTCOMES)
    return (
        f"{marks}\n"
        f":root {{ {palette('light')} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {palette('dark')} }} }}\n"
        f"@media print {{ :root {{ {palette('light')} }} }}"
    )
