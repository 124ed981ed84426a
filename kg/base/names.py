"""Names as people read them: the one way in which names are compared, wherever that is done.

The page folds in the same way (`viz/assets/text.js`); a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
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
        "‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    }
)  # fmt: skip
# The accents of Latin, Greek and Cyrillic. The signs of other scripts are letters: without them
# it is another word.
_ACCENTS: Final = re.compile("[\u0300-\u036f]")


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
    found = get_close_matches(fold(name[:100]), folded, n=most + 3, cutoff=0.5)
    return list(dict.fromkeys(folded[each] for each in found))[:most]
