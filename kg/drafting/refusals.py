"""What may be proposed of a text, and what was refused, whoever proposed it; `kg.drafting.sieve` has the reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base import counted
from kg.drafting.sieve import Sieve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.drafting.papers.documents import Paper
    from kg.drafting.proposals import Proposal
    from kg.query import Index


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """Why something was refused, and who proposed it."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sifted:
    """What may be proposed, what was refused, and `remarks` on how it came about, each a sentence."""

    proposals: tuple[Proposal, ...]
    refused: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()


def sift(
    proposals: Iterable[Proposal], paper: Paper, index: Index, *, by_rule: bool = False
) -> Sifted:
    """Return the proposals that may stand, in their order, and why others may not.

    Args:
        proposals: what is proposed.
        paper: the text that it is proposed of.
        index: the graph whose terms and things may be named.
        by_rule: whether who proposes takes days from other sentences by a rule ("over the same period"). Then
            the words of these days are evidence as well; of a model that would let any day of the text pass. Who
            has no rules is not trusted to know whose plan it is, either: where the words name another company,
            a note says so.

    Refused is a proposal without an exact place in the text; one whose value, minimum, maximum, baseline or
    day does not stand in its words; one with a unit or comparator of its own; one with a key, term or thing that
    is neither known nor described; and one about a company or person whom the text does not name.

    >>> import kg
    >>> from kg.drafting import Paper, Proposal
    >>> index = kg.build(check=False).index
    >>> sifted = sift([Proposal({"type": "Hope"}, ((0, 4),))], Paper("Some hope."), index)
    >>> sifted.proposals, tell_refused(sifted.refused)
    ((), ['1 proposal of grammar is left out: its type is no kind of statement'])
    """
    sieve = Sieve(paper, index)
    kept, refused = [], []
    for proposed in proposals:
        proposal = sieve.with_words_of_days(proposed) if by_rule else proposed
        reason = sieve.reason_against(proposal)
        if reason is None:
            kept.append(proposal if by_rule else sieve.with_caution(proposal))
        else:
            refused.append(Refusal(proposal.by, reason))
    return Sifted(tuple(kept), tuple(refused))


def tell_refused(refused: Iterable[Refusal]) -> list[str]:
    """Return a sentence for each reason: how many were refused for it, of whom."""
    counts = Counter(refused)
    return [
        f"{counted(number, 'proposal')} of {refusal.by} {'is' if number == 1 else 'are'} left out:"
        f" {refusal.reason}"
        for refusal, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
