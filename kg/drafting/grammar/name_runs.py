"""Runs of words with capitals that nothing known has: what may be a name, and how each stands in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.grammar.words import owns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.words import Word

_NEAR: Final = 3
_BRACKETS: Final = 8
_APPOSITION: Final = 8
_TITLED: Final = 2
_JOINED: Final = "&"


class Run(NamedTuple):
    """A run of words with capitals: its name, its place, and how it stands.

    `begins` says that it begins a sentence or stands behind a sign, where any word may have a capital; `acts` that a
    verb of planning or measuring follows at once, or more is told of it; `called` that it stands behind or before what
    companies are called ("the phone maker Bolt", "Bolt, a maker of phones"); `aside` that it stands behind a
    preposition; `is_site` that it only tells where something is ("in Bolt", "the Bolt plant"); `is_owner` that
    something is said to be its ("Bolt's").
    """

    name: str
    start: int
    end: int
    begins: bool
    acts: bool
    called: bool
    aside: bool = False
    is_site: bool = False
    is_owner: bool = False


def find_runs(reading: Reading, language: PlanWords) -> Iterator[Run]:
    """Yield the runs of words with capitals that nothing known has, in the order of the sentence."""
    words, text = reading.words, reading.text
    taken = {number for number, word in enumerate(words) if reading.is_told(word.start)}
    taken |= {n for hit in language.peoples.find(words) for n in range(hit.first, hit.last)}
    at = 0
    while at < len(words):
        end = at
        # Every noun has a capital there: two in a row are two.
        most = at + 1 if language.capital_nouns else len(words)
        while end < most and end not in taken and _goes_on(text, words, end, at):
            end += 1
        while end > at and words[end - 1].folded == _JOINED:
            end -= 1
        first = _past_common(words, at, end, language)
        if end > first and not _is_trade(words, first, end, language):
            yield _run(reading, first, end, language)
        at = max(end, at + 1)


def _past_common(words: Sequence[Word], first: int, last: int, language: PlanWords) -> int:
    """Return where a name begins behind a word that has a capital by its place alone: "At Bolt", "Miner Bolt"."""
    if language.capital_nouns or (first and words[first - 1].folded[-1].isalnum()):
        return first
    common = language.plain | language.groups | language.others | language.foreign
    while last - first > 1 and words[first].folded in common:
        first += 1
    return first


def _is_trade(words: Sequence[Word], first: int, last: int, language: PlanWords) -> bool:
    """Whether the first word of a sentence only tells what a company does: "Tyre maker Bolt"."""
    return first == 0 and last == 1 and _is_company(words[1:2], language)


def _goes_on(text: str, words: Sequence[Word], number: int, first: int) -> bool:
    start, end = words[number].start, words[number].end
    joined = number == first or text[words[number - 1].end : start] == " "
    is_name = text[start].isupper() and end - start > 1
    return joined and (is_name or (number > first and words[number].folded == _JOINED))


def _run(reading: Reading, first: int, last: int, language: PlanWords) -> Run:
    words = reading.words
    start, stop = words[first].start, words[last - 1].end
    before = words[first - 1].folded if first else ""
    # "The board of Bolt Motors" is Bolt's, and what is built by Bolt Motors is not to be told of others.
    others = language.others - (language.owners - language.by)
    return Run(
        reading.text[start:stop],
        start,
        stop,
        begins=not before or not before[-1].isalnum(),
        acts=_acts(reading, last, language),
        called=_is_called(words, first, last, language),
        aside=before in others,
        # "At Bolt's plant" is not at Bolt.
        is_site=(before in language.locating and not owns(words, last))
        or _is_of_site(words, first, last, language),
        is_owner=owns(words, last),
    )


def _acts(reading: Reading, last: int, language: PlanWords) -> bool:
    """Whether a verb of planning follows a name, or more is told of it: "Bolt, which makes bolts, will"."""
    words = reading.words
    cues = {clause.cue for clause in reading.clauses if clause.cue is not None}
    joints = language.joints.find(words[last + 1 : last + 2])
    is_comma = last < len(words) and words[last].folded == ","
    is_told_of = is_comma and bool(joints) and "relative" in joints[0].meanings
    last = _behind_brackets(words, last)
    while last < len(words) and last not in cues and words[last].folded in language.adverbs:
        last += 1
    hits = language.doing.find(words[last : last + _NEAR])
    is_helped = last < len(words) and words[last].folded in language.finite and last + 1 in cues
    return is_told_of or last in cues or is_helped or (bool(hits) and hits[0].first == 0)


def _behind_brackets(words: Sequence[Word], last: int) -> int:
    """Return where a clause goes on behind what stands in brackets after a name: "Bolt plc (LSE: BLT) plans"."""
    if last >= len(words) or words[last].folded != "(":
        return last
    ends = (n for n in range(last, min(last + _BRACKETS, len(words))) if words[n].folded == ")")
    return next((end + 1 for end in ends), last)


def _is_called(words: Sequence[Word], first: int, last: int, language: PlanWords) -> bool:
    """Whether it is told what a name is: before it, behind it, or by whom it is led."""
    if _is_company(words[max(0, first - 1) : first], language):
        return True
    if language.capital_nouns or last >= len(words):
        return False
    ways = (_is_led, _is_headed, _is_explained)
    return any(way(words, first, last, language) for way in ways)


def _is_company(words: Sequence[Word], language: PlanWords) -> bool:
    """Whether a word for a company stands among some words."""
    return any("nouns" in hit.meanings for hit in language.company_words.find_all(words))


def _is_led(words: Sequence[Word], first: int, _: int, language: PlanWords) -> bool:
    """Whether somebody leads it: "chief executive of Bolt", "Jane Roe runs Bolt"."""
    if first >= _TITLED and words[first - 1].folded in language.leading_verbs:
        return True
    if first < _TITLED or words[first - 1].folded not in language.weak:
        return False
    before = words[max(0, first - _APPOSITION) : first - 1]
    titles = language.titles.find(before)
    return bool(titles) and titles[-1].last == len(before)


def _is_headed(words: Sequence[Word], first: int, last: int, language: PlanWords) -> bool:
    """Whether a name heads a line, and the line says what it is: "Bolt's – The smaller chain"."""
    dash = last + 2 if owns(words, last) else last
    return first == 0 and _is_dash(words, dash) and _is_company(words[dash + 1 :], language)


def is_headed(reading: Reading, run: Run) -> bool:
    """Whether a dash stands behind a name, or a colon behind one in capitals, which heads a line so."""
    last = reading.number(run.end)
    behind = reading.words[last].folded if last < len(reading.words) else ""
    return _is_dash(reading.words, last) or (behind == ":" and run.name.isupper())


def _is_explained(words: Sequence[Word], _: int, last: int, language: PlanWords) -> bool:
    """Whether what it is stands behind a name between two commas: "Bolt, a small maker of phones, will"."""
    behind = words[last + 1 : last + 1 + _APPOSITION]
    if words[last].folded != "," or not behind:
        return False
    commas = [number for number, word in enumerate(behind) if word.folded in {",", "."}]
    inside = behind[: commas[0]] if commas else []
    is_told = behind[0].folded in language.determiners and _is_company(inside, language)
    return is_told and not language.titles.find(inside)


def _is_dash(words: Sequence[Word], at: int) -> bool:
    """Whether a dash stands at a place, and joins no two words."""
    is_dash = at < len(words) and words[at].folded in {"-", "–", "—"} and at + 1 < len(words)
    return is_dash and words[at - 1].end < words[at].start and words[at].end < words[at + 1].start


def _is_of_site(words: Sequence[Word], first: int, last: int, language: PlanWords) -> bool:
    """Whether a name only tells which site is meant: "its Kidderminster mill", "the Monterrey plant"."""
    is_told = first == 0 or words[first - 1].folded in language.determiners
    if is_told and language.sites.find(words[last : last + 1]):
        return True
    # "Crag Moor wind farm: ..." heads a point.
    ends = [
        number
        for number in range(last, min(last + _NEAR + 1, len(words)))
        if words[number].folded == ":"
    ]
    hits = language.kinds.find(words[last : ends[0]]) if first == 0 and ends else []
    return any(hit.first == 0 and last + hit.last == ends[0] for hit in hits)
