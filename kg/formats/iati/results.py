"""The results of one activity of IATI: indicators of the publisher's own, with targets and observations, or statuses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.formats.batch import element as at
from kg.formats.iati.figures import (
    NOT_OVER,
    NOT_TOLD_APART,
    TWICE,
    ResultFigure,
    figure_elements,
    read_edge,
    read_figures,
)
from kg.formats.iati.indicator import (
    PERCENT,
    IndicatorNames,
    ResultIndicator,
    indicator_of,
    names_of,
    problem_of,
    words_of_codes,
)
from kg.formats.iati.values import UnclearError, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kg.formats.batch import Node
    from kg.formats.iati.activity import Activity


@dataclass
class ResultsTold:
    """What results tell: things that they need, statements, and what was left out of them by reasons."""

    things: list[Node] = field(default_factory=list)
    statements: list[Node] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def read_results(activity: Activity, source: str, stance: str | None) -> ResultsTold:
    """Return what the results of an activity tell.

    Args:
        activity: the activity.
        source: the id of the source.
        stance: the status of its targets, where the activity is only considered, or abandoned.
    """
    return _Results(activity, source, stance).read()


class _Results:
    """The results of one activity, an indicator after the other."""

    def __init__(self, activity: Activity, source: str, stance: str | None) -> None:
        self._activity, self._source, self._stance = activity, source, stance
        self._told = ResultsTold()
        self._left_out = self._told.left_out
        self._indicators: dict[str, ResultIndicator] = {}

    def read(self) -> ResultsTold:
        root = f"/iati-activities/iati-activity[{self._activity.order}]"
        for number, result in enumerate(self._activity.element.iterfind("result"), 1):
            for order, indicator in enumerate(result.iterfind("indicator"), 1):
                self._read(result, indicator, f"{root}/result[{number}]/indicator[{order}]")
        for one in self._indicators.values():
            self._say(one)
        return self._told

    def _read(self, result: Any, indicator: Any, path: str) -> None:
        elements = list(figure_elements(indicator, path))
        if not elements:
            self._left_out["indicators without a figure"] += 1
            return
        names = names_of(self._activity, result, indicator)
        if reason := problem_of(names, indicator):
            self._left_out[reason] += len(elements)
        elif words := words_of_codes(text_of(indicator.find("description"), "en")[0]):
            self._statuses(names, indicator, path, self._meant(words))
        else:
            # The same indicator can stand there again.
            new = indicator_of(self._activity, names, indicator)
            one = self._indicators.setdefault(new.slug, new)
            percent = indicator.get("measure") == PERCENT
            figures = read_figures(self._activity, indicator, path, self._left_out, percent=percent)
            one.figures += figures

    def _say(self, one: ResultIndicator) -> None:
        figures = list(self._told_apart(one.figures))
        if not figures:
            return
        direction = one.direction(self._activity.profile, self._left_out)
        # Another direction makes another indicator: what is said of one is the same in every file.
        id_ = f"{self._activity.id}.{one.slug}-{direction.partition('-')[0]}"
        things = [one.unit, one.thing(id_, direction)]
        for figure in figures:
            things += [part for part in (figure.scope.among, figure.scope.place) if part]
            self._told.statements.append(self._statement(figure, id_))
        self._told.things += [thing for thing in things if "label" in thing]

    def _statement(self, figure: ResultFigure, indicator: str) -> Node:
        start, end = (day.isoformat() if day else None for day in (figure.start, figure.end))
        scope = figure.scope
        own = ".".join(filter(None, [figure.kind, start, end])) + scope.key
        node = {
            "id": self._id(indicator, own), "about": self._activity.id,
            "indicator": indicator, "value": figure.value,
            "place": scope.place["id"] if scope.place else None,
            "among": scope.among["id"] if scope.among else None,
            "element": at(self._source, figure.path),
        }  # fmt: skip
        if figure.kind == "actual":
            # Of what is not dated the last day follows from when the activity was updated.
            return node | {
                "type": "Observation", "kind": "reported", "when_start": start, "when": end,
                "when_precision": "inferred" if figure.is_inferred else None,
            }  # fmt: skip
        baseline = figure.baseline
        return node | {
            "type": "Target", "counts_from": start, "due": end, "status": self._stance,
            "baseline": baseline.value if baseline else None,
            "baseline_date": baseline.day.isoformat() if baseline and baseline.day else None,
        }  # fmt: skip

    def _id(self, of: str, own: str) -> str:
        return f"{self._source}.{of.removeprefix('iati-')}.{own}"

    def _told_apart(self, figures: list[ResultFigure]) -> Iterator[ResultFigure]:
        """Yield one of those that say the same, and none of those that differ without a word on which holds."""
        alike: dict[tuple[str, ...], list[ResultFigure]] = {}
        for figure in figures:
            alike.setdefault(figure.key, []).append(figure)
        for same in alike.values():
            # In one period they may be parts of a sum, even where they are equal.
            if len({figure.period for figure in same}) < len(same):
                self._left_out[TWICE] += len(same)
            elif len({Decimal(figure.value) for figure in same}) > 1:
                self._left_out[NOT_TOLD_APART] += len(same)
            else:
                if len(same) > 1:
                    self._left_out["figures that are repeated"] += len(same) - 1
                yield same[0]

    def _meant(self, words: Mapping[str, str]) -> dict[str, str]:
        """Return which statuses numbers stand for, by the words that they stand for."""
        return {
            code: status
            for code, said in words.items()
            for start, status in self._activity.profile.statuses.items()
            if said.lower().startswith(start)
        }

    def _statuses(
        self, names: IndicatorNames, indicator: Any, path: str, meant: Mapping[str, str]
    ) -> None:
        """Say how a piece of work stands, where numbers tell that and the profile says what they mean."""
        work = indicator_of(self._activity, names, indicator)
        id_ = f"{self._activity.id}.{work.slug}"
        reports: dict[str, Node] = {}
        for kind, element, period, place in figure_elements(indicator, path):
            status = meant.get((element.get("value") or "").strip())
            if kind != "actual" or status is None:
                self._left_out["figures that stand for words"] += 1
                continue
            try:
                day = self._day_of_status(period)
            except UnclearError as unclear:
                self._left_out[str(unclear)] += 1
                continue
            report = self._id(id_, f"status.{day.isoformat()}")
            if report in reports:
                self._left_out[TWICE] += 1
                continue
            reports[report] = {
                "id": report, "type": "StatusReport", "about": id_, "status": status,
                "from": day.isoformat(), "element": at(self._source, place),
            }  # fmt: skip
        if reports:
            self._told.statements += reports.values()
            self._told.things.append(self._activity.part(id_, names.counted, names.language))

    def _day_of_status(self, period: Any) -> date:
        day = read_edge(period, "period-end")
        if day > self._activity.updated:
            raise UnclearError(NOT_OVER)
        return day
