"""Status reports: what a clause without a number of its own tells of an undertaking."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.attributes import is_attribute
from kg.drafting.grammar.memory import Topic
from kg.drafting.grammar.reading import COMPANIES
from kg.drafting.grammar.senses import FUTURE, STATUSES, TURNS
from kg.drafting.grammar.status_times import times_of
from kg.drafting.grammar.telling import is_money, unit_name
from kg.drafting.grammar.which_plan import given_up, has_no_subject, parts_of, undertaking
from kg.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.telling import Keys
    from kg.drafting.grammar.words import Word

_LEVELS: Final = frozenset({"growth", "employment", "venture-investment", "climate"})
"""The kinds of which a noun may be no thing, but a level: prices, pay, emissions."""
_FEWEST: Final = 2
_SHORT: Final = 3
_NEAR: Final = 2


def note_topic(said: Said) -> None:
    """Remember what a clause speaks of, for those that only say "the project"."""
    kinds = said.kinds()
    # "Chief executive Jane Roe told staff" speaks of no plan for staff.
    if kinds and said.company and said.clause.joint != "speech":
        said.memory.topic = Topic(said.company, kinds, said.words)
        said.memory.last = None
        place = said.place(said.reading.words[said.clause.cue or said.clause.first].start)
        if place or said.strange:
            said.memory.place(said.company, kinds, (place, said.strange))


def counts_beside(said: Said) -> bool:
    """Whether all numbers of a clause stand behind what it tells of: "it sold its dairy for 5 million"."""
    end = said.clause.cue_end
    amounts = [amount for amount in said.amounts if not is_attribute(said, amount)]
    if end is None or not amounts:
        return False
    first = said.reading.number(amounts[0].start)
    between = said.reading.words[end:first]
    language = said.memory.language
    if said.reading.before(amounts[0].start) in language.by and unit_name(amounts[0]) == "PERCENT":
        return False  # "it will cut sugar in its drinks by 30 per cent"
    if between and is_money(amounts[0]) and between[-1].folded in language.paying:
        # What it sells may be part of the verb: "it sold its dairy business for 5 million".
        return bool(language.kinds.find(said.reading.words[said.clause.cue or end : first]))
    hits = language.kinds.find(between)
    # "It raised its revenue by 2 billion" is told in numbers alone.
    return any(hit.last < len(between) and hit.meanings != ("growth",) for hit in hits)


def counts_along(said: Said) -> bool:
    """Whether all numbers of a clause only go along with what is planned: "to open in May, with 300 jobs"."""
    end = said.clause.cue_end
    if end is None or not said.amounts:
        return False
    first = said.reading.number(said.amounts[0].start)
    between = said.reading.words[end:first]
    language = said.memory.language
    along = [n for n, word in enumerate(between) if word.folded in language.along]
    if not along:
        return _adds_numbers(said, between)
    before = between[: along[-1]]
    return bool(
        language.actions.find(before) or language.kinds.find(before) or language.undone.find(before)
    )


def _adds_numbers(said: Said, between: Sequence[Word]) -> bool:
    """Whether a verb of its own goes with the numbers, behind what is planned: "will end production and cut 420 jobs"."""
    language = said.memory.language
    joints = [n for n, word in enumerate(between) if word.folded in language.joining]
    if not joints or said.clause.sense not in FUTURE | {"achieved"}:
        return False
    before, behind = between[: joints[-1]], between[joints[-1] + 1 :]
    behind = behind[1:] if behind and behind[0].folded in language.to else behind
    acts = (language.actions, language.undone, language.scheduled)
    is_step = said.clause.sense == "achieved" or any(phrases.find(before) for phrases in acts)
    sold = said.reading.words[said.clause.cue or 0 : said.clause.cue_end]
    is_thing = bool(language.kinds.find([*sold, *before])) or said.is_ahead
    is_verb = any(hit.first == 0 for phrases in acts for hit in phrases.find(behind[:_NEAR]))
    is_verb = is_verb or (bool(behind) and behind[0].folded in language.counting)
    return is_step and is_thing and is_verb


def reported(said: Said) -> Iterator[Proposal]:
    """Yield the status of the undertaking that a clause tells of, if it tells of one."""
    sense = said.clause.sense
    is_scheduled = sense is None and (
        _is_scheduled(said) or _is_event(said) or _is_dated(said) or _is_headline(said)
    )
    status = _status(said, is_scheduled=is_scheduled)
    # Who is quoted and not of the company, as far as we know, tells of no plan of it.
    is_foreign = said.is_quoted and said.own is None
    # "It raised its revenue by 2 billion": what was done in numbers is no step of an undertaking.
    is_number = status == "achieved" and not all(is_attribute(said, a) for a in said.amounts)
    is_number = is_number and not (counts_beside(said) or counts_along(said))
    # What stands behind a colon is no report by itself.
    is_named = said.clause.cue is None and not is_scheduled
    if status not in STATUSES or said.company is None or is_foreign or is_number or is_named:
        return
    if said.clause.joint == "resumed" and said.clause.last - said.clause.first < _FEWEST:
        return  # a verb by itself, of which the subject stands before
    if (is_scheduled and _is_of_no_plan(said)) or _is_of_nothing(said):
        return
    if status in TURNS and _is_aim(said):
        return  # "it wants to drop plastic bags" is the plan itself
    if _only_names(said) or (status in FUTURE and _is_idle(said)):
        return
    for number, (first, last) in enumerate(parts_of(said)):
        words = said.reading.words
        place = said.place(words[first if number else said.clause.cue or 0].start)
        told_of = words[first:last]
        ended = given_up(said, str(status), place, told_of)
        status = "abandoned" if ended else status
        found = (ended, ()) if ended else undertaking(said, str(status), place, told_of)
        if found is None or _says_nothing(said, str(status), found[0]):
            continue
        about, things = found
        told: Keys = {
            "type": "StatusReport",
            "about": about,
            "status": str(status),
            **times_of(said, str(status)),
            **said.told(place or said.place_of(about)),
        }
        if sense == "former":
            told["confidence"] = "medium"
        said.memory.last, said.memory.told = (said.company, about), (about, str(status))
        said.memory.turn = str(status) if status in TURNS else None
        said.memory.is_planned = status in FUTURE | {"underway"}
        yield Proposal(told, _spans(said, first, last), things)


def _says_nothing(said: Said, status: str, about: str) -> bool:
    """Whether a report would be of nothing, or of nothing new: "it will have to hire", "has begun and is progressing"."""
    return _is_vague(said, status, about) or _is_told_already(said, status, about)


def _is_told_already(said: Said, status: str, about: str) -> bool:
    """Whether a sentence only goes on with what it has just told: "has begun and is progressing", "is late and will come in May"."""
    memory = said.memory
    if memory.told is None or not has_no_subject(said) or memory.last is memory.last_before:
        return False
    is_later = memory.told == (about, "postponed") and status == "announced"
    return is_later or memory.told == (about, status)


def _is_vague(said: Said, status: str, about: str) -> bool:
    """Whether nobody could say later that what is planned has come: "it will have to hire", without a number and a day; or ever: "it hired a manager"."""
    is_told = status == "achieved" or (status in FUTURE and not said.is_ahead)
    return about.endswith("-employment") and is_told


def _status(said: Said, *, is_scheduled: bool) -> str | None:
    """Return what a clause tells of an undertaking: what its verb does, against the days that it names."""
    sense = said.clause.sense
    if sense == "former" or is_scheduled or _is_begun_later(said) or _is_done_later(said):
        return "announced"
    return "postponed" if sense == "announced" and _is_later(said) else sense


def _spans(said: Said, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """Return the place of a part of a clause, behind that of its verb if this stands before."""
    begin, end = said.clause.first, said.clause.cue_end
    if first == begin and said.clause.joint == "relative" and said.clause.subject is not None:
        first = begin = said.clause.subject  # "A plant in Ohio, opened in May"
    if first == begin or end is None:
        return (said.trimmed(first, last),)
    return said.trimmed(begin, end), said.trimmed(first, last)


def _is_idle(said: Said) -> bool:
    """Whether an undertaking is not what is to come, but does something itself: "the fleet will allow it"."""
    language, end = said.memory.language, said.clause.cue_end
    if end is None or said.is_ahead:
        return False
    cue = said.reading.words[said.clause.cue or 0 : end]
    if any(hit.first == 0 for hit in language.scheduled.find(cue)):
        return False  # "the shop opens on Saturday"
    if said.periods and cue[-1].folded in language.as_planned:
        return False  # "its launch had been promised for January"
    is_passive = bool({word.folded for word in cue} & language.being - language.finite)
    if is_passive and said.clause.sense == "considered":
        return False  # "a bakery is being looked at"
    behind = said.reading.words[end : said.clause.last]
    periods = [] if said.clause.sense == "former" else said.periods
    timed = [any(p.start <= word.start < p.end for p in periods) for word in behind]
    # "Was announced on Monday": a day is nothing that is done.
    is_more = any(
        word.folded.isalpha() and not any(timed[n : n + _NEAR]) for n, word in enumerate(behind)
    )
    steps = (
        language.kinds, language.actions, language.scheduled, language.undone, language.cues
    )  # fmt: skip
    return is_more and not any(phrases.find(behind) for phrases in steps)


def _is_scheduled(said: Said) -> bool:
    """Whether something is done on a day to come: "the shop opens on 19 July"."""
    hits = said.memory.language.scheduled.find(said.words)
    # "Until the end of the year" ends nothing.
    return said.is_ahead and any(
        not said.reading.is_told(said.words[hit.first].start) for hit in hits
    )


def _is_later(said: Said) -> bool:
    """Whether a day is named together with an earlier one that is not so any more: "in 2025, not in 2024"."""
    language, words = said.memory.language, said.reading.words
    for one, other in pairwise(said.periods):
        at = said.reading.number(other.start)
        near = words[max(0, at - _SHORT) : at]
        is_denied = bool(language.denied_numbers.find(near))
        if is_denied and one.latest and other.latest and one.latest > other.latest:
            return True
    return False


def _is_begun_later(said: Said) -> bool:
    """Whether what begins begins on a day to come: "work starts in May"."""
    cue, end = said.clause.cue, said.clause.cue_end
    if cue is None or end is None or said.clause.sense != "underway" or not said.is_ahead:
        return False
    words, language = said.reading.words[cue:end], said.memory.language
    # "It is nearing its end": what is near ends later, and is under way.
    hits = (hit for hit in language.scheduled.find(words) if hit.last == end - cue)
    return any(not h.first or words[h.first - 1].folded not in language.articles for h in hits)


def _is_done_later(said: Said) -> bool:
    """Whether what is told to be done is done on a day to come: "once it is running in 2025", "after its launch in May"."""
    published = said.memory.published
    return (
        said.clause.sense == "achieved"
        and published is not None
        and bool(said.periods)
        and all(p.earliest and p.earliest > published and p.role != "until" for p in said.periods)
    )


def _is_event(said: Said) -> bool:
    """Whether a point of a list says on which day to come something begins or ends: "Start of production: early 2027"."""
    is_label = said.clause.joint == ":" and said.clause.first == 0
    return is_label and said.is_ahead and bool(said.memory.language.events.find(said.words))


def _is_dated(said: Said) -> bool:
    """Whether a clause without a verb of planning names an undertaking and a day to come: "Deliveries run from May"."""
    published, language = said.memory.published, said.memory.language
    is_past = any(word.folded in language.past for word in said.words)
    if said.clause.cue is not None or published is None or is_past or not said.periods:
        return False
    is_thing = bool(set(said.kinds()) - _LEVELS)
    return is_thing and all(
        p.earliest and p.earliest > published and p.role not in {"until", "before"}
        for p in said.periods
    )


def _is_headline(said: Said) -> bool:
    """Whether a line without a verb of its own says what somebody is to do: "Acme to build plant in Ohio"."""
    language, words = said.memory.language, said.reading.words
    if said.clause.cue is not None or said.clause.first:
        return False
    for mention in said.reading.mentions:
        last = said.reading.number(mention.end)
        if mention.type in COMPANIES and last < len(words) and words[last].folded in language.to:
            acts = (language.actions, language.scheduled, language.undone)
            begins = words[last + 1 : last + 1 + _SHORT]
            return any(hit.first == 0 for phrases in acts for hit in phrases.find(begins))
    return False


def _is_of_no_plan(said: Said) -> bool:
    """Whether what something comes of on a day is no plan: "the lease of its plant ends in 2027"."""
    language = said.memory.language
    stops = language.others | language.locating | language.scopes | language.finite
    words = [word.folded for word in said.words if word.folded[0].isalnum()]
    head = next((n for n, word in enumerate(words) if n and word in stops), len(words))
    return bool(set(words[:head]) & (language.no_plans - language.same))


def _is_of_nothing(said: Said) -> bool:
    """Whether it is not told of what undertaking something has come about: "at the opening of the fair"."""
    end = said.clause.cue_end
    if end is None or said.clause.sense != "achieved" or said.kinds():
        return False
    return said.reading.words[end - 1].folded in said.memory.language.owners


def _is_aim(said: Said) -> bool:
    """Whether what is to go is what a plan is for, as plastic or emissions, and no plan is named that is given up."""
    words = {word.folded for word in said.words}
    return set(said.kinds()) == {"climate"} and not words & said.memory.language.plan_nouns


def _only_names(said: Said) -> bool:
    """Whether a clause only says which thing its sentence tells of: "the plant that it is building will open"."""
    if said.clause.joint == "relative" and said.clause.sense in FUTURE:
        place = said.reading.words[said.clause.first].start
        before = (a for a in said.reading.amounts if a.end <= place)
        if any(said.clause.first - said.reading.number(a.end) <= _NEAR for a in before):
            return True  # "the 3,000 jobs that it wants to fill"
    later = next((c for c in said.reading.clauses if c.first == said.clause.last), None)
    if said.clause.joint != "relative" or later is None or later.joint != "resumed":
        return False
    if said.clause.sense not in FUTURE and _is_set_off(said):
        return False  # "the berth, opened in May, is full" tells that it was opened
    # "Acme, which is building a plant, will" tells of the plant, too.
    between = said.reading.words[later.subject or 0 : said.clause.first]
    hits = said.memory.language.company_words.find(between)
    if any("nouns" in hit.meanings for hit in hits):
        return False
    first = said.reading.words[later.subject or 0].start
    end = said.reading.words[said.clause.first].start
    return not any(
        each.type in COMPANIES and first <= each.start and 0 <= end - each.end <= _NEAR
        for each in said.reading.mentions
    )


def _is_set_off(said: Said) -> bool:
    """Whether a comma stands before what is told of a thing, so that it does not tell which one is meant."""
    words, first = said.reading.words, said.clause.first
    before = [word.folded for word in words[max(0, first - _NEAR) : first + 1]]
    return "," in before
