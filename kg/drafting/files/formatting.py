"""Sources put into their form: `kg fmt`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.drafting.files.changing import ChangedSource, change_files
from kg.drafting.files.form import format_written
from kg.drafting.files.written import read_written
from kg.sources import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def format_source(data: bytes, path: Path) -> bytes:
    r"""Return the bytes of a YAML source in its form, in which it says the same, with all its comments.

    Lines end in LF, and there is no byte order mark. What is in its form is returned as it is.

    Raises:
        SourceError: it is no YAML, or cannot be read; all that is wrong with it.

    >>> from pathlib import Path
    >>> format_source(b"type: Article\r\nid: 'a' # mine\r\n", Path("a.yaml"))
    b'# mine\nid: a\ntype: Article\n'
    """
    # Read as every source is, so that only what can be read is written anew.
    text = read_yaml(data, path).replace("\r\n", "\n").replace("\r", "\n")
    return format_written(read_written(text)).encode()


def format_files(paths: Iterable[Path | str]) -> list[ChangedSource]:
    """Return what becomes of sources, and of those in folders, in their form; nothing is written.

    Raises:
        SourceError: a folder without any source of YAML.

    >>> from kg.base import data_folder
    >>> any(one.changed for one in format_files([data_folder() / "sources"]))
    False
    """

    def change(data: bytes, path: Path) -> ChangedSource:
        new = format_source(data, path)
        return ChangedSource(path, new, count=int(new != data))

    return change_files(paths, change)
