"""The command that makes a source of what others publish, or of a table: import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from kg.cli.common import graph_of, put, say, write, write_together
from kg.cli.imported import SourcesProgress, became_of_files, became_of_rows, told_of_companies
from kg.cli.inputs import refuse_inputs
from kg.cli.limits import announce_folder
from kg.cli.spooled import as_stdin, spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.base import SpilledLines
    from kg.identity import Matches

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
@click.option("--source", "-s", multiple=True, type=click.Path(path_type=Path),
              help="Know the companies of this file or folder, beside those that ship; may be repeated.")  # fmt: skip
@click.option("--store", type=click.Path(), metavar="DIR|URL",
              help="Know the companies of what kg build --store has written, too.")  # fmt: skip
@click.option("--review", is_flag=True,
              help="Print instead the companies that may be known ones, one pair a line, and what contradicts itself.")  # fmt: skip
@click.option("--proposals", type=click.Path(path_type=Path), metavar="FILE.yaml|DIR",
              help="Keep what is only proposed of free text for kg review, a source a file.")  # fmt: skip
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list,
              help="List the formats that can be read, and end.")  # fmt: skip
def import_source(  # noqa: PLR0913 - an option each
    paths: tuple[Path, ...], mapping: Path | None, output: str, name: str | None,
    source: tuple[Path, ...], *, store: str | None, proposals: Path | None, skip_bad: bool, review: bool,
) -> None:  # fmt: skip
    """Make a source of PATHS: files that companies and others publish, folders of them, or - for stdin.

    The format of a file is found by what it is; --list lists them. What is left out is counted, on stderr and
    in the source. What comes out is a source like any other: kg build --with-shipped FILE.nq --store DIR.

    With --mapping PATHS is one table (CSV, XLSX or Parquet), whose metadata lies in TABLE-metadata.json.
    """
    from tempfile import gettempdir

    from kg.base import held_folder

    form = _form_of(output)
    if mapping is not None and (name is not None or proposals is not None or len(paths) != 1):
        raise click.UsageError("--mapping goes with one table, without --format and --proposals")
    if Path("-") in paths and (len(paths) > 1 or mapping is not None):
        raise click.UsageError("- is stdin, and goes alone")
    # Told before anything is read, which can take long.
    refuse_inputs([] if output == "-" else [output])
    with held_folder(Path(gettempdir())) as folder:
        announce_folder(folder)
        known = _known(source, store)
        if mapping is not None:
            told = _of_table(paths[0], mapping, folder, known, skip_bad=skip_bad, review=review)
        else:
            free_text = proposals is not None and not review  # to read it takes most of the time
            told = _of_files(
                paths, name, folder, known, skip_bad=skip_bad, free_text=free_text, review=review
            )
        if review:
            _review(told.matches)
        else:
            _write(told, form, output, proposals)
        for line in (*told.became, *told_of_companies(told.matches, review=review, most=told.most)):
            say(line)
        if not review:
            _tell_next(output, told.proposed, proposals)


def _form_of(output: str) -> str:
    form = "nq" if output == "-" else Path(output).suffix.removeprefix(".").lower()
    if form not in ("nq", "trig"):
        raise click.UsageError(f"{output!r} ends neither in .nq nor in .trig")
    return form


def _write(told: _Import, form: str, output: str, proposals: Path | None) -> None:
    """Write the statements, and what is proposed beside them."""
    files = _proposed(told.proposed, proposals)
    write(_written(told.lines, form), output)
    if files:
        write_together(files)


def _known(sources: Sequence[Path], store: str | None) -> Sequence[bytes]:
    """Return what describes the companies of sources of one's own and of a store, as lines in order."""
    lines = _lines_of(sources)
    if store is None:
        return lines
    from kg.identity import company_lines

    return sorted({*lines, *company_lines(graph_of(store, ()).index)})


def _lines_of(sources: Sequence[Path]) -> Sequence[bytes]:
    """Return what sources of one's own say, as lines in order."""
    if not sources:
        return ()
    from kg.base import nquads
    from kg.sources import find_files, read_source

    return nquads.split(nquads.union(read_source(file).quads for file in find_files(sources)))


