"""The stamp by which it is told what was made of the same graph: Turtle, page, store and receipt bear it.

It follows from the content, so the same graph has the same stamp whenever and wherever it is built.
"""

from __future__ import annotations

import re
from typing import Final

NAME: Final = "kg-stamp"
"""What the stamp is called where it stands beside other things."""

HEAD: Final = 4096
"""Within how many bytes of its beginning a file bears its stamp."""

_BORNE: Final = re.compile(
    rb'^(?:# kg-stamp: |<meta name="kg-stamp" content=")([0-9a-f]{32})\b', re.MULTILINE
)


def stamp_of(asserted: str, derived: str) -> str:
    """Return the stamp of a graph, given the digests of what is said and of what is derived, as `digest_of_parts` has them.

    >>> stamp_of("a", "b"), stamp_of("b", "a")
    ('c8687a08aa5d6ed2044328fa6a697ab8', 'beedb4a7ba34c4ea09727022655dd743')
    """
    from hashlib import sha256  # those who ask need none of it

    return sha256(f"{asserted} {derived}".encode()).hexdigest()[:32]


def turtle_head(stamp: str) -> bytes:
    r"""Return the line with which Turtle begins that bears a stamp.

    >>> turtle_head("0123456789abcdef0123456789abcdef")
    b'# kg-stamp: 0123456789abcdef0123456789abcdef\n'
    """
    return f"# {NAME}: {stamp}\n".encode()


def stamp_in(head: bytes) -> str | None:
    """Return the stamp that the beginning of a Turtle file or a page bears.

    >>> stamp_in(turtle_head("0123456789abcdef0123456789abcdef")), stamp_in(b"")
    ('0123456789abcdef0123456789abcdef', None)
    """
    found = _BORNE.search(head[:HEAD])
    return found[1].decode() if found else None
