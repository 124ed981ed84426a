"""An entity of FollowTheMoney: what it is called there, which properties it has, and what may stand in them.

The model is https://followthemoney.tech; of it, here is what we write. The tests hold each schema,
property and value against the library itself, which weighs 77 MB and is needed by nobody who exports.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.base import FTM_PREFIX, visible
from kg.export.outside import safe_link

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

TYPES: Final[Mapping[str, str]] = {
    "alias": "name", "amount": "number", "asset": "entity", "author": "string", "country": "country",
    "currency": "string", "date": "date", "description": "text", "director": "entity",
    "document": "entity", "employee": "entity", "employer": "entity", "endDate": "date",
    "entity": "entity", "goal": "string", "isin": "identifier", "issuer": "entity",
    "keywords": "string", "language": "language", "leiCode": "identifier", "level": "string",
    "name": "name", "object": "entity", "organization": "entity", "owner": "entity",
    "participant": "entity", "partOf": "entity", "project": "entity", "proof": "entity",
    "publishedAt": "date", "publisher": "string", "recordId": "string", "role": "string",
    "sourceUrl": "url", "startDate": "date", "status": "string", "subject": "entity",
    "summary": "text", "territoryCode": "identifier", "ticker": "identifier", "title": "string",
    "wikidataId": "identifier",
}  # fmt: skip
"""The properties that we write, each with its type, which is the same in every schema that has it."""

_LONGEST: Final = {"name": 384, "string": 1024, "text": 65_000, "identifier": 32, "url": 4096}
_ID: Final = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z.-]*(?<=[0-9a-zA-Z])")
_MOST_OF_ID: Final = 200
_QUOTES: Final = "\"'"


@dataclass(frozen=True)
class FtmEntity:
    """An entity: its `id`, its `schema`, and its values as texts, by property.

    It is known since the day `first_seen`, where one is known; `origin` is the slug of the source
    that says it, where it is one.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_seen: str | None = None
    origin: str | None = None


def entity_id(slug: str) -> str:
    """Return the identifier of what we call by a slug: the slug itself, where it may stand there.

    >>> entity_id("xiaomi"), entity_id("café")
    ('cp-xiaomi', 'cp-caf-850f7dc43910')
    """
    plain = FTM_PREFIX + slug
    if len(plain) <= _MOST_OF_ID and _ID.fullmatch(plain):
        return plain
    # Two slugs that differ in what may not stand there still differ.
    digest = hashlib.sha256(slug.encode()).hexdigest()[:12]
    kept = re.sub(r"[^0-9a-zA-Z.-]", "", plain)[:100]
    return f"{kept}-{digest}"


def stamp(day: str | None) -> str | None:
    """Return the moment as which FollowTheMoney knows a day; its databases take nothing shorter.

    >>> stamp("2017-03-28")
    '2017-03-28T00:00:00'
    """
    return f"{day}T00:00:00" if day else None


def make_entity(  # noqa: PLR0913 - the parts of an entity, and where to count what it cannot hold
    slug: str,
    schema: str,
    values: Mapping[str, Iterable[str | None]],
    left_out: Counter[str],
    *,
    first_seen: str | None = None,
    origin: str | None = None,
) -> FtmEntity:
    """Return an entity of some values; what may not stand in a property is counted in `left_out`.

    >>> from collections import Counter
    >>> left_out = Counter()
    >>> made = make_entity("acme", "Company", {"name": ["Acme  Inc."], "ticker": ["A" * 80]}, left_out)
    >>> made.properties, left_out
    ({'name': ('Acme Inc.',)}, Counter({'values that are longer than FollowTheMoney allows': 1}))
    """
    properties = {}
    for name, given in sorted(values.items()):
        kind = TYPES[name]
        kept: dict[str, None] = {}  # each value once, in the order in which they came
        for value in given:
            text = _clean(value, kind) if value else ""
            if not text:
                continue
            if len(text) > _LONGEST.get(kind, len(text)):
                left_out["values that are longer than FollowTheMoney allows"] += 1
                continue
            kept[text] = None
        if kept:
            properties[name] = tuple(kept)
    return FtmEntity(entity_id(slug), schema, properties, first_seen or None, origin)


def _clean(value: str, kind: str) -> str:
    """Return a value as FollowTheMoney keeps it."""
    if kind == "entity":
        return entity_id(value)
    if kind == "url":
        return safe_link(value) or ""
    text = " ".join(visible(" ".join(value.split())).split())
    # A name in quotes is one without.
    while kind == "name" and len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES:
        text = text[1:-1].strip()
    return text
