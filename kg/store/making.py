"""A snapshot of a graph that is larger than memory: what is in it comes piece by piece, and is sorted aside.

Say `read` gives what files say:

    with made_aside(folder) as making:
        read(files, making.put_asserted)
        path = making.write_asserted()      # sorted, as one file, to check and to derive from
        making.index_asserted(path)         # while that goes on
        report = making.asked(examine)      # of the index, as soon as that is there
        derive(path, rules, making.put_derived)
        making.index_derived()
        making.write_derived()
        commit = making.prepare(record)
        commit()

What is made is the same, to the byte, as where all was in memory: see `kg.store.commit`. It lies in a folder of the
store, is gone after all unless it is committed, and nobody else writes to the store meanwhile.
"""

from __future__ import annotations

import contextlib
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox

from kg.base import (
    SpilledLines,
    StoreError,
    held_folder,
    in_parts,
    nquads,
    parts_of,
    sync_tree,
    write_file,
)
from kg.query import LocalIndex, list_written
from kg.store.commit import Claimed, file_of, told, told_of_index, told_of_sheaves
from kg.store.comparison import sound_snapshot
from kg.store.manifest import FORMAT, RECORD, Manifest
from kg.store.sheaf_writing import write_sheaf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from kg.query import Dataset, QueryResults
    from kg.sources import Record
    from kg.store.sheaf import Sheaf
    from kg.store.snapshot import Snapshot

_Looked = TypeVar("_Looked")

_SAID: Final = ("asserted", "derived")

_HELD: Final = 128 << 20
"""How many bytes of what is derived are in memory before they are written and loaded: the index gets fewer, larger files."""


@contextlib.contextmanager
def made_aside(folder: Path) -> Iterator[Making]:
    """Lend what makes a snapshot for the store in `folder`, to which nobody else writes meanwhile.

    Raises:
        StoreError: the folder cannot be written, or another build is writing it.
    """
    with contextlib.ExitStack() as held:
        with told(folder):
            store = Claimed(folder, held)
            aside = held.enter_context(held_folder(folder))
            making = Making(store, aside)
        held.callback(making.close)
        with told(folder):
            yield making


