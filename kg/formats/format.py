"""A format that plans are published in: how a file of it is known, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kg.base import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Batch
    from kg.formats.opening import Opening

Reader: TypeAlias = "Callable[[Sequence[Path]], Iterator[Batch | SourceError]]"
"""Reads files of one format, in their order, together: a later one may say of an earlier one what became of it.

A file that cannot be read is yielded as its error, and the others are read on. Nothing of a file
is yielded before all of it is known to be whole, or can be told with the batch that holds it. No
more than one file, or some rows of one, are in memory at once.
"""


@dataclass(frozen=True, slots=True)
class PublishedFormat:
    """A format: its short `name`, its `title` with who publishes in it, and what its `files` are.

    `recognises` tells by the beginning of a file whether it is of this format, without an error
    whatever it is; `read` is its reader. `extra` is what has to be installed for it, if anything.
    `propose` reads the same and proposes what free text says, where that takes long: those who keep no
    proposals do not wait for it.
    """

    name: str
    title: str
    files: str
    recognises: Callable[[Opening], bool]
    read: Reader
    extra: str | None = None
    propose: Reader | None = None


def each_file(
    paths: Iterable[Path], read: Callable[[Path], Iterable[Batch]]
) -> Iterator[Batch | SourceError]:
    """Read files of which each stands by itself: what one says, or the error of one that cannot be read.

    >>> from pathlib import Path
    >>> def broken(path: Path) -> Iterable[Batch]:
    ...     raise SourceError(path, "is empty")
    >>> [str(one) for one in each_file([Path("a.csv"), Path("b.csv")], broken)]
    ['a.csv: is empty', 'b.csv: is empty']
    """
    for path in paths:
        try:
            yield from read(path)
        except SourceError as error:
            yield error
