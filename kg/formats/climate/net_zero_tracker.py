"""Snapshots of the Net Zero Tracker, of whichever year: its columns have been renamed, its header moved down.

What ships with the project is its last snapshot under CC BY. Later ones are read from the user's own
copy, and carry their licence.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.batch import Batch
from kg.formats.cells import day_in, year_in
from kg.formats.climate.tracked_targets import tracked_targets
from kg.formats.columns import has_columns, headed_table, row
from kg.formats.format import PublishedFormat, each_file
from kg.formats.named import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Node
    from kg.formats.opening import Opening
    from kg.tables import HeadedRow

MAX_ROWS: Final = 200_000
"""How many rows a snapshot may have; in 2025 it had some four thousand."""

_AT_ONCE: Final = 500
_KEYS: Final = {
    "id_code": "code", "name": "name", "entity_type": "entity", "actor_type": "entity",
    "end_target": "end_target", "end_target_percentage_reduction": "end_percentage",
    "end_target_baseline_year": "end_base", "end_target_year": "end_year",
    "status_of_end_target": "status", "end_target_status": "status",
    "date_of_last_status_update": "status_year", "status_date": "status_year",
    "interim_target": "interim_target", "interim_target_percentage_reduction": "interim_percentage",
    "interim_target_baseline_year": "interim_base", "interim_target_year": "interim_year",
    "scope_1_coverage": "scope_1", "scope_1": "scope_1", "scope_2_coverage": "scope_2",
    "scope_2": "scope_2", "scope_3_coverage": "scope_3", "scope_3": "scope_3",
    "carbon_credits": "offsets", "carbon_credit_offsets": "offsets", "last_updated": "updated",
}  # fmt: skip
_NEEDED: Final = ("code", "name", "end_target", "end_year", "status")
_CODE: Final = re.compile("[A-Z]{2,4}-[0-9]{1,6}")
_TRACKER: Final = {
    "id": "net-zero-tracker",
    "type": "Organization",
    "label": "Net Zero Tracker (ECIU, Data-Driven EnviroLab, NewClimate Institute, Oxford Net Zero)",
}
# As the shipped table describes it, with which it may be built.
_NET_CARBON_DIOXIDE: Final = {
    "id": "net-carbon-dioxide",
    "type": "Indicator",
    "label": "net carbon dioxide",
    "definition": "The carbon dioxide that the operations, products or suppliers named set free in a year, less"
    " what is taken out of the air, or paid for to be avoided elsewhere, on their account; other greenhouse"
    " gases are not counted, so it is not comparable with net emissions.",
    "unit": "TONNE",
    "direction": "less-is-better",
    "aggregation": "flow",
}
_LICENCE: Final = "https://creativecommons.org/licenses/{}/4.0/"
_NOT_COMMERCIAL_SINCE: Final = date(2024, 12, 1)


def key_of(title: str) -> str | None:
    """Return the key of a column by its title.

    >>> key_of("Status_of_end_target"), key_of("end_target_status"), key_of("Industry")
    ('status', 'status', None)
    """
    return _KEYS.get(title.casefold().replace(" ", "_"))


def read(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    """Yield what snapshots of the Net Zero Tracker say; see `Reader`."""
    return each_file(paths, _read)


def _read(path: Path) -> Iterator[Batch]:
    table, saved = headed_table(path, key_of, _NEEDED)
    rows: list[HeadedRow] = []
    left_out: Counter[str] = Counter()
    seen = set[str]()
    for each in table:
        if each.number > MAX_ROWS:
            raise SourceError(path, f"has more than {MAX_ROWS:,} rows")
        code = each.cells["code"]
        if each.cells.get("entity", "Company").casefold() != "company":
            left_out["rows about countries, regions and cities"] += 1
        elif not _CODE.fullmatch(code) or code in seen or not plain_name(each.cells["name"]):
            left_out["rows without a name or a code of their own"] += 1
        else:
            seen.add(code)
            rows.append(each)
    if not rows:
        raise SourceError(path, "has no row about a company")
    published, precision = _published(path, rows, saved)
    source = _source(published, precision, table.digest)
    for first in range(0, len(rows), _AT_ONCE):
        yield _batch(source, rows[first : first + _AT_ONCE], published, left_out)
        left_out = Counter()


def _batch(
    source: Node,
    rows: Sequence[HeadedRow],
    published: date,
    left_out: Counter[str],
) -> Batch:
    things: list[Node] = [_TRACKER, _NET_CARBON_DIOXIDE]
    statements: list[Node] = []
    for each in rows:
        code = each.cells["code"]
        company = f"net-zero-tracker/{code}"
        tracked = tracked_targets(each.cells, company, published, left_out)
        if tracked.statements:
            # By name alone: of its ISINs some are of another company, and some have been replaced since.
            name = plain_name(each.cells["name"])
            things.append({"id": company, "type": "Company", "label": name})
        things += (
            {
                "id": plan,
                "type": "Initiative",
                "label": label,
                "company": company,
                "kind": "climate",
            }
            for plan, label in tracked.plans.items()
        )
        evidence = row(source["id"], each.number)
        statements += (
            {**one, "id": f"{source['id']}/{one['id']}", "row": evidence}
            for one in tracked.statements
        )
    return Batch(source, tuple(things), tuple(statements), left_out=left_out)


def _source(published: date, precision: list[str], digest: str) -> Node:
    licence = "by-nc" if published >= _NOT_COMMERCIAL_SINCE else "by"
    return {
        "id": f"net-zero-tracker-{published}",
        "type": "Dataset",
        "title": f"Net Zero Tracker: companies, snapshot of {published}",
        "url": "https://zerotracker.net/",
        "publisher": "net-zero-tracker",
        "published": published.isoformat(),
        "published_precision": precision,
        "sha256": digest,
        "http://purl.org/dc/terms/license": {"@id": _LICENCE.format(licence)},
    }


def _published(path: Path, rows: Sequence[HeadedRow], saved: date | None) -> tuple[date, list[str]]:
    """Return the day of a snapshot: that on which a row was updated or the workbook saved, last, else a year.

    Raises:
        SourceError: nothing in it tells.
    """
    days = [day_in(each.cells.get("updated", "")) for each in rows]
    updated = max(filter(None, days), default=None)
    years = [year_in(each.cells.get("status_year", "")[:4]) for each in rows]
    newest = max(filter(None, years), default=0)
    if updated:
        return updated, ["inferred"]
    if saved and saved.year >= newest:
        return saved, ["inferred"]
    if newest:
        return date(newest, 12, 31), ["year", "inferred"]
    raise SourceError(
        path,
        "does not tell when it was published; take the workbook (XLSX), which says when it was saved",
    )


def _recognises(opening: Opening) -> bool:
    return has_columns(opening, key_of, _NEEDED)


FORMAT: Final = PublishedFormat(
    "net-zero-tracker",
    "Targets for the climate, by the Net Zero Tracker",
    "XLSX or CSV with columns such as End_target and Status_of_end_target",
    _recognises,
    read,
    extra="tables",
)
