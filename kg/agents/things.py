"""The tools `find` and `show`: what is called so, and what is said of it, or by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal, overload

import pyoxigraph as ox

from kg.agents.cited import Citations, CitedAnswer, PartialAnswer, clean
from kg.base import UnknownNameError, UsageError, abridge, as_asked, fold, pattern, suggest
from kg.query import ClassTree, class_of, find_things, names_of_things, select_rows
from kg.reports import MOST_SAID, make_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.agents.portions import Portion
    from kg.graph import Graph
    from kg.reports import Card, Line, Section

Kind = Literal[
    "Company", "Person", "Place", "Initiative", "Facility", "Product", "Indicator", "Source"
]

_SOURCES: Final = """SELECT DISTINCT ?source ?title ?publisher ?day {
  ?source schema:headline ?title .
  OPTIONAL { ?source schema:publisher/rdfs:label ?publisher }
  OPTIONAL { ?source schema:datePublished ?day }
  FILTER (CONTAINS(LCASE(STR(?source)), $1) || STRSTARTS(STR(?day), $1)
    || REGEX(STR(?title), $2, "i") || REGEX(STR(?publisher), $2, "i"))
} ORDER BY DESC(?day) ?source"""

_MOST_TEXT: Final = 200
"""How many characters of a title or a publisher are looked for: nobody types more."""

_BEHIND: Final = 2
"""How many statements a line that rests on many is told with: `ask who-said` has all of them."""


@dataclass(frozen=True)
class NamedRow:
    """A thing, a term or a source: `name` is what the other tools take."""

    name: str
    type: str
    label: str
    also: list[str]


@dataclass(frozen=True, kw_only=True)
class FindAnswer(PartialAnswer):
    """What bears a name, best first."""

    rows: list[NamedRow]


def find(
    graph: Graph,
    portion: Portion,
    *,
    text: Annotated[str, "part of a name; of a source title, publisher or day"],
    type: Kind | None = None,  # noqa: A002 - as it is called in the data
) -> FindAnswer:
    """Find companies, people, places, plans, indicators and sources by name, for the other tools to take.

    >>> import kg
    >>> from kg.agents.portions import Portion
    >>> found = find(kg.build(check=False), Portion(), text="xiaomi", type="Company")
    >>> [row.name for row in found.rows]
    ['xiaomi']
    """
    if not fold(text):
        raise UsageError(f"text is {abridge(text)!r}, which nobody sees; give part of a name")
    rows = [*_things(graph, text, type), *_sources(graph, text, type)]
    part = portion.cut(rows)
    note = None
    if not rows:
        hint = suggest(text, names_of_things(graph.index))
        note = clean(f"Nothing here is called {abridge(text)!r}{hint}")
    return FindAnswer(rows=list(part.rows), total=len(rows), more=part.more, note=note)


def _things(graph: Graph, text: str, type_: str | None) -> Iterator[NamedRow]:
    above = ClassTree.of(graph.index).above
    for match in find_things(graph.index, text):
        if type_ in (None, match.type) or type_ in above.get(match.type, ()):
            also = [clean(alias) for alias in match.aliases]
            yield NamedRow(match.name, match.type or "term", clean(match.label), also)


def _sources(graph: Graph, text: str, type_: str | None) -> Iterator[NamedRow]:
    wanted = fold(text)
    if type_ not in (None, "Source") or len(wanted) > _MOST_TEXT:
        return
    terms = (as_asked(ox.Literal(one)) for one in (wanted, pattern(wanted)))
    query = _SOURCES
    for at, term in enumerate(terms, 1):
        query = query.replace(f"${at}", term)
    for name, *told in select_rows(graph.index, query):
        title, publisher, day = ("" if one is None else str(one) for one in told)
        # The engine finds a little more than what is called so.
        if any(wanted in fold(one) for one in (str(name), title, publisher, day)):
            published = " of ".join(filter(None, (publisher, day)))
            yield NamedRow(str(name), "Source", clean(title), [clean(published)])


@dataclass(frozen=True)
class CardRow:
    """A line of a card: under which heading, what it says, and which statements are behind it."""

    section: str
    says: str
    statements: list[str]
    details: list[str]


@dataclass(frozen=True, kw_only=True)
class ShowAnswer(CitedAnswer):
    """Who or what something is, and what is said of it; of a source, what it says."""

    name: str
    type: str
    title: str
    subtitle: str
    rows: list[CardRow]


def show(
    graph: Graph,
    portion: Portion,
    *,
    thing: Annotated[str, "a name, a slug, or that of a statement or source"],
    section: Annotated[
        str | None, "only lines of it: Promises, Initiatives, Partners, Figures ..."
    ] = None,
) -> ShowAnswer:
    """Show what is known of a thing, or all that a source says, line by line, each with its statements.

    >>> import kg
    >>> from kg.agents.portions import Portion
    >>> card = show(kg.build(check=False), Portion(), thing="Mobikwik", section="partners")
    >>> card.title, card.rows[0].says
    ('MobiKwik', 'Xiaomi is partner of MobiKwik for one-touch recharge in India')
    """
    iri = graph.resolve(thing)
    card = make_card(graph.index, iri, today=graph.today)
    headings = [one.heading for one in card.sections]
    if section is not None and fold(section) not in map(fold, headings):
        raise UnknownNameError(f"section of {card.name}", section, headings)
    shown = [one for one in card.sections if section is None or fold(section) == fold(one.heading)]
    lines = _Lines(shown, lambda part: make_card(graph.index, iri, today=graph.today, part=part))
    left = [one.left_out for one in card.sections if one.left_out and one.total is None]
    part = portion.cut(lines)
    rows = [_card_row(heading, line) for heading, line in part.rows]
    return ShowAnswer(
        name=card.name,
        type=class_of(graph.index, iri),
        title=clean(card.title),
        subtitle=clean(card.subtitle),
        rows=rows,
        total=len(lines),
        more=part.more,
        note=clean("; ".join(left)) or None,
        **vars(Citations.of(graph.index, (name for row in rows for name in row.statements))),
    )


class _Lines(Sequence["tuple[str, Line]"]):
    """The lines of sections, each with its heading; of the first those of further parts are read when they are wanted."""

    def __init__(self, sections: Sequence[Section], read: Callable[[int], Card]) -> None:
        self._sections, self._read = sections, read
        self._many = [len(one.lines) if one.total is None else one.total for one in sections]
        self._parts = {0: sections[0].lines} if sections else {}

    def __len__(self) -> int:
        return sum(self._many)

    @overload
    def __getitem__(self, at: int) -> tuple[str, Line]: ...

    @overload
    def __getitem__(self, at: slice) -> list[tuple[str, Line]]: ...

    def __getitem__(self, at: int | slice) -> tuple[str, Line] | list[tuple[str, Line]]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        for section, many in zip(self._sections, self._many, strict=True):
            if at < many:
                lines = section.lines if section.total is None else self._part(at // MOST_SAID)
                return section.heading, lines[at % MOST_SAID if section.total else at]
            at -= many
        raise IndexError(at)

    def _part(self, number: int) -> Sequence[Line]:
        if number not in self._parts:
            self._parts[number] = self._read(number).sections[0].lines
        return self._parts[number]


def _card_row(heading: str, line: Line) -> CardRow:
    # What stands behind a single statement is told with the statement.
    details = line.behind if len(line.statements) != 1 else ()
    return CardRow(
        heading,
        clean(line.sentence),
        list(line.statements[:_BEHIND]),
        [clean(one) for one in details],
    )
