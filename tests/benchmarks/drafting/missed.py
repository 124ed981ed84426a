"""What was missed and what is wrong, for whoever mends the grammar: of tuned texts and the seed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.drafting.matching import GRADED, pair_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.drafting import Proposal
    from tests.benchmarks.drafting.texts import GoldText

_SHOWN: Final = (
    "status", "value", "minimum", "maximum", "comparator", "unit", "indicator", "about", "due", "when", "place",
    "speaker",
)  # fmt: skip


def lines(drafts: Iterable[tuple[GoldText, Sequence[Proposal]]]) -> Iterator[str]:
    """Yield a line for each statement that was missed, and for each proposal that is none."""
    for text, proposed in drafts:
        yield f"{text.name}\n"
        pairs = pair_up(text.statements, proposed)
        found, right = {id(p.gold) for p in pairs}, {id(p.proposed) for p in pairs}
        for sign, some, known in (("-", text.statements, found), ("+", proposed, right)):
            for one in some:
                if one.keys["type"] in GRADED and id(one) not in known:
                    yield f"  {sign} {_told(one)} | {_words(text, one)}\n"


def _told(statement: Proposal) -> str:
    keys = statement.keys
    said = (f"{key}={keys[key]}" for key in _SHOWN if key in keys)
    return f"{keys['type']} {' '.join(said)}"


def _words(text: GoldText, statement: Proposal) -> str:
    words = " ... ".join(text.paper.text[start:end] for start, end in statement.spans)
    return words.replace("\n", " ")
