"""The text that places of evidence count in, and its digest.

The normaliser `nfc-lf-1` decodes UTF-8, makes every line end LF and every character NFC.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

NORMALISER: Final = "nfc-lf-1"


def normalise(data: bytes) -> str:
    r"""Return the text that offsets count in.

    >>> normalise(b"a\r\nb")
    'a\nb'

    Raises:
        UnicodeDecodeError: `data` is not UTF-8.
    """
    # A byte order mark is a trace of the editor that saved the file, and no part of the text.
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, in hexadecimal.

    >>> digest("")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(text.encode()).hexdigest()
