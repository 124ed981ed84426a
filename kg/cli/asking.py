"""Commands that ask: query, show, find, terms, stats, diff."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.base import DIFFERENCE_FORMATS
from kg.cli.common import (
    graph_of,
    put,
    reading,
    render,
    render_for,
    say,
    with_format,
    with_output,
    with_short,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph


@click.command()
@click.argument("text", metavar="QUERY")
@reading
@with_format
@with_short
@with_output
def query(
    text: str, graph: Callable[[], Graph], form: str | None, output: str | None,
    *, short: bool,
) -> None:  # fmt: skip
    """Ask QUERY, which is SPARQL, a file of SPARQL, or - for stdin.

    All four forms are answered. The common prefixes need no declaration.
    """
    sparql = _sparql(text)
    asked = graph()
    write(render_for(asked, asked.query(sparql), form, output, short=short), output)


_MOST: Final = 4 << 20
"""How many bytes are read of a query; of those that are no longer the characters count."""


def _sparql(text: str) -> str:
    if text != "-" and not _is_file(text):
        return text
    from kg.sources import decode, read_bytes  # most queries are given as they are

    path = Path("stdin" if text == "-" else text)
    return decode(_typed(path) if text == "-" else read_bytes(path, limit=_MOST), path)


def _typed(name: Path) -> bytes:
    """Return what comes on standard input, which may have no end."""
    from kg.base import SourceError

    if sys.stdin is None:
        raise SourceError(name, "is closed")
    try:
        data = sys.stdin.buffer.read(_MOST + 1)
    except OSError as error:
        raise SourceError(name, f"cannot be read: {error.strerror}") from None
    if len(data) > _MOST:
        raise SourceError(name, f"is larger than {_MOST >> 20:,} MiB; ask for less at a time")
    return data


def _is_file(text: str) -> bool:
    """Tell whether a query is rather the name of a file; no query is without space and braces."""
    if text.lower().endswith(".rq"):
        return True
    if not text or any(c in text for c in " \n\t{"):
        return False
    return bool(Path(text).suffix) or Path(text).exists()


@click.command()
@click.argument("thing")
@reading
def show(thing: str, graph: Callable[[], Graph]) -> None:
    """Show the card of THING: what it plans and promised, with whom, where, and on whose word.

    THING is a slug (xiaomi), an IRI, or any of its names ("Union Pay"). Of a source it shows what it
    says, the first thousand statements of it.
    """
    from kg.reports import make_card

    asked = graph()
    # Line by line, so that control characters of the data reach no terminal.
    card = make_card(asked.index, asked.resolve(thing), today=asked.today)
    put([line] for line in card.to_text().splitlines())


@click.command()
@click.argument("text")
@reading
def find(text: str, graph: Callable[[], Graph]) -> None:
    """List the things whose name contains TEXT; exit 1 if there is none."""
    from kg.base import abridge, suggest
    from kg.query import find_things, names_of_things

    index = graph().index
    matches = find_things(index, text)
    put([match.name, match.type, match.label + _also(match.aliases)] for match in matches)
    if not matches:
        say(f"kg: nothing is called {abridge(text)!r}{suggest(text, names_of_things(index))}")
        click.get_current_context().exit(1)


@click.command()
@click.argument("name", metavar="[LIST]", required=False)
@click.option(
    "whole", "--json-schema", flag_value="schema", help="A JSON Schema of sources, for an editor."
)
@click.option(
    "whole", "--reference", flag_value="reference", help="All keys and values, as a document."
)
@reading
@with_format
@with_output
def terms(
    name: str | None,
    whole: str | None,
    graph: Callable[[], Graph],
    form: str | None,
    output: str | None,
) -> None:
    """List what may stand in a source: statuses, kinds, units, indicators, predicates ...

    Each term comes with its definition, an indicator with its unit, a predicate with what it relates. Without
    LIST, all lists are named. The schema offers the names of what the graph knows.
    """
    if whole and (name or form):
        raise click.UsageError(f"--{_WHOLE[whole]} tells of everything, in a form of its own")
    if whole:
        from kg import reports

        made = {"schema": reports.write_schema, "reference": reports.write_reference}
        write(made[whole](graph().index), output)
    else:
        from kg.query import list_terms

        write(render(list_terms(graph().index, name), form, output), output)


_WHOLE = {"schema": "json-schema", "reference": "reference"}


def _also(aliases: tuple[str, ...]) -> str:
    return f" (also {', '.join(aliases)})" if aliases else ""


@click.command()
@reading
def stats(graph: Callable[[], Graph]) -> None:
    """Count what the graph holds and how well it is founded."""
    from kg.reports import count_figures

    counted = count_figures(graph().index).items()
    put([f"{number:>9,}  {name}"] for name, number in counted)


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--format", "-f", "form", type=click.Choice(DIFFERENCE_FORMATS), help="The form.")
@with_output
def diff(before: str, after: str, form: str | None, output: str | None) -> None:
    """Show what B says and A does not, and the reverse, as statements; exit 1 if anything differs.

    A and B are stores, source files, folders of them, or exported graphs; the word shipped stands
    for the shipped data.
    """
    import kg
    from kg.base import counted

    difference = kg.diff(_named_graph(before), _named_graph(after))
    write(render(difference, form, output), output)
    say(counted(len(difference), "difference") if difference else "no differences")
    if difference:
        click.get_current_context().exit(1)


def _named_graph(name: str) -> Graph:
    """Return the graph that a word of the user stands for."""
    if name == "shipped":
        return graph_of(None, ())
    from kg.store import is_store

    # Any other folder holds sources.
    return graph_of(name, ()) if is_store(name) else graph_of(None, [Path(name)])
