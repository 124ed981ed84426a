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

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

import pyoxigraph as ox

from kg.base import StoreError, lines_from
from kg.query import LocalIndex
from kg.store.index_files import (
    DIFFERS,
    changed_file,
    differing_file,
    list_files,
    opened,
    restore_times,
    was_touched,
    wrong_size,
)
from kg.store.manifest import (
    FILES,
    damaged,
    find_fault,
    read_manifest,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.base import Lines, Report
    from kg.query import Written
    from kg.sources import Record
    from kg.store.index_files import IndexFile
    from kg.store.manifest import Manifest


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
        """The index on disk, opened read-only once its files look as they were written."""
        index, written = self.folder / "index", self.manifest.index
        # Not a method of this, or neither would be given up while the other is there.
        fault = partial(find_fault, self.folder, self.manifest)
        try:
            what = changed_file(index, written)
            touched = not what and was_touched(index, written)
        except OSError as error:
            raise unreadable(self.folder, error) from None
        if what:
            raise damaged(self.folder, what)
        if touched:
            if found := fault():
                raise found
            restore_times(index, written)
        try:
            return LocalIndex(ox.Store.read_only(str(index)), fault)
        except (OSError, RuntimeError, ValueError) as error:
            told = fault() or StoreError(f"{self.folder.parent}: cannot be read: {error}")
            raise told from None

    @cached_property
    def asserted(self) -> bytes:
        """What the sources say, as N-Quads."""
        return self._read("asserted.nq")

    @cached_property
    def derived(self) -> bytes:
        """What the rules derive, as N-Quads."""
        return self._read("derived.nq")

    def quads(self) -> Iterator[bytes]:
        """Yield both, and keep neither: they can be larger than all that is made of them."""
        yield self._read("asserted.nq")
        yield self._read("derived.nq")

    def lines(self, part: str) -> Iterator[bytes]:
        """Yield what is `asserted` or `derived` line by line, once all of it is what the manifest says."""
        name = f"{part}.nq"
        try:
            with (self.folder / name).open("rb") as file:
                # Twice through it: who is given the first line has none of a damaged file.
                from hashlib import file_digest  # those who ask read the index alone

                self._compare(name, file_digest(file, "sha256").hexdigest())
                file.seek(0)
                yield from file
        except OSError as error:
            raise unreadable(self.folder, error) from None

    def lines_of(self, subjects: Sequence[bytes]) -> Iterator[bytes]:
        """Yield the lines of what the sources say of some subjects, as these stand in N-Quads, looked up where they lie."""
        lines = self._mapped("asserted.nq")
        for subject in subjects:
            for line in lines_from(lines, subject + b" "):
                yield line + b"\n"

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
            raise damaged(self.folder, "record.json: is no record") from None

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
            _ = self.index  # which may set back the times of files
            states = self._states()
            for name in ("asserted", "derived", "record"):
                vars(self).pop(name, None)  # what was read before says nothing of these states
            _ = self.asserted, self.derived, self.record, self._read("written.txt")
            what = differing_file(self.folder / "index", self.manifest.index)
        except (StoreError, OSError):
            return None
        return None if what else states

    def _states(self) -> Sequence[tuple[int, ...]]:
        """What the disk tells of each file without reading it; any change of one changes that."""
        paths = [*(self.folder / name for name in FILES), *list_files(self.folder / "index")]
        # The time of change as well: a tool may set the other one back.
        stats = [path.stat() for path in paths]
        return [(s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in stats]

    @property
    def linked(self) -> dict[int, IndexFile]:
        """The files of the index by inode, which is that of any link to them too."""
        index = self.folder / "index"
        return {(index / name).stat().st_ino: file for name, file in self.manifest.index.items()}

    def _mapped(self, name: str) -> Lines:
        """Return a file as it is looked into; only the places that are looked at are read."""
        import mmap  # see above

        try:
            with (self.folder / name).open("rb") as file:
                empty = not self.manifest.sizes[FILES.index(name)]
                return b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise unreadable(self.folder, error) from None
        except ValueError:  # it has been cut short since it was opened
            raise damaged(self.folder, f"{name}: {DIFFERS}") from None

    def _read(self, name: str) -> bytes:
        from hashlib import sha256  # those who ask read the index alone

        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise unreadable(self.folder, error) from None
        self._compare(name, sha256(data).hexdigest())
        return data

    def _compare(self, name: str, digest: str) -> None:
        if digest != self.manifest.digests[FILES.index(name)]:
            raise damaged(self.folder, f"{name}: {DIFFERS}")


def open_snapshot(folder: Path) -> Snapshot:
    """Open the snapshot in `folder`.

    Raises:
        StoreError: it is of another version, cannot be read, or is not what its manifest says.
    """
    try:
        manifest = read_manifest(folder)
        # Sizes are told without reading; digests are compared when a file is read.
        for name, size in zip(FILES, manifest.sizes, strict=True):
            with opened(folder / name) as file:
                if what := wrong_size(file, size):
                    raise damaged(folder, f"{name}: {what}")
    except OSError as error:
        raise unreadable(folder, error) from None
    return Snapshot(folder, manifest)


def sound_snapshot(folder: Path, known: Snapshot | None = None) -> Snapshot | None:
    """Open a snapshot if it is there and holds, to the byte, what its manifest says.

    Where it is the one that is `known`, and untouched since that was read, it is not read again.
    """
    try:
        found = open_snapshot(folder)
    except StoreError:
        return None
    if found == known and known.sound:
        return known
    return found if found.sound else None
