"""What LangExtract found, as proposals: the place of the words, and the things that are described beside them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from kg.drafting.grammar.spans import join_spans, listed
from kg.drafting.model.prompts import ALSO, THING
from kg.drafting.proposals import Proposal
from kg.drafting.refusals import Refusal
from kg.drafting.vocabulary import is_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.query import Index

_DESCRIBING: Final = frozenset({"id", "type", "label", "alias", "company", "kind"})
# A model writes straight quotes for curved ones: the same words, and as many characters.
_STRAIGHT: Final = str.maketrans("‘’“”", "''\"\"")


def read_items(
    items: Iterable[Any], text: str, index: Index, by: str
) -> tuple[list[Proposal], list[Refusal]]:
    """Return LangExtract's extractions from a text as proposals, and why others are none.

    What a model describes although `index` knows it is left out by itself: what rests on it stays.
    """
    straight = text.translate(_STRAIGHT)
    refused = []
    described: dict[str, Mapping[str, str | list[str]]] = {}
    placed = []
    for item in items:
        said = dict(item.attributes or {})
        words = [item.extraction_text, *listed(said.pop(ALSO, []))]
        places = [find_place(words[0], straight, item.char_interval)]
        places += [find_place(each, straight, None) for each in words[1:]]
        found = [place for place in places if place is not None]
        if len(found) < len(places):
            refused.append(Refusal(by, "its words do not stand so in the text"))
        elif item.extraction_class != THING:
            placed.append(
                ({**said, "type": str(item.extraction_class)}, join_spans(found[:1], found[1:]))
            )
        elif reason := _undescribed(said, described, index):
            refused.append(Refusal(by, reason))
        else:
            described[str(said["id"])] = said
    proposals = [
        Proposal(keys, spans, tuple(_things(keys, described)), by) for keys, spans in placed
    ]
    return proposals, refused


def find_place(said: str, straight: str, near: Any) -> tuple[int, int] | None:
    """Return where very words stand in a text whose quotes are straight, or None.

    `near` is the place that LangExtract gives them.

    It gives a place to words that it only finds alike, and calls words that do stand there alike where
    another extraction has them, too. So the words themselves are compared, whatever it says of their place.
    """
    words = unicodedata.normalize("NFC", said).translate(_STRAIGHT).strip()
    if near is not None and near.start_pos is not None and near.end_pos is not None:
        found = straight[near.start_pos : near.end_pos]
        if found.split() == words.split():
            return near.start_pos, near.end_pos
    if words and straight.count(words) == 1:
        start = straight.index(words)
        return start, start + len(words)
    return None


def _undescribed(
    said: Mapping[str, str | list[str]], described: Mapping[str, object], index: Index
) -> str | None:
    """Return why what is said of a thing describes none, or None."""
    name = said.get("id")
    if not isinstance(name, str):
        return "it describes a thing without id, type and label"
    if is_known(index, name):
        return "it describes a thing that is known"
    if not said.keys() <= _DESCRIBING:
        return "it says more of a thing than what it is and is called"
    return "it describes a thing twice" if name in described else None


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
