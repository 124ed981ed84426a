"""Indicators that are proposed with the numbers of a text, since the graph has none for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.language import lexicon_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.proposals import Proposal

STOCK: Final = "stock"
COUNT: Final = "NUM"
_LISTED: Final = frozenset({COUNT, "TONNE"})
"""The units that need no description."""


class Trade(NamedTuple):
    """An indicator that is proposed: its name, what it is called, how it adds up, and which way is better."""

    name: str
    label: str
    noun: str
    adds: str
    better: str
    unit: str = COUNT


def with_indicator(proposal: Proposal, trades: Mapping[str, Trade], code: str) -> Proposal:
    """Return a proposal with the indicator that is proposed for it, and its unit, as a source describes them."""
    trade = trades.get(str(proposal.keys.get("indicator")))
    if trade is None:
        return proposal
    lexicon = lexicon_of(code)
    definition = lexicon["definitions"]["indicator" if trade.unit == COUNT else "unit"]
    things = [
        {
            "id": trade.name,
            "type": "Indicator",
            "label": trade.label,
            "definition": definition.format(trade.label),
            "direction": trade.better,
            "aggregation": trade.adds,
            "unit": trade.unit if trade.unit in _LISTED else f"unit:{trade.unit}",
        }
    ]
    if trade.unit not in _LISTED:
        unit = lexicon["trades"]["units"][trade.unit]
        told = {"label": unit["label"], "symbol": unit["symbol"]}
        things.insert(0, {"id": f"unit:{trade.unit}", "type": "Unit", **told})
    return replace(proposal, things=(*things, *proposal.things))


def without_idle(stated: Sequence[Proposal], trades: Mapping[str, Trade]) -> list[Proposal]:
    """Return what is stated without observations of what nobody plans: "it sold 5,000 bikes" tells of no promise.

    An indicator that no graph has is worth a proposal where the text plans something of the same things.
    """
    planned = {
        trades[str(each.keys["indicator"])].noun
        for each in stated
        if each.keys["type"] == "Target" and each.keys["indicator"] in trades
    }
    return [
        each
        for each in stated
        if each.keys["type"] != "Observation"
        or (trade := trades.get(str(each.keys["indicator"]))) is None
        or trade.noun in planned
    ]
