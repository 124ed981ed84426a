"""What drafting costs: articles made of the texts, and the processor seconds that a tool takes for them."""

from __future__ import annotations

import random
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.drafting import Paper, Proposal
    from tests.benchmarks.drafting.texts import GoldText

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
        lines, length = [], 0
        while length < LENGTH:
            line = _FIGURE.sub(
                lambda _: f"{dice.randrange(1_000, 999_999):,}",
                dice.choice(paragraphs[paper.language]),
            )
            lines.append(line)
            length += len(line) + 2
        made.append(replace(paper, text="\n\n".join(lines)[:LENGTH]))
    return made


def seconds(draft: Callable[[Paper], Sequence[Proposal]], papers: Sequence[Paper]) -> float:
    """Return the processor seconds of this process for drafting `papers`, what is read once left out."""
    draft(papers[0])
    begun = time.process_time()
    for paper in papers:
        draft(paper)
    return time.process_time() - begun
