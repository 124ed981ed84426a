"""How long large tables take, beside morph-kgc: `python -m tests.benchmarks.tables`.

The tables have the columns and the cells of the shipped Clean Investment Monitor, whose rows come again under
other keys, as CSV, Parquet and XLSX. The mapping is one that RML can say as well, so that both make the
same triples; that they do is checked. Every step runs in a process of its own, and the least of some
runs of one after the other counts, by the time of the processor and by the clock; TABLES.md is written.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import CP, data_folder, nquads

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: Final = 100_000
"""How many rows a table has."""

MANY: Final = 1_000_000
"""How many rows the long one has, of which only how much memory it takes is asked."""

RUNS: Final = 2
"""How often each is run; a workbook once, for morph-kgc reads it anew for each rule, which takes minutes."""

KINDS: Final = {"CSV": ".csv", "Parquet": ".parquet", "XLSX": ".xlsx"}
"""The kinds of tables, each with its ending."""

REMARKS: Final = ("Measured on a machine with other work, which lengthens the time by the clock.",)
"""What is to be known of the figures that stand in TABLES.md, and of no later ones: who measures anew empties it."""

PAGE: Final = Path(__file__).with_name("TABLES.md")
_TABLE: Final = data_folder() / "tables" / "clean-investment-monitor-2024-q4.csv"
_ID: Final = "https://w3id.org/corporate-plans/id/"
_COST: Final = "Estimated_Total_Facility_CAPEX"

MAPPING: Final = f"""PREFIX t: <{_ID}t#>
CONSTRUCT {{
  ?company a cp:Organization ; rdfs:label ?label .
  ?plan a cp:Initiative ; cp:company ?company ; cp:kind cp:energy .
  ?report a cp:StatusReport ; cp:source id:t ; cp:row ?row ; cp:about ?plan ; cp:status cp:announced ; cp:from ?day .
  ?cost a cp:Observation ; cp:source id:t ; cp:row ?row ; cp:about ?plan ; cp:indicator id:capital-cost-2023 ;
    cp:kind cp:forecast ; cp:value ?value .
}} WHERE {{
  ?row t:unique_id ?id ; t:Company ?name ; t:Announcement_Date ?day ; t:{_COST} ?value .
  BIND (STRLANG(?name, "en") AS ?label)
  BIND (IRI(CONCAT(STR(id:), "cim/company/", ENCODE_FOR_URI(?name))) AS ?company)
  BIND (IRI(CONCAT(STR(id:), "cim/plan/", ?id)) AS ?plan)
  BIND (IRI(CONCAT(STR(id:t), "/", ?id, ".announced")) AS ?report)
  BIND (IRI(CONCAT(STR(id:t), "/", ?id, ".cost")) AS ?cost)
}}
"""

_RML: Final = f"""@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix cp: <{CP}> .
@prefix id: <{_ID}> .
"""
_MAP: Final = """<#{name}> a rr:TriplesMap ;
  rml:logicalSource [ rml:source "{path}" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "{subject}" ; rr:class cp:{kind} ; rr:graph id:t ] ;
{properties} .
"""
_PLAN: Final = f'rr:template "{_ID}cim/plan/{{unique_id}}"'
_ROW: Final = f'rr:template "{_ID}t#row={{unique_id}}"'
_MAPS: Final[dict[str, tuple[str, str, dict[str, str]]]] = {
    "company": (f"{_ID}cim/company/{{Company}}", "Organization", {
        "rdfs:label": 'rml:reference "Company" ; rr:language "en"',
    }),
    "plan": (f"{_ID}cim/plan/{{unique_id}}", "Initiative", {
        "cp:company": f'rr:template "{_ID}cim/company/{{Company}}"', "cp:kind": "rr:constant cp:energy",
    }),
    "report": (f"{_ID}t/{{unique_id}}.announced", "StatusReport", {
        "cp:source": "rr:constant id:t", "cp:row": _ROW, "cp:about": _PLAN, "cp:status": "rr:constant cp:announced",
        "cp:from": 'rml:reference "Announcement_Date" ; rr:datatype xsd:date',
    }),
    "row": (f"{_ID}t#row={{unique_id}}", "Row", {"rdf:value": 'rr:template "row={unique_id}" ; rr:termType rr:Literal'}),
    "cost": (f"{_ID}t/{{unique_id}}.cost", "Observation", {
        "cp:source": "rr:constant id:t", "cp:row": _ROW, "cp:about": _PLAN, "cp:kind": "rr:constant cp:forecast",
        "cp:indicator": "rr:constant id:capital-cost-2023",
        "cp:value": f'rml:reference "{_COST}" ; rr:datatype xsd:decimal',
    }),
}  # fmt: skip


class Spent(NamedTuple):
    """What a run took: seconds of the processor and by the clock, and mebibytes at its peak."""

    seconds: float
    wall: float
    memory: float


def write_tables(
    folder: Path, rows: int, kinds: tuple[str, ...] = tuple(KINDS.values())
) -> dict[str, Path]:
    """Write a table of so many rows into a folder, in every kind of file, with all that describes it."""
    described = json.loads(Path(f"{_TABLE}-metadata.json").read_text("utf-8"))
    paths = {kind: folder / f"t{kind}" for kind in (".csv", *kinds)}
    for path in paths.values():
        said = described | {"@id": "t", "url": path.name}
        Path(f"{path}-metadata.json").write_text(json.dumps(said), "utf-8")
        path.with_suffix(".rq").write_text(MAPPING, "utf-8")
    with paths[".csv"].open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows(rows))
    if ".parquet" in kinds:
        import polars as pl

        texts = pl.read_csv(paths[".csv"], infer_schema=False)
        texts.with_columns(pl.col(_COST).cast(pl.Float64)).write_parquet(paths[".parquet"])
    if ".xlsx" in kinds:
        import openpyxl

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("t")
        header, *others = _rows(rows)
        sheet.append(header)
        at = header.index(_COST)
        for cells in others:
            sheet.append([*cells[:at], float(cells[at]), *cells[at + 1 :]])
        book.save(paths[".xlsx"])
    return paths


def _rows(number: int) -> Iterator[list[str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        header, *given = csv.reader(file)
    yield header
    at = header.index(_COST)
    # Of a row without a cost RML would say the half.
    whole = [cells for cells in given if cells[at]]
    for key, cells in enumerate(islice(cycle(whole), number), 2):
        # Without zeros at its end: there both write a number in the same way.
        cost = f"{Decimal(cells[at]).normalize():f}"
        # The number of its row is its key, for RML cannot count.
        yield [str(key), *cells[1:at], cost, *cells[at + 1 :]]


def write_rml(table: Path) -> Path:
    """Write what the mapping says in RML, and the settings for morph-kgc, which are returned."""
    said = [_RML]
    for name, (subject, kind, properties) in _MAPS.items():
        lines = " ;\n".join(
            f"  rr:predicateObjectMap [ rr:predicate {path} ; rr:objectMap [ {value} ] ]"
            for path, value in properties.items()
        )
        said.append(
            _MAP.format(name=name, path=table, subject=subject, kind=kind, properties=lines)
        )
    mapping, settings = (table.with_name(f"{table.name}{end}") for end in (".rml.ttl", ".ini"))
    mapping.write_text("\n".join(said), "utf-8")
    settings.write_text(
        f"[CONFIGURATION]\noutput_format = N-QUADS\noutput_file = {table}.theirs.nq\n"
        f"[table]\nmappings = {mapping}\n",
        "utf-8",
    )
    return settings


def map_one(table: Path) -> None:
    """Map a table and write what it says beside it."""
    from kg.tables.mapping import map_table

    mapped = map_table(table, table.with_suffix(".rq"))
    with Path(f"{table}.ours.nq").open("wb") as file:
        file.writelines(map(b"".join, mapped.lines.blocks()))


def measure(command: list[str]) -> Spent:
    """Return what a command takes, its start and all its processes included."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def least(commands: dict[str, list[str]], runs: int) -> dict[str, Spent]:
    """Return the least that commands take of some runs, which follow one after the other."""
    spent: dict[str, list[Spent]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            spent[name].append(measure(command))
    return {name: Spent(*map(min, zip(*all_, strict=True))) for name, all_ in spent.items()}


def other_mapper() -> str | None:
    """Return a Python that has morph-kgc: that of KG_MORPH, else this one if it has it."""
    has_it = importlib.util.find_spec("morph_kgc") is not None
    return os.environ.get("KG_MORPH") or (sys.executable if has_it else None)


def differing(table: Path) -> int:
    """Return how many lines one of both says of a table and the other does not, what it is itself aside."""
    about = f"<{_ID}t> ".encode()
    publisher = f"<{_ID}clean-investment-monitor> ".encode()
    ours, theirs = (
        set(nquads.split(Path(f"{table}.{who}.nq").read_bytes())) for who in ("ours", "theirs")
    )
    ours = {line for line in ours if not line.startswith((about, publisher))}
    return len(ours ^ theirs)


def main(*words: str) -> None:
    """Measure, and write the page."""
    if words[:1] == ("--map",):
        map_one(Path(words[1]))
        return
    if words[:1] == ("--write",):
        write_tables(Path(words[1]), int(words[2]), words[3:])
        return
    python = other_mapper()
    with tempfile.TemporaryDirectory() as name:
        folders = {rows: Path(name) / str(rows) for rows in (ROWS, MANY)}
        for folder in folders.values():
            folder.mkdir()
        tables = _written(folders[ROWS], ROWS, tuple(KINDS.values()))
        lines, different = [], []
        for kind, ending in KINDS.items():
            table = tables[ending]
            spent = least(_commands(table, python), 1 if kind == "XLSX" else RUNS)
            lines.append(_row(kind, ROWS, spent))
        long = _written(folders[MANY], MANY, (".csv",))[".csv"]
        lines.append(_row("CSV", MANY, least(_commands(long, None), 1)))
        # At the end: what is started by a process counts the memory that this one had.
        for kind, ending in KINDS.items() if python else ():
            different.append(f"{differing(tables[ending]):,} of {kind}")
    text = written_page(lines, different, f"{datetime.now(UTC):%Y-%m-%d}")
    PAGE.write_text(text, "utf-8")
    print(text)


def _written(folder: Path, rows: int, kinds: tuple[str, ...]) -> dict[str, Path]:
    """Write tables in another process: the peak of what is started here would count our own memory."""
    words = [sys.executable, "-m", "tests.benchmarks.tables", "--write", str(folder), str(rows)]
    subprocess.run([*words, *kinds], check=True)
    return {kind: folder / f"t{kind}" for kind in kinds}


def _commands(table: Path, python: str | None) -> dict[str, list[str]]:
    own = [sys.executable, "-m", "tests.benchmarks.tables", "--map", str(table)]
    theirs = [str(python), "-m", "morph_kgc", str(write_rml(table))]
    return {"kg": own} | ({"morph-kgc": theirs} if python else {})


def _row(kind: str, rows: int, spent: dict[str, Spent]) -> str:
    cells = [kind, f"{rows:,}"]
    for who in ("kg", "morph-kgc"):
        one = spent.get(who)
        cells += [f"{one.seconds:.1f}", f"{one.wall:.1f}", f"{one.memory:.0f}"] if one else [""] * 3
    print(*cells, file=sys.stderr, flush=True)  # it takes some minutes
    return f"| {' | '.join(cells)} |"


def written_page(
    lines: list[str], different: list[str], day: str, remarks: tuple[str, ...] = ()
) -> str:
    """Return the page: the rows of its table, in how many lines both differ, the day, and what else is to be known."""
    same = (
        f"Lines that one of them says and the other does not, those of the table itself aside: {', '.join(different)}."
        if different
        else "morph-kgc is not installed; KG_MORPH may name a Python that has it."
    )
    return "\n".join((
        "# How fast large tables are mapped",
        "",
        "`python -m tests.benchmarks.tables` writes this: tables with the columns and cells of the shipped Clean",
        "Investment Monitor, mapped by `kg.tables` and by morph-kgc with a mapping in RML that says the same, each in a",
        "process of its own, its start and its writing of N-Quads included. Seconds are those of the processor, and",
        "by the clock; MiB are those of its largest process at its peak. `kg` reads and checks all sixteen columns,",
        "the key and the evidence, and sorts what it writes; morph-kgc reads the columns that the mapping names.",
        "",
        "| table | rows | kg: seconds | by the clock | MiB | morph-kgc: seconds | by the clock | MiB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *lines,
        "",
        same,
        "In Parquet the costs are floating-point numbers: of a cost of nothing pandas makes 0.0.",
        *remarks,
        "",
        f"Measured on {day}.",
        "",
    ))  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
