"""The command `kg`: all commands that there are, and where each of them is. What a command does not need is not imported."""

from __future__ import annotations

from typing import Final

import click

from kg.cli.group import CommandBook, Kg

WHERE: Final = {
    "build": (
        "building.build",
        "Read and check sources, derive, and write the graph and its page.",
    ),
    "derive": ("building.derive", "Derive at a SPARQL endpoint what follows from its sources."),
    "check": ("building.check", "Tell all that is wrong with sources, and what to do about it."),
    "query": ("asking.query", "Ask in SPARQL."),
    "ask": ("questions.ask", "Ask a canned question; without a name, list them."),
    "show": ("asking.show", "Show what a thing plans and promised, and on whose word."),
    "find": ("asking.find", "List the things whose name contains a text."),
    "same": ("identity.same", "Say why two companies are, or are not, taken for one."),
    "terms": ("asking.terms", "List what may stand in a source."),
    "stats": ("asking.stats", "Count what the graph holds and how well it is founded."),
    "diff": ("asking.diff", "Show what one graph says and another does not."),
    "export": ("exporting.export", "Take the graph away, as RDF, a network, tables or a calendar."),
    "view": ("exporting.view", "Draw the graph as one page that works offline."),
    "locate": ("sources.locate", "Find the places of evidence that is given in words."),
    "review": ("reviewing.review", "Accept, change or drop proposals, one by one."),
    "fmt": ("sources.fmt", "Put sources into their form."),
    "verify": ("building.verify", "Check evidence against your own copies of the texts."),
    "import": (
        "importing.import_source",
        "Make sources of files that companies and others publish.",
    ),
    "draft": ("drafting.draft", "Draft a source of an article."),
    "serve": ("serving.serve", "Serve the graph over HTTP: as pages, to SPARQL and to agents."),
    "mcp": ("agents.mcp", "Answer an agent by the Model Context Protocol."),
    "doctor": (
        "doctoring.doctor",
        "Tell what is wrong with the installation, the cache or a store.",
    ),
}
"""The commands by name: the module within `kg.cli` and what it calls them, and the line by which `kg --help` lists each."""


@click.group(
    cls=Kg, commands=CommandBook(WHERE), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(None, "-V", "--version", package_name="corporate-plans-kg", prog_name="kg")
def main() -> None:
    """Ask what companies plan: who promised what, where, by when, on whose word."""
