"""What a command that goes on answering answers from: a store, which for sources is one for the time being."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.limits import announce_folder, announce_store, parse_memory

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_size(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """Return how many bytes an option means, for what has to have some of them."""
    del ctx, param
    size = parse_memory(value)
    if size is None or size < 1 << 20:
        raise click.BadParameter(f"{value!r} is no size of at least 1M; write 64M or 2G")
    return size


@contextlib.contextmanager
def lend_store(places: tuple[str, ...], *, kept: bool = False) -> Iterator[str]:
    """Lend the store at the one place that is given, else one that is made of sources or of what ships.

    With `kept` what ships is taken from where it is kept between runs, if it can be.
    """
    if len(places) == 1 and ("://" in places[0] or (Path(places[0]) / "current").exists()):
        yield places[0]
        return
    import kg

    if places or not kept:
        graph = kg.build([Path(place) for place in places], check=False)
    else:
        from kg.api import kept_folder, shipped_graph

        announce_store(kept_folder())
        graph = shipped_graph()
        if (kept_folder() / "current").exists():
            yield str(kept_folder())
            return
    import tempfile  # only where there is no store

    with tempfile.TemporaryDirectory(prefix=".kg-serve-") as folder:
        announce_folder(folder)
        graph.save(Path(folder) / "store")
        yield str(Path(folder) / "store")
