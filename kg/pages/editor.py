"""The editor of queries: examples, and what it needs to know to help with prefixes and terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.base import PREFIXES, package_folder, split_header
from kg.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame


@dataclass(frozen=True)
class ExampleQuery:
    """A query to begin with."""

    title: str
    text: str


@cache
def example_queries() -> tuple[ExampleQuery, ...]:
    """Return the examples, of which each file in `kg/pages/examples` has one, in the order of their names.

    >>> example_queries()[0].title
    'With whom a company works'
    """
    folder = package_folder() / "pages" / "examples"
    return tuple(
        _example(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(folder.glob("*.rq"))
    )


def _example(text: str, name: str) -> ExampleQuery:
    header, query = split_header(text, name)
    return ExampleQuery(header["title"], query.strip())


def editor_page(desk: Desk, frame: Frame, _given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the editor: a form that works as it is, and what makes more of it where scripts run."""
    examples = example_queries()
    page = render(
        "editor.html", frame, title="Query editor", examples=examples, text=frame.given.get("query") or examples[0].text,
        description="Ask the graph of corporate plans in SPARQL.", prefixes=PREFIXES,
        terms=sorted(name for name in desk.terms.terms if name.startswith("cp:")),
    )  # fmt: skip
    return "html", page
