"""Archives (zip) that users bring: what they swell to is known, and bounded, before any of it is read."""

from __future__ import annotations

import os
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.base import SourceError
from kg.sources import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_ARCHIVE: Final = 256 << 20
"""How many bytes an archive may have."""

MAX_MEMBERS: Final = 10_000
"""How many files may lie in an archive."""

MAX_LIST: Final = 4 << 20
"""How many bytes the list of these files may have."""

MAX_SWOLLEN: Final = 2 << 30
"""How many bytes all files of an archive may have together, unpacked."""

MAX_RATIO: Final = 200
"""How many times its packed size a file of more than `FREE` bytes may have: text packs to a twentieth."""

FREE: Final = 16 << 20
"""How many bytes a packed file may swell to whatever its ratio."""

_END: Final = 22  # bytes of the record that ends an archive, before its comment

BROKEN_ZIP: Final = (zipfile.BadZipFile, NotImplementedError, ValueError)
"""What an archive that is none may raise as it is opened."""


@contextmanager
def open_zip(path: Path, *, limit: int = MAX_ARCHIVE) -> Iterator[zipfile.ZipFile]:
    """Open an archive, of which nothing swells beyond the bounds: what a member is said to swell to is true.

    No more of a member is ever read than it says, and none is written anywhere.

    Raises:
        SourceError: it is no file, too large, no archive, locked by a password, holds too many files
            or swells too much; or a member that is read is damaged.
    """
    with opened(path, limit=limit) as file:
        try:
            archive = archive_in(file)
        except BROKEN_ZIP as error:
            raise _broken(path, error) from None
        with archive:
            if problem := zip_problem(archive):
                raise SourceError(path, problem)
            try:
                yield archive
            except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
                raise _broken(path, error) from None


def _broken(path: Path, error: Exception) -> SourceError:
    problem = " ".join(str(error).split()) or "it ends too soon"
    # So the library says that it is none, and no more.
    problem = "its end is not there" if problem == "File is not a zip file" else problem
    return SourceError(path, f"is not a zip archive: {problem}")


def archive_in(file: BinaryIO) -> zipfile.ZipFile:
    """Return the archive in a file, of which nothing has been looked at yet but what lies in it.

    Raises:
        zipfile.BadZipFile: it is none, or lists too much.
    """
    # Its end says how long the list of its files is, all of which the library reads at once.
    end = file.seek(0, os.SEEK_END)
    file.seek(max(end - _END - 0xFFFF, 0))
    _, mark, record = file.read().rpartition(b"PK\x05\x06")
    if mark and int.from_bytes(record[8:12], "little") > MAX_LIST:
        raise zipfile.BadZipFile(f"it lists more than {MAX_LIST >> 20} MiB of names")
    file.seek(0)
    return zipfile.ZipFile(file)


def zip_problem(archive: zipfile.ZipFile) -> str | None:
    """Return why an archive is not read, as a clause without a subject, or None."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        return f"holds more than {MAX_MEMBERS:,} files"
    if any(member.flag_bits & 1 for member in members):
        return "is locked by a password"
    if sum(member.file_size for member in members) > MAX_SWOLLEN:
        return f"swells to more than {MAX_SWOLLEN >> 20:,} MiB; split it"
    for member in members:
        if member.file_size > max(FREE, MAX_RATIO * member.compress_size):
            return f"swells to more than {MAX_RATIO} times its size"
    return None
