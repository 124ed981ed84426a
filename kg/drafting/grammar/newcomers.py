"""Companies that a text tells the plans of and the graph does not know yet.

A name is a run of words with capitals that no known thing has. It is taken for a company where the text says what it
is ("the phone maker Bolt", "Bolt, a maker of phones"), where it ends as companies do ("Bolt Motors"), where the next
sentence goes on with "the company", or where it acts and comes twice or stands in the title. "Bolt" is then the
short name of "Bolt Motors". A word that is part of another longer name ("Roe" of "Jane Roe") is somebody's, unless
the title has it, and what something only is in or at is a place.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import fold
from kg.drafting.grammar.name_runs import Run, find_runs, is_headed
from kg.drafting.grammar.reading import COMPANIES
from kg.drafting.known import Mention
from kg.drafting.slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading

_TWICE: Final = 2
_LEADING: Final = 4
_FEWEST: Final = 5
_NEAR: Final = 5
_BUILT: Final = frozenset({"manufacturing", "offline-retail", "logistics"})
"""The kinds of which governments and people have none."""


def with_newcomers(
    readings: Sequence[Reading], language: PlanWords, title: str
) -> tuple[list[Reading], dict[str, dict[str, str | list[str]]]]:
    """Return the sentences with mentions of companies that are new, and how a source describes these."""
    # In headings any word may have a capital.
    runs = [
        [] if reading.sentence.heading else list(find_runs(reading, language))
        for reading in readings
    ]
    lower = {w.folded for r in readings for w in r.words if r.text[w.start].islower()}
    people = {
        reading.text[mention.start : mention.end].split()[-1]
        for reading in readings
        for mention in reading.mentions
        if mention.type == "Person"
    }
    known = _Known(
        language,
        title,
        {word.strip("’'s,:.") for word in title.split()},
        lower,
        people,
        frozenset([*_meant(readings, runs, language), *_heads(readings, runs)]),
        is_of_one=any(language.groups & {word.folded for word in r.words} for r in readings)
        and not any(mention.type in COMPANIES for r in readings for mention in r.mentions),
    )
    names = _companies([run for each in runs for run in each], known)
    is_named = any(mention.type in COMPANIES for r in readings for mention in r.mentions)
    if not names and not is_named and readings and _begins_alone(readings[0], runs[0], known):
        names = {runs[0][0].name: slug_of(runs[0][0].name)}
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
                label = max(run.name, str(things.get(slug, {}).get("label", "")), key=len)
                things[slug] = {"id": slug, "type": "Company", "label": label}
        found.append(
            replace(reading, mentions=sorted([*reading.mentions, *new])) if new else reading
        )
    return found, things


def _begins_alone(reading: Reading, runs: Sequence[Run], known: _Known) -> bool:
    """Whether a text that names no company begins with a name that has a thing of its own: "Bolt's plant", "Bolt will open its plant"."""
    language = known.language
    if language.capital_nouns or not runs or runs[0].start != reading.words[0].start:
        return False
    run, behind = runs[0], reading.words[reading.number(runs[0].end) :]
    told = {word.folded for word in behind}
    if _is_word(run.name, known) or run.is_site or run.name in language.lands:
        return False
    if run.name.split()[-1] in known.people or told & language.persons:
        return False
    # "Bolt broke ground on a plant"
    owned = behind[: _NEAR if run.is_owner else _TWICE if run.acts else 0]
    for at, word in enumerate(behind):
        if word.folded in language.possessives & language.pronouns:
            owned = [*owned, *behind[at + 1 : at + 1 + _NEAR]]
            break
    return any(set(hit.meanings) & _BUILT for hit in language.kinds.find(owned))


class _Known(NamedTuple):
    """What names are held against: the language, the title and its words, those in small letters, and last names.

    `meant` are names behind which a text goes on with "the company"; `is_of_one` says that it speaks of a
    company and names none that is known.
    """

    language: PlanWords
    heading: str
    title: set[str]
    lower: set[str]
    people: set[str]
    meant: frozenset[str]
    is_of_one: bool = False


def _meant(
    readings: Sequence[Reading], runs: Sequence[Sequence[Run]], language: PlanWords
) -> list[str]:
    """Return the names that lead a sentence behind which the next one begins with "the company"."""
    found = []
    line, told = -1, False
    for here, behind, each in zip(readings, readings[1:], runs, strict=False):
        named = any(mention.type in COMPANIES | {"Person"} for mention in here.mentions)
        # "Bolt Telecom" is named, and what leads a later sentence ("Copper will go") is not meant.
        is_formed = any(" " in run.name and _is_form(run.name, language) for run in each)
        leading = [run for run in each if not run.aside and not run.is_site]
        # "Oslo, March 3 – Bolt will": who acts, if that can be told.
        lead = next((run for run in leading if run.acts), leading[0] if leading else None)
        # "The company" may be any that was named before, unless a line begins with another name.
        is_first = here.sentence.line != line and lead and lead.start == here.words[0].start
        is_name = lead and (lead.acts or lead.is_owner or " " in lead.name)
        is_sure = is_name and not named and (is_first or not told)
        is_sentence = len(here.words) >= _FEWEST and here.sentence.line == behind.sentence.line
        if lead and is_sure and is_sentence and _begins_with_group(behind, language):
            found.append(lead.name)
        line, told = here.sentence.line, told or named or is_formed
    return found


def _heads(readings: Sequence[Reading], runs: Sequence[Sequence[Run]]) -> list[str]:
    """Return the names that head lines, where several do: "BOLT - A loss of 5 million", "BOLT: two new shops"."""
    found = [
        each[0].name
        for reading, each in zip(readings, runs, strict=True)
        if each and each[0].start == reading.words[0].start and is_headed(reading, each[0])
    ]
    return found if len(set(found)) >= _TWICE else []


def _begins_with_group(reading: Reading, language: PlanWords) -> bool:
    words = reading.words[:_LEADING]
    if not words or words[0].folded not in language.definite:
        return False
    hits = language.company_words.find_all(words)
    return any("nouns" in hit.meanings for hit in hits)


def _companies(runs: Sequence[Run], known: _Known) -> dict[str, str]:
    """Return the names that are taken for companies, short ones among them, with their slugs."""
    by_name: defaultdict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_name[run.name].append(run)
    parts = {word for name in by_name if " " in name for word in name.split()}
    alone = {name for name in by_name if " " not in name}
    found = {
        name: slug_of(name)
        for name, same in sorted(by_name.items())
        if (_is_named(same, known) or _is_shortened(name, by_name, known))
        and (_is_company(same, parts, known) or _is_called_short(same, alone, known))
    }
    for name in [name for name in found if " " in name]:
        short = name.split(maxsplit=1)[0]
        if short in by_name and not _is_word(short, known):
            found[short] = found[name]
    return found


def _is_named(runs: Sequence[Run], known: _Known) -> bool:
    """Whether what has a capital is a name that a text speaks of, and who acts in it.

    The first word of a sentence has a capital anyway, and in some languages every noun has one.
    """
    if known.language.capital_nouns:
        return any(run.called for run in runs)
    name, first = runs[0].name, runs[0].name.split()[0]
    is_form = _has_form(name, known)
    beside = all(run.is_site or (run.aside and not run.is_owner) for run in runs)
    if _is_told(runs, known) or (is_form and not beside):
        return True
    # "At its Ulvik mill": what is only somewhere acts nowhere.
    if any(run.is_site for run in runs):
        return False
    is_titled = first in known.title
    often = len(runs) >= _TWICE or is_titled
    inside = any(not run.begins for run in runs)
    # "Bolt makes room", and then "the company": nobody else is meant.
    acts = any(run.acts for run in runs) or (known.is_of_one and is_titled)
    acts = acts or _leads_title(name, known)
    return often and acts and (inside or not _is_word(name, known))


def _is_shortened(name: str, by_name: Mapping[str, Sequence[Run]], known: _Known) -> bool:
    """Whether a name that ends as companies do acts elsewhere by its first word: "at Bolt Steel they wait", "Bolt lost"."""
    first = name.split(maxsplit=1)[0]
    if known.language.capital_nouns or not _has_form(name, known):
        return False
    short = [run for run in by_name.get(first, ()) if not run.aside and not run.is_site]
    return bool(short) or name in known.heading


def _is_called_short(runs: Sequence[Run], alone: set[str], known: _Known) -> bool:
    """Whether who acts is called by the first word of the name elsewhere, as companies are, and people are not: "Bolt Cheese", "Bolt's"."""
    words = runs[0].name.split()
    if len(words) == 1 or words[-1] in alone | known.people | known.title:
        return False
    is_short = words[0] in alone | known.title and not _is_word(runs[0].name, known)
    return is_short and any(run.acts for run in runs) and not any(run.is_site for run in runs)


def _leads_title(name: str, known: _Known) -> bool:
    """Whether a title begins with a name and goes on in small letters or behind a sign: "Bolt in 2023", "Bolt: results"."""
    if not known.heading.startswith(name):
        return False
    behind = known.heading[len(name) :]
    return behind[:1] in {":", ",", "'", "’"} or (behind[:1] == " " and behind[1:2].islower())


def _is_told(runs: Sequence[Run], known: _Known) -> bool:
    """Whether a text says that a name is a company's: before or behind it, or in the sentence that follows."""
    name = runs[0].name
    if any(run.called for run in runs):
        return True
    is_sure = " " in name or not _is_word(name, known)
    return name in known.meant and is_sure and not any(run.is_site for run in runs)


