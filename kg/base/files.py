"""Writing files so that whoever reads them sees the old content or the new, never half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.aside import KEPT, held_file, held_folder
from kg.base.durable import sync_folder, sync_tree
from kg.base.exchange import exchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


def replace_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data`, or pieces of it one by one, to `path` as a whole or not at all: aside, flushed, then renamed.

    A link is followed and keeps standing, a file keeps its mode; a device or a pipe, which cannot
    be replaced, is written to.

    Raises:
        OSError: as the system has it; what was at `path` is untouched, unless it is the folder that
            cannot be flushed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     replace_file(Path(folder, "a.txt"), [b"one ", b"two"])
    ...     [(path.name, path.read_bytes()) for path in Path(folder).iterdir()]
    [('a.txt', b'one two')]
    """
    replace_files({path: data})


def replace_files(files: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write files that belong together, each as `replace_file` does: none is replaced before all are written.

    Raises:
        OSError: as the system has it, with the file that cannot be written; all are untouched.
    """
    with written_aside(files) as put:
        put()


@contextlib.contextmanager
def written_aside(
    files: Mapping[Path, bytes | Iterable[bytes]], *, modified: int | None = None
) -> Iterator[Callable[[], None]]:
    """Write files aside, flushed, and lend what puts them into their places, in their order.

    They are `modified` at that time, in nanoseconds, else when they are written.

    Raises:
        OSError: as `replace_files`.
    """
    with contextlib.ExitStack() as undo:
        ready: list[tuple[Path | None, Path]] = []
        for path, data in files.items():
            with _of(path):
                ready.append((_aside(path, data, modified, undo), path))

        def put() -> None:
            folders = set()
            for aside, path in ready:
                if aside is not None:
                    with _of(path):
                        aside.replace(os.path.realpath(path))
                    folders.add(aside.parent)
            for folder in sorted(folders):
                sync_folder(folder)

        yield put


@contextlib.contextmanager
def _of(path: Path) -> Iterator[None]:
    """Have an error name `path`, not what lay aside for it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _aside(
    path: Path,
    data: bytes | Iterable[bytes],
    modified: int | None,
    undo: contextlib.ExitStack,
) -> Path | None:
    """Write data beside `path`, to be renamed; None where that is no file and was written to."""
    pieces = (data,) if isinstance(data, bytes) else data
    # Renaming onto a link would replace the link, not what it leads to.
    path = Path(os.path.realpath(path))
    mode = path.stat().st_mode if path.exists() else None
    if mode is not None and not stat.S_ISREG(mode):
        with path.open("wb") as out:
            out.writelines(pieces)
        return None
    # In the same folder, since renaming is atomic within one file system only; and held until it has
    # its name. Ctrl-C as well: what is half written is never left behind.
    handle, aside = undo.enter_context(held_file(path.parent))
    with os.fdopen(handle, "wb", closefd=False) as out:
        out.writelines(pieces)
    os.fchmod(handle, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
    if modified is not None:
        os.utime(handle, ns=(modified, modified))
    os.fsync(handle)
    return aside


def replace_folder(path: Path, files: Mapping[str, bytes], *, known: Iterable[str] = ()) -> None:
    """Write a folder of `files` by name as a whole or not at all, in the place of an earlier one of the same.

    An earlier one may hold what is `known` by name, too, which goes with it.

    Raises:
        FileExistsError: what is at `path` is no folder, or has more in it than `files` would replace.
        OSError: as the system has it; what was at `path` is untouched, unless it is the folder that
            cannot be flushed.
    """
    path = Path(os.path.realpath(path))
    own = {*files, *known}
    if path.exists() and not path.is_dir():
        raise FileExistsError(errno.EEXIST, "is no folder; name a new one", str(path))
    if path.exists() and {one.name for one in path.iterdir()} - own:
        raise FileExistsError(errno.EEXIST, "has other things in it; name a new folder", str(path))
    with held_folder(path.parent) as aside:
        new = aside / "new"
        new.mkdir()
        for name, data in files.items():
            write_file(new / name, data)
        sync_tree(new)
        _put(new, path, aside)
        sync_folder(path.parent)


def _put(new: Path, path: Path, aside: Path) -> None:
    """Put a folder in the place of another, which then lies aside."""
    if not path.exists():
        new.rename(path)
    elif not exchanged(new, path):
        # By its own name, so that whoever finds it left there can put it back.
        kept = aside / KEPT / path.name
        kept.parent.mkdir()
        try:
            path.rename(kept)
            new.rename(path)
        except BaseException:
            if kept.exists() and not path.exists():
                kept.rename(path)
            raise


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to a new file that nobody reads yet, to be flushed with all that is beside it."""
    with path.open("wb") as out:
        out.write(data)
