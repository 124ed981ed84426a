"""Partners, stakes and the like: relations that the verb of a clause names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.reading import SPEAKERS
from kg.drafting.grammar.senses import TURNS
from kg.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.telling import Keys
    from kg.drafting.known import Mention

_NEAR: Final = 4
_UNSURE: Final = TURNS | {"considered", "former", "forecast"}


def tied(said: Said) -> Iterator[Proposal]:
    """Yield whom the company of a clause works with or owns a part of, where that is so or decided."""
    sense = said.clause.sense
    if sense in _UNSURE:
        return
    for hit in said.memory.language.verbs.find(said.words):
        for other in _objects(said, said.words[hit.last - 1].end):
            keys: Keys = {
                "type": "Relation",
                "subject": str(said.company),
                "predicate": hit.meaning,
                "object": other.thing,
            }
            if sense == "announced":
                keys["status"] = sense
            span = said.trimmed(said.clause.first, said.reading.number(other.end))
            yield Proposal(keys | said.told(said.place(other.start)), (span,))


def _objects(said: Said, place: int) -> Iterator[Mention]:
    """Yield the organizations that follow a place, one behind the other: "A, B and C"."""
    reading = said.reading
    at = reading.number(place)
    for mention in reading.mentions:
        first = reading.number(mention.start)
        is_object = mention.type in SPEAKERS - {"Person"} and mention.thing != said.company
        if is_object and at <= first <= at + _NEAR:
            yield mention
            at = reading.number(mention.end)
