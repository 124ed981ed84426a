"""How two things that a text names stand to each other, where its words are clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.proposals import Proposal
from kg.drafting.reading import COMPANIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.drafting.known import Mention
    from kg.drafting.plan_words import PlanWords
    from kg.drafting.reading import Reading

OFFICES: Final = ("chiefExecutiveOf", "founderOf", "coFounderOf", "chairs", "managesFor")
_MOST_BETWEEN: Final = 9


def find_offices(readings: Sequence[Reading], language: PlanWords) -> Iterator[Proposal]:
    """Yield who leads or founded what, where a person and a company stand side by side: "Acme CEO Jane Roe"."""
    for reading in readings:
        for one, other in zip(reading.mentions, reading.mentions[1:], strict=False):
            between = reading.words[reading.number(one.end) : reading.number(other.start)]
            if not 0 < len(between) <= _MOST_BETWEEN:
                continue
            for predicate, words in language.between.items():
                hit_first = _fills(words.of_first, between)
                hit_second = _fills(words.of_second, between)
                if hit_first and _fit(one, other):
                    yield _relation(one, predicate, other)
                elif hit_second and _fit(other, one):
                    yield _relation(other, predicate, one)


def _fills(phrases: object, words: Sequence[object]) -> bool:
    hits = phrases.find(words)  # type: ignore[attr-defined]
    return bool(hits) and hits[0].first == 0 and hits[0].last == len(words)


def _fit(person: Mention, company: Mention) -> bool:
    return person.type == "Person" and company.type in COMPANIES


def _relation(subject: Mention, predicate: str, object_: Mention) -> Proposal:
    span = min(subject.start, object_.start), max(subject.end, object_.end)
    keys = {
        "type": "Relation",
        "subject": subject.thing,
        "predicate": predicate,
        "object": object_.thing,
        "mode": "reporters-own",
    }
    return Proposal(keys, (span,))
