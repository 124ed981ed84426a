"""Carbon performance tables of the Transition Pathway Initiative: what companies emit per unit of output.

Each day of assessment is a source of its own. So what one company's year is said to have been, or is
to be, stands beside what later assessments say of the same year, and each is known from its own day on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.batch import Batch
from kg.formats.climate.assessments import (
    NEEDED,
    Assessment,
    AssessmentTable,
    key_of,
    read_assessments,
)
from kg.formats.climate.intensities import Intensities
from kg.formats.columns import has_columns
from kg.formats.format import PublishedFormat, each_file

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
    told: dict[str, Path] = {}
    return each_file(paths, lambda path: _batches(path, told))


def _batches(path: Path, told: dict[str, Path]) -> Iterator[Batch]:
    table = read_assessments(path)
    by_day: defaultdict[str, list[Assessment]] = defaultdict(list)
    for one in sorted(table.rows, key=lambda one: (one.published, one.assessed, one.number)):
        by_day[_source(one, table)["id"]].append(one)
    if before := next((told[name] for name in by_day if name in told), None):
        raise SourceError(
            path, f"tells of assessments of which {before} tells, too; import the newer table alone"
        )
    told |= dict.fromkeys(by_day, path)
    return _written(table, by_day)


def _written(table: AssessmentTable, by_day: dict[str, list[Assessment]]) -> Iterator[Batch]:
    intensities = Intensities(table.rows)
    for name, rows in by_day.items():
        left_out = Counter(table.left_out[rows[0].published, rows[0].assessed])
        things, statements = intensities.of(name, rows, left_out)
        source = _source(rows[0], table)
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
