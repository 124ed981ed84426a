"""The command that serves: the graph over HTTP, for whoever asks in SPARQL."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import say
from kg.cli.limits import announce_folder, parse_memory, stop_clock

if TYPE_CHECKING:
    from collections.abc import Iterator


def _size(ctx: click.Context, param: click.Parameter, value: str) -> int:
    del ctx, param
    size = parse_memory(value)
    if size is None or size < 1 << 20:
        raise click.BadParameter(f"{value!r} is no size of at least 1M; write 64M or 2G")
    return size


@click.command()
@click.argument("places", nargs=-1, metavar="[STORE|FILE]...")
@click.option("--host", default="127.0.0.1", show_default=True,
              help="The address to listen at; 0.0.0.0 is every one that this machine has.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="The port; 0 takes any that is free.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), default=4, show_default=True,
              help="How many queries are answered at a time.")  # fmt: skip
@click.option("--query-seconds", type=click.FloatRange(0.01, 86_400), default=1.0, show_default=True,
              help="End a query after this time.")  # fmt: skip
@click.option("--query-memory", default="1G", show_default=True, callback=_size, metavar="SIZE",
              help="End a query that needs more memory.")  # fmt: skip
@click.option("--answer-size", default="64M", show_default=True, callback=_size, metavar="SIZE",
              help="Refuse an answer that is larger.")  # fmt: skip
@click.option("--default-graph", type=click.Choice(["union", "strict"]), default="union", show_default=True,
              help="Whether a query that names no graph asks all together, or the one without a name.")  # fmt: skip
@click.option("--allow-host", multiple=True, metavar="NAME",
              help="Answer requests to this name, too; may be repeated.")  # fmt: skip
@click.option("--allow-origin", multiple=True, metavar="ORIGIN",
              help="Let pages of this origin ask, as https://example.org; may be repeated.")  # fmt: skip
@click.option(
    "--corrections", metavar="URL", help="Where readers of a page tell of a wrong fact in it."
)
def serve(  # noqa: PLR0913 - an option each
    places: tuple[str, ...], *, host: str, port: int, workers: int, query_seconds: float,
    query_memory: int, answer_size: int, default_graph: str, allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...], corrections: str | None,
) -> None:  # fmt: skip
    """Serve STORE, or the graph of FILEs, as pages, and at /sparql, read-only.

    Without either the shipped data is served. A store that is built anew meanwhile is taken up.
    """
    with _missing():
        from kg.base import SHIPPED_LICENCE
        from kg.serve import Budget, Settings, serve as run

    budget = Budget(query_seconds, query_memory, answer_size)
    usual = ("127.0.0.1", "localhost", "[::1]", host)
    settings = Settings(
        tuple(dict.fromkeys((*usual, *allow_host))), allow_origin,
        union=default_graph == "union", budget=budget,
        site={"licence": None if places else SHIPPED_LICENCE, "corrections": corrections},
    )  # fmt: skip
    with _place(places) as place:
        run(place, settings, host=host, port=port, size=workers, ready=_ready)


def _ready(address: str) -> None:
    say(f"serving at {address}/sparql")
    stop_clock()  # from now on it is a server, which ends when it is told to


@contextlib.contextmanager
def _missing() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        from kg.base import MissingExtraError

        raise MissingExtraError("kg serve", str(error.name), "serve") from None


@contextlib.contextmanager
def _place(places: tuple[str, ...]) -> Iterator[str]:
    """Lend the store that is served, which for sources and what ships is one for the time being."""
    if len(places) == 1 and ("://" in places[0] or (Path(places[0]) / "current").exists()):
        yield places[0]
        return
    import tempfile  # no other command makes a folder for the time being

    import kg

    with tempfile.TemporaryDirectory(prefix=".kg-serve-") as folder:
        announce_folder(folder)
        kg.build([Path(place) for place in places], check=False).save(Path(folder) / "store")
        yield str(Path(folder) / "store")
