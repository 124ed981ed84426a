"""The files of the pages: style sheet, scripts, libraries, each under a name that changes with its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from kg.base import package_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

SHEETS: Final = ("page.css",)
"""The parts of the style sheet, in this order, behind the colours."""

_SCRIPTS: Final = {
    "d3.js": "d3-7.9.0/d3.min.js",
    "plot.js": "observablehq-plot-0.6.17/plot.umd.min.js",
}
"""The libraries of `viz/vendor` that pages use, by the names by which they ask for them."""

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
    own = package_folder() / "pages" / "static"
    scripts = {
        path.name: path.read_bytes() for path in sorted(own.iterdir()) if path.suffix != ".css"
    }
    vendor = files("viz") / "vendor"
    libraries = {name: _unmapped((vendor / path).read_bytes()) for name, path in _SCRIPTS.items()}
    sheet = "\n".join([colours(), *((own / name).read_text(encoding="utf-8") for name in SHEETS)])
    every = {"page.css": sheet.encode(), **scripts, **libraries}
    return {name: _file(name, data) for name, data in every.items()}


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
