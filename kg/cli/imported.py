"""What became of files and tables that were imported, in sentences."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.formats import Imported
    from kg.identity import Matches
    from kg.tables import MappedTable


MOST_CONFLICTS: Final = 20
"""How many conflicts are told one by one."""


class SourcesProgress:
    """Tells on a terminal how many sources have been read, on one line that is gone at the end."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._next = 0.0

    def __call__(self, sources: int) -> None:
        """Tell of some sources, five times a second at most."""
        if self._shown and time.monotonic() >= self._next:
            from kg.base import counted  # whoever looks on waits for it

            self._next = time.monotonic() + 0.2
            self._put(f"{counted(sources, 'source')} read")

    def end(self) -> None:
        """Take the line away."""
        if self._next:
            self._put("")

    def _put(self, text: str) -> None:
        # Back to the beginning of the line, and away with what stands behind.
        with contextlib.suppress(OSError):
            click.echo(f"\r{text}\x1b[K", err=True, nl=False)


def became_of_rows(mapped: MappedTable) -> Iterator[str]:
    """Say what became of the rows, and of companies that are known already."""
    from kg.base import counted

    if more := mapped.bad - len({fault.location for fault in mapped.left_out}):
        yield f"left out: {counted(more, 'row')} more"
    if mapped.open_end:
        yield "no end of line stands behind the last row: if the table was cut off, its last cell is not whole"
    yield (
        f"read {counted(mapped.rows, 'row')}: {mapped.bad:,} left out,"
        f" {len(mapped.silent):,} with nothing to say; {counted(len(mapped.lines), 'quad')}"
    )


def became_of_files(imported: Imported) -> Iterator[str]:
    """Say what became of the files, and what was left out of them."""
    from kg.base import counted

    for error in imported.refused:
        for problem in error.problems:
            yield f"left out: {problem}"
    for reason, count in imported.reasons.most_common():
        yield f"left out: {reason} ({count:,})"
    if imported.passed_over:
        endings = ", ".join(f"{many:,} {end}" for end, many in imported.passed_over.most_common(5))
        many = counted(imported.passed_over.total(), "file")
        yield f"passed over: {many} of no format that can be imported ({endings})"
    if imported.copies:
        yield f"passed over: {counted(imported.copies, 'file')} with the bytes of another"
    yield (
        f"read {counted(imported.files, 'file')}: {counted(len(imported.left_out), 'source')},"
        f" {counted(imported.stated, 'statement')}"
        + (f", {imported.waiting:,} proposed" if imported.waiting else "")
        + f"; {counted(len(imported.lines), 'quad')}"
    )


def told_of_companies(matches: Matches, *, review: bool, most: int) -> Iterator[str]:
    """Say which companies are known already, and how many may be."""
    from kg.base import counted, shorten

    certain = sorted(matches.certain.items())
    for iri, same in certain[:most]:
        by = f", by its {matches.by[iri]}" if iri in matches.by else ""
        yield f"{shorten(iri)} is {shorten(same)}{by}"
    if more := len(certain[most:]):
        yield f"{counted(more, 'company', 'companies')} more known already"
    alike = len(matches.review) + matches.more
    if review and matches.more:
        yield f"{counted(matches.more, 'pair')} of companies more, less alike than these"
    elif alike and not review:
        yield f"{counted(alike, 'pair')} of companies may be the same; --review lists them"
    if review:
        return
    # Whose word is taken for another's is told without being asked for.
    yield from (f"conflict: {one.as_line()}" for one in matches.conflicts[:MOST_CONFLICTS])
    if more := len(matches.conflicts[MOST_CONFLICTS:]):
        yield f"{counted(more, 'conflict')} more; --review lists them"
    if matches.additions:
        many = counted(len(matches.additions), "name or identifier", "names and identifiers")
        yield f"{many} added to known companies; --review lists them"
