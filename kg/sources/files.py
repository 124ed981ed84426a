"""The files that users bring: found, named, bounded, and cut in pieces where they are large.

Nothing here knows what a file says; `kg.sources.reader` reads it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from kg.base import BUILT, CURRENT, LOCK, RDF_SUFFIXES, SourceError, UsageError, lies_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

YAML: Final = frozenset({".yaml", ".yml"})
LINES: Final = frozenset(suffix for suffix, one in RDF_SUFFIXES.items() if one.lines)
SUFFIXES: Final = tuple(sorted({*YAML, *RDF_SUFFIXES}))
"""The endings of the files that can be read."""

MAX_BYTES: Final = {"line": 16 << 30, "document": 256 << 20}
"""How large a file may be: those read line by line, and those read as one document."""

PIECE: Final = 8 << 20
"""How many bytes of a large file of lines are worth a worker."""

_BLOCK: Final = 1 << 20
"""How many bytes are read at once of a file that is compared."""

CHANGED: Final = "was changed while it was read; build it again"
"""What is told of a file of which no two pieces may be of one state."""

_UNSAFE: Final = re.compile(r"[^\w./~-]")
_UNSAFE_AMONG: Final = re.compile(r"[^\w./~\0-]")


class File(NamedTuple):
    """A file to read: its `place`, and the `name` that its graph gets where it gives none itself."""

    place: Path | str
    name: str

    @property
    def path(self) -> Path:
        """Where it lies; of a hundred thousand files that are found, few are ever asked."""
        return Path(self.place)


class Piece(NamedTuple):
    """All of a file; or its bytes from `start` to `end`, with the SHA-256 of the whole, `digest`, and of these, `own`."""

    file: File
    start: int = 0
    end: int = 0
    digest: str | None = None
    own: str | None = None

    def load(self) -> bytes:
        """Return the bytes.

        Raises:
            SourceError: the file is none that can be read, or was changed since it was cut in pieces.
        """
        path = self.file.path
        if path.suffix.lower() not in SUFFIXES and path.exists():
            raise SourceError(path, f"is no source; sources end in {', '.join(SUFFIXES)}")
        data = read_bytes(path, self.start, self.end if self.digest else None)
        if self.own and hashlib.sha256(data).hexdigest() != self.own:
            raise SourceError(path, CHANGED)
        return data


def find_files(paths: Iterable[Path | str]) -> list[File]:
    """Return the source files among `paths`, folders walked in order of names.

    What builds have left below a folder, stores and what goes with a page, is no source.

    Raises:
        SourceError: a path that does not exist, is no source, or a folder that is a store or
            without any source.
        UsageError: one path in place of several, whose characters would be taken for paths.

    >>> from kg.base import data_folder
    >>> [file.name for file in find_files([data_folder() / "things"])][:2]
    ['companies', 'conditions']
    """
    if isinstance(paths, str | os.PathLike):
        raise UsageError(f"give the paths as a list: [{str(paths)!r}]")
    # Sorted within a folder, in the order given among arguments: the first error is the same each time.
    files: list[File] = []
    for path in map(Path, paths):
        if _is_folder(path):
            if _holds(path, (CURRENT, LOCK)):
                raise SourceError(
                    path,
                    "is a store, not a source; name the files that it was built from,"
                    " or ask it with --store",
                )
            inside = _inside(path)
            if not inside:
                raise SourceError(path, f"holds no source; sources end in {', '.join(SUFFIXES)}")
            # Of strings: of ten thousand files their paths would be taken apart and put together for long.
            within = "" if path == Path() else f"{path / '_'}"[:-1]
            files += [File(within + name, name[: name.rindex(".")]) for name in inside]
        else:
            files.append(File(path, path.stem))
    return tell_apart(files)


def _inside(folder: Path) -> list[str]:
    """Return the sources below a folder by their names there, but for those below what a build has written."""
    found: list[str] = []
    above = len(folder.parts)
    # Not `Path.rglob`, which takes several times as long.
    for place, folders, names in os.walk(folder):
        # What lies aside is of a store that is being built for the first time.
        folders[:] = [name for name in folders if not lies_aside(name)]
        if place != str(folder) and is_built(Path(place), names):
            folders.clear()  # nothing below it is a source either
        else:
            inside = "".join(f"{part}/" for part in Path(place).parts[above:])
            # Few folders and many names: the ending first, as a function of its own would take longer.
            named = (name for name in (*folders, *names) if name.lower().endswith(SUFFIXES))
            found += [f"{inside}{name}" for name in named if name[0] != "." or has_ending(name)]
    # Folder by folder, as the parts of their paths sort: no name has a character before this one.
    return sorted(found, key=lambda name: name.replace("/", "\0"))


def has_ending(hidden: str) -> bool:
    """Tell whether a name with a dot in it has an ending; else it is all name."""
    return hidden.rindex(".") > 0


def is_built(folder: Path, names: Sequence[str] | None = None) -> bool:
    """Tell whether a folder, which has these `names` in it, is what a build has written."""
    return any(
        all((names is None or name in names) and (folder / name).is_file() for name in marks)
        for marks in BUILT
    )


def _holds(folder: Path, names: Iterable[str]) -> bool:
    return all((folder / name).is_file() for name in names)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise SourceError(path, f"cannot be read: {error.strerror}") from None


def tell_apart(files: Iterable[File]) -> list[File]:
    """Number the files whose names give the same IRI, so that each has a graph of its own.

    >>> [file.name for file in tell_apart([File(Path("a"), "a b"), File(Path("b"), "a-b")])]
    ['a b', 'a-b-2']
    """
    # Two files `a b` and `a-b` would share a graph, and a rebuild would mix them up.
    files = list(files)
    if len(set(all_iri_safe(name for _, name in files))) == len(files):
        return files
    last: dict[str, int] = {}
    taken: set[str] = set()
    apart: list[File] = []
    for path, name in files:
        free = name
        while iri_safe(free) in taken:
            last[name] = last.get(name, 1) + 1
            free = f"{name}-{last[name]}"
        taken.add(iri_safe(free))
        apart.append(File(path, free))
    return apart


def size_of(file: File) -> int:
    """Return how many bytes a file has, 0 where it cannot be told."""
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def split(file: File) -> list[Piece]:
    """Cut a file of lines in pieces of about `PIECE` bytes, each of which can be read by itself.

    A file of another format is one piece, and so is one with blank nodes, whose names hold throughout.

    >>> from kg.base import data_folder
    >>> len(split(File(data_folder() / "things" / "people.ttl", "people")))
    1
    """
    if file.path.suffix.lower() not in LINES or size_of(file) <= PIECE:
        return [Piece(file)]
    cuts, owns, digest = [0], list[str](), hashlib.sha256()
    try:
        with opened(file.path, limit=_limit_of(file.path)) as data:
            while block := data.read(PIECE) + data.readline():
                # A blank node of one piece is another one in the next.
                if b"_:" in block:
                    return [Piece(file)]
                digest.update(block)
                owns.append(hashlib.sha256(block).hexdigest())
                cuts.append(cuts[-1] + len(block))
    except SourceError:
        return [Piece(file)]  # reading it says so, in its turn
    pieces = zip(pairwise(cuts), owns, strict=True)
    # A file that is empty by now is one piece, of which reading it tells.
    return [Piece(file, *cut, digest.hexdigest(), own) for cut, own in pieces] or [Piece(file)]


@contextlib.contextmanager
def opened(path: Path, *, limit: int) -> Iterator[BinaryIO]:
    """Open a file, which has at most `limit` bytes, to be read from beginning to end.

    Raises:
        SourceError: it is no file, too large, or cannot be read.
    """
    try:
        # Before it is opened: a pipe or a device may never end.
        _refuse_what_is_no_file(path, limit, path.stat())
        with path.open("rb") as file:
            yield file
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise SourceError(path, f"cannot be read: {problem}") from None


def read_bytes(
    path: Path, start: int = 0, end: int | None = None, *, limit: int | None = None
) -> bytes:
    """Return the bytes of a file, or of a part, which is no larger than its ending allows, or `limit`."""
    with opened(path, limit=_limit_of(path) if limit is None else limit) as file:
        file.seek(start)
        return file.read() if end is None else file.read(end - start)


def digest_of_bytes(path: Path) -> str | None:
    """Return the SHA-256 of a file, which is read piece by piece; None where `read_bytes` would refuse it."""
    try:
        # Of ten thousand files no more is asked for than this; a pipe, which may never end, is not waited for.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        _refuse_what_is_no_file(path, _limit_of(path), os.fstat(handle))
        digest = hashlib.sha256()
        while data := os.read(handle, _BLOCK):
            digest.update(data)
        return digest.hexdigest()
    except (OSError, SourceError):
        return None
    finally:
        os.close(handle)


def _limit_of(path: Path) -> int:
    return MAX_BYTES["line" if path.suffix.lower() in LINES else "document"]


def _refuse_what_is_no_file(path: Path, limit: int, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise SourceError(path, "is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(path, "is not a file")
    if status.st_size > limit:
        raise SourceError(path, f"is larger than {limit >> 20:,} MiB; split it")


def decode(data: bytes, path: Path) -> str:
    r"""Return the text of a file in UTF-8, without a byte order mark.

    Raises:
        SourceError: it is not UTF-8; with the line.

    >>> decode("\ufeffid: a".encode(), Path("a.yaml"))
    'id: a'
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, "is not UTF-8; save it as UTF-8", line=line) from None


def all_iri_safe(names: Iterable[str]) -> list[str]:
    """Return what `iri_safe` does, of all at once: no name has the character between them."""
    return _UNSAFE_AMONG.sub("-", "\0".join(names)).split("\0")


def iri_safe(name: str) -> str:
    """Return `name` with what an IRI cannot hold replaced."""
    return _UNSAFE.sub("-", name)
