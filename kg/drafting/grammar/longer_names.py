"""Names that begin with that of a known company and are another's: "Xiaomi Boltano" is not Xiaomi."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.drafting.grammar.name_runs import find_runs
from kg.drafting.grammar.reading import COMPANIES
from kg.drafting.grammar.words import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.name_runs import Run
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading


def without_longer_names(readings: Sequence[Reading], language: PlanWords) -> list[Reading]:
    """Return the sentences without the companies whose names are only the beginning of a longer one that acts.

    A longer name that ends as companies do ("Xiaomi Corporation") is the same one, and in a heading any
    word may have a capital. Where every noun has one, as in German, nothing can be told.
    """
    if language.capital_nouns:
        return list(readings)
    return [
        reading if reading.sentence.heading else _without(reading, language) for reading in readings
    ]


def _without(reading: Reading, language: PlanWords) -> Reading:
    if not any(mention.type in COMPANIES for mention in reading.mentions):
        return reading
    longer = {
        run.start - 1
        for run in find_runs(reading, language)
        if (run.acts or run.called) and not _is_form(run, language)
    }
    kept = [
        mention
        for mention in reading.mentions
        if mention.type not in COMPANIES
        or mention.end not in longer
        or reading.text[mention.end] != " "
    ]
    return replace(reading, mentions=kept) if len(kept) < len(reading.mentions) else reading


def _is_form(run: Run, language: PlanWords) -> bool:
    """Whether words are such as end the name of a company, or are no name at all."""
    words = {word.folded.rstrip(".") for word in split_words(run.name)}
    return words <= language.forms | language.groups | language.plain | language.vocabulary
