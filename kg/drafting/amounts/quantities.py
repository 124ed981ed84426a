"""One number of a text with its scale, its currency or its unit: 1,500; ₹1.5 lakh crore; half a million; 95%."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.drafting.language import table_of
from kg.drafting.tokens import TokenPhrases
from kg.sources import SCALES, plain, read_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.drafting.amounts.numerals import Numbers
    from kg.drafting.tokens import TextTokens

# Letters that multiply a figure only where they stand at it: 500k, and no 500 k.
_LETTERS: Final = frozenset({"k", "b", "m"})
_MODELS: Final = 1000
_RESOLUTIONS: Final = 10
_ORDINALS: Final = 100
_INDENT: Final = 9
_ENDS: Final = frozenset({*'.!?:•*\n"“”‘(—–-'})


class Quantity(NamedTuple):
    """A number between the tokens `first` and `last` (exclusive).

    `figure` is the number without its `scale`. `front` and `unit` are the currency before it and the
    unit or currency behind it; `points` tells that it counts percentage points. `bare` is a number in
    figures with nothing beside it, which may be a part of a name.
    """

    first: int
    last: int
    figure: Decimal
    scale: Decimal | None
    front: str | None
    unit: str | None
    bare: bool
    points: bool = False

    @property
    def bare_number(self) -> bool:
        """Whether nothing but a number is said."""
        return self.scale is None and self.unit is None and self.front is None

    @property
    def value(self) -> Decimal:
        """The number with its scale."""
        return plain(self.figure * (self.scale or 1))


class AmountWords:
    """What a language says with amounts, ready to be looked for."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Make phrases of the section `amounts` of a language's file."""
        self.decimal: str = table["decimal"]
        self.groups: str = "".join(table["groups"])
        known = SCALES if table.get("scales_of_sources") else {}
        own = {word: Decimal(str(value)) for word, value in table.get("scales", {}).items()}
        self.scales = TokenPhrases(known | own)
        self.parts = TokenPhrases(
            dict.fromkeys(table["halves"], Decimal("0.5"))
            | {word: Decimal(str(n)) for word, n in table["pairs"].items()}
            | dict.fromkeys(table["articles"], Decimal(1))
        )
        self.pairs = frozenset(table["pairs"])
        self.and_a_half = TokenPhrases(dict.fromkeys(table["and_a_half"], Decimal("0.5")))
        currencies = _meanings(table["currencies"])
        self.unknown = TokenPhrases(dict.fromkeys(table["unknown_currencies"], ""))
        self.currencies = TokenPhrases(currencies)
        self.units = TokenPhrases(currencies | _meanings(table["units"]))
        self.scaled = TokenPhrases(_meanings(table["scaled_currencies"]))
        self.points = TokenPhrases(_meanings(table["points"]))
        self.capital_nouns: bool = table.get("capital_nouns", False)
        self.ordinal_dot: bool = table.get("ordinal_dot", False)
        self.ideographs: bool = table.get("ideographs", False)
        self.vague = frozenset(table["vague"])
        self.indefinite = frozenset(table["indefinite"])
        self.minus = frozenset(table["minus"])
        self.labels = frozenset(table["labels"])
        self.times = TokenPhrases(dict.fromkeys([*table["times"], *table["measures"]], ""))
        self.comparators = TokenPhrases(_meanings(table["comparators"]))
        self.multiplied = TokenPhrases(dict.fromkeys(table["multiplied"]["behind"], ""))


