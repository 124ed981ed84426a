"""Where graphs are kept: a folder here, or any SPARQL 1.1 endpoint by URL.

A graph in a folder is generations that never change:

    DIR/current                 the name of the generation that counts
    DIR/<digest>/asserted.nq    what the sources say
    DIR/<digest>/derived.nq     what the rules derive from it
    DIR/<digest>/record.json    what the build remembers for the next one
    DIR/<digest>/manifest.json  counts, digests and versions
    DIR/<digest>/index/         Oxigraph

A build writes a generation aside, compares it with its manifest, renames it into place and only
then lets `current` name it, so a reader sees a whole generation or the one before it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import re
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.index import Local

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.record import Record
    from kg.remote import Remote

FORMAT: Final = 3
"""The version of the layout above; a store of another version is built again, never guessed at."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")

# What a build leaves behind: generations, and those that were being made when it was killed.
_OURS = re.compile("[0-9a-f]{16}|new-[0-9a-z_]{8}")

_FILES: Final = ("asserted.nq", "derived.nq", "record.json")


@dataclass(frozen=True)
class Manifest:
    """What a generation claims of itself: compared by size on opening, by digest on reading.

    `asserted` and `derived` count quads, and `indexed` those of the index, to which two literals of
    one value are one; `sizes` and `digests` are of the files in `_FILES`, in bytes and SHA-256.
    """

    format: int
    engine: str
    asserted: int
    derived: int
    sizes: tuple[int, ...]
    digests: tuple[str, ...]
    indexed: int = 0


def is_address(place: object) -> bool:
    """Tell whether a store is named by URL.

    >>> is_address("https://example.org/sparql"), is_address("stores/plans")
    (True, False)
    """
    return isinstance(place, str) and bool(_SCHEME.match(place))


def write(place: Path | str, asserted: bytes, derived: bytes, record: Record) -> Path | str:
    """Make the store at `place` hold a graph; see `kg.upload.write` for an endpoint by URL.

    In a folder the graph is a new generation, which is made the current one; the others are swept.
    The same content is the same generation, so writing it again changes nothing. Returns the folder
    of the generation, or the URL.

    Raises:
        StoreError: the store cannot be written, or another build is writing it.
        UsageError: no such address can be.
        TimedOut: the endpoint takes too long.
    """
    if is_address(place):
        from kg import upload  # noqa: PLC0415 - few stores are so far away

        return upload.write(str(place), asserted, derived, record)
    import shutil  # noqa: PLC0415 - most only read
    import tempfile  # noqa: PLC0415
    from hashlib import sha256  # noqa: PLC0415

    from kg import files  # noqa: PLC0415

    folder = Path(place)
    contents = (asserted, derived, record.to_bytes())
    manifest = Manifest(
        FORMAT,
        ox.__version__,
        asserted.count(b"\n"),
        derived.count(b"\n"),
        tuple(map(len, contents)),
        tuple(sha256(data).hexdigest() for data in contents),
    )
    identity = json.dumps([manifest.digests, manifest.engine])
    final = folder / sha256(identity.encode()).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "lock").exists() and any(folder.iterdir()):
            raise StoreError(f"{folder}: holds other things; name a folder for the store alone")
        with _locked(folder):
            before = _current(folder)
            if not _sound(final):
                with tempfile.TemporaryDirectory(dir=folder, prefix="new-") as made:
                    aside = Path(made) / "generation"
                    _fill(aside, contents, manifest)
                    if final.exists():
                        final.rename(Path(made) / "damaged")
                    aside.rename(final)
            files.replace(folder / "current", (final.name + "\n").encode())
            # Whoever opened the generation before this one may still be reading it.
            for old in folder.iterdir():
                if _OURS.fullmatch(old.name) and old not in {final, before}:
                    shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from None
    return final


def _current(folder: Path) -> Path | None:
    """Return the folder of the generation that counts, or None where there is none."""
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return folder / name if _OURS.fullmatch(name) else None


