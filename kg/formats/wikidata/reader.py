"""Items of Wikidata: companies, people and places as things, and who leads, founded and owns whom as statements."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import CP, ID, RDF, SKOS, SourceError, data_folder
from kg.formats.batch import Batch
from kg.formats.cells import stands_for_none
from kg.formats.format import PublishedFormat
from kg.formats.wikidata.claims import has_any, items
from kg.formats.wikidata.file import MAX_BYTES, holds_entities, iterate_entities
from kg.formats.wikidata.relations import Party, relations_of
from kg.formats.wikidata.things import (
    PLACES,
    describe,
    exchange_code,
    kind_of,
    name_of,
    thing_id,
)
from kg.sources import find_files, opened, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.formats.batch import Node

ITEM: Final = "http://www.wikidata.org/entity/"
_ENDED: Final = ("P570", "P576")  # a day of death, or of dissolution
_PUBLISHER: Final = {"id": "wikidata-project", "type": "Organization", "label": "Wikidata"}


def read_items(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    """Yield what items say, each a source of its own: it was changed on a day of its own."""
    shipped = _shipped()
    for path in paths:
        try:
            # Twice: what an item says of another one depends on what that is, and the file is whole by then.
            file = _ItemsFile(path, shipped)
            yield from file.batches()
        except SourceError as error:
            yield error


class _ItemsFile:
    """A file of items, which has been read once to know what they are."""

    def __init__(self, path: Path, shipped: Mapping[str, Party]) -> None:
        self._path, self._shipped = path, shipped
        self._kinds: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._within_countries: set[str] = set()
        self._over: set[str] = set()
        self._others = 0
        for at, entity in iterate_entities(path):
            kind = kind_of(entity) if entity.get("type") == "item" else None
            if kind and _day(entity) is None:
                raise SourceError(
                    path,
                    f"does not say when {entity['id']} was changed last (modified) at {at or '/'}; without it"
                    " nobody can tell when its statements were known",
                )
            if kind:
                self._kinds[entity["id"]] = kind
            if kind and any(has_any(entity, name) for name in _ENDED):
                self._over.add(entity["id"])
            if kind == "Place" and items(entity, "P17"):
                self._within_countries.add(thing_id(entity["id"]))
            if code := exchange_code(entity):
                self._codes[entity["id"]] = code
            self._others += not (kind or code)
        if not self._kinds:
            raise SourceError(path, "describes no organization, person or place")
        self._sha256 = _digest(path)

    def batches(self) -> Iterator[Batch]:
        """Yield what the items say."""
        # What says nothing here is told with the first one, as it is no source.
        others = self._others
        for at, entity in iterate_entities(self._path):
            if entity["id"] in self._kinds:
                batch = self._batch(at, entity)
                if others:
                    batch.left_out["entities that are no organization, person or place"] += others
                    others = 0
                yield batch

    def _batch(self, at: str, entity: Mapping[str, Any]) -> Batch:
        item = entity["id"]
        day = _day(entity)
        source = f"{thing_id(item)}-{day}"
        revision = entity.get("lastrevid")
        described = {
            "id": source,
            "type": "Dataset",
            "title": f"{name_of(entity)} ({item}) on Wikidata",
            "url": f"https://www.wikidata.org/wiki/{item}",
            "publisher": _PUBLISHER["id"],
            "published": str(day),
            "description": f"Revision {revision}." if isinstance(revision, int) else None,
            "sha256": self._sha256,
        }
        kind = self._kinds[item]
        own = self._find(item) or Party(thing_id(item), kind)
        thing, left_out = describe(entity, kind, self._within(entity), self._codes)
        things: list[Node] = [_PUBLISHER]
        # A company is joined with a known one by whoever joins companies, its identifiers with it.
        if own.id == thing["id"]:
            things.append(thing)
        else:
            left_out["names of people and places that are known already"] += 1
        told = relations_of(entity, at, own, source, self._find)
        return Batch(described, tuple(things), told.statements, left_out=left_out + told.left_out)

    def _find(self, item: str) -> Party | None:
        known = self._shipped.get(item)
        if known and known.kind not in ("Company", "Organization"):
            return known
        if item in self._kinds:
            return Party(thing_id(item), self._kinds[item], item in self._over)
        return known

    def _within(self, entity: Mapping[str, Any]) -> str | None:
        """Return the smallest place that a place lies in and that is known, here or in the file."""
        for name in ("P131", "P17", "P30"):
            for item in items(entity, name):
                place = self._find(item)
                if (
                    place
                    and place.kind in PLACES
                    and item != entity["id"]
                    and self._is_above(place, entity)
                ):
                    return place.id
        return None

    def _is_above(self, place: Party, entity: Mapping[str, Any]) -> bool:
        """Tell whether a place may have another one in it: in Wikidata each of two may lie in the other."""
        order = ("City", "Region", "Country", "Place")
        own = self._kinds[entity["id"]]
        if own == "Place" and items(
            entity, "P17"
        ):  # a place within a country, whose class is not known
            own = "City"
        is_within = place.kind == "Place" and place.id in self._within_countries
        return not is_within and order.index(place.kind) > order.index(own)


def _day(entity: Mapping[str, Any]) -> date | None:
    found = re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(entity.get("modified")))
    try:
        day = date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
    return None if day is None or stands_for_none(day) else day


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with opened(path, limit=MAX_BYTES) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _shipped() -> dict[str, Party]:
    """Return the things that ship, by their items of Wikidata."""
    kinds: dict[str, str] = {}
    matches: dict[str, str] = {}
    for file in find_files([data_folder() / "things"]):
        for quad in ox.parse(read_source(file).quads, ox.RdfFormat.N_QUADS):
            subject, value = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
            if quad.predicate.value == SKOS + "exactMatch" and value.startswith(ITEM):
                matches[value.removeprefix(ITEM)] = subject
            elif quad.predicate.value == RDF + "type" and value.startswith(CP):
                kinds[subject] = value.removeprefix(CP)
    return {
        item: Party(iri.removeprefix(ID), "Company" if found == "JointVenture" else found)
        for item, iri in matches.items()
        if (found := kinds.get(iri)) is not None
    }


FORMAT: Final = PublishedFormat(
    name="wikidata",
    title="Items of Wikidata: organizations, people and places",
    files="an item (Special:EntityData), an answer of wbgetentities, or lines of a dump (JSON)",
    recognises=holds_entities,
    read=read_items,
    extra="formats",
)
