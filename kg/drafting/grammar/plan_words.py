"""The words by which a language speaks of plans, from its file in `languages`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.drafting.grammar.phrase_tables import pairs_of, phrases_of, words_of
from kg.drafting.grammar.phrases import Phrases
from kg.drafting.grammar.unreal import UnrealWords, unreal_words
from kg.drafting.grammar.verb_forms import verb_forms
from kg.drafting.grammar.word_fields import (
    LanguageTables,
    found,
    keyed,
    listed,
    made,
    mapped,
    read_fields,
)
from kg.drafting.language import LanguageError, lexicon_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Relating:
    """The words for one predicate: between two names, or as the verb of a clause."""

    of_first: Phrases[bool]
    of_second: Phrases[bool]


def _relating(words: Mapping[str, Iterable[str]]) -> Relating:
    return Relating(
        *(Phrases((p, True) for p in words.get(key, ())) for key in ("of_first", "of_second"))
    )


def _relations(of: LanguageTables, key: str) -> Phrases[str]:
    """Return the words of a sort for all predicates."""
    return phrases_of({p: each.get(key, ()) for p, each in of.table["relations"].items()}, of.words)


def _without(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: each for name, each in table.items() if name != key}


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What words of a language mean in a text on plans; see `languages/en.toml`."""

    abbreviations: frozenset[str] = listed()
    adverbs: frozenset[str] = listed()
    lasting: frozenset[str] = listed()
    asides: Phrases[str] = found()
    comparing: frozenset[str] = listed()
    cues: Phrases[str] = keyed()
    joints: Phrases[str] = made(
        lambda of: phrases_of(_without(of.table["joints"], "none"), of.words)
    )
    reporting: Phrases[str] = made(
        lambda of: phrases_of(_without(of.table["speech"], "persons"), of.words)
    )
    persons: frozenset[str] = listed("speech", "persons")
    past: frozenset[str] = listed()
    company_words: Phrases[str] = made(
        lambda of: phrases_of(
            {key: of.table["companies"][key] for key in ("pronouns", "own", "nouns")}, of.words
        )
    )
    others: frozenset[str] = listed("companies", "others")
    worldwide: Phrases[str] = found("places", "world")
    peoples: Phrases[str] = made(
        lambda of: Phrases((each, place) for each, place in of.table["places"]["peoples"])
    )
    indicators: tuple[tuple[str, str], ...] = made(
        lambda of: tuple(pairs_of(of.table["indicators"], of.words))
    )
    growths: Mapping[str, str] = mapped()
    ranks: Phrases[str] = keyed()
    kinds: Phrases[str] = keyed()
    actions: Phrases[str] = keyed()
    same: frozenset[str] = made(
        lambda of: frozenset(word for each in of.table["same"] for word in each.split("|"))
    )
    retracting: Phrases[str] = found()
    negative: Phrases[str] = found()
    fields: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = made(
        lambda of: tuple(
            (frozenset(each["words"]), tuple(each["indicators"])) for each in of.table["fields"]
        )
    )
    scopes: frozenset[str] = listed()
    vocabulary: frozenset[str] = made(
        lambda of: (
            frozenset(words_of([of.table, of.words, of.lexicon]))
            - set(words_of(of.table["places"]["lands"]))
        )
    )
    generic: frozenset[str] = listed()
    leading: frozenset[str] = listed()
    examples: frozenset[str] = listed("places", "examples")
    by: frozenset[str] = listed()
    durations: frozenset[str] = listed()
    one_duration: Phrases[str] = found()
    elsewhere: Phrases[str] = found("places", "elsewhere")
    locating: frozenset[str] = listed()
    undone: Phrases[str] = found()
    seeming: Phrases[str] = found()
    gaining: Phrases[str] = found()
    as_planned: frozenset[str] = listed()
    scheduled: Phrases[str] = found()
    instead: Mapping[str, str] = mapped()
    gained: Mapping[str, str] = mapped()
    capital_nouns: bool = made(lambda of: bool(of.table.get("capital_nouns", False)))
    forms: frozenset[str] = listed("companies", "forms")
    foreign: frozenset[str] = listed("companies", "foreign")
    onlookers: frozenset[str] = listed("companies", "onlookers")
    officials: frozenset[str] = listed("companies", "officials")
    owners: frozenset[str] = listed("companies", "owners")
    possessives: frozenset[str] = listed("companies", "possessives")
    plain: frozenset[str] = listed()
    more: frozenset[str] = listed()
    modifying: frozenset[str] = listed()
    counted_people: frozenset[str] = listed()
    elsewhen: frozenset[str] = listed()
    moving_aims: Phrases[str] = found()
    by_then: Phrases[str] = found()
    of_these: Phrases[str] = found()
    announcing: frozenset[str] = listed()
    amounting: frozenset[str] = listed()
    short: Phrases[str] = found()
    reports: Phrases[str] = found()
    year_before: Phrases[str] = found()
    of_report: Phrases[str] = found()
    time_nouns: frozenset[str] = listed()
    differing: Phrases[str] = found()
    returning: Phrases[str] = found()
    capacities: frozenset[str] = listed()
    of_which: Phrases[str] = found()
    making: Phrases[str] = found()
    reaching: Phrases[str] = found()
    left_with: Phrases[str] = found()
    nearing: Phrases[str] = found()
    there: frozenset[str] = listed()
    was_opened: frozenset[str] = listed()
    averages: frozenset[str] = listed()
    apiece: Phrases[str] = found()
    of_each: frozenset[str] = listed()
    fixed: Phrases[str] = found()
    ups: frozenset[str] = listed()
    startings: frozenset[str] = listed()
    no_plans: frozenset[str] = listed()
    going: Phrases[str] = found()
    prices: frozenset[str] = listed()
    taking: Phrases[str] = found()
    receiving: Phrases[str] = found()
    no_whole: frozenset[str] = listed()
    holdings: frozenset[str] = listed()
    near: frozenset[str] = listed()
    giving: Phrases[str] = found()
    happening: Phrases[str] = found()
    falling: Phrases[str] = found()
    unreal: frozenset[str] = listed()
    having: frozenset[str] = made(lambda of: frozenset(of.words["have"]))
    partners: frozenset[str] = listed()
    companions: frozenset[str] = listed()
    ahead: frozenset[str] = listed()
    owing: frozenset[str] = listed()
    plan_nouns: frozenset[str] = made(lambda of: frozenset(of.words["plan"]))
    denying: Phrases[str] = found()
    callings: Phrases[str] = found("companies", "callings")
    governments: frozenset[str] = listed("companies", "governments")
    greetings: frozenset[str] = listed("companies", "greetings")
    lands: frozenset[str] = listed("places", "lands")
    joining: frozenset[str] = listed()
    nouns: frozenset[str] = listed()
    determiners: frozenset[str] = listed()
    weak: frozenset[str] = listed("companies", "weak")
    groups: frozenset[str] = listed("companies", "nouns")
    again: Phrases[str] = found()
    portions: Phrases[str] = found()
    exceeding: frozenset[str] = listed()
    to: frozenset[str] = listed()
    origins: frozenset[str] = listed("from")
    baselines: Phrases[str] = found()
    titles: Phrases[str] = made(lambda of: _relations(of, "titles"))
    apart: Phrases[str] = made(lambda of: _relations(of, "apart"))
    between: Mapping[str, Relating] = made(
        lambda of: {name: _relating(each) for name, each in of.table["relations"].items()}
    )
    verbs: Phrases[str] = made(lambda of: _relations(of, "verbs"))
    here: frozenset[str] = listed("places", "here")
    definite: frozenset[str] = listed()
    doing: Phrases[str] = found("companies", "doing")
    sites: Phrases[str] = found("places", "sites")
    noun_endings: tuple[str, ...] = made(lambda of: tuple(of.table["noun_endings"]))
    unjoined: Phrases[str] = made(
        lambda of: phrases_of({"none": of.table["joints"].get("none", ())}, of.words)
    )
    verb_endings: tuple[str, ...] = made(lambda of: tuple(of.table["verb_endings"]))
    worker_endings: tuple[str, ...] = made(lambda of: tuple(of.table["worker_endings"]))
    no_workers: frozenset[str] = listed()
    asking: Phrases[str] = found()
    wanting: Phrases[str] = made(
        lambda of: phrases_of({"announced": of.table["wanting"]}, of.words)
    )
    numbering: frozenset[str] = listed()
    opened: Mapping[str, str] = mapped()
    opening: Phrases[str] = found()
    adding: Phrases[str] = found()
    totals: frozenset[str] = listed()
    yearly: Phrases[str] = found()
    sinking: Phrases[str] = found()
    pronouns: frozenset[str] = listed("companies", "pronouns")
    holding: Phrases[str] = found()
    along: frozenset[str] = listed()
    already: Phrases[str] = found()
    events: Phrases[str] = found()
    rates: Mapping[str, str] = mapped()
    moving: Phrases[str] = found()
    finite: frozenset[str] = listed()
    degrees: frozenset[str] = listed()
    dealings: frozenset[str] = listed()
    stakes: frozenset[str] = listed()
    paying: frozenset[str] = listed()
    priced: Phrases[str] = found()
    fallen_short: frozenset[str] = listed()
    once: frozenset[str] = listed()
    once_had: frozenset[str] = listed()
    measured_by: frozenset[str] = listed()
    shifting: Phrases[str] = found()
    before_numbers: frozenset[str] = listed()
    regions: frozenset[str] = listed()
    owning: Phrases[str] = found()
    contracts: frozenset[str] = listed()
    dealing: Phrases[str] = found()
    worth: frozenset[str] = listed()
    promised: frozenset[str] = listed()
    further: Phrases[str] = found()
    undecided: Phrases[str] = found()
    compared: Phrases[str] = found()
    of_several: frozenset[str] = listed()
    predicates: Phrases[str] = keyed()
    counting: frozenset[str] = listed()
    being: frozenset[str] = made(lambda of: frozenset(of.words["be"]))
    relative: frozenset[str] = listed("joints", "relative")
    whole: frozenset[str] = listed()
    neutral: Phrases[str] = keyed()
    leading_verbs: frozenset[str] = listed()
    articles: frozenset[str] = listed()
    denying_words: frozenset[str] = listed()
    denied_numbers: Phrases[str] = found()
    not_so: UnrealWords = made(lambda of: unreal_words(of.code))


@cache
def plan_words(code: str) -> PlanWords:
    """Return the words of plans in a language, by its tag (`en`, or `en-IN`).

    >>> from kg.drafting.grammar.words import split_words
    >>> [hit.meaning for hit in plan_words("en").cues.find(split_words("It aims to grow"))]
    ['announced']

    Raises:
        LanguageError: there are no words of plans in that language.
    """
    table = table_of(code).get("plans")
    if table is None:
        raise LanguageError(f"there are no words of plans in the language {code!r}")
    lexicon = lexicon_of(code)
    words = {**verb_forms(lexicon), **table["words"]}
    return read_fields(PlanWords, LanguageTables(code, table, lexicon, words))
