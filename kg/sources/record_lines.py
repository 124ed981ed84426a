"""The sources of a build as sorted lines, of which there may be a hundred thousand: looked up, and not read.

    f:things/people {"digest": ...}                 what is remembered of a file, by its name
    g:https://example.org/graph things/people       a file that adds to a graph, by that

Names are written as in addresses, so that each is one word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from kg.base import Change, lines_from
from kg.sources.reader import Fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, ValuesView

    from kg.base import Lines

_FILE: Final = b"f:"
_GRAPH: Final = b"g:"


class RecordedSources(Mapping[str, Fingerprint]):
    """Files that were read by their names, looked up in lines; all of them are read where all are wanted.

    >>> one = Fingerprint("00", ".nt", ("a:g",))
    >>> sources = RecordedSources(lambda: lines_of_sources({"a b": one}), 1)
    >>> sources["a b"] == one, sources.adding_to("a:g"), list(sources)
    (True, {'a b'}, ['a b'])
    """

    def __init__(self, lines: Callable[[], Lines], number: int) -> None:
        """Take what gives the lines when they are first wanted, and of how many files they are."""
        self._given, self._number = lines, number

    @cached_property
    def _lines(self) -> Lines:
        return self._given()

    def __getitem__(self, name: str) -> Fingerprint:
        """Return what is remembered of a file."""
        if "_all" in vars(self):
            return self._all[name]
        start = _FILE + _quoted(name) + b" "
        for line in lines_from(self._lines, start):
            return _fingerprint(line[len(start) :])
        raise KeyError(name)

    def __len__(self) -> int:
        """Return how many files were read."""
        return self._number

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all files."""
        return iter(self._all)

    def items(self) -> ItemsView[str, Fingerprint]:
        """Return all files by name."""
        return self._all.items()

    def values(self) -> ValuesView[Fingerprint]:
        """Return what is remembered of all files."""
        return self._all.values()

    @cached_property
    def _all(self) -> dict[str, Fingerprint]:
        parts = (line[len(_FILE) :].partition(b" ") for line in lines_from(self._lines, _FILE))
        return {_name(name): _fingerprint(told) for name, _, told in parts}

    def adding_to(self, graph: str) -> set[str]:
        """Return the names of the files that add to a graph."""
        start = _GRAPH + graph.encode() + b" "
        return {_name(line[len(start) :]) for line in lines_from(self._lines, start)}

    def beginning(self, name: str) -> list[str]:
        """Return the names of files that begin with `name`, sorted."""
        start = _FILE + _quoted(name)
        lines = lines_from(self._lines, start)
        return sorted(_name(line[len(_FILE) :].partition(b" ")[0]) for line in lines)


class ChangedSources(Mapping[str, Fingerprint]):
    """The files of which a graph is built after a change, told by those before and what has changed.

    >>> one = Fingerprint("00", ".nt", ("a:g",))
    >>> sources = ChangedSources({"a": one, "b": one}, {"a"}, {"c": one})
    >>> list(sources), len(sources), sorted(adding_to(sources, "a:g")), "a" in sources
    (['b', 'c'], 2, ['b', 'c'], False)
    """

    def __init__(
        self,
        before: Mapping[str, Fingerprint],
        gone: Collection[str],
        given: Mapping[str, Fingerprint],
    ) -> None:
        """Take the files before, the names of those that have gone, and those that were read anew."""
        self.before, self.given = before, given
        self.gone = frozenset(name for name in gone if name in before and name not in given)
        self._number = len(before) - len(self.gone) + sum(name not in before for name in given)

    def __getitem__(self, name: str) -> Fingerprint:
        """Return what is known of a file."""
        if name in self.given:
            return self.given[name]
        if name in self.gone:
            raise KeyError(name)
        return self.before[name]

    def __len__(self) -> int:
        """Return how many files there are."""
        return self._number

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all files."""
        yield from (name for name in self.before if name not in self.gone | self.given.keys())
        yield from self.given

    def adding_to(self, graph: str) -> set[str]:
        """Return the names of the files that add to a graph."""
        others = adding_to(self.before, graph) - self.gone - self.given.keys()
        return others | adding_to(dict(self.given), graph)


def adding_to(sources: Mapping[str, Fingerprint], graph: str) -> set[str]:
    """Return the names of the files that add to a graph; without going through all where they are kept by that."""
    if isinstance(sources, RecordedSources | ChangedSources):
        return sources.adding_to(graph)
    return {name for name, one in sources.items() if graph in one.graphs}


def beginning(sources: Mapping[str, Fingerprint], name: str) -> list[str]:
    """Return the names of files that begin with `name`, sorted; found as in `adding_to`.

    >>> beginning(dict.fromkeys(["a", "b-1", "b"], Fingerprint("", ".nt", ())), "b")
    ['b', 'b-1']
    """
    if isinstance(sources, RecordedSources):
        return sources.beginning(name)
    return sorted(one for one in sources if one.startswith(name))


def lines_of_sources(sources: Mapping[str, Fingerprint]) -> bytes:
    """Return files by name as sorted lines."""
    return b"".join(sorted(_lines(sources.items())))


def lines_changed(before: Mapping[str, Fingerprint], now: Mapping[str, Fingerprint]) -> Change:
    """Return which lines of files go and come."""
    if isinstance(now, ChangedSources) and now.before is before:
        names = {*now.gone, *now.given}
    else:
        names = {*before, *now}
    old, new = (
        set(_lines((name, some[name]) for name in names if name in some)) for some in (before, now)
    )
    return Change(b"".join(sorted(old - new)), b"".join(sorted(new - old)))


def _lines(files: Iterable[tuple[str, Fingerprint]]) -> Iterator[bytes]:
    for name, one in files:
        quoted = _quoted(name)
        yield b"%b%b %b\n" % (_FILE, quoted, json.dumps(vars(one)).encode())
        for graph in one.graphs:
            yield b"%b%b %b\n" % (_GRAPH, graph.encode(), quoted)


def _fingerprint(told: bytes) -> Fingerprint:
    held = json.loads(told)
    # JSON has lists only, and fingerprints are compared as values.
    return Fingerprint(**{**held, "graphs": tuple(held["graphs"]), "ids": tuple(held["ids"])})


def _quoted(name: str) -> bytes:
    """Return a name without spaces and ends of lines, so that it is one word."""
    return quote(name, errors="surrogateescape").encode()


def _name(quoted: bytes) -> str:
    return unquote(quoted.decode(), errors="surrogateescape")
