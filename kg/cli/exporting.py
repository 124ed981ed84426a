"""Commands that take the graph away: export, view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.base import EXPORT_FORMATS, EXPORT_PARTS, FOLDER_FORMATS
from kg.cli.common import day_of, reading, write, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kg.graph import Graph


@click.command()
@reading
@click.option("--output", "-o", required=True, help="Write to this file, or folder; - is stdout.")
@click.option("--format", "-f", "form", type=click.Choice((*EXPORT_FORMATS, *FOLDER_FORMATS)),
              help="The format; else the ending of FILE tells, and stdout gets Turtle.")  # fmt: skip
@click.option("--part", type=click.Choice(EXPORT_PARTS), default="all",
              show_default=True, help="What was said, what was derived, or both.")  # fmt: skip
@click.option("--date", "today", callback=day_of, metavar="DAY",
              help="Say in a calendar or a feed how promises stand on this day; else on that of the last source.")  # fmt: skip
def export(
    graph: Callable[[], Graph], output: str, form: str | None, part: str, today: date | None
) -> None:
    """Take the graph away: as RDF, a network, tables, a calendar of what falls due, a feed of what is new."""
    if form in FOLDER_FORMATS:
        if output == "-" or part != "all":
            raise click.UsageError(
                f"{form} is a whole graph in a folder of files; name one with -o"
            )
        write_folder(graph().export_files(form, today=today), output)
        return
    from kg.export import guess_format

    # Without a file name there is no ending to go by, and Turtle is what people read.
    form = form or ("ttl" if output == "-" else guess_format(output))
    write(graph().export(form, part=part, today=today), output)


@click.command()
@reading
@click.option("--output", "-o", required=True, help="Write the page to this file; - is stdout.")
@click.option("--all", "tables", is_flag=True,
              help="Draw the shipped tables as well; what is built with --all and --store is there sooner.")  # fmt: skip
@click.option("--focus", metavar="THING", help="Show only what lies around this thing.")
@click.option("--hops", type=click.IntRange(1), default=2, show_default=True,
              help="How far around --focus.")  # fmt: skip
@click.option("--date", "today", callback=day_of, metavar="DAY",
              help="Draw the line of today on this day; else it is the reader's own.")  # fmt: skip
@click.option("--open", "open_it", is_flag=True, help="Open the page in a browser.")
def view(  # noqa: PLR0913 - an option each
    graph: Callable[[], Graph], output: str, focus: str | None, hops: int,
    today: date | None, *, open_it: bool,
) -> None:  # fmt: skip
    """Draw the graph as one page that works offline."""
    write(graph().view(focus=focus, hops=hops, today=today).html, output)
    if open_it and output != "-":
        click.launch(Path(output).resolve().as_uri())
