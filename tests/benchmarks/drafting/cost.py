"""What drafting costs: articles made of the texts, and the processor seconds that a tool takes for them."""

from __future__ import annotations

import html
import random
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.drafting import Paper
    from tests.benchmarks.drafting.texts import GoldText

T = TypeVar("T")

LENGTH: Final = 3_000
"""Characters of an article, at most: that of a usual report."""

_FIGURE: Final = re.compile(r"\d{1,3}(?:,\d{3})+")


def articles(texts: Sequence[GoldText], count: int) -> list[Paper]:
    """Return `count` articles of paragraphs drawn from `texts`, with other figures: always the same ones."""
    dice = random.Random(17)  # noqa: S311 - no secret
    languages = sorted({text.paper.language for text in texts})
    paragraphs = {
        language: [
            line
            for text in texts
            if text.paper.language == language
            for line in text.paper.text.splitlines()
            if line
        ]
        for language in languages
    }
    made = []
    for _ in range(count):
        paper = dice.choice(texts).paper
        lines, length = [], -2  # the last one has no empty line behind it
        while length < LENGTH:
            line = _FIGURE.sub(
                lambda _: f"{dice.randrange(1_000, 999_999):,}",
                dice.choice(paragraphs[paper.language]),
            )
            lines.append(line)
            length += len(line) + 2
        made.append(replace(paper, text="\n\n".join(lines)[:LENGTH]))
    return made


def page_of(paper: Paper) -> bytes:
    """Return a paper as a page of a small outlet, with what stands around an article."""
    paragraphs = "\n".join(
        f"<p>{html.escape(line)}</p>" for line in paper.text.splitlines() if line
    )
    return f"""<!doctype html>
<html lang="{paper.language}"><head><meta charset="utf-8"><title>{html.escape(paper.title or "")}</title>
<meta property="og:site_name" content="Example Gazette">
<meta property="article:published_time" content="{paper.published}"></head>
<body><nav><a href="/">Home</a> <a href="/business">Business</a></nav>
<article><h1>{html.escape(paper.title or "")}</h1>
{paragraphs}
</article><footer>All rights reserved</footer></body></html>
""".encode()


def seconds(work: Callable[[T], object], items: Sequence[T]) -> float:
    """Return the processor seconds of this process for `work` on all items, what is read once left out."""
    work(items[0])
    begun = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - begun
