"""Statements as values: what each one says, who says so, and where in which text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.query import select_named, select_pairs, select_said, select_typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.query import Index

    Said = Mapping[str, tuple[Cell, ...]]
    """What a statement says: the values of its properties, by local name."""

# Named here, not read from the ontology: a sentence has to be made for each, and two graphs are
# compared of which neither need hold the ontology.
KINDS: Final = ("Target", "Observation", "StatusReport", "Relation", "Retraction")
"""The five classes of statements, by local name."""
_CLASSES: Final = {kind: f"cp:{kind}" for kind in KINDS}

# A relation is about both of its ends; and a statement can be asked for by its own name.
_ABOUT: Final = """SELECT DISTINCT ?statement {{
  {{ {named} ?statement cp:about ?s ; cp:source ?x }}
  UNION {{ {named} ?statement rdf:subject ?s ; cp:source ?x }}
  UNION {{ {named} ?statement rdf:object ?s ; cp:source ?x }}
  UNION {{ {named} ?s cp:source ?x . BIND (?s AS ?statement) }}
}}"""
# What the rules add for queries to find statements by is half of all, and no part of what one says.
NOT_SAID: Final = ("rdf:type", "cp:since", "cp:relates", "cp:relatesAs", "cp:relatesTo")
_NAMED: Final = "SELECT DISTINCT ?s ?p ?o WHERE {{ {named} ?s ?p ?o }}"
_SPANS: Final = "SELECT DISTINCT ?span ?p ?o WHERE {{ {named} ?s cp:evidence ?span . ?span ?p ?o }}"
_SPAN: Final = ("oa:start", "oa:end", "cp:section", "schema:sha256")
ORIGIN: Final = ("schema:headline", "schema:url", "schema:publisher", "schema:datePublished")
"""The properties of sources; what has the first of them is one."""
_ORIGINS: Final = f"""SELECT DISTINCT ?s ?p ?o WHERE {{{{
  {{named}} ?s schema:headline ?x . ?s ?p ?o FILTER (?p IN ({", ".join(ORIGIN)}))
}}}}"""

_FIGURES: Final = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Span:
    """A place in a text: `start` and `end` are code points, 0-based, the end exclusive."""

    section: str
    start: int
    end: int
    sha256: str = field(repr=False)


@dataclass(frozen=True)
class Origin:
    """A source: `name` is its slug, `publisher` the slug of who published it."""

    name: str
    title: str
    url: str | None
    publisher: str
    published: str


@dataclass(frozen=True)
class Statement:
    """One statement.

    `name` is its slug, `kind` one of `KINDS`, `says` its properties by local name, each with the
    sorted values that it has (IRIs by their shortest name); `rows` count from 1, a header included, and
    `elements` are places in a file of data: XPaths, JSON Pointers, cells.
    """

    name: str
    kind: str
    says: Said
    source: Origin
    spans: tuple[Span, ...]
    rows: tuple[int, ...] = ()
    elements: tuple[str, ...] = ()

    def one(self, key: str) -> Cell:
        """Return the first value of the property `key`, or None."""
        values = self.says.get(key)
        return values[0] if values else None

    def text(self, key: str) -> str | None:
        """Return the first value of the property `key` as text, without the prefix `cp:`."""
        value = self.one(key)
        return None if value is None else str(value).removeprefix("cp:")

    @property
    def things(self) -> tuple[str, ...]:
        """The slugs of the things that this is about: its own, or both ends of a relation."""
        keys = ("subject", "object") if self.kind == "Relation" else ("about",)
        return tuple([str(value) for key in keys for value in self.says.get(key, ())])

    @property
    def locator(self) -> str:
        """Where the words stand, for people."""
        if self.rows:
            return ", ".join(f"row {row}" for row in self.rows)
        if self.elements:
            return ", ".join(f"element {place}" for place in self.elements)
        if not self.spans:
            return "the article as a whole"
        return "; ".join(
            f"section {span.section}, characters {span.start}–{span.end}" for span in self.spans
        )


def load_statements(index: Index, about: Iterable[str] | None = None) -> dict[str, Statement]:
    """Return the statements by slug, in order of source and place; only those `about` (or called by) some slugs.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> target = load_statements(index)["medianama-2017-03-28.3.4"]
    >>> target.kind, target.one("value"), target.locator
    ('Target', Decimal('500'), 'section 3, characters 1740–1828')
    """
    if about is None:
        said = _all_said(index)
        return _statements(said, _spans(index, None), load_origins(index))
    return read_statements(index, (str(name) for (name,) in select_named(index, _ABOUT, about)))


def read_statements(index: Index, names: Iterable[str]) -> dict[str, Statement]:
    """Return the statements that are called by some slugs, in the same order, even one without a source.

    >>> import kg
    >>> list(read_statements(kg.build(check=False).index, ["medianama-2017-03-28.3.4", "xiaomi"]))
    ['medianama-2017-03-28.3.4']
    """
    said = _properties(select_named(index, _NAMED, names))
    said = {name: says for name, says in said.items() if _kind(says.get("type", ())) in KINDS}
    cited = {str(source) for says in said.values() for source in says.get("source", ())}
    return _statements(said, _spans(index, said), load_origins(index, cited))


def _all_said(index: Index) -> dict[str, dict[str, tuple[Cell, ...]]]:
    by_key: defaultdict[str, list[tuple[str, Cell]]] = defaultdict(list)
    for name, pairs in select_said(index, "cp:source", without=NOT_SAID):
        by_key[local_name(name)] += pairs
    said: dict[str, dict[str, tuple[Cell, ...]]] = {name: {} for name, _ in by_key["source"]}
    kinds = select_typed(index, [f"cp:{kind}" for kind in KINDS])
    by_key["type"] = [(subject, kind) for subject, kind in kinds if subject in said]
    for key, pairs in sorted(by_key.items()):
        only = dict(pairs)
        if len(only) == len(pairs):  # nearly always
            for subject, value in only.items():
                said[subject][key] = (value,)
        else:
            for subject, values in _by_subject(pairs).items():
                said[subject][key] = sorted_values(values)
    return said


def _by_subject(pairs: Iterable[tuple[str, Cell]]) -> dict[str, list[Cell]]:
    values: defaultdict[str, list[Cell]] = defaultdict(list)
    for subject, value in pairs:
        values[subject].append(value)
    return values


def _properties(rows: Iterable[tuple[Cell, ...]]) -> dict[str, dict[str, tuple[Cell, ...]]]:
    properties: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in rows:
        properties[str(subject)][local_name(str(predicate))].append(object_)
    return {
        subject: {key: sorted_values(values) for key, values in sorted(says.items())}
        for subject, says in properties.items()
    }


def _statements(
    said: Mapping[str, Said],
    spans: Mapping[str, Span],
    sources: Mapping[str, Origin],
) -> dict[str, Statement]:
    statements = (statement_of(name, says, spans, sources) for name, says in said.items())
    return {statement.name: statement for statement in sorted(statements, key=in_order)}


def statement_of(
    name: str,
    says: Said,
    spans: Mapping[str, Span],
    sources: Mapping[str, Origin],
) -> Statement:
    """Return a statement of what it says by local names, and of the spans and sources that there are."""
    source = str(says["source"][0]) if "source" in says else ""
    evidence = filter(None, (spans.get(str(value)) for value in says.get("evidence", ())))
    places = (_place(str(one)) for one in says.get("element", ()))
    return Statement(
        name,
        _kind(says.get("type", ())),
        says,
        # A source that nobody describes is for the shapes to report; its statements still count.
        sources.get(source) or Origin(source, source, None, "", ""),
        tuple(sorted(evidence, key=_by_ends)) if "evidence" in says else (),
        tuple(sorted(_row(str(row)) for row in says["row"])) if "row" in says else (),
        tuple(sorted(places, key=_by_place)) if "element" in says else (),
    )


def _by_ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def sorted_values(values: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return the values of a property in order."""
    # Sorted as texts: the values of one property need not be comparable with each other.
    return tuple(sorted(values, key=str))