def _review(matches: Matches) -> None:
    """Print the companies that may be known ones, below what is wrong with identifiers, and what known ones get."""
    put(map(str, pair) for pair in matches.review)
    put([conflict.as_line()] for conflict in matches.conflicts)
    put([addition.as_line()] for addition in matches.additions)


def _proposed(
    proposed: Mapping[str, Iterable[bytes]], output: Path | None
) -> dict[str, Iterable[bytes]]:
    """Return the files with what is proposed, none of which is to be there already."""
    if output is None or not proposed:
        return {}
    from kg.base import OutputError

    if output.suffix.lower() in (".yaml", ".yml"):
        if len(proposed) > 1:
            raise click.UsageError(
                f"{len(proposed):,} sources propose something; give --proposals DIR"
            )
        files = {str(output): next(iter(proposed.values()))}
    else:
        output.mkdir(parents=True, exist_ok=True)
        files = {str(output / f"{name}.yaml"): data for name, data in proposed.items()}
    for name, data in files.items():
        path = Path(name)
        # Somebody may have accepted or dropped some of it already.
        if path.exists() and not (path.is_file() and _holds(path, data)):
            raise OutputError(f"{name}: is there already; move it away, or name another file")
    return files


def _holds(path: Path, lines: Iterable[bytes]) -> bool:
    """Tell whether a file holds just these lines."""
    with path.open("rb") as file:
        return all(file.read(len(line)) == line for line in lines) and not file.read(1)


def _tell_next(output: str, proposed: Mapping[str, object], proposals: Path | None) -> None:
    """Say what comes next."""
    import shlex

    if proposed and proposals is None:
        say("what is only proposed is left out; --proposals FILE.yaml keeps it for kg review")
    elif proposed:
        beside = [] if output == "-" else ["-s", output]
        say(f"next: {shlex.join(['kg', 'review', str(proposals), *beside])}")
    if output != "-":
        say(f"next: {shlex.join(['kg', 'check', '--with-shipped', output])}")


class _Import(NamedTuple):
    """What was made of files: statements, companies, what became of them in sentences, and what is proposed."""

    lines: SpilledLines
    matches: Matches
    became: Iterable[str]
    most: int
    proposed: Mapping[str, Iterable[bytes]]


def _of_table(  # noqa: PLR0913 - an option each
    table: Path,
    mapping: Path,
    folder: Path,
    known: Sequence[bytes],
    *,
    skip_bad: bool,
    review: bool,
) -> _Import:
    from kg import tables

    mapped, matches = tables.import_table(
        table, mapping, skip_bad=skip_bad, folder=folder, known=known, review=review
    )
    for fault in mapped.left_out:
        say(f"left out: {fault.as_line()}")
    return _Import(mapped.lines, matches, became_of_rows(mapped), len(matches.certain), {})


def _of_files(  # noqa: PLR0913 - an option each
    paths: Sequence[Path],
    name: str | None,
    folder: Path,
    known: Sequence[bytes],
    *,
    skip_bad: bool,
    free_text: bool,
    review: bool,
) -> _Import:
    from kg import formats

    if paths == (Path("-"),):
        with as_stdin(path := spool(folder)):
            imported = formats.import_files(
                [path],
                name=name,
                folder=folder,
                known=known,
                free_text=free_text,
                review=review,
            )
    else:
        progress = SourcesProgress()
        try:
            imported = formats.import_files(
                paths,
                name=name,
                skip_bad=skip_bad,
                folder=folder,
                known=known,
                tell=progress,
                free_text=free_text,
                review=review,
            )
        finally:
            progress.end()
    became = became_of_files(imported)
    return _Import(imported.lines, imported.matches, became, _MOST_TOLD, imported.proposed())


def _written(lines: SpilledLines, form: str) -> bytes | Iterable[bytes]:
    """Return the statements in a form; N-Quads are what they are, line by line."""
    if form == "nq":
        return lines
    from kg.export import write_rdf  # TriG brings together what is said of a thing, in memory

    return write_rdf(b"".join(lines), b"", form)
