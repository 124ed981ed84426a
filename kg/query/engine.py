"""What the engine says where it cannot answer, in sentences."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final

from kg.base import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from kg.base import StoreError

    Fault: TypeAlias = Callable[[], StoreError | None]

_WHERE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@contextlib.contextmanager
def engine_errors(fault: Fault | None = None) -> Iterator[None]:
    """Turn what the engine raises while it answers into one sentence.

    Where `fault` then finds that what was asked is damaged, that is told, and not what the engine made of it.

    Raises:
        QueryError: it gave up on the way.
        StoreError: the index is damaged on the disk.
    """
    try:
        yield
    except BaseException as error:
        if not _of_engine(error):
            raise
        found = fault() if fault else None
        raise found or QueryError(f"the query cannot be run: {error}") from None


def _of_engine(error: BaseException) -> bool:
    # Where the engine meets what it takes for impossible it gives up, as no Exception.
    panics = type(error).__module__ == "pyo3_runtime"
    return panics or isinstance(error, OSError | RuntimeError | ValueError)


def unreadable(error: str, query: str) -> str:
    """Turn the engine's list of everything that it expected into a sentence with a place.

    >>> unreadable("error at 1:8: expected one of everything", "SELECT {")
    "the query cannot be read at line 1, column 8, after 'SELECT'"
    """
    place = _WHERE.match(error)
    if not place:
        return f"the query cannot be read: {' '.join(error.split())}"
    line, column, expected = int(place[1]), int(place[2]), place[3]
    where = f"the query cannot be read at line {line}, column {column}"
    if "Prefix not found" in expected:
        return f"{where}: the prefix there is not declared"
    if "variable that is unbound" in expected:
        return f"{where}: SELECT names a variable that GROUP BY leaves unbound"
    # The engine counts bytes, and stands where it could go no further, which is often too late.
    before = query.encode().split(b"\n")[line - 1][: column - 1].decode(errors="replace").split()
    return f"{where}, after {' '.join(before)[-40:]!r}" if before else where
