"""Commands that make a graph and judge it: build, derive, check, verify."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.base import REPORT_FORMATS
from kg.cli.common import put, reading, say, with_output, write
from kg.cli.limits import announce_written, give_less

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.api import Publication
    from kg.base import Spread
    from kg.graph import Graph
    from kg.sources import Reader

_SHAPES_SECONDS: Final = 300
"""How long a check takes at most that holds data against shapes of the user's own, unless told otherwise."""


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="DIR",
              help="The folder for plans.ttl and plans.html; out without --store, else none.")  # fmt: skip
@click.option(
    "--store",
    type=click.Path(),
    metavar="DIR|URL",
    help="Write the graph to this folder, and read again only what has changed since; or to the"
    " SPARQL endpoint at this URL, and send only what has changed.",
)
@click.option("--with-shipped", is_flag=True, help="Add SOURCES to the shipped data.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True,
              help="Read, and derive from a large graph for --store, in so many processes.")  # fmt: skip
@click.option("--spark", metavar="MASTER",
              help="Do so on the Apache Spark cluster at MASTER, as spark://host:7077.")  # fmt: skip
@click.option("--parts", metavar="ADDRESS",
              help="With --spark: check and derive there too, and write the graph in parts to this address of a file"
              " system that the cluster reaches, as hdfs://HOST/plans, or send it to a SPARQL endpoint; nothing"
              " passes through here but SOURCES.")  # fmt: skip
@click.option("--all", "tables", is_flag=True,
              help="Build all that is shipped, with the tables, and without a page: kg view draws that.")  # fmt: skip
@click.option("--rehash", is_flag=True,
              help="Compare all files with --store by what they hold, not by size and times.")  # fmt: skip
@click.option("--changed", multiple=True, metavar="FILE",
              help="Look at this file alone of the folder SOURCES, where nothing else has changed;"
              " may be repeated, and - reads names from standard input, one a line.")  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="Say nothing unless something is wrong.")
def build(  # noqa: PLR0913 - an option each
    sources: tuple[Path, ...], output: Path | None, store: str | None, *, workers: int,
    spark: str | None, parts: str | None, changed: tuple[str, ...], with_shipped: bool, tables: bool,
    rehash: bool, quiet: bool,
) -> None:  # fmt: skip
    """Read SOURCES, check them, derive, and write the graph as Turtle and as a page, or to a store.

    Without SOURCES the shipped data is built.
    """
    import time

    from kg.api import publish
    from kg.store import is_url

    began = time.monotonic()
    if parts is not None:
        if not spark or workers > 1 or output or store or tables or rehash or changed:
            raise click.UsageError("--parts goes with --spark and SOURCES alone")
        _build_parts(sources, spark, parts, shipped=with_shipped or None, quiet=quiet)
        return
    named = list(_lines_of(changed)) if changed else None
    if named is not None:
        plain = not (output or with_shipped or tables or rehash)
        _refuse_other_than_folder(sources if plain else (), store)
    # Whoever wants a store wants it alone: a page of a million triples takes longer than they do.
    folder = output if output or store else Path("out")
    for place in (folder, store):
        if place and not is_url(place):
            announce_written(place)
    with _workers(spark, workers) as (read, spread):
        published = publish(
            sources,
            shipped=with_shipped or None,
            tables=tables,
            store=store,
            folder=folder,
            read=read,
            rehash=rehash,
            changed=named,
            spread=spread,
        )
    if quiet:
        return
    for finding in published.findings:
        say(finding.as_line())
    say(f"{published.summary}; {time.monotonic() - began:.1f} s")
    say(_written(published, store) + _drawing(store, tables=tables, shipped=not sources))


@contextlib.contextmanager
def _workers(spark: str | None, workers: int) -> Iterator[tuple[Reader, Spread]]:
    """Lend by whom files are read, and the rest of the work is done."""
    from kg import sources
    from kg.base import over_processes

    if not spark:
        yield sources.processes(workers), over_processes(workers)
        return
    if workers > 1:
        raise click.UsageError("give --workers or --spark, not both")
    with sources.one_connection():
        yield sources.spark(spark), sources.over_spark(spark)


def _refuse_other_than_folder(sources: tuple[Path, ...], store: str | None) -> None:
    """Refuse to look at some files alone of anything but one folder and its store in a folder."""
    from kg.store import is_url

    if not store or is_url(store) or len(sources) != 1 or not sources[0].is_dir():
        raise click.UsageError(
            "--changed goes with one folder of sources and the --store that was built of it"
        )


def _build_parts(
    sources: tuple[Path, ...], spark: str, address: str, *, shipped: bool | None, quiet: bool
) -> None:
    import time

    from kg.api import build_in_parts
    from kg.base import counted

    began = time.monotonic()
    built = build_in_parts(sources, spark, address, shipped=shipped)
    if quiet:
        return
    for finding in built.findings:
        say(finding.as_line())
    say(
        f"{counted(built.asserted, 'triple')} asserted and {built.derived:,} derived on {spark},"
        f" {counted(len(built.findings), 'finding')}; {time.monotonic() - began:.1f} s"
    )
    say(f"wrote {' and '.join(built.places)}")


