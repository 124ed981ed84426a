"""Numbers in words, as the library text2num reads them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from kg.base import MissingExtraError
from kg.drafting.language import table_of
from kg.drafting.tokens import tokenise

if TYPE_CHECKING:
    from kg.drafting.tokens import TextTokens

Numbers: TypeAlias = dict[int, tuple[int, Decimal]]
"""Where numbers in words begin among tokens, each with where it ends and what it is."""


class _Word:
    """A token as text2num wants it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self) -> str:
        return self._text

    def nt_separated(self, _previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


@lru_cache(maxsize=4)
def read(text: str, language: str) -> tuple[TextTokens, Numbers]:
    """Return the tokens of a text and the numbers in words among them, kept for who asks next of the same text.

    >>> read("two hundred and fifty jobs in the second plant", "en")[1]
    {0: (4, Decimal('250'))}

    Raises:
        MissingExtraError: text2num is not installed.
    """
    tokens = tokenise(text)
    known = table_of(language)["amounts"].get("number_words")
    return tokens, numbers_in_words(tokens, known) if known else {}


def numbers_in_words(tokens: TextTokens, language: str) -> Numbers:
    """Return where numbers in words begin among the tokens, each with where it ends and what it is.

    Ordinals are none. `language` is one of those of text2num.

    Raises:
        MissingExtraError: text2num is not installed.
    """
    try:
        from text_to_num import find_numbers
    except ModuleNotFoundError:
        raise MissingExtraError("a number in words", "text2num", "draft") from None
    # Figures are read elsewhere: a comma in their place parts what stands on both sides.
    words = [_Word(word if word.isalpha() or word in {"-", "‑"} else ",") for word in tokens.words]
    found = list(find_numbers(words, language, 0.0))
    # Two thirds are no two: what counts parts is not a number of things.
    parts = {one.start for one in found if one.is_ordinal}
    return {
        one.start: (one.end, Decimal(one.text.replace(",", ".")))
        for one in found
        if not one.is_ordinal and not {one.end, one.end + tokens.is_hyphen(one.end)} & parts
    }
