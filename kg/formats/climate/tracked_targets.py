"""What a row of the Net Zero Tracker states of a company: its targets, and how far the last of them is.

They are those statements that the mapping of the shipped snapshot makes. Only the status is of the very
target that it tells of and not of all plans for the climate: where a company sets itself another target
later, nothing of what is said of the new one is taken for what became of the old.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kg.formats.cells import number_in, year_in
from kg.formats.named import plain_name, slug

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from kg.formats.batch import Node

Row: TypeAlias = "Mapping[str, str]"

_NET: Final = {
    "net zero": ("net-emissions", None),
    "climate neutral": ("net-emissions", None),
    "ghg neutral(ity)": ("net-emissions", None),
    "zero emissions": ("net-emissions", None),
    "climate positive": ("net-emissions", "less-than"),
    "net negative": ("net-emissions", "less-than"),
    "carbon neutral(ity)": ("net-carbon-dioxide", None),
    "zero carbon": ("net-carbon-dioxide", None),
    "carbon negative": ("net-carbon-dioxide", "less-than"),
}
"""Targets that give no percentage, since they are for all of it: the indicator, and the comparator if any."""

_CUTS: Final = {
    "emissions reduction target": "emissions-reduction",
    "emissions intensity target": "carbon-intensity-reduction",
}
_NUMBERLESS: Final = (
    "1.5°c target",
    "science-based target",
    "absolute emissions target",
    "reduction v. bau",
    "other",
)
_NONE: Final = ("", "no target")
_VALIDATED: Final = "achieved (externally validated)"
_STATUSES: Final = {
    "proposed / in discussion": "considered",
    "declaration / pledge": "announced",
    "in corporate strategy": "announced",
    "achieved (self-declared)": "achieved",
    _VALIDATED: "achieved",
}
_OLDEST_BASE: Final = 1980
_ALL: Final = 100


class Tracked(NamedTuple):
    """What a row states: plans by their ids with their labels, and statements without source and row.

    The id of a statement is what comes behind that of its source.
    """

    plans: dict[str, str]
    statements: list[Node]


def tracked_targets(row: Row, company: str, published: date, left_out: Counter[str]) -> Tracked:
    """Return what a row states of a company.

    Args:
        row: its cells by `code`, `end_target`, `end_percentage`, `end_base`, `end_year`, `status`,
            `status_year`, the same of `interim`, `scope_1` to `scope_3`, and `offsets`.
        company: the id of the company.
        published: the day on which the snapshot came out.
        left_out: counts what the row says and this does not.
    """
    plan = f"{company}/climate"
    tracked = Tracked({}, [])
    for which in ("end", "interim"):
        target = _target(row, which, published, left_out)
        if target:
            tracked.plans[plan] = "climate targets"
            speaks = {"about": plan, "place": "world", "speaker": company}
            tracked.statements.append({"id": f"{row['code']}.{which}", **target, **speaks})
    for about, label, report in _report(row, plan, company, published, left_out):
        tracked.plans[about] = label
        tracked.statements.append({"id": f"{row['code']}.status", **report, "about": about})
    return tracked


def _target(row: Row, which: str, published: date, left_out: Counter[str]) -> Node | None:
    called = plain_name(row.get(f"{which}_target", ""))
    kind = called.casefold()
    if kind in _NONE:
        return None
    year = year_in(row.get(f"{which}_year", ""))
    due = {} if year is None else {"due": f"{year}-12-31", "due_precision": "year"}
    common = {"type": "Target", **due, "note": f"The tracker calls it: {called}; {_covers(row)}"}
    if which == "end" and kind in _NET:
        indicator, comparator = _NET[kind]
        return {**common, "indicator": indicator, "value": "0", "comparator": comparator}
    if kind in _CUTS:
        value = number_in(row.get(f"{which}_percentage", ""))
        if value is None or not 0 <= float(value) <= _ALL:
            left_out["cuts without a percentage that is one"] += 1
            return None
        base = _base(row, which, year, published, left_out)
        return {**common, "indicator": _CUTS[kind], "value": value, **base}
    if which == "interim" or kind not in _NUMBERLESS:
        left_out["interim targets without a number" if which == "interim" else _UNKNOWN] += 1
    return None


_UNKNOWN: Final = "end targets of a kind that is not known here"


def _base(row: Row, which: str, due: int | None, published: date, left_out: Counter[str]) -> Node:
    cell = row.get(f"{which}_base", "")
    year = year_in(cell)
    if not cell:
        return {}
    if year is None or not _OLDEST_BASE <= year <= min(
        published.year, (due or published.year + 1) - 1
    ):
        left_out["base years that cannot be"] += 1
        return {}
    return {"baseline": "0", "baseline_date": f"{year}-12-31"}


def _report(
    row: Row, plan: str, company: str, published: date, left_out: Counter[str]
) -> Iterator[tuple[str, str, Node]]:
    """Yield how far the end target is: of which plan, its label, and the report."""
    called, state = plain_name(row.get("end_target", "")), plain_name(row.get("status", ""))
    kind = called.casefold()
    if kind in _NONE or not state:
        return
    status = _STATUSES.get(state.casefold())
    if status is None:
        left_out["statuses that are not known here"] += 1
        return
    year, since = year_in(row.get("end_year", "")), _since(row, published, left_out)
    if status == "announced" and year is not None and date(year, 12, 31) < (since or published):
        # It would read as if the target was missed, of which the tracker says nothing.
        left_out[
            "targets still announced after their year, of which the tracker tells no result"
        ] += 1
        return
    due = (
        {}
        if year is None or kind not in _NUMBERLESS
        else {"due": f"{year}-12-31", "due_precision": "year"}
    )
    begun = {} if since is None else {"from": since.isoformat(), "from_precision": "year"}
    about = f"{plan}/{slug(called)}" + (f"-{year}" if year else "")
    label = f"end target: {called}" + (f" by {year}" if year else "")
    note = f"The tracker says of the end target ({called}): {state}."
    said = {"type": "StatusReport", "status": status, **begun, **due, "note": note}
    # What somebody from outside has looked at is no word of the company's own.
    speaks = {} if state.casefold() == _VALIDATED else {"speaker": company}
    yield about, label, {**said, **speaks}


def _since(row: Row, published: date, left_out: Counter[str]) -> date | None:
    year = year_in(row.get("status_year", "")[:4])
    if year is not None and not _OLDEST_BASE <= year <= published.year:
        left_out["statuses of a year that cannot be"] += 1
        return None
    return None if year is None else date(year, 1, 1)


def _covers(row: Row) -> str:
    keys = ("scope_1", "scope_2", "scope_3", "offsets")
    return "; ".join(f"{key.replace('_', ' ')}: {row.get(key) or 'unknown'}" for key in keys) + "."
