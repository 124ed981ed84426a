"""Sorted lines, looked into without being read: in memory, in a file that is mapped into it, or in several."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import mmap
    from collections.abc import Callable, Iterator, Sequence

Lines: TypeAlias = "bytes | mmap.mmap | PartedLines"


class PartedLines:
    """Sorted lines in parts, of which those are opened that are looked into."""

    def __init__(
        self, firsts: Sequence[bytes], size: int, part: Callable[[int], bytes | mmap.mmap]
    ) -> None:
        """Take with what each part begins, up to the first space; how many bytes all have; and what opens one."""
        self._firsts, self._size, self._part = firsts, size, part

    def __len__(self) -> int:
        """Return how many bytes all parts have."""
        return self._size

    def whole(self) -> bytes:
        """Return all parts as one."""
        return b"".join(self._part(at)[:] for at in range(len(self._firsts)))

    def beginning(self, prefix: bytes) -> Iterator[bytes]:
        """Yield what `lines_from` does."""
        word = prefix.partition(b" ")[0]
        for at in range(span_of(self._firsts, word).start, len(self._firsts)):
            part = self._part(at)
            begin = _first(part, prefix)
            yield from _from(part, begin, prefix)
            # Where there is a line behind those that begin so, no later part has any.
            if begin < len(part) and not _last(part).startswith(prefix):
                return


def span_of(firsts: Sequence[bytes], word: bytes) -> range:
    """Return the parts in which lines may lie that begin with a word and a space, given the words with which parts begin.

    >>> span_of([b"a", b"c", b"c", b"e"], b"c"), span_of([b"a", b"c"], b"b"), span_of([b"b"], b"a")
    (range(0, 3), range(0, 1), range(0, 1))
    """
    low = max(0, bisect_left(firsts, word) - 1)
    return range(low, max(low + 1, bisect_right(firsts, word)) if firsts else 0)


def lines_from(lines: Lines, prefix: bytes) -> Iterator[bytes]:
    r"""Yield the lines that begin with `prefix`, without their ends; as many steps as the lines have bits.

    >>> list(lines_from(b"a 1\na 2\nb 1\n", b"a ")), list(lines_from(b"", b"a"))
    ([b'a 1', b'a 2'], [])
    >>> parts = [b"a 1\na 2\n", b"a 3\nb 1\n", b"c 1\n"]
    >>> list(lines_from(PartedLines([b"a", b"a", b"c"], 20, parts.__getitem__), b"a "))
    [b'a 1', b'a 2', b'a 3']
    """
    if isinstance(lines, PartedLines):
        return lines.beginning(prefix)
    return _from(lines, _first(lines, prefix), prefix)


def whole_of_lines(lines: Lines) -> bytes:
    r"""Return sorted lines as one.

    >>> whole_of_lines(PartedLines([b"a", b"b"], 8, [b"a 1\n", b"b 1\n"].__getitem__))
    b'a 1\nb 1\n'
    """
    return lines.whole() if isinstance(lines, PartedLines) else lines[:]


def _from(lines: bytes | mmap.mmap, at: int, prefix: bytes) -> Iterator[bytes]:
    while at < len(lines):
        end = lines.find(b"\n", at)
        line = lines[at:end]
        if not line.startswith(prefix):
            return
        yield line
        at = end + 1


def _last(lines: bytes | mmap.mmap) -> bytes:
    """Return the last line."""
    return lines[lines.rfind(b"\n", 0, len(lines) - 1) + 1 :]


def _first(lines: bytes | mmap.mmap, prefix: bytes) -> int:
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
