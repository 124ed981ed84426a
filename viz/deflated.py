"""Text as the page holds it: deflated, and written in letters that mean nothing to HTML.

Browsers inflate it by themselves (`DecompressionStream`; see `assets/inflate.js`).
"""

import base64
import zlib

LEVEL = 6
"""The highest takes twice the time for a twentieth less. Fixed, so that the same text gives the same bytes wherever the same zlib runs."""


def deflate(text: str) -> str:
    """Return a text as zlib deflates it, in base64.

    >>> zlib.decompress(base64.b64decode(deflate("Łódź"))).decode()
    'Łódź'
    """
    return base64.b64encode(zlib.compress(text.encode(), LEVEL)).decode("ascii")
