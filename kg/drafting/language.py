"""The words by which a language speaks of plans, from its file in `languages`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from kg.drafting.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MACRO: Final = re.compile(r"\{([a-z]++)\}")


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
    company_words: Phrases[str]
    others: frozenset[str]
    worldwide: Phrases[str]
    peoples: Phrases[str]
    indicators: tuple[tuple[str, str], ...]
    growths: Mapping[str, str]
    ranks: Phrases[str]
    kinds: Phrases[str]
    same: frozenset[str]
    between: Mapping[str, Relating]
    verbs: Phrases[str]
    here: frozenset[str]


def languages() -> list[str]:
    """Return the codes of the languages that there are words of plans for.

    >>> languages()
    ['de', 'en']
    """
    files = resources.files("kg.drafting").joinpath("languages").iterdir()
    codes = sorted(file.name[: -len(".toml")] for file in files if file.name.endswith(".toml"))
    return [code for code in codes if "plans" in read_language(code)]


@cache
def read_language(code: str) -> Mapping[str, Any]:
    """Return what the file of a language says.

    Raises:
        FileNotFoundError: There is no such language.
    """
    file = resources.files("kg.drafting").joinpath("languages", f"{code}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def plan_words(code: str) -> PlanWords:
    """Return the words of plans in a language, by its code (`en`, or `en-IN`); of an unknown one the English.

    >>> from kg.drafting.phrases import split_words
    >>> [hit.meaning for hit in plan_words("en").cues.find(split_words("It aims to grow"))]
    ['announced']
    """
    short = code.lower().partition("-")[0]
    known = languages()
    table = read_language(short if short in known else "en")["plans"]
    words = table["words"]
    return PlanWords(
        abbreviations=frozenset(table["abbreviations"]),
        adverbs=frozenset(table["adverbs"]),
        cues=_phrases(table["cues"], words),
        joints=_phrases(table["joints"], words),
        reporting=_phrases({k: v for k, v in table["speech"].items() if k != "persons"}, words),
        persons=frozenset(table["speech"]["persons"]),
        company_words=_phrases({k: v for k, v in table["companies"].items() if k != "others"}, words),
        others=frozenset(table["companies"]["others"]),
        worldwide=_phrases({"world": table["places"]["world"]}, words),
        peoples=Phrases((each, place) for each, place in table["places"]["peoples"]),
        indicators=tuple(_pairs(table["indicators"], words)),
        growths=table["growths"],
        ranks=_phrases(table["ranks"], words),
        kinds=_phrases(table["kinds"], words),
        same=frozenset(table["same"]),
        between={
            predicate: Relating(
                Phrases((p, True) for p in each.get("of_first", ())),
                Phrases((p, True) for p in each.get("of_second", ())),
            )
            for predicate, each in table["relations"].items()
        },
        verbs=_phrases(
            {predicate: each.get("verbs", ()) for predicate, each in table["relations"].items()}, words
        ),
        here=frozenset(table["places"]["here"]),
    )


def _phrases(table: Mapping[str, Iterable[str]], words: Mapping[str, list[str]]) -> Phrases[str]:
    return Phrases(_pairs(table, words))


def _pairs(
    table: Mapping[str, Iterable[str]], words: Mapping[str, list[str]]
) -> Iterable[tuple[str, str]]:
    for meaning, phrases in table.items():
        for phrase in phrases:
            yield _MACRO.sub(lambda name: "|".join(words[name[1]]), phrase), meaning
