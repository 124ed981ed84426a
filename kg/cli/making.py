"""Commands that make a graph and judge it: build, check, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import put, reading, say, with_timeout, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph
    from kg.tables import MappedTable, Matches


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--output", "-o", type=click.Path(path_type=Path), default="out", show_default=True,
              help="The folder for plans.ttl and plans.html.")  # fmt: skip
@click.option(
    "--store",
    type=click.Path(),
    metavar="DIR|URL",
    help="Write the graph to this folder too, and read again only what has changed since; or to the"
    " SPARQL endpoint at this URL, and send only what has changed.",
)
@click.option("--with-shipped", is_flag=True, help="Add SOURCES to the shipped data.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True,
              help="Read in so many processes.")  # fmt: skip
@click.option("--spark", metavar="MASTER",
              help="Read on the Apache Spark cluster at MASTER, as spark://host:7077.")  # fmt: skip
@click.option("--all", "all_", is_flag=True,
              help="Build all that is shipped, with the tables, and without a page: kg view draws that.")  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="Say nothing unless something is wrong.")
def build(  # noqa: PLR0913 - an option each
    sources: tuple[Path, ...], output: Path, store: str | None, workers: int, spark: str | None,
    *, with_shipped: bool, all_: bool, quiet: bool,
) -> None:  # fmt: skip
    """Read SOURCES, check them, derive, and write the graph as Turtle and as a page.

    Without SOURCES the shipped data is built.
    """
    import time

    import kg
    from kg import cache
    from kg.base import OutputError, abridge
    from kg.cli import outputs
    from kg.export import export
    from kg.graph import earlier
    from kg.sources import processes, spark as on_spark

    began = time.monotonic()
    if spark and workers > 1:
        raise click.UsageError("give --workers or --spark, not both")
    read = on_spark(spark) if spark else processes(workers)
    before = earlier(store) if store else None if sources or all_ else cache.before()
    graph = kg.build(
        sources, shipped=True if with_shipped else None, all_=all_, before=before, read=read
    )
    key = outputs.made_of(graph)
    summary, files = outputs.summary(output, key), {}
    if summary is None:
        summary = _summary(graph)
        files = {"plans.ttl": export(graph)} | ({} if all_ else {"plans.html": graph.view().html})
        files[outputs.RECEIPT] = outputs.receipt(key, files, summary)
    if not sources and not all_:
        cache.keep(graph)
    if store:
        graph.save(store)
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{output}: cannot be made: {error.strerror}") from None
    for name, data in files.items():
        write(data, str(output / name))
    if quiet:
        return
    for finding in graph.report.findings if graph.report else ():
        say(abridge(str(finding), 500))
    say(f"{summary}; {time.monotonic() - began:.1f} s")
    drawn = "" if all_ else f" and {output / 'plans.html'}"
    drawing = f"--store {store}" if store else "" if sources else "--all"
    say(("wrote " if files else "unchanged: ")
        + f"{output / 'plans.ttl'}{drawn}"
        + (f", store {store}" if store else "")
        + (f"; kg view {drawing} draws the page" if all_ and drawing else ""))  # fmt: skip


def _summary(graph: Graph) -> str:
    from kg.reports import count_figures

    figures = count_figures(graph.index)
    findings = graph.report.findings if graph.report else ()
    return (
        f"read {len(graph.sources)} files: {figures['statements']:,} statements"
        f" of {figures['sources']:,} source{'s' if figures['sources'] != 1 else ''},"
        f" {figures['statements with a span']:,} with a span"
        + (f", {rows:,} with a row;" if (rows := figures["statements with a row"]) else ";")
        + f" {figures['triples']:,} triples, {len(findings)} findings"
    )


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--with-shipped", is_flag=True, help="Check SOURCES together with the shipped data.")
@click.option("--all", "all_", is_flag=True, help="Check all that is shipped, with the tables.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing if all is well.")
def check(sources: tuple[Path, ...], *, with_shipped: bool, all_: bool, quiet: bool) -> None:
    """Hold SOURCES (or the shipped data) against the shapes; exit 1 if one is broken."""
    import kg
    from kg.base import abridge

    report = kg.check(sources, shipped=True if with_shipped else None, all_=all_)
    put(
        [("" if finding.violation else "warning: ") + abridge(str(finding), 500)]
        for finding in report.findings
    )
    if not quiet:
        count, warned = len(report.violations), len(report.findings) - len(report.violations)
        say(f"{count} finding{'s' if count != 1 else ''}, {warned} warnings")
    if not report.conforms:
        click.get_current_context().exit(1)


@click.command()
@reading
@click.option("--texts", required=True, type=click.Path(path_type=Path),
              help="The folder that holds your copies of the articles.")  # fmt: skip
def verify(graph: Callable[[], Graph], texts: Path) -> None:
    """Check every locator and digest against your own copies of the articles."""
    checks = graph().verify(texts)
    failed = [one for one in checks if one.problem]
    put([f"{one.what}: {one.problem}" + (f" ({one.file})" if one.file else "")] for one in failed)
    say(f"{len(checks) - len(failed)} of {len(checks)} checks hold")
    if failed or not checks:
        click.get_current_context().exit(1)


@click.command("import")
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--mapping", "-m", required=True, type=click.Path(path_type=Path),
              help="What a row states: a SPARQL CONSTRUCT query.")  # fmt: skip
@click.option("--output", "-o", default="-", show_default=True,
              help="Write to this file, N-Quads or TriG by its ending; - is stdout.")  # fmt: skip
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out instead of refusing the table.")
@click.option("--review", is_flag=True,
              help="Print the companies that may be known ones instead, one pair a line.")  # fmt: skip
@with_timeout
def import_(  # noqa: PLR0913 - an option each
    table: Path, mapping: Path, output: str, *, skip_bad: bool, review: bool, timeout: float | None
) -> None:
    """Make a source of TABLE (CSV or Parquet), whose metadata lies in TABLE-metadata.json."""
    from kg.base import (
        abridge,
        run_limited,
        shorten,
    )
    from kg.export import rdf
    from kg.tables import import_table

    form = "nq" if output == "-" else Path(output).suffix.removeprefix(".").lower()
    if form not in ("nq", "trig"):
        raise click.UsageError(f"{output!r} ends neither in .nq nor in .trig")

    def work() -> tuple[MappedTable, Matches]:
        return import_table(table, mapping, skip_bad=skip_bad)

    done, matches = work() if timeout is None else run_limited(work, seconds=timeout)
    for fault in done.left_out:
        say(abridge(f"left out: {fault}", 500))
    if review:
        put(map(str, pair) for pair in matches.review)
    else:
        write(rdf.write(done.source.quads, b"", form), output)
    say(
        f"read {done.rows:,} rows: {len({fault.place for fault in done.left_out}):,} left out,"
        f" {len(done.silent):,} with nothing to say; {len(done.source):,} quads"
    )
    for iri, same in sorted(matches.certain.items()):
        say(f"{shorten(iri)} is {shorten(same)}")
    if matches.review and not review:
        say(f"{len(matches.review):,} pairs of companies may be the same; --review lists them")
