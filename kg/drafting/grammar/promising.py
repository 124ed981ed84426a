"""Whose a number is that stands before its company: "of the 500 jobs that Acme promised, few exist"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.drafting.grammar.reading import COMPANIES, within
from kg.drafting.grammar.senses import TARGETED

if TYPE_CHECKING:
    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.reading import Reading


def promising(reading: Reading, clause: Clause) -> str | None:
    """Return the company of which it is told right behind a clause that it planned what the clause counts."""
    following = next((each for each in reading.clauses if each.first == clause.last), None)
    if following is None or following.joint != "relative" or following.sense not in TARGETED:
        return None
    start = reading.words[following.first].start
    end = reading.words[following.cue or following.first].start
    named = [each.thing for each in within(reading.mentions, start, end) if each.type in COMPANIES]
    return named[0] if len(named) == 1 else None
