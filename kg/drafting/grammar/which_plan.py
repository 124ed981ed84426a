"""Which undertaking a clause tells the status of: a known one, the one told of before, or a new one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.named_plans import noun_of
from kg.drafting.grammar.senses import FUTURE, TURNS
from kg.drafting.grammar.undertakings import ENDING

_EVENT: Final = 3
_LONGEST: Final = 2
_WHOLE: Final = frozenset({"exports", "financial-services", "online-retail", "research"})
"""The sorts of which a company has one, so that its end is that of the plan."""
_UNKNOWN: Final = "growth"
"""The sort of an undertaking of which the words do not tell the sort."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.undertakings import Things
    from kg.drafting.grammar.words import Word


def parts_of(said: Said) -> list[tuple[int, int]]:
    """Return the parts of a clause that each tell of an undertaking at a place of its own, as words.

    "It gives up a plant in Ohio and a laboratory in Texas" has two; "plants in Ohio and Texas" is one.
    """
    clause, language = said.clause, said.memory.language
    first = clause.first if clause.cue_end is None else clause.cue_end
    words = said.reading.words
    nouns = [first + hit.first for hit in language.kinds.find_all(words[first : clause.last])]
    places = [
        at for at, _ in said.memory.whereabouts.places(said.reading) if first <= at < clause.last
    ]
    cuts: list[int] = []
    for at in places:
        noun = next((each for each in nouns if each > at), None)
        later = next((each for each in places if noun is not None and each > noun), None)
        begins = any(each < at for each in nouns)
        joined = [
            number
            for number in range(at + 1, noun or at)
            if words[number].folded in language.joining
        ]
        if begins and later is not None and joined and (not cuts or at > cuts[-1]):
            cuts.append(joined[-1])
    edges = [clause.first, *cuts, clause.last]
    return list(pairwise(edges))


def kinds_of(said: Said, words: Sequence[Word]) -> list[str]:
    """Return the sorts of undertaking that some words of a clause name."""
    is_whole = len(words) == len(said.words)
    if is_whole:
        return said.kinds()
    hits = said.memory.language.kinds.find_all(words)
    return [kind for hit in hits for kind in hit.meanings]


def undertaking(
    said: Said, status: str, place: str | None, words: Sequence[Word]
) -> tuple[str, Things] | None:
    """Return which undertaking it is that some words of a clause tell of, and how that is described if it is new."""
    memory, company = said.memory, str(said.company)
    kinds = kinds_of(said, words)
    if not kinds:
        words = [*said.subject(), *words]
        found = _without_noun(said, status, place, words)
        if found:
            return found
        kinds = _by_verb(said, status, words)
    # What closes is no step of the plan that opened it.
    ends = status not in TURNS and _ends(said, words, kinds)
    if not kinds or (ends and _does_more(said, words)):
        return None
    known = (
        None
        if ends
        else memory.undertakings.reported(company, kinds, place, words, memory.whereabouts.named)
    )
    if known and not said.strange:
        return known, ()
    called = ENDING if ends else ""
    there, strange = _told_site(said, kinds[0], place, words)
    return memory.undertakings.new(company, kinds[0], there, strange=strange, called=called)


def _told_site(
    said: Said, kind: str, place: str | None, words: Sequence[Word]
) -> tuple[str | None, str | None]:
    """Return where an undertaking is, "the plant" where the only one of its company is that was told of: by place, or as the text names it."""
    language, sites = said.memory.language, said.memory.sites
    told = sites.get((str(said.company), kind), set())
    if place or said.strange:
        return place, said.strange
    hits = language.kinds.find(words)
    before = words[hits[0].first - 1].folded if hits and hits[0].first else ""
    is_same = before in language.definite and len(told) == 1
    return next(iter(told)) if is_same else (None, None)


def given_up(said: Said, status: str, place: str | None, words: Sequence[Word]) -> str | None:
    """Return the known undertaking of which a clause tells that it is closed for good: a business, and no shop of many."""
    memory = said.memory
    kinds = [kind for kind in kinds_of(said, words) if kind in _WHOLE]
    if status != "achieved" or not kinds or said.strange or not _ends(said, words, kinds):
        return None
    if _does_more(said, words):
        return None
    named = memory.whereabouts.named
    return memory.undertakings.reported(str(said.company), kinds, place, words, named)


