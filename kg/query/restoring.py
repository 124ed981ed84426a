"""Answers with literals as the data write them, where the index gives them in its own form.

A value in a row comes from a triple that is not in the row. It is given as the data write it where
that is certain: where the property, or all of them, is written in one way with this value, or where
only one way is that of a subject in the row or the query. Else it stays as the index has it, which is
the same value. What a query computes stays as it is, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import XSD, split_typed
from kg.query.origins import Origins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.query.written import Written

_Forms = list[tuple[str, bytes]]
_Names = frozenset[str] | None  # properties, or None for any

_TSV: Final = ox.QueryResultsFormat.TSV
_JSON: Final = ox.QueryResultsFormat.JSON

_MOST_WAYS: Final = 50
"""In how many ways a value may be written for each of them to be looked for."""


class Restorer:
    """What gives the answers of one query as the data write them."""

    def __init__(self, query: str, written: Written) -> None:
        """Take the text of the query and what is known of the data that it was asked of."""
        self._written = written
        self._origins = Origins.of(query)
        self._forms: dict[ox.Literal, _Forms] = {}
        self._of_column: dict[tuple[str, bytes], tuple[_Forms, bytes | None]] = {}
        self._named: dict[tuple[str, bytes], bool] = {}

    def concerns(self, columns: Iterable[str]) -> bool:
        """Tell whether any column may hold a value that the data write otherwise."""
        return any(map(self._is_rewritten, columns))

    def _is_rewritten(self, column: str) -> bool:
        names = self._origins.properties.get(column, frozenset())
        return names is None or not names.isdisjoint(self._written.properties)

    def rows(self, results: ox.QuerySolutions) -> ox.QuerySolutions:
        """Return rows with their values as the data write them."""
        # The engine writes and reads all rows in a part of the time that Python takes to look at them; and
        # what is to be changed stands in few of them.
        columns = [variable.value for variable in results.variables]
        lines = (results.serialize(format=_TSV) or b"").split(b"\n")
        for at, column in enumerate(columns):
            if self._is_rewritten(column):
                self._restore(lines, at, self._origins.properties[column])
        solutions = ox.parse_query_results(b"\n".join(lines), _TSV)
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - a table, as it was
        return solutions

    def json(self, data: bytes) -> bytes:
        """Return rows, as the engine writes them as JSON, with their values as the data write them."""
        from kg.query.restoring_json import restore_json  # for those who read JSON

        if b'"type":"triple"' in data:  # which has literals within it that are of no column
            results = ox.parse_query_results(data, _JSON)
            assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - a table
            return self.rows(results).serialize(format=_JSON) or b""
        return restore_json(data, self._chosen)

    def _chosen(self, column: str, value: bytes, about: Callable[[], set[str]]) -> bytes | None:
        """Return how the data write a value in a row, which is about some things."""
        key = column, value
        if key not in self._of_column:
            names = self._origins.properties.get(column, frozenset())
            forms = self._written.forms(value) if self._is_rewritten(column) else []
            possible = [one for one in forms if names is None or one[0] in names]
            self._of_column[key] = possible, _only(possible)
        possible, only = self._of_column[key]
        return only or (self._by_row(possible, about()) if possible else None)

    def _restore(self, lines: list[bytes], at: int, names: _Names) -> None:
        """Write the cells of a column as the data write them."""
        # The first line has the names of the columns, of the last one only the end is there.
        rows = range(1, len(lines) - 1)
        known = {
            cell: possible
            for cell, term in _literals({lines[row].split(b"\t", at + 1)[at] for row in rows})
            if (possible := self._possible(term, names))
        }
        if not known:
            return
        only = {cell: _only(possible) for cell, possible in known.items()}
        for row in rows:
            # One row at a time: all cells at once take several times the room.
            cells = lines[row].split(b"\t")
            cell = cells[at]
            if cell in known:
                about = {one[1:-1].decode() for one in cells if one[:1] == b"<"}
                cells[at] = only[cell] or self._by_row(known[cell], about) or cell
                lines[row] = b"\t".join(cells)

    def triples(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        """Yield triples as the data write them: all forms that the data have of one."""
        for triple in triples:
            subject, name, value = triple
            if isinstance(value, ox.Literal) and isinstance(subject, ox.NamedNode):
                for form in self._said(subject.value, name.value, value):
                    yield ox.Triple(subject, name, _literal(form) if form else value)
            else:
                yield triple

    def _said(self, subject: str, name: str, value: ox.Literal) -> list[bytes | None]:
        """Return the forms that the data have of one triple, or None for that which the index gives."""
        forms = self._possible(value, None)
        same = [one for one in forms if one[0] == name]
        if len(same) > _MOST_WAYS:
            return [None]
        if len(same) == 1 and not self._origins.computes:  # whoever is said to have it
            return [same[0][1]]
        said: list[bytes | None] = [
            form for of, form in same if self._written.says(subject, of, form)
        ]
        if said or not forms or self._origins.describes or self._origins.computes:
            return said or [None]
        if self._written.says(subject, name, str(value).encode()):
            return [None]
        # It is none of the data, so that its value is that of another property.
        return [_only(forms) or self._by_row(forms, {subject})]

    def _possible(self, term: ox.Literal, names: _Names) -> _Forms:
        """Return the forms in which some properties have a value, with the properties."""
        if term not in self._forms:
            typed = term.datatype.value.startswith(XSD) and not term.language
            self._forms[term] = self._written.forms(str(term).encode()) if typed else []
        return [one for one in self._forms[term] if names is None or one[0] in names]

    def _by_row(self, possible: _Forms, about: set[str]) -> bytes | None:
        """Return the one form of what a row is about, of a value that the data write in several ways."""
        # The property itself may be in the row, as in `?s ?p ?o`.
        narrow = [one for one in possible if one[0] in about] or possible
        if len(narrow) > _MOST_WAYS:
            return None
        of_row = [one for one in narrow if any(self._written.says(it, *one) for it in about)]
        return _only(of_row or list(filter(self._says_named, narrow)) or narrow)

    def _says_named(self, one: tuple[str, bytes]) -> bool:
        """Tell whether what the query names has a property with a value in a form."""
        if one not in self._named:
            self._named[one] = any(self._written.says(it, *one) for it in self._origins.named)
        return self._named[one]


def _only(forms: _Forms) -> bytes | None:
    """Return the one way in which a value is written, if it is one."""
    ways = {form for _, form in forms}
    return ways.pop() if len(ways) == 1 else None


def _literals(cells: set[bytes]) -> Iterator[tuple[bytes, ox.Literal]]:
    """Yield the cells of results as TSV that are literals of XML Schema, as terms too."""
    typed = XSD.encode()
    some = [c for c in cells if c[:1] not in {b"", b"<", b"_"} and (c[:1] != b'"' or typed in c)]
    rows = ox.parse_query_results(b"?v\n" + b"".join(c + b"\n" for c in some), _TSV)
    for cell, row in zip(some, rows, strict=True):  # type: ignore[arg-type]
        if isinstance(row[0], ox.Literal):
            yield cell, row[0]


def _literal(form: bytes) -> ox.Literal:
    text, datatype = split_typed(form)
    return ox.Literal(text, datatype=ox.NamedNode(datatype))
