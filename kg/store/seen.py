"""What was seen of the files of which a store was built: beside its snapshots, since the same graph comes of any files.

It is a help and no more: without it, or where it is damaged, all files are compared by what they hold.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from kg.base import replace_file
from kg.sources import SeenFiles

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.snapshot import Snapshot

_FILE: Final = "seen.json"


def read_seen(snapshot: Snapshot) -> SeenFiles | None:
    """Return what was seen of the files of which a snapshot was built; None where that is not known."""
    try:
        data = (snapshot.folder.parent / _FILE).read_bytes()
    except OSError:
        return None
    return SeenFiles.of(data, snapshot.manifest.sheaves["sources"].digest)


def keep_seen(folder: Path, record: str, seen: SeenFiles) -> None:
    """Keep in a store what was seen of files before they were read, with the digest of the `record` of what they said.

    Where it cannot be kept, it is not.
    """
    with contextlib.suppress(OSError):
        replace_file(folder / _FILE, seen.to_bytes(record))
