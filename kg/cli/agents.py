"""The command for agents: the graph by the Model Context Protocol, over standard input and output."""

from __future__ import annotations

from importlib.util import find_spec

import click

from kg.cli.lending import lend_store, read_size
from kg.cli.limits import stop_clock


@click.command()
@click.argument("places", nargs=-1, metavar="[STORE|FILE]...")
@click.option("--call-seconds", type=click.FloatRange(0.01, 86_400), default=10.0, show_default=True,
              help="End a call after this time.")  # fmt: skip
@click.option("--call-memory", default="1G", show_default=True, callback=read_size, metavar="SIZE",
              help="End a call that needs more memory.")  # fmt: skip
def mcp(places: tuple[str, ...], call_seconds: float, call_memory: int) -> None:
    """Answer an agent that starts this, from STORE or the graph of FILEs, by the Model Context Protocol.

    Without either the shipped data is asked. It reads standard input and writes standard output, and
    ends when standard input does.
    """
    if find_spec("mcp") is None:
        from kg.base import MissingExtraError

        raise MissingExtraError("kg mcp", "mcp", "mcp")
    from kg.serve import Budget, serve_agent

    # An agent starts this for every conversation, and waits: what is kept opens in no time.
    with lend_store(places, kept=True) as place:
        serve_agent(place, Budget(call_seconds, call_memory), ready=stop_clock)
