r"""What a mapping makes of a row, put together here: the engine finds the values, Python writes the lines.

A row of a table becomes a dozen lines that have the same few terms in them. The engine writes each term
of each of them anew; asked for the values alone (the query as a SELECT) it takes a third of the time,
and what is left is to put them into lines, many at once. Whatever is out of the ordinary, in the query
or in the values, is left to the engine: it has the same answer, only later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import XSD, QueryError, nquads
from kg.query import LocalIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

# The parts of a query as far as the end of its template. What is none of them, such as a blank node, an
# escape or a text of several lines, is left to the engine.
_TOKEN: Final = re.compile(
    r"(?P<gap>\s+|\#[^\n\r]*)|(?P<iri><[^<>\"{}|^`\\\s]*>)|(?P<var>[?$]\w+)"
    r"|(?P<text>\"[^\"\\\n\r]*\"|'[^'\\\n\r]*')|(?P<word>(?!_:)(?:[\w.+\-]+(?::[\w.\-%:]*)?|:[\w.\-%:]*))"
    r"|(?P<mark>\^\^|@[A-Za-z0-9\-]+|[{};,])"
)
_VALUE: Final = "urn:x-kg-value:"
_CONTROLS: Final = bytes(one for one in (*range(32), 127) if one not in b"\t\n")
_ASIDE: Final = (b"<<", "\ufffe".encode(), "\uffff".encode())
_NODE: Final = b"<"
_NODES: Final = frozenset({_NODE})
_TERMS: Final = frozenset({_NODE, b'"'})
_PLAIN: Final = _TERMS | {b""}


@dataclass(frozen=True)
class _Unit:
    """Lines that are written together: those of one subject with the same variables.

    `variables` are the places of these among the values, that of the subject first, `nodes` those of
    whose values a line can only have an IRI. `form` has the lines, `values` what is put into them.
    """

    variables: tuple[int, ...]
    nodes: frozenset[int]
    form: bytes
    values: Callable[[Sequence[bytes]], Any]

    @classmethod
    def of(cls, triples: Sequence[tuple[bytes | int, ...]], end: bytes) -> _Unit:
        def form(triple: tuple[bytes | int, ...]) -> bytes:
            said = (b"%b" if isinstance(one, int) else one.replace(b"%", b"%%") for one in triple)
            return b" ".join(said) + end

        # In the order of the lines, as far as that can be told.
        ordered = sorted(triples, key=form)
        wanted = [one for triple in ordered for one in triple if isinstance(one, int)]
        variables = tuple(dict.fromkeys(wanted))
        nodes = frozenset(one for triple in triples for one in triple[:2] if isinstance(one, int))
        places = [variables.index(one) for one in wanted]
        pick = itemgetter(*places) if places else tuple
        return cls(variables, nodes, b"".join(map(form, ordered)), pick)

    def fits(self, kinds: Sequence[set[bytes]]) -> bool:
        """Tell whether all values of the variables are such as the lines can have."""
        return all(kinds[one] <= self._allowed(one) for one in self.variables)

    def lines(self, columns: Sequence[Sequence[bytes]], kinds: Sequence[set[bytes]]) -> list[bytes]:
        """Return the lines of some solutions, given by columns, of which values lines can have are all or some."""
        # What has no variables is said of any solution.
        found = set(zip(*(columns[one] for one in self.variables), strict=True)) or {()}
        solutions: Iterable[tuple[bytes, ...]] = found
        # One variable after the other, and only those that lack a value somewhere.
        for at, one in enumerate(self.variables):
            if not kinds[one] <= self._allowed(one):
                is_node = one in self.nodes
                solutions = [
                    values
                    for values in solutions
                    if (values[at][:1] == _NODE if is_node else values[at])
                ]
        form, pick = self.form, self.values
        return nquads.split(
            b"".join(
                [form % pick(values) for values in sorted(solutions, key=itemgetter(slice(1)))]
            )
        )

    def _allowed(self, variable: int) -> frozenset[bytes]:
        """Return how values of a variable can begin."""
        return _NODES if variable in self.nodes else _TERMS


class Template:
    """The template of a mapping, and the query for what is put into it.

    `query` has the solutions, to be written as TSV.
    """

    def __init__(
        self, query: str, header: bytes, triples: Iterable[Sequence[bytes | int]], end: bytes
    ) -> None:
        self.query, self._header = query, header
        by_subject: defaultdict[bytes | int, list[tuple[bytes | int, ...]]] = defaultdict(list)
        for triple in triples:
            by_subject[triple[0]].append(tuple(triple))
        self._units = [(_Unit.of(some, end), _apart(some, end)) for some in by_subject.values()]

    @classmethod
    def of(cls, query: str, graph: str) -> Template | None:
        r"""Return the template of a CONSTRUCT query for lines in a graph, or None where the engine is to write them.

        >>> template = Template.of("CONSTRUCT { ?s id:n ?n } { ?s id:m ?n }", "a:g")
        >>> template.query.strip()
        'SELECT ?n ?s { ?s id:m ?n }'
        >>> template.lines(b'"1"\t<a:s>\n')
        [b'<a:s> <https://w3id.org/corporate-plans/id/n> "1" <a:g> .\n']
        """
        parts = _parts(query)
        if parts is None:
            return None
        before, template, rest, names = parts
        values = " ".join(f"<{_VALUE}{name}>" for name in names)
        listed = " ".join(f"?{name}" for name in names)
        asked = f"{before}CONSTRUCT {{{template}}} {{ VALUES ({listed}) {{ ({values}) }} }}"
        try:
            said = LocalIndex(ox.Store()).query(asked)
        except QueryError:
            return None  # of which the engine tells more of the whole
        if not isinstance(said, ox.QueryTriples):
            return None
        lines = nquads.split(said.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
        triples = [
            [_place(term, names) for term in nquads.triple_parts(line.removesuffix(b" .\n"))]
            for line in lines
        ]
        header = "\t".join(f"?{name}" for name in names).encode() + b"\n"
        end = f" <{graph}> .\n".encode()
        return cls(f"{before}SELECT {listed}{rest}", header, triples, end) if triples else None

    def lines(self, solutions: bytes) -> list[bytes] | None:
        """Return what some solutions say, or None where the engine is to say it."""
        solutions = solutions.removeprefix(self._header)
        if not solutions:
            return []
        # These are escaped in another way there; and nodes without a name are no values.
        plain = solutions.translate(None, _CONTROLS)
        if len(plain) != len(solutions) or any(one in solutions for one in _ASIDE):
            return None
        rows = [line.split(b"\t") for line in solutions.removesuffix(b"\n").split(b"\n")]
        columns: list[Sequence[bytes]] = list(zip(*rows, strict=True))
        kinds = [{value[:1] for value in column} for column in columns]
        for at, kind in enumerate(kinds):
            if b"_" in kind:
                return None
            if not kind <= _PLAIN:
                columns[at] = [
                    value if value[:1] in _PLAIN else _in_full(value) for value in columns[at]
                ]
                kinds[at] = kind & _PLAIN | {b'"'}
        return list(chain.from_iterable(self._filled(columns, kinds)))

    def _filled(
        self, columns: list[Sequence[bytes]], kinds: list[set[bytes]]
    ) -> Iterator[list[bytes]]:
        for together, apart in self._units:
            if together.fits(kinds):
                yield together.lines(columns, kinds)
            else:
                for unit in apart:
                    yield unit.lines(columns, kinds)


def _apart(triples: Sequence[tuple[bytes | int, ...]], end: bytes) -> list[_Unit]:
    """Return lines of one subject in as many units as there are sets of variables: some may have no value."""
    by_variables: defaultdict[tuple[frozenset[int], bool], list[tuple[bytes | int, ...]]]
    by_variables = defaultdict(list)
    for triple in triples:
        variables = frozenset(one for one in triple if isinstance(one, int))
        by_variables[variables, isinstance(triple[1], int)].append(triple)
    return [_Unit.of(some, end) for some in by_variables.values()]


def _parts(query: str) -> tuple[str, str, str, list[str]] | None:
    """Return what stands before a query's CONSTRUCT, its template, what comes after, and the variables of that."""
    if _VALUE in query or '"""' in query or "'''" in query:
        return None
    parts = _tokens(query)
    begins = (one.start() for one in parts if one["word"] and one[0].upper() == "CONSTRUCT")
    begin, brace = next(begins, None), next(parts, None)
    if begin is None or brace is None or brace[0] != "{":
        return None  # the short form has no template
    names = set[str]()
    for one in parts:
        if one[0] in "{}":
            template = query[brace.end() : one.start()]
            whole = query[:begin], template, query[one.end() :], sorted(names)
            return whole if names and one[0] == "}" else None
        if one["var"]:
            names.add(one[0][1:])
    return None


def _tokens(query: str) -> Iterator[re.Match[str]]:
    """Yield the parts of a query up to one that is left to the engine."""
    at = 0
    while found := _TOKEN.match(query, at):
        if not found["gap"]:
            yield found
        at = found.end()


def _place(term: bytes, names: Sequence[str]) -> bytes | int:
    """Return a term of the template, or the place of its value."""
    name = term[1:-1].decode().removeprefix(_VALUE)
    return names.index(name) if term.startswith(f"<{_VALUE}".encode()) else term


@lru_cache(maxsize=1 << 12)
def _in_full(value: bytes) -> bytes:
    """Return a literal that stands without its datatype, as Turtle has it, with that."""
    if value in {b"true", b"false"}:
        name = b"boolean"
    elif b"e" in value or b"E" in value:
        name = b"double"
    else:
        name = b"decimal" if b"." in value else b"integer"
    return b'"%b"^^<%b%b>' % (value, XSD.encode(), name)
