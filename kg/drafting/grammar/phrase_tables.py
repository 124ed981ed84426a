"""Tables of phrases in the file of a language, ready to be looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.base import fold
from kg.drafting.grammar.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MACRO: Final = re.compile(r"\{([a-z]++)\}")


def words_of(table: object) -> Iterator[str]:
    """Yield all words that a table has anywhere, folded as those of a text."""
    if isinstance(table, str):
        for part in re.split(r"[ |?]", table):
            yield fold(part)
    elif isinstance(table, dict):
        for value in table.values():
            yield from words_of(value)
    elif isinstance(table, list):
        for value in table:
            yield from words_of(value)


def phrases_of(table: Mapping[str, Iterable[str]], words: Mapping[str, list[str]]) -> Phrases[str]:
    """Return the phrases of a table, each with the key that it stands behind."""
    return Phrases(pairs_of(table, words))


def pairs_of(
    table: Mapping[str, Iterable[str]], words: Mapping[str, list[str]]
) -> Iterable[tuple[str, str]]:
    """Yield the phrases of a table with their keys; "{have}" stands for all words that `words` has of that name."""
    for meaning, phrases in table.items():
        for phrase in phrases:
            yield _MACRO.sub(lambda name: "|".join(words[name[1]]), phrase), meaning
