"""How a text is encoded, told by its bytes: only where they leave no doubt."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE_MARKS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_LOOKED_AT: Final = 4096  # bytes
_FEW: Final = 0.02
_TIMES: Final = 8
"""Of the bytes of UTF-16 more than a few are zero, and nearly all of these are one half of a character."""

# Letters and signs that texts of the west are made of. What else stands in the code page is what the
# bytes of other encodings look like there; and so do five on end, but for spaces, dashes and dots.
_LETTERS: Final = "À-ÖØ-öø-ÿŠšŽžŒœŸ"
_WESTERN: Final = re.compile(rf"[\x00-\x7f{_LETTERS}€–—‘’“”„•…™\xa0-¿×÷]*")
_NO_WORD: Final = re.compile(r"[^\x00-\x7f\xa0–—•…]{5}")


def utf_16_of(begins: bytes) -> str | None:
    r"""Return the encoding of a text in UTF-16 by its first bytes, with a mark or without; or None.

    >>> utf_16_of("a,b\n".encode("utf-16")), utf_16_of("a,b\n".encode("utf-16-be")), utf_16_of(b"a,b\n")
    ('utf-16', 'utf-16-be', None)
    """
    if begins[:4] in _WIDE_MARKS:
        return None
    if begins[:2] in _MARKS:
        return "utf-16"
    some = begins[:_LOOKED_AT]
    high, low = some[::2].count(0), some[1::2].count(0)
    # What stands between the cells of a table, and its digits, is of ASCII in whatever language.
    if max(high, low) <= _FEW * len(some) or max(high, low) < _TIMES * min(high, low):
        return None
    return "utf-16-be" if high > low else "utf-16-le"


def is_western(data: bytes) -> bool:
    r"""Tell whether bytes that are no UTF-8 are likely to be of windows-1252.

    >>> is_western("Müller – 5 €".encode("cp1252")), is_western("アクメ".encode("shift_jis"))
    (True, False)
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return _WESTERN.fullmatch(text) is not None and not _NO_WORD.search(text)
