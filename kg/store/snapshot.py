"""A snapshot of a graph in a folder: what it claims of itself, and how it is read.

    DIR/current                 the name of the snapshot that counts
    DIR/<digest>/asserted.nq    what the sources say
    DIR/<digest>/derived.nq     what the rules derive from it
    DIR/<digest>/record.json    what the build remembers for the next one
    DIR/<digest>/written.txt    how the data write the values that the index rewrites
    DIR/<digest>/manifest.json  counts, digests and versions
    DIR/<digest>/index/         Oxigraph

A snapshot never changes once `current` has named it.
"""

from __future__ import annotations

import json
import operator
import re
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pyoxigraph as ox

from kg.base import CURRENT, StoreError
from kg.query import LocalIndex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kg.base import Lines, Report
    from kg.query import Written
    from kg.sources import Record

FORMAT: Final = 5
"""The version of the layout above; a store of another version is built again, never guessed at."""

OURS: Final = re.compile("[0-9a-f]{16}|new-[0-9a-z_]{8}")
"""What builds leave in a folder: snapshots, and those that were being made when one was killed."""

FILES: Final = ("asserted.nq", "derived.nq", "record.json", "written.txt")
"""The files of a snapshot that its manifest speaks of."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot claims of itself: compared by size on opening, by digest on reading.

    `asserted` and `derived` count quads, and `indexed` those of the index, to which two literals of
    one value are one; `sizes` and `digests` are of the files in `FILES`, in bytes and SHA-256, and
    `index` has the digests of the files of the index by name, which only a build compares.
    """

    format: int
    engine: str
    asserted: int
    derived: int
    sizes: tuple[int, ...]
    digests: tuple[str, ...]
    indexed: int
    index: dict[str, str]

    @classmethod
    def of(cls, claimed: Mapping[str, Any]) -> Manifest:
        """Return what the JSON of a manifest claims.

        Raises:
            ValueError, TypeError, KeyError: it is of another kind.
        """
        number = operator.index
        counts = {name: number(claimed[name]) for name in ("asserted", "derived", "indexed")}
        sizes = tuple(number(size) for size, _ in zip(claimed["sizes"], FILES, strict=True))
        digests = tuple(str(digest) for digest, _ in zip(claimed["digests"], FILES, strict=True))
        return cls(**{**claimed, **counts, "sizes": sizes, "digests": digests})


