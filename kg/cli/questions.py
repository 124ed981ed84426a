"""The command `kg ask`, whose subcommands are the canned questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    reading,
    render_for,
    with_format,
    with_output,
    with_short,
    write,
)
from kg.cli.limits import bound

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph
    from kg.query import Question


class _Ask(click.Group):
    """One command a question, made from the question's own header when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        from kg.query import load_questions

        return [question.name for question in load_questions()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        from kg.query import load_question

        return _question(load_question(cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from kg.query import load_questions

        del ctx
        with formatter.section("Questions"):
            formatter.write_dl([(q.name, _signature(q)) for q in load_questions()])


def _signature(question: Question) -> str:
    options = " ".join(f"--{parameter.name}" for parameter in question.parameters)
    return f"{question.title}. {options}".rstrip()


def _question(question: Question) -> click.Command:
    options: list[click.Parameter] = [
        click.Option(
            # A parameter may be called as an option of every command is, `store` or `format`.
            [f"--{parameter.name}", f"argument_{parameter.name}"],
            metavar=parameter.type.upper(),
            help=parameter.help[:1].upper() + parameter.help[1:]
            + (f"  [default: {parameter.default}]" if parameter.default else "")
            + (f"  [e.g. {parameter.example}]" if parameter.example else ""),
        )
        for parameter in question.parameters
    ]  # fmt: skip

    @reading
    @with_format
    @with_short
    @with_output
    @click.option(
        "--only", metavar="COLUMNS", help="Only these columns, in this order, with commas between."
    )
    @click.option("--sparql", is_flag=True, help="Print the query instead of asking it.")
    def run(  # noqa: PLR0913 - an option each
        graph: Callable[[], Graph],
        form: str | None,
        output: str | None,
        *,
        only: str | None,
        short: bool,
        sparql: bool,
        **arguments: str | None,
    ) -> None:
        given = {key.removeprefix("argument_"): value for key, value in arguments.items()}
        asked = graph()
        if sparql:
            write(asked.sparql(question.name, arguments=given).encode(), output)
        else:
            answer = asked.ask(question.name, arguments=given)
            if ahead := question.ahead(given, asked.today):
                click.echo(f"kg: {ahead}", err=True)
            chosen = answer.only(*map(str.strip, only.split(","))) if only else answer
            write(render_for(asked, chosen, form, output, short=short), output)

    command = click.Command(
        question.name,
        callback=run,
        params=[*options, *getattr(run, "__click_params__", [])[::-1]],
        help=f"{question.title}.\n\n{question.description}",
    )
    bound(command)
    return command


@click.group(cls=_Ask, invoke_without_command=True, no_args_is_help=False)
@click.pass_context
def ask(ctx: click.Context) -> None:
    """Ask a canned question; without a name, list them.

    `kg ask NAME --help` tells what a question takes.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