class Making:
    """What is to become of a store; parts that are `known` are linked, if there is a snapshot that has been compared."""

    known: Snapshot | None = None

    def __init__(self, store: Claimed, aside: Path) -> None:
        """Take the store, and an empty folder in it; see `made_aside`."""
        self._store, self._aside = store, aside
        self._snapshot = aside / "snapshot"
        self._snapshot.mkdir()
        for name in _SAID:
            (aside / name).mkdir()
        self._asserted, self._derived = (
            SpilledLines(aside / name, _HELD, StoreError) for name in _SAID
        )
        self._sheaves: dict[str, Sheaf] = {}
        # Not in this thread: the engine needs none of what Python holds while it loads a file.
        self._apart = ThreadPoolExecutor(1)
        self._loading: dict[Path, Future[None]] = {}
        self._index: ox.Store | None = None
        self._over = False

    def put_asserted(self, data: bytes) -> None:
        """Take what sources say, as N-Quads in any order; a StoreError says that the folder cannot be written."""
        self._asserted.add(nquads.split(data))

    def put_kept(self, lines: Iterable[bytes]) -> None:
        """Take what sources say, as sorted lines, of which there may be more than fit into memory; errors as before."""
        self._asserted.add_sorted(lines)

    def put_derived(self, data: bytes) -> None:
        """Take what follows, as N-Quads in any order; errors as before."""
        self._derived.add(nquads.split(data))

    def write_asserted(self) -> Path:
        """Write all that is asserted, sorted, and return the file that has it as one, too.

        Raises:
            StoreError: the folder cannot be written.
        """
        path = self._aside / "asserted.nq"
        with path.open("wb") as whole:
            self._write("asserted", _seen(map(b"".join, in_parts(self._asserted)), whole.write))
        self._asserted.clear()
        return path

    def write_derived(self) -> None:
        """Write all that is derived, sorted; errors as in `write_asserted`."""
        self._write("derived", map(b"".join, in_parts(self._derived)))

    def _write(self, name: str, parts: Iterable[bytes]) -> None:
        known = self.known.sheaf(name) if self.known else None
        self._sheaves[name] = write_sheaf(self._snapshot / name, parts, known)

    def lines_of(self, subjects: Iterable[bytes]) -> Iterable[bytes]:
        """Return the lines of some subjects, given as N-Quads have them, of what is asserted and was written."""
        return self._sheaves["asserted"].of_subjects(subjects)

    def forget(self, path: Path) -> None:
        """Have a file that was written go, once it is in the index."""
        self._apart.submit(path.unlink)

    @contextlib.contextmanager
    def room(self) -> Iterator[Path]:
        """Lend an empty folder for what lies aside meanwhile."""
        with tempfile.TemporaryDirectory(dir=self._aside) as room:
            yield Path(room)

    def index_asserted(self, path: Path) -> None:
        """Have what was written to a file in the index, in a thread apart; what fails there is told at the end."""
        self._loading[path] = self._apart.submit(self._load, path)

    def asked(self, look: Callable[[LocalIndex], _Looked]) -> Future[_Looked]:
        """Have a look at the index, in the thread apart, once all is in it that has been told to be loaded by now."""

        def looked() -> _Looked:
            # What could not be loaded is told, and never what is found in a part.
            for one in list(self._loading.values()):
                if one.done():
                    one.result()
            assert self._index is not None  # noqa: S101 - something was loaded before
            return look(_WatchedIndex(self._index, lambda: self._over))

        return self._apart.submit(looked)

    def index_derived(self, *, all_of_it: bool = True) -> None:
        """Have what is derived so far in the index, in a thread apart, too: all of it, or what is in files already."""
        for path in self._derived.paths(all_of_it=all_of_it):
            if path not in self._loading:
                self._loading[path] = self._apart.submit(self._load, path)

    def _load(self, path: Path) -> None:
        if self._index is None:
            self._index = ox.Store(self._snapshot / "index")
        self._index.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)

    def prepare(self, record: Record) -> Callable[[], Path]:
        """Finish the snapshot, and return what commits it and returns its folder; errors as in `write_asserted`."""
        pieces = chain.from_iterable(self._sheaves[name].pieces() for name in _SAID)
        self._write("written", parts_of(list_written(pieces)))
        self._write("sources", parts_of(record.lines))
        write_file(self._snapshot / RECORD, record.head)
        manifest = Manifest(
            format=FORMAT,
            engine=ox.__version__,
            record=file_of(record.head),
            **told_of_sheaves(self._sheaves),
            **told_of_index(self._snapshot / "index", self._finish_index()),
        )
        write_file(self._snapshot / "manifest.json", manifest.to_bytes())
        sync_tree(self._snapshot)
        final = self._store.folder / manifest.name
        there = sound_snapshot(final, self.known)
        return self._store.prepare(final, None if there else self._aside)

    def _finish_index(self) -> int:
        for one in self._loading.values():
            one.result()
        assert self._index is not None  # noqa: S101 - for the type checker
        self._index.optimize()
        self._index.flush()
        indexed = len(self._index)
        self._index = None  # which holds its files open
        return indexed

    def close(self) -> None:
        """Wait for what is loaded still, or asked: it is in the folder that goes."""
        self._over = True
        self._apart.shutdown(cancel_futures=True)
        self._index = None


class _WatchedIndex(LocalIndex):
    """An index that is asked no more once nobody waits for what comes of it, as after Ctrl-C."""

    def __init__(self, store: ox.Store, is_over: Callable[[], bool]) -> None:
        super().__init__(store)
        self._is_over = is_over

    def run(self, text: str, *, union: bool = True, dataset: Dataset | None = None) -> QueryResults:
        """Run a query; see `Index.run`."""
        if self._is_over():
            raise StoreError("the store is not made any more")
        return super().run(text, union=union, dataset=dataset)


def _seen(pieces: Iterable[bytes], see: Callable[[bytes], object]) -> Iterator[bytes]:
    """Yield pieces once they have been seen."""
    for piece in pieces:
        see(piece)
        yield piece
