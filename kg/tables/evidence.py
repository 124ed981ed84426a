"""The evidence of a table is its rows: each statement names its own, or could be about anything."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import (
    CP,
    MAX_DIGITS,
    MAX_TEXT,
    MOST_SHOWN,
    RDF,
    XSD,
    Finding,
    FindingsError,
    Report,
    SourceError,
    abridge,
    is_beyond,
    nquads,
    shorten,
    unrounded,
)
from kg.sources import key_of
from kg.tables.metadata import metadata_path
from kg.tables.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.tables.table import Lot, Table

_DECIMAL: Final = XSD + "decimal"
_ROW, _SOURCE = (f"<{CP}{name}>".encode() for name in ("row", "source"))
_NUMBERS: Final = {
    f"<{CP}{name}>".encode(): CP + name for name in ("value", "minimum", "maximum", "baseline")
}
_NOTED: Final = frozenset({_ROW, _SOURCE, *_NUMBERS})
"""The predicates of the lines that evidence is a matter of."""

_AT_ONCE: Final = 10_000  # rows
_OF_NUMBERS: Final = f"^^<{_DECIMAL}>".encode()
_NUMBER: Final = re.compile(rb"[1-9][0-9]{0,17}")


class RowEvidence:
    """Which rows there are, and what the statements of a table rest on.

    It looks at the lines as they pass in order, those of one subject together.
    """

    def __init__(self, table: Table, mapping: Path) -> None:
        self._table, self._mapping = table, mapping
        self._metadata = metadata_path(table.path).name
        self._row = f"<{table.iri}#row=".encode()
        self._known, self._good, self._resting = Rows(), Rows(), Rows()
        self._without: bytes | None = None
        self._inexact: dict[str, tuple[int, str, Finding]] = {}
        self._beyond: str | None = None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._known)

    @property
    def silent(self) -> Rows:
        """The good rows that no statement rests on."""
        return self._good.without(self._resting)

    def described(self) -> Iterator[list[bytes]]:
        """Say of the rows that statements rest on what they are, and where they are found (RFC 7111), many at a time."""
        end = f" <{self._table.iri}> .\n".encode()
        kind, where = f"> <{RDF}type> <{CP}Row>".encode() + end, f'> <{RDF}value> "row='.encode()
        numbers = iter(self._resting)
        while some := [b"%d" % number for number in islice(numbers, _AT_ONCE)]:
            yield [self._row + row + where + row + b'"' + end for row in some]
            yield [self._row + row + kind for row in some]

    def read(self, lot: Lot) -> None:
        """Learn of the rows of a lot."""
        self._known.add(lot.numbers)
        self._good.add(lot.good)

    def of(self, blocks: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
        """Look at sorted lines, which come in blocks, and pass them on."""
        noted: list[list[bytes]] = []
        for block in blocks:
            yield block
            if self._beyond is None and len(max(block, key=len)) > MAX_TEXT:
                self._beyond = next(filter(None, map(_too_long, block)), None)
            noted += [part for line in block if (part := line.split(b" ", 2))[1] in _NOTED]
            # Of the last subject more may come.
            last = len(noted)
            while last and noted[last - 1][0] == noted[-1][0]:
                last -= 1
            self._look_at(noted[:last])
            del noted[:last]
        self._look_at(noted)

    def _look_at(self, noted: list[list[bytes]]) -> None:
        """Look at lines of some subjects, all that are to be looked at of each."""
        end = f" <{self._table.iri}> .\n".encode()
        rows = [
            (subject, value.removesuffix(end)) for subject, path, value in noted if path == _ROW
        ]
        # A row has several statements, as a rule.
        numbers = {value: self._number(value) for value in {value for _, value in rows}}
        for subject, value in rows if None in numbers.values() else ():
            if numbers[value] is None:
                raise SourceError(self._mapping, f"gives {_shown(subject)} a row that is none")
        self._resting.add(number for number in numbers.values() if number is not None)
        if self._without is None:
            resting = {subject for subject, _ in rows}
            groundless = (one for one, path, _ in noted if path == _SOURCE and one not in resting)
            self._without = next(groundless, None)  # who mends one mends all of its kind
        for subject, path, value in noted:
            if path not in _NUMBERS:
                continue
            number = value.removesuffix(end)
            if self._beyond is None:
                self._beyond = _beyond(subject, number)
            if wrong := _inexact(number, self._metadata):
                row = min((numbers[row] or 0 for one, row in rows if one == subject), default=0)
                self._keep(subject.decode()[1:-1], _NUMBERS[path], row, *wrong)

    def _number(self, value: bytes) -> int | None:
        """Return the number of a row, or None of what is none of the table."""
        digits = value.removeprefix(self._row).rstrip(b">")
        is_row = value.startswith(self._row) and _NUMBER.fullmatch(digits)
        return int(digits) if is_row and int(digits) in self._known else None

    def _keep(self, subject: str, path: str, row: int, number: str, message: str) -> None:
        """Keep for each property of numbers the first row in which it has one that is no exact decimal.

        All numbers of a column are of the datatype that its metadata gives it, so one tells of all.
        """
        at = f"{self._table.path} row {row}" if row else str(self._table.path)
        shown = number[:MOST_SHOWN]
        finding = Finding(subject, path, shown, message, _DECIMAL, violation=True, location=at)
        found = (row, subject, finding)
        self._inexact[path] = min(self._inexact.get(path, found), found, key=lambda one: one[:2])

    def refuse(self) -> None:
        """Refuse statements that rest on nothing, and texts and numbers that are none of the graph.

        Raises:
            SourceError: there is no row that a statement rests on, or a statement without one; or a name that
                nobody can read, or a number with which nothing can be computed.
            FindingsError: a number that is no decimal.
        """
        path, iri = self._table.path, self._table.iri
        if not len(self._good):
            raise SourceError(path, "has no row to say anything with; it needs one, or is left out")
        if not len(self._resting):
            raise SourceError(
                self._mapping, f"says nothing of {path}; its columns are called <{iri}#NAME>"
            )
        if self._beyond:
            raise SourceError(path, self._beyond)
        if self._without:
            name = _shown(self._without)
            raise SourceError(self._mapping, f"says {name} without its row; give it a cp:row")
        if self._inexact:
            first = sorted(self._inexact.values(), key=lambda one: one[:2])
            raise FindingsError(Report(tuple(finding for *_, finding in first)))


def _beyond(subject: bytes, number: bytes) -> str | None:
    """Return what is wrong with a decimal that is too large, as a clause, or None."""
    digits = number[1 : -len(_OF_NUMBERS) - 1] if number.endswith(_OF_NUMBERS) else b""
    if len(digits) <= MAX_DIGITS or not is_beyond(digits.decode()):
        return None
    return (
        f"has a number at {_named(subject)} with which nothing can be computed: it has more"
        f" than {MAX_DIGITS} digits before its point"
    )


def _inexact(number: bytes, metadata: str) -> tuple[str, str] | None:
    """Return a number that is no exact decimal as it is written, and what to do about it; or None."""
    if not number.startswith(b'"'):
        return None
    if number.endswith(_OF_NUMBERS):
        digits = number[1 : -len(_OF_NUMBERS) - 1].decode()
        near = unrounded(digits)
        if near is None:  # of nearly all
            return None
        advice = "let the query compute with decimals, write none as 1e6, and round what the table has so"
        return digits, f"is {near} but for its last digits, as doubles leave them: {advice}"
    literal = next(iter(ox.parse(b"<a:a> <a:a> " + number + b" .", ox.RdfFormat.N_TRIPLES))).object
    if not isinstance(literal, ox.Literal):
        return None
    return literal.value, (
        f"is {shorten(literal.datatype.value)} where a number is to be xsd:decimal; declare its"
        f" column so in {metadata}, and let the query compute with decimals"
    )


def _too_long(line: bytes) -> str | None:
    """Return what of a line is longer than any text is to be, as a clause that names where it stands; or None."""
    if len(line) <= MAX_TEXT:
        return None
    subject, path, value, _ = nquads.parts(line)
    for term, what in (
        (value, key_of(path.decode()[1:-1]) or "value"),
        (subject, "id"),
    ):
        text = term[1:-1].decode()
        if term.startswith(b'"'):
            quad = next(iter(ox.parse(b"<a:a> <a:a> " + term + b" .", ox.RdfFormat.N_TRIPLES)))
            text = str(getattr(quad.object, "value", ""))
        if len(text) > MAX_TEXT:
            return (
                f"has a text of {len(text):,} characters, the {what} of {_named(subject)};"
                f" up to {MAX_TEXT:,} are read"
            )
    return None


def _named(subject: bytes) -> str:
    return abridge(_shown(subject), 60)


def _shown(subject: bytes) -> str:
    return shorten(subject.decode()[1:-1])