def _sound(generation: Path) -> Generation | None:
    """Open a generation if it is there and holds, to the byte, what its manifest says."""
    try:
        opened = Generation(generation, _manifest(generation))
        _ = opened.asserted, opened.derived, opened.record
        indexed = len(opened.index)
    except (StoreError, OSError):
        return None
    return opened if indexed == opened.manifest.indexed else None


def _manifest(generation: Path) -> Manifest:
    """Read a manifest and compare it with the files beside it."""
    damaged = StoreError(f"{generation.parent}: is damaged; build it again")
    try:
        text = (generation / "manifest.json").read_text(encoding="utf-8")
        claimed = json.loads(text)
        if claimed["format"] != FORMAT:
            raise StoreError(f"{generation.parent}: was built by another version; build it again")
        manifest = Manifest(**claimed)
        sizes = [(generation / name).stat().st_size for name in _FILES]
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise damaged from None
    if sizes != list(manifest.sizes) or not (generation / "index").is_dir():
        raise damaged
    return manifest


def _fill(aside: Path, contents: Sequence[bytes], manifest: Manifest) -> None:
    from kg import files  # noqa: PLC0415 - see `write`

    aside.mkdir()
    for name, data in zip(_FILES, contents, strict=True):
        files.write(aside / name, data)
    store = ox.Store(aside / "index")
    for data in contents[:2]:
        store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    whole = replace(manifest, indexed=len(store))
    del store
    files.write(aside / "manifest.json", json.dumps(asdict(whole), indent=1).encode())


@dataclass(frozen=True)
class Generation:
    """A finished generation that has been opened for reading."""

    folder: Path
    manifest: Manifest

    @cached_property
    def index(self) -> Local:
        """The index on disk, opened read-only."""
        try:
            return Local(ox.Store.read_only(str(self.folder / "index")))
        except (OSError, RuntimeError, ValueError):
            raise self._damaged() from None

    @cached_property
    def asserted(self) -> bytes:
        """What the sources say, as N-Quads."""
        return self._read("asserted.nq")

    @cached_property
    def derived(self) -> bytes:
        """What the rules derive, as N-Quads."""
        return self._read("derived.nq")

    @cached_property
    def record(self) -> Record:
        """What the build remembers."""
        from kg.record import Record  # noqa: PLC0415 - those who ask need none of it

        try:
            return Record.from_bytes(self._read("record.json"))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise self._damaged() from None

    def _read(self, name: str) -> bytes:
        from hashlib import sha256  # noqa: PLC0415 - those who ask read the index alone

        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            raise self._damaged() from None
        if sha256(data).hexdigest() != self.manifest.digests[_FILES.index(name)]:
            raise self._damaged()
        return data

    def _damaged(self) -> StoreError:
        return StoreError(f"{self.folder.parent}: is damaged; build it again")


def open_(place: Path | str) -> Generation | Remote:
    """Open the store at `place`: the current generation in a folder, or an endpoint by URL.

    Raises:
        StoreError: there is no store, or it is of another version, damaged or out of reach.
        UsageError: no such address can be.
        TimedOut: the endpoint takes too long.
    """
    if is_address(place):
        from kg import remote  # noqa: PLC0415 - few stores are so far away

        return remote.open_(str(place))
    folder = Path(place)
    if not (folder / "current").exists():
        raise StoreError(f"{folder}: is no store; make one with kg build --store")
    generation = _current(folder)
    if generation is None:
        raise StoreError(f"{folder}: is damaged; build it again")
    return Generation(generation, _manifest(generation))


def whole(place: Path | str) -> Generation | None:
    """Return the current generation of the store at `place`, or None unless all of it is sound.

    An endpoint has none: it keeps literals in its own way, so that a build starts from the files.
    """
    generation = None if is_address(place) else _current(Path(place))
    return _sound(generation) if generation else None


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{folder}: another build is writing it; wait for its end") from None
        yield
