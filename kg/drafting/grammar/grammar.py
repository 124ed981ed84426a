"""The grammar of plans: what a text says, as proposed statements with the places of their words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.base import fold
from kg.drafting.given import find_given
from kg.drafting.grammar.actors import Actors, is_roundup, main_company
from kg.drafting.grammar.background import Background
from kg.drafting.grammar.ellipses import join_answers
from kg.drafting.grammar.indicators import Indicators
from kg.drafting.grammar.interviews import Interview, find_interview, who_answers
from kg.drafting.grammar.longer_names import without_longer_names
from kg.drafting.grammar.memory import Memory
from kg.drafting.grammar.new_currencies import with_currency
from kg.drafting.grammar.new_indicators import with_indicator, without_idle
from kg.drafting.grammar.new_people import with_people
from kg.drafting.grammar.newcomers import with_newcomers
from kg.drafting.grammar.plan_words import plan_words
from kg.drafting.grammar.reading import COMPANIES, PLACES, read
from kg.drafting.grammar.reckoning import report_period
from kg.drafting.grammar.relations import find_offices
from kg.drafting.grammar.sentences import Quotations
from kg.drafting.grammar.speakers import Voices
from kg.drafting.grammar.statements import write_down
from kg.drafting.grammar.strange_voices import StrangeVoices
from kg.drafting.grammar.strangers import Strangers
from kg.drafting.grammar.thread import Thread
from kg.drafting.grammar.titled import titled_company
from kg.drafting.grammar.undertakings import Undertakings
from kg.drafting.grammar.whereabouts import Whereabouts
from kg.drafting.known import KnownThings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.grammar.phrases import Hit
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.words import Word
    from kg.drafting.papers.documents import Paper
    from kg.drafting.proposals import Proposal
    from kg.query import Index

_OFFICE: Final = 8
_OWN: Final = 3


def propose(paper: Paper, index: Index) -> list[Proposal]:
    """Return what a text states, in its order; names are those of things in `index`.

    Found are targets, observations, status reports, and those relations for which the words are clear. What the
    words do not tell is left out: a day that is not said, a place, a speaker. Who is not known is proposed as a
    thing of its own, and so is an undertaking that the graph has not.

    >>> import kg
    >>> from datetime import date
    >>> from kg.drafting.papers.documents import Paper
    >>> text = "Ford plans to create 500 jobs in Kentucky by 2030. It will not build a plant in Mexico."
    >>> paper = Paper(text, published=date(2025, 1, 31))
    >>> [proposal] = propose(paper, kg.build(check=False).index)
    >>> {key: proposal.keys[key] for key in ("type", "indicator", "value", "due", "place", "mode")}
    {'type': 'Target', 'indicator': 'jobs-created', 'value': '500', 'due': '2030-12-31', 'place': 'kentucky', 'mode': 'reporters-own'}

    Raises:
        LanguageError: there is no grammar of the language of the paper.
    """
    language = plan_words(paper.language)
    background = Background.of(index)
    given = find_given(paper, index, language)
    title = paper.title or ""
    interview = find_interview(paper.text)
    found = read(paper, index, language, given.mentions, interview.labels)
    asked = min((start for start, _ in interview.questions), default=-1)
    readings, people = with_people(without_longer_names(found, language), language, asked)
    readings, newcomers = with_newcomers(readings, language, title)
    newcomers = {**given.things, **newcomers}
    titled = KnownThings.of(index).find(paper.title or "").mentions
    mentions = [mention for reading in readings for mention in reading.mentions]
    # A company that is new has its name in the title, if it is what the text is about.
    new = {
        mention.thing
        for mention in mentions
        if mention.thing in newcomers and paper.text[mention.start : mention.end] in title
    }
    newest = [mention for mention in mentions if mention.thing in new and not titled]
    company = main_company(mentions, given.mentions or titled or newest, background.sites)
    only = titled_company(paper, index, language, readings) if company is None else None
    if only is not None:
        company = str(only["id"])
        newcomers[company] = only
    named = {each.thing: each.start for each in reversed(mentions) if each.type in COMPANIES}
    if company and company not in named:
        named[company] = -1
    first = (each.thing for each in (*titled, *given.mentions, *newest) if each.type in COMPANIES)
    named |= dict.fromkeys(first, -1)
    met = named.get(company or "", -1)
    offices = find_offices(readings, language, company, background.offices, met)
    told = {str(o.keys["subject"]): frozenset({str(o.keys["object"])}) for o in offices}
    indicators = Indicators.of(index, paper.language)
    answering = who_answers(interview, readings)
    quotations = Quotations(paper.text, [each[:2] for each in interview.answers], answering)
    if company and answering and not _is_of_others(readings, interview, company, language):
        # Whom a text asks about a company is of it, though it may be named behind alone.
        told = {**dict.fromkeys(answering.values(), frozenset({company})), **told}
        named[company] = -1
    strangers = Strangers(readings, language)
    memory = Memory(
        published=paper.published,
        code=paper.language,
        language=language,
        background=background,
        indicators=indicators,
        voices=Voices(readings, language, quotations, company, background.outlets),
        strange_voices=StrangeVoices(strangers, language, quotations),
        actors=Actors(
            language,
            {**background.sites, **background.offices, **told},
            strangers,
            Thread(language, company, named, is_roundup=is_roundup(readings, (*titled, *newest))),
        ),
        whereabouts=Whereabouts(
            language, background, readings, [m.thing for m in titled if m.type in PLACES]
        ),
        undertakings=Undertakings(background),
        barred=indicators.barred(word for reading in readings for word in reading.words),
        report=report_period(readings, language, paper.published),
        is_own=_is_own(readings, quotations, language, is_titled=only is not None),
        answers_for=company if _is_of_company(readings, interview, company, language) else None,
    )
    joined = join_answers(readings, interview, language)
    stated = []
    for number, reading in enumerate(readings):
        if interview.asks(reading.sentence.start) or _is_title(reading, paper.title):
            continue
        if _is_denied(readings, number, language):
            continue
        whole = joined.get(number)
        for proposal in write_down(memory, number, whole.reading if whole else reading):
            spans = whole.split(proposal.spans) if whole else proposal.spans
            stated.append(replace(proposal, spans=spans))
    stated = without_idle(stated, memory.trades)
    stated = [with_indicator(one, memory.trades, paper.language) for one in stated]
    stated = [with_currency(one, background.currencies, paper.language) for one in stated]
    stated = [_with_things(one, {**newcomers, **people}) for one in _with_plans(stated)]
    told_of = [_with_things(office, {**newcomers, **people}) for office in offices]
    return sorted([*told_of, *_without_headings(stated, readings)], key=lambda each: each.spans)


def _is_title(reading: Reading, title: str | None) -> bool:
    """Whether a sentence is the title, which only says what the text says below."""
    sentence = reading.text[reading.sentence.start : reading.sentence.end]
    return title is not None and fold(sentence) == fold(title)


def _is_of_company(
    readings: Sequence[Reading], interview: Interview, company: str | None, language: PlanWords
) -> bool:
    """Whether a text tells before its first question that somebody leads the company whom it goes on to ask."""
    asked = min((start for start, _ in interview.questions), default=-1)
    for reading in readings:
        if reading.sentence.start >= asked:
            return False
        numbers = [reading.number(m.start) for m in reading.mentions if m.thing == company]
        if any(_is_led(reading, number, language) for number in numbers if number):
            return True
    return False


def _is_of_others(
    readings: Sequence[Reading], interview: Interview, company: str | None, language: PlanWords
) -> bool:
    """Whether a text gives who is asked an office before its first question, which is none in the company."""
    asked = min((start for start, _ in interview.questions), default=-1)
    lead = [reading for reading in readings if reading.sentence.start < asked]
    offices = (language.titles, language.callings)
    has_office = any(phrases.find(reading.words) for reading in lead for phrases in offices)
    return has_office and not _is_of_company(readings, interview, company, language)


def _is_led(reading: Reading, number: int, language: PlanWords) -> bool:
    """Whether somebody leads the company that is named at a word: "Jane Roe runs Bolt", "chief executive of Bolt"."""
    words = reading.words
    if words[number - 1].folded in language.leading_verbs:
        return True
    before = words[max(0, number - _OFFICE) : number - 1]
    if words[number - 1].folded not in language.weak:
        return False
    hits = (phrases.find(before) for phrases in (language.titles, language.callings))
    return any(each[-1].last == len(before) for each in hits if each)


def _is_own(
    readings: Sequence[Reading], quotations: Quotations, language: PlanWords, *, is_titled: bool
) -> bool:
    """Whether a company writes of itself: "our shops", outside of quotations, and in more than one sentence.

    Where only the title names a company, "we" and "our" are its own, whatever they stand with.
    """
    if quotations.speakers:
        return False
    saying = 0
    for reading in readings:
        hits = language.company_words.find_all(reading.words)
        saying += any(
            "own" in hit.meanings
            and (is_titled or _has_kind(reading.words, hit, language))
            and quotations.around(reading.words[hit.first].start) is None
            for hit in hits
        )
    return saying > 1


def _has_kind(words: Sequence[Word], hit: Hit[str], language: PlanWords) -> bool:
    """Whether it is told behind "our" what is owned, and that is something of an undertaking."""
    is_owner = words[hit.first].folded in language.possessives
    return is_owner and bool(language.kinds.find(words[hit.last : hit.last + _OWN]))


def _is_denied(readings: Sequence[Reading], number: int, language: PlanWords) -> bool:
    """Whether the next sentence says that it is not so: "Acme denied the report"."""
    following = readings[number + 1 : number + 2]
    return any(language.denying.find(reading.words) for reading in following)


def _with_things(
    proposal: Proposal, newcomers: Mapping[str, Mapping[str, str | list[str]]]
) -> Proposal:
    """Return a proposal with those new companies that it, or what it is about, names."""
    named = {*map(str, proposal.keys.values()), *(str(t.get("company")) for t in proposal.things)}
    new = tuple(thing for slug, thing in newcomers.items() if slug in named)
    return replace(proposal, things=(*new, *proposal.things)) if new else proposal


def _with_plans(stated: Sequence[Proposal]) -> list[Proposal]:
    """Return what is stated with the plan that each is about, if another proposal has described it before."""
    described = {thing["id"]: thing for proposal in stated for thing in proposal.things}
    found = []
    for proposal in stated:
        about = str(proposal.keys.get("about"))
        known = {thing["id"] for thing in proposal.things}
        more = (described[about],) if about in described and about not in known else ()
        found.append(replace(proposal, things=(*proposal.things, *more)))
    return found


def _without_headings(stated: Sequence[Proposal], readings: Sequence[Reading]) -> list[Proposal]:
    """Return what is stated without the status that a heading gives a plan of which the text tells more."""
    starts = [reading.sentence.start for reading in readings]
    told = Counter(_subject(proposal) for proposal in stated)
    return [
        proposal
        for proposal in stated
        if proposal.keys["type"] != "StatusReport"
        or told[_subject(proposal)] == 1
        or not readings[bisect_right(starts, proposal.spans[0][0]) - 1].sentence.heading
    ]


def _subject(proposal: Proposal) -> tuple[str, str]:
    return str(proposal.keys["type"]), str(proposal.keys.get("about"))
