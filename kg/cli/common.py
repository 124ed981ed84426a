"""What all commands share: options, which graph is asked, where answers go, how errors end."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.graph import Graph

_Command = TypeVar("_Command", bound=Callable[..., Any])

# As in kg.answer and kg.export, which are not imported only to show a help text; a test compares.
FORMATS: Final = ("table", "md", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld")
EXPORTS: Final = ("ttl", "nt", "nq", "trig", "jsonld", "rdf", "graphml")


class Kg(click.Group):
    """The group of all commands; turns errors into one sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and say in one sentence what went wrong."""
        from kg.errors import FindingsError, KgError  # noqa: PLC0415

        try:
            return super().invoke(ctx)
        except FindingsError as error:
            for finding in error.report.findings:
                say(str(finding))
            say(f"kg: {error}")
            ctx.exit(error.exit_code)
        except KgError as error:
            say(f"kg: {error}")
            ctx.exit(error.exit_code)
        except OSError as error:
            # Nothing more can be written: the interpreter must not try to flush again at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if isinstance(error, BrokenPipeError):
                ctx.exit(0)  # whoever read us has read enough
            say(f"kg: stdout: cannot be written: {error.strerror}")
            ctx.exit(3)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or tell the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from kg.errors import UnknownName  # noqa: PLC0415

            raise UnknownName("command", args[0], self.list_commands(ctx)) from None


def say(text: str) -> None:
    """Tell the user something, with control characters made visible."""
    from kg.answer import visible  # noqa: PLC0415

    click.echo(visible(text), err=True)


def reading(command: _Command) -> _Command:
    """Add the options that say which graph a command asks."""
    options = (
        click.option(
            "--source",
            "-s",
            multiple=True,
            type=click.Path(path_type=Path),
            help="Ask this file or folder instead of the shipped data; may be repeated.",
        ),
        click.option(
            "--store",
            type=click.Path(path_type=Path),
            envvar="KG_STORE",
            help="Ask a store that kg build --store has written.",
        ),
    )
    for option in options:
        command = option(command)
    return command


def graph_of(store: Path | None, source: Sequence[Path]) -> Graph:
    """Return the graph that the options of `reading` name."""
    import kg  # noqa: PLC0415 - the engine is not needed for help

    if store and source:
        raise click.UsageError("give --store or --source, not both")
    return kg.open(store) if store else kg.build(source, check=False)


def write(data: bytes, output: str | Path | None) -> None:
    """Write to a file, as a whole or not at all, or to stdout (None or "-")."""
    from kg.errors import OutputError  # noqa: PLC0415
    from kg.store import replace  # noqa: PLC0415

    try:
        if output in (None, "-"):
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            replace(Path(str(output)), data)
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "stdout" if output in (None, "-") else output
        raise OutputError(f"{where}: cannot be written: {error.strerror}") from None


def render(answer: Answer, form: str | None, output: str | None = None) -> bytes:
    """Return an answer as bytes: a table on a terminal, else TSV or Turtle, unless told otherwise."""
    if form is None:
        form = _guess(output) if output not in (None, "-") else None
    if form is None:
        on_terminal = sys.stdout.isatty() and output is None
        form = "ttl" if answer.kind == "graph" else "table" if on_terminal else "tsv"
    width = shutil.get_terminal_size().columns if form == "table" and sys.stdout.isatty() else None
    return answer.write(form, width=width)


def _guess(output: str | None) -> str:
    suffix = Path(str(output)).suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise click.UsageError(f"{output!r} has no ending that stands for a format; give -f")
    return suffix


with_format = click.option("--format", "-f", "form", type=click.Choice(FORMATS), help="The form.")
with_output = click.option("--output", "-o", help="Write to this file; - is stdout.")
