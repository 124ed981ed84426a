"""What a user of the other tools writes by hand: lists of verbs, and names looked up in a sentence.

The lists are short, as for a first afternoon, and know English alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.benchmarks.drafting.world import World

PLANS: Final = (
    "plan", "plans", "planned", "will", "aim", "aims", "intends", "wants", "expects", "target", "goal", "hopes",
    "promised", "should", "would", "is to", "are to", "scheduled",
)  # fmt: skip
DONE: Final = ("opened", "launched", "started", "reached", "completed", "begun", "has become")
ENDED: Final = ("cancelled", "abandoned", "scrapped", "dropped", "shelved", "given up", "giving up")
DELAYED: Final = ("delayed", "postponed", "paused", "pushed back", "put off")
STATUSES: Final = {
    "abandoned": ENDED,
    "postponed": DELAYED,
    "announced": PLANS,
    "achieved": DONE,
}
"""What a sentence with such a word reports, the first that fits."""


def status_of(sentence: str) -> str | None:
    """Return the status that a sentence reports, if any.

    >>> status_of("Acme scrapped its car.")
    'abandoned'
    """
    words = f" {' '.join(re.findall(r'[a-z]+', sentence.lower()))} "
    for status, verbs in STATUSES.items():
        if any(f" {verb} " in words for verb in verbs):
            return status
    return None


def named(sentence: str, names: dict[str, str]) -> str | None:
    """Return the thing whose name stands first in a sentence, of several there the longest."""
    found = [
        (place, -len(name), thing)
        for name, thing in names.items()
        if len(name) > 1 and (place := sentence.find(name)) >= 0
    ]
    return min(found)[2] if found else None


def keys_by_names(sentence: str, text: str, world: World) -> dict[str, str | list[str]]:
    """Return whom and what a sentence names; where it names no company, the first of its text is meant."""
    keys: dict[str, str | list[str]] = {}
    if company := named(text, world.names.get("company", {})):
        keys["about"] = company
    for key, kind in (("about", "company"), ("place", "place"), ("speaker", "person")):
        if thing := named(sentence, world.names.get(kind, {})):
            keys[key] = thing
    if indicator := named(sentence.lower(), world.names.get("indicator", {})):
        keys["indicator"] = indicator
    return keys
