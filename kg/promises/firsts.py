"""The first of each of some lists, as if some of their members were not there.

Of many figures that gainsay each other each is judged as if the others of its moment were not there.
What the rest comes to is told by a few of them, and so nothing is gone through for each one anew.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

_Member = TypeVar("_Member")


class Firsts(Generic[_Member]):
    """Lists in order, some members of which can be left out, for now or for good.

    >>> firsts = Firsts(["a", "b", "c"], ["b", "c"])
    >>> firsts.without(["a"])
    ['b', 'b']
    >>> firsts.drop(["b"])
    >>> firsts.without(["a"]), firsts.without([])
    (['c', 'c'], ['a', 'c'])
    """

    def __init__(self, *lists: Iterable[_Member]) -> None:
        """Take the `lists`; a member is what it is, whatever equals it."""
        self._lists = [deque(each) for each in lists]
        self._gone: set[int] = set()

    def drop(self, members: Iterable[_Member]) -> None:
        """Leave out some members for good."""
        self._gone.update(map(id, members))
        for each in self._lists:
            while each and id(each[0]) in self._gone:
                each.popleft()

    def without(self, members: Iterable[_Member]) -> list[_Member]:
        """Return the first of each list that has one, leaving out some members for now."""
        own = set(map(id, members))
        firsts: list[_Member] = []
        for each in self._lists:
            left = (one for one in each if id(one) not in own and id(one) not in self._gone)
            firsts += [one for one in (next(left, None),) if one is not None]
        return firsts
