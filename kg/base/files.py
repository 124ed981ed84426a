"""Writing files so that whoever reads them sees the old content or the new, never half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def replace_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data`, or pieces of it one by one, to `path` as a whole or not at all: aside, flushed, then renamed.

    A link is followed and keeps standing, a file keeps its mode; a device or a pipe, which cannot
    be replaced, is written to.

    Raises:
        OSError: as the system has it; what was at `path` is untouched.
    """
    replace_files({path: data})


def replace_files(files: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write files that belong together, each as `replace_file` does: none is replaced before all are written.

    Raises:
        OSError: as the system has it, with the file that cannot be written; all are untouched.
    """
    with contextlib.ExitStack() as undo:
        ready: list[tuple[Path | None, Path]] = []
        for path, data in files.items():
            try:
                ready.append((_aside(path, data, undo), path))
            except OSError as error:
                error.filename = str(path)  # not of what lay aside
                raise
        for aside, path in ready:
            if aside is not None:
                aside.replace(os.path.realpath(path))


def _aside(path: Path, data: bytes | Iterable[bytes], undo: contextlib.ExitStack) -> Path | None:
    """Write data beside `path`, to be renamed; None where that is no file and was written to."""
    pieces = (data,) if isinstance(data, bytes) else data
    # Renaming onto a link would replace the link, not what it leads to.
    path = Path(os.path.realpath(path))
    mode = path.stat().st_mode if path.exists() else None
    if mode is not None and not stat.S_ISREG(mode):
        with path.open("wb") as out:
            out.writelines(pieces)
        return None
    # In the same folder, since renaming is atomic within one file system only.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    aside = Path(name)
    # Ctrl-C as well: what is half written is never left behind.
    undo.callback(aside.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as out:
        out.writelines(pieces)
        out.flush()
        os.fsync(out.fileno())
    aside.chmod(stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
    return aside


def replace_folder(path: Path, files: Mapping[str, bytes], *, known: Iterable[str] = ()) -> None:
    """Write a folder of `files` by name as a whole or not at all, in the place of an earlier one of the same.

    An earlier one may hold what is `known` by name, too, which goes with it.

    Raises:
        FileExistsError: what is at `path` is no folder, or has more in it than `files` would replace.
        OSError: as the system has it; what was at `path` is untouched.
    """
    path = Path(os.path.realpath(path))
    own = {*files, *known}
    if path.exists() and not path.is_dir():
        raise FileExistsError(errno.EEXIST, "is no folder; name a new one", str(path))
    if path.exists() and {one.name for one in path.iterdir()} - own:
        raise FileExistsError(errno.EEXIST, "has other things in it; name a new folder", str(path))
    aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-"))
    new, old = aside / "new", aside / "old"
    try:
        new.mkdir()
        for name, data in files.items():
            write_file(new / name, data)
        if path.exists():
            path.rename(old)
        try:
            new.rename(path)
        except BaseException:
            if old.exists():
                old.rename(path)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to a new file that nobody reads yet, and flush it to the disk."""
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
