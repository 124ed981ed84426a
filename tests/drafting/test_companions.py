"""Who acts where two companies are named before a verb, and which day is meant where two are told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

if TYPE_CHECKING:
    import kg

KEYS = ("about", "value", "status", "due")
STATED = {
    "a partner acts": (
        "Xiaomi's partner Foxconn will hire 5,000 people in India.",
        ["foxconn-india-electronics 5000 announced"],
    ),
    "a supplier acts": (
        "Xiaomi supplier Bolt Electronics will open a plant in India next year.",
        [],
    ),
    "a plan is whose it is": (
        "Xiaomi welcomed Samsung's plan to build a plant in India.",
        ["samsung-noida announced"],
    ),
    "who leads a company acts for it": (
        "Xiaomi's chief executive Lei Jun plans to open a plant in India.",
        ["xiaomi-india-first-plant announced"],
    ),
    "what another has is not what is sold": (
        "Xiaomi sold its stake in Bolt, which has 40 shops in India.",
        [],
    ),
    "what is to come is due then": (
        "Xiaomi plans to open the plant in India that it announced in 2022 by 2027.",
        ["xiaomi-india-first-plant announced 2027-12-31"],
    ),
    "what closes was opened once": (
        "Ford will close the plant in Kentucky that it opened in 2019.",
        ["ford-kentucky-manufacturing-end announced"],
    ),
}


@pytest.mark.parametrize(("text", "stated"), STATED.values(), ids=STATED)
def test_states(graph: kg.Graph, text: str, stated: list[str]) -> None:
    proposals = propose(Paper(text, published=date(2025, 11, 18), language="en"), graph.index)
    told = [
        " ".join(str(p.keys[k]) for k in KEYS if k in p.keys)
        for p in proposals
        if p.keys["type"] != "Relation"
    ]
    assert told == stated
