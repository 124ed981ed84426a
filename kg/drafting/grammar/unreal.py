"""What a sentence tells of and has not come about: what was nearly done, what nothing came of, what is denied, what would have been.

"It almost opened", "it started no construction", "reports that it will leave are false" and "had demand held, it would
have hired 500 people" are told with the verbs of plans, and so is "it opened an investigation": none states a plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.phrase_tables import phrases_of
from kg.drafting.grammar.verb_forms import verb_forms
from kg.drafting.language import lexicon_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet

    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.phrases import Hit, Phrases
    from kg.drafting.grammar.words import Word

IDLE: Final = "idle"
"""The sense of a clause that tells of nothing that came about, or comes."""

_NEAR: Final = 4
_BEFORE: Final = 3
_LEAD: Final = 3
_CUTS: Final = frozenset(',.;:()"\u201c\u201d\u2013\u2014')
_FEW: Final = 6
_APART: Final = frozenset({"apart", ";"})


@dataclass(frozen=True, slots=True)
class UnrealWords:
    """The words of a language for what has not come about; see `unreal` in `lexicon/en.toml`."""

    nearly: Phrases[str]
    nothing: Phrases[str]
    hearsay: Phrases[str]
    untrue: Phrases[str]
    denials: Phrases[str]
    fakes: Phrases[str]
    turned: frozenset[str]
    supposing: Phrases[str]
    supposed: Phrases[str]
    verbs: Phrases[str]
    objects: Phrases[str]
    spanning: Phrases[str]
    along: frozenset[str]
    articles: frozenset[str]
    behind_time: frozenset[str]
    multiples: frozenset[str]


@cache
def unreal_words(code: str) -> UnrealWords:
    """Return the words of a language, by its tag, for what has not come about; none where nobody has listed them.

    >>> from kg.drafting.grammar.words import split_words
    >>> bool(unreal_words("en").nearly.find(split_words("It almost opened"))), bool(unreal_words("en").turned)
    (True, True)
    """
    table = lexicon_of(code).get("unreal") or table_of(code).get("unreal", {})
    words = {**verb_forms(lexicon_of(code)), **table_of(code)["plans"]["words"]}
    multiples = table_of(code).get("amounts", {}).get("multiples", {})

    def some(*keys: str, of: Mapping[str, Iterable[str]] = table) -> Phrases[str]:
        return phrases_of({key: of.get(key, ()) for key in keys}, words)

    idle = table.get("idle", {})
    spanning = table.get("spanning", {})
    return UnrealWords(
        nearly=some("nearly"),
        nothing=some("nothing", "something"),
        hearsay=some("hearsay"),
        untrue=some("untrue"),
        denials=some("denials"),
        fakes=some("fakes"),
        turned=frozenset(table.get("turned", ())),
        supposing=some("supposing"),
        supposed=some("supposed"),
        verbs=phrases_of({name: each["verbs"] for name, each in idle.items()}, words),
        objects=phrases_of({name: each["objects"] for name, each in idle.items()}, words),
        spanning=some("verbs", of=spanning),
        along=frozenset(table.get("along", ())),
        articles=frozenset(spanning.get("articles", ())),
        behind_time=frozenset(spanning.get("behind", ())),
        multiples=frozenset(word for each in multiples.values() for word in each),
    )


def idle_verbs(words: Sequence[Word], language: UnrealWords) -> set[int]:
    """Return the numbers of words that are verbs of plans elsewhere, and tell of none here: "opened an investigation".

    >>> from kg.drafting.grammar.words import split_words
    >>> idle_verbs(split_words("It opened an investigation and a shop."), unreal_words("en"))
    {1}
    """
    found: set[int] = set()
    for verb in language.verbs.find_all(words):
        near = words[verb.last : verb.last + _NEAR + _FEW]
        hits = [hit for hit in language.objects.find_all(near) if hit.first <= _NEAR]
        if any(set(hit.meanings) & set(verb.meanings) and _is_of_piece(near, hit) for hit in hits):
            found |= set(range(verb.first, verb.last))
    return found


def _is_of_piece(near: Sequence[Word], hit: Hit[str]) -> bool:
    """Whether no comma or the like stands before an object, but for those within a number."""
    inside = [n for n, word in enumerate(near[: hit.first]) if word.folded in _CUTS]
    return all(0 < n < len(near) - 1 and near[n + 1].folded[0].isdecimal() for n in inside)


def spanning_verbs(
    words: Sequence[Word], times: AbstractSet[int], language: UnrealWords
) -> set[int]:
    """Return the numbers of verbs whose object is a time: "it closed 2023 with 500 people"; `times` are words of times."""
    found: set[int] = set()
    for verb in language.spanning.find(words):
        end = verb.last
        while end < len(words) and end in times:
            end += 1
        # "Closed in 2023": a preposition makes the time that of closing.
        is_object = end > verb.last and not words[verb.last].folded.isalpha()
        is_object = is_object or (
            end > verb.last + 1 and words[verb.last].folded in language.articles
        )
        if is_object and end < len(words) and words[end].folded in language.behind_time:
            found |= set(range(verb.first, verb.last))
    return found


def comes_to_nothing(cue: Hit[str], words: Sequence[Word], language: UnrealWords) -> bool:
    """Whether what a verb tells was only nearly done, or is done to nothing: "almost opened", "started no construction"."""
    before = words[max(0, cue.first - _BEFORE) : cue.first]
    nearly = language.nearly.find(before)
    is_multiple = words[cue.first].folded in language.multiples
    if nearly and nearly[-1].last == len(before) and cue.meaning != "announced" and not is_multiple:
        return True
    # "Nothing is being built", "no plant was opened"
    none = language.nothing.find(words[max(0, cue.first - _NEAR) : cue.first])
    if cue.meaning != "considered" and _leads(none, words, cue.first, language):
        return True
    # "Will create no jobs": the verb itself stands behind.
    ends = (cue.last, cue.last + 1) if cue.meaning == "announced" else (cue.last,)
    hits = (language.nothing.find(words[end : end + _NEAR])[:1] for end in ends)
    return any(hit.first == 0 and hit.meaning == "nothing" for each in hits for hit in each)


def _leads(
    hits: Sequence[Hit[str]], words: Sequence[Word], end: int, language: UnrealWords
) -> bool:
    """Whether nobody or nothing begins a clause that goes on to its verb, at `end`."""
    begin = max(0, end - _NEAR)
    return any(
        hit.meaning == "nothing"
        and not (hit.first + begin and words[hit.first + begin - 1].folded in language.along)
        and not any(word.folded in _CUTS for word in words[begin + hit.last : end])
        for hit in hits
    )


def without_unreal(
    clauses: list[Clause], words: Sequence[Word], language: UnrealWords
) -> list[Clause]:
    """Have clauses state nothing that only tell what would have been, or what is said and is not so."""
    if _is_supposed(words, language) or language.fakes.find(words):
        return [replace(clause, sense=IDLE) for clause in clauses]
    told, false = language.hearsay.find(words), language.untrue.find(words)
    parts = [
        (one.first, other.last)
        for one in told
        for other in false
        if one.last <= other.first and not _is_cut(clauses, one.first, other.first)
    ]
    parts += [(hit.last, _next_cut(clauses, hit.last)) for hit in language.denials.find(words)]
    return [
        replace(clause, sense=IDLE)
        if any(clause.first < last and first < clause.last for first, last in parts)
        else clause
        for clause in clauses
    ]


def _is_supposed(words: Sequence[Word], language: UnrealWords) -> bool:
    """Whether a sentence only tells what would have been: "Had demand held, it would have hired 500 people"."""
    lead = [word for word in words[: _LEAD + _FEW] if word.folded.isalnum()][:_LEAD]
    if not lead:
        return False
    is_question = words[-1].folded == "?"
    if lead[0].folded in language.turned and not is_question:
        return True
    begins = [hit for hit in language.supposing.find(lead) if hit.first <= 1]
    return bool(begins) and bool(language.supposed.find(words))


def _is_cut(clauses: Sequence[Clause], first: int, last: int) -> bool:
    """Whether a clause that is set apart begins between two words: "the report said so, but the wage claim is wrong"."""
    return any(clause.joint == "apart" and first < clause.first <= last for clause in clauses)


def _next_cut(clauses: Sequence[Clause], at: int) -> int:
    """Return where a clause begins that is set apart from what stands at a word, or where the sentence ends."""
    cuts = (clause.first for clause in clauses if clause.joint in _APART and clause.first > at)
    return min(cuts, default=clauses[-1].last)
