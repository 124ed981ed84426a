"""Small items in the structure of Wikidata's, made up but for the items that they are instances of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

GREGORIAN: Final = "http://www.wikidata.org/entity/Q1985727"
JULIAN: Final = "http://www.wikidata.org/entity/Q1985786"

HUMAN, COMPANY, COUNTRY, CITY = "Q5", "Q783794", "Q6256", "Q515"


def item(number: str) -> dict[str, Any]:
    """Return a value that is an item."""
    return {"entity-type": "item", "numeric-id": int(number[1:]), "id": number}


def time(day: str, precision: int = 11, calendar: str = GREGORIAN) -> dict[str, Any]:
    """Return a value that is a day, as far as it is known."""
    return {
        "time": f"+{day}T00:00:00Z", "timezone": 0, "before": 0, "after": 0,
        "precision": precision, "calendarmodel": calendar,
    }  # fmt: skip


def snak(property_: str, value: Any) -> dict[str, Any]:
    """Return a value of a property; None is one of which nothing is known but that it is there."""
    if value is None:
        return {"snaktype": "somevalue", "property": property_}
    kind = "string" if isinstance(value, str) else "wikibase-entityid"
    return {
        "snaktype": "value", "property": property_, "datavalue": {"value": value, "type": kind},
    }  # fmt: skip


def claim(property_: str, value: Any, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    """Return a statement."""
    said = {name: [snak(name, one)] for name, one in qualifiers.items()}
    return {
        "mainsnak": snak(property_, value), "type": "statement", "rank": rank, "qualifiers": said,
        "id": "Q1$0", "references": [],
    }  # fmt: skip


def entity(
    number: str, kind: str, name: str, *claims: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """Return an item of a kind, with an English name."""
    stated: dict[str, list[dict[str, Any]]] = {}
    for one in (claim("P31", item(kind)), *claims):
        stated.setdefault(one["mainsnak"]["property"], []).append(one)
    return {
        "type": "item", "id": number, "lastrevid": 7, "modified": "2026-05-04T10:11:12Z",
        "labels": {"en": {"language": "en", "value": name}}, "aliases": {}, "descriptions": {},
        "claims": stated, **more,
    }  # fmt: skip


def write_entities(path: Path, *entities: dict[str, Any]) -> Path:
    """Write items as an interface answers."""
    path.write_text(json.dumps({"entities": {one["id"]: one for one in entities}}))
    return path


def write_dump(path: Path, *entities: dict[str, Any]) -> Path:
    """Write items as a dump has them."""
    path.write_text("[\n" + ",\n".join(map(json.dumps, entities)) + "\n]\n")
    return path


def write_lines(path: Path, *entities: dict[str, Any]) -> Path:
    """Write items as JSON lines."""
    path.write_text("".join(json.dumps(one) + "\n" for one in entities))
    return path
