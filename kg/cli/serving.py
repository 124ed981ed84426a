"""The command that serves: the graph over HTTP, for whoever asks in SPARQL."""

from __future__ import annotations

import contextlib
import os
import re
from functools import partial
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from kg.cli.common import say
from kg.cli.lending import lend_store, read_size
from kg.cli.limits import announce_folder, stop_clock, take_time_to_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.serve import Clients


def _address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    del ctx, param
    if value is not None and not value.startswith(("https://", "http://", "mailto:")):
        raise click.BadParameter(f"{value!r} is no address; write one as https://example.org/wrong")
    return value


def _networks(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    del ctx, param
    for value in values:
        try:
            ip_network(value)
        except ValueError:
            told = f"{value!r} is no address or network; write 127.0.0.1 or 10.0.0.0/8"
            raise click.BadParameter(told) from None
    return values


def _prefix(ctx: click.Context, param: click.Parameter, value: str) -> str:
    del ctx, param
    if value and not re.fullmatch(r"(/[\w.~-]+)+/?", value, re.ASCII):
        raise click.BadParameter(f"{value!r} is no path; write one as /kg")
    return value.rstrip("/")


@click.command()
@click.argument("places", nargs=-1, metavar="[STORE|FILE]...")
@click.option("--store", metavar="DIR|URL",
              help="The store to serve, as the other commands name it; the same as STORE.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True,
              help="The address to listen at; 0.0.0.0 is every one that this machine has.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="The port; 0 takes any that is free.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), default=4, show_default=True,
              help="How many queries are answered at a time.")  # fmt: skip
@click.option("--query-seconds", type=click.FloatRange(0.01, 86_400), default=1.0, show_default=True,
              help="End a query after this time.")  # fmt: skip
@click.option("--query-memory", default="1G", show_default=True, callback=read_size, metavar="SIZE",
              help="End a query that needs more memory.")  # fmt: skip
@click.option("--answer-size", default="64M", show_default=True, callback=read_size, metavar="SIZE",
              help="Refuse an answer that is larger.")  # fmt: skip
@click.option("--default-graph", type=click.Choice(["union", "strict"]), default="union", show_default=True,
              help="Whether a query that names no graph asks all together, or the one without a name.")  # fmt: skip
@click.option("--allow-host", multiple=True, metavar="NAME",
              help="Answer requests to this name, too; may be repeated.")  # fmt: skip
@click.option("--allow-origin", multiple=True, metavar="ORIGIN",
              help="Let pages of this origin ask, as https://example.org; may be repeated.")  # fmt: skip
@click.option(
    "--corrections",
    metavar="URL",
    callback=_address,
    help="Where readers of a page tell of a wrong fact in it.",
)
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True,
              help="How many processes take requests, each with --workers of its own.")  # fmt: skip
@click.option("--behind-proxy", multiple=True, metavar="ADDRESS", callback=_networks,
              help="Believe what this proxy, or network of them, says of who asks; may be repeated.")  # fmt: skip
@click.option("--root-path", default="", metavar="PATH", callback=_prefix,
              help="The prefix that a proxy takes from the path, as /kg.")  # fmt: skip
@click.option("--access-log", default="", metavar="FILE",
              help="Append a line of JSON for every request; - is stdout.")  # fmt: skip
@click.option("--log-clients", type=click.Choice(["network", "whole", "none"]), default="network", show_default=True,
              help="What the log has of a client: its network, its whole address, or nothing.")  # fmt: skip
def serve(  # noqa: PLR0913 - an option each
    places: tuple[str, ...], *, store: str | None, host: str, port: int, workers: int, query_seconds: float,
    query_memory: int, answer_size: int, default_graph: str, allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...], processes: int, behind_proxy: tuple[str, ...], root_path: str,
    access_log: str, log_clients: Clients, corrections: str | None,
) -> None:  # fmt: skip
    """Serve STORE, or the graph of FILEs, as pages, and at /sparql, read-only.

    Without either the shipped data is served. A store that is built anew meanwhile is taken up. Where KG_TOKEN holds
    tokens, a request has to bear one.
    """
    if store and places:
        raise click.UsageError("--store names what is served; leave out the rest")
    places = (store,) if store else places
    with _missing():
        from kg.base import SHIPPED_LICENCE
        from kg.serve import Budget, Settings, grace, read_tokens, serve as run

    budget = Budget(query_seconds, query_memory, answer_size)
    usual = ("127.0.0.1", "localhost", "[::1]", host)
    settings = Settings(
        tuple(dict.fromkeys((*usual, *allow_host))), allow_origin,
        union=default_graph == "union", budget=budget, tokens=read_tokens(os.environ),
        proxies=behind_proxy, root_path=root_path, access_log=access_log, log_clients=log_clients,
        site={"licence": None if places else SHIPPED_LICENCE, "corrections": corrections},
    )  # fmt: skip
    ready = partial(_ready, is_open=not settings.tokens)
    with lend_store(places) as place:
        take_time_to_end(grace(settings) + 2)
        run(
            place, settings, host=host, port=port, size=workers, processes=processes,
            ready=ready, announce=announce_folder,
        )  # fmt: skip


def _ready(address: str, *, is_open: bool) -> None:
    say(f"serving at {address}/, with SPARQL at {address}/sparql")
    if ip_address(str(urlsplit(address).hostname)).is_loopback:
        say("only this machine can reach it; --host 0.0.0.0 listens to others, too")
    elif is_open:
        say("everyone who reaches it may read all: set KG_TOKEN to ask for a token")
    stop_clock()  # from now on it is a server, which ends when it is told to


@contextlib.contextmanager
def _missing() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        from kg.base import MissingExtraError

        raise MissingExtraError("kg serve", str(error.name), "serve") from None
