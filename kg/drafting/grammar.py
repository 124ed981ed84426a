"""The grammar of plans: what a text says, as proposed statements with the places of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.drafting.background import Background
from kg.drafting.indicators import Indicators
from kg.drafting.known import KnownThings
from kg.drafting.plan_words import plan_words
from kg.drafting.reading import PLACES, read
from kg.drafting.relations import OFFICES, find_offices
from kg.drafting.sentences import Quotations
from kg.drafting.speakers import Voices
from kg.drafting.statements import Clerk
from kg.drafting.subjects import Actors, Scenes, main_company, main_place

if TYPE_CHECKING:
    from kg.drafting.documents import Paper
    from kg.drafting.proposals import Proposal
    from kg.query import Index


def propose(paper: Paper, index: Index) -> list[Proposal]:
    """Return what a text states, in its order; names are those of things in `index`."""
    language = plan_words(paper.language)
    background = Background.of(index)
    readings = read(paper, index, language)
    titled = KnownThings.of(index).find(paper.title or "").mentions
    mentions = [mention for reading in readings for mention in reading.mentions]
    company = main_company(mentions, titled)
    offices = list(find_offices(readings, language))
    owners = {person: companies for person, companies in background.offices.items()}
    for office in offices:
        if office.keys["predicate"] in OFFICES:
            owners[str(office.keys["subject"])] = frozenset({str(office.keys["object"])})
    scenes = Scenes(language, background, None)
    places = [place for reading in readings for _, place in scenes.places(reading)]
    titled_places = [mention.thing for mention in titled if mention.type in PLACES]
    scenes.main = main_place(places, titled_places)
    clerk = Clerk(
        paper.published,
        language,
        background,
        Indicators.of(index, paper.language),
        Voices(readings, language, Quotations(paper.text), company, background.outlets),
        Actors(language, company, owners),
        scenes,
    )
    stated = [proposal for number, reading in enumerate(readings) for proposal in clerk.write(number, reading)]
    return sorted([*offices, *stated], key=lambda proposal: proposal.spans)
