"""One thing on one card: who or what it is, what it plans, with whom, where, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import ID, shorten, visible
from kg.plans import Words
from kg.promises import load_statements
from kg.query import class_of, label_of, select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.promises import Statement
    from kg.query import Index

_ITS: Final = """SELECT ?initiative WHERE {{ ?initiative cp:company <{0}> }}"""
_WHERE: Final = """SELECT ?place (COUNT(DISTINCT ?initiative) AS ?n) WHERE {{
  {{ ?initiative cp:company <{0}> ; cp:takesPlaceIn ?place }}
  UNION {{ <{0}> cp:takesPlaceIn ?place }}
}} GROUP BY ?place ORDER BY DESC(?n) ?place"""
_STATUS: Final = """SELECT ?status WHERE {{ <{0}> cp:currentStatus ?status }}"""
_VALUES: Final = """SELECT ?value WHERE {{ <{0}> {1} ?value }} ORDER BY ?value"""
_MARKS: Final = {
    "achieved": "●", "underway": "◐", "announced": "○", "considered": "◌",
    "postponed": "◑", "reduced": "◔", "missed": "⊗", "abandoned": "⊘",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A heading and its lines, each a sentence and what stands behind it."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """A thing: its `name` (slug), `title`, `subtitle`, and sections."""

    name: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]

    def to_text(self) -> str:
        """Return the card as plain text."""
        lines = [f"{self.title}  [{self.name}]", self.subtitle]
        for section in self.sections:
            lines += ["", section.heading]
            for sentence, behind in section.lines:
                lines += [f"  {sentence}", *([f"      {behind}"] if behind else [])]
        return "\n".join(visible(line) for line in lines) + "\n"


def make_card(index: Index, iri: str) -> Card:
    """Return the card of the thing `iri`.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> [section.heading for section in make_card(graph.index, graph.resolve("mobikwik")).sections]
    ['Partners', 'Also said']
    """
    words = Words.of(index)
    name = shorten(iri)
    initiatives = _texts(index, _ITS.format(iri))
    statements = load_statements(index, [name, *initiatives])
    sections = (
        Section("Initiatives", tuple(_initiatives(index, initiatives, statements, words))),
        *_own_sections(index, iri, statements.values(), words),
    )
    return Card(
        name,
        words.sentence(statements[name]) if name in statements else label_of(index, iri),
        _subtitle(index, iri, words),
        tuple(section for section in sections if section.lines),
    )


def _own_sections(
    index: Index, iri: str, statements: Iterable[Statement], words: Words
) -> Iterator[Section]:
    """Yield what is said of a thing itself, not of its initiatives."""
    name = shorten(iri)
    by_heading: dict[str, list[Statement]] = {}
    for statement in statements:
        if name in statement.things or statement.name == name:
            by_heading.setdefault(_heading(statement), []).append(statement)
    yield Section("Partners", _lines(by_heading.get("Partners", ()), words))
    yield Section("Where", _where(index, iri, words))
    yield Section("Figures", _lines(by_heading.get("Figures", ()), words))
    yield Section("Also said", _lines(by_heading.get("Also said", ()), words))


def _heading(statement: Statement) -> str:
    if statement.text("predicate") == "partnerOf":
        return "Partners"
    return "Figures" if statement.kind in ("Target", "Observation") else "Also said"


def _subtitle(index: Index, iri: str, words: Words) -> str:
    class_ = words.label(f"cp:{class_of(index, iri)}")
    status = _status(index, iri)
    aliases = _texts(index, _VALUES.format(iri, "skos:altLabel"))
    parts = [
        class_ + (f", {words.label(status)}" if status else ""),
        f"also {', '.join(aliases)}" if aliases else "",
        *_texts(index, _VALUES.format(iri, "rdfs:comment")),
        *_texts(index, _VALUES.format(iri, "skos:exactMatch")),
    ]
    return " · ".join(part for part in parts if part)


def _status(index: Index, iri: str) -> str | None:
    return next(iter(_texts(index, _STATUS.format(iri))), None)


def _initiatives(
    index: Index, initiatives: Iterable[str], statements: Mapping[str, Statement], words: Words
) -> Iterator[tuple[str, str]]:
    by_thing: dict[str, list[Statement]] = {}
    for statement in statements.values():
        for thing in statement.things:
            by_thing.setdefault(thing, []).append(statement)
    for name in sorted(initiatives, key=words.label):
        about = by_thing.get(name, ())
        sources = sorted({statement.source.name for statement in about})
        line = _initiative_line(name, _status(index, ID + name), about, words)
        yield line, f"{name}; {', '.join(sources)}" if sources else name


def _initiative_line(
    name: str, status: str | None, about: Iterable[Statement], words: Words
) -> str:
    mark = _MARKS.get((status or "").removeprefix("cp:"), "·")
    targets = [words.sentence(statement) for statement in about if statement.kind == "Target"]
    return (
        f"{mark} {words.label(name)}"
        + (f" — {words.label(status)}" if status else "")
        + (f": {'; '.join(targets)}" if targets else "")
    )


def _where(index: Index, iri: str, words: Words) -> tuple[tuple[str, str], ...]:
    places = [
        words.label(place) + (f" ({count} initiatives)" if int(count) > 1 else "")
        for place, count in _rows(index, _WHERE.format(iri))
    ]
    return ((", ".join(places), ""),) if places else ()


def _lines(statements: Iterable[Statement], words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((words.sentence(statement), _behind(statement, words)) for statement in statements)


def _behind(statement: Statement, words: Words) -> str:
    """Return on whose word a statement stands, and where."""
    who = statement.one("speaker")
    via = statement.one("via")
    parts = [
        f"{words.label(who)}" if who else "",
        f"via {words.label(via)}" if via else "",
        words.label(statement.source.publisher) + f" {statement.source.published}",
        statement.locator,
        "inferred" if statement.text("mode") == "inferred" else "",
        statement.name,
    ]
    return " · ".join(part for part in parts if part)


def _rows(index: Index, query: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in select_rows(index, query)]


def _texts(index: Index, query: str) -> list[str]:
    """Return the values of a query with one column."""
    return [text for (text,) in _rows(index, query)]
