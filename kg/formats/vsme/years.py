"""What the targets of one report are to those of the report before it.

A report gives one target for each kind of emissions. So that of the next one confirms it where it is the same, and
takes its place where it is another; as two promises side by side they would be judged twice, the old one against what
nobody wants any more.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.formats.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kg.formats.batch import Node
    from kg.formats.vsme.report import SustainabilityReport

_WHAT: Final = ("about", "indicator", "unit", "among")
_AIM: Final = ("value", "due")


class _Stated(NamedTuple):
    end: date
    key: str
    aim: tuple[str, ...]
    source: str


class TargetYears:
    """The targets of reports, of which no more is kept than links them."""

    def __init__(self) -> None:
        """Begin without any."""
        self._stated: defaultdict[tuple[str | None, ...], list[_Stated]] = defaultdict(list)
        self._sources: dict[str, Node] = {}

    def add(self, report: SustainabilityReport, batch: Batch) -> None:
        """Take the targets of a report, unless nobody knows of which year it is."""
        if report.span is None:
            return
        for node in batch.statements:
            if node["type"] == "Target":
                source = batch.source["id"]
                self._sources[source] = batch.source
                aim = tuple(node[key] for key in _AIM)
                what = tuple(node.get(key) for key in _WHAT)
                self._stated[what].append(_Stated(report.span.end, node["id"], aim, source))

    def links(self) -> Iterator[Batch]:
        """Yield that a target confirms or updates that of the report of the year before, or of the same one."""
        links: defaultdict[str, list[Node]] = defaultdict(list)
        for stated in self._stated.values():
            years = [list(same) for _, same in groupby(sorted(stated), key=lambda one: one.end)]
            for first, *others in years:
                # One report in two files; of two that differ nobody can tell which is the later one.
                for other in others:
                    if other.aim == first.aim:
                        links[other.source].append({"id": other.key, "confirms": first.key})
            for (earlier, *_), (later, *_) in pairwise(years):
                link = "confirms" if earlier.aim == later.aim else "updates"
                links[later.source].append({"id": later.key, link: earlier.key})
        for source, nodes in sorted(links.items()):
            yield Batch(self._sources[source], statements=tuple(nodes))
