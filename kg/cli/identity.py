"""The command that tells who is who: same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.common import put, reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@reading
def same(one: str, other: str, graph: Callable[[], Graph]) -> None:
    """Say why A and B are or are not taken for one company; exit 1 if they are not.

    Each is a company of the graph, by its slug, any name or an identifier (LEI, ISIN, ticker,
    wikidata:Q1), or just a name or an identifier, as a table may have it.
    """
    from kg.identity import compare_companies

    told = compare_companies(graph().index, one, other)
    # Line by line, so that control characters of the data reach no terminal.
    put([line] for line in told.to_lines())
    if not told.same:
        click.get_current_context().exit(1)
