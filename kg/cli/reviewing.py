"""The command that walks the proposals of a source: review. Each decision is written at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.common import say
from kg.cli.limits import stop_clock

if TYPE_CHECKING:
    from kg.api import ReviewSession
    from kg.cli.review_screen import ReviewScreen
    from kg.drafting import Waiting

_KEYS: Final = "a accept, c change, d drop, n next, b back, q quit"

# In a pipe a word may be written out; any other that begins so decides nothing.
_DECISIONS: Final = ("accept", "change", "drop", "next", "back", "quit")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--texts", type=click.Path(path_type=Path),
              help="The folder that holds your copies of the articles, to show words in their sentence.")  # fmt: skip
@click.option("--source", "-s", "others", multiple=True, type=click.Path(path_type=Path),
              help="Look at FILE beside this file or folder, too, as beside what ships and what lies in its folder; may be repeated.")  # fmt: skip
def review(file: Path, texts: Path | None, others: tuple[Path, ...]) -> None:
    """Walk the proposals in FILE: accept, change or drop each, by one key or a word a line.

    What is accepted is said from then on, with the things that it needs. Every decision is written at once,
    so that nothing is lost, however this ends; what is left waits for the next time.
    """
    from kg.api import ReviewSession
    from kg.cli.review_screen import ReviewScreen

    session = ReviewSession(file, texts, others)
    stop_clock()  # how long somebody thinks is theirs
    if not session.waiting:
        say(f"nothing is proposed in {file}")
        return
    screen = ReviewScreen(session)
    screen.begin()
    walk(session, screen)
    say(session.summary())


def walk(session: ReviewSession, screen: ReviewScreen) -> None:
    """Show proposal after proposal and do what is said of each, until there is none or somebody quits."""
    while (one := session.current) is not None:
        screen.show(one)
        word, _, rest = _ask(_KEYS).partition(" ")
        key = _key_of(word, _DECISIONS)
        if key == "q":
            return
        if key in ("n", "b"):
            if not session.move(1 if key == "n" else -1):
                screen.tell("this is the first")
        elif key in ("a", "c", "d"):
            _decide(session, screen, one, key, rest)
        else:
            screen.tell(f"{word!r} is none of: {_KEYS}")


def _decide(
    session: ReviewSession, screen: ReviewScreen, one: Waiting, key: str, rest: str
) -> None:
    """Accept, change or drop a proposal; where that cannot be done it is told, and nothing is written."""
    from kg.base import SourceError, UsageError

    try:
        if key == "a":
            written = _accept(session, screen, one)
        elif key == "d":
            written = session.drop(one)
        else:
            written = _change(session, one, rest)
    except (UsageError, SourceError) as error:
        screen.tell(f"not done: {error}")
        return
    except click.ClickException as error:  # of the editor
        screen.tell(f"not done: {error.format_message()}")
        return
    if written is False:
        screen.tell("somebody else has written the file meanwhile: it is read anew, decide again")


def _accept(session: ReviewSession, screen: ReviewScreen, one: Waiting) -> bool | None:
    """Accept a proposal, after each statement that it is supposed to confirm has been asked about."""
    without = []
    for name in one.supposed:
        screen.ask_link(name)
        answer = _key_of(_ask("a it does, d it does not"), ("accept", "drop"))
        if answer == "d":
            without.append(name)
        elif answer != "a":
            screen.tell("not accepted")
            return None
    return session.accept(one, without)


def _change(session: ReviewSession, one: Waiting, setting: str) -> bool | None:
    """Change a key, or all of a proposal in the user's editor; None where nothing is to be changed."""
    if setting := setting.strip() or _line("KEY=VALUE, or e for your editor: "):
        if setting != "e":
            return session.change(one, setting)
        try:
            lines = click.edit(session.lines(one), extension=".yaml")
        except UnicodeDecodeError:
            raise click.ClickException("the editor wrote no UTF-8; save it as UTF-8") from None
        return None if lines is None else session.replace(one, lines)
    return None


def _ask(keys: str) -> str:
    """Return what somebody answers: a key on a terminal, else a line; "" where there is no more."""
    click.echo(f"{keys}: ", nl=False)
    if sys.stdin is None or not sys.stdin.isatty():
        answer = _read()
        click.echo(answer)
        return answer or "q"
    try:
        answer = click.getchar()
    except EOFError:
        answer = "q"
    click.echo(answer)
    return answer


def _key_of(word: str, words: tuple[str, ...]) -> str | None:
    """Return the key that a word is or stands for, None for any other."""
    said = word.lower()
    return next((one[0] for one in words if said in (one, one[0])), None)


def _line(prompt: str) -> str:
    click.echo(prompt, nl=False)
    return _read()


def _read() -> str:
    """Return the next line that is not empty, or "" at the end."""
    for line in sys.stdin or ():
        if line.strip():
            return line.strip()
    return ""
