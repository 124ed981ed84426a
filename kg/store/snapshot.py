"""A snapshot of a graph in a folder: what it claims of itself, and how it is read.

    DIR/current                 the name of the snapshot that counts
    DIR/<digest>/asserted/      what the sources say, in parts: see `kg.store.sheaf`
    DIR/<digest>/derived/       what the rules derive from it
    DIR/<digest>/written/       how the data write the values that the index rewrites
    DIR/<digest>/sources/       of what it was built, for the next build: see `kg.sources.record_lines`
    DIR/<digest>/record.json    what else the build remembers for that
    DIR/<digest>/asserted.json  the parts of a sheaf, which those who ask the index need not know; so of the others
    DIR/<digest>/manifest.json  counts, digests and versions
    DIR/<digest>/index/         Oxigraph

A snapshot never changes once `current` has named it.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

import pyoxigraph as ox

from kg.base import DERIVED, PartedLines, StoreError
from kg.query import LocalIndex, engine_errors
from kg.store.index_files import (
    changed_file,
    differing_file,
    list_files,
    restore_times,
    was_touched,
)
from kg.store.manifest import (
    RECORD,
    SHEAVES,
    damaged,
    find_fault,
    read_manifest,
    unreadable,
)
from kg.store.sheaf import Sheaf, compare_whole, read_whole
from kg.store.sheaf_lists import list_name, open_sheaf

if TYPE_CHECKING:
    import mmap
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kg.base import Change, Report
    from kg.query import Written
    from kg.sources import Record
    from kg.store.index_files import IndexFile
    from kg.store.manifest import Manifest
    from kg.store.snapshot_change import Changing


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
        self._hold_index()
        # Not a method of this, or neither would be given up while the other is there.
        fault = partial(find_fault, self.folder, self.manifest)
        index = self.folder / "index"
        try:
            return LocalIndex(ox.Store.read_only(str(index)), fault)
        except (OSError, RuntimeError, ValueError) as error:
            told = fault() or StoreError(f"{self.folder.parent}: cannot be read: {error}")
            raise told from None

    def _hold_index(self) -> None:
        """Hold the files of the index against what was written, as a whole those that were touched since.

        Raises:
            StoreError: one is another one, or cannot be read.
        """
        index, written = self.folder / "index", self.manifest.index
        with _reading(self.folder):
            if what := changed_file(index, written):
                raise damaged(self.folder, what)
            if was_touched(index, written):
                if found := find_fault(self.folder, self.manifest):
                    raise found
                restore_times(index, written)

    def let_go(self) -> None:
        """Keep nothing in memory of what is said and derived, which was read to be compared."""
        for name in ("asserted", "derived"):
            vars(self).pop(name, None)

    @cached_property
    def asserted(self) -> bytes:
        """What the sources say, as N-Quads."""
        return b"".join(self._pieces("asserted"))

    @cached_property
    def derived(self) -> bytes:
        """What the rules derive, as N-Quads."""
        return b"".join(self._pieces("derived"))

    def quads(self) -> Iterator[bytes]:
        """Yield both part by part, and keep none: they can be larger than all that is made of them."""
        for name in ("asserted", "derived"):
            yield from self._pieces(name)

    def lines(self, part: str) -> Iterator[bytes]:
        """Yield what is `asserted` or `derived` line by line, once all of it is what the manifest says."""
        with _reading(self.folder):
            yield from self.sheaf(part).lines()

    def lines_of(self, subjects: Iterable[bytes], part: str = "asserted") -> list[bytes]:
        """Return the lines of some subjects, given as N-Quads have them, of what is `asserted` or `derived`.

        They are as they were written, where the index has its own form of some. Those parts are read in which they lie.

        Raises:
            StoreError: one of these is damaged, or cannot be read.
        """
        with _reading(self.folder):
            return list(self.sheaf(part).of_subjects(subjects))

    def lines_in(self, graph: str) -> list[bytes]:
        """Return the lines of one named graph, such as a source, which the index finds; as `lines_of`.

        Raises:
            StoreError: the store is damaged, or cannot be read.
        """
        from kg.base import nquads  # those who ask need none of it

        with engine_errors(self.index.fault):
            quads = self.index.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            subjects = {str(quad.subject).encode() for quad in quads}
        part = "derived" if graph == DERIVED else "asserted"
        return [line for line in self.lines_of(subjects, part) if nquads.graph_of(line) == graph]

    def graphs_of(self, nodes: Iterable[str]) -> defaultdict[str, set[str]]:
        """Return the graphs in which something is said of each of some nodes, by their IRIs.

        Raises:
            StoreError: the store is damaged.
        """
        graphs: defaultdict[str, set[str]] = defaultdict(set)
        with engine_errors(self.index.fault):
            for node in nodes:
                for quad in self.index.store.quads_for_pattern(ox.NamedNode(node), None, None):
                    if isinstance(quad.graph_name, ox.NamedNode):
                        graphs[node].add(quad.graph_name.value)
        return graphs

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Tell of damage where the engine fails, and of nothing else, while the index is asked.

        Raises:
            StoreError: the store is damaged.
        """
        try:
            yield
        except (OSError, RuntimeError) as error:
            if found := find_fault(self.folder, self.manifest):
                raise found from None
            raise error from None

    def is_little(self, change: Change) -> bool:
        """Tell whether a change is so small that a snapshot is rather changed than made of the whole."""
        from kg.store.snapshot_change import is_little  # most only read

        return is_little(self, change)

    def changing(self, asserted: Change) -> AbstractContextManager[Changing]:
        """Lend what becomes of this where `asserted` changes; see `kg.store.snapshot_change`."""
        from kg.store.snapshot_change import changing  # see above

        return changing(self, asserted)

    def sheaf(self, name: str) -> Sheaf:
        """Return the lines of one of `SHEAVES`."""
        if name not in self._sheaves:
            with _reading(self.folder):
                self._sheaves[name] = open_sheaf(self.folder, name, self.manifest.lists[name])
        return self._sheaves[name]

    @cached_property
    def _sheaves(self) -> dict[str, Sheaf]:
        """Those that have been opened."""
        return {}

    def _pieces(self, name: str) -> Iterator[bytes]:
        with _reading(self.folder):
            yield from self.sheaf(name).pieces()

    @cached_property
    def written(self) -> Written | None:
        """How the data write the values that the index rewrites, looked up where it lies."""
        if not self.manifest.sheaves["written"].lines:
            return None
        from kg.query import Written  # many graphs have nothing that the index rewrites

        table, compared = (self.looked_into("written", compared=how) for how in (False, True))
        return Written(table, _Lookups(self.folder, self.manifest), compared)

    def looked_into(self, name: str, *, compared: bool) -> PartedLines:
        """Return a sheaf to be looked into; each part that is, is `compared` with what was written, or not.

        Where it is damaged a StoreError is raised then.
        """
        sheaf, folder = self.sheaf(name), self.folder
        read = sheaf.held if compared else sheaf.mapped

        # Nothing of this is in it, or neither would be given up while the other is there.
        def part(at: int) -> bytes | mmap.mmap:
            with _reading(folder):
                return read(at)

        return PartedLines(sheaf.firsts, sheaf.size, part)

    @cached_property
    def record(self) -> Record:
        """What the build remembers."""
        from kg.sources import Record  # those who ask need none of it

        try:
            return Record.of(self._record, partial(_sources, self.folder, self.manifest))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise damaged(self.folder, f"{RECORD}: is no record") from None

    @property
    def sound(self) -> bool:
        """Whether all of it holds, to the byte, what its manifest says.

        It is read once for that: a file that was touched since is no longer known to hold it.
        """
        try:
            return self._compared is not None and self._compared == self._states()
        except OSError:
            return False

    @property
    def untouched(self) -> bool:
        """Whether all files look as they were written: names, sizes, times, and the ends of those of the index.

        What has been touched is compared as a whole. A disk that gives other bytes than it was given is noticed
        where these are read: it is told then, and marked for the next one that asks here.
        """
        try:
            self._hold_index()
            # What was read before tells nothing of the files as they are.
            compare_whole(self.folder, RECORD, *self.manifest.record)
            for name in SHEAVES:
                open_sheaf(self.folder, name, self.manifest.lists[name]).compare_states()
        except (StoreError, OSError):
            return False
        return True

    @cached_property
    def _compared(self) -> Sequence[tuple[int, ...]] | None:
        """The states of the files before all were found to hold what the manifest says, if they do."""
        try:
            self._hold_index()  # which may set back the times of files
            states = self._states()
            for name in ("asserted", "derived", "record", "_record", "_sheaves"):
                vars(self).pop(name, None)  # what was read before says nothing of these states
            _ = self.asserted, self.derived, self.record
            for name in ("written", "sources"):
                self.sheaf(name).compare()
            what = differing_file(self.folder / "index", self.manifest.index)
        except (StoreError, OSError):
            return None
        return None if what else states

    def _states(self) -> Sequence[tuple[int, ...]]:
        """What the disk tells of each file without reading it; any change of one changes that."""
        files = [self.folder / name for name in (RECORD, *map(list_name, SHEAVES))]
        paths = [*files, *list_files(self.folder / "index")]
        # The time of change as well: a tool may set the other one back.
        stats = [
            *(path.stat() for path in paths),
            *chain.from_iterable(self.sheaf(name).states() for name in SHEAVES),
        ]
        return [(s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in stats]

    @property
    def linked(self) -> dict[int, IndexFile]:
        """The files of the index by inode, which is that of any link to them too."""
        index = self.folder / "index"
        return {(index / name).stat().st_ino: file for name, file in self.manifest.index.items()}

    @cached_property
    def _record(self) -> bytes:
        with _reading(self.folder):
            return read_whole(self.folder, RECORD, *self.manifest.record)


def _sources(folder: Path, manifest: Manifest) -> PartedLines:
    # Of another one: what is remembered of a snapshot does not keep that.
    return Snapshot(folder, manifest).looked_into("sources", compared=True)


class _Lookups:
    """What is said and derived in a snapshot, opened when it is looked into, as often as that may be."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        # Of another one: see `_sources`.
        self._snapshot = Snapshot(folder, manifest)

    def __iter__(self) -> Iterator[PartedLines]:
        for name in ("asserted", "derived"):
            yield self._snapshot.looked_into(name, compared=False)


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Have what is wrong with the files of a snapshot told of the store."""
    try:
        yield
    except OSError as error:
        raise unreadable(folder, error) from None


def open_snapshot(folder: Path) -> Snapshot:
    """Open the snapshot in `folder`.

    Raises:
        StoreError: it is of another version, cannot be read, or its manifest is damaged. All else is compared when
            it is read.
    """
    try:
        return Snapshot(folder, read_manifest(folder))
    except OSError as error:
        raise unreadable(folder, error) from None


def untouched_snapshot(folder: Path) -> Snapshot | None:
    """Open a snapshot if it is there and looks as it was written; see `Snapshot.untouched`."""
    try:
        found = open_snapshot(folder)
    except StoreError:
        return None
    return found if found.untouched else None


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
