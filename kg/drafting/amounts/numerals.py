"""Numbers in words, as the library text2num reads them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.base import MissingExtraError
from kg.drafting.language import table_of
from kg.drafting.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.drafting.tokens import TextTokens

_MYRIAD: Final = 10_000

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
    table = table_of(language)["amounts"]
    if known := table.get("number_words"):
        return tokens, numbers_in_words(tokens, known)
    return tokens, numbers_in_characters(tokens, table["numerals"])


def numbers_in_words(tokens: TextTokens, language: str) -> Numbers:
    """Return where numbers in words begin among the tokens, each with where it ends and what it is.

    Ordinals are none. `language` is one of those of text2num.

    Raises:
        MissingExtraError: text2num is not installed.
    """
    found = _found(tokens, language)
    # Two thirds are no two: what counts parts is not a number of things.
    parts = {one.start for one in found if one.is_ordinal}
    return {
        one.start: (one.end, Decimal(one.text.replace(",", ".")))
        for one in found
        if not one.is_ordinal and not {one.end, one.end + tokens.is_hyphen(one.end)} & parts
    }


def numbers_in_characters(tokens: TextTokens, table: Mapping[str, Mapping[str, int]]) -> Numbers:
    """Return where numbers in Chinese characters begin among the tokens, each with where it ends and what it is.

    One character alone is seldom a number, and a row of digits is a year.

    >>> table = {"digits": {"三": 3, "五": 5}, "multipliers": {"百": 100, "万": 10000}}
    >>> numbers_in_characters(tokenise("三百五万"), table)
    {0: (4, Decimal('3050000'))}
    """
    digits, multipliers = table["digits"], table["multipliers"]
    found: Numbers = {}
    at = 0
    while at < len(tokens):
        last = at
        while tokens.word(last) in digits or tokens.word(last) in multipliers:
            last += 1
        run = tokens.words[at:last]
        if len(run) > 1 and run[0] in digits and run[1] in multipliers:
            found[at] = (last, _in_characters(run, digits, multipliers))
        at = max(last, at + 1)
    return found


def _in_characters(
    run: list[str], digits: Mapping[str, int], multipliers: Mapping[str, int]
) -> Decimal:
    total, section, digit = 0, 0, 0
    for char in run:
        power = multipliers.get(char)
        if power is None:
            digit = digits[char]
        elif power < _MYRIAD:
            section, digit = section + (digit or 1) * power, 0
        else:
            # 一万亿 multiplies what is before it, 一亿二千万 adds to it.
            lower = section + digit
            total = total + lower * power if lower else total * power
            section, digit = 0, 0
    return Decimal(total + section + digit)


def ordinals_in_words(tokens: TextTokens, code: str) -> list[Decimal]:
    """Return the numbers of the ordinals in words among the tokens of a text in the language `code`.

    >>> ordinals_in_words(tokenise("the second plant, and a third"), "en")
    [Decimal('2'), Decimal('3')]
    """
    known = table_of(code)["amounts"].get("number_words")
    found = _found(tokens, known) if known else []
    return [Decimal(int(one.value)) for one in found if one.is_ordinal]


def _found(tokens: TextTokens, language: str) -> list[Any]:
    try:
        from text_to_num import find_numbers
    except ModuleNotFoundError:
        raise MissingExtraError("a number in words", "text2num", "draft") from None
    # Figures are read elsewhere: a comma in their place parts what stands on both sides.
    words = [_Word(word if word.isalpha() or word in {"-", "‑"} else ",") for word in tokens.words]
    return list(find_numbers(words, language, 0.0))
