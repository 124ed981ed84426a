"""The card of a thing: what it plans and promised, with whom, where, and what else is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import shorten
from kg.promises import is_considered, load_labels, load_standings, load_statements
from kg.query import class_of, label_of, select_named
from kg.reports.form import MOST, Card, Line, Section, left_out
from kg.reports.teller import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kg.promises import Standing, Statement
    from kg.query import Index

_ITS: Final = "SELECT DISTINCT ?initiative {{ {named} ?initiative cp:company ?s }}"
_FACILITIES: Final = "SELECT DISTINCT ?s ?facility {{ {named} ?s cp:establishes ?facility }}"
_WHERE: Final = """SELECT ?place (COUNT(DISTINCT ?initiative) AS ?n) WHERE {{
  {{ {named} ?initiative cp:company ?s ; cp:takesPlaceIn ?place }}
  UNION {{ {named} ?s cp:takesPlaceIn ?place }}
}} GROUP BY ?place ORDER BY DESC(?n) ?place"""
_STATUS: Final = "SELECT DISTINCT ?s ?status {{ {named} ?s cp:currentStatus ?status }}"
_TEXTS: Final = """SELECT DISTINCT ?key ?value {{
  {named} ?s ?key ?value
  FILTER (?key IN (rdfs:label, skos:altLabel, rdfs:comment, skos:exactMatch, cp:lei, cp:isin, cp:ticker))
}} ORDER BY ?value"""
_MOST_NAMES: Final = 12
_MARKS: Final = {
    "achieved": "●", "underway": "◐", "announced": "○", "considered": "◌",
    "postponed": "◑", "reduced": "◔", "missed": "⊗", "abandoned": "⊘",
}  # fmt: skip


def card_of_thing(index: Index, iri: str, today: date) -> Card:
    """Return the card of the thing `iri`, with its promises as they stand on `today`."""
    name = shorten(iri)
    about = load_statements(index, [name])
    plans = _Plans.of(index, name, today)
    own = load_standings(index, today, about, "statement")
    spoken = load_standings(index, today, [name], "speaker")
    if not plans.count:
        # Whoever has no plans may have promised something about those of others.
        spoken += load_standings(index, today, [name], "thing")
    places = list(select_named(index, _WHERE, [name]))
    status = _statuses(index, [name]).get(name, "")
    class_ = f"cp:{class_of(index, iri)}"
    teller = Teller.of(
        index,
        {**plans.statements, **about},
        [*plans.promises, *own, *spoken],
        (class_, status, *plans.names(), *(str(place) for place, _ in places)),
    )
    sections = (
        Section(
            "Initiatives",
            tuple(plans.lines(teller)),
            left_out(plans.count, f"kg ask initiatives --company {name}"),
        ),
        *_promised(name, own, spoken, plans.promises, teller),
        *_said(name, about, own, _where(places, teller), teller),
        Section("What the verdicts mean", tuple(teller.meanings([*plans.promises, *own, *spoken]))),
    )
    title = teller.words.told(about[name]) if name in about else label_of(index, iri)
    kind = teller.words.label(class_) + (f", {teller.words.label(status)}" if status else "")
    return Card(
        name,
        title,
        _subtitle(index, name, title, kind),
        tuple(section for section in sections if section.lines),
    )


@dataclass(frozen=True)
class _Plans:
    """The initiatives of a company, `count` of them: of no more than are shown it has what is known."""

    count: int
    shown: Sequence[str]
    statuses: Mapping[str, str]
    owners: Mapping[str, str]
    statements: Mapping[str, Statement]
    promises: Sequence[Standing]

    @classmethod
    def of(cls, index: Index, company: str, today: date) -> _Plans:
        every = [str(initiative) for (initiative,) in select_named(index, _ITS, [company])]
        labels = load_labels(index, every)
        shown = sorted(every, key=lambda one: (labels.get(one, one), one))[:MOST]
        facilities = {str(its): str(one) for one, its in select_named(index, _FACILITIES, shown)}
        owners = facilities | dict(zip(shown, shown, strict=True))
        return cls(
            len(every),
            shown,
            _statuses(index, shown),
            owners,
            load_statements(index, shown),
            load_standings(index, today, owners, "thing"),
        )

    def names(self) -> Iterator[str]:
        """Yield what has to be called by its label."""
        yield from self.shown
        yield from self.statuses.values()

    def lines(self, teller: Teller) -> Iterator[Line]:
        """Yield a line for each initiative, with its promises and its sources behind it."""
        about: dict[str, list[Statement]] = {}
        for statement in self.statements.values():
            for thing in statement.things:
                about.setdefault(thing, []).append(statement)
        made: dict[str, list[Standing]] = {}
        for promise in self.promises:
            things = teller.statements[promise.first].things
            for initiative in dict.fromkeys(self.owners.get(thing, "") for thing in things):
                made.setdefault(initiative, []).append(promise)
        for name in self.shown:
            status = self.statuses.get(name, "")
            head = f"{_MARKS.get(status.removeprefix('cp:'), '·')} {teller.words.label(name)}"
            said = about.get(name, ())
            yield Line(
                head + (f" — {teller.words.label(status)}" if status else ""),
                (
                    *(teller.promise(promise).sentence for promise in made.get(name, ())),
                    *_wishes(said, made.get(name, ()), teller),
                    "; ".join(filter(None, (name, ", ".join(_sources(said))))),
                ),
                tuple(statement.name for statement in said),
            )


def _wishes(said: Iterable[Statement], made: Iterable[Standing], teller: Teller) -> Iterator[str]:
    """Yield the targets of an initiative that nobody promises: only considered, taken back, or a slip of one source."""
    promised = {name for promise in made for name in promise.statements}
    for statement in said:
        if statement.kind == "Target" and statement.name not in promised:
            considered = is_considered(statement)
            ending = teller.words.label("cp:considered") if considered else "promised by nobody"
            yield f"{teller.words.told(statement)} — {ending}"


def _sources(said: Iterable[Statement]) -> list[str]:
    return sorted({statement.source.name for statement in said})


def _promised(
    name: str,
    own: Sequence[Standing],
    spoken: Sequence[Standing],
    planned: Sequence[Standing],
    teller: Teller,
) -> Iterator[Section]:
    """Yield the promises about a thing, and those that it made itself about other things."""
    yield Section.of("Promises", map(teller.promise, own), f"kg ask targets --company {name}")
    told = {promise.name for promise in (*own, *planned)}
    by_name = {promise.name: promise for promise in spoken if promise.name not in told}
    others = map(teller.promise, by_name.values())
    yield Section.of("Promised", others, f"kg ask outcome --speaker {name}")


def _said(
    name: str,
    about: Mapping[str, Statement],
    own: Iterable[Standing],
    where: tuple[Line, ...],
    teller: Teller,
) -> Iterator[Section]:
    """Yield what else is said of a thing itself, not of its initiatives."""
    promised = {stated for promise in own for stated in promise.statements}
    lines: dict[str, list[Line]] = {}
    for statement in about.values():
        if statement.name == name or statement.name not in promised:
            lines.setdefault(_heading(statement), []).append(teller.statement(statement))
    every = f"kg ask who-said --thing {name}"
    yield Section.of("Partners", lines.get("Partners", ()), every)
    yield Section("Where", where)
    yield Section.of("Figures", lines.get("Figures", ()), every)
    yield Section.of("Also said", lines.get("Also said", ()), every)


def _heading(statement: Statement) -> str:
    if statement.text("predicate") == "partnerOf":
        return "Partners"
    return "Figures" if statement.kind in ("Target", "Observation") else "Also said"


def _where(places: Iterable[tuple[object, ...]], teller: Teller) -> tuple[Line, ...]:
    told = [
        teller.words.label(place) + (f" ({count} initiatives)" if int(str(count)) > 1 else "")
        for place, count in places
    ]
    return (Line(", ".join(told)),) if told else ()


def _statuses(index: Index, names: Iterable[str]) -> dict[str, str]:
    return {str(name): str(status) for name, status in select_named(index, _STATUS, names)}


def _subtitle(index: Index, name: str, title: str, kind: str) -> str:
    texts: dict[str, list[str]] = {}
    for key, value in select_named(index, _TEXTS, [name]):
        texts.setdefault(str(key), []).append(str(value))
    aliases = ", ".join(_other_names(texts, title))
    parts = [
        kind,
        f"also {aliases}" if aliases else "",
        *texts.get("rdfs:comment", ()),
        *texts.get("skos:exactMatch", ()),
        *(f"LEI {lei}" for lei in texts.get("cp:lei", ())),
        *(f"ISIN {isin}" for isin in texts.get("cp:isin", ())),
        *texts.get("cp:ticker", ()),
    ]
    return " · ".join(filter(None, parts))


def _other_names(texts: dict[str, list[str]], title: str) -> list[str]:
    """Return what else than its title a thing is called, also in other languages; of many names, some."""
    called = (*texts.get("skos:altLabel", ()), *texts.get("rdfs:label", ()))
    names = [name for name in dict.fromkeys(called) if name != title]
    more = len(names) - _MOST_NAMES
    return [*names[:_MOST_NAMES], *([f"{more} more names"] if more > 0 else ())]