@dataclass(frozen=True)
class Snapshot:
    """A finished snapshot that has been opened for reading."""

    folder: Path
    manifest: Manifest
    exact: ClassVar = True

    @property
    def content(self) -> Snapshot:
        """The graph itself, for a build that finds nothing changed."""
        return self

    @property
    def snapshot(self) -> Snapshot:
        """This, as a build asks whatever it starts from."""
        return self

    @property
    def report(self) -> Report | None:
        """What the shapes found when it was built, without places."""
        return self.record.report

    @cached_property
    def index(self) -> LocalIndex:
        """The index on disk, opened read-only."""
        try:
            return LocalIndex(ox.Store.read_only(str(self.folder / "index")))
        except (OSError, RuntimeError, ValueError):
            raise _damaged(self.folder) from None

    @cached_property
    def asserted(self) -> bytes:
        """What the sources say, as N-Quads."""
        return self._read("asserted.nq")

    @cached_property
    def derived(self) -> bytes:
        """What the rules derive, as N-Quads."""
        return self._read("derived.nq")

    @cached_property
    def written(self) -> Written | None:
        """How the data write the values that the index rewrites, looked up where it lies."""
        if not self.manifest.sizes[FILES.index("written.txt")]:
            return None
        from kg.query import Written  # many graphs have nothing that the index rewrites

        said = [self._mapped("asserted.nq"), self._mapped("derived.nq")]
        return Written(self._mapped("written.txt"), said, partial(self._read, "written.txt"))

    @cached_property
    def record(self) -> Record:
        """What the build remembers."""
        from kg.sources import Record  # those who ask need none of it

        try:
            return Record.from_bytes(self._read("record.json"))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise _damaged(self.folder) from None

    @property
    def sound(self) -> bool:
        """Whether all of it holds, to the byte, what its manifest says.

        It is read once for that: a file that was touched since is no longer known to hold it.
        """
        try:
            return self._compared is not None and self._compared == self._states()
        except OSError:
            return False

    @cached_property
    def _compared(self) -> Sequence[tuple[int, ...]] | None:
        """The states of the files before all were found to hold what the manifest says, if they do."""
        try:
            states = self._states()
            for name in ("asserted", "derived", "record"):
                vars(self).pop(name, None)  # what was read before says nothing of these states
            _ = self.asserted, self.derived, self.record, self.index, self._read("written.txt")
            held = index_digests(self.folder / "index")
        except (StoreError, OSError):
            return None
        return states if held == self.manifest.index else None

    def _states(self) -> Sequence[tuple[int, ...]]:
        """What the disk tells of each file without reading it; any change of one changes that."""
        paths = [*(self.folder / name for name in FILES), *_files(self.folder / "index")]
        # The time of change as well: a tool may set the other one back.
        stats = [path.stat() for path in paths]
        return [(s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in stats]

    @property
    def linked(self) -> dict[int, str]:
        """The digests of the files of the index by inode, which is that of any link to them too."""
        index = self.folder / "index"
        return {
            (index / name).stat().st_ino: digest for name, digest in self.manifest.index.items()
        }

    def _mapped(self, name: str) -> Lines:
        """Return a file as it is looked into; only the places that are looked at are read."""
        import mmap  # see above

        try:
            with (self.folder / name).open("rb") as file:
                empty = not self.manifest.sizes[FILES.index(name)]
                return b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            raise _damaged(self.folder) from None

    def _read(self, name: str) -> bytes:
        from hashlib import sha256  # those who ask read the index alone

        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            raise _damaged(self.folder) from None
        if sha256(data).hexdigest() != self.manifest.digests[FILES.index(name)]:
            raise _damaged(self.folder)
        return data


def current_snapshot(folder: Path) -> Path | None:
    """Return the folder of the snapshot that counts, or None where there is none."""
    path = folder / CURRENT
    try:
        # A pipe or a device may never end.
        name = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return None
    return folder / name if OURS.fullmatch(name) else None


def _damaged(folder: Path) -> StoreError:
    if current_snapshot(folder.parent) not in {folder, None}:  # two builds later it is swept
        return StoreError(f"{folder.parent}: has been built again meanwhile; open it again")
    return StoreError(f"{folder.parent}: is damaged; build it again")


def open_snapshot(folder: Path) -> Snapshot:
    """Open the snapshot in `folder`.

    Raises:
        StoreError: it is of another version, or not what its manifest says.
    """
    try:
        path = folder / "manifest.json"
        if not path.is_file():
            raise _damaged(folder)
        claimed = json.loads(path.read_text(encoding="utf-8"))
        if claimed["format"] != FORMAT:
            raise StoreError(f"{folder.parent}: was built by another version; build it again")
        manifest = Manifest.of(claimed)
        sizes = tuple((folder / name).stat().st_size for name in FILES)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise _damaged(folder) from None
    # Sizes are told without reading; digests are compared when a file is read.
    if sizes != manifest.sizes or not (folder / "index").is_dir():
        raise _damaged(folder)
    return Snapshot(folder, manifest)


def sound_snapshot(folder: Path, known: Snapshot | None = None) -> Snapshot | None:
    """Open a snapshot if it is there and holds, to the byte, what its manifest says.

    Where it is the one that is `known`, and untouched since that was read, it is not read again.
    """
    try:
        opened = open_snapshot(folder)
    except StoreError:
        return None
    if opened == known and known.sound:
        return known
    return opened if opened.sound else None


def index_digests(index: Path, known: Mapping[int, str] | None = None) -> dict[str, str]:
    """Return the SHA-256 of the files that an index consists of, by name.

    Those that are `known`, by inode, are not read.
    """
    from hashlib import file_digest  # see above

    by_name: dict[str, str] = {}
    for path in _files(index):
        digest = known.get(path.stat().st_ino) if known else None
        if digest is None:
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
        by_name[path.name] = digest
    return by_name


def _files(index: Path) -> list[Path]:
    """Return the files that an index consists of; logs and locks are none."""
    return sorted(path for path in index.iterdir() if not path.name.startswith(("LOG", "LOCK")))
