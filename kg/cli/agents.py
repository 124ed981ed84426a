"""The command for agents: the graph by the Model Context Protocol, over standard input and output."""

from __future__ import annotations

import contextlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.limits import announce_folder, announce_store, parse_memory, stop_clock

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@click.argument("places", nargs=-1, metavar="[STORE|FILE]...")
@click.option("--call-seconds", type=click.FloatRange(0.01, 86_400), default=10.0, show_default=True,
              help="End a call after this time.")  # fmt: skip
@click.option("--call-memory", default="1G", show_default=True, metavar="SIZE",
              help="End a call that needs more memory.")  # fmt: skip
def mcp(places: tuple[str, ...], call_seconds: float, call_memory: str) -> None:
    """Answer an agent that starts this, from STORE or the graph of FILEs, by the Model Context Protocol.

    Without either the shipped data is asked. It reads standard input and writes standard output, and
    ends when standard input does.
    """
    size = parse_memory(call_memory)
    if size is None or size < 1 << 20:
        raise click.BadParameter(f"{call_memory!r} is no size of at least 1M; write 64M or 2G")
    if find_spec("mcp") is None:
        from kg.base import MissingExtraError

        raise MissingExtraError("kg mcp", "mcp", "mcp")
    from kg.serve import Budget, serve_agent

    with _lent(places) as place:
        serve_agent(place, Budget(call_seconds, size), ready=stop_clock)


@contextlib.contextmanager
def _lent(places: tuple[str, ...]) -> Iterator[str]:
    """Lend the store that is asked, which for sources is one for the time being."""
    if len(places) == 1 and ("://" in places[0] or (Path(places[0]) / "current").exists()):
        yield places[0]
        return
    import kg

    if places:
        graph = kg.build([Path(place) for place in places], check=False)
    else:
        from kg.api import kept_folder, shipped_graph

        announce_store(kept_folder())
        graph = shipped_graph()
        # An agent starts this for every conversation, and waits: what is kept opens in no time.
        if (kept_folder() / "current").exists():
            yield str(kept_folder())
            return
    import tempfile  # only where there is no store

    with tempfile.TemporaryDirectory(prefix=".kg-mcp-") as folder:
        announce_folder(folder)
        graph.save(Path(folder) / "store")
        yield str(Path(folder) / "store")
