"""Terms of canonical N-Quads as Python values, each read once; the values are those that the index gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import ID, shorten, to_python
from kg.query.rewriting import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.base import Cell

    Row = tuple[str, bytes]
    """What has a property, by its shortest name, and the value as canonical N-Quads have it."""

_QUOTE, _BRACKET = b'">'
_OURS: Final = f"<{ID}".encode()


class _TermNames(dict[bytes, str]):
    """The shortest names of things, by how N-Quads write them."""

    def __missing__(self, term: bytes) -> str:
        if term.startswith(_OURS):  # of hundred thousands that come once
            name = term[len(_OURS) : -1].decode()
        else:
            text = term.decode()
            name = shorten(text[1:-1]) if text.startswith("<") else text
        self[term] = name
        return name


class TermCells(dict[bytes, "Cell"]):
    """Python values of terms, by how N-Quads write them; see `kg.base.to_python`."""

    def __init__(self) -> None:
        super().__init__()
        self.names = _TermNames()
        self._datatypes: dict[bytes, ox.NamedNode] = {}
        self._forms: dict[bytes, bytes] = {}

    def once(self, rows: Sequence[Row]) -> Iterable[Row]:
        """Return rows of one property, each once; their values are the index's when they are read here."""
        self.learn({value for _, value in rows})
        # What has one value each, as most of what statements say, has none twice.
        if len({thing for thing, _ in rows}) == len(rows):
            return rows
        forms = self._forms
        return dict.fromkeys((thing, forms.get(value, value)) for thing, value in rows)

    def learn(self, terms: Iterable[bytes]) -> None:
        """Read typed literals as the index has them, which is asked about many at a time: that costs as much as of one."""
        fresh = [term for term in terms if term not in self and _is_typed(term)]
        self._forms |= rewritten(fresh)
        for term in fresh:
            self[term] = self._read(self._forms.get(term, term))

    def form(self, term: bytes) -> bytes:
        """Return a term as the index has it."""
        if term not in self and _is_typed(term):
            self.learn([term])
        return self._forms.get(term, term)

    def of(self, terms: list[bytes]) -> tuple[Cell, ...]:
        """Return the values of some terms, each once."""
        return tuple([self[term] for term in dict.fromkeys(map(self.form, terms))])

    def __missing__(self, term: bytes) -> Cell:
        """Read a term that comes for the first time."""
        if _is_typed(term):
            self.learn([term])
        else:
            self[term] = self._read(term)
        return self[term]

    def _read(self, term: bytes) -> Cell:
        if term.startswith(b"<") and not term.startswith(b"<<"):
            return self.names[term]
        text, _, kind = term.rpartition(b'"')
        if b"\\" in text or not text:
            [quad] = ox.parse(b"<a:s> <a:p> " + term + b" .", format=ox.RdfFormat.N_TRIPLES)
            return to_python(quad.object)
        if not kind.startswith(b"^^"):
            return text[1:].decode()
        if kind not in self._datatypes:
            self._datatypes[kind] = ox.NamedNode(kind[3:-1].decode())
        return to_python(ox.Literal(text[1:].decode(), datatype=self._datatypes[kind]))


def _is_typed(term: bytes) -> bool:
    return term[0] == _QUOTE and term[-1] == _BRACKET
