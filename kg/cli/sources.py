"""Commands that work on sources of YAML as they are written: fmt, locate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import put, say, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base import Finding
    from kg.drafting import ChangedSource


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--check", is_flag=True, help="Write nothing, and exit 1 if a file is not in its form."
)
def fmt(files: tuple[Path, ...], *, check: bool) -> None:
    """Put FILES, sources of YAML or folders of them, into their form, with all their comments.

    The form is that of the shipped sources: the order of keys, indentation, quotes and empty lines. A source
    says the same in it. As - it is read from stdin and written to stdout. Exit 3 if a file cannot be read.
    """
    from kg.drafting import format_files, format_source

    if files == (Path("-"),) and not check:
        write(format_source(sys.stdin.buffer.read(), Path("stdin.yaml")), None)
        return
    _write_all(format_files(files), check=check)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--texts", required=True, type=click.Path(path_type=Path),
              help="The folder that holds your copies of the articles.")  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing, and exit 1 if a file would change.")
def locate(files: tuple[Path, ...], texts: Path, *, check: bool) -> None:
    """Find the places of evidence that FILES give in words, in your own copies of the articles.

    Each becomes section, span and digest; a file is written whole or, where one of its words has no certain
    place, not at all. Exit 1 if there is such a one, 3 if a file cannot be read.
    """
    from kg.drafting import locate_files

    _write_all(locate_files(files, texts), check=check)


def _write_all(files: Iterable[ChangedSource], *, check: bool) -> None:
    """Write what has changed, unless it is only asked for, and tell what is wrong."""
    from kg.base import UNREADABLE, SourceError, counted
    from kg.drafting import check_unwritten

    changed: list[ChangedSource] = []
    problems: list[Finding] = []
    for one in files:
        put([finding.as_line()] for finding in one.problems)
        problems += one.problems
        for note in one.notes:
            say(note.as_line())
        if not one.changed:
            continue
        try:
            if not check:
                check_unwritten(one)
                write(one.data, one.path, in_place=True)
        except SourceError as error:
            put([finding.as_line()] for finding in error.as_findings())
            problems += error.as_findings()
            continue
        changed.append(one)
    verb = "would change" if check else "changed"
    for one in changed:
        say(f"{verb} {one.path}")
    say(f"{counted(len(problems), 'problem')}; {verb} {counted(len(changed), 'file')}")
    if problems or (check and changed):
        unread = any(problem.shape == UNREADABLE for problem in problems)
        click.get_current_context().exit(3 if unread else 1)
