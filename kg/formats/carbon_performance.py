"""Carbon performance tables of the Transition Pathway Initiative: what companies emit per unit of output.

Each day of assessment is a source of its own. So what one company's year is said to have been, or is
to be, stands beside what later assessments say of the same year, and each is known from its own day on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.assessments import NEEDED, Assessment, AssessmentTable, key_of, read_assessments
from kg.formats.batch import Batch
from kg.formats.columns import has_columns
from kg.formats.format import PublishedFormat
from kg.formats.intensities import Intensities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Node
    from kg.formats.opening import Opening

_PUBLISHER: Final = {
    "id": "transition-pathway-initiative",
    "type": "Organization",
    "label": "Transition Pathway Initiative",
}


def read(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    """Yield what carbon performance tables say, one day of assessment after the other; see `Reader`."""
    told = set[str]()
    for path in paths:
        try:
            table = read_assessments(path)
        except SourceError as error:
            yield error
            continue
        yield from _batches(table, told)


def _batches(table: AssessmentTable, told: set[str]) -> Iterator[Batch]:
    by_day: defaultdict[tuple[object, object], list[Assessment]] = defaultdict(list)
    for one in sorted(table.rows, key=lambda one: (one.published, one.assessed, one.number)):
        by_day[one.published, one.assessed].append(one)
    intensities = Intensities(table.rows)
    for rows in by_day.values():
        source = _source(rows[0], table)
        name = source["id"]
        left_out = Counter(table.left_out.get((rows[0].published, rows[0].assessed), Counter()))
        if name in told:
            # What it says has its rows in the file before, which may be an older copy of the same table.
            reason = "assessments of days that a file before tells of"
            yield Batch({**source, "sha256": None}, left_out=Counter({reason: len(rows)}))
            continue
        told.add(name)
        things, statements = intensities.of(name, rows, left_out)
        yield Batch(source, (_PUBLISHER, *things), tuple(statements), left_out=left_out)


def _source(one: Assessment, table: AssessmentTable) -> Node:
    kind = f"{table.kind}-" if table.kind else ""
    called = f"{table.kind} carbon performance" if table.kind else "carbon performance"
    return {
        "id": f"tpi-{kind}{one.assessed}-published-{one.published}",
        "type": "Dataset",
        "title": f"TPI: {called} as assessed on {one.assessed}",
        "url": "https://www.transitionpathwayinitiative.org/corporates",
        "publisher": "transition-pathway-initiative",
        "published": one.published.isoformat(),
        "sha256": table.digest,
    }


def _recognises(opening: Opening) -> bool:
    return has_columns(opening, key_of, NEEDED)


FORMAT: Final = PublishedFormat(
    "carbon-performance",
    "Carbon performance of companies, by the Transition Pathway Initiative",
    "CSV or XLSX with columns such as Years with targets and History to Projection cutoff year",
    _recognises,
    read,
    extra="tables",
)
