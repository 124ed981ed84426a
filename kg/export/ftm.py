"""FollowTheMoney, for OpenAleph, OpenSanctions' tools and their like: entities, a line of JSON each.

Things are entities, each initiative and each promise is a `Project`, each relation a link; documents
are linked to what they state. What has no place there is counted, by reason.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.base import FTM_DATASET
from kg.export.ftm_entities import stamp
from kg.export.ftm_links import list_links, list_notes
from kg.export.ftm_promises import list_promises
from kg.export.ftm_scene import FtmScene
from kg.export.ftm_things import list_things
from kg.export.promised import known_day

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import date

    from kg.export.ftm_entities import FtmEntity
    from kg.query import Index


def write_ftm(
    index: Index, today: date | None = None, left_out: Counter[str] | None = None
) -> bytes:
    """Return a graph as entities of FollowTheMoney, a line of JSON each.

    How promises stand is told as of `today`, or the day of the last source. What cannot be said there
    is counted by reason in `left_out`.

    >>> import json, kg
    >>> lines = write_ftm(kg.build(check=False).index).splitlines()
    >>> xiaomi = next(one for one in map(json.loads, lines) if one["id"] == "cp-xiaomi")
    >>> xiaomi["schema"], xiaomi["properties"]["wikidataId"]
    ('Company', ['Q1636958'])
    """
    day = today or known_day(index)
    last_seen = stamp(day.isoformat()) if day else None
    entities = list_entities(index, today, left_out)
    return b"".join(_line(_told(one, last_seen)) for one in entities)


def list_entities(
    index: Index, today: date | None = None, left_out: Counter[str] | None = None
) -> Iterator[FtmEntity]:
    """Yield the entities of a graph, always in the same order."""
    scene = FtmScene(index)
    yield from list_things(scene)
    yield from list_links(scene)
    yield from list_promises(scene, today or known_day(index))
    yield from list_notes(scene)
    if left_out is not None:
        left_out.update(+scene.left_out)


def _told(entity: FtmEntity, last_seen: str | None) -> dict[str, Any]:
    names = entity.properties.get("name") or entity.properties.get("title")
    told = {
        "id": entity.id,
        "caption": names[0] if names else None,
        "schema": entity.schema,
        "properties": entity.properties,
        "datasets": [FTM_DATASET],
        "first_seen": stamp(entity.first_seen),
        "last_seen": last_seen if entity.first_seen else None,
        "origin": [entity.origin] if entity.origin else None,
    }
    return {key: value for key, value in told.items() if value is not None}


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
