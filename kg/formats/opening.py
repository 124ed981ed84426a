"""The beginning of a file, by which a format knows its own: what it is, and not what it is called."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.sources import opened

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = 64 << 10
"""How many bytes of a file its format is known by."""

MAX_BYTES: Final = 16 << 30
"""How large a file of any format may be; most formats allow much less."""


@dataclass(frozen=True)
class Opening:
    """A file and its first bytes."""

    path: Path
    head: bytes

    @cached_property
    def members(self) -> frozenset[str]:
        """The names of what lies in it, where it is a zip."""
        if not self.head.startswith(b"PK\x03\x04"):
            return frozenset()
        try:
            with zipfile.ZipFile(self.path) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError):
            return frozenset()


def open_beginning(path: Path) -> Opening:
    """Return the beginning of a file.

    Raises:
        SourceError: it cannot be read, or is no file.
    """
    with opened(path, limit=MAX_BYTES) as file:
        return Opening(path, file.read(HEAD))
