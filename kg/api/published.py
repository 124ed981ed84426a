"""A file that is no source, but of a format that can be imported, is told so where it is built or checked."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base import SourceError, abridge
from kg.tables import is_mapped_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.sources import File, Fingerprint, Put, Reader


def tell_published(read: Reader) -> Reader:
    """Return a reader that says of files which it cannot read what makes sources of them."""

    def reading(files: Sequence[File], put: Put) -> list[Fingerprint]:
        with published_told():
            return read(files, put)

    return reading


@contextmanager
def published_told() -> Iterator[None]:
    """Say of files that cannot be read what makes sources of them."""
    try:
        yield
    except SourceError as error:
        told = [_told(one) for one in error.problems]
        if told == list(error.problems):
            raise
        raise SourceError.of(told) from None


def _told(problem: SourceError) -> SourceError:
    """Return what is to be done with a file, or its problem as it is: that of a table with a mapping is its own."""
    from kg.formats import find_format  # for what goes wrong alone

    path = Path(problem.path)
    with suppress(SourceError):
        if not is_mapped_table(path) and (found := find_format(path)):
            what = f"{found.name}: {abridge(found.title, 80)}"
            said = f"is a published file ({what}); kg import makes a source of it"
            return SourceError(problem.path, said)
    return problem
