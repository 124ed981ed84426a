"""Sorted lines in parts: where one part ends and the next begins follows from the lines alone, never from what was before.

So the same lines are the same parts, and a change of some lines is a change of the parts in which they lie. A
line begins a part where a digest of it says so, for a long line more often than for a short one: a part has some
hundred kilobytes on average, whatever is said of one thing, and however much.
"""

from __future__ import annotations

import io
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PART: Final = 1 << 19
"""How many bytes a part has on average."""

_PER_BYTE: Final = (1 << 32) // PART


def begins_part(line: bytes) -> bool:
    r"""Tell whether a line begins a part, unless it is the first of all, which does anyway.

    >>> lines = [b"<a:%d> <a:p> <a:o> <a:g> .\n" % at for at in range(100_000)]
    >>> sum(map(len, lines)) // PART, sum(map(begins_part, lines))
    (5, 4)
    """
    return crc32(line) < len(line) * _PER_BYTE


def in_parts(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    r"""Yield sorted lines part by part.

    >>> list(in_parts([b"a\n", b"b\n"]))
    [[b'a\n', b'b\n']]
    """
    part: list[bytes] = []
    for line in lines:
        if part and begins_part(line):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def parts_of(data: bytes) -> Iterator[bytes]:
    r"""Yield sorted lines, given as one, part by part.

    >>> list(parts_of(b"a\nb\n")), list(parts_of(b""))
    ([b'a\nb\n'], [])
    """
    # Pieces of what there is already, where a list of the lines would take several times the room.
    start = at = 0
    for line in io.BytesIO(data):
        if at and begins_part(line):
            yield data[start:at]
            start = at
        at += len(line)
    if at:
        yield data[start:]


def digest_of_digests(digests: Iterable[str]) -> str:
    """Return the digest of sorted lines, given the SHA-256 of each of their parts.

    >>> digest_of_digests([])[:8]
    'e3b0c442'
    """
    return sha256("".join(digests).encode()).hexdigest()


def digest_of_parts(data: bytes) -> str:
    r"""Return the digest of sorted lines by that of their parts.

    >>> digest_of_parts(b"a\n") == digest_of_digests([sha256(b"a\n").hexdigest()])
    True
    """
    return digest_of_digests(sha256(part).hexdigest() for part in parts_of(data))