def _meanings(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {phrase: meaning for meaning, phrases in table.items() for phrase in phrases}


@cache
def words_of(code: str) -> AmountWords:
    """Return the words of amounts of a language, by its code."""
    return AmountWords(table_of(code)["amounts"])


def find_quantities(
    tokens: TextTokens, numbers: Numbers, taken: list[bool], code: str
) -> list[Quantity]:
    """Return the numbers among the tokens that count or measure, in their order, none within another.

    What is `taken` by a time, or a part of a name, is none.
    """
    spoken = {at: one for at, one in numbers.items() if not any(taken[at : one[0]])}
    finder = _QuantityFinder(tokens, words_of(code))
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        one = None if taken[at] else finder.number(at, spoken)
        if one:
            found.append(one)
        at = max(at + 1, one.last if one else 0)
    return found


class _QuantityFinder:
    """Reads one number at a token."""

    def __init__(self, tokens: TextTokens, words: AmountWords) -> None:
        self.tokens, self.words = tokens, words

    def number(self, at: int, spoken: Numbers) -> Quantity | None:
        if self.tokens.is_figure(at):
            return self.in_figures(at)
        return self.in_words(at, spoken)

    def in_figures(self, at: int) -> Quantity | None:
        tokens, words = self.tokens, self.words
        figure = read_figure(tokens.shown(at), words.decimal, words.groups)
        if figure is None:
            return None
        front = words.currencies.before(tokens, at)
        first = front[0] if front else at
        if words.unknown.before(tokens, at) or self.is_joined(first) or self.is_chained(at):
            return None
        if tokens.word(at + 1) == "k" and not front and figure.value < _RESOLUTIONS:
            return None  # 4K is a screen
        negative = self.is_negative(first)
        last, scale = self.scale(at + 1, money=front is not None)
        if scale and words.ideographs and (more := self.smaller(last, figure.value * scale, scale)):
            last, value = more
            return self.measured(first, last, value, Decimal(1), front and front[1])
        # A letter behind a figure that is no scale and no unit makes a name of both: 5G, 21st.
        value = -figure.value if negative else figure.value
        one = self.measured(first - negative, last, value, scale, front and front[1])
        if one is None or (figure.doubtful and one.bare):
            return None
        return None if one.bare and (self.is_cut(last, value) or self.is_name(at, value)) else one

    def in_words(self, at: int, spoken: Numbers) -> Quantity | None:
        tokens, words = self.tokens, self.words
        if tokens.word(at - 1) in words.vague or tokens.word(at) in words.indefinite:
            return None
        if at in spoken:
            last, value = spoken[at]
            if half := words.and_a_half.at(tokens, last):
                last, value = half[0], value + half[1]
            stem, scale = self.stem(at, last, value)
            behind, more = self.scale(last)
            if more is None and (value <= 1 or stem is None):
                return None  # "one" is seldom a number, and "millions" never is
            if more is not None:
                stem, scale = value, more
            front = words.currencies.before(tokens, at)
            begin, unit = front or (at, None)
            return self.measured(begin, behind, stem or value, scale, unit)
        part = words.parts.at(tokens, at)
        if part is None:
            return None
        last, scale = self.scale(part[0])
        if scale is None:
            return None
        # "a couple of hundred" is said of 180 as well, but no surer number stands there.
        return self.measured(at, last, part[1], scale, None)

    def smaller(self, at: int, value: Decimal, scale: Decimal) -> tuple[int, Decimal] | None:
        """Return a number with the figures of smaller scales behind it: 1兆2000億."""
        last, total = at, value
        while self.tokens.is_figure(last) and self.tokens.glued(last):
            figure = read_figure(self.tokens.shown(last), self.words.decimal, self.words.groups)
            end, lower = self.scale(last + 1)
            if figure is None or lower is None or lower >= scale:
                break
            last, total, scale = end, total + figure.value * lower, lower
        return (last, total) if last > at else None

    def stem(self, first: int, last: int, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
        """Return a number in words without the scale that it ends with, and that: 7, million."""
        scale = Decimal(1)
        while last > first and (word := self.words.scales.before(self.tokens, last)):
            last, scale = word[0], scale * word[1]
        if last <= first:
            return None, scale
        return (value, None) if scale == 1 or value % scale else (value / scale, scale)

    def scale(self, at: int, *, money: bool = False) -> tuple[int, Decimal | None]:
        """Return where a scale ends that begins at a token or behind a hyphen there, and what it is."""
        begin = at + 1 if self.tokens.is_hyphen(at) else at
        found = self.words.scales.at(self.tokens, begin)
        if found is None:
            return at, None
        if self.tokens.word(begin) in _LETTERS and not (money or self.tokens.glued(begin)):
            return at, None
        return found

    def measured(
        self, first: int, last: int, figure: Decimal, scale: Decimal | None, front: str | None
    ) -> Quantity | None:
        """Return a number with the unit behind it, or None where that is a time or unknown."""
        tokens, words = self.tokens, self.words
        begin = last + 1 if tokens.is_hyphen(last) else last
        if points := words.points.at(tokens, begin):
            return Quantity(first, points[0], figure, scale, front, points[1], False, True)
        if words.unknown.at(tokens, last):
            return None
        unit = words.units.at(tokens, begin) or (scale and words.scaled.at(tokens, begin)) or None
        if unit and not tokens.word(unit[0] - 1)[-1].isalpha():
            # A sign behind a hyphen, or before a figure, is that of the next number: $500m-$700m.
            ahead = tokens.glued(unit[0]) and tokens.is_figure(unit[0])
            unit = None if begin > last or ahead else unit
        if unit and front and unit[1] != front:
            unit = (
                None  # "$5 rupees" is not ours to read; a currency before a figure is the surer one
            )
        if unit:
            return Quantity(first, unit[0], figure, scale, front, unit[1], False)
        if not front and words.times.at(tokens, begin):
            return None
        return Quantity(first, last, figure, scale, front, front, scale is None and front is None)

    def is_joined(self, first: int) -> bool:
        """Tell whether a figure is glued to a name, a fraction or a clock's hour before it."""
        tokens = self.tokens
        if not tokens.glued(first):
            return False
        before = tokens.word(first - 1)
        if before in {"/", ":", ".", "#", "@", "_", "\\"} or before[-1].isalnum():
            # Where no spaces are set between words, every figure is glued.
            return not is_ideograph(before)
        # Covid-19, but 10-15: a hyphen behind a figure makes a range.
        return (
            tokens.is_hyphen(first - 1)
            and tokens.glued(first - 1)
            and tokens.word(first - 2).isalpha()
            and not self.words.scales.before(tokens, first - 1)
        )

    def is_chained(self, at: int) -> bool:
        """Tell whether a figure is one of three or more that hyphens join, as in the number of a telephone."""
        left = sum(self.is_linked(at - step) for step in (0, 2) if self.is_linked(at))
        right = sum(self.is_linked(at + step) for step in (2, 4) if self.is_linked(at + 2))
        return left + right > 1

    def is_linked(self, at: int) -> bool:
        """Tell whether a figure stands at a hyphen that stands at another figure."""
        tokens = self.tokens
        glued = tokens.glued(at) and tokens.glued(at - 1)
        return (
            glued and tokens.is_hyphen(at - 1) and tokens.is_figure(at - 2) and tokens.is_figure(at)
        )

    def is_cut(self, last: int, value: Decimal) -> bool:
        """Tell whether what is glued behind a figure makes it something else: 5G, 24/7, 10:30, 1)."""
        tokens, words = self.tokens, self.words
        if not tokens.glued(last):
            return False
        behind = tokens.word(last)
        if behind in {"/", ":"}:
            return tokens.glued(last + 1)
        if behind in {")", "."}:
            ordinal = behind == "." and words.ordinal_dot and value < _ORDINALS
            return self.begins_line(last - 1) or (ordinal and tokens.word(last + 1) != "")
        if is_ideograph(behind):
            return not words.ideographs
        return behind.isalpha() and not words.multiplied.at(tokens, last)

    def is_name(self, at: int, value: Decimal) -> bool:
        """Tell whether a bare figure is a part of a name: phase 2, Model 3."""
        tokens = self.tokens
        before = tokens.word(at - 1)
        if before in self.words.labels or (
            before == "." and tokens.word(at - 2) in self.words.labels
        ):
            return True
        # A name has a capital somewhere: Model 3, iPhone 7.
        named = before.isalpha() and tokens.shown(at - 1) != before
        if not named or (tokens.is_capital(at - 1) and self.begins_sentence(at - 1)):
            return False
        if self.words.capital_nouns and tokens.is_capital(at + 1):
            return False
        # What is counted in thousands is no model.
        return value < _MODELS and not is_ideograph(before)

    def is_negative(self, first: int) -> bool:
        tokens = self.tokens
        before = tokens.word(first - 1)
        if before not in self.words.minus:
            return False
        return before.isalpha() or (tokens.glued(first) and not tokens.glued(first - 1))

    def begins_line(self, at: int) -> bool:
        start = self.tokens.starts[at]
        return not self.tokens.text[max(0, start - 9) : start].rpartition("\n")[2].strip() and (
            start < _INDENT or "\n" in self.tokens.text[start - _INDENT : start]
        )

    def begins_sentence(self, at: int) -> bool:
        return at == 0 or self.tokens.word(at - 1) in _ENDS or self.begins_line(at)


def is_ideograph(word: str) -> bool:
    """Tell whether a token is a character of Chinese or Japanese."""
    return "\u3040" <= word[:1] <= "\u9fff"
