"""The sources that lie beside one, and describe what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import SourceError
from kg.sources.files import YAML, File

if TYPE_CHECKING:
    from pathlib import Path


def files_beside(path: Path) -> list[File]:
    """Return the other sources of YAML in the folder of a file, in order of names; none below it.

    What else lies there, hidden or exports and tables of any size, nobody means without naming it.

    Raises:
        SourceError: the folder cannot be read.

    >>> from kg.base import data_folder
    >>> files_beside(data_folder() / "things" / "people.ttl")
    []
    """
    try:
        near = sorted(one for one in path.parent.iterdir() if one.suffix.lower() in YAML)
        return [
            File(one, one.stem)
            for one in near
            if one.name != path.name and not one.name.startswith(".") and one.is_file()
        ]
    except OSError as error:
        raise SourceError(path.parent, f"cannot be read: {error.strerror}") from None
