"""Every number that words can stand for: a wide net, for asking whether a figure has any ground in its words.

What is proposed is found by `find_amounts`, narrowly. Here a year, a part of a name, an ordinal and "a third"
count as well, since a statement may have taken its number from them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.drafting.amounts.amount_words import words_of
from kg.drafting.amounts.amounts import find_amounts
from kg.drafting.amounts.numerals import ordinals_in_words, read
from kg.drafting.language import code_of, table_of
from kg.drafting.tokens import TokenPhrases
from kg.sources import plain, read_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.tokens import TextTokens

_ENOUGH: Final = Decimal("0.7")
"""How far a number may be from a part of a whole in per cent that has no end: a third is 33, 33.3 and 34."""


def numbers_said(text: str, language: str = "en") -> frozenset[Decimal]:
    """Return the numbers that words say in any way, with the factors among them.

    >>> sorted(map(int, numbers_said("its second plant, with 1,500 of 2,000 jobs by 2020")))
    [2, 1500, 2000, 2020]

    Raises:
        LanguageError: there are no words of that language.
        MissingExtraError: the extra `draft` is not installed.
    """
    code = code_of(language)
    tokens, numbers = read(text, code)
    scales = words_of(code).scales
    # "billion" behind a figure is read with it, and says no number by itself.
    said = {value for at, (_, value) in numbers.items() if not scales.at(tokens, at)}
    said.update(_in_figures(tokens, code), ordinals_in_words(tokens, code), _single(tokens, code))
    for one in find_amounts(text, code):
        said.update({one.value, one.minimum, one.maximum, one.baseline, one.factor} - {None})  # type: ignore[arg-type]
    return frozenset(plain(value) for value in said)


def parts_said(text: str, language: str = "en") -> tuple[Decimal, ...]:
    """Return the parts of a whole that words name, in per cent: a third, two-thirds, nearly half.

    >>> parts_said("a third of them")
    (Decimal('33.33'),)
    """
    code = code_of(language)
    tokens, _ = read(text, code)
    parts = _parts_of(code)
    found = (parts.at(tokens, at) for at in range(len(tokens)))
    return tuple(Decimal(one[1]) for one in found if one)


def is_said(value: Decimal, text: str, language: str = "en") -> bool:
    """Tell whether a number may stand for something in the words, as itself, as a loss or as a part.

    >>> is_said(Decimal(672000000), "672 million rupees"), is_said(Decimal(762000000), "672 million rupees")
    (True, False)
    >>> is_said(Decimal(33), "a third of all sales"), is_said(Decimal(1), "the largest vendor")
    (True, True)
    """
    # Who is the first or the only one is called so without a number: the largest, a plant, its chief.
    if abs(value) == 1 or plain(abs(value)) in {abs(one) for one in numbers_said(text, language)}:
        return True
    return any(abs(part - value) <= _ENOUGH for part in parts_said(text, language))


def _in_figures(tokens: TextTokens, code: str) -> Iterator[Decimal]:
    words = words_of(code)
    for at in range(len(tokens)):
        if not tokens.is_figure(at):
            continue
        figure = read_figure(tokens.shown(at), words.decimal, words.groups)
        if figure is None:
            continue
        yield figure.value
        begin = at + 1 + tokens.is_hyphen(at + 1)
        if scale := words.scales.at(tokens, begin):
            yield figure.value * scale[1]


def _single(tokens: TextTokens, code: str) -> Iterator[Decimal]:
    """Yield the numbers of words that say one by themselves: no, none, both, thousands."""
    words = TokenPhrases(table_of(code)["said"]["numbers"])
    for at in range(len(tokens)):
        if found := words.at(tokens, at):
            yield Decimal(str(found[1]))


def _parts_of(code: str) -> TokenPhrases[str]:
    table = table_of(code)["said"]["parts"]
    return TokenPhrases({word: part for part, words in table.items() for word in words})