def _kind(types: Collection[Cell]) -> str:
    """Return which of `KINDS` the types of a statement make it."""
    return next((kind for kind, class_ in _CLASSES.items() if class_ in types), "Statement")


def _row(name: str) -> int:
    """Return the number in the name of a row, `TABLE#row=N`, or 0 where it is called otherwise."""
    number = name.rpartition("#row=")[2]
    return int(number) if number.isascii() and number.isdigit() else 0


def _place(name: str) -> str:
    """Return the place in the name of an element, `SOURCE#PLACE`, or all of it where it is called otherwise.

    >>> _place("notice-1#/html/body/p%5B2%5D"), _place("the-title")
    ('/html/body/p[2]', 'the-title')
    """
    _, mark, place = name.partition("#")
    return unquote(place) if mark else name


def _by_place(place: str) -> list[str]:
    """Return by what places stand in order: the tenth comes after the second.

    >>> sorted(["/p[10]", "/p[2]"], key=_by_place)
    ['/p[2]', '/p[10]']
    """
    return [f"{len(part):03}{part}" if part.isdecimal() else part for part in _FIGURES.split(place)]


def in_order(statement: Statement) -> tuple[str, int, list[str], list[str], str]:
    """Return by what statements stand in order: source, place, and then their names."""
    # What is said by the whole article comes before its parts.
    first = statement.rows[0] if statement.rows else -1
    first = statement.spans[0].start if statement.spans else first
    element = _by_place(statement.elements[0]) if statement.elements else []
    # The tenth comes after the second.
    own = statement.name.removeprefix(statement.source.name)
    parts = [f"{len(part):03}{part}" for part in own.split(".")]
    return statement.source.name, first, element, parts, statement.name


