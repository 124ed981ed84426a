"""The grammar of plans: what a text says, as proposed statements with the places of their words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.base import fold
from kg.drafting.background import Background
from kg.drafting.indicators import Indicators
from kg.drafting.known import KnownThings
from kg.drafting.newcomers import with_newcomers
from kg.drafting.plan_words import plan_words
from kg.drafting.reading import PLACES, read
from kg.drafting.relations import find_offices
from kg.drafting.sentences import Quotations
from kg.drafting.speakers import Voices
from kg.drafting.statements import Clerk
from kg.drafting.subjects import Actors, Scenes, main_company, main_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.documents import Paper
    from kg.drafting.proposals import Proposal
    from kg.drafting.reading import Reading
    from kg.query import Index


def propose(paper: Paper, index: Index) -> list[Proposal]:
    """Return what a text states, in its order; names are those of things in `index`."""
    language = plan_words(paper.language)
    background = Background.of(index)
    readings, newcomers = with_newcomers(read(paper, index, language), language)
    titled = KnownThings.of(index).find(paper.title or "").mentions
    mentions = [mention for reading in readings for mention in reading.mentions]
    company = main_company(mentions, titled)
    offices = find_offices(readings, language, company, background.offices)
    owners = dict(background.offices)
    owners |= {str(o.keys["subject"]): frozenset({str(o.keys["object"])}) for o in offices}
    scenes = Scenes(language, background, None)
    places = [place for reading in readings for _, place in scenes.places(reading)]
    titled_places = [mention.thing for mention in titled if mention.type in PLACES]
    scenes.main = main_place(places, titled_places)
    indicators = Indicators.of(index, paper.language)
    clerk = Clerk(
        paper.published,
        language,
        background,
        indicators,
        Voices(readings, language, Quotations(paper.text), company, background.outlets),
        Actors(language, company, owners),
        scenes,
        indicators.barred(word for reading in readings for word in reading.words),
    )
    stated = [
        proposal
        for number, reading in enumerate(readings)
        if not _is_title(reading, paper.title)
        for proposal in clerk.write(number, reading)
    ]
    stated = [_with_things(proposal, newcomers) for proposal in stated]
    return sorted([*offices, *_without_headings(stated, readings)], key=lambda each: each.spans)


def _with_things(
    proposal: Proposal, newcomers: Mapping[str, Mapping[str, str | list[str]]]
) -> Proposal:
    """Return a proposal with those new companies that it, or what it is about, names."""
    named = {
        *map(str, proposal.keys.values()),
        *(str(each.get("company")) for each in proposal.things),
    }
    new = tuple(thing for slug, thing in newcomers.items() if slug in named)
    return replace(proposal, things=(*new, *proposal.things)) if new else proposal


def _without_headings(stated: Sequence[Proposal], readings: Sequence[Reading]) -> list[Proposal]:
    """Return what is stated without what headings say of a plan that the text tells more of."""
    headed = {r.sentence.start: r.sentence.end for r in readings if r.sentence.heading}
    places = [(start, end) for start, end in headed.items()]
    told = Counter((p.keys["type"], str(p.keys.get("about"))) for p in stated)
    return [
        p
        for p in stated
        if p.keys["type"] != "StatusReport"
        or told[p.keys["type"], str(p.keys["about"])] == 1
        or not any(start <= p.spans[0][0] < end for start, end in places)
    ]


def _is_title(reading: Reading, title: str | None) -> bool:
    """Whether a sentence is the title, which only says what the text says below."""
    sentence = reading.text[reading.sentence.start : reading.sentence.end]
    return title is not None and fold(sentence) == fold(title)
