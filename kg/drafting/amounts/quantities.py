"""One number of a text with its scale, its currency or its unit: 1,500; ₹1.5 lakh crore; half a million; 95%."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.amounts.amount_words import words_of
from kg.drafting.amounts.parts_of_names import FigureSurroundings
from kg.sources import plain, read_figure

if TYPE_CHECKING:
    from kg.drafting.amounts.amount_words import AmountWords
    from kg.drafting.amounts.numerals import Numbers
    from kg.drafting.tokens import TextTokens

# Letters that multiply a figure only where they stand at it: 500k, and no 500 k.
_LETTERS: Final = frozenset({"k", "b", "m"})
_RESOLUTIONS: Final = 10


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
        self.around = FigureSurroundings(tokens, words)
        said = frozenset(tokens.words)
        lands = [unit for unit, names in words.lands.items() if said.intersection(names)]
        # "Crowns" are Danish ones in a text that names Denmark, and none of the others.
        self.shared = {
            sign: units[0]
            for sign, of in words.shared.items()
            if len(units := [unit for unit in of if unit in lands]) == 1
        }

    def shared_before(self, at: int) -> tuple[int, str] | None:
        """Return the currency before a figure that several lands have, if the text tells whose it is."""
        found = self.words.unknown.before(self.tokens, at)
        unit = found and self.shared.get(self.tokens.word(found[0]))
        return (found[0], unit) if found and unit else None

    def number(self, at: int, spoken: Numbers) -> Quantity | None:
        if self.tokens.is_figure(at):
            return self.in_figures(at)
        one = self.in_words(at, spoken)
        # "Line three" and "phase two" are names.
        is_name = one is not None and one.bare and self.tokens.word(at - 1) in self.words.labels
        return None if is_name else one

    def in_figures(self, at: int) -> Quantity | None:
        tokens, words = self.tokens, self.words
        figure = read_figure(tokens.shown(at), words.decimal, words.groups)
        if figure is None:
            return None
        front = words.currencies.before(tokens, at) or self.shared_before(at)
        first = front[0] if front else at
        if (
            (front is None and words.unknown.before(tokens, at))
            or self.around.is_joined(first)
            or self.around.is_chained(at)
        ):
            return None
        if tokens.word(at + 1) == "k" and not front and figure.value < _RESOLUTIONS:
            return None  # 4K is a screen
        negative = self.around.is_negative(first)
        last, scale = self.scale(at + 1, money=front is not None)
        if scale and words.ideographs and (more := self.smaller(last, figure.value * scale, scale)):
            last, value = more
            return self.measured(first, last, value, Decimal(1), front and front[1])
        # A letter behind a figure that is no scale and no unit makes a name of both: 5G, 21st.
        value = -figure.value if negative else figure.value
        one = self.measured(first - negative, last, value, scale, front and front[1])
        if one is None or (figure.doubtful and one.bare):
            return None
        return (
            None
            if one.bare and (self.around.is_cut(last, value) or self.around.is_name(at, value))
            else one
        )

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
            own = self.shared.get(tokens.word(last))
            return Quantity(first, last + 1, figure, scale, front, own, False) if own else None
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
