"""A table in Parquet as delimited text, so that it is read as CSV is.

A kilobyte of Parquet can stand for a billion rows, and what it swells to only its decoder learns,
which ends the process where there is no more memory. So it works in a process of its own, whose
memory is bounded, and hands over rows as it makes them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.base import MissingExtraError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_MEMORY: Final = 2 << 30
"""How much memory the decoder may take, in bytes."""

TYPED: Final = b"t"
"""How the first line marks a column that is no text."""

_PLAIN: Final = b"-"

_BROKEN: Final = 65  # the status of a decoder that tells what is wrong


@contextmanager
def parquet_as_text(path: Path) -> Iterator[BinaryIO]:
    """Open a Parquet file as a line that marks the columns, and CSV in UTF-8, header and all.

    Raises:
        SourceError: it is no Parquet, or swells too much.
        UsageError: polars is not installed.
    """
    if sys.modules.get("polars", ...) is None or find_spec("polars") is None:
        raise MissingExtraError("a table in Parquet", "polars", "tables")
    words = [sys.executable, "-P", "-m", "kg.tables.parquet", str(path.absolute()), str(MAX_MEMORY)]
    # What we can import it can, and from the folder that we happen to be in it imports nothing.
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, env=env) as decoder:
        try:
            try:
                yield decoder.stdout  # type: ignore[misc] # it is a pipe
            except SourceError:
                # A row without an end may be all that is wrong, or what the decoder died of.
                if (decoder.stdout and decoder.stdout.read(1)) or not decoder.wait():
                    raise
            told = decoder.stderr.read() if decoder.stderr else b""
            status = decoder.wait()
        finally:
            decoder.kill()  # who breaks off half-way waits for nothing
    if status == _BROKEN:
        raise SourceError(path, f"is not Parquet: {told.decode(errors='replace').strip()}")
    if status:
        raise SourceError(path, f"swells to more than {MAX_MEMORY >> 20:,} MiB; split it")


def decode(path: str, most: int) -> int:
    """Write a Parquet file as text to stdout, in at most so much memory; return the status."""
    # Read when polars is loaded: a thread each for many cores takes memory that the rows need.
    os.environ["POLARS_MAX_THREADS"] = "1"
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import polars as pl

    try:
        frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        kinds = frame.collect_schema().dtypes()
        marks = [
            _PLAIN if kind in (pl.String, pl.Categorical, pl.Enum) else TYPED for kind in kinds
        ]
        sys.stdout.buffer.write(b"".join(marks) + b"\n")
        frame.sink_csv(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        return 0  # whoever reads has seen enough
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        sys.stderr.write(str(error).partition("\n")[0])
        return _BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(decode(sys.argv[1], int(sys.argv[2])))
