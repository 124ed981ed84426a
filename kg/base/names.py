"""Names as people read them: the one way in which names are compared, wherever that is done.

The page folds in the same way (`viz/assets/text.js`); a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.base.terms import looks_blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Letters that Unicode does not take apart, and who types without them writes so; and signs of which
# keyboards have one and word processors several.
_PLAIN: Final = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l",
        "ŧ": "t", "þ": "th",
        "‘": "'", "’": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    }
)  # fmt: skip
# The accents of Latin, Greek and Cyrillic. The signs of other scripts are letters: without them
# it is another word.
_ACCENTS: Final = re.compile("[\u0300-\u036f]")


# Accents of their own, and what nobody sees.
_UNSEEN: Final = "[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]*"
# Latin with its extensions, Greek and Cyrillic, quotes and dashes, letters of full width.
_ALPHABETS: Final = (
    (0x80, 0x250),
    (0x370, 0x530),
    (0x1E00, 0x2040),
    (0x2212, 0x2213),
    (0xFB00, 0xFB07),
    (0xFF01, 0xFF5F),
)
_PAIR: Final = 2


def fold(name: str) -> str:
    r"""Return a name without what readers overlook: its form in Unicode, white space, case, accents.

    >>> fold("  Nestl\u00e9\n"), fold("Nestle\u0301"), fold("L\u2019Or\u00e9al"), fold("\u00d8RSTED")
    ('nestle', 'nestle', "l'oreal", 'orsted')
    >>> fold("\u5c0f\u7c73"), fold("Acme\u00a0 Inc\u200b"), fold("Stra\u00dfe")
    ('小米', 'acme inc', 'strasse')
    """
    if name.isascii():
        return " ".join(name.lower().split())
    spaced = "".join(" " if c.isspace() else "" if looks_blank(c) else c for c in name)
    apart = unicodedata.normalize("NFKD", spaced.lower().translate(_PLAIN))
    return " ".join(_ACCENTS.sub("", apart).translate(_PLAIN).split())


def pattern(folded: str) -> str:
    r"""Return a regular expression, for the flag `i`, that finds a folded name however it is written.

    It may find a little more, so that what it finds is to be folded and compared.

    >>> bool(re.search(pattern(fold("strasse")), "Lange Stra\u00dfe", re.IGNORECASE))
    True
    >>> bool(re.fullmatch(pattern(fold("Nestl\u00e9 SA")), "NESTLE\u0301\u00a0SA", re.IGNORECASE))
    True
    """
    whole = unicodedata.normalize("NFC", folded)
    found = []
    for at, letter in enumerate(whole):
        one = _of(letter)
        # One character may stand for this letter and the one before it.
        found.append(f"(?:{one})?" if whole[at - 1 : at + 1] in _written() else one)
    return "".join(found)


def _of(c: str) -> str:
    if c == " ":
        return _UNSEEN + r"\s+" + _UNSEEN
    apart = unicodedata.normalize("NFD", c)
    one = _class({c, *_written().get(c, ())})
    return (f"(?:{one}|{re.escape(apart)})" if apart != c else one) + _UNSEEN


def _class(characters: Iterable[str]) -> str:
    return "[" + "".join(f"\\{c}" if c in "\\]^-[&~" else c for c in sorted(characters)) + "]"


@cache
def _written() -> dict[str, set[str]]:
    """Return how each folded letter, or pair of letters, can be written with one character."""
    written: dict[str, set[str]] = {}
    letters = (chr(at) for start, end in _ALPHABETS for at in range(start, end))
    for c in (*letters, *map(chr, _PLAIN)):
        if not looks_blank(c) and (plain := fold(c)) not in ("", c) and len(plain) <= _PAIR:
            # What stands for two letters may be met at the end of a name, where one of them is asked for.
            for part in {plain, *plain}:
                written.setdefault(part, set()).add(c)
    return written


def nearest(name: str, known: Mapping[str, str] | Iterable[str], most: int = 1) -> list[str]:
    """Return what a mistyped `name` may have been meant for, the nearest first.

    Of a mapping the keys are compared, and the values returned.

    >>> nearest("Nestel", ["Nestlé", "Acme"]), nearest("PERCNT", {"per cent": "unit:PERCENT"})
    (['Nestlé'], ['unit:PERCENT'])
    """
    pairs = known.items() if hasattr(known, "items") else ((one, one) for one in known)
    folded: dict[str, str] = {}
    # Of two that read alike the one in small letters is taken, as a slug is written.
    for called, meant in sorted(pairs, key=lambda pair: pair[0].swapcase()):
        folded.setdefault(fold(called), meant)
    # Below a half of likeness a suggestion puzzles more than it helps.
    found = _closest(fold(name[:100]), folded, most + 3, 0.5)
    return list(dict.fromkeys(folded[each] for each in found))[:most]


def _closest(name: str, known: Iterable[str], most: int, likeness: float) -> list[str]:
    """Return what `difflib.get_close_matches` returns, comparing in full only what may be among that.

    How many letters two names share is told fast, and they are no more alike than that.
    """
    compared = SequenceMatcher()
    compared.set_seq2(name)
    bounds = []
    for one in known:
        compared.set_seq1(one)
        if (
            compared.real_quick_ratio() >= likeness
            and (bound := compared.quick_ratio()) >= likeness
        ):
            bounds.append((bound, one))
    bounds.sort(reverse=True)
    found: list[tuple[float, str]] = []
    for bound, one in bounds:
        if len(found) == most and bound < found[-1][0]:
            break
        compared.set_seq1(one)
        if (ratio := compared.ratio()) >= likeness:
            found = sorted([*found, (ratio, one)], reverse=True)[:most]
    return [one for _, one in found]
