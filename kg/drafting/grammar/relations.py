"""How two things that a text names stand to each other, where its words are clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.new_people import without_age
from kg.drafting.grammar.reading import COMPANIES
from kg.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.drafting.grammar.phrases import Phrases
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.words import Word
    from kg.drafting.known import Mention

_MOST_BETWEEN: Final = 9


def find_offices(
    readings: Sequence[Reading],
    language: PlanWords,
    company: str | None,
    offices: Mapping[str, frozenset[str]],
    named: int,
) -> list[Proposal]:
    """Return who leads or founded what, each once: "Acme CEO Jane Roe", "its chairman, Jane Roe".

    Args:
        readings: the sentences of a text.
        language: its words.
        company: the company that the text is about, of which an office is where no other is named.
        offices: for whom a person is known to work: who is known to work for others alone holds no
            office of this company.
        named: where that company is named first, -1 in the title: before, nobody is known to be of it.
    """
    found: dict[tuple[str, str, str], Proposal] = {}
    for reading in readings:
        own = company if named < reading.sentence.end else None
        for office in (*_beside(reading, language), *_titled(reading, language, own, offices)):
            key = tuple(str(office.keys[part]) for part in ("subject", "predicate", "object"))
            found.setdefault((key[0], key[1], key[2]), office)
    return list(found.values())


def _beside(reading: Reading, language: PlanWords) -> Iterator[Proposal]:
    """Yield the offices of people who stand beside the name of a company."""
    for one, other in zip(reading.mentions, reading.mentions[1:], strict=False):
        between = reading.words[reading.number(one.end) : reading.number(other.start)]
        between = without_age(between)
        if not 0 < len(between) <= _MOST_BETWEEN:
            continue
        for predicate, words in language.between.items():
            span = one.start, other.end
            if _is_office(one, other) and _fills(words.of_first, between):
                yield _relation(one.thing, predicate, other.thing, span)
            elif _is_office(other, one) and _fills(words.of_second, between):
                yield _relation(other.thing, predicate, one.thing, span)


def _titled(
    reading: Reading,
    language: PlanWords,
    company: str | None,
    offices: Mapping[str, frozenset[str]],
) -> Iterator[Proposal]:
    """Yield the offices of people who stand beside a title alone: of the company that the text is about."""
    for person in reading.mentions:
        known = offices.get(person.thing)
        if person.type != "Person" or company is None or (known and company not in known):
            continue
        first, last = reading.number(person.start), reading.number(person.end)
        for hit in language.titles.find(reading.words[max(0, first - 5) : first]):
            begin = max(0, first - 5) + hit.first
            if begin + hit.last - hit.first == first and not _is_named(reading, begin):
                span = reading.words[begin].start, person.end
                yield from (_relation(person.thing, each, company, span) for each in hit.meanings)
        for hit in language.apart.find(reading.words[last : last + _MOST_BETWEEN]):
            of_another = _is_named_behind(reading, last, last + hit.last) or _is_of_another(
                reading, last + hit.last, language
            )
            if hit.first == 0 and not of_another:
                span = person.start, reading.words[last + hit.last - 1].end
                yield from (_relation(person.thing, each, company, span) for each in hit.meanings)


def _is_named(reading: Reading, at: int) -> bool:
    """Whether a name stands before a title, which is that of somebody else's company."""
    if at == 0:
        return False
    word = reading.words[at - 1]
    return at > 1 and reading.text[word.start].isupper()


def _is_named_behind(reading: Reading, first: int, last: int) -> bool:
    """Whether a title goes on with a company: ", chief executive of Bolt"."""
    start, end = (
        reading.words[first].start,
        reading.words[min(last + 2, len(reading.words) - 1)].end,
    )
    return any(m.type in COMPANIES and start <= m.start <= end for m in reading.mentions)


def _is_of_another(reading: Reading, number: int, language: PlanWords) -> bool:
    """Whether a title goes on with something that is no company: ", chief executive of the state"."""
    words = reading.words[number : number + 3]
    return (
        bool(words) and words[0].folded in language.weak and not language.company_words.find(words)
    )


def _fills(phrases: Phrases[bool], words: Sequence[Word]) -> bool:
    hits = phrases.find(words)
    return bool(hits) and hits[0].first == 0 and hits[0].last == len(words)


def _is_office(person: Mention, company: Mention) -> bool:
    return person.type == "Person" and company.type in COMPANIES


def _relation(subject: str, predicate: str, object_: str, span: tuple[int, int]) -> Proposal:
    keys = {
        "type": "Relation",
        "subject": subject,
        "predicate": predicate,
        "object": object_,
        "mode": "reporters-own",
    }
    return Proposal(keys, (span,))
