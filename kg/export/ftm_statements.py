"""The statements of FollowTheMoney: a row for each value of each entity, with when it became known and by what."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING, Final

from kg.base import FTM_DATASET
from kg.export.ftm import list_entities
from kg.export.ftm_entities import TYPES, stamp
from kg.export.promised import known_day

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import date

    from kg.export.ftm_entities import FtmEntity
    from kg.query import Index

_COLUMNS: Final = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip


def write_ftm_statements(
    index: Index, today: date | None = None, left_out: Counter[str] | None = None
) -> bytes:
    """Return a graph as the statements of FollowTheMoney, in CSV, sorted by entities.

    `first_seen` is the day on which its source was published, and `origin` the slug of it.

    >>> import kg
    >>> rows = write_ftm_statements(kg.build(check=False).index).decode().splitlines()
    >>> rows[0].split(",")[:4]
    ['"canonical_id"', '"entity_id"', '"prop"', '"prop_type"']
    """
    day = today or known_day(index)
    last_seen = stamp(day.isoformat() if day else None)
    entities = sorted(list_entities(index, today, left_out), key=lambda one: one.id)
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for entity in entities:
        writer.writerows(_rows(entity, last_seen if entity.first_seen else None))
    return out.getvalue().encode()


def _rows(entity: FtmEntity, last_seen: str | None) -> Iterator[list[str]]:
    told = [("id", "id", entity.id)]
    told += [(key, TYPES[key], one) for key, values in entity.properties.items() for one in values]
    for name, kind, value in told:
        yield [
            entity.id, entity.id, name, kind, entity.schema, value, FTM_DATASET, entity.origin or "", "",
            "", "f", stamp(entity.first_seen) or "", last_seen or "", _key(entity.id, name, value),
        ]  # fmt: skip


def _key(entity: str, name: str, value: str) -> str:
    """Return what FollowTheMoney calls a statement: the digest of what it says."""
    said = f"{FTM_DATASET}.{entity}.{name}.{value}"
    return hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()
