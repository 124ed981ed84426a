"""Sets of rows by their numbers, a bit each: of a million rows an eighth of a megabyte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set as AbstractSet


class Rows(AbstractSet[int]):
    """A set of numbers from 0 on.

    >>> rows = Rows([2, 3, 9])
    >>> 3 in rows, len(rows), list(rows.without(Rows([3])))
    (True, 3, [2, 9])
    """

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        """Hold some numbers."""
        self._bits = bytearray()
        self.add(numbers)

    def add(self, numbers: Iterable[int]) -> None:
        """Add numbers."""
        for number in numbers:
            at = number >> 3
            if at >= len(self._bits):
                self._bits.extend(bytes(at + 1 - len(self._bits)))
            self._bits[at] |= 1 << (number & 7)

    def __contains__(self, number: object) -> bool:
        """Tell whether a number is among them."""
        if not isinstance(number, int) or number < 0:
            return False
        at = number >> 3
        return at < len(self._bits) and bool(self._bits[at] & 1 << (number & 7))

    def __iter__(self) -> Iterator[int]:
        """Yield the numbers in order."""
        for at, bits in enumerate(self._bits):
            if bits:
                yield from (at << 3 | bit for bit in range(8) if bits & 1 << bit)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._whole().bit_count()

    def without(self, other: Rows) -> Rows:
        """Return those that are in this set alone."""
        left = Rows()
        rest = self._whole() & ~other._whole()
        left._bits = bytearray(rest.to_bytes(len(self._bits), "little"))
        return left

    def _whole(self) -> int:
        return int.from_bytes(self._bits, "little")