def _without_noun(
    said: Said, status: str, place: str | None, words: Sequence[Word]
) -> tuple[str, Things] | None:
    """Return what words tell of that have no noun for its sort: what was told of before, others of the same, or a thing by its name."""
    memory, company = said.memory, str(said.company)
    own = [word for word in words if word.folded not in memory.language.vocabulary]
    plans = memory.undertakings
    named = (
        None
        if said.strange
        else plans.alike(company, place, own) or plans.named_in(company, place, words)
    )
    if named:
        return named, ()
    before, noun = _told_before(said, status, place, words), noun_of(said, status)
    if before and status not in TURNS and _ends(said, words, ()):
        kind = memory.kinds.get(before[0]) or next(
            iter(memory.topic.kinds if memory.topic else ()), None
        )
        return memory.undertakings.end_of(company, before[0], kind)
    if before or (_done(said, words) and not noun):
        return before
    if status in TURNS and not said.strange and (there := _only_there(said, place)):
        return there, ()
    others = _others(said)
    if not others and not noun:
        return None
    kind, called = (others[0], "") if others else (_UNKNOWN, str(noun))
    return memory.undertakings.new(company, kind, place, strange=said.strange, called=called)


def _only_there(said: Said, place: str | None) -> str | None:
    """Return what a company has at a place that its clause names behind the verb: "it gives up Borlänge"."""
    end = said.clause.cue_end or said.clause.last
    named = said.memory.whereabouts.places(said.reading)
    is_behind = any(end <= at < said.clause.last and each == place for at, each in named)
    return said.memory.undertakings.located(str(said.company), place) if is_behind else None


def _by_verb(said: Said, status: str, words: Sequence[Word]) -> list[str]:
    """Return the sorts that a verb tells, or the rest of the sentence; what is given up where nobody knows may be anything."""
    if said.strange and status in TURNS:
        return []
    return _done(said, words) or (_behind(said) if status in TURNS else [])


def _ends(said: Said, words: Sequence[Word], kinds: Sequence[str]) -> bool:
    language = said.memory.language
    is_opened = bool(language.seeming.find(words))  # "cut the ribbon"
    return bool(language.undone.find(words)) and "climate" not in kinds and not is_opened


def _does_more(said: Said, words: Sequence[Word]) -> bool:
    """Whether a clause tells of what begins, too, so that nobody knows what ends: "to close a shop and open another"."""
    language = said.memory.language
    # "To stop making televisions": what is stopped is no beginning.
    gone = {n for hit in language.undone.find_all(words) for n in range(hit.first, hit.last + 1)}
    return any(hit.first not in gone for hit in language.actions.find_all(words))


def _told_before(
    said: Said, status: str, place: str | None, words: Sequence[Word]
) -> tuple[str, Things] | None:
    """Return what "it" or "the project" stands for: what the text told of before."""
    memory, company, language = said.memory, str(said.company), said.memory.language
    # "That" of "shops that are built" stands for what is named right before it.
    clause = said.clause
    is_relative = clause.joint == "relative" and clause.first and clause.cue == clause.first + 1
    joint = said.reading.words[clause.first] if is_relative else None
    # "A plan to float" is another one than what was told of.
    indefinite = language.articles - language.definite - language.possessives
    is_same = any(
        word.folded in language.same
        and word != joint
        and not (before in indefinite and word.folded not in language.pronouns)
        for before, word in zip(["", *(word.folded for word in words)], words, strict=False)
    )
    is_same = is_same or any(hit.first == 0 for hit in language.events.find(_bare(words, language)))
    is_same = is_same or _is_repeated(said)
    # "... and will come online in 2026" goes on with what the sentence has told of.
    goes_on = has_no_subject(said) and said.is_ahead and _is_step_to_come(said)
    if goes_on and (here := memory.in_this_sentence(company)):
        return here, ()
    topic = memory.topic
    if has_no_subject(said) and topic and topic.words[0].start >= said.reading.sentence.start:
        return _of_topic(said, place) if status not in FUTURE or said.is_ahead else None
    # "It will open in 2025" and "it was to open in 2023" tell of the plan before; "it will do more" of none that is known.
    is_dated = said.is_ahead or (said.clause.past and bool(said.periods))
    if not is_same or (status in FUTURE and not is_dated):
        return None
    last = memory.last_of(company)
    if last:
        return last, ()
    if memory.topic is None or memory.topic.company != company:
        only = memory.undertakings.located(company, place)
        return (only, ()) if only else None
    return _of_topic(said, place)


def _bare(words: Sequence[Word], language: PlanWords) -> Sequence[Word]:
    """Return the first words of a clause without what only joins it, and without an article: "and the first power"."""
    first = 0
    while first < len(words) - 1 and words[first].folded in language.joining | language.articles | {
        ","
    }:
        first += 1
    return words[first : first + _EVENT]


