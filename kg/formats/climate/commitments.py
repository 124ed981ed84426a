"""What the Science Based Targets initiative says of a company for one horizon: targets, or a commitment to set some.

The day on which a row was updated is none of its statuses': of a company with targets for the near term
and a net-zero commitment that was removed it is one day for both, so that no status has a first day here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.formats.climate.fiscal import target_year

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from kg.formats.batch import Node


class Horizon(NamedTuple):
    """A horizon by its name, and the columns of its status, year and, if it has one, classification."""

    name: str
    status: str
    year: str
    classification: str | None


class HorizonStatus(NamedTuple):
    """What is told of a horizon: the keys of a status report, and of what it is: `label`, `of` in its id."""

    label: str
    of: str
    keys: Node


_COMMITMENT: Final = "-commitment"
_LABELS: Final = {
    "near-term": "near-term science-based targets",
    "long-term": "long-term science-based targets",
    "net-zero": "net-zero science-based target",
}
# What became of a commitment, by why it was removed, where that is one reason: the initiative removes
# what expires, if no targets were handed in within the 24 months (its Commitment Compliance Policy).
_REMOVED: Final = {
    "expired commitment": ("missed", "it expired: no targets were handed in within its time"),
    "withdrawn commitment": ("abandoned", "it was withdrawn"),
}


def told_of(
    horizon: Horizon, cells: Mapping[str, str], published: date, left_out: Counter[str]
) -> HorizonStatus | None:
    """Return what a row tells of a horizon, or None where that is nothing or is left out, and counted."""
    status = cells.get(horizon.status, "").casefold()
    if status == "targets set":
        return _targets(horizon, cells, published, left_out)
    if status == "committed":
        return _commitment(
            horizon, "announced", "The initiative lists a commitment to set targets."
        )
    if status == "commitment removed":
        why = cells.get("reason_for_extension_or_removal", "").casefold()
        if why not in _REMOVED:
            left_out[
                "commitments removed for other reasons than that they expired or were withdrawn"
            ] += 1
            return None
        became, reason = _REMOVED[why]
        note = f"The initiative has removed the commitment to set targets: {reason}."
        return _commitment(horizon, became, note)
    if status:
        left_out["statuses that are not known here"] += 1
    return None


def _commitment(horizon: Horizon, status: str, note: str) -> HorizonStatus:
    label = f"commitment to set {_article(horizon)}{_LABELS[horizon.name]}"
    return HorizonStatus(label, _COMMITMENT, {"status": status, "note": note})


def _article(horizon: Horizon) -> str:
    return "a " if _LABELS[horizon.name].endswith("target") else ""


def _targets(
    horizon: Horizon, cells: Mapping[str, str], published: date, left_out: Counter[str]
) -> HorizonStatus | None:
    year = target_year(cells.get(horizon.year, ""))
    if year is None:
        left_out["targets without a year, or with several"] += 1
        return None
    # A list that still has a target after its year says nothing of whether that was reached: a report
    # that it is announced would read as if it was not.
    if date.fromisoformat(year.last_end) < published:
        left_out[
            "targets whose year was over when the list came out, of which it tells no result"
        ] += 1
        return None
    classified = cells.get(horizon.classification or "", "")
    note = f"The initiative has validated targets{f' ({classified})' if classified else ''}."
    if year.fiscal:
        note += f" It names FY{year.year} and not on which day that ends."
    return HorizonStatus(
        _LABELS[horizon.name], "", {"status": "announced", **year.due(), "note": note}
    )


def horizon_of(heading: str, target: Node, dues: Mapping[str, str]) -> str | None:
    """Return the horizon of a target in words, by its heading and by when those of each are due, or None.

    The year of a horizon is the last of its targets, so that no later one is of it. Not every text has
    headings, and what stands below the overall target of net zero is often all that there is.

    Args:
        heading: the horizon that the words stand under.
        target: with its `due` and, if that is vague, `due_earliest`.
        dues: the last day of the targets of each horizon that has some, the nearest first.

    >>> dues = {"near-term": "2030-12-31", "net-zero": "2050-12-31"}
    >>> horizon_of("near-term", {"due": "2050-12-31"}, dues)
    'net-zero'
    >>> horizon_of("long-term", {"due": "2050-12-31"}, dues)
    """
    if heading not in dues:
        return None
    due = str(target.get("due_earliest", target["due"]))
    fitting = (name for name, last in dues.items() if due <= last)
    return next((name for name in fitting if (heading, name) != ("long-term", "near-term")), None)
