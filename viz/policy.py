"""The security policy of the page: it admits the very scripts and styles of it, by their digests, and nothing else."""

import base64
import hashlib
from collections.abc import Iterable
from html.parser import HTMLParser


def policy(html: str, inflated: Iterable[str]) -> str:
    """The Content-Security-Policy that allows what is in this page, and nothing else.

    Args:
        html: The page.
        inflated: The scripts that it makes of its blocks.
    """
    parts = _Inline()
    parts.feed(html)
    parts.close()
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src", *map(_digest, (*parts.texts["script"], *inflated))]),
            " ".join(["style-src", *map(_digest, parts.texts["style"])]),
            "img-src blob:",  # a chart on its way to a file of dots; a page can make such images, and ask nobody for them
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


class _Inline(HTMLParser):
    """Collects the text of scripts that run, and of styles, in the order of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self._within: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Data blocks have a type, do not run and need no digest.
        if tag in self.texts and not dict(attrs).get("type"):
            self._within = tag
            self.texts[tag].append("")

    def handle_endtag(self, _tag: str) -> None:
        self._within = None

    def handle_data(self, data: str) -> None:
        if self._within:
            self.texts[self._within][-1] += data
