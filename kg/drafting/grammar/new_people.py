"""People whom a text names with their office, and whom the graph does not know yet.

"Chief executive Asha Rao" and "Asha Rao, its chairwoman" tell who somebody is: a name of two or three words
with capitals, right beside what leaders of companies are called. Her last name alone is hers from there on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.drafting.known import Mention
from kg.drafting.slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.words import Word

_FEWEST: Final = 2
_MOST: Final = 3
_LONGEST_TITLE: Final = 6
_AGE: Final = 3


def with_people(
    readings: Sequence[Reading], language: PlanWords, asked: int = -1
) -> tuple[list[Reading], dict[str, Mapping[str, str | list[str]]]]:
    """Return the sentences with mentions of people who are new, and how a source describes these.

    Before the first question of an interview, at `asked`, it is told whom somebody leads, too: "Jane Roe runs Bolt".
    """
    things: dict[str, Mapping[str, str | list[str]]] = {}
    surnames: dict[str, str] = {}
    alone: set[str] = set()
    found = []
    for reading in readings:
        new: list[Mention] = []
        is_lead = reading.sentence.end <= asked
        for first, last in _named(reading, language, is_lead=is_lead):
            start, end = reading.words[first].start, reading.words[last - 1].end
            name = reading.text[start:end]
            person = slug_of(name)
            things[person] = {"id": person, "type": "Person", "label": name}
            # "Roe wants to grow, says Jane Roe": the company has the name of its family.
            alone |= {w.folded for w in reading.words[:first] if _is_name(reading, w)}
            if reading.words[last - 1].folded not in alone:
                surnames[reading.words[last - 1].folded] = person
            new.append(Mention(start, end, person, "Person"))
        told = {mention.start for mention in new}
        for number, word in enumerate(reading.words):
            if _goes_on(reading, number):
                continue  # "Roe Motors" is nobody
            is_inside = any(each.start <= word.start < each.end for each in new)
            if word.start in told or is_inside or not _is_name(reading, word):
                continue
            alone.add(word.folded)
            if word.folded in surnames:
                new.append(Mention(word.start, word.end, surnames[word.folded], "Person"))
        found.append(
            replace(reading, mentions=sorted([*reading.mentions, *new])) if new else reading
        )
    return found, things


def _named(reading: Reading, language: PlanWords, *, is_lead: bool) -> Iterator[tuple[int, int]]:
    """Yield the names beside an office, each as its words."""
    words = reading.words
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _is_capital(reading, end, at):
            end += 1
        begin = _behind_title(reading, at, end, language)
        if reading.words[at].folded in language.foreign:
            begin = end  # "Governor Jane Roe" is of no company
        if _FEWEST <= end - begin <= _MOST and (
            begin > at
            or _ends_title(reading, at, language)
            or _is_before(reading, end, language)
            or (is_lead and _leads(reading, end, language))
        ):
            yield begin, end
        at = max(end, at + 1)


def _is_name(reading: Reading, word: Word) -> bool:
    return reading.text[word.start].isupper() and not reading.is_told(word.start)


def _goes_on(reading: Reading, number: int) -> bool:
    """Whether another word with a capital follows at once."""
    return number + 1 < len(reading.words) and _is_capital(reading, number + 1, number)


def _is_capital(reading: Reading, number: int, first: int) -> bool:
    word = reading.words[number]
    joined = number == first or reading.text[reading.words[number - 1].end : word.start] == " "
    is_name = reading.text[word.start].isupper() and word.end - word.start > 1
    return joined and is_name and not reading.is_told(word.start)


def _behind_title(reading: Reading, first: int, last: int, language: PlanWords) -> int:
    """Return where a name begins behind a title that has capitals, too: "Chief Executive Officer Asha Rao"."""
    hits = language.titles.find(reading.words[first:last])
    return first + hits[0].last if hits and hits[0].first == 0 else first


def _ends_title(reading: Reading, number: int, language: PlanWords) -> bool:
    """Whether a title ends right before a word."""
    begin = max(0, number - _LONGEST_TITLE)
    hits = language.titles.find(reading.words[begin:number])
    return bool(hits) and begin + hits[-1].last == number


def _is_before(reading: Reading, number: int, language: PlanWords) -> bool:
    """Whether a title stands right behind a name: ", its chairwoman", "is chief executive of"."""
    words = without_age(reading.words[number : number + _LONGEST_TITLE + _AGE])
    apart = language.apart.find(words)
    if apart and apart[0].first == 0:
        return True
    return any(
        hit.first == 0 for each in language.between.values() for hit in each.of_first.find(words)
    )


def _leads(reading: Reading, number: int, language: PlanWords) -> bool:
    """Whether it is told behind a name whom somebody leads: "runs Bolt", "has led Bolt"."""
    words = reading.words[number : number + _MOST]
    skipped = bool(words) and words[0].folded in language.having
    behind = words[skipped : skipped + _FEWEST]
    is_led = len(behind) == _FEWEST and behind[0].folded in language.leading_verbs
    return is_led and reading.text[behind[1].start].isupper()


def without_age(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words behind a name without how old somebody is: ", 61, is chairman"."""
    is_age = len(words) > _AGE and words[0].folded == words[2].folded == ","
    return words[_AGE:] if is_age and words[1].folded.isdecimal() else words
