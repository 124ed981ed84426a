"""The figures of one indicator of an IATI result: targets and actuals by period, part and place, with their baselines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.formats.iati.values import (
    FIRST_YEAR,
    UnclearError,
    exact_slug,
    read_day,
    read_number,
)
from kg.formats.named import plain_name

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import date

    from kg.formats.batch import Node
    from kg.formats.iati.activity import Activity

_Raw: TypeAlias = "tuple[tuple[tuple[str, str], ...], tuple[str, ...]]"

_YEAR: Final = timedelta(days=366)

NOT_TOLD_APART: Final = "figures of one period that differ, and nothing tells which holds"
NOT_OVER: Final = "actuals of periods that were not over when their activity was updated"
MAYBE_EARLY: Final = (
    "actuals of periods of several years, of a publisher who tells some before their period is over"
)
TWICE: Final = "figures that stand in one period with others, and nothing tells them apart"


@dataclass(frozen=True, slots=True)
class FigureScope:
    """What part of all that is counted is meant: a category, or None for all, and the id of a place, or None."""

    among: Node | None
    place: Node | None

    @property
    def key(self) -> str:
        """What tells it from others, as the end of an id."""
        ids = [one["id"] for one in (self.among, self.place) if one]
        return "".join(f".{one}" for one in ids)


@dataclass(frozen=True, slots=True)
class ResultBaseline:
    """Where the way begins: a number, on a day if that is told."""

    value: str
    day: date | None


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """A target or an actual: its number, the first and the last day of its period, if it has one, and its `path`.

    It `is_inferred` where its last day is merely the last that it can be of.
    """

    kind: str
    value: str
    start: date | None
    end: date | None
    scope: FigureScope
    path: str
    baseline: ResultBaseline | None = None
    is_inferred: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What two figures have in common that say the same thing of the same, but for their number."""
        return self.kind, str(self.start), str(self.end), self.scope.key

    @property
    def period(self) -> str:
        """The XPath of the element of its period."""
        return self.path.rpartition("/")[0]


def read_figures(
    activity: Activity, indicator: Any, path: str, left_out: Counter[str], *, percent: bool
) -> Iterator[ResultFigure]:
    """Yield the figures of an indicator that can be read in one way; the others are counted by the reason.

    Args:
        activity: what it is a result of.
        indicator: the element.
        path: the XPath of the element.
        left_out: what has been left out, to be added to.
        percent: whether it is measured in per cent.
    """
    reader = _FigureReader(activity, indicator, left_out, percent=percent)
    for kind, element, period, place in figure_elements(indicator, path):
        try:
            start, end = reader.period(kind, period)
            yield reader.figure(kind, element, start, end, place)
        except UnclearError as unclear:
            left_out[str(unclear)] += 1


def figure_elements(indicator: Any, path: str) -> Iterator[tuple[str, Any, Any, str]]:
    """Yield each target and actual of an indicator: its kind, its element, that of its period, and its XPath."""
    for number, period in enumerate(indicator.iterfind("period"), 1):
        for kind in ("target", "actual"):
            for order, element in enumerate(period.iterfind(kind), 1):
                yield kind, element, period, f"{path}/period[{number}]/{kind}[{order}]"


