"""Which figures are no numbers by themselves: parts of names, of clocks, of telephone numbers, and marks of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.drafting.amounts.amount_words import AmountWords
    from kg.drafting.tokens import TextTokens

_MODELS: Final = 1000
_ORDINALS: Final = 100
_INDENT: Final = 9
_ENDS: Final = frozenset({*'.!?:•*\n"“”‘(—–-'})


class FigureSurroundings:
    """What stands around a figure, and may make it a part of something else."""

    def __init__(self, tokens: TextTokens, words: AmountWords) -> None:
        """Take the tokens of a text, and the words of its language."""
        self.tokens, self.words = tokens, words

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
        """Tell whether a sign or word before a figure puts it below zero."""
        tokens = self.tokens
        before = tokens.word(first - 1)
        if before not in self.words.minus:
            return False
        return before.isalpha() or (tokens.glued(first) and not tokens.glued(first - 1))

    def begins_line(self, at: int) -> bool:
        """Tell whether nothing stands before a token in its line."""
        start = self.tokens.starts[at]
        return not self.tokens.text[max(0, start - 9) : start].rpartition("\n")[2].strip() and (
            start < _INDENT or "\n" in self.tokens.text[start - _INDENT : start]
        )

    def begins_sentence(self, at: int) -> bool:
        """Tell whether a token begins a sentence, so that any word may have a capital there."""
        return at == 0 or self.tokens.word(at - 1) in _ENDS or self.begins_line(at)


def is_ideograph(word: str) -> bool:
    """Tell whether a token is a character of Chinese or Japanese."""
    return "\u3040" <= word[:1] <= "\u9fff"
