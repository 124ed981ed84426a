"""What is said of companies that were joined, and of those that were not, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import counted, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.identity.matching import Matches


def matches_for_review(matches: Matches) -> Iterator[tuple[str, ...]]:
    """Yield rows of cells for people to look at: conflicts, a sentence each, then pairs that are merely alike."""
    yield from ((conflict.as_line(),) for conflict in matches.conflicts)
    yield from (tuple(map(str, pair)) for pair in matches.review)


def what_was_joined(matches: Matches, *, review: bool = False) -> Iterator[str]:
    """Yield which companies are known ones, by what, and how much is left for people to look at.

    Args:
        matches: what became of the companies.
        review: whether that is being told already, by `matches_for_review`.

    >>> from kg.identity.matching import Matches
    >>> list(what_was_joined(Matches({"a:1": "a:acme"}, {}, {}, (), 2)))
    ['a:1 is a:acme', '2 pairs of companies may be the same; --review lists them']
    """
    for iri, same in sorted(matches.certain.items()):
        by = f", by its {matches.by[iri]}" if iri in matches.by else ""
        yield f"{shorten(iri)} is {shorten(same)}{by}"
    if review:
        if matches.more:
            yield f"{counted(matches.more, 'pair')} of companies more, less alike than these"
        return
    if matches.conflicts:
        told = counted(len(matches.conflicts), "conflict")
        yield f"{told} of identifiers and names, by which nobody was joined; --review tells them"
    if alike := len(matches.review) + matches.more:
        yield f"{counted(alike, 'pair')} of companies may be the same; --review lists them"
