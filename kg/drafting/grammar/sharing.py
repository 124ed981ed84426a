"""Numbers of several companies in one clause: "Acme led with 25 per cent, ahead of Bolt with 10"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.counting import unit_of
from kg.drafting.grammar.reading import COMPANIES, within

if TYPE_CHECKING:
    from kg.drafting.grammar.said import Said

_FEWEST: Final = 2
_COUNTED: Final = frozenset({None, "achieved"})
"""The senses of clauses that tell what is there, and not what is planned."""


def shared_out(said: Said) -> list[str] | None:
    """Return whose each number of a clause is, where each stands behind the name of a company of its own.

    None is where names and numbers do not take turns, beginning with a name, or only one company is named.
    """
    start, end = said.reading.span(said.clause)
    named = [m for m in within(said.reading.mentions, start, end) if m.type in COMPANIES]
    is_one = len({mention.thing for mention in named}) < _FEWEST
    if is_one or len(named) != len(said.amounts) or said.clause.sense not in _COUNTED:
        return None
    turns = sorted([*((m.start, m.thing) for m in named), *((a.start, "") for a in said.amounts)])
    takes_turns = bool(turns[0][1]) and all(
        bool(one[1]) != bool(b[1]) for one, b in pairwise(turns)
    )
    is_alike = len({unit_of(amount) for amount in said.amounts}) == 1
    return [thing for _, thing in turns if thing] if takes_turns and is_alike else None
