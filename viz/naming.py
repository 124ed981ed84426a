"""What a group of things is called: by what most of it shares, and other groups do not.

A group is called by what its things are (plans, facilities, climate targets), where they are, of
what sector, and whose: "Solar in Texas", "Climate targets of Shell, BP and 12 others in India".
Of that, what most of the group shares is said, unless the group around it says so already; and where
two groups that stand side by side would be called the same, more, until no two are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from viz.select import Records
from viz.style import TYPES, UNKNOWN

CANDIDATES = 3
"""How many names a group may get before numbers have to tell it from another one."""

MOST = 0.6
"""The part of those that have a place, a sector, an owner or a name, from which on it is one of all."""

NAMED = 2
"""How many owners are named of many."""

LONGEST = 32
"""Characters of the name of an owner."""

FACILITIES = "Facilities"
PLANS = frozenset({"initiative", "target"})
OWNERS = frozenset({"company", "organization"})

T = TypeVar("T", int, str)
Ties = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the things of a group share, in words, "" where it is nothing, and whose they are."""

    what: str
    sector: str
    place: str
    owners: tuple[str, ...]

    def without(self, known: "_Shared") -> "_Shared":
        """Leave out the place and the sector that are known already."""
        return replace(
            self,
            place="" if self.place == known.place else self.place,
            sector="" if self.sector == known.sector else self.sector,
        )

    def short(self) -> str:
        """The name by what sets a group apart best: a place or a sector, or else its owners."""
        what = self.sector or self.what
        if self.place:
            return f"{what} in {self.place}"
        return f"{what} of {_listed(self.owners)}" if self.owners and not self.sector else what

    def whole(self) -> str:
        owners = f" of {_listed(self.owners)}" if self.owners else ""
        where = f" in {self.place}" if self.place else ""
        if not self.sector or self.what == FACILITIES:
            return f"{self.sector or self.what}{owners}{where}"
        return f"{self.what} ({self.sector}){owners}{where}"


class Names:
    """The names of the groups of a graph."""

    def __init__(self, graph: Records, ties: Ties) -> None:
        """Read what things are, and what they are tied to."""
        self._ties = ties
        self._labels = [node.label for node in graph.nodes]
        self._types = [node.type for node in graph.nodes]
        self._weights = [
            (len(ties[v]), TYPES.get(kind, UNKNOWN).rank, -v) for v, kind in enumerate(self._types)
        ]

    def head(self, things: Iterable[int]) -> int:
        """Return the most central of some things, the more important one among equals."""
        return max(things, key=self._weights.__getitem__)

    def key(self, things: Sequence[int]) -> tuple[str, int]:
        """Return what to sort some things by: the name of the most central one."""
        head = self.head(things)
        return self._labels[head].casefold(), head

    def level(
        self, groups: Sequence[Sequence[int]], around: Sequence[int] | None = None
    ) -> list[str]:
        """Name the groups of one level, each by the shortest name that no other one there has.

        Args:
            groups: The things of each.
            around: Those of the group that all are in, if they are in one.
        """
        known = self._shared(around) if around else _Shared("", "", "", ())
        names = [self._candidates(things, known) for things in groups]
        chosen = [first for first, *_ in names]
        for longer in range(1, CANDIDATES):
            times = Counter(chosen)
            chosen = [
                each[longer] if times[name] > 1 else name
                for name, each in zip(chosen, names, strict=True)
            ]
        return _numbered(chosen)

    def _candidates(self, things: Sequence[int], known: _Shared) -> tuple[str, ...]:
        """Return `CANDIDATES` names, ever longer ones."""
        shared = self._shared(things).without(known)
        head = f"{self._labels[self.head(things)]} and {len(things) - 1:,} more"
        short, whole = (shared.short(), shared.whole()) if shared.what else (head, head)
        first, last = self._ends(things)
        return short, whole, f"{short}, {first} … {last}"

    def _ends(self, things: Iterable[int]) -> tuple[str, str]:
        labels = {self._labels[thing].casefold(): self._labels[thing] for thing in things}
        return labels[min(labels)], labels[max(labels)]

    def _shared(self, things: Sequence[int]) -> _Shared:
        places, sectors, owners = (
            self._tied(things, kinds) for kinds in ({"place"}, {"category"}, OWNERS)
        )
        return _Shared(
            self._what(things),
            self._one(sectors),
            self._one(places),
            tuple(shorten(self._labels[owner]) for owner, _ in _ranked(owners)),
        )

    def _tied(self, things: Iterable[int], kinds: Iterable[str]) -> Counter[int]:
        """Count what things of some types most of the others are tied to."""
        wanted = frozenset(kinds)
        return Counter(
            other
            for thing in things
            if self._types[thing] not in wanted
            for other in self._ties[thing]
            if self._types[other] in wanted
        )

    def _one(self, tied: Counter[int]) -> str:
        """Return the name of what most are tied to, where there is one."""
        ranked = _ranked(tied)
        return self._labels[ranked[0][0]] if ranked and ranked[0][1] >= MOST * tied.total() else ""

    def _what(self, things: Sequence[int]) -> str:
        """Return what the things are in one word, or the name that most of them bear."""
        kinds = Counter(self._types[thing] for thing in things)
        plans = sum(kinds[kind] for kind in PLANS)
        facilities = kinds["facility"]
        if plans + facilities == 0:
            kind = min(kinds, key=lambda kind: (-kinds[kind], kind))
            return TYPES[kind].plural if kind in TYPES else ""
        if facilities >= plans / 2:
            return FACILITIES
        names = Counter(
            self._labels[thing] for thing in things if self._types[thing] == "initiative"
        )
        ranked = _ranked(names)
        return ranked[0][0] if ranked and ranked[0][1] >= max(2, MOST * names.total()) else "Plans"


def _numbered(names: Sequence[str]) -> list[str]:
    """Tell names that are the same by numbers.

    >>> _numbered(["Plans", "Plans (2)", "Plans"])
    ['Plans', 'Plans (2)', 'Plans (3)']
    """
    taken, told = set(names), set[str]()
    made = []
    for name in names:
        free = (f"{name} ({number})" for number in count(2))
        made.append(name if name not in told else next(each for each in free if each not in taken))
        told.add(name)
        taken.add(made[-1])
    return made


def _ranked(tally: Counter[T]) -> list[tuple[T, int]]:
    return sorted(tally.items(), key=lambda item: (-item[1], item[0]))


def shorten(name: str) -> str:
    """Cut what is too long to stand among others.

    >>> shorten("Hybrid-Electric Building Technologies West Los Angeles 1, LLC")
    'Hybrid-Electric Building…'
    """
    return name if len(name) <= LONGEST else name[:LONGEST].rpartition(" ")[0].rstrip(",") + "…"


def _listed(names: Sequence[str]) -> str:
    """Name the first of some, and count the others.

    >>> _listed(["Shell"]), _listed(["Shell", "BP"]), _listed(["Shell", "BP", "Eni", "Equinor"])
    ('Shell', 'Shell and BP', 'Shell, BP and 2 others')
    """
    if len(names) <= NAMED:
        return " and ".join(names)
    if len(names) == NAMED + 1:
        return f"{', '.join(names[:NAMED])} and {names[NAMED]}"
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED:,} others"
