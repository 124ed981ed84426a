"""The command that tells what is wrong with an installation and its stores: doctor."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import write

_OUT = Path("out")


@click.command()
@click.option("--store", type=click.Path(), metavar="DIR|URL", envvar="KG_STORE",
              help="Look at this store, too: a folder, to the byte, or a SPARQL endpoint by URL.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="DIR",
              help="Look at this folder with Turtle and page, too; out if it is there.")  # fmt: skip
@click.option("--format", "-f", "form", type=click.Choice(("text", "json")), default="text",
              show_default=True, help="The form.")  # fmt: skip
def doctor(store: str | None, output: Path | None, form: str) -> None:
    """Tell what is wrong with the installation, the cache, a store and the disks; exit 1 if anything is.

    A line for each: ok, note or wrong, and below what is wrong how to mend it.
    """
    from kg.api import examine, write_health

    outputs = [output] if output else [_OUT] if _OUT.is_dir() else []
    found = examine(store, outputs)
    write(write_health(found, form), None)
    if any(health.state == "wrong" for health in found):
        click.get_current_context().exit(1)