def _has_form(name: str, known: _Known) -> bool:
    """Whether a name of several words ends as companies do, and begins as no other words do."""
    words = name.split()
    return len(words) > 1 and _ends_so(words[-1], known) and not _is_word(name, known)


def _ends_so(word: str, known: _Known) -> bool:
    return _is_form(word, known.language)


def _is_form(name: str, language: PlanWords) -> bool:
    """Whether the last word of a name is one by which companies are called."""
    return name.rsplit(maxsplit=1)[-1].lower().rstrip(".") in language.forms | language.groups


def _is_word(name: str, known: _Known) -> bool:
    word = fold(name.split(maxsplit=1)[0])
    return word in known.lower or word in known.language.vocabulary


def _is_company(runs: Sequence[Run], parts: set[str], known: _Known) -> bool:
    """Whether a name that a text speaks of is a company's, and not a country's or somebody's."""
    name = runs[0].name
    words = name.split()
    if name in known.language.lands:
        return False
    if any(sign.isdecimal() for sign in name) and not any(run.called for run in runs):
        return False  # what has a number is a machine or a model of somebody
    if len(words) == 1:
        is_part = name in parts or name in known.people
        return not is_part or name in known.title
    if _ends_so(words[-1], known):
        return True
    if words[-1] in known.people:
        return False
    return _is_told(runs, known) or set(words) <= known.title or _leads_title(name, known)
