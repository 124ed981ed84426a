"""The command `kg`: all commands that there are. What a command does not need is not imported."""

from __future__ import annotations

import click

from kg.cli import (
    agents,
    asking,
    building,
    doctoring,
    drafting,
    exporting,
    identity,
    importing,
    questions,
    reviewing,
    serving,
    sources,
)
from kg.cli.group import Kg


@click.group(cls=Kg, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "-V", "--version", package_name="corporate-plans-kg", prog_name="kg")
def main() -> None:
    """Ask what companies plan: who promised what, where, by when, on whose word."""


for command in (
    building.build,
    building.derive,
    building.check,
    asking.query,
    questions.ask,
    asking.show,
    asking.find,
    identity.same,
    asking.terms,
    asking.stats,
    asking.diff,
    exporting.export,
    exporting.view,
    sources.locate,
    reviewing.review,
    sources.fmt,
    building.verify,
    importing.import_source,
    drafting.draft,
    serving.serve,
    agents.mcp,
    doctoring.doctor,
):
    main.add_command(command)
