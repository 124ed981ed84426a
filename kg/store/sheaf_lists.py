"""The parts of a sheaf are listed in a file beside it: who asks the index alone need not know these thousands."""

from __future__ import annotations

import json
import os
import zlib
from typing import TYPE_CHECKING, NamedTuple

from kg.store.index_files import DIFFERS, opened, wrong_size
from kg.store.sheaf import PartError, Sheaf, SheafPart

if TYPE_CHECKING:
    from pathlib import Path


class ListFile(NamedTuple):
    """A list as it was written: its size and its CRC-32. What it lists has digests."""

    size: int
    check: int


def list_name(name: str) -> str:
    """Return the name of the file that lists the parts of a sheaf, given that of the sheaf."""
    return f"{name}.json"


def write_list(sheaf: Sheaf) -> ListFile:
    """Write which parts a sheaf has; it is not flushed.

    Raises:
        OSError: as the system has it.
    """
    from kg.base import write_file  # most only read

    data = json.dumps(list(sheaf.parts)).encode()
    write_file(sheaf.folder.with_name(list_name(sheaf.folder.name)), data)
    return ListFile(len(data), zlib.crc32(data))


def open_sheaf(folder: Path, name: str, listed: ListFile) -> Sheaf:
    """Return one of the sheaves of the snapshot in a folder.

    Raises:
        PartError: its parts are not listed as was written.
        OSError: as the system has it.
    """
    file = list_name(name)
    with opened(folder / file) as handle:
        if what := wrong_size(handle, listed.size):
            raise PartError(file, what)
        data = b"".join(iter(lambda: os.read(handle, listed.size), b""))
    if zlib.crc32(data) != listed.check:
        raise PartError(file, DIFFERS)
    # What has this check was written by `write_list`.
    return Sheaf(folder / name, tuple(map(SheafPart._make, json.loads(data))))
