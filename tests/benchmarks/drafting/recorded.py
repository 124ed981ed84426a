"""LangExtract with a recorded answer: what is left of a model's words once they are found in the text.

`recorded/NAME.json` is what a model might answer, **written by hand**, in LangExtract's own form, faults of
the usual kinds included: words put a little differently, a figure that the text does not have, a statement
too many. So this measures LangExtract's matching, and says nothing of what any model would answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.drafting import Proposal
from tests.benchmarks.drafting.texts import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.drafting import Paper

NAME: Final = "LangExtract, a recorded answer"
RECORDED: Final = FOLDER / "recorded"


def answers() -> dict[str, Path]:
    """Return the recorded answers, by the names of their texts."""
    return {path.stem: path for path in sorted(RECORDED.glob("*.json"))}


def make(name: str, *, only_exact: bool = False) -> Callable[[Paper], list[Proposal]]:
    """Return what drafts the text called `name` by its recorded answer.

    `only_exact` drops what LangExtract finds in the text only nearly.

    Raises:
        ImportError: LangExtract is not there.
    """
    from langextract.core import data, format_handler
    from langextract.resolver import Resolver

    answer = answers()[name].read_text("utf-8")
    handler = format_handler.FormatHandler(format_type=data.FormatType.JSON, use_fences=False)

    def draft(paper: Paper) -> list[Proposal]:
        resolver = Resolver(format_handler=handler)
        found = resolver.align(resolver.resolve(answer), paper.text, token_offset=0, char_offset=0)
        return [_proposal(one) for one in found if _kept(one)]

    def _kept(one: Any) -> bool:
        exact = one.alignment_status is data.AlignmentStatus.MATCH_EXACT
        return one.char_interval is not None and (exact or not only_exact)

    return draft


def _proposal(extraction: Any) -> Proposal:
    place = extraction.char_interval
    keys = {"type": extraction.extraction_class, **(extraction.attributes or {})}
    return Proposal(keys, ((place.start_pos, place.end_pos),), by=NAME)
