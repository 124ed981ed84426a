"""What a command reads is never what it writes: an output that is an input by another name is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WRITTEN: Final = ("output", "proposals", "keep_text", "store")
"""The parameters that name what is written, in all commands; every other path is read."""


def refuse_inputs(outputs: Iterable[str | Path]) -> None:
    """Refuse to write what the current command was told to read, by whichever name: a path, a link, a second name.

    A file within a folder that is read counts where the output leads to it by another name. By its own
    name it is rather what an earlier run has left there.

    Raises:
        OutputError: one of the outputs is an input.
    """
    from kg.base import OutputError

    existing = [(Path(one), status) for one in outputs if (status := _status(Path(one)))]
    if not existing:
        return
    for path in _inputs():
        for output, status in existing:
            if found := _same(path, output, status):
                told = (
                    "is read as well"
                    if str(found) == str(output)
                    else f"is the same file as {found}, which is read"
                )
                raise OutputError(f"{output}: {told}; name another file to write")


def _inputs() -> Iterator[Path]:
    ctx = click.get_current_context(silent=True)
    for one in ctx.command.params if ctx else ():
        if ctx and isinstance(one.type, click.Path) and one.name not in _WRITTEN:
            value = ctx.params.get(one.name or "")
            yield from map(Path, value if isinstance(value, tuple) else filter(None, [value]))


def _same(path: Path, output: Path, status: os.stat_result) -> Path | None:
    """Return the file that is both read, as `path` or within it, and the output; or None."""
    its = _status(path)
    if its is not None:
        return path if os.path.samestat(its, status) else None
    if not path.is_dir() or not _has_other_names(output, status):
        return None
    for place, _, names in os.walk(path):
        for name in names:
            inside = Path(place, name)
            held = _status(inside)
            # The output itself may lie there.
            if held and os.path.samestat(held, status) and not _is_name_of(inside, output):
                return inside
    return None


def _has_other_names(output: Path, status: os.stat_result) -> bool:
    return status.st_nlink > 1 or output.is_symlink()


def _is_name_of(inside: Path, output: Path) -> bool:
    one, other = (path.parent.resolve() / path.name for path in (inside, output))
    return one == other


def _status(path: Path) -> os.stat_result | None:
    """Return what the system knows of a file, links followed; None where there is none, or it is no file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None
