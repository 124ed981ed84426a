"""The words by which a language speaks of plans, from its file in `languages`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.drafting.grammar.phrase_tables import pairs_of, phrases_of, words_of
from kg.drafting.grammar.phrases import Phrases
from kg.drafting.grammar.unreal import UnrealWords, unreal_words
from kg.drafting.grammar.verb_forms import verb_forms
from kg.drafting.language import LanguageError, lexicon_of, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Relating:
    """The words for one predicate: between two names, or as the verb of a clause."""

    of_first: Phrases[bool]
    of_second: Phrases[bool]


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What words of a language mean in a text on plans; see `languages/en.toml`."""

    abbreviations: frozenset[str]
    adverbs: frozenset[str]
    cues: Phrases[str]
    joints: Phrases[str]
    reporting: Phrases[str]
    persons: frozenset[str]
    past: frozenset[str]
    company_words: Phrases[str]
    others: frozenset[str]
    worldwide: Phrases[str]
    peoples: Phrases[str]
    indicators: tuple[tuple[str, str], ...]
    growths: Mapping[str, str]
    ranks: Phrases[str]
    kinds: Phrases[str]
    actions: Phrases[str]
    same: frozenset[str]
    retracting: Phrases[str]
    negative: Phrases[str]
    fields: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    scopes: frozenset[str]
    vocabulary: frozenset[str]
    generic: frozenset[str]
    leading: frozenset[str]
    examples: frozenset[str]
    by: frozenset[str]
    durations: frozenset[str]
    one_duration: Phrases[bool]
    elsewhere: Phrases[bool]
    locating: frozenset[str]
    undone: Phrases[str]
    gaining: Phrases[str]
    as_planned: frozenset[str]
    scheduled: Phrases[str]
    instead: Mapping[str, str]
    gained: Mapping[str, str]
    capital_nouns: bool
    forms: frozenset[str]
    foreign: frozenset[str]
    owners: frozenset[str]
    possessives: frozenset[str]
    plain: frozenset[str]
    more: frozenset[str]
    modifying: frozenset[str]
    counted_people: frozenset[str]
    elsewhen: frozenset[str]
    short: Phrases[str]
    apiece: Phrases[str]
    fixed: Phrases[str]
    ups: frozenset[str]
    startings: frozenset[str]
    going: Phrases[str]
    prices: frozenset[str]
    taking: Phrases[str]
    receiving: Phrases[str]
    no_whole: frozenset[str]
    holdings: frozenset[str]
    near: frozenset[str]
    giving: Phrases[str]
    happening: Phrases[str]
    falling: Phrases[str]
    unreal: frozenset[str]
    having: frozenset[str]
    partners: frozenset[str]
    ahead: frozenset[str]
    owing: frozenset[str]
    plan_nouns: frozenset[str]
    denying: Phrases[str]
    callings: Phrases[str]
    governments: frozenset[str]
    lands: frozenset[str]
    joining: frozenset[str]
    nouns: frozenset[str]
    determiners: frozenset[str]
    weak: frozenset[str]
    groups: frozenset[str]
    again: Phrases[str]
    portions: Phrases[str]
    exceeding: frozenset[str]
    to: frozenset[str]
    origins: frozenset[str]
    baselines: Phrases[str]
    titles: Phrases[str]
    apart: Phrases[str]
    between: Mapping[str, Relating]
    verbs: Phrases[str]
    here: frozenset[str]
    definite: frozenset[str]
    doing: Phrases[str]
    sites: Phrases[str]
    noun_endings: tuple[str, ...]
    unjoined: Phrases[str]
    worker_endings: tuple[str, ...]
    no_workers: frozenset[str]
    asking: Phrases[str]
    wanting: Phrases[str]
    numbering: frozenset[str]
    opened: Mapping[str, str]
    opening: Phrases[str]
    adding: Phrases[str]
    totals: frozenset[str]
    yearly: Phrases[str]
    sinking: Phrases[str]
    pronouns: frozenset[str]
    holding: Phrases[str]
    along: frozenset[str]
    already: Phrases[str]
    events: Phrases[str]
    rates: Mapping[str, str]
    moving: Phrases[str]
    finite: frozenset[str]
    dealings: frozenset[str]
    promised: frozenset[str]
    further: Phrases[str]
    undecided: Phrases[str]
    compared: Phrases[str]
    of_several: frozenset[str]
    predicates: Phrases[str]
    counting: frozenset[str]
    being: frozenset[str]
    relative: frozenset[str]
    whole: frozenset[str]
    neutral: Phrases[str]
    leading_verbs: frozenset[str]
    articles: frozenset[str]
    denied_numbers: Phrases[str]
    not_so: UnrealWords


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

    def one(key: str) -> Phrases[str]:
        return phrases_of({key: table[key]}, words)

    return PlanWords(
        abbreviations=frozenset(table["abbreviations"]),
        adverbs=frozenset(table["adverbs"]),
        cues=phrases_of(table["cues"], words),
        joints=phrases_of({k: v for k, v in table["joints"].items() if k != "none"}, words),
        unjoined=phrases_of({"none": table["joints"].get("none", ())}, words),
        reporting=phrases_of({k: v for k, v in table["speech"].items() if k != "persons"}, words),
        past=frozenset(table["past"]),
        persons=frozenset(table["speech"]["persons"]),
        company_words=phrases_of(
            {k: table["companies"][k] for k in ("pronouns", "own", "nouns")},
            words,
        ),
        others=frozenset(table["companies"]["others"]),
        worldwide=phrases_of({"world": table["places"]["world"]}, words),
        peoples=Phrases((each, place) for each, place in table["places"]["peoples"]),
        indicators=tuple(pairs_of(table["indicators"], words)),
        growths=table["growths"],
        worker_endings=tuple(table["worker_endings"]),
        no_workers=frozenset(table["no_workers"]),
        asking=one("asking"),
        events=one("events"),
        finite=frozenset(table["finite"]),
        dealings=frozenset(table["dealings"]),
        promised=frozenset(table["promised"]),
        further=one("further"),
        undecided=one("undecided"),
        compared=one("compared"),
        of_several=frozenset(table["of_several"]),
        predicates=phrases_of(table["predicates"], words),
        counting=frozenset(table["counting"]),
        being=frozenset(words["be"]),
        relative=frozenset(table["joints"]["relative"]),
        whole=frozenset(table["whole"]),
        neutral=phrases_of(table["neutral"], words),
        leading_verbs=frozenset(table["leading_verbs"]),
        articles=frozenset(table["articles"]),
        denied_numbers=one("denied_numbers"),
        not_so=unreal_words(code),
        already=one("already"),
        along=frozenset(table["along"]),
        holding=one("holding"),
        pronouns=frozenset(table["companies"]["pronouns"]),
        sinking=one("sinking"),
        opened=table["opened"],
        opening=one("opening"),
        adding=one("adding"),
        totals=frozenset(table["totals"]),
        yearly=one("yearly"),
        wanting=phrases_of({"announced": table["wanting"]}, words),
        numbering=frozenset(table["numbering"]),
        rates=table["rates"],
        moving=one("moving"),
        ranks=phrases_of(table["ranks"], words),
        kinds=phrases_of(table["kinds"], words),
        actions=phrases_of(table["actions"], words),
        same=frozenset(word for each in table["same"] for word in each.split("|")),
        fields=tuple(
            (frozenset(each["words"]), tuple(each["indicators"])) for each in table["fields"]
        ),
        scopes=frozenset(table["scopes"]),
        capital_nouns=bool(table.get("capital_nouns", False)),
        forms=frozenset(table["companies"]["forms"]),
        one_duration=Phrases((each, True) for each in table["one_duration"]),
        elsewhere=Phrases((each, True) for each in table["places"]["elsewhere"]),
        durations=frozenset(table["durations"]),
        foreign=frozenset(table["companies"]["foreign"]),
        owners=frozenset(table["companies"]["owners"]),
        possessives=frozenset(table["companies"]["possessives"]),
        plain=frozenset(table["plain"]),
        more=frozenset(table["more"]),
        modifying=frozenset(table["modifying"]),
        counted_people=frozenset(table["counted_people"]),
        elsewhen=frozenset(table["elsewhen"]),
        short=one("short"),
        apiece=one("apiece"),
        fixed=one("fixed"),
        ups=frozenset(table["ups"]),
        startings=frozenset(table["startings"]),
        going=one("going"),
        prices=frozenset(table["prices"]),
        taking=one("taking"),
        receiving=one("receiving"),
        no_whole=frozenset(table["no_whole"]),
        holdings=frozenset(table["holdings"]),
        near=frozenset(table["near"]),
        giving=one("giving"),
        happening=one("happening"),
        falling=one("falling"),
        unreal=frozenset(table["unreal"]),
        having=frozenset(words["have"]),
        partners=frozenset(table["partners"]),
        ahead=frozenset(table["ahead"]),
        owing=frozenset(table["owing"]),
        plan_nouns=frozenset(words["plan"]),
        denying=one("denying"),
        callings=phrases_of({"callings": table["companies"]["callings"]}, words),
        governments=frozenset(table["companies"]["governments"]),
        lands=frozenset(table["places"]["lands"]),
        by=frozenset(table["by"]),
        locating=frozenset(table["locating"]),
        undone=one("undone"),
        as_planned=frozenset(table["as_planned"]),
        scheduled=one("scheduled"),
        gaining=one("gaining"),
        instead=table["instead"],
        gained=table["gained"],
        leading=frozenset(table["leading"]),
        examples=frozenset(table["places"]["examples"]),
        generic=frozenset(table["generic"]),
        vocabulary=frozenset(words_of([table, words, lexicon]))
        - set(words_of(table["places"]["lands"])),
        joining=frozenset(table["joining"]),
        nouns=frozenset(table["nouns"]),
        determiners=frozenset(table["determiners"]),
        weak=frozenset(table["companies"]["weak"]),
        groups=frozenset(table["companies"]["nouns"]),
        negative=one("negative"),
        again=one("again"),
        portions=one("portions"),
        exceeding=frozenset(table["exceeding"]),
        to=frozenset(table["to"]),
        origins=frozenset(table["from"]),
        baselines=one("baselines"),
        titles=phrases_of(
            {p: each.get("titles", ()) for p, each in table["relations"].items()}, words
        ),
        apart=phrases_of(
            {p: each.get("apart", ()) for p, each in table["relations"].items()}, words
        ),
        retracting=one("retracting"),
        between={
            predicate: Relating(
                Phrases((p, True) for p in each.get("of_first", ())),
                Phrases((p, True) for p in each.get("of_second", ())),
            )
            for predicate, each in table["relations"].items()
        },
        verbs=phrases_of(
            {predicate: each.get("verbs", ()) for predicate, each in table["relations"].items()},
            words,
        ),
        here=frozenset(table["places"]["here"]),
        noun_endings=tuple(table["noun_endings"]),
        definite=frozenset(table["definite"]),
        doing=phrases_of({"doing": table["companies"]["doing"]}, words),
        sites=phrases_of({"sites": table["places"]["sites"]}, words),
    )
