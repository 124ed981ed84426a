"""The command that makes a source of a table: import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import put, say, write
from kg.cli.limits import announce_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.identity import Matches
    from kg.tables import MappedTable


@click.command("import")
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--mapping", "-m", required=True, type=click.Path(path_type=Path),
              help="What a row states: a SPARQL CONSTRUCT query.")  # fmt: skip
@click.option("--output", "-o", default="-", show_default=True,
              help="Write to this file, N-Quads or TriG by its ending; - is stdout.")  # fmt: skip
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out instead of refusing the table.")
@click.option("--review", is_flag=True,
              help="Print what is wrong with identifiers, and companies that may be known ones, instead.")  # fmt: skip
def import_table(table: Path, mapping: Path, output: str, *, skip_bad: bool, review: bool) -> None:
    """Make a source of TABLE (CSV, XLSX or Parquet), whose metadata lies in TABLE-metadata.json."""
    from tempfile import gettempdir

    from kg import tables
    from kg.base import held_folder
    from kg.identity import matches_for_review

    form = "nq" if output == "-" else Path(output).suffix.removeprefix(".").lower()
    if form not in ("nq", "trig"):
        raise click.UsageError(f"{output!r} ends neither in .nq nor in .trig")
    with held_folder(Path(gettempdir())) as folder:
        announce_folder(folder)
        mapped, matches = tables.import_table(table, mapping, skip_bad=skip_bad, folder=folder)
        for fault in mapped.left_out:
            say(f"left out: {fault.as_line()}")
        if review:
            put(matches_for_review(matches))
        else:
            write(_written(mapped, form), output)
        for line in _became(mapped, matches, review=review):
            say(line)


def _written(mapped: MappedTable, form: str) -> bytes | Iterable[bytes]:
    """Return the statements in a form; N-Quads are what they are, line by line."""
    if form == "nq":
        return mapped.lines
    from kg.export import write_rdf  # TriG brings together what is said of a thing, in memory

    return write_rdf(mapped.source.quads, b"", form)


def _became(mapped: MappedTable, matches: Matches, *, review: bool) -> Iterator[str]:
    """Say what became of the rows, and of companies that are known already."""
    from kg.base import counted
    from kg.identity import what_was_joined

    if more := mapped.bad - len({fault.location for fault in mapped.left_out}):
        yield f"left out: {counted(more, 'row')} more"
    yield (
        f"read {counted(mapped.rows, 'row')}: {mapped.bad:,} left out,"
        f" {len(mapped.silent):,} with nothing to say; {counted(len(mapped.lines), 'quad')}"
    )
    yield from what_was_joined(matches, review=review)
