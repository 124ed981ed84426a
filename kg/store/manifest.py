"""What a snapshot claims of itself, in a file that carries a check of its own, and what is told where that does not hold.

Of a snapshot of another version `format` and `check` alone are read: they stay what they are.
"""

from __future__ import annotations

import errno
import json
import operator
import os
import re
import stat
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.base import CURRENT, DamageError, StoreError
from kg.store.index_files import (
    DIFFERS,
    IndexFile,
    differing_file,
    digest_of,
    opened,
    with_room,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 5
"""The version of the layout; a store of another version is built again, never guessed at."""

FILES: Final = ("asserted.nq", "derived.nq", "record.json", "written.txt")
"""The files of a snapshot that its manifest speaks of, beside those of the index."""


OURS: Final = re.compile("[0-9a-f]{16}")
"""The names of the snapshots in a folder."""

_MOST: Final = 1 << 24
"""How many bytes are read of a manifest, which has some hundred for each file of the index."""

# What the system says of a file that is not what was written, or of a disk that cannot read it. Anything
# else, such as a missing right or too many open files, is no damage, and building again no way out.
_GONE: Final = frozenset(
    getattr(errno, name, None)  # not every system has all of them
    for name in ("ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENXIO", "EIO", "EUCLEAN", "EBADMSG")
)


@dataclass(frozen=True)
class Manifest:
    """What a snapshot claims of itself: sizes, ends and times are compared on opening, digests on reading.

    `asserted` and `derived` count quads, and `indexed` those of the index, to which two literals of
    one value are one; `sizes` and `digests` are of the files in `FILES`, in bytes and SHA-256, and
    `index` has the files of the index by name.
    """

    format: int
    engine: str
    asserted: int
    derived: int
    sizes: tuple[int, ...]
    digests: tuple[str, ...]
    indexed: int
    index: dict[str, IndexFile]

    @property
    def stamp(self) -> str:
        """The stamp of the graph, which Turtle and page of the same build bear."""
        from kg.base import stamp_of  # those who ask need none of it

        asserted, derived = self.digests[:2]
        return stamp_of(asserted, derived)

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest | None:
        """Return what a manifest claims, or None where it is of another version.

        Raises:
            ValueError, TypeError, LookupError, AttributeError, RecursionError: it is damaged.
        """
        claimed = json.loads(data)
        check = claimed.pop("check", None)
        # Compared before the version, which may be what is damaged; the first ones had none.
        if check != _check(claimed) and (check is not None or claimed["format"] >= FORMAT):
            raise ValueError(check)
        if claimed["format"] != FORMAT:
            return None
        number = operator.index
        counts = {name: number(claimed[name]) for name in ("asserted", "derived", "indexed")}
        sizes = tuple(number(size) for size, _ in zip(claimed["sizes"], FILES, strict=True))
        digests = tuple(str(digest) for digest, _ in zip(claimed["digests"], FILES, strict=True))
        index = {
            str(name): IndexFile(number(size), number(end), str(digest), number(modified))
            for name, (size, end, digest, modified) in claimed["index"].items()
        }
        given = {**claimed, **counts, "sizes": sizes, "digests": digests, "index": index}
        return cls(**given)

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON, with its check."""
        claims = asdict(self)
        return json.dumps({**claims, "check": _check(claims)}, indent=1).encode()


def _check(claims: Mapping[str, Any]) -> int:
    # Not against somebody who means it, who could write the check as well.
    return zlib.crc32(json.dumps(claims, sort_keys=True).encode())


def read_manifest(folder: Path) -> Manifest:
    """Return what the snapshot in a folder claims of itself.

    Raises:
        OSError: as the system has it.
        StoreError: it is of another version, or damaged.
    """
    with opened(folder / "manifest.json") as file:
        state = os.fstat(file)
        data = os.read(file, _MOST) if stat.S_ISREG(state.st_mode) else b""
    try:
        manifest = Manifest.from_bytes(data)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise damaged(folder, f"manifest.json: {DIFFERS}") from None
    if manifest is None:
        raise StoreError(f"{folder.parent}: was built by another version; build it again")
    return manifest


def current_snapshot(folder: Path) -> Path | None:
    """Return the folder of the snapshot that counts, or None where there is none."""
    path = folder / CURRENT
    try:
        # A pipe or a device may never end, nor a file that is not ours.
        with opened(path) as file:
            name = os.read(file, 64).decode().strip() if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return None
    return folder / name if OURS.fullmatch(name) else None


def damaged(folder: Path, what: str) -> StoreError:
    """Return what to say of a snapshot in which something is not as it was written."""
    if current_snapshot(folder.parent) not in {folder, None}:  # two builds later it is swept
        return StoreError(f"{folder.parent}: has been built again meanwhile; open it again")
    return DamageError(folder.parent, what)


def unreadable(folder: Path, error: OSError) -> StoreError:
    """Return what to say of a snapshot that cannot be read, and why."""
    reason = error.strerror or str(error)
    if error.errno in _GONE:
        name = Path(str(error.filename or "a file"))
        inside = name.relative_to(folder) if folder in name.parents else name.name
        return damaged(folder, f"{inside}: {reason}")
    return StoreError(f"{folder.parent}: cannot be read: {reason}")


def find_fault(folder: Path, manifest: Manifest) -> StoreError | None:
    """Return why not all of a snapshot holds, to the byte, what its manifest says; None if it does.

    Every file is read, piece by piece.
    """
    try:
        with with_room():
            what = differing_file(folder / "index", manifest.index) or _differing(folder, manifest)
    except OSError as error:
        return unreadable(folder, error)
    return damaged(folder, what) if what else None


def _differing(folder: Path, manifest: Manifest) -> str | None:
    for name, digest in zip(FILES, manifest.digests, strict=True):
        if digest_of(folder / name) != digest:
            return f"{name}: {DIFFERS}"
    return None
