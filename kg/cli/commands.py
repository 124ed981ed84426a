"""The command `kg`: all commands that there are, and where each of them is. What a command does not need is not imported."""

from __future__ import annotations

from typing import Final

import click

from kg.cli.group import CommandBook, Kg

WHERE: Final = {
    "build": "building.build",
    "derive": "building.derive",
    "check": "building.check",
    "query": "asking.query",
    "ask": "questions.ask",
    "show": "asking.show",
    "find": "asking.find",
    "same": "identity.same",
    "terms": "asking.terms",
    "stats": "asking.stats",
    "diff": "asking.diff",
    "export": "exporting.export",
    "view": "exporting.view",
    "locate": "sources.locate",
    "review": "reviewing.review",
    "fmt": "sources.fmt",
    "verify": "building.verify",
    "import": "importing.import_source",
    "draft": "drafting.draft",
    "serve": "serving.serve",
    "mcp": "agents.mcp",
    "doctor": "doctoring.doctor",
}
"""The commands by name: the module within `kg.cli` and what it calls them."""


@click.group(
    cls=Kg, commands=CommandBook(WHERE), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(None, "-V", "--version", package_name="corporate-plans-kg", prog_name="kg")
def main() -> None:
    """Ask what companies plan: who promised what, where, by when, on whose word."""
