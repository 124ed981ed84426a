"""What the disk tells of files, by which those are known that were read before: so they need not be read to be compared.

A file that has the size, the times, of its content and of its state, and the number that it had is taken for the
same, as Git's index does. A file that was changed when it was looked at, or some seconds before, could be changed again
without another time: it is not taken for the same, but compared by what it holds.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import is_settled, settled_before
from kg.sources.files import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.sources.files import File

_UNKNOWN: Final = ""
"""What is told of a file that is to be compared by what it holds."""


class Suspects(NamedTuple):
    """The names of the files that may say something else than before, and of those that are no more."""

    changed: frozenset[str]
    gone: frozenset[str]


@dataclass(frozen=True)
class SeenFiles:
    """What the disk tells of files: by `names`, in their order, what is `told` of each."""

    names: list[str]
    told: list[str]

    def suspects(self, before: SeenFiles) -> Suspects | None:
        """Return which files may say something else than when they were seen `before`.

        None where they stand in another order: who comes first may matter.

        >>> before = SeenFiles(["a", "b", "c"], ["1", "2", ""])
        >>> SeenFiles(["b", "c", "d"], ["2", "", "4"]).suspects(before) == (frozenset("cd"), frozenset("a"))
        True
        """
        if self.names == before.names:
            pairs = zip(self.names, self.told, before.told, strict=True)
            changed = {name for name, now, then in pairs if now != then or not now}
            return Suspects(frozenset(changed), frozenset())
        known = dict(zip(before.names, before.told, strict=True))
        told = dict(zip(self.names, self.told, strict=True))
        there = [name for name in before.names if name in told]
        if there != [name for name in self.names if name in known]:
            return None
        changed = {name for name, now in told.items() if not now or known.get(name) != now}
        return Suspects(frozenset(changed), frozenset(known.keys() - told.keys()))

    def to_bytes(self, record: str) -> bytes:
        """Return it as JSON, with the digest of the `record` of what the files said.

        >>> seen = SeenFiles(["a"], ["1"])
        >>> SeenFiles.of(seen.to_bytes("00"), "00") == seen, SeenFiles.of(seen.to_bytes("00"), "11"), SeenFiles.of(b"", "00")
        (True, None, None)
        """
        return json.dumps({"record": record, "names": self.names, "told": self.told}).encode()

    @classmethod
    def of(cls, data: bytes, record: str) -> SeenFiles | None:
        """Return what `to_bytes` has written; None where it is damaged, or of another record."""
        try:
            held = json.loads(data)
            names, told = held["names"], held["told"]
            are_texts = {*map(type, names), *map(type, told)} <= {str}
            if (
                held["record"] == record
                and are_texts
                and len(names) == len(told) == len(set(names))
            ):
                return cls(names, told)
        except (ValueError, LookupError, TypeError, RecursionError):
            pass
        return None


def look(files: Iterable[File]) -> SeenFiles:
    """Return what the disk tells of some files, before they are read.

    >>> from kg.sources.files import find_files
    >>> from kg.base import data_folder
    >>> files = find_files([data_folder() / "things"])
    >>> look(files).names == [file.name for file in files]
    True
    """
    before = settled_before()
    files = list(files)
    return SeenFiles([name for _, name in files], [_told(place, before) for place, _ in files])


def _told(place: Path | str, before: int) -> str:
    # Of a hundred thousand files no more is asked for than this.
    try:
        state = os.stat(place)  # noqa: PTH116
    except (OSError, ValueError):
        return _UNKNOWN  # reading it says so, in its turn
    name = str(place)
    # A table says by other files, too.
    if not is_settled(state, before) or not name.lower().endswith(SUFFIXES):
        return _UNKNOWN
    if not stat.S_ISREG(state.st_mode):
        return _UNKNOWN
    times = f"{state.st_mtime_ns} {state.st_ctime_ns}"
    return f"{state.st_size} {times} {state.st_ino} {name[name.rindex('.') :]}"
