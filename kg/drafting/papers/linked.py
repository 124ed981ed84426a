"""What a page says of its article in JSON-LD, as search engines read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kg.base import json_too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_MOST_SCRIPTS: Final = 50
_KINDS: Final = ("Article", "Posting", "Report", "WebPage")


def linked_articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield what JSON-LD says of articles, of which a page may have a list or a graph.

    What cannot be read is passed over, as search engines do: what else the page says still counts.

    >>> from lxml.html import fromstring
    >>> linked = '[{"@type": "Movie"}, {"@type": ["NewsArticle"], "headline": "More shops"}]'
    >>> page = fromstring(f'<p>A<script type="application/ld+json">{linked}</script>')
    >>> [article["headline"] for article in linked_articles(page)]
    ['More shops']
    """
    for number, script in enumerate(tree.iter("script")):
        is_linked = script.get("type", "").strip().lower() == "application/ld+json"
        if number < _MOST_SCRIPTS and is_linked:
            yield from _articles_in(script.text or "")


def _articles_in(text: str) -> Iterator[dict[str, Any]]:
    if json_too_deep(text.encode("utf-8", "replace")):
        return
    try:
        waiting: list[Any] = [json.loads(text)]
    except ValueError:
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            # What an article mentions, such as a film, is another thing, of another day.
            if _is_article(one.get("@type")):
                yield one
            waiting += [one[key] for key in ("@graph", "mainEntity") if key in one]


def _is_article(kinds: Any) -> bool:
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(str(name).endswith(_KINDS) for name in names)
