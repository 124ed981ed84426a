"""Currencies that the graph does not list yet, as a source describes them: "3.4 billion crowns" of a Norwegian firm."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.drafting.language import lexicon_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from kg.drafting.proposals import Proposal

_PREFIX: Final = "currency:"


def with_currency(proposal: Proposal, listed: AbstractSet[str], code: str) -> Proposal:
    """Return a proposal with the currency of its number, described where `listed` has none of its code.

    >>> from kg.drafting import Proposal
    >>> told = with_currency(Proposal({"unit": "currency:NOK"}, ((0, 5),)), {"currency:EUR"}, "en")
    >>> told.things
    ({'id': 'currency:NOK', 'type': 'Currency', 'label': 'Norwegian krone', 'symbol': 'NOK'},)
    """
    unit = str(proposal.keys.get("unit", ""))
    if not unit.startswith(_PREFIX) or unit in listed:
        return proposal
    symbol = unit.removeprefix(_PREFIX)
    label = lexicon_of(code).get("currencies", {}).get(symbol, symbol)
    thing = {"id": unit, "type": "Currency", "label": label, "symbol": symbol}
    return replace(proposal, things=(thing, *proposal.things))
