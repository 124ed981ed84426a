"""Answers in fewer bytes, for whoever takes them so: gzip (RFC 9110, section 8.4).

Pages are packed by the worker that makes them, so that nobody else waits for it, and files of pages once. What programs
and agents ask in SPARQL and MCP is left as it is: a proxy that packs all can stand before it.

No page has a secret that what an attacker sends could be tried against (BREACH): nothing here is told by a cookie,
and whoever bears a token sends it in a header, which no other page can have a browser do.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Final

LEAST: Final = 1 << 10
"""From how many bytes on an answer is packed: of less hardly anything would be saved."""

TASKS: Final = ("page", "ask")
"""The tasks whose answers are packed."""

VARY: Final = "Accept, Accept-Encoding"
"""By what such an answer is another one at the same address."""

_LEVEL: Final = 6


def pack(data: bytes) -> bytes:
    """Return data packed, the same bytes for the same data.

    >>> gzip.decompress(pack(b"acme" * 1000)) == b"acme" * 1000, len(pack(b"acme" * 1000)) < 100
    (True, True)
    """
    return gzip.compress(data, _LEVEL, mtime=0)


@lru_cache(64)
def takes_packed(accepted: str) -> bool:
    """Tell whether a header Accept-Encoding takes gzip (RFC 9110, section 12.5.3).

    >>> [takes_packed(one) for one in ("gzip, br", "GZIP;q=0.5", "*", "gzip;q=0, *", "identity", "")]
    [True, True, True, False, False, False]
    """
    wishes = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        wishes[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return wishes.get("gzip", wishes.get("x-gzip", wishes.get("*", False)))
