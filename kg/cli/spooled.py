"""Standard input as a file that can be read twice, and errors that call it what it is."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST: Final = 1 << 30
"""How many bytes are read from standard input, which may have no end."""

_PIECE: Final = 1 << 20


def spool(folder: Path) -> Path:
    """Return a file in a folder with all that comes on standard input.

    Raises:
        SourceError: it is closed, or too large.
        OutputError: there is no room for it.
    """
    from kg.base import OutputError, SourceError

    if sys.stdin is None:
        raise SourceError("stdin", "is closed")
    path, size = folder / "stdin", 0
    try:
        with path.open("wb") as file:
            while piece := sys.stdin.buffer.read(_PIECE):
                size += len(piece)
                if size > MOST:
                    raise SourceError(
                        "stdin", f"is larger than {MOST >> 20:,} MiB; save it as a file"
                    )
                file.write(piece)
    except OSError as error:
        raise OutputError(f"{folder}: stdin cannot be kept there: {error.strerror}") from None
    return path


@contextmanager
def as_stdin(path: Path) -> Iterator[None]:
    """Call the file that stands in for standard input so in errors."""
    from kg.base import SourceError

    try:
        yield
    except SourceError as error:
        told = [
            SourceError("stdin" if one.path == str(path) else one.path, one.problem, line=one.line)
            for one in error.problems
        ]
        raise SourceError.of(told) from None
