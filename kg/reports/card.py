"""One thing on one card: who or what it is, what it plans, with whom, where, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import ID, shorten, visible
from kg.plans import Words, load_statements
from kg.query import class_of, label_of, select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.plans import Statement
    from kg.query import Index

_ITS: Final = """SELECT ?initiative WHERE {{ ?initiative cp:company <{0}> }}"""
_WHERE: Final = """SELECT ?place (COUNT(DISTINCT ?initiative) AS ?n) WHERE {{
  {{ ?initiative cp:company <{0}> ; cp:takesPlaceIn ?place }}
  UNION {{ <{0}> cp:takesPlaceIn ?place }}
}} GROUP BY ?place ORDER BY DESC(?n) ?place"""
_STATUS: Final = """SELECT ?status WHERE {{ <{0}> cp:currentStatus ?status }}"""
_TEXTS: Final = """SELECT ?text WHERE {{ <{0}> {1} ?text }} ORDER BY ?text"""
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
            for said, behind in section.lines:
                lines += [f"  {said}", *([f"      {behind}"] if behind else [])]
        return "\n".join(visible(line) for line in lines) + "\n"


def make_card(index: Index, iri: str) -> Card:
    """Return the card of the thing `iri`.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> [section.heading for section in make_card(graph.index, graph.resolve("mobikwik")).sections]
    ['Partners', 'Also said']
    """
    words = Words.of(index)
    initiatives = [row[0] for row in _rows(index, _ITS.format(iri))]
    said = load_statements(index, [iri, *(ID + name for name in initiatives)])
    own = [s for s in said.values() if shorten(iri) in s.things or s.name == shorten(iri)]
    partners = [s for s in own if s.text("predicate") == "partnerOf"]
    figures = [s for s in own if s.kind in ("Target", "Observation")]
    rest = [s for s in own if s not in partners and s not in figures]
    sections = (
        Section("Initiatives", tuple(_initiatives(index, initiatives, said.values(), words))),
        Section("Partners", _lines(partners, words)),
        Section("Where", _where(index, iri, words)),
        Section("Figures", _lines(figures, words)),
        Section("Also said", _lines(rest, words)),
    )
    return Card(
        shorten(iri),
        words.sentence(said[name]) if (name := shorten(iri)) in said else label_of(index, iri),
        _subtitle(index, iri, words),
        tuple(section for section in sections if section.lines),
    )


def _subtitle(index: Index, iri: str, words: Words) -> str:
    kind = class_of(index, iri)
    status = [row[0] for row in _rows(index, _STATUS.format(iri))]
    aliases = [row[0] for row in _rows(index, _TEXTS.format(iri, "skos:altLabel"))]
    about = [row[0] for row in _rows(index, _TEXTS.format(iri, "rdfs:comment"))]
    matches = [row[0] for row in _rows(index, _TEXTS.format(iri, "skos:exactMatch"))]
    parts = [
        words.label(f"cp:{kind}") + (f", {words.label(status[0])}" if status else ""),
        f"also {', '.join(aliases)}" if aliases else "",
        *about,
        *matches,
    ]
    return " · ".join(part for part in parts if part)


def _initiatives(
    index: Index, initiatives: Sequence[str], said: Iterable[Statement], words: Words
) -> Iterable[tuple[str, str]]:
    by_thing: dict[str, list[Statement]] = {}
    for statement in said:
        for thing in statement.things:
            by_thing.setdefault(thing, []).append(statement)
    for name in sorted(initiatives, key=words.label):
        status = [row[0] for row in _rows(index, _STATUS.format(ID + name))]
        state = status[0].removeprefix("cp:") if status else ""
        targets = [words.sentence(s) for s in by_thing.get(name, ()) if s.kind == "Target"]
        sources = sorted({s.source.name for s in by_thing.get(name, ())})
        line = f"{_MARKS.get(state, '·')} {words.label(name)}"
        line += f" — {words.label(f'cp:{state}')}" if state else ""
        line += f": {'; '.join(targets)}" if targets else ""
        yield line, f"{name}; {', '.join(sources)}" if sources else name


def _where(index: Index, iri: str, words: Words) -> tuple[tuple[str, str], ...]:
    places = [
        words.label(place) + (f" ({count} initiatives)" if int(count) > 1 else "")
        for place, count in _rows(index, _WHERE.format(iri))
    ]
    return ((", ".join(places), ""),) if places else ()


def _lines(said: Iterable[Statement], words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((words.sentence(s), _behind(s, words)) for s in said)


def _behind(statement: Statement, words: Words) -> str:
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
