"""The group of all commands, and how a command ends: whatever goes wrong is one sentence and a code."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import click

from kg.cli.limits import allowed_memory, bound, out_of_memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.base import KgError


class CommandBook(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is first looked at, and then bounded in time and memory."""

    def __init__(self, where: Mapping[str, tuple[str, str]]) -> None:
        """Take where each command is, as the module within `kg.cli`, a dot, and its name there; and what it does in a line."""
        self._where = dict(where)
        self._known: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Return a command."""
        if name not in self._known:
            where, line = self._where[name]
            module, _, attribute = where.partition(".")
            self[name] = getattr(import_module(f"kg.cli.{module}"), attribute)
            self[name].short_help = line
        return self._known[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Add a command; a group bounds its own."""
        if not isinstance(command, click.Group):
            bound(command)
        if name not in self._where:
            self._where[name] = name, command.get_short_help_str()
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        """Take a command out."""
        del self._where[name]
        self._known.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._where)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(self._where)

    def lines(self) -> list[tuple[str, str]]:
        """Return the names, in order, each with what the command does in a line; none is imported."""
        return sorted((name, line) for name, (_, line) in self._where.items())


class Kg(click.Group):
    """The group of all commands; turns errors into one sentence and an exit code."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:
        """Run as a program: whatever goes wrong is one sentence and an exit code."""
        if sys.stdout is None:
            # Closed: what cannot be written to takes its number, before a file of ours does.
            from pathlib import Path  # it is slow to import

            sys.stdout = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
        # Even what is wrong is written: the code is told only when all of it is out.
        code = self._run(args)
        try:
            sys.stdout.flush()
        except OSError as error:
            # Nothing more can be written: the interpreter must not try to flush again at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if not code and not isinstance(error, BrokenPipeError):
                _say(f"kg: {_fault(error)}")
                code = 3
        sys.exit(code)

    def _run(self, args: Sequence[str] | None) -> int:
        try:
            return super().main(args, prog_name="kg", standalone_mode=False) or 0
        except click.ClickException as error:
            if isinstance(error, click.exceptions.NoArgsIsHelpError):
                error.show()  # its message is the help text
            else:
                _say(f"kg: {_usage(error)}")
            return error.exit_code
        except click.Abort:
            _say("kg: interrupted")
            return 130
        except Exception as error:
            code = _tell(error)
            if code is None:
                raise
            return code

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, of which none is imported for that."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(cast("CommandBook", self.commands).lines())

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the options of `kg` itself."""
        with _until_read():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            with _until_read():
                return super().invoke(ctx)
        except ImportError as error:
            # So the system's linker tells of a library that there is no memory to load.
            if "failed to map segment" in str(error):
                raise MemoryError from None
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or tell the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from kg.base import UnknownNameError

            raise UnknownNameError("command", args[0], self.list_commands(ctx)) from None


@contextlib.contextmanager
def _until_read() -> Iterator[None]:
    """End well where whoever reads us leaves, as `head` does: that was enough."""
    try:
        yield
    except BrokenPipeError:
        raise click.exceptions.Exit(0) from None


def _tell(error: Exception) -> int | None:
    """Tell of an error in one sentence, and return the code to exit with; None of what is no matter of the user."""
    if isinstance(error, OSError):
        _say(f"kg: {_fault(error)}")
        return 3
    if isinstance(error, MemoryError):
        _say(f"kg: {out_of_memory(allowed_memory())}")
        return 4
    from kg.base import KgError  # as below

    if not isinstance(error, KgError):
        return None
    for finding in error.findings:
        _say(finding.as_line())
    _say(f"kg: {sentence_of(error)}")
    return error.exit_code


def _say(text: str) -> None:
    from kg.cli.common import say  # the help of `kg` needs none of it

    say(text)


def _usage(error: click.ClickException) -> str:
    """Return what click found wrong in one sentence that names the nearest, or else the help."""
    from kg.base import UnknownNameError, abridge

    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return str(UnknownNameError("option", error.option_name, error.possibilities))
    ctx = getattr(error, "ctx", None)
    message = abridge(" ".join(error.format_message().split()), 300).rstrip(".?")
    return f"{message}; try {ctx.command_path if ctx else 'kg'} --help"


def sentence_of(error: KgError) -> str:
    """Return the sentence of an error, after what is damaged and kept for us alone has been given up."""
    from kg.base import DamageError

    if isinstance(error, DamageError):
        # Where the engine has taken all memory over it there may be none for this.
        with contextlib.suppress(MemoryError):
            from kg.api import forget_store  # for what goes wrong alone

            # Nobody has named the cache, and nobody builds it: it is made anew where it is not there.
            if forget_store(error.store):
                return (
                    f"{error.store}: is damaged and is made anew when it is next needed; ask again"
                )
    return str(error)


def _fault(error: OSError) -> str:
    if isinstance(error, io.UnsupportedOperation):
        return "stdout: cannot be written: it is closed"
    from kg.base import abridge

    where = abridge(str(error.filename or "stdout: cannot be written"), 200)
    return f"{where}: {error.strerror}" if error.strerror else str(error)
