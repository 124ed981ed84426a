"""One shipped table as two mappings of the same statements: ours in SPARQL, the others' in RML."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Final

from kg.base import resources as home

if TYPE_CHECKING:
    from pathlib import Path

_TABLE: Final = "clean-investment-monitor-2024-q4"
_ID: Final = "https://w3id.org/corporate-plans/id/"
_CP: Final = "https://w3id.org/corporate-plans/ontology#"
_KEPT: Final = ("unique_id", "Company", "Estimated_Total_Facility_CAPEX", "Announcement_Date")

_OURS: Final = f"""PREFIX t: <{_ID}{_TABLE}#>
CONSTRUCT {{
  ?facility a cp:Facility ; rdfs:label ?label .
  ?announced a cp:StatusReport ; cp:source id:{_TABLE} ; cp:row ?row ;
    cp:about ?facility ; cp:status cp:announced ; cp:from ?day .
  ?cost a cp:Observation ; cp:source id:{_TABLE} ; cp:row ?row ;
    cp:about ?facility ; cp:indicator id:capital-cost-2023 ; cp:value ?millions .
}}
WHERE {{
  ?row t:unique_id ?id ; t:Company ?company ; t:Announcement_Date ?day ;
    t:Estimated_Total_Facility_CAPEX ?millions .
  BIND (STRLANG(?company, "en") AS ?label)
  BIND (ENCODE_FOR_URI(?id) AS ?key)
  BIND (IRI(CONCAT(STR(id:), "facility/", ?key)) AS ?facility)
  BIND (IRI(CONCAT(STR(id:{_TABLE}), "/", ?key, ".announced")) AS ?announced)
  BIND (IRI(CONCAT(STR(id:{_TABLE}), "/", ?key, ".cost")) AS ?cost)
}}
"""

_RML: Final = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix cp: <CP> .
@prefix id: <ID> .
<#facility> rml:logicalSource [ rml:source "CSV" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "IDfacility/{unique_id}" ; rr:class cp:Facility ] ;
  rr:predicateObjectMap [ rr:predicate rdfs:label ;
    rr:objectMap [ rml:reference "Company" ; rr:language "en" ] ] .
<#announced> rml:logicalSource [ rml:source "CSV" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "IDTABLE/{unique_id}.announced" ; rr:class cp:StatusReport ] ;
  rr:predicateObjectMap [ rr:predicate cp:source ; rr:object id:TABLE ] ,
    [ rr:predicate cp:row ; rr:objectMap [ rr:template "IDTABLE#row={number}" ] ] ,
    [ rr:predicate cp:about ; rr:objectMap [ rr:template "IDfacility/{unique_id}" ] ] ,
    [ rr:predicate cp:status ; rr:object cp:announced ] ,
    [ rr:predicate cp:from ;
      rr:objectMap [ rml:reference "Announcement_Date" ; rr:datatype xsd:date ] ] .
<#cost> rml:logicalSource [ rml:source "CSV" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "IDTABLE/{unique_id}.cost" ; rr:class cp:Observation ] ;
  rr:predicateObjectMap [ rr:predicate cp:source ; rr:object id:TABLE ] ,
    [ rr:predicate cp:row ; rr:objectMap [ rr:template "IDTABLE#row={number}" ] ] ,
    [ rr:predicate cp:about ; rr:objectMap [ rr:template "IDfacility/{unique_id}" ] ] ,
    [ rr:predicate cp:indicator ; rr:object id:capital-cost-2023 ] ,
    [ rr:predicate cp:value ; rr:objectMap [ rml:reference "Estimated_Total_Facility_CAPEX" ;
      rr:datatype xsd:decimal ] ] .
"""


def ours(at: Path) -> tuple[Path, Path]:
    """Return the table, with its metadata beside it, and the mapping for `kg import`."""
    path, mapping = _csv(at), at / "table.rq"
    metadata = json.loads(
        (home.data_folder() / "tables" / f"{_TABLE}.csv-metadata.json").read_text("utf-8")
    )
    columns = {column["name"]: column for column in metadata["tableSchema"]["columns"]}
    metadata["url"] = path.name
    metadata["tableSchema"] = {
        "primaryKey": "unique_id",
        "columns": [columns[name] for name in _KEPT] + [{"name": "number"}],
    }
    (at / f"{path.name}-metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    mapping.write_text(_OURS, encoding="utf-8")
    return path, mapping


def theirs(at: Path) -> tuple[Path, Path]:
    """Return the settings of morph-kgc, and where it then writes its N-Triples."""
    path, mapping = _csv(at), at / "table.rml.ttl"
    settings, made = at / "morph.ini", at / "morph.nt"
    text = _RML
    for word, by in (('"CSV"', f'"{path.resolve()}"'), ("TABLE", _TABLE), ("<CP>", f"<{_CP}>"),
                     ("<ID>", f"<{_ID}>"), ('"ID', f'"{_ID}')):  # fmt: skip
        text = text.replace(word, by)
    mapping.write_text(text, encoding="utf-8")
    settings.write_text(
        f"[CONFIGURATION]\noutput_file={made.resolve()}\noutput_format=N-TRIPLES\n"
        f"[TABLE]\nmappings={mapping.resolve()}\n",
        encoding="utf-8",
    )
    return settings, made


def _csv(at: Path) -> Path:
    """Write the columns that both map, of the rows that have all of them, with the rows' numbers."""
    path = at / "table.csv"
    source = home.data_folder() / "tables" / f"{_TABLE}.csv"
    with source.open(encoding="utf-8", newline="") as read:
        rows = [row for row in csv.DictReader(read) if all(row[name].strip() for name in _KEPT)]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*_KEPT, "number"])
        for number, row in enumerate(rows, 2):
            writer.writerow([*(row[name] for name in _KEPT), number])
    return path
