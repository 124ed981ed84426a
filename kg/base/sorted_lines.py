"""Sorted lines, looked into without being read: in memory, or in a file that is mapped into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import mmap
    from collections.abc import Iterator

Lines: TypeAlias = "bytes | mmap.mmap"


def lines_from(lines: Lines, prefix: bytes) -> Iterator[bytes]:
    r"""Yield the lines that begin with `prefix`, without their ends; as many steps as the lines have bits.

    >>> list(lines_from(b"a 1\na 2\nb 1\n", b"a ")), list(lines_from(b"", b"a"))
    ([b'a 1', b'a 2'], [])
    """
    at = _first(lines, prefix)
    while at < len(lines):
        end = lines.find(b"\n", at)
        line = lines[at:end]
        if not line.startswith(prefix):
            return
        yield line
        at = end + 1


def _first(lines: Lines, prefix: bytes) -> int:
    """Return where the first line begins that does not sort before `prefix`."""
    low, high = 0, len(lines)  # both are where a line begins, or the end
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", low, middle) + 1 or low
        end = lines.find(b"\n", middle) + 1 or len(lines)
        if lines[start : start + len(prefix)] < prefix:
            low = end
        else:
            high = start
    return low
