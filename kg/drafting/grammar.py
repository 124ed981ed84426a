"""The grammar of plans: what a text says, as proposed statements with the places of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import fold
from kg.drafting.background import Background
from kg.drafting.indicators import Indicators
from kg.drafting.known import KnownThings
from kg.drafting.plan_words import plan_words
from kg.drafting.reading import PLACES, read
from kg.drafting.relations import find_offices
from kg.drafting.sentences import Quotations
from kg.drafting.speakers import Voices
from kg.drafting.statements import Clerk
from kg.drafting.subjects import Actors, Scenes, main_company, main_place

if TYPE_CHECKING:
    from kg.drafting.documents import Paper
    from kg.drafting.proposals import Proposal
    from kg.drafting.reading import Reading
    from kg.query import Index


def propose(paper: Paper, index: Index) -> list[Proposal]:
    """Return what a text states, in its order; names are those of things in `index`."""
    language = plan_words(paper.language)
    background = Background.of(index)
    readings = read(paper, index, language)
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
    return sorted([*offices, *stated], key=lambda proposal: proposal.spans)


def _is_title(reading: Reading, title: str | None) -> bool:
    """Whether a sentence is the title, which only says what the text says below."""
    sentence = reading.text[reading.sentence.start : reading.sentence.end]
    return title is not None and fold(sentence) == fold(title)
