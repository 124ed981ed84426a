"""What users name becomes files of formats: each once, those of one format together, and the rest counted."""

from __future__ import annotations

import os
import stat
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base import SourceError
from kg.formats.opening import MAX_BYTES, open_beginning, sha256_of
from kg.formats.registry import candidates, recognise
from kg.formats.unknown import unknown_problem
from kg.sources import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.formats.format import PublishedFormat


@dataclass(frozen=True)
class PublishedFiles:
    """The files of formats, in the order of the registry and, within one, of their names.

    `passed_over` counts by their endings what of folders is of no format, `copies` files with the bytes
    of another one, and `refused` are those that cannot be opened, or were named and are of no format.
    """

    by_format: tuple[tuple[PublishedFormat, tuple[Path, ...]], ...]
    passed_over: Counter[str]
    copies: int
    refused: tuple[SourceError, ...]

    def __len__(self) -> int:
        """Return how many files there are to read."""
        return sum(len(files) for _, files in self.by_format)


def find_published(paths: Iterable[Path], name: str | None = None) -> PublishedFiles:
    """Return the files among paths that are of a format; folders are walked to their bottom.

    In folders nothing counts whose name begins with a dot, no link to a folder is followed, and what is
    no file is passed over. A file that is named by itself has to be of a format.

    Args:
        paths: files and folders.
        name: the format that files are of; of folders only what is recognised as such.

    Raises:
        UnknownNameError: no format has this name.
    """
    known = candidates(name)
    files: defaultdict[str, list[Path]] = defaultdict(list)
    passed_over, refused, copies = Counter[str](), list[SourceError](), _Copies()
    for path, is_named in _each(paths):
        try:
            if copies.has(path):
                continue
            one = _format_of(path, known, is_named=is_named, is_told=name is not None)
        except SourceError as error:
            refused.append(error)
            continue
        if one is None:
            passed_over[path.suffix.lower() or "no ending"] += 1
        else:
            files[one.name].append(path)
    grouped = tuple((one, tuple(files[one.name])) for one in known if one.name in files)
    return PublishedFiles(grouped, passed_over, copies.count, tuple(refused))


def _format_of(
    path: Path, known: Sequence[PublishedFormat], *, is_named: bool, is_told: bool
) -> PublishedFormat | None:
    """Return the format of a file; who names a file by itself and its format is believed."""
    if is_named and is_told:
        with opened(path, limit=MAX_BYTES):
            return known[0]
    opening = open_beginning(path)
    one = recognise(opening, known)
    if one is None and is_named:
        raise unknown_problem(opening)
    return one


def _each(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield all files, each with whether it is named by itself."""
    for path in paths:
        if not _is_folder(path):
            yield path, True
            continue
        for place, folders, names in os.walk(path):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for name in sorted(names):
                inside = Path(place, name)
                # A pipe, a device and a link to nowhere are no files that somebody has put there to be read.
                if not name.startswith(".") and inside.is_file():
                    yield inside, False


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False  # opening it tells why it cannot be read


class _Copies:
    """The files that have been seen: one that is a second name of another, or has its bytes, says nothing new."""

    def __init__(self) -> None:
        self.count = 0
        self._seen: set[tuple[int, int]] = set()
        self._by_size: dict[int, Path | set[str]] = {}

    def has(self, path: Path) -> bool:
        """Tell whether a file has been seen already, and remember it.

        Raises:
            SourceError: it cannot be read.
        """
        try:
            status = path.stat()
        except OSError:
            return False  # opening it tells why
        if not stat.S_ISREG(status.st_mode) or (status.st_dev, status.st_ino) in self._seen:
            return stat.S_ISREG(status.st_mode)
        self._seen.add((status.st_dev, status.st_ino))
        others = self._by_size.get(status.st_size)
        if others is None:
            self._by_size[status.st_size] = path
            return False
        # Few files have the same size: only these are read for it.
        digests = {sha256_of(others)} if isinstance(others, Path) else others
        own = sha256_of(path)
        is_copy = own in digests
        self._by_size[status.st_size] = digests | {own}
        self.count += is_copy
        return is_copy
