"""Entities of Wikidata in a file: one, those that an interface answered with, or a dump, a line each.

`Special:EntityData/Q42.json` and `wbgetentities` give an object `entities`, which holds them by their ids; a dump is a
list with one entity a line, so that it is read line by line, however large it is; what tools make of one is often JSON
lines. All have the same entities (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kg.base import SourceError
from kg.formats.bounds import MAX_LINE, load_json, parse_json
from kg.sources import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.formats.opening import Opening

MAX_BYTES: Final = 16 << 30
"""How many bytes a dump may have; parts of one, by a query, have far less."""

_ITEM: Final = re.compile("Q[1-9][0-9]*")
_ENTITY: Final = re.compile("[A-Z][1-9][0-9]{0,14}(?:-[A-Z][1-9][0-9]{0,14})?")  # Q1, P1, L1-F1
_IN_ALL: Final = re.compile("/entities/(Q[1-9][0-9]*)/type")


def holds_entities(opening: Opening) -> bool:
    """Tell whether a file is JSON with entities of Wikidata, or of another Wikibase."""
    values = opening.json
    if any(_IN_ALL.fullmatch(at) and value == "item" for at, value in values.items()):
        return True
    return any(
        values.get(f"{at}/type") == "item" and _ITEM.fullmatch(values.get(f"{at}/id", ""))
        for at in ("", "/0")
    )


def iterate_entities(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the entities of a file in order, each with where it stands: a JSON Pointer, or a line of JSON lines.

    Raises:
        SourceError: it is no file, too large, no JSON, or holds no entities, once that place is reached.
    """
    kind = _kind(path)
    for at, entity in _lines(path, kind) if kind else _whole(path):
        # What an entity is called here is made of its id.
        if not isinstance(entity, dict) or not _ENTITY.fullmatch(str(entity.get("id"))):
            raise SourceError(path, f"has no entity of Wikidata at {at or 'its beginning'}")
        yield at, entity


def _kind(path: Path) -> str:
    """Return `list` where a file is a list with an entity a line, `lines` where it is JSON lines, else ""."""
    with opened(path, limit=MAX_BYTES) as file:
        first = file.readline(MAX_LINE).strip()
        if first == b"[":
            second = file.readline(MAX_LINE).strip()
            return "list" if second.endswith((b"}", b"},")) and second.startswith(b"{") else ""
        more = bool(file.readline(MAX_LINE).strip())
    return "lines" if more and first.startswith(b"{") and first.endswith(b"}") else ""


def _lines(path: Path, kind: str) -> Iterator[tuple[str, Any]]:
    with opened(path, limit=MAX_BYTES) as file:
        count = 0
        for number, line in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), 1):
            if len(line) > MAX_LINE:
                raise SourceError(path, f"has a line of more than {MAX_LINE:,} bytes", line=number)
            said = line.strip().rstrip(b",")
            if said in (b"", b"[", b"]"):
                continue
            yield (
                (f"/{count}" if kind == "list" else f"line {number}: "),
                parse_json(said, path, line=number),
            )
            count += 1


def _whole(path: Path) -> Iterator[tuple[str, Any]]:
    document = load_json(path)
    if isinstance(document, list):
        yield from ((f"/{number}", entity) for number, entity in enumerate(document))
        return
    entities = document.get("entities") if isinstance(document, dict) else None
    if isinstance(entities, dict):
        yield from ((f"/entities/{key}", entity) for key, entity in entities.items())
    elif isinstance(entities, list):  # as wbgetentities once answered
        yield from ((f"/entities/{number}", entity) for number, entity in enumerate(entities))
    else:
        yield "", document