def _is_step_to_come(said: Said) -> bool:
    """Whether it is told right behind a verb of planning that something opens, ends or is there: "will come online"."""
    words, end = said.reading.words, said.clause.cue_end or 0
    hits = said.memory.language.scheduled.find(words[end : end + _EVENT])
    return any(hit.first == 0 for hit in hits)


def has_no_subject(said: Said) -> bool:
    """Whether a clause begins with its verb, and goes on with what the one before tells of: "and will open in May"."""
    clause, language = said.clause, said.memory.language
    if clause.cue is None or clause.subject is not None or not clause.first:
        return False
    words = said.reading.words
    before = [word.folded for word in words[clause.first : clause.cue]]
    if (
        clause.sense in TURNS
        and before == [","]
        and words[clause.cue].folded not in language.finite
    ):
        return False  # "was finished in October, three months late"
    skipped = language.joining | language.adverbs | {",", "yet", "then"}
    return all(word in skipped for word in before)


def _is_repeated(said: Said) -> bool:
    """Whether a clause begins with a thing of which the sentence before told: "a hall in Ohio", and then "the hall"."""
    memory, language, words = said.memory, said.memory.language, said.reading.words
    first, cue = said.clause.first, said.clause.cue
    while cue is not None and first < cue and not _begins(said, first):
        first += 1
    if cue is None or words[first].folded not in language.definite:
        return False
    noun = [word.folded for word in words[first + 1 : cue] if word.folded not in language.adverbs]
    is_short = 1 <= len(noun) <= _LONGEST and noun[-1].isalpha()
    told = {word.folded for word in memory.before}
    return is_short and (noun[-1] in told or (noun == noun[-1:] and noun[-1] in language.startings))


def _begins(said: Said, number: int) -> bool:
    """Whether a word is one of what a clause says, and does not only join it: "But the hall"."""
    word, language = said.reading.words[number].folded, said.memory.language
    joins = any(
        "apart" in hit.meanings
        for hit in language.joints.find(said.reading.words[number : number + 1])
    )
    return word.isalnum() and not joins and word not in language.leading


def _of_topic(said: Said, place: str | None) -> tuple[str, Things] | None:
    """Return what the text spoke of last, if that is something of the company of a clause."""
    memory, company = said.memory, str(said.company)
    if memory.topic is None or memory.topic.company != company:
        return None
    kinds, words = memory.topic.kinds, memory.topic.words
    known = memory.undertakings.reported(company, kinds, place, words, memory.whereabouts.named)
    if known and not said.strange:
        return known, ()
    return memory.undertakings.new(company, kinds[0], place, strange=said.strange)


def _others(said: Said) -> list[str]:
    """Return the sorts of what was told of before, of which a clause tells that there are others: "the next two are rising"."""
    clause, language, topic = said.clause, said.memory.language, said.memory.topic
    first = clause.first if clause.subject is None else clause.subject
    words = [w for w in said.reading.words[first : clause.cue or first] if w.folded.isalnum()]
    words = words[1:] if words and words[0].folded in language.joining else words
    hits = language.further.find(words)
    is_other = bool(hits) and hits[0].first == 0
    beside = language.adverbs | language.locating | language.here
    is_alone = is_other and all(
        word.folded in beside or said.reading.is_told(word.start) for word in words[hits[0].last :]
    )
    if not is_alone or topic is None or topic.company != said.company:
        return []
    is_there = said.strange is not None or bool(said.memory.whereabouts.places(said.reading))
    before = said.memory.before
    begin = before[0].start if before else said.reading.sentence.start
    is_same = topic.words[0].start >= begin
    return topic.kinds if is_there or is_same or said.is_ahead else []


def _behind(said: Said) -> list[str]:
    """Return the sorts that the rest of a sentence names: "it gave up its pledge to sell nothing but electric cars"."""
    words = said.reading.words[said.clause.cue or 0 :]
    hits = said.memory.language.kinds.find_all(words)
    return [kind for hit in hits[:1] for kind in hit.meanings]


def _done(said: Said, words: Sequence[Word]) -> list[str]:
    """Return the sorts of undertaking that a verb tells by itself: what enters a country is entering a market."""
    if said.clause.joint == "relative":
        return []  # "where land has been bought" tells more of something else
    cue = said.reading.words[said.clause.cue or 0].start
    behind = [word for word in words if word.start >= cue]
    hits = said.memory.language.actions.find(behind)
    return [kind for hit in hits for kind in hit.meanings]
