"""The company of a text that names none: whom its title names, where the text says "we" or "the company"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.drafting.grammar.name_runs import find_runs
from kg.drafting.grammar.reading import COMPANIES, read
from kg.drafting.slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.name_runs import Run
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.papers.documents import Paper
    from kg.query import Index


def titled_company(
    paper: Paper, index: Index, language: PlanWords, readings: Sequence[Reading]
) -> dict[str, str | list[str]] | None:
    """Return how a source describes the company that only the title of a text names, None where the text names any.

    A name in a title is taken for a company's if it ends as companies do ("a letter from Bolt Motors"), and nobody
    else in the title has such a name.
    """
    if not paper.title or language.capital_nouns or not readings:
        return None
    if any(mention.type in COMPANIES for reading in readings for mention in reading.mentions):
        return None
    lines = read(replace(paper, text=paper.title), index, language)
    if any(mention.type in COMPANIES for line in lines for mention in line.mentions):
        return None
    names = {
        run.name for line in lines for run in find_runs(line, language) if _ends_so(run, language)
    }
    if len(names) != 1:
        return None
    name = names.pop()
    return {"id": slug_of(name), "type": "Company", "label": name}


def _ends_so(run: Run, language: PlanWords) -> bool:
    """Whether a name of several words ends as companies do."""
    words = run.name.lower().split()
    return len(words) > 1 and words[-1].rstrip(".") in language.forms
