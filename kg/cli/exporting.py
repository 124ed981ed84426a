"""Commands that take the graph away: export, view."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.base import DATED_FORMATS, EXPORT_FORMATS, EXPORT_PARTS, FOLDER_FORMATS
from kg.cli.common import day_of, reading, say, write, write_folder, write_together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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
              help="Say in a calendar, a feed or tables how promises stand on this day; else on that of the last source.")  # fmt: skip
@click.option("--manifest", is_flag=True,
              help="Say beside it what it is: licence, day, versions and counts, as an RO-Crate.")  # fmt: skip
@click.option("--license", "licence", metavar="URL",
              help="The licence that the manifest names; what ships has its own.")  # fmt: skip
def export(  # noqa: PLR0913 - an option each
    graph: Callable[[], Graph], output: str, form: str | None, *, part: str, today: date | None,
    licence: str | None, manifest: bool,
) -> None:  # fmt: skip
    """Take the graph away: as RDF, a network, tables, a calendar of what falls due, a feed of what is new."""
    if manifest or licence:
        licence = _licence(output, licence, manifest=manifest)
    if form in FOLDER_FORMATS and (output == "-" or part != "all"):
        raise click.UsageError(f"{form} is a whole graph in a folder of files; name one with -o")
    from kg.base import without_collector
    from kg.export import MANIFEST, guess_format

    if form in FOLDER_FORMATS:
        _refuse_day(form, today)
        with without_collector(at_last=True):
            asked = graph()
            files = asked.export_files(form, today=today)
            if licence:
                files[MANIFEST] = _manifest(asked, files, licence)
        write_folder(files, output)
        return
    # Without a file name there is no ending to go by, and Turtle is what people read.
    form = form or ("ttl" if output == "-" else guess_format(output))
    _refuse_day(form, today)
    with without_collector(at_last=True):
        asked = graph()
        unsaid: Counter[str] = Counter()
        pieces = asked.export_pieces(form, part=part, today=today, left_out=unsaid)
        if licence is None:
            write(pieces, output)
        else:
            # A manifest tells the digest of what it lies beside: both are made before either is written.
            data = b"".join(pieces)
            told = _manifest(asked, {Path(output).name: data}, licence)
            write_together({output: data, f"{output}-{MANIFEST}": told})
    for why, count in sorted(unsaid.items()):
        say(f"left out: {why} ({count:,})")


def _refuse_day(form: str, today: date | None) -> None:
    """Refuse a day for what is the same on all of them: it would be taken for what was known then."""
    if today and form not in DATED_FORMATS:
        dated = ", ".join(DATED_FORMATS)
        raise click.UsageError(
            f"--date is the day on which {dated} say how promises stand; for {form} as of a day give --as-of"
        )


def _manifest(graph: Graph, files: Mapping[str, bytes], licence: str) -> bytes:
    from kg.export import write_manifest

    return write_manifest(graph.index, files, licence)


def _licence(output: str, licence: str | None, *, manifest: bool) -> str:
    """Return the licence for a manifest: the one that is named, else that of what ships."""
    if not manifest:
        raise click.UsageError("--license is named in a manifest; give --manifest as well")
    if output == "-":
        raise click.UsageError("a manifest lies beside a file; name one with -o")
    given = click.get_current_context().params
    if licence is None and (given["store"] or given["source"]):
        raise click.UsageError("say under which licence your graph is: --license URL")
    from kg.base import SHIPPED_LICENCE

    return licence or SHIPPED_LICENCE


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
@click.option("--license", "licence", metavar="URL",
              help="The licence that the page names; by default that of what ships, where that is drawn.")  # fmt: skip
@click.option("--open", "open_it", is_flag=True, help="Open the page in a browser.")
def view(  # noqa: PLR0913 - an option each
    graph: Callable[[], Graph], output: str, focus: str | None, hops: int,
    *, today: date | None, licence: str | None, open_it: bool,
) -> None:  # fmt: skip
    """Draw the graph as one page that works offline.

    A page with nothing to draw says so, and so does the exit code: 1.
    """
    from kg.base import without_collector

    with without_collector(at_last=True):
        page = graph().view(focus=focus, hops=hops, today=today, licence=licence)
    write(page.html, output)
    if page.things == 0:
        say(
            "kg: there is nothing to draw: no plan, no figure of a thing, and nothing that links two;"
            " the page says so"
        )
        click.get_current_context().exit(1)
    if open_it and output != "-":
        click.launch(Path(output).resolve().as_uri())
