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
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

import pyoxigraph as ox

from kg.base import DERIVED, StoreError
from kg.query import LocalIndex, engine_errors
from kg.store.index_files import (
    changed_file,
    restore_times,
    was_touched,
)
from kg.store.manifest import (
    RECORD,
    damaged,
    find_fault,
    read_manifest,
    unreadable,
)
from kg.store.sheaf import Sheaf, read_whole
from kg.store.sheaf_lists import open_sheaf

if TYPE_CHECKING:
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
    keeps: bool = field(default=False, compare=False)
    """Whether what is said and derived, which is read to be compared, is in memory from then on."""
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
        self.hold_index()
        # Not a method of this, or neither would be given up while the other is there.
        fault = partial(find_fault, self.folder, self.manifest)
        index = self.folder / "index"
        try:
            return LocalIndex(ox.Store.read_only(str(index)), fault)
        except (OSError, RuntimeError, ValueError) as error:
            told = fault() or StoreError(f"{self.folder.parent}: cannot be read: {error}")
            raise told from None

    def hold_index(self) -> None:
        """Hold the files of the index against what was written, as a whole those that were touched since.

        Raises:
            StoreError: one is another one, or cannot be read.
        """
        index, written = self.folder / "index", self.manifest.index
        with reading(self.folder):
            if what := changed_file(index, written):
                raise damaged(self.folder, what)
            if was_touched(index, written):
                if found := find_fault(self.folder, self.manifest):
                    raise found
                restore_times(index, written)

    @cached_property
    def asserted(self) -> bytes:
        """What the sources say, as N-Quads."""
        return b"".join(self.pieces("asserted"))

    @cached_property
    def derived(self) -> bytes:
        """What the rules derive, as N-Quads."""
        return b"".join(self.pieces("derived"))

    def read_anew(self) -> tuple[str, ...]:
        """Read what is said and derived, whatever is in memory of it; return the names of both sheaves.

        Raises:
            StoreError: one of them is damaged, or cannot be read.
        """
        said = ("asserted", "derived")
        for name in said:
            vars(self).pop(name, None)  # what was read before says nothing of the files as they are
        _ = self.asserted, self.derived
        return said

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield what is `asserted` or `derived` piece by piece, each once it is what was written, and keep none."""
        with reading(self.folder):
            yield from self.sheaf(part).pieces()

    def lines(self, part: str) -> Iterator[bytes]:
        """Yield what is `asserted` or `derived` line by line, once all of it is what the manifest says."""
        with reading(self.folder):
            yield from self.sheaf(part).lines()

    def lines_of(self, subjects: Iterable[bytes], part: str = "asserted") -> list[bytes]:
        """Return the lines of some subjects, given as N-Quads have them, of what is `asserted` or `derived`.

        They are as they were written, where the index has its own form of some. Those parts are read in which they lie.

        Raises:
            StoreError: one of these is damaged, or cannot be read.
        """
        with reading(self.folder):
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
            with reading(self.folder):
                self._sheaves[name] = open_sheaf(self.folder, name, self.manifest.lists[name])
        return self._sheaves[name]

    @cached_property
    def _sheaves(self) -> dict[str, Sheaf]:
        """Those that have been opened."""
        return {}

    @cached_property
    def written(self) -> Written | None:
        """How the data write the values that the index rewrites, looked up where it lies."""
        if not self.manifest.sheaves["written"].lines:
            return None
        from kg.query import Written  # many graphs have nothing that the index rewrites
        from kg.store.lookups import SaidLines, looked_into

        sheaf = self.sheaf("written")
        table, compared = (looked_into(self.folder, sheaf, compared=how) for how in (False, True))
        return Written(table, SaidLines(self.folder, self.manifest), compared)

    @cached_property
    def record(self) -> Record:
        """What the build remembers."""
        from kg.sources import Record  # those who ask need none of it
        from kg.store.lookups import sources_of

        try:
            return Record.of(self._record, partial(sources_of, self.folder, self.manifest))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise damaged(self.folder, f"{RECORD}: is no record") from None

    @property
    def sound(self) -> bool:
        """Whether all of it holds, to the byte, what its manifest says; see `kg.store.comparison`.

        It is read once for that: a file that was touched since is no longer known to hold it.
        """
        from kg.store.comparison import states_of  # those who ask compare no more than they read

        try:
            return self._compared is not None and self._compared == states_of(self)
        except (StoreError, OSError):
            return False

    @cached_property
    def _compared(self) -> Sequence[tuple[int, ...]] | None:
        """The states of the files before all were found to hold what the manifest says, if they do."""
        from kg.store.comparison import compare  # see above

        return compare(self)

    @property
    def linked(self) -> dict[int, IndexFile]:
        """The files of the index by inode, which is that of any link to them too."""
        index = self.folder / "index"
        return {(index / name).stat().st_ino: file for name, file in self.manifest.index.items()}

    @cached_property
    def _record(self) -> bytes:
        with reading(self.folder):
            return read_whole(self.folder, RECORD, *self.manifest.record)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Have what is wrong with the files of a snapshot told of the store."""
    try:
        yield
    except OSError as error:
        raise unreadable(folder, error) from None


def open_snapshot(folder: Path, *, keep: bool = False) -> Snapshot:
    """Open the snapshot in `folder`; see `Snapshot.keeps`.

    Raises:
        StoreError: it is of another version, cannot be read, or its manifest is damaged. All else is compared when
            it is read.
    """
    try:
        return Snapshot(folder, read_manifest(folder), keep)
    except OSError as error:
        raise unreadable(folder, error) from None
