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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.base import CURRENT, DamageError, StoreError
from kg.store.index_files import (
    DIFFERS,
    IndexFile,
    differing_file,
    opened,
    with_room,
)
from kg.store.sheaf import PartError, SheafPart, compare_whole, digest_of_sheaf
from kg.store.sheaf_lists import ListFile, open_sheaf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT: Final = 7
"""The version of the layout; a store of another version is built again, never guessed at."""

SHEAVES: Final = ("asserted", "derived", "written", "sources")
"""The sheaves of a snapshot: what was said and derived, how the data write what the index rewrites, and of what it was built."""

RECORD: Final = "record.json"

OURS: Final = re.compile("[0-9a-f]{16}")
"""The names of the snapshots in a folder."""

_MOST: Final = 1 << 24
"""How many bytes are read of a manifest, which has some hundred for each file of the index."""

_CHECKED: Final = 5
"""The first version whose manifest has a check of its own."""

# What the system says of a file that is not what was written, or of a disk that cannot read it. Anything
# else, such as a missing right or too many open files, is no damage, and building again no way out.
_GONE: Final = frozenset(
    getattr(errno, name, None)  # not every system has all of them
    for name in ("ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENXIO", "EIO", "EUCLEAN", "EBADMSG")
)


class WholeFile(NamedTuple):
    """A file as it was written: its size and its SHA-256."""

    size: int
    digest: str


class WholeSheaf(NamedTuple):
    """A sheaf as it was written: how many lines it has, and the digest of them."""

    lines: int
    digest: str

    @classmethod
    def of(cls, parts: Iterable[SheafPart]) -> WholeSheaf:
        """Return what is told of a sheaf with these parts."""
        parts = tuple(parts)
        return cls(sum(part.lines for part in parts), digest_of_sheaf(parts))


class Anew(NamedTuple):
    """How many quads an index had, and how many bytes, when it was last made anew, and not of the one before."""

    indexed: int
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a snapshot claims of itself: of the index sizes, ends and times are compared on opening, digests on reading.

    `sheaves` has what is told of each sheaf by its name, `lists` the files that list their parts, `indexed` counts the
    quads of the index, to which two literals of one value are one, and `index` has its files by name.
    """

    format: int
    engine: str
    sheaves: dict[str, WholeSheaf]
    lists: dict[str, ListFile]
    record: WholeFile
    indexed: int
    index: dict[str, IndexFile]
    anew: Anew

    @property
    def asserted(self) -> int:
        """How many quads were said."""
        return self.sheaves["asserted"].lines

    @property
    def derived(self) -> int:
        """How many quads were derived."""
        return self.sheaves["derived"].lines

    @property
    def stamp(self) -> str:
        """The stamp of the graph, which Turtle and page of the same build bear."""
        from kg.base import stamp_of  # those who ask need none of it

        return stamp_of(self.sheaves["asserted"].digest, self.sheaves["derived"].digest)

    @property
    def name(self) -> str:
        """The name of the snapshot, which follows from what the build gives, and the version of the engine."""
        from hashlib import sha256  # those who ask need none of it

        said = [self.sheaves[name].digest for name in ("asserted", "derived", "sources")]
        identity = json.dumps([self.format, *said, self.record.digest, self.engine])
        return sha256(identity.encode()).hexdigest()[:16]

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest | None:
        """Return what a manifest claims, or None where it is of another version.

        Raises:
            ValueError, TypeError, LookupError, AttributeError, RecursionError: it is damaged.
        """
        claimed = json.loads(data)
        check = claimed.pop("check", None)
        # Compared before the version, which may be what is damaged; the first ones had none.
        if check != _check(claimed) and (check is not None or claimed["format"] >= _CHECKED):
            raise ValueError(check)
        if claimed["format"] != FORMAT:
            return None
        given = {
            "sheaves": {
                name: WholeSheaf(*_typed(claimed["sheaves"][name], int, str)) for name in SHEAVES
            },
            "lists": {
                name: ListFile(*_typed(claimed["lists"][name], int, int)) for name in SHEAVES
            },
            "record": WholeFile(*_typed(claimed["record"], int, str)),
            "indexed": operator.index(claimed["indexed"]),
            "index": {
                str(name): IndexFile(*_typed(file, int, int, str, int))
                for name, file in claimed["index"].items()
            },
            "anew": Anew(*_typed(claimed["anew"], int, int)),
        }
        return cls(**{**claimed, **given})

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON, with its check."""
        claims = vars(self)
        return json.dumps({**claims, "check": _check(claims)}).encode()


def _typed(values: list[Any], *kinds: type) -> list[Any]:
    """Return values of JSON that are of some kinds, in this order."""
    for value, kind in zip(values, kinds, strict=True):
        if type(value) is not kind:
            raise TypeError(kind)
    return values


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
        size = min(state.st_size + 1, _MOST)
        data = os.read(file, size) if stat.S_ISREG(state.st_mode) else b""
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
    if isinstance(error, PartError):
        return damaged(folder, f"{error.name}: {error.what}")
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
    try:
        for name in SHEAVES:
            open_sheaf(folder, name, manifest.lists[name]).compare()
        compare_whole(folder, RECORD, *manifest.record)
    except PartError as error:
        return f"{error.name}: {error.what}"
    return None
