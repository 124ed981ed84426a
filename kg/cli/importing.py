"""The command that makes a source of what others publish, or of a table: import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from kg.cli.common import put, say, write
from kg.cli.limits import announce_folder
from kg.cli.spooled import as_stdin, spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.formats import Imported
    from kg.identity import Matches
    from kg.tables import Lines, MappedTable

_MOST_TOLD: Final = 20
"""How many companies that are known are told one by one."""


def _list(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    """List the formats, as a table on a terminal and else a line each, and end."""
    del param
    if not value:
        return
    from kg.formats import formats

    columns = ("format", "what it is", "files", "needs")
    rows = [(one.name, one.title, one.files, one.extra or "") for one in formats().values()]
    if sys.stdout.isatty():
        import shutil

        from kg.query import format_table

        write(format_table(columns, rows, width=shutil.get_terminal_size().columns).encode(), None)
    else:
        put([columns, *rows])
    ctx.exit()


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", "-m", type=click.Path(path_type=Path),
              help="Of a table, what a row states: a SPARQL CONSTRUCT query.")  # fmt: skip
@click.option("--output", "-o", default="-", show_default=True,
              help="Write to this file, N-Quads or TriG by its ending; - is stdout.")  # fmt: skip
@click.option("--format", "name", metavar="NAME",
              help="Read PATHS as this format, instead of by what they are.")  # fmt: skip
@click.option("--skip-bad", is_flag=True, help="Leave bad files, or rows, out instead of refusing all.")  # fmt: skip
@click.option("--review", is_flag=True,
              help="Print the companies that may be known ones instead, one pair a line.")  # fmt: skip
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list,
              help="List the formats that can be read, and end.")  # fmt: skip
def import_source(  # noqa: PLR0913 - an option each
    paths: tuple[Path, ...], mapping: Path | None, output: str, name: str | None, *,
    skip_bad: bool, review: bool,
) -> None:  # fmt: skip
    """Make a source of PATHS: files that companies and others publish, folders of them, or - for stdin.

    The format of a file is found by what it is; --list lists them. What is left out is counted, on stderr and
    in the source. What comes out is a source like any other: kg build --with-shipped FILE.nq --store DIR.

    With --mapping PATHS is one table (CSV, XLSX or Parquet), whose metadata lies in TABLE-metadata.json.
    """
    from tempfile import gettempdir

    from kg.base import held_folder

    form = "nq" if output == "-" else Path(output).suffix.removeprefix(".").lower()
    if form not in ("nq", "trig"):
        raise click.UsageError(f"{output!r} ends neither in .nq nor in .trig")
    if mapping is not None and (name is not None or len(paths) != 1):
        raise click.UsageError("--mapping goes with one table, and without --format")
    if Path("-") in paths and (len(paths) > 1 or mapping is not None):
        raise click.UsageError("- is stdin, and goes alone")
    with held_folder(Path(gettempdir())) as folder:
        announce_folder(folder)
        if mapping is not None:
            told = _of_table(paths[0], mapping, folder, skip_bad=skip_bad)
        else:
            told = _of_files(paths, name, folder, output=output, skip_bad=skip_bad)
        if review:
            put(map(str, pair) for pair in told.matches.review)
        else:
            write(_written(told.lines, form), output)
        for line in (*told.became, *_known(told.matches, review=review, most=told.most)):
            say(line)
        if told.next and not review:
            say(told.next)


class _Told(NamedTuple):
    """What was made of files: statements, companies, what became of them in sentences, and what comes next."""

    lines: Lines
    matches: Matches
    became: Iterable[str]
    most: int
    next: str = ""


def _of_table(table: Path, mapping: Path, folder: Path, *, skip_bad: bool) -> _Told:
    from kg import tables

    mapped, matches = tables.import_table(table, mapping, skip_bad=skip_bad, folder=folder)
    for fault in mapped.left_out:
        say(f"left out: {fault.as_line()}")
    return _Told(mapped.lines, matches, _became_of_rows(mapped), len(matches.certain))


def _of_files(
    paths: Sequence[Path], name: str | None, folder: Path, *, output: str, skip_bad: bool
) -> _Told:
    import shlex

    from kg import formats

    if paths == (Path("-"),):
        with as_stdin(path := spool(folder)):
            imported = formats.import_files([path], name=name, folder=folder)
    else:
        imported = formats.import_files(paths, name=name, skip_bad=skip_bad, folder=folder)
    following = (
        "" if output == "-" else f"next: {shlex.join(['kg', 'check', '--with-shipped', output])}"
    )
    became = _became_of_files(imported)
    return _Told(imported.lines, imported.matches, became, _MOST_TOLD, following)


def _written(lines: Lines, form: str) -> bytes | Iterable[bytes]:
    """Return the statements in a form; N-Quads are what they are, line by line."""
    if form == "nq":
        return lines
    from kg.export import write_rdf  # TriG brings together what is said of a thing, in memory

    return write_rdf(b"".join(lines), b"", form)


def _became_of_rows(mapped: MappedTable) -> Iterator[str]:
    """Say what became of the rows, and of companies that are known already."""
    from kg.base import counted

    if more := mapped.bad - len({fault.location for fault in mapped.left_out}):
        yield f"left out: {counted(more, 'row')} more"
    yield (
        f"read {counted(mapped.rows, 'row')}: {mapped.bad:,} left out,"
        f" {len(mapped.silent):,} with nothing to say; {counted(len(mapped.lines), 'quad')}"
    )


def _became_of_files(imported: Imported) -> Iterator[str]:
    """Say what became of the files, and what was left out of them."""
    from kg.base import counted

    for error in imported.refused:
        for problem in error.problems:
            yield f"left out: {problem}"
    for reason, count in imported.reasons.most_common():
        yield f"left out: {count:,} {reason}"
    if imported.passed_over:
        endings = ", ".join(f"{many:,} {end}" for end, many in imported.passed_over.most_common(5))
        many = counted(imported.passed_over.total(), "file")
        yield f"passed over: {many} of no format that can be imported ({endings})"
    if imported.copies:
        yield f"passed over: {counted(imported.copies, 'file')} with the bytes of another"
    yield (
        f"read {counted(imported.files, 'file')}: {counted(len(imported.left_out), 'source')},"
        f" {counted(imported.stated, 'statement')}; {counted(len(imported.lines), 'quad')}"
    )


def _known(matches: Matches, *, review: bool, most: int) -> Iterator[str]:
    """Say which companies are known already, and how many may be."""
    from kg.base import counted, shorten

    certain = sorted(matches.certain.items())
    for iri, same in certain[:most]:
        yield f"{shorten(iri)} is {shorten(same)}"
    if more := len(certain[most:]):
        yield f"{counted(more, 'company', 'companies')} more known already"
    alike = len(matches.review) + matches.more
    if review and matches.more:
        yield f"{counted(matches.more, 'pair')} of companies more, less alike than these"
    elif alike and not review:
        yield f"{counted(alike, 'pair')} of companies may be the same; --review lists them"