class _FigureReader:
    """Reads the figures of one indicator as the profile of its publisher says."""

    def __init__(
        self, activity: Activity, indicator: Any, left_out: Counter[str], *, percent: bool
    ) -> None:
        self._activity, self._left_out, self._percent = activity, left_out, percent
        self._profile = activity.profile
        self._baselines = self._read_baselines(indicator)

    def figure(
        self, kind: str, element: Any, start: date | None, end: date | None, path: str
    ) -> ResultFigure:
        value, raw = self._number(element), _raw_scope(element)
        scope = self._scope(raw)
        baseline = self._baselines.get(raw) if kind == "target" else None
        if baseline and baseline.day and end and baseline.day >= end:
            self._left_out["baselines of a day after their target"] += 1
            baseline = None
        inferred = kind == "actual" and self._profile.actuals == "when-updated"
        return ResultFigure(kind, value, start, end, scope, path, baseline, is_inferred=inferred)

    def _number(self, element: Any) -> str:
        text = element.get("value") or ""
        return read_number(text, percent=self._percent, grouped=self._profile.grouped)

    def period(self, kind: str, period: Any) -> tuple[date | None, date | None]:
        """Return the first and the last day that a figure is of, if its periods are any."""
        if self._profile.periods == "left-out":
            if kind == "actual":
                raise UnclearError("actuals of periods that are none")
            self._left_out["days of targets, of periods that are none"] += 1
            return None, None
        start, end = (read_edge(period, name) for name in ("period-start", "period-end"))
        begun = self._activity.start
        if end < start:
            raise UnclearError("figures of periods that end before they begin")
        if begun and end <= begun:
            raise UnclearError(
                "figures of periods that end by the day on which their activity starts"
            )
        return start, self._observed(start, end) if kind == "actual" else end

    def _observed(self, start: date, end: date) -> date:
        """Return the last day that an actual can be of."""
        updated = self._activity.updated
        if start > updated:
            raise UnclearError(
                "actuals of periods that had not begun when their activity was updated"
            )
        if self._profile.actuals == "when-updated":
            return updated
        if end > updated:
            raise UnclearError(NOT_OVER)
        if self._profile.actuals == "of-short-period" and end - start > _YEAR:
            raise UnclearError(MAYBE_EARLY)
        return end

    def _scope(self, raw: _Raw) -> FigureScope:
        dimensions, references = raw
        if not references:
            place = self._activity.place
        elif len(references) > 1:
            raise UnclearError("figures of several places")
        else:
            place = self._activity.locations.get(references[0])
            if place is None:
                raise UnclearError("figures of places that no code of a known gazetteer names")
        return FigureScope(self._part(dimensions), place)

    def _part(self, dimensions: tuple[tuple[str, str], ...]) -> Node | None:
        if not dimensions:
            return None
        if not all(name and value for name, value in dimensions):
            raise UnclearError("figures of parts that are not named")
        label = ", ".join(f"{name}: {value}" for name, value in dimensions)
        return {"id": f"iati-part-{exact_slug(label)}", "type": "Category", "label": label}

    def _read_baselines(self, indicator: Any) -> dict[_Raw, ResultBaseline | None]:
        """Return the baselines of an indicator by the part and place that they are of; None where there are several."""
        found: dict[_Raw, ResultBaseline | None] = {}
        for element in indicator.iterfind("baseline"):
            if not (element.get("value") or "").strip():
                continue
            if self._profile.baselines == "left-out":
                self._left_out["baselines that stand for none"] += 1
                continue
            raw = _raw_scope(element)
            try:
                baseline = ResultBaseline(self._number(element), _baseline_day(element))
            except UnclearError as unclear:
                self._left_out[f"baselines: {unclear}"] += 1
                continue
            if raw in found and found[raw] != baseline:
                self._left_out["baselines beside others of the same"] += 1
                found[raw] = None
            else:
                found[raw] = baseline
        return found


def read_edge(period: Any, name: str) -> date:
    """Return the first or the last day of a period.

    Raises:
        UnclearError: it has none.
    """
    element = period.find(name)
    try:
        return read_day(None if element is None else element.get("iso-date"))
    except UnclearError as unclear:
        raise UnclearError(f"figures of periods with {unclear}") from None


def _baseline_day(element: Any) -> date | None:
    """Return the day of a baseline; one of which only the year is told has none."""
    text, year = element.get("iso-date"), (element.get("year") or "").strip()
    if not text:
        if year and year < str(FIRST_YEAR):
            raise UnclearError(f"days before {FIRST_YEAR}, which stand for none")
        return None
    day = read_day(text)
    if year and year != str(day.year):
        raise UnclearError("days of another year than theirs")
    return day


def _raw_scope(element: Any) -> _Raw:
    """Return the dimensions and the references to places of a figure, as they stand."""
    dimensions = sorted(
        (plain_name(one.get("name") or ""), plain_name(one.get("value") or ""))
        for one in element.iterfind("dimension")
    )
    references = sorted({one.get("ref") or "" for one in element.iterfind("location")})
    return tuple(dimensions), tuple(references)
