"""What an export is, for whoever finds it: licence, day, versions and counts, as an RO-Crate 1.2 beside it."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from kg.base import SHIPPED_LICENCE, UsageError
from kg.export.outside import load_library, safe_link
from kg.export.promised import known_day
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query import Index

MANIFEST: Final = "ro-crate-metadata.json"
"""What a manifest is called in a folder; beside a file it has the file's name before that, and a hyphen."""

_COUNTS: Final = """SELECT
  (COUNT(DISTINCT ?s) AS ?statements) (COUNT(DISTINCT ?x) AS ?sources)
  (COUNT(DISTINCT ?promise) AS ?promises)
  { { ?s cp:source ?x } UNION { ?promise cp:hasOutcome ?o ; cp:promisedBy ?whose } }"""
_ONTOLOGY: Final = (
    "SELECT ?version { <https://w3id.org/corporate-plans/ontology> owl:versionInfo ?version }"
)
_TYPES: Final = {
    "atom": "application/atom+xml", "csv": "text/csv", "cx2": "application/json",
    "gexf": "application/gexf+xml", "graphml": "application/graphml+xml", "ics": "text/calendar",
    "jsonld": "application/ld+json", "nq": "application/n-quads", "nt": "application/n-triples",
    "parquet": "application/vnd.apache.parquet", "rdf": "application/rdf+xml", "trig": "application/trig",
    "ttl": "text/turtle",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_LONG_TYPES: Final = {".ftm.json": "application/x-ndjson"}


def write_manifest(index: Index, files: Mapping[str, bytes], licence: str) -> bytes:
    """Return the manifest of some `files`, by name, that a graph has been written to.

    Its day is that of the last source. The same graph and files give the same bytes.

    Raises:
        UsageError: the licence is no address, or no source has a day.
        MissingExtraError: rocrate is not installed; it comes with the extra `export`.
    """
    library = load_library("rocrate.rocrate", "a manifest")
    model = load_library("rocrate.model", "a manifest")
    day = known_day(index)
    if safe_link(licence) is None:
        raise UsageError(
            f"{licence!r} names no licence; give the address of one, as {SHIPPED_LICENCE}"
        )
    if day is None:
        raise UsageError("no source here has a day, and a manifest has to have one")
    crate = library.ROCrate(version="1.2")
    root = crate.root_dataset
    root["name"] = "Corporate plans"
    root["description"] = "What companies plan, what became of it, and who says so."
    root["datePublished"] = day.isoformat()
    root["license"] = crate.add(
        model.ContextEntity(crate, licence, properties={"@type": "CreativeWork", "name": licence})
    )
    root["creator"] = crate.add(_software(model, crate))
    if versions := select_rows(index, _ONTOLOGY):
        root["version"] = str(versions[0][0])
    root["variableMeasured"] = [
        crate.add(_figure(model, crate, name, number)) for name, number in _counts(index).items()
    ]
    for name, data in sorted(files.items()):
        crate.add_file(dest_path=name, properties=_told(name, data))
    written = json.dumps(crate.metadata.generate(), indent=2, sort_keys=True, ensure_ascii=False)
    return (written + "\n").encode()


def _counts(index: Index) -> dict[str, int]:
    ((statements, sources, promises),) = select_rows(index, _COUNTS)
    figures = {"statements": statements, "sources": sources, "promises": promises}
    return {name: int(str(number)) for name, number in figures.items()} | {"triples": len(index)}


def _software(model: Any, crate: Any) -> Any:
    told = {
        "@type": "SoftwareApplication",
        "name": "kg",
        "version": version("corporate-plans-kg"),
    }
    return model.ContextEntity(crate, "#kg", properties=told)


def _figure(model: Any, crate: Any, name: str, number: int) -> Any:
    told = {"@type": "PropertyValue", "name": name, "value": number}
    return model.ContextEntity(crate, f"#{name}", properties=told)


def _told(name: str, data: bytes) -> dict[str, Any]:
    told = {"contentSize": str(len(data)), "sha256": hashlib.sha256(data).hexdigest()}
    ending = next((one for one in _LONG_TYPES if name.lower().endswith(one)), None)
    media = _LONG_TYPES[ending] if ending else _TYPES.get(name.rpartition(".")[2].lower())
    return {**told, "encodingFormat": media} if media else told
