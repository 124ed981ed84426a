"""Small tables of our own in the form of published ones, and what becomes of them."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Any

import openpyxl

import kg
from kg.formats import find_format, import_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.formats.batch import Node


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Mapping[str, object]], *above: list[str]
) -> Path:
    """Write a table as CSV with a mark before the text, as spreadsheets do, with rows `above` its header."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([*above, header])
        writer.writerows([row.get(title, "") for title in header] for row in rows)
    return path


def write_xlsx(
    path: Path, header: Sequence[str], rows: Iterable[Mapping[str, object]], *above: list[str]
) -> Path:
    """Write a table as the second sheet of a workbook, with rows `above` its header."""
    book = openpyxl.Workbook()
    book.active.append(["read me"])
    sheet: Any = book.create_sheet("Data")
    for line in (*above, header, *([row.get(title) for title in header] for row in rows)):
        sheet.append(list(line))
    book.save(path)
    return path


def together(batches: Iterable[Any]) -> tuple[dict[str, Node], dict[str, Node], Counter[str]]:
    """Return the statements and the things of batches by id, and what was left out of them."""
    statements: dict[str, Node] = {}
    things: dict[str, Node] = {}
    left_out: Counter[str] = Counter()
    for batch in batches:
        assert not isinstance(batch, Exception), batch
        statements |= {one["id"]: one for one in batch.statements}
        things |= {one["id"]: one for one in (batch.source, *batch.things)}
        left_out.update(batch.left_out)
    return statements, things, left_out


def built(folder: Path, *files: Path) -> kg.Graph:
    """Return the graph of what files say beside what ships; it holds to all shapes, or there is none."""
    path = folder / "imported.nq"
    path.write_bytes(b"".join(import_files(files).lines))
    return kg.build([path], shipped=True)


def verdicts(graph: kg.Graph, company: str, day: str) -> list[tuple[str, str, str]]:
    """Return what became of the promises of a company by a day: due, verdict and reason, in order."""
    answer = graph.ask("outcome", company=company, date=day)
    return sorted(
        (
            str(row["due"]),
            str(row["verdict"]).removeprefix("cp:"),
            str(row["reason"] or "").removeprefix("cp:"),
        )
        for row in answer
    )


def format_of(path: Path) -> str:
    """Return the name of the format that a file is known to be of."""
    found = find_format(path)
    return found.name if found else ""
