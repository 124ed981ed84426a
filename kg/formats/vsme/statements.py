"""A sustainability report becomes statements: observations of its period and of the base year, and targets.

Greenhouse gases of the period, of the base year and of the target year are one concept, apart by a member of an axis;
the years are facts of their own. A figure whose member says "target year" is no figure of anything that has happened.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.drafting import slug_of
from kg.formats.batch import Batch, element
from kg.formats.named import plain_name
from kg.formats.vsme.indicators import describe_indicator, describe_unit, find_indicator, find_unit
from kg.formats.vsme.report import (
    BASE_YEAR,
    BASIS,
    LEI_SCHEME,
    SCOPES_AXIS,
    STATED,
    TARGET_YEAR,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from kg.formats.batch import Node
    from kg.formats.vsme.report import ReportedFigure, ReportedSpan, SustainabilityReport

ALONE: Final[Node] = {
    "id": "non-consolidated-accounts",
    "type": "Category",
    "label": "non-consolidated accounts",
}
"""What a company reports of itself without its subsidiaries, as filings elsewhere call it, too."""

_OF_NO_CURRENCY: Final = "amounts of money without a currency"
_OF_OTHER_UNIT: Final = "figures in a unit that is not the concept's"


def batch_of(report: SustainabilityReport) -> Batch:
    """Return what a report says as one source."""
    company, source = _company(report), _source(report)
    source_id = source["id"]
    teller = _ReportTeller(report, company["id"], source_id)
    statements = tuple(teller.statements())
    things = [company, *teller.things.values()]
    left_out = report.left_out + teller.left_out
    if report.identifier and report.identifier[0] == LEI_SCHEME and not report.lei:
        left_out["identifiers that are called a LEI and are none"] += 1
    return Batch(source, tuple(things), statements, left_out=left_out)


def _company(report: SustainabilityReport) -> Node:
    name = plain_name(report.name or "") or (report.identifier or ("", ""))[1]
    label = name or f"the company that reports in {report.path.name}"
    return {
        "id": _key(report),
        "type": "Company",
        "label": " ".join(label.split()),
        "lei": report.lei,
    }


def _key(report: SustainabilityReport) -> str:
    """Return the id of who reports: the same in all reports that give one identifier, or else one name."""
    scheme, code = report.identifier or (LEI_SCHEME, "")
    # What is called a LEI and is none may be anybody's.
    other = f"{scheme.rpartition('/')[2]}-{code}" if code and scheme != LEI_SCHEME else None
    own = report.lei or other or report.name or code
    return f"vsme-{slug_of(own or report.path.stem)}"


def _source(report: SustainabilityReport) -> Node:
    span = report.span
    period = f", {span.start or span.end} to {span.end}" if span else ""
    # Nothing is reported of a period before it is over, whatever day a template was saved on.
    known = [day for day in (report.saved, span and span.end + timedelta(days=1)) if day]
    year = f"-{span.end}" if span else ""
    return {
        "id": f"{_key(report)}{year}-{report.sha256[:8]}",
        "type": "Filing" if report.is_law else "Dataset",
        "title": f"{_company(report)['label']}: {' '.join(report.title.split())}{period}",
        "publisher": _key(report),
        "published": max(known).isoformat(),
        "published_precision": "inferred",
        "sha256": report.sha256,
    }


class _ReadFigure(NamedTuple):
    """A figure, the member that says of which year it is, and what is made of it."""

    figure: ReportedFigure
    year: str
    indicator: dict[str, Any]
    unit: str
    span: ReportedSpan

    @property
    def text(self) -> str:
        """The number as a statement has it."""
        return _text(self.figure.value, self.unit)


class _ReportTeller:
    """Tells the figures of one report, and keeps what they need and what is left out."""

    def __init__(self, report: SustainabilityReport, company: str, source: str) -> None:
        self.left_out: Counter[str] = Counter()
        self.things: dict[str, Node] = {}
        self._report, self._company, self._source = report, company, source
        is_alone = "individual" in report.choices.get(BASIS, "").lower()
        # What a company reports of itself alone is a part of what it has with its subsidiaries.
        self._among = ALONE["id"] if is_alone else None
        if is_alone:
            self.things[ALONE["id"]] = ALONE
        self._seen: Counter[str] = Counter()

    def statements(self) -> Iterator[Node]:
        """Yield the statements of all figures, targets with the base that they start from."""
        read = list(self._once())
        bases = {(one.indicator["id"], one.unit): one for one in read if one.year == BASE_YEAR}
        for one in read:
            if one.year == TARGET_YEAR:
                base = bases.get((one.indicator["id"], one.unit))
                yield self._node(one) | self._target(one, base)
            else:
                yield self._node(one) | _observation(one)

    def _once(self) -> Iterator[_ReadFigure]:
        """Yield what is read, once, however often a document shows it; of what differs nobody can tell which it is."""
        shown: defaultdict[tuple[object, ...], list[_ReadFigure]] = defaultdict(list)
        for figure in self._report.figures:
            if one := self._read(figure):
                shown[one.year, one.indicator["id"], one.unit, one.span].append(one)
        for same in shown.values():
            if len({one.figure.value for one in same}) == 1:
                yield same[0]
            else:
                self.left_out["figures that are stated twice and differ"] += len(same)

    def _read(self, figure: ReportedFigure) -> _ReadFigure | None:
        members = dict(figure.members)
        year = members.pop(SCOPES_AXIS, STATED)
        indicator = find_indicator(figure.concept, members, self._report.choices)
        if isinstance(indicator, str):
            self.left_out[indicator] += 1
            return None
        unit = find_unit(figure.unit, indicator)
        if unit is None:
            self.left_out[_OF_NO_CURRENCY if figure.unit == "" else _OF_OTHER_UNIT] += 1
            return None
        span = self._report.period_of(figure, year)
        if isinstance(span, str):
            self.left_out[span] += 1
            return None
        for thing in (describe_indicator(indicator), describe_unit(unit)):
            if thing:
                self.things[thing["id"]] = thing
        return _ReadFigure(figure, year, indicator, unit, span)

    def _node(self, one: _ReadFigure) -> Node:
        key = _key_of(one)
        self._seen[key] += 1
        again = f".{self._seen[key]}" if self._seen[key] > 1 else ""
        return {
            "id": f"{self._source}.{key}{again}",
            "about": self._company,
            "place": "world",
            "speaker": self._company,
            "mode": "filing" if self._report.is_law else "reporters-own",
            "indicator": one.indicator["id"],
            "value": one.text,
            "unit": None if "unit" in one.indicator else one.unit,
            "among": self._among,
            "element": element(self._source, one.figure.place),
        }

    def _target(self, one: _ReadFigure, base: _ReadFigure | None) -> Node:
        if base and base.span.end >= one.span.end:
            self.left_out["base years that do not lie before the target year"] += 1
            base = None
        return {
            "type": "Target",
            "baseline": base.text if base else None,
            "baseline_date": base.span.end.isoformat() if base else None,
            "due": one.span.end.isoformat(),
            "due_precision": _precision(one.span),
        }


def _observation(one: _ReadFigure) -> Node:
    # What is counted at the end of a period is of that day, whatever period the file gives.
    start = None if one.indicator["aggregation"] == "stock" else one.span.start
    return {
        "type": "Observation",
        "kind": "reported",
        "when": one.span.end.isoformat(),
        "when_start": start.isoformat() if start else None,
        # An amount is of the whole year; a share of a period holds at its end.
        "when_precision": _precision(one.span) if one.indicator["aggregation"] == "flow" else None,
    }


def _key_of(one: _ReadFigure) -> str:
    aim = "target-" if one.year == TARGET_YEAR else ""
    return f"{one.indicator['id']}.{aim}{one.span.end.year}"


def _precision(span: ReportedSpan) -> str | None:
    if span.start is None or not _is_year(span.start, span.end):
        return None
    return "year" if (span.end.month, span.end.day) == (12, 31) else "fiscal-year"


def _is_year(start: date, end: date) -> bool:
    after = end + timedelta(days=1)
    return (after.year - start.year, after.month, after.day) == (1, start.month, start.day)


def _text(value: Decimal, unit: str) -> str:
    """Return a number as a statement has it: a share in per cent.

    >>> from decimal import Decimal
    >>> _text(Decimal("0.2840"), "PERCENT"), _text(Decimal("1E+3"), "TONNE"), _text(Decimal("-0"), "NUM")
    ('28.4', '1000', '0')
    """
    scaled = value.scaleb(2) if unit == "PERCENT" else value
    text = format(scaled, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
