"""The command that drafts a source of an article: draft."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.common import reading, say, write, write_together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.drafting import Draft, Drafter, Particulars
    from kg.graph import Graph

_SOURCES: Final = (".yaml", ".yml")
_NOTHING: Final = "where it does tell of plans, say whose: draft it again with --company NAME"


def _published(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """Read a day, or a month or year of which the last day is meant, with its precision behind it."""
    del ctx, param
    if value is None:
        return None
    from kg.drafting import read_published  # few say it

    day, precision = read_published(value)
    return day.isoformat(), *precision


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="TEXT|HTML|URL|FOLDER|-...")
@click.option("--output", "-o", metavar="FILE|DIR",
              help="Write to this file, or to SLUG.yaml in this folder; - is stdout.")  # fmt: skip
@click.option("--keep-text", type=click.Path(path_type=Path), metavar="DIR",
              help="Keep the text as SLUG.txt in this folder, for kg locate and kg verify.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--title", help="The title, where the page does not say it.")
@click.option("--publisher", metavar="NAME", help="Who published it: a name or a slug.")
@click.option("--author", metavar="NAME", help="Who wrote it: a name or a slug.")
@click.option("--published", callback=_published, metavar="DAY",
              help="When it was published: 2017-03-28, or 2017-03, or 2017.")  # fmt: skip
@click.option("--language", metavar="TAG", help="The language of the text, as en or de.")
@click.option("--company", "companies", multiple=True, metavar="NAME",
              help="Whose plans it tells, known or new: a name or a slug. May be repeated.")  # fmt: skip
@click.option("--url", help="The address at which it can be read.")
@click.option("--model", metavar="NAME",
              help="Have a model propose, too: the text is sent to it. Or set KG_MODEL.")  # fmt: skip
@click.option("--model-url", metavar="URL",
              help="Where the model answers, as OpenAI's does. Or set KG_MODEL_URL; its key is KG_MODEL_KEY.")  # fmt: skip
@reading
def draft(  # noqa: PLR0913 - what a command is told
    inputs: tuple[str, ...], graph: Callable[[], Graph], output: str | None,
    keep_text: Path | None, *, force: bool, published: tuple[str, ...] | None, model: str | None,
    model_url: str | None, companies: tuple[str, ...], **said: str | None,
) -> None:  # fmt: skip
    """Draft a source of an article: what its page says of it, and proposed statements that wait for you.

    A text in UTF-8, a page in HTML, the address of one, folders of them, or - for standard input. Nothing
    that is proposed counts before you accept it: kg review.
    """
    import os
    from datetime import date
    from functools import partial

    from kg.drafting import Drafter, ModelChoice, Particulars, find_inputs, propose_all

    names = find_inputs(inputs)
    day = date.fromisoformat(published[0]) if published else None
    told = Particulars(
        published=day, published_precision=(published or ())[1:], companies=companies, **said
    )
    _refuse_for_several(names, output, told)
    choice = ModelChoice.of(os.environ, model, model_url)
    proposer = partial(propose_all, choice=choice)
    drafter = Drafter(graph().index, proposer, beside=_folder(output))
    if keep_text is not None:
        drafter.add_texts(keep_text)
    failed = sum(
        not _draft_one(drafter, name, told, output, keep_text, force=force) for name in names
    )
    if failed:
        if len(names) > 1:
            say(f"kg: {failed:,} of {len(names):,} could not be drafted, as said above")
        click.get_current_context().exit(3)


def _refuse_for_several(names: Sequence[str], output: str | None, said: Particulars) -> None:
    """Refuse what several articles cannot have in common."""
    if len(names) == 1:
        return
    if output in (None, "-") or str(output).endswith(_SOURCES):
        raise click.UsageError(f"{len(names):,} drafts need a folder: give -o DIR")
    for key in ("title", "author", "published", "url"):
        if getattr(said, key) is not None:
            raise click.UsageError(f"--{key} is of one article, and {len(names):,} are named")


def _draft_one(  # noqa: PLR0913 - what one draft needs
    drafter: Drafter, name: str, said: Particulars, output: str | None, texts: Path | None,
    *, force: bool,
) -> bool:  # fmt: skip
    """Draft one article and write it; tell what goes wrong, and return whether nothing did."""
    from kg.base import OutputError, SourceError, made_folder
    from kg.drafting import load_input

    try:
        data, url = load_input(name)
        drafted = drafter.draft(data, "stdin" if name == "-" else name, said, url=url)
        files = _files(drafted, output, texts, force=force)
    except (SourceError, OutputError) as error:
        say(f"kg: {error}")
        return False
    with ExitStack() as made:
        for folder in sorted({Path(path).parent for path in files}):
            made.enter_context(made_folder(folder))
        if files:
            write_together(files)
    if output in (None, "-"):
        write(drafted.data, None)
    _tell(drafted, name, [path for path in files if path.endswith(_SOURCES)], texts)
    return True


def _files(
    drafted: Draft, output: str | None, texts: Path | None, *, force: bool
) -> dict[str, bytes]:
    """Return what is to be written, by path: the text before the source that tells of it."""
    from kg.base import OutputError
    from kg.drafting import has_statements

    files: dict[str, bytes] = {}
    if texts is not None:
        files[str(texts / f"{drafted.name}.txt")] = drafted.text.encode()
    if output not in (None, "-"):
        folder = _folder(output)
        path = folder / f"{drafted.name}.yaml" if folder else Path(str(output))
        files[str(path)] = drafted.data
    for name, data in files.items():
        if not _is_another(Path(name), data):
            continue
        if name.endswith(_SOURCES) and has_statements(Path(name)):
            raise OutputError(
                f"{name}: says what somebody has accepted; move it away to draft anew"
            )
        if not force:
            raise OutputError(f"{name}: is there already; --force writes over it")
    return files


def _folder(output: str | None) -> Path | None:
    """Return the folder that `-o` names; None where it names a file, or stdout."""
    if output in (None, "-"):
        return None
    named = Path(str(output))
    return None if named.suffix.lower() in _SOURCES and not named.is_dir() else named


def _is_another(path: Path, data: bytes) -> bool:
    """Whether there is something else at a path than what is to be written."""
    if not path.exists():
        return False
    return not path.is_file() or path.stat().st_size != len(data) or path.read_bytes() != data


def _tell(drafted: Draft, name: str, files: Sequence[str], texts: Path | None) -> None:
    """Say what was drafted, what is to be known of it, and what comes next."""
    import shlex

    from kg.base import counted

    beside = ["--texts", str(texts)] if texts else []

    say(f"{drafted.name}: {counted(drafted.proposed, 'statement')} proposed, of {name}")
    for remark in drafted.remarks:
        say(f"{drafted.name}: {remark}")
    if not drafted.proposed:
        say(f"{drafted.name}: {_NOTHING}")
        return
    for file in files:
        say(f"next: {shlex.join(['kg', 'review', file, *beside])}")
