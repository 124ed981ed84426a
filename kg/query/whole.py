"""A graph that is read as a whole: from its N-Quads, in order, in place of a search for every term.

The index on a disk looks up each term of each row. Who wants nearly all that there is, as the page does, has
it from the file in an eighth of the time. Both give the same values, also where the index rewrites some.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.base import RDF, lengthen
from kg.query.cells import TermCells
from kg.query.found_lines import said_by
from kg.query.index import LocalIndex
from kg.query.selected import select_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.query.content import GraphContent
    from kg.query.index import Index

    Pair = tuple[str, Cell]
    """What has a property, by its shortest name, and the value."""
    Row = tuple[str, bytes]
    """The same, with the value as canonical N-Quads have it."""

_BLOCK: Final = 1 << 18
"""How many bytes are divided into lines at once."""


_TYPE: Final = f"<{RDF}type>".encode()
_UNNAMED: Final = ("_:", "<<")
"""How nodes without a name, and triples that are things, begin."""


class WholeIndex(LocalIndex):
    """An index beside which all that its graph says is in memory, by property."""

    def __init__(
        self, index: LocalIndex, quads: Iterable[bytes], only: Collection[str] = ()
    ) -> None:
        """Take an index, and the canonical N-Quads that it is of, in parts; where `only` names properties, no others are asked."""
        super().__init__(index.store, index.fault)
        self._cells = TermCells()
        if only:
            self._members: dict[bytes, list[str]] = {}
            self._rows = _of_properties(quads, only, self._cells.names)
        else:
            self._rows, self._members = _by_property(quads, self._cells.names)
        self._pairs: dict[str, list[Pair]] = {}

    def pairs(self, name: str) -> list[Pair]:
        """Return what `select_pairs` does."""
        if name not in self._pairs:
            self._pairs[name] = self._read(self._all(name))
        return self._pairs[name]

    def typed(self, classes: Collection[str]) -> list[Pair]:
        """Return what `select_typed` does."""
        names, members = self._cells.names, self._members
        return [
            (thing, names[class_])
            for class_ in (f"<{lengthen(name)}>".encode() for name in dict.fromkeys(classes))
            for thing in dict.fromkeys(members.get(class_, ()))
        ]

    def said(self, having: str, without: Collection[str]) -> Iterator[tuple[str, list[Pair]]]:
        """Yield what `select_said` returns."""
        left = {f"<{lengthen(name)}>".encode() for name in without}
        wanted = {thing for thing, _ in self._all(having)}
        for name in (name for name in (_TYPE, *self._rows) if name not in left):
            rows = [row for row in self._of(name) if row[0] in wanted]
            if rows:
                yield self._cells.names[name], self._read(rows)

    def texts(self, name: str) -> list[tuple[str, str, str]]:
        """Return what `select_texts` does."""
        return [
            (thing, str(self._cells[value]), _language(value))
            for thing, value in self._cells.once(self._all(name))
            if value.startswith(b'"') and not thing.startswith(_UNNAMED)
        ]

    def _read(self, rows: Sequence[Row]) -> list[Pair]:
        cells = self._cells
        return [(thing, cells[value]) for thing, value in cells.once(rows)]

    def _all(self, name: str) -> list[Row]:
        return self._of(f"<{lengthen(name)}>".encode())

    def _of(self, name: bytes) -> list[Row]:
        if name != _TYPE:
            return self._rows.get(name, [])
        return [(thing, class_) for class_, things in self._members.items() for thing in things]


def read_whole(content: GraphContent, only: Collection[str] = ()) -> Index:
    r"""Return an index of a graph for who reads all of it, or `only` some properties; one that is elsewhere is asked there.

    >>> from types import SimpleNamespace
    >>> from kg.query import Index
    >>> quads = b'<a:s> <a:p> "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal> <a:g> .\n'
    >>> whole = read_whole(SimpleNamespace(index=Index.of(quads), pieces=lambda _: [quads]))
    >>> select_pairs(whole, "a:p") == select_pairs(Index.of(quads), "a:p") == [("a:s", 1)]
    True
    """
    index = content.index
    if not isinstance(index, LocalIndex):
        return index
    pieces = chain.from_iterable(map(content.pieces, ("asserted", "derived")))
    return WholeIndex(index, pieces, only)


def select_pairs(index: Index, name: str) -> list[Pair]:
    r"""Return all that has the property `name`, each with a value of it, in any order and each pair once.

    >>> from kg.query import Index
    >>> select_pairs(Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n"), "a:p")
    [('a:s', 'a:o')]
    """
    if isinstance(index, WholeIndex):
        return index.pairs(name)
    query = f"SELECT DISTINCT ?s ?o {{ ?s <{lengthen(name)}> ?o }}"
    return [(str(thing), value) for thing, value in select_rows(index, query)]


def select_values(index: Index, *names: str) -> defaultdict[str, set[str]]:
    r"""Return the values of some properties together, as texts, by what has them.

    >>> from kg.query import Index
    >>> dict(select_values(Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n"), "a:p", "a:q"))
    {'a:s': {'a:o'}}
    """
    values: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for thing, value in select_pairs(index, name):
            values[thing].add(str(value))
    return values


def select_typed(index: Index, classes: Collection[str]) -> list[Pair]:
    r"""Return all that is of some classes, each with its class.

    >>> from kg.query import Index
    >>> index = Index.of(b"<a:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <a:C> <a:g> .\n")
    >>> select_typed(index, ["a:C"])
    [('a:s', 'a:C')]
    """
    if isinstance(index, WholeIndex):
        return index.typed(classes)
    wanted = " ".join(f"<{lengthen(name)}>" for name in classes)
    query = f"SELECT DISTINCT ?s ?class {{ VALUES ?class {{ {wanted} }} ?s a ?class }}"
    return [(str(thing), class_) for thing, class_ in select_rows(index, query)]


def select_said(
    index: Index, having: str, without: Collection[str] = ()
) -> Iterable[tuple[str, list[Pair]]]:
    r"""Return all that is said of what has the property `having`, by property, except those `without`.

    >>> from kg.query import Index
    >>> index = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:q> <a:o> <a:g> .\n<a:t> <a:q> <a:o> <a:g> .\n")
    >>> list(select_said(index, "a:p", without=["a:p"]))
    [('a:q', [('a:s', 'a:o')])]
    """
    if isinstance(index, WholeIndex):
        return index.said(having, without)
    left = ", ".join(f"<{lengthen(name)}>" for name in without)
    # By the engine nothing is outside of an empty list.
    only = f"FILTER (?p NOT IN ({left}))" if left else ""
    query = f"SELECT DISTINCT ?s ?p ?o {{ ?s <{lengthen(having)}> ?x . ?s ?p ?o {only} }}"
    said: defaultdict[str, list[Pair]] = defaultdict(list)
    for thing, name, value in select_rows(index, query):
        said[str(name)].append((str(thing), value))
    return said.items()


def select_texts(index: Index, name: str) -> list[tuple[str, str, str]]:
    r"""Return all that has an IRI and a text as the property `name`, with the text and its language or "".

    >>> from kg.query import Index
    >>> select_texts(Index.of('<a:s> <a:p> "小米"@zh <a:g> .\n'.encode()), "a:p")
    [('a:s', '小米', 'zh')]
    """
    if isinstance(index, WholeIndex):
        return index.texts(name)
    query = f"""SELECT DISTINCT ?s ?text (LANG(?text) AS ?language) {{
      ?s <{lengthen(name)}> ?text FILTER (isIRI(?s) && isLiteral(?text))
    }}"""
    rows = select_rows(index, query)
    return [(str(thing), str(text), str(language)) for thing, text, language in rows]


def _by_property(
    quads: Iterable[bytes], names: Mapping[bytes, str]
) -> tuple[dict[bytes, list[Row]], dict[bytes, list[str]]]:
    """Return what is said by each property, and what is of each class: types are a third of all."""
    rows: defaultdict[bytes, list[Row]] = defaultdict(list)
    members: defaultdict[bytes, list[str]] = defaultdict(list)
    # The same value comes again in many lines, and the same thing in the next one: each is kept once.
    known: dict[bytes, bytes] = {}
    last, called = b"", ""
    for block in _blocks(quads):
        for line in block.splitlines():
            thing, name, rest = line.split(b" ", 2)
            if thing != last:
                last, called = thing, names[thing]
            value = rest[: rest.rindex(b" <")]
            if name == _TYPE:
                members[value].append(called)
            else:
                rows[name].append((called, known.setdefault(value, value)))
    return dict(rows), dict(members)


def _of_properties(
    quads: Iterable[bytes], only: Collection[str], names: Mapping[bytes, str]
) -> dict[bytes, list[Row]]:
    """Return what is said by some properties."""
    rows: dict[bytes, list[Row]] = {f"<{lengthen(name)}>".encode(): [] for name in only}
    known: dict[bytes, bytes] = {}
    for thing, name, value in said_by(quads, rows):
        rows[name].append((names[thing], known.setdefault(value, value)))
    return rows


def _blocks(quads: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines by the thousand: they stay in the processor's cache while they are divided."""
    for data in quads:
        start = 0
        while start < len(data):
            end = data.find(b"\n", start + _BLOCK) + 1 or len(data)
            yield data[start:end]
            start = end


def _language(literal: bytes) -> str:
    kind = literal[literal.rindex(b'"') + 1 :].decode()
    return kind[1:].lower() if kind.startswith("@") else ""
