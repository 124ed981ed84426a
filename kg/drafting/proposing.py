"""All that is proposed of a text: by the grammar, and by a model where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.drafting.grammar.grammar import propose
from kg.drafting.language import LanguageError
from kg.drafting.refusals import Sifted, sift

if TYPE_CHECKING:
    from kg.drafting.model.choice import ModelChoice
    from kg.drafting.papers.documents import Paper
    from kg.query import Index


def propose_all(paper: Paper, index: Index, choice: ModelChoice | None = None) -> Sifted:
    """Return what may be proposed of a text, in its order, and what was refused.

    Without a `choice` the grammar proposes alone, and nothing leaves the machine.

    Raises:
        KgError: the model cannot be asked, or does not answer; see `propose_by_model`.
    """
    ours = _by_grammar(paper, index)
    if choice is None:
        return ours
    from kg.drafting.merging import merge_proposals  # most have no model
    from kg.drafting.model.model import propose_by_model  # the same

    theirs = propose_by_model(paper, index, choice)
    merged = merge_proposals(ours.proposals, theirs.proposals)
    return Sifted(tuple(merged), (*ours.refused, *theirs.refused), (*ours.remarks, *theirs.remarks))


def _by_grammar(paper: Paper, index: Index) -> Sifted:
    try:
        proposals = propose(paper, index)
    except LanguageError as error:
        return Sifted((), remarks=(f"The grammar proposes nothing: {error}.",))
    return sift(proposals, paper, index, by_rule=True)
