"""A graph in pieces that may lie on many machines: each node has a home, where all lies that is said of it.

What neighbourhoods look at beyond their own lines is copied to them step by step: whoever looks at a node asks its home,
which answers with lines and asks further homes (`looks.py`). Nothing here knows of a cluster: these are functions of one
home and of what was sent to it, and what they return are letters, each with the number of the home or place that it is for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.base import nquads
from kg.pipeline.looks import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.pipeline.looks import Looks

Letter = tuple[int, Any]
"""What is sent, and behind it what."""


def number_of(node: bytes) -> int:
    """Return a number by which a node is known, whatever machine reckons it: of 63 bits, so that two rarely have one.

    Where two do, they are looked at together, which changes nothing.

    >>> number_of(b"<a:s>") == number_of(b"<a:s>") < 2**63
    True
    """
    return int.from_bytes(blake2b(node, digest_size=8).digest(), "big") >> 1


class Home(NamedTuple):
    """What lies at a home, as sorted lines of N-Quads.

    Attributes:
        said: all that is said of the nodes whose home this is.
        named: of what is said about them what is looked at backwards, and one statement of those of which one is enough.
        heads: the numbers of those of them that are joined to others, with that of the head of their neighbourhood.
    """

    said: bytes
    named: bytes
    heads: Mapping[int, int]

    def place_of(self, node: bytes, places: int) -> int:
        """Return the place where all lies that is joined to a node of this home."""
        number = number_of(node)
        return self.heads.get(number, number) % places


def lines_to_homes(lines: Iterable[bytes], homes: int, looks: Looks) -> Iterator[Letter]:
    """Yield letters with lines to the homes of their subjects, and to those of their objects as far as these need to know."""
    said: defaultdict[int, list[bytes]] = defaultdict(list)
    named: defaultdict[int, list[bytes]] = defaultdict(list)
    back = {name for moves in looks.back for name in moves}
    mentioned = set[tuple[bytes, bytes]]()
    for line in lines:
        subject, predicate, value, _ = nquads.parts(line)
        said[number_of(subject) % homes].append(line)
        if predicate in back:
            named[number_of(value) % homes].append(line)
        if value[:1] != b'"':
            way = predicate if predicate in looks.mentions else ANY
            if (way, value) not in mentioned and (way or ANY in looks.mentions):
                mentioned.add((way, value))
                if predicate not in back:
                    named[number_of(value) % homes].append(line)
    yield from ((home, ("said", b"".join(some))) for home, some in said.items())
    yield from ((home, ("named", b"".join(some))) for home, some in named.items())


def home_of(letters: Iterable[tuple[str, bytes]], heads: Mapping[int, int]) -> Home:
    """Return what lies at a home, of the letters that came there."""
    came = by_sort(letters)
    said, named = (b"".join(sorted(came[sort])) for sort in ("said", "named"))
    return Home(said, named, heads)


def by_sort(letters: Iterable[tuple[str, bytes]]) -> defaultdict[str, set[bytes]]:
    """Return the lines of letters that came to one home or place, by what they are called."""
    came: defaultdict[str, set[bytes]] = defaultdict(set)
    for sort, lines in letters:
        came[sort].update(nquads.split(lines))
    return came


def letters_to(whither: Callable[[bytes], int], lines: Iterable[bytes]) -> Iterator[Letter]:
    r"""Yield a letter with lines to each number that one of them is for.

    >>> list(letters_to(len, [b"a\n", b"bb\n", b"c\n"]))
    [(2, b'a\nc\n'), (3, b'bb\n')]
    """
    letters: defaultdict[int, list[bytes]] = defaultdict(list)
    for line in lines:
        letters[whither(line)].append(line)
    return ((number, b"".join(some)) for number, some in letters.items())


class Post(NamedTuple):
    """To where letters go: how many `homes` there are, and how many `places` at which neighbourhoods lie."""

    homes: int
    places: int


Asked = Mapping[bytes, Collection[tuple[int, int]]]
"""By node, the places that look at it, each with the state in which it is there."""


def own_letters(home: Home, post: Post) -> Iterator[Letter]:
    """Yield letters to places with all that is said of the nodes there, and a statement that mentions one."""
    own: defaultdict[int, list[bytes]] = defaultdict(list)
    for subject, lines in groupby(nquads.split(home.said), nquads.subject_of):
        own[home.place_of(subject, post.places)] += lines
    mention: defaultdict[int, list[bytes]] = defaultdict(list)
    for line in nquads.split(home.named):
        value = nquads.parts(line)[2]
        if value[:1] != b'"':
            mention[home.place_of(value, post.places)].append(line)
    yield from ((place, ("own", b"".join(lines))) for place, lines in own.items())
    yield from ((place, ("mention", b"".join(lines))) for place, lines in mention.items())


def first_asked(home: Home, post: Post) -> Asked:
    """Return what is asked of a home first: its own nodes are looked at from where they lie."""
    nodes = {nquads.subject_of(line) for line in nquads.split(home.said)}
    nodes.update(nquads.parts(line)[2] for line in nquads.split(home.named))
    return {node: [(home.place_of(node, post.places), 0)] for node in nodes}


def answers(home: Home, asked: Asked, looks: Looks, post: Post) -> Iterator[Letter]:
    """Yield letters to places with lines that are looked at there, and to homes that are asked next.

    The first are called `seen`, and have lines; the others `asked`, and have nodes with places and states.
    """
    answered = _Answered(looks, post)
    for subject, lines in groupby(nquads.split(home.said), nquads.subject_of):
        if subject in asked:
            answered.ahead(asked[subject], list(lines), home.place_of(subject, post.places))
    for line in nquads.split(home.named):
        answered.back(asked, line)
    yield from answered.letters()


class _Answered:
    """What is answered, and who is asked next."""

    def __init__(self, looks: Looks, post: Post) -> None:
        self._looks, self._post = looks, post
        self._seen: defaultdict[int, set[bytes]] = defaultdict(set)
        self._next: defaultdict[int, set[tuple[bytes, int, int]]] = defaultdict(set)

    def ahead(self, looking: Iterable[tuple[int, int]], lines: Sequence[bytes], own: int) -> None:
        """Answer what is said of a node, of which all lies at its `own` place, to who is looking."""
        for place, state in looking:
            moves = self._looks.ahead[state]
            for line in lines if moves else ():
                _, predicate, value, _ = nquads.parts(line)
                for name in (predicate, ANY):
                    if name in moves:
                        self._answer(line if place != own else None, value, moves[name], place)

    def back(self, asked: Asked, line: bytes) -> None:
        """Answer a statement to who is looking at its object, backwards."""
        subject, predicate, value, _ = nquads.parts(line)
        for place, state in asked.get(value, ()):
            moves = self._looks.back[state]
            if predicate in moves:
                self._answer(line, subject, moves[predicate], place)

    def _answer(self, line: bytes | None, end: bytes, states: Iterable[int], place: int) -> None:
        if line:
            self._seen[place].add(line)
        for state in states:
            if self._looks.goes_on(state):
                self._next[number_of(end) % self._post.homes].add((end, place, state))

    def letters(self) -> Iterator[Letter]:
        """Yield what is to be sent."""
        yield from ((place, ("seen", b"".join(lines))) for place, lines in self._seen.items())
        yield from ((home, ("asked", sorted(nodes))) for home, nodes in self._next.items())
