"""The grammar of plans: what a text says, as proposed statements with the places of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.drafting.documents import Paper
    from kg.drafting.proposals import Proposal
    from kg.query import Index


def propose(paper: Paper, index: Index) -> list[Proposal]:
    """Return what a text states, in its order; names are those of things in `index`."""
    raise NotImplementedError
