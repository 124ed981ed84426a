"""What a build has left of itself in a folder: a receipt of its files, and a stamp in each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from kg.base import HEAD, RECEIPT, stamp_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAGE: Final = "plans.html"
_MOST: Final = 1 << 16
"""How many bytes a receipt has at most; whatever is larger is none."""


@dataclass(frozen=True)
class Receipt:
    """What was written: `made_of` what, the `stamp` of the graph, the digests of the `files`, a `summary`."""

    made_of: str
    stamp: str
    files: Mapping[str, str]
    summary: str

    @classmethod
    def of(cls, made_of: str, stamp: str, files: Mapping[str, bytes], summary: str) -> Receipt:
        """Return the receipt of files by name."""
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        return cls(made_of, stamp, digests, summary)

    def to_bytes(self) -> bytes:
        """Return the receipt as a file has it."""
        return json.dumps(asdict(self)).encode()

    def holds(self, path: Path) -> bool:
        """Tell whether a file is, to the byte, the one of its name.

        Raises:
            OSError: it cannot be read.
        """
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.files[path.name]


def read_receipt(folder: Path) -> Receipt | None:
    """Return the receipt in a folder, or None where there is none of ours."""
    try:
        data = _head(folder / RECEIPT, _MOST + 1)
        if len(data) > _MOST:
            return None
        told = json.loads(data)
        files = {str(name): str(digest) for name, digest in told["files"].items()}
        texts = (str(told[name]) for name in ("made_of", "stamp", "summary"))
        made_of, stamp, summary = texts
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return Receipt(made_of, stamp, files, summary)


def stamp_of_file(path: Path) -> str | None:
    """Return the stamp that a Turtle file or a page bears, or None where there is none."""
    try:
        return stamp_in(_head(path, HEAD))
    except OSError:
        return None


def _head(path: Path, most: int) -> bytes:
    """Return the beginning of a file; of a pipe or a device, which may never end, nothing."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(most)
