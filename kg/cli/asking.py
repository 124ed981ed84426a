"""Commands that ask: query, show, find, stats."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.common import graph_of, reading, render, say, with_format, with_output, write


@click.command()
@click.argument("text", metavar="QUERY")
@reading
@with_format
@with_output
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
              help="Give up after this time; exit 4.")  # fmt: skip
def query(  # noqa: PLR0913 - an option each
    text: str, store: Path | None, source: tuple[Path, ...], form: str | None,
    output: str | None, *, timeout: float | None,
) -> None:  # fmt: skip
    """Ask QUERY, which is SPARQL, a file of SPARQL, or - for stdin.

    All four forms are answered. The common prefixes need no declaration.
    """
    sparql = _sparql(text)

    def answer() -> bytes:
        return render(graph_of(store, source).query(sparql), form, output)

    if timeout is None:
        write(answer(), output)
    else:
        from kg import sandbox  # noqa: PLC0415

        write(sandbox.run(answer, seconds=timeout), output)


def _sparql(text: str) -> str:
    from kg.errors import SourceError  # noqa: PLC0415

    if text == "-":
        try:
            return sys.stdin.buffer.read().decode()
        except UnicodeDecodeError:
            raise SourceError("stdin", "is not UTF-8; save it as UTF-8") from None
    path = Path(text)
    if not any(space in text for space in " \n\t{") and (path.suffix or path.exists()):
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise SourceError(path, "is not UTF-8; save it as UTF-8") from None
        except OSError as error:
            raise SourceError(path, f"cannot be read: {error.strerror}") from None
    return text


@click.command()
@click.argument("thing")
@reading
def show(thing: str, store: Path | None, source: tuple[Path, ...]) -> None:
    """Show the card of THING: what it plans, with whom, where, and on whose word.

    THING is a slug (xiaomi), an IRI, or any of its names ("Union Pay").
    """
    from kg import card  # noqa: PLC0415

    graph = graph_of(store, source)
    click.echo(card.show(graph.index, graph.resolve(thing)).to_text(), nl=False)


@click.command()
@click.argument("text")
@reading
def find(text: str, store: Path | None, source: tuple[Path, ...]) -> None:
    """List the things whose name contains TEXT; exit 1 if there is none."""
    from kg import names  # noqa: PLC0415

    matches = names.find(graph_of(store, source).index, text)
    for match in matches:
        also = f" (also {', '.join(match.aliases)})" if match.aliases else ""
        click.echo(f"{match.name}\t{match.type}\t{match.label}{also}")
    if not matches:
        say(f"kg: nothing is called {text!r}")
        click.get_current_context().exit(1)


@click.command()
@reading
def stats(store: Path | None, source: tuple[Path, ...]) -> None:
    """Count what the graph holds and how well it is founded."""
    from kg import stats as figures  # noqa: PLC0415

    for name, number in figures.count(graph_of(store, source).index).items():
        click.echo(f"{number:>9,}  {name}")