@lru_cache(maxsize=1 << 10)  # the same few come again with every statement
def local_name(predicate: str) -> str:
    """Return the local name of a property by its shortest one."""
    return predicate.rpartition(":")[2].rpartition("/")[2]


def _nodes(rows: Iterable[tuple[Cell, ...]]) -> dict[str, dict[str, Cell]]:
    """Return nodes by name, each with its properties."""
    nodes: dict[str, dict[str, Cell]] = {}
    for subject, predicate, object_ in rows:
        nodes.setdefault(str(subject), {})[local_name(str(predicate))] = object_
    return nodes


def _spans(index: Index, statements: Iterable[str] | None) -> dict[str, Span]:
    """Return the spans by name; one whose ends are no numbers is for the shapes to report."""
    rows = _all_of(index, _SPAN) if statements is None else select_named(index, _SPANS, statements)
    spans = ((name, span_of(node)) for name, node in _nodes(rows).items())
    return {name: span for name, span in spans if span}


def span_of(node: Mapping[str, Cell]) -> Span | None:
    """Return the span that a node is, by its properties' local names, or None where it is none."""
    start, end = node.get("start"), node.get("end")
    if not (isinstance(start, int) and isinstance(end, int)):
        return None
    return Span(str(node.get("section", "")), start, end, str(node.get("sha256", "")))


def load_origins(index: Index, names: Iterable[str] | None = None) -> dict[str, Origin]:
    """Return the sources by slug, all or those of some names."""
    rows = _all_of(index, ORIGIN) if names is None else select_named(index, _ORIGINS, names)
    return {
        name: Origin(
            name,
            str(node.get("headline", name)),
            str(node["url"]) if "url" in node else None,
            str(node.get("publisher", "")),
            str(node.get("datePublished", "")),
        )
        for name, node in _nodes(rows).items()
    }


def _all_of(index: Index, properties: Sequence[str]) -> Iterator[tuple[str, str, Cell]]:
    """Yield what is said, by some properties, of all that has the first one."""
    having = {subject for subject, _ in select_pairs(index, properties[0])}
    for name in properties:
        pairs = select_pairs(index, name)
        yield from ((subject, name, value) for subject, value in pairs if subject in having)
