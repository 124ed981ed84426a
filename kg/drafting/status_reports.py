"""Status reports: what a clause without a number of its own tells of an undertaking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.drafting.memory import Topic
from kg.drafting.proposals import Proposal
from kg.drafting.senses import FUTURE, STATUSES, TURNS
from kg.drafting.telling import due_keys, from_keys, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.days import Period
    from kg.drafting.said import Said
    from kg.drafting.telling import Keys
    from kg.drafting.undertakings import Things


def note_topic(said: Said) -> None:
    """Remember what a clause speaks of, for those that only say "the project"."""
    kinds = said.kinds()
    if kinds and said.company:
        said.memory.topic = Topic(said.company, kinds, said.words)
        said.memory.last = None


def reported(said: Said) -> Iterator[Proposal]:
    """Yield the status of the undertaking that a clause tells of, if it tells of one."""
    sense = said.clause.sense
    status = "announced" if sense == "former" else sense
    # Who is quoted and not of the company, as far as we know, tells of no plan of it.
    is_foreign = said.is_quoted and said.own is None
    # "It raised its revenue by 2 billion": what was done in numbers is no step of an undertaking.
    is_number = status == "achieved" and bool(said.amounts)
    is_named = said.clause.cue is None  # what stands behind a colon, and is no report by itself
    if status not in STATUSES or said.company is None or is_foreign or is_number or is_named:
        return
    if status in FUTURE and any(unit_name(amount) == "PERCENT" for amount in said.amounts):
        return  # "it will list 10 per cent of its refinery" builds none
    if status in TURNS and _is_aim(said):
        return  # "it wants to drop plastic bags" is the plan itself
    if _only_names(said) or (said.is_strange and status in TURNS):
        return  # what is given up at a place that nobody knows may be anything
    place = said.place(said.reading.words[said.clause.cue or 0].start)
    found = _undertaking(said, str(status), place)
    if found is None:
        return
    about, things = found
    told: Keys = {
        "type": "StatusReport",
        "about": about,
        "status": str(status),
        **_times(said, str(status)),
        **said.told(place or said.place_of(about)),
    }
    if sense == "former":
        told["confidence"] = "medium"
    said.memory.last = said.company, about
    yield Proposal(told, (said.trimmed(said.clause.first, said.clause.last),), things)


def _is_aim(said: Said) -> bool:
    """Whether what is to go is what a plan is for, as plastic or emissions, and no plan is named that is given up."""
    words = {word.folded for word in said.words}
    return set(said.kinds()) == {"climate"} and not words & said.memory.language.plan_nouns


def _only_names(said: Said) -> bool:
    """Whether a clause only says which thing its sentence tells of: "the plant that it is building will open"."""
    later = (c for c in said.reading.clauses if c.first == said.clause.last)
    return said.clause.joint == "relative" and any(c.joint == "resumed" for c in later)


def _is_ahead(said: Said) -> bool:
    """Whether a clause names a day to come."""
    published = said.memory.published
    return published is not None and any(p.latest and p.latest > published for p in said.periods)


def _times(said: Said, status: str) -> Keys:
    """Return until or from when a status holds."""
    published = said.memory.published
    period = _period(said, status)
    if period is None or period.latest is None:
        return {}
    is_past = published is not None and period.latest <= published
    is_done = status in {"achieved", "missed"} or period.role == "since"
    if said.clause.sense != "former" and (
        is_done or (is_past and status in {"underway", "abandoned", "announced"})
    ):
        return from_keys(period, published)
    return due_keys(period)


def _period(said: Said, status: str) -> Period | None:
    """Return the time of a status: the first one that is no beginning, of what is past a past one."""
    published = said.memory.published
    cue = said.reading.words[said.clause.cue or 0].start
    behind = [p for p in said.periods if p.start > cue] or said.periods
    periods = [p for p in behind if p.role != "from"] or behind
    if status in TURNS - {"postponed"} | {"achieved"}:
        periods = [p for p in periods if published and p.earliest and p.earliest <= published]
    return next(iter(periods or said.leading()), None)


def _undertaking(said: Said, status: str, place: str | None) -> tuple[str, Things] | None:
    """Return which undertaking it is, and how that is described if it is new."""
    memory, company, language = said.memory, str(said.company), said.memory.language
    kinds, words = said.kinds(), said.words
    if not kinds:
        is_same = bool({word.folded for word in words} & language.same)
        # "It will open in 2025" tells of the plan before; "it will do more" of none that is known.
        is_number = status in FUTURE and bool(said.amounts)
        if not is_same or is_number or (status in FUTURE and not _is_ahead(said)):
            return None
        last = memory.last_of(company)
        if last:
            return last, ()
        if memory.topic is None or memory.topic.company != company:
            only = memory.undertakings.located(company, place)
            return (only, ()) if only else None
        kinds, words = memory.topic.kinds, memory.topic.words
    if status not in TURNS and language.undone.find(words) and "climate" not in kinds:
        return None  # what closes is no step of the plan that opened it
    known = memory.undertakings.reported(company, kinds, place, words, memory.whereabouts.named)
    if known and not said.is_strange:
        return known, ()
    return memory.undertakings.new(company, kinds[0], place)
