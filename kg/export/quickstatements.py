"""QuickStatements, by which people edit Wikidata: what its properties can say of what has an item there, with its source.

The syntax is that of version 1 (https://www.wikidata.org/wiki/Help:QuickStatements): a statement a line, its parts apart
by tabs: item, property, value, qualifiers, and the reference, whose properties begin with S. Whoever runs it looks
through it first; so what is doubtful, denied or planned is left out, and counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.export.outside import safe_link
from kg.promises import load_statements
from kg.query import select_pairs, select_typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.base import Cell
    from kg.promises import Statement
    from kg.query import Index

# The property that says the same of the object of a relation, or of its subject.
_OF_OBJECT: Final = {
    "chiefExecutiveOf": "P169", "chairs": "P488", "founderOf": "P112", "coFounderOf": "P112",
    "owns": "P127", "ownsMajorityOf": "P127", "ownsMinorityOf": "P127", "investsIn": "P1951",
}  # fmt: skip
_OF_SUBJECT: Final = {"partnerOf": "P2652", "offers": "P1056"}
_FIGURES: Final = {"employees": "P1128", "revenue": "P2139", "total-assets": "P2403"}
_STOCKS: Final = frozenset({"employees", "total-assets"})
_CURRENCIES: Final = {
    "USD": "Q4917", "EUR": "Q4916", "GBP": "Q25224", "JPY": "Q8146", "CNY": "Q39099", "INR": "Q80524",
}  # fmt: skip
_ANYWHERE: Final = frozenset({"partnerOf"})
_POINT, _START, _END, _VALID_IN, _URL, _PUBLISHED = "P585", "P580", "P582", "P3005", "S854", "S577"
_SO: Final = frozenset({None, "achieved", "underway"})
_ITEM: Final = re.compile("wikidata:(Q[1-9][0-9]*)")
_OWN: Final = re.compile(r"https?://(?:[a-z]+\.)?wikidata\.org/", re.IGNORECASE)
_PRECISIONS: Final = {"month": 10, "year": 9, "quarter": 9, "half-year": 9}


class _UnsaidError(Exception):
    """A statement has no place there, and why."""


def write_quickstatements(index: Index, left_out: Counter[str] | None = None) -> bytes:
    """Return what a graph can add to Wikidata, a statement a line.

    What has no property there, or no item, or no address to be looked up at, is counted by reason in `left_out`.

    >>> import kg
    >>> lines = write_quickstatements(kg.build(check=False).index).decode().splitlines()
    >>> all(len(line.split(chr(9))) >= 5 for line in lines)
    True
    """
    scene = _Scene(index)
    lines: set[tuple[str, ...]] = set()
    unsaid: Counter[str] = Counter()
    for statement in load_statements(index).values():
        try:
            lines.add(tuple(scene.line(statement)))
        except _UnsaidError as error:
            unsaid[str(error)] += 1
    if left_out is not None:
        left_out.update(unsaid)
    return "".join("\t".join(line) + "\n" for line in sorted(lines, key=_order)).encode()


def _order(line: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    return int(line[0][1:]), int(line[1][1:]), line


class _Scene:
    """What lines are made of: the items of things, and what is known of sources and of other statements."""

    def __init__(self, index: Index) -> None:
        items: defaultdict[str, set[str]] = defaultdict(set)
        for name, match in select_pairs(index, "skos:exactMatch"):
            if found := _ITEM.fullmatch(str(match)):
                items[str(name)].add(found[1])
        # What has two items may be either.
        self._items = {name: next(iter(some)) for name, some in items.items() if len(some) == 1}
        self._precisions: defaultdict[str, set[str]] = defaultdict(set)
        for name, precision in select_pairs(index, "cp:publishedPrecision"):
            self._precisions[str(name)].add(_bare(precision))
        # What is told of a plan and of its company is told of the company.
        self._plans = {str(name) for name, _ in select_typed(index, ["cp:Initiative"])}
        self._denied = {str(denied) for _, denied in select_pairs(index, "cp:contradicts")}

    def line(self, statement: Statement) -> Iterator[str]:
        """Yield the parts of the line that says a statement.

        Raises:
            _UnsaidError: it cannot be said there.
        """
        if statement.kind == "Relation":
            said = self._relation(statement)
        elif statement.kind == "Observation":
            said = self._figure(statement)
        else:
            raise _UnsaidError(_WITHOUT[statement.kind])
        self._check(statement)
        yield from said
        yield from self._reference(statement)

    def _relation(self, statement: Statement) -> list[str]:
        predicate = statement.text("predicate") or ""
        property_ = _OF_OBJECT.get(predicate) or _OF_SUBJECT.get(predicate)
        if property_ is None:
            raise _UnsaidError("relations that no property there says")
        ends = [self._item(statement.one(key)) for key in ("subject", "object")]
        if predicate in _OF_OBJECT:
            ends.reverse()
        within = self._within(statement, predicate)
        if statement.text("status") not in _SO:
            raise _UnsaidError("relations that are planned, or over")
        days = [(_START, "from", "fromPrecision"), (_END, "until", "untilPrecision")]
        dated = ((name, statement.one(day), statement.says.get(to, ())) for name, day, to in days)
        return [
            ends[0], property_, ends[1], *within,
            *(part for name, day, to in dated if day for part in (name, _time(day, map(_bare, to)))),
        ]  # fmt: skip

    def _within(self, statement: Statement, predicate: str) -> list[str]:
        """Return where a relation holds: a partner somewhere is one; a chief executive somewhere is another thing."""
        if not _elsewhere(statement):
            return []
        place = self._items.get(str(statement.one("place")))
        if place is None or predicate not in _ANYWHERE:
            raise _UnsaidError(
                "relations within a place, where the property there is for all of it"
            )
        return [_VALID_IN, place]

    def _figure(self, statement: Statement) -> list[str]:
        indicator = str(statement.one("indicator"))
        property_ = _FIGURES.get(indicator)
        if property_ is None:
            raise _UnsaidError("figures that no property there says")
        item = self._item(*statement.says.get("about", ()))
        if _elsewhere(statement) or statement.one("among"):
            raise _UnsaidError("figures of a part, where the property there is for all")
        value = statement.one("value")
        if not isinstance(value, Decimal | int) or statement.text("comparator") not in (
            None,
            "exactly",
        ):
            raise _UnsaidError("figures that are not exact")
        if statement.text("kind") not in ("counted", "reported"):
            raise _UnsaidError("figures that are estimated or expected")
        unit = ""
        if indicator != "employees":
            code = str(statement.one("unit")).rpartition(":")[2]
            if code not in _CURRENCIES:
                raise _UnsaidError("amounts in a currency whose item is not known here")
            unit = "U" + _CURRENCIES[code].removeprefix("Q")
        return [item, property_, format(Decimal(value), "f") + unit, *_when(statement, indicator)]

    def _item(self, *names: Cell) -> str:
        """Return the item of the only one of some things: what is told of two together is told of neither."""
        others = [str(name) for name in names if str(name) not in self._plans]
        if len(others) != 1 or others[0] not in self._items:
            raise _UnsaidError("statements of what has no item there, or several")
        return self._items[others[0]]

    def _check(self, statement: Statement) -> None:
        if statement.one("correctedOn"):
            raise _UnsaidError("statements that were corrected")
        if statement.name in self._denied or statement.one("contradicts"):
            raise _UnsaidError("statements that another one contradicts")
        if statement.text("confidence") == "low" or statement.text("mode") in (
            "anonymous",
            "inferred",
        ):
            raise _UnsaidError("statements that are not certain, or of nobody who is named")

    def _reference(self, statement: Statement) -> Iterator[str]:
        source = statement.source
        url = safe_link(source.url)
        if url is None:
            raise _UnsaidError("statements of sources without an address")
        # It is no reference for itself, and has it already.
        if _OWN.match(url):
            raise _UnsaidError("statements that Wikidata itself is the source of")
        # A bar stands for a tab there, where somebody pastes a single line.
        yield from (_URL, _string(url.replace('"', "%22").replace("|", "%7C")))
        known = self._precisions[source.name]
        if "inferred" not in known and _is_day(source.published):
            yield from (_PUBLISHED, _time(date.fromisoformat(source.published), known))


_WITHOUT: Final[Mapping[str, str]] = {
    "Target": "targets, for which there is no property there",
    "StatusReport": "reports of a status, for which there is no property there",
    "Retraction": "retractions",
}


def _elsewhere(statement: Statement) -> bool:
    return statement.one("place") not in (None, "world")


def _when(statement: Statement, indicator: str) -> list[str]:
    """Return the day of a figure, or the first and the last day of its period."""
    last, first = statement.one("when"), statement.one("whenStart")
    known = {_bare(one) for one in statement.says.get("whenPrecision", ())}
    if not isinstance(last, date):
        raise _UnsaidError("figures without a day")
    is_year = isinstance(first, date) and (first, last) == (
        date(last.year, 1, 1),
        date(last.year, 12, 31),
    )
    if indicator in _STOCKS:
        return [_POINT, _time(last, known)]
    if is_year or (first is None and "year" in known):
        return [_POINT, _time(last, {"year"})]
    if isinstance(first, date):
        return [_START, _time(first, ()), _END, _time(last, ())]
    raise _UnsaidError("amounts of a period that is not known")


def _time(day: Cell, known: Iterable[str]) -> str:
    """Return a day with its precision: without one it is taken for a year.

    A quarter or a half of a year is not known there; its year is. A fiscal year has a last day.

    >>> _time(date(2015, 12, 31), ["year"]), _time(date(2015, 2, 28), ["month"]), _time(date(2015, 4, 6), [])
    ('+2015-00-00T00:00:00Z/9', '+2015-02-00T00:00:00Z/10', '+2015-04-06T00:00:00Z/11')
    """
    if not isinstance(day, date):
        raise _UnsaidError("statements of a day that is none")
    precision = min((_PRECISIONS[one] for one in known if one in _PRECISIONS), default=11)
    month = f"{day.month:02}" if precision > _PRECISIONS["year"] else "00"
    number = f"{day.day:02}" if precision > _PRECISIONS["month"] else "00"
    return f"+{day.year:04}-{month}-{number}T00:00:00Z/{precision}"


def _string(text: str) -> str:
    # There is no escape: a string ends at the last quotation mark before the next tab.
    return f'"{text}"'


def _bare(value: Cell) -> str:
    return str(value).removeprefix("cp:")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:  # a source without a day is for the shapes to report
        return False
