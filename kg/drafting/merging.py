"""What two have proposed of one text, as one list: the same once, and rivals next to each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.grammar.spans import join_spans, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.drafting.proposals import Proposal

# What makes two statements of one kind in the same words the same fact.
_FACT: Final = (
    "value", "minimum", "maximum", "due", "when", "status", "subject", "predicate", "object",
)  # fmt: skip
_FREE: Final = frozenset({"note"})
_WORTH_A_NOTE: Final = 3


class _Likeness(NamedTuple):
    """How alike two proposals are, by their places in the two lists; the least of several is the nearest."""

    how_many: int
    first: int
    second: int
    differing: tuple[str, ...]


def merge_proposals(first: Sequence[Proposal], second: Sequence[Proposal]) -> list[Proposal]:
    """Return what two propose of one text, in the order of the text.

    A statement that both propose - of one type, in overlapping words, with nothing that differs - is
    proposed once, with what either of them adds, and `by` names both. Where they differ, in one key or
    with the same number and day, both stand next to each other, on the same words, and a note of each says in what.

    >>> from kg.drafting import Proposal
    >>> said = {"type": "Target", "value": "20", "due": "2030-12-31"}
    >>> ours, theirs = Proposal(said, ((0, 9),)), Proposal({**said, "place": "india"}, ((4, 9),), by="x")
    >>> [(proposal.by, proposal.keys["place"]) for proposal in merge_proposals([ours], [theirs])]
    [('grammar, x', 'india')]
    """
    pairs = _paired(first, second)
    partners = {pair.first: pair for pair in pairs}
    taken = {pair.second for pair in pairs}
    merged: list[list[Proposal]] = []
    for at, ours in enumerate(first):
        if at not in partners:
            merged.append([ours])
            continue
        theirs, differing = second[partners[at].second], partners[at].differing
        if differing:
            merged.append([_noted(ours, theirs, differing), _noted(theirs, ours, differing)])
        else:
            merged.append([_united(ours, theirs)])
    merged += [[theirs] for at, theirs in enumerate(second) if at not in taken]
    # Rivals stand where the first of them does.
    return [each for group in sorted(merged, key=lambda g: min(g[0].spans)) for each in group]


def _paired(first: Sequence[Proposal], second: Sequence[Proposal]) -> list[_Likeness]:
    """Return who is to be held against whom, each at most once, the most alike first."""
    likely = (
        _Likeness(len(differing), at, other, differing)
        for at, ours in enumerate(first)
        for other, theirs in enumerate(second)
        if (differing := _differing(ours, theirs)) is not None
    )
    chosen: list[_Likeness] = []
    for likeness in sorted(likely):
        if all(
            likeness.first != other.first and likeness.second != other.second for other in chosen
        ):
            chosen.append(likeness)
    return chosen


def _differing(ours: Proposal, theirs: Proposal) -> tuple[str, ...] | None:
    """Return the keys in which two proposals of the same words differ; None if these are two facts."""
    if ours.keys["type"] != theirs.keys["type"] or not _overlap(ours.spans, theirs.spans):
        return None
    keys = {**ours.keys, **theirs.keys}.keys() - _FREE
    both = [key for key in sorted(keys) if key in ours.keys and key in theirs.keys]
    differing = tuple(
        key for key in both if set(listed(ours.keys[key])) != set(listed(theirs.keys[key]))
    )
    # A number or day that only one of them has is an addition to the other, and no other fact.
    same_fact = not any(key in differing for key in _FACT)
    return differing if same_fact or len(differing) == 1 else None


def _overlap(ours: Iterable[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in ours for c, d in theirs)


def _united(ours: Proposal, theirs: Proposal) -> Proposal:
    described = {str(thing["id"]): thing for thing in (*theirs.things, *ours.things)}
    return replace(
        ours,
        keys={**theirs.keys, **ours.keys},
        spans=join_spans(ours.spans, theirs.spans),
        things=tuple(described.values()),
        by=f"{ours.by}, {theirs.by}",
    )


def _noted(ours: Proposal, theirs: Proposal, differing: Sequence[str]) -> Proposal:
    told = [f"{key}: {_said(theirs.keys, key)}" for key in differing[:_WORTH_A_NOTE]]
    note = f"{theirs.by} differs: {'; '.join(told)}."
    before = ours.keys.get("note")
    notes = f"{' '.join(listed(before))} {note}" if before else note
    spans = join_spans(ours.spans, theirs.spans)
    return replace(ours, keys={**ours.keys, "note": notes}, spans=spans)


def _said(keys: Mapping[str, str | list[str]], key: str) -> str:
    return ", ".join(listed(keys[key]))
