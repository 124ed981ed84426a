"""What LangExtract found, as proposals: the place of the words, and the things that are described beside them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from kg.drafting.prompts import THING
from kg.drafting.proposals import Proposal
from kg.drafting.refusals import Refusal
from kg.drafting.standing import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DESCRIBING: Final = frozenset({"id", "type", "label", "alias", "company", "kind"})
# A model writes straight quotes for curved ones: the same words, and as many characters.
_STRAIGHT: Final = str.maketrans("‘’“”", "''\"\"")


def read_items(items: Iterable[Any], text: str, by: str) -> tuple[list[Proposal], list[Refusal]]:
    """Return LangExtract's extractions from a text as proposals, and why others are none."""
    proposals, refused = [], []
    described: dict[str, Mapping[str, str | list[str]]] = {}
    placed = []
    for item in items:
        place = find_place(item, text)
        if place is None:
            refused.append(Refusal(by, "its words do not stand so in the text"))
        elif item.extraction_class != THING:
            placed.append((item, place))
        elif reason := _undescribed(item.attributes, described):
            refused.append(Refusal(by, reason))
        else:
            described[str(item.attributes["id"])] = dict(item.attributes)
    for item, place in placed:
        keys = {"type": str(item.extraction_class), **(item.attributes or {})}
        proposals.append(Proposal(keys, (place,), tuple(_things(keys, described)), by))
    return proposals, refused


def find_place(item: Any, text: str) -> tuple[int, int] | None:
    """Return where the very words of an extraction stand in a text, or None.

    LangExtract gives a place to words that it only finds alike, and calls words that do stand there alike where
    another extraction has them, too. So the words themselves are compared, whatever it says of their place.
    """
    words = unicodedata.normalize("NFC", item.extraction_text).translate(_STRAIGHT).strip()
    straight = text.translate(_STRAIGHT)
    at = item.char_interval
    if at is not None and at.start_pos is not None and at.end_pos is not None:
        found = straight[at.start_pos : at.end_pos]
        if found.split() == words.split():
            return at.start_pos, at.end_pos
    if straight.count(words) == 1:
        start = straight.index(words)
        return start, start + len(words)
    return None


def _undescribed(
    said: Mapping[str, str | list[str]] | None, described: Mapping[str, object]
) -> str | None:
    """Return why what is said of a thing describes none, or None."""
    if not said or "id" not in said or not isinstance(said["id"], str):
        return "it describes a thing without id, type and label"
    if not said.keys() <= _DESCRIBING:
        return "it says more of a thing than what it is and is called"
    return "it describes a thing twice" if said["id"] in described else None


def _things(
    keys: Mapping[str, str | list[str]], described: Mapping[str, Mapping[str, str | list[str]]]
) -> Iterator[Mapping[str, str | list[str]]]:
    """Yield the described things that some keys name, and those that they name in turn, each once."""
    waiting = [name for key, value in keys.items() if key != "type" for name in listed(value)]
    seen = set()
    while waiting:
        name = waiting.pop(0)
        if name in described and name not in seen:
            seen.add(name)
            yield described[name]
            waiting += listed(described[name].get("company", []))
