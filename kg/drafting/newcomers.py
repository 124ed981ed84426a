"""Companies that a text tells the plans of and the graph does not know yet.

A name is a run of words with capitals that no known thing has. It is taken for a company where it stands
before a verb of planning or behind what companies are called ("the phone maker Bolt"), and comes twice, or in
the title. It is one word, or ends as companies do ("Bolt Motors"); a word that is part of a longer name
("Roe" of "Jane Roe") is somebody's, unless the title has it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import fold
from kg.drafting.known import Mention
from kg.drafting.slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.drafting.plan_words import PlanWords
    from kg.drafting.reading import Reading
    from kg.drafting.words import Word

_TWICE: Final = 2


class _Run(NamedTuple):
    """A run of words with capitals: its name, its place, and how it stands."""

    name: str
    start: int
    end: int
    begins: bool
    acts: bool
    called: bool


def with_newcomers(
    readings: Sequence[Reading], language: PlanWords, title: str
) -> tuple[list[Reading], dict[str, dict[str, str | list[str]]]]:
    """Return the sentences with mentions of companies that are new, and how a source describes these."""
    # In headings any word may have a capital.
    runs = [
        [] if reading.sentence.heading else list(_runs(reading, language)) for reading in readings
    ]
    lower = {w.folded for r in readings for w in r.words if r.text[w.start].islower()}
    known = _Known(language, {word.strip("’'s,:.") for word in title.split()}, lower)
    names = _companies([run for each in runs for run in each], known)
    things: dict[str, dict[str, str | list[str]]] = {}
    found = []
    for reading, each in zip(readings, runs, strict=True):
        new = [
            Mention(run.start, run.end, names[run.name], "Company")
            for run in each
            if run.name in names
        ]
        for run in each:
            if run.name in names:
                slug = names[run.name]
                things[slug] = {"id": slug, "type": "Company", "label": run.name}
        found.append(
            replace(reading, mentions=sorted([*reading.mentions, *new])) if new else reading
        )
    return found, things


class _Known(NamedTuple):
    """What names are held against: the language, the words of the title, and those in small letters."""

    language: PlanWords
    title: set[str]
    lower: set[str]


def _companies(runs: Sequence[_Run], known: _Known) -> dict[str, str]:
    """Return the names that are taken for companies, with their slugs."""
    by_name: defaultdict[str, list[_Run]] = defaultdict(list)
    for run in runs:
        by_name[run.name].append(run)
    parts = {word for name in by_name if " " in name for word in name.split()}
    return {
        name: slug_of(name)
        for name, same in sorted(by_name.items())
        if _is_named(same, known) and _is_company(name, parts, known)
    }


def _is_named(runs: Sequence[_Run], known: _Known) -> bool:
    """Whether what has a capital is a name that a text speaks of, and who acts in it.

    The first word of a sentence has a capital anyway, and in some languages every noun has one.
    """
    called = any(run.called for run in runs)
    if called or known.language.capital_nouns:
        return called
    often = len(runs) >= _TWICE or runs[0].name.split()[0] in known.title
    inside = any(not run.begins for run in runs)
    acts = any(run.acts for run in runs)
    return often and acts and (inside or not _is_word(runs[0].name, known))


def _is_word(name: str, known: _Known) -> bool:
    word = fold(name.split(maxsplit=1)[0])
    return word in known.lower or word in known.language.vocabulary


def _is_company(name: str, parts: set[str], known: _Known) -> bool:
    words = name.split()
    if name in known.language.lands:
        return False
    if len(words) == 1:
        return name not in parts or name in known.title
    return words[-1].lower().rstrip(".") in known.language.forms


def _runs(reading: Reading, language: PlanWords) -> Iterator[_Run]:
    """Yield the runs of words with capitals that nothing known has."""
    words, text = reading.words, reading.text
    cues = {clause.cue for clause in reading.clauses if clause.cue is not None}
    known = {number for number, word in enumerate(words) if reading.is_told(word.start)}
    known |= {n for h in language.peoples.find(words) for n in range(h.first, h.last)}
    at = 0
    while at < len(words):
        end = at
        most = at + 1 if language.capital_nouns else len(words)
        while end < most and end not in known and _is_capital(text, words, end, at):
            end += 1
        if end > at:
            start, stop = words[at].start, words[end - 1].end
            acts = (
                _stands_apart(words, end, language)
                or end in cues
                or (end + 1 in cues and words[end].folded in language.adverbs)
            )
            begins = at == 0 or not words[at - 1].folded[-1].isalnum()
            before = language.company_words.find(words[max(0, at - 1) : at])
            called = bool(before) and "nouns" in before[0].meanings
            yield _Run(text[start:stop], start, stop, begins, acts, called)
        at = max(end, at + 1)


def _is_capital(text: str, words: Sequence[Word], number: int, first: int) -> bool:
    start, end = words[number].start, words[number].end
    joined = number == first or text[words[number - 1].end : start] == " "
    return joined and text[start].isupper() and end - start > 1


def _stands_apart(words: Sequence[Word], end: int, language: PlanWords) -> bool:
    """Whether more is told of a name at once: "Bolt, which makes bolts, will ..."."""
    joints = language.joints.find(words[end + 1 : end + 2])
    is_comma = end < len(words) and words[end].folded == ","
    return is_comma and bool(joints) and "relative" in joints[0].meanings
