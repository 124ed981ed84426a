"""Files of sources that are changed at some of their places: one by one, each as a whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base import SourceError
from kg.sources import YAML, find_files, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.base import Finding


@dataclass(frozen=True)
class ChangedSource:
    """What became of a file: its new bytes, what is wrong with it, and what is worth to be told.

    Where there are `problems`, `data` is what it was. `count` is at how many places it is `changed`, and
    `before` what it was when it was read.
    """

    path: Path
    data: bytes = field(repr=False)
    problems: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    count: int = 0
    before: bytes | None = field(default=None, repr=False)

    @property
    def changed(self) -> bool:
        """Whether `data` is not what it was."""
        return bool(self.count)


def change_files(
    paths: Iterable[Path | str], change: Callable[[bytes, Path], ChangedSource]
) -> list[ChangedSource]:
    """Return what becomes of sources of YAML, and of those in folders, without writing anything.

    A file that cannot be read has that for a problem, as `change` may have others.

    Raises:
        SourceError: a folder without any source of YAML.
    """
    changed = []
    for path in _files(paths):
        try:
            data = read_bytes(path)
            changed.append(replace(change(data, path), before=data))
        except SourceError as error:
            changed.append(ChangedSource(path, b"", error.as_findings()))
    return changed


def check_unwritten(source: ChangedSource) -> None:
    """Tell of a file that somebody has written since it was read, for what they wrote would be lost.

    Raises:
        SourceError: it is not what it was, or cannot be read any more.
    """
    if read_bytes(source.path) != source.before:
        raise SourceError(source.path, "was written by somebody else meanwhile; do it again")


def _files(paths: Iterable[Path | str]) -> list[Path]:
    files: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            files.append(path)
            continue
        inside = [file.path for file in find_files([path]) if file.path.suffix.lower() in YAML]
        if not inside:
            raise SourceError(path, "holds no source of YAML")
        files += inside
    return list(dict.fromkeys(files))
