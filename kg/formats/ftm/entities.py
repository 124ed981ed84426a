"""The entities of a file of FollowTheMoney: a line of JSON each, or put together of their statements.

A file may be of gigabytes: entities are read one by one, and statements are sorted by entities on the
disk first, so that all of one are together.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal, TypeAlias

from kg.base import SourceError, SpilledLines
from kg.formats.bounds import MAX_LINE, iterate_json_lines
from kg.formats.ftm.schemata import SCHEMATA, most_specific
from kg.formats.opening import MAX_BYTES
from kg.sources import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.formats.opening import Opening

    Form: TypeAlias = Literal["entities", "statements", "rows"]

MAX_ID: Final = 200
"""How many characters the identifier of an entity may have."""

_COLUMNS: Final = ("canonical_id", "entity_id", "prop", "schema", "value", "dataset")
_EXTERNAL: Final = (True, "t", "true", "True", "1")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SORTED: Final = 10_000  # lines that are sorted together


@dataclass(frozen=True, slots=True)
class PublishedEntity:
    """An entity: its `id`, its `schema`, and its `values` as texts, by property.

    `line` is where it stands, or the first of its statements; `seen` are the days on which it was
    first and last known, `datasets` say it, `referents` are its other identifiers. `schema` is ""
    where it is of several that exclude each other; `nested` counts values that are no texts.
    """

    line: int
    id: str
    schema: str
    values: Mapping[str, Sequence[str]]
    datasets: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    caption: str | None = None
    nested: int = 0

    def all_of(self, *names: str) -> list[str]:
        """Return the values of some properties, each once."""
        return list(dict.fromkeys(one for name in names for one in self.values.get(name, ())))


def form_of(opening: Opening) -> Form | None:
    r"""Tell by the beginning of a file in which form it has entities, or None where it has none.

    >>> from pathlib import Path
    >>> from kg.formats.opening import Opening
    >>> form_of(Opening(Path("a"), b'{"id": "x", "schema": "Company", "properties": {}}\n'))
    'entities'
    """
    if opening.json.get("/schema") in SCHEMATA:
        if opening.json.get("/properties") == "{":
            return "entities"
        if all(f"/{name}" in opening.json for name in ("entity_id", "prop", "value")):
            return "statements"
    head = opening.rows[0] if opening.rows else ()
    return "rows" if set(_COLUMNS) <= set(head) else None


@dataclass(frozen=True)
class EntityFile:
    """The entities of a file, as often as they are asked for, in its order, or in that of their statements.

    `left_out` counts what is no part of any of them, once they have been gone through.

    Raises, when it is gone through:
        SourceError: a line is no JSON, no entity, no statement, or out of bounds.
    """

    path: Path
    form: Form
    left_out: Counter[str] = field(default_factory=Counter)
    _sorted: list[SpilledLines] = field(default_factory=list)

    def __iter__(self) -> Iterator[PublishedEntity]:
        """Yield the entities one by one."""
        if self.form == "entities":
            for line, data in iterate_json_lines(self.path, limit=MAX_BYTES):
                yield _entity(data, self.path, line)
        else:
            yield from self._of_statements()

    def _of_statements(self) -> Iterator[PublishedEntity]:
        if not self._sorted:
            self._sorted.append(self._sort())
        rows = map(json.loads, self._sorted[0])
        for canonical, group in groupby(rows, key=lambda row: row[0]):
            yield _united(canonical, list(group))

    def _sort(self) -> SpilledLines:
        lines, held = SpilledLines(), list[bytes]()
        for line, data in self._statements():
            if data.get("external") in _EXTERNAL:
                self.left_out["statements of external datasets that nobody has confirmed"] += 1
                continue
            told = [_text(data, name, self.path, line) for name in _COLUMNS]
            canonical = told[0] or told[1]
            if not canonical or len(canonical) > MAX_ID or not told[2] or not told[3]:
                raise SourceError(self.path, "is no statement: it has no entity", line=line)
            days = [_day(data.get(name)) for name in ("first_seen", "last_seen")]
            row = [canonical, line, *told[1:], *days]
            held.append(json.dumps(row, ensure_ascii=True).encode() + b"\n")
            if len(held) >= _SORTED:
                lines.add(held)
                held = []
        lines.add(held)
        return lines

    def _statements(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        if self.form == "statements":
            for line, data in iterate_json_lines(self.path, limit=MAX_BYTES):
                if not isinstance(data, dict):
                    raise SourceError(self.path, "is no statement", line=line)
                yield line, data
        else:
            yield from self._rows()

    def _rows(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        with opened(self.path, limit=MAX_BYTES) as file:
            texts = (_decoded(line, self.path, at) for at, line in enumerate(_lines_of(file), 1))
            reader = csv.DictReader(texts, restval="", strict=True)
            try:
                if not set(_COLUMNS) <= set(reader.fieldnames or ()):
                    raise SourceError(
                        self.path,
                        "has other marks than commas between its cells; save it with commas",
                        line=1,
                    )
                for row in reader:
                    yield reader.line_num, row
            except csv.Error as error:
                problem = f"is no CSV: {error}"
                raise SourceError(self.path, problem, line=reader.line_num) from None


def _lines_of(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.readline(MAX_LINE + 1), b"")


def _decoded(line: bytes, path: Path, at: int) -> str:
    if len(line) > MAX_LINE:
        raise SourceError(path, f"has a line of more than {MAX_LINE:,} bytes", line=at)
    try:
        return line.decode("utf-8-sig" if at == 1 else "utf-8")
    except UnicodeDecodeError:
        raise SourceError(path, "is not UTF-8; save it as UTF-8", line=at) from None


def _text(data: Mapping[str, Any], name: str, path: Path, line: int) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SourceError(path, f"is no statement: its {name} is no text", line=line)
    return value


def _day(value: Any) -> str | None:
    """Return the day of a moment, or None where there is none."""
    found = _DAY.match(value) if isinstance(value, str) else None
    return found[0] if found else None


def _entity(data: Any, path: Path, line: int) -> PublishedEntity:
    if not isinstance(data, dict):
        raise SourceError(path, "is no entity", line=line)
    name, schema, properties = (data.get(key) for key in ("id", "schema", "properties"))
    if not isinstance(name, str) or not 0 < len(name) <= MAX_ID:
        raise SourceError(path, f"is no entity: it has no id of up to {MAX_ID} letters", line=line)
    if not isinstance(schema, str) or not isinstance(properties, dict):
        raise SourceError(path, "is no entity: it has no schema or no properties", line=line)
    values: dict[str, list[str]] = {}
    nested = 0
    for key, given in properties.items():
        several = given if isinstance(given, list) else [given]
        texts = [one for one in several if isinstance(one, str)]
        nested += len(several) - len(texts)
        values[key] = texts
    first, *later = (_day(data.get(key)) for key in ("first_seen", "last_seen", "last_change"))
    caption = data.get("caption")
    return PublishedEntity(
        line,
        name,
        schema,
        values,
        _texts(data.get("datasets")),
        _texts(data.get("referents")),
        first,
        max(filter(None, (first, *later)), default=None),
        caption if isinstance(caption, str) else None,
        nested,
    )


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(sorted({one for one in value if isinstance(one, str) and one}))


def _united(canonical: str, rows: Sequence[Sequence[Any]]) -> PublishedEntity:
    """Return the entity that some statements make: of several schemata it has the most specific one."""
    rows = sorted(rows, key=lambda row: row[1])
    values: dict[str, dict[str, None]] = {}
    for _, _, _, prop, _, value, *_ in rows:
        if prop != "id" and value:
            values.setdefault(prop, {})[value] = None
    seen = [day for row in rows for day in row[-2:] if day]
    return PublishedEntity(
        rows[0][1],
        canonical,
        most_specific({row[4] for row in rows}),
        {prop: list(found) for prop, found in values.items()},
        tuple(sorted({row[6] for row in rows if row[6]})),
        tuple(sorted({row[2] for row in rows if row[2] and row[2] != canonical})),
        min((row[-2] for row in rows if row[-2]), default=None),
        max(seen, default=None),
    )
