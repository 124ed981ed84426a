"""Companies that a text tells the plans of and the graph does not know yet.

A name is a run of words with capitals that no known thing has. It is taken for a company where it stands
before a verb of planning, comes twice or more, and is one word or ends as companies do ("Bolt Motors");
a word that is part of a longer name ("Roe" of "Jane Roe") is somebody's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

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


def with_newcomers(
    readings: Sequence[Reading], language: PlanWords
) -> tuple[list[Reading], dict[str, dict[str, str | list[str]]]]:
    """Return the sentences with mentions of companies that are new, and how a source describes these."""
    if language.capital_nouns:
        return list(readings), {}
    # In headings any word may have a capital.
    runs = [
        [] if reading.sentence.heading else list(_runs(reading, language)) for reading in readings
    ]
    names = _companies([run for each in runs for run in each], language)
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


def _companies(runs: Sequence[_Run], language: PlanWords) -> dict[str, str]:
    """Return the names that are taken for companies, with their slugs."""
    counted = Counter(run.name for run in runs)
    inside = {run.name for run in runs if not run.begins}
    parts = {word for name in counted if " " in name for word in name.split()}
    acting = {run.name for run in runs if run.acts}
    return {
        name: slug_of(name)
        for name, times in counted.items()
        if times >= _TWICE and name in inside & acting and _is_company(name, parts, language)
    }


def _is_company(name: str, parts: set[str], language: PlanWords) -> bool:
    words = name.split()
    if len(words) == 1:
        return name not in parts
    return words[-1].lower().rstrip(".") in language.forms


def _runs(reading: Reading, language: PlanWords) -> Iterator[_Run]:
    """Yield the runs of words with capitals that nothing known has."""
    words, text = reading.words, reading.text
    cues = {clause.cue for clause in reading.clauses if clause.cue is not None}
    known = {number for number, word in enumerate(words) if reading.is_told(word.start)}
    known |= {n for h in language.peoples.find(words) for n in range(h.first, h.last)}
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and end not in known and _is_capital(text, words, end, at):
            end += 1
        if end > at:
            start, stop = words[at].start, words[end - 1].end
            acts = end in cues or (end + 1 in cues and words[end].folded in language.adverbs)
            begins = at == 0 or not words[at - 1].folded[-1].isalnum()
            yield _Run(text[start:stop], start, stop, begins, acts)
        at = max(end, at + 1)


def _is_capital(text: str, words: Sequence[Word], number: int, first: int) -> bool:
    start, end = words[number].start, words[number].end
    joined = number == first or text[words[number - 1].end : start] == " "
    return joined and text[start].isupper() and end - start > 1