@click.command()
@click.option("--store", metavar="URL", envvar="KG_STORE", required=True,
              help="The SPARQL endpoint that holds the sources, and gets what is derived.")  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="Say nothing unless something is wrong.")
def derive(store: str, *, quiet: bool) -> None:
    """Derive at a SPARQL endpoint what follows from the sources that it holds, however they came there.

    For a graph that is too large for this machine: rules run there, promises are judged here. Nothing is
    checked. KG_UPDATE says where updates go, if that does not follow from the URL.
    """
    import time

    from kg.api import derive_at
    from kg.base import counted

    began = time.monotonic()
    done = derive_at(store, None if quiet else lambda name: say(f"runs {name}"))
    if quiet:
        return
    here = f"; here: {', '.join(done.here)}" if done.here else ""
    say(
        f"{counted(done.derived, 'triple')} by {counted(done.runs, 'run')} of rules, {done.judged:,} of promises, judged here;"
        f" {time.monotonic() - began:.1f} s{here}"
    )


def _lines_of(changed: Iterable[str]) -> Iterator[Path]:
    """Yield paths as they are given, or stand on standard input."""
    for one in changed:
        if one != "-":
            yield Path(one)
            continue
        for line in sys.stdin:
            if name := line.rstrip("\n"):
                yield Path(name)


def _written(published: Publication, store: str | None) -> str:
    """Say what was written where."""
    files = " and ".join(map(str, published.files))
    verb = "wrote" if published.written else "unchanged:"
    return f"{verb} {', '.join(filter(None, (files, store and f'store {store}')))}"


def _drawing(store: str | None, *, tables: bool, shipped: bool) -> str:
    """Say how to draw a page that is too large to be drawn unasked."""
    what = f"--store {store}" if store else "--all" if shipped else ""
    return f"; kg view {what} draws the page" if tables and what else ""


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--with-shipped", is_flag=True, help="Check SOURCES together with the shipped data.")
@click.option("--all", "tables", is_flag=True, help="Check all that is shipped, with the tables.")
@click.option("--store", type=click.Path(), metavar="DIR",
              help="Check SOURCES as part of what this store holds, which stays as it is.")  # fmt: skip
@click.option("--shapes", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Hold the data against the SHACL in this file or folder, too; may be repeated.")  # fmt: skip
@click.option("--format", "-f", "form", type=click.Choice(list(REPORT_FORMATS)),
              help="The form of the report; by the ending of -o, else text.")  # fmt: skip
@with_output
@click.option("--quiet", "-q", is_flag=True, help="Say nothing if all is well.")
def check(  # noqa: PLR0913 - an option each
    sources: tuple[Path, ...], shapes: tuple[Path, ...], form: str | None, output: str | None,
    store: str | None, *, with_shipped: bool, tables: bool, quiet: bool,
) -> None:  # fmt: skip
    """Tell all that is wrong with SOURCES (or the shipped data), a line each, in their order.

    Exit 1 if a shape is broken, 3 if a file cannot be read, 4 if out of time, which is 5 minutes with
    --shapes unless --timeout says more. Hints fail nothing.
    """
    import kg
    from kg.base import counted
    from kg.reports import write_report

    form = form or _report_form(output)
    # A shape of the user's own may ask for more than can be done, and the engine cannot be interrupted.
    if shapes:
        give_less(_SHAPES_SECONDS)
    report = kg.check(
        sources, shipped=with_shipped or None, tables=tables, shapes=shapes, store=store
    )
    write(write_report(report, form), output)
    if not quiet:
        count, hints = len(report.violations), len(report.hints)
        say(f"{counted(count, 'finding')}, {counted(hints, 'hint')}")
    if not report.conforms:
        click.get_current_context().exit(1 if report.readable else 3)


def _report_form(output: str | None) -> str:
    """Return the form that the ending of a file stands for."""
    if output in (None, "-"):
        return "text"
    suffix = Path(str(output)).suffix.lower()
    for form, ending in REPORT_FORMATS.items():
        if ending == suffix:
            return form
    raise click.UsageError(f"{output!r} has no ending that stands for a format; give -f")


@click.command()
@reading
@click.option("--texts", required=True, type=click.Path(path_type=Path),
              help="The folder that holds your copies of the articles.")  # fmt: skip
def verify(graph: Callable[[], Graph], texts: Path) -> None:
    """Check every locator and digest against your own copies of the articles.

    A figure or year that does not stand in the words of its statement is told on the standard error stream, and
    fails nothing.
    """
    from kg.base import counted

    checks = graph().verify(texts)
    failed = [one for one in checks if one.problem]
    put([f"{one.what}: {one.problem}" + (f" ({one.file})" if one.file else "")] for one in failed)
    for one in checks:
        for doubt in one.doubts:
            say(f"{one.what}: {doubt}")
    held = counted(len(checks), "check holds", "checks hold")
    say(f"{len(checks) - len(failed):,} of {held}")
    if failed or not checks:
        click.get_current_context().exit(1)
