"""Status reports: what a clause without a number of its own tells of an undertaking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.attributes import is_attribute
from kg.drafting.grammar.coming import comes, is_begun_later, is_done_later, is_later
from kg.drafting.grammar.memory import Topic
from kg.drafting.grammar.no_reports import is_vague, tells_nothing
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

_FEWEST: Final = 2
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
    is_scheduled = comes(said)
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
    if tells_nothing(said, str(status)):
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


def _status(said: Said, *, is_scheduled: bool) -> str | None:
    """Return what a clause tells of an undertaking: what its verb does, against the days that it names."""
    sense = said.clause.sense
    if sense == "former" or is_scheduled or is_begun_later(said) or is_done_later(said):
        return "announced"
    return "postponed" if sense == "announced" and is_later(said) else sense


def _spans(said: Said, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """Return the place of a part of a clause, behind that of its verb if this stands before."""
    begin, end = said.clause.first, said.clause.cue_end
    if first == begin and said.clause.joint == "relative" and said.clause.subject is not None:
        first = begin = said.clause.subject  # "A plant in Ohio, opened in May"
    if first == begin or end is None:
        return (said.trimmed(first, last),)
    return said.trimmed(begin, end), said.trimmed(first, last)


def _says_nothing(said: Said, status: str, about: str) -> bool:
    """Whether a report would be of nothing, or of nothing new: "it will have to hire", "has begun and is progressing"."""
    # "It will close the plant that it opened in 2019": that was no closing.
    was_opened = said.clause.joint == "relative" and about.endswith("-end") and status == "achieved"
    return was_opened or is_vague(said, status, about) or _is_told_already(said, status, about)


def _is_told_already(said: Said, status: str, about: str) -> bool:
    """Whether a sentence only goes on with what it has just told: "has begun and is progressing", "is late and will come in May"."""
    memory = said.memory
    if memory.told is None or not has_no_subject(said) or memory.last is memory.last_before:
        return False
    is_later = memory.told == (about, "postponed") and status == "announced"
    return is_later or memory.told == (about, status)
