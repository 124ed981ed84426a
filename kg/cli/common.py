"""What all commands share: options, which graph is asked, where answers go."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from click.core import ParameterSource

from kg.base import ANSWER_FORMATS
from kg.cli.inputs import refuse_inputs
from kg.cli.limits import announce_store, stop_clock

if TYPE_CHECKING:
    from datetime import date

    from kg.graph import Graph
    from kg.query import Answer
    from kg.reports import Difference

_Command = TypeVar("_Command", bound=Callable[..., Any])


def say(text: str) -> None:
    """Tell the user something on one line of stderr, if anybody listens."""
    from kg.base import visible

    with contextlib.suppress(OSError):
        click.echo(visible(text), err=True)


def put(rows: Iterable[Iterable[str]]) -> None:
    """Write lines of data to stdout, each of cells with tabs between them."""
    from kg.base import visible

    # A tab or line end within a cell would make it two.
    lines = ("\t".join(map(visible, row)) + "\n" for row in rows)
    write("".join(lines).encode(), None)


def day_of(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Read an option that is a day."""
    from datetime import date  # few name a day

    del ctx, param
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it as YYYY-MM-DD") from None


def reading(command: _Command) -> _Command:
    """Add the options that say which graph a command asks; the command is handed a way to it."""

    @functools.wraps(command)
    def call(
        *args: Any,
        store: str | None,
        source: tuple[Path, ...],
        with_shipped: bool,
        as_of: date | None,
        tables: bool = False,
        **kwargs: Any,
    ) -> Any:
        def graph() -> Graph:
            found = graph_of(store, source, with_shipped=with_shipped, tables=tables)
            return found.as_of(as_of) if as_of else found

        return command(*args, graph=graph, **kwargs)

    options = (
        click.option(
            "--as-of",
            callback=day_of,
            metavar="DAY",
            help="Ask on this day, of what had been published by then.",
        ),
        click.option("--with-shipped", is_flag=True, help="Ask the shipped data beside --source."),
        click.option(
            "--source",
            "-s",
            multiple=True,
            type=click.Path(path_type=Path),
            help="Ask this file or folder instead of the shipped data; may be repeated.",
        ),
        click.option(
            "--store",
            type=click.Path(),
            metavar="DIR|URL",
            envvar="KG_STORE",
            help="Ask what kg build --store has written: a folder, or a SPARQL endpoint by URL.",
        ),
    )
    # Decorators apply from the inside: the last one stands first in the help.
    for option in options:
        call = option(call)
    return cast("_Command", call)


def graph_of(
    store: str | None, source: Sequence[Path], *, with_shipped: bool = False, tables: bool = False
) -> Graph:
    """Return the graph that `--store`, `--source` with `--with-shipped` or without, or `--all` names."""
    import kg  # the engine is not needed for help

    _refuse_two(store, source, tables=tables)
    if with_shipped and not source:
        raise click.UsageError("--with-shipped goes with --source FILE, and adds what ships to it")
    if tables:
        return kg.build(tables=True, check=False)
    if source:
        return kg.build(source, shipped=with_shipped, check=False)
    if store:
        from kg.store import is_url

        if not is_url(store):
            announce_store(store)
        graph = kg.open(store)
        if graph.unfinished:
            say(f"kg: {store}: a build is not finished; until one is, answers may mix old and new")
        return graph
    from kg.api import kept_folder, shipped_graph  # whoever names a store needs none of it

    announce_store(kept_folder())
    return shipped_graph()


def _refuse_two(store: str | None, source: Sequence[Path], *, tables: bool) -> None:
    """Refuse two graphs at once; a store that the environment names gives way to options."""
    other = "--source" if source else "--all" if tables else None
    if source and tables:
        raise click.UsageError("give --source or --all, not both")
    ctx = click.get_current_context()
    if store and other and ctx.get_parameter_source("store") is not ParameterSource.ENVIRONMENT:
        raise click.UsageError(f"give --store or {other}, not both")


def write(
    data: bytes | Iterable[bytes], output: str | Path | None, *, in_place: bool = False
) -> None:
    """Write to a file, as a whole or not at all, or to stdout (None or "-"); what is read only where that is meant."""
    if output not in (None, "-") and not in_place:
        refuse_inputs([str(output)])

    def put_data() -> None:
        if output in (None, "-"):
            stop_clock()
            for piece in (data,) if isinstance(data, bytes) else data:
                rest = memoryview(piece)
                while rest:  # without a buffer the system takes 2 GiB at a time
                    rest = rest[sys.stdout.buffer.write(rest) :]
            sys.stdout.buffer.flush()
        else:
            from kg.base import replace_file

            replace_file(Path(str(output)), data)

    _written(put_data, output)


def write_together(files: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write files that belong together, by name: all of them or none."""
    refuse_inputs(files)
    from kg.base import replace_files

    of = {Path(name): data for name, data in files.items()}
    _written(lambda: replace_files(of), next(iter(files)))


def write_folder(files: Mapping[str, bytes], output: str) -> None:
    """Write files into a folder of their own, as a whole or not at all."""
    from kg.base import replace_folder
    from kg.export import MANIFEST

    _written(lambda: replace_folder(Path(output), files, known=[MANIFEST]), output)


def _written(put_data: Callable[[], None], output: str | Path | None) -> None:
    from kg.base import OutputError, abridge

    try:
        put_data()
    except BrokenPipeError:
        raise
    except OSError as error:
        is_file = output not in (None, "-")
        where = abridge(str(error.filename or output), 200) if is_file else "stdout"
        problem = error.strerror or "it is closed"
        raise OutputError(f"{where}: cannot be written: {problem}") from None


def render(answer: Answer | Difference, form: str | None, output: str | None = None) -> bytes:
    """Return an answer as bytes: a table on a terminal, else TSV or Turtle, unless told otherwise."""
    form = form or _usual(answer.kind, output)
    if form != "table" or not sys.stdout.isatty():
        return answer.write(form)
    import shutil

    return answer.write(form, width=shutil.get_terminal_size().columns)


def render_for(
    graph: Graph, answer: Answer, form: str | None, output: str | None, *, short: bool
) -> bytes:
    """Return an answer as bytes as `render` does, or as its `short` variant for people."""
    if not short:
        return render(answer, form, output)
    # A table for people has short names anyway: who asks for them wants a file.
    usual = "csv" if output in (None, "-") else _usual(answer.kind, output)
    return graph.write_short(answer, form or usual)


def _usual(kind: str, output: str | None) -> str:
    """Return the form that an answer has unless told: by the ending of a file, else by who reads it."""
    if output not in (None, "-"):
        return _guess(str(output))
    if kind == "graph":
        return "ttl"
    return "table" if sys.stdout.isatty() and output is None else "tsv"


def _guess(output: str) -> str:
    suffix = Path(output).suffix.removeprefix(".").lower()
    if suffix not in ANSWER_FORMATS:
        raise click.UsageError(f"{output!r} has no ending that stands for a format; give -f")
    return suffix


with_format = click.option(
    "--format", "-f", "form", type=click.Choice(ANSWER_FORMATS), help="The form."
)
with_short = click.option(
    "--short", is_flag=True,
    help="In CSV and TSV slugs and labels for people, and nothing that a spreadsheet runs.",
)  # fmt: skip
with_output = click.option("--output", "-o", help="Write to this file; - is stdout.")
