"""How a proposal is shown in a terminal: its sentence, its words in theirs, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.base import digest, visible
from kg.drafting import quote, sentence_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from kg.api import ReviewSession
    from kg.drafting import Waiting

_APART = frozenset({"id", "type", "evidence", "by"})
_MARKS = (">>", "<<")


class ReviewScreen:
    """Writes to stdout what a person needs for a decision; in colours on a terminal only."""

    def __init__(self, session: ReviewSession) -> None:
        """Show the proposals of a session."""
        from rich.console import Console  # starting waits for no drawing

        self._session = session
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)

    def begin(self) -> None:
        """Show of which article the proposals are, and what is remarked of it, such as a day that is guessed."""
        from rich.text import Text

        _ = self._session.preview  # whatever cannot be read is told before anything is shown
        for line in self._session.heading:
            self._console.print(Text(visible(line), style="bold"))

    def show(self, one: Waiting) -> None:
        """Show one proposal."""
        from rich.text import Text

        preview = self._session.preview
        by = f", by {one.by}" if one.by else ""
        self._console.print()
        self._console.print(Text(f"{self._session.place}  {one.name}{visible(by)}", style="dim"))
        self._console.print(Text(f"  {visible(self._told(one))}", style="bold"))
        for words in self._evidence(one):
            self._console.print(Text("  ") + words)
        for line in self._rest(one):
            self.tell(line)
        for finding in preview.faults(one.name):
            self._console.print(Text(f"  ! {visible(finding.as_line())}", style="red"))

    def tell(self, line: str) -> None:
        """Show one line."""
        click.echo(f"  {visible(line)}")

    def ask_link(self, name: str) -> None:
        """Show what a proposal is supposed to confirm."""
        said = self._session.preview.sentence(name)
        self.tell(f"the same target as {name}: confirms?" + (f" It says: {said}" if said else ""))

    def _told(self, one: Waiting) -> str:
        """Return what a proposal says, in a sentence of plain words."""
        preview = self._session.preview
        kind = _flat(one.keys.get("type", ""))
        if not one.states:
            return f"new {kind}: {_flat(one.keys.get('label', one.name))}"
        said = preview.sentence(one.name) or "this cannot be told"
        about = one.keys.get("about", [])
        labels = ", ".join(map(preview.label, about if isinstance(about, list) else [about]))
        # Some sentences begin with what they are about.
        of = f"{labels}: " if labels and not said.startswith(labels) else ""
        return f"{kind}: {of}{said}"

    def _rest(self, one: Waiting) -> Iterator[str]:
        keys = [f"{key}: {_flat(value)}" for key, value in one.keys.items() if key not in _APART]
        yield " · ".join(keys)
        for name in one.follows:
            yield f"names {name}, which is only proposed itself"
        for words in one.doubtful:
            yield f"not the words of the place beside them: {quote(words)}"
        for doubt in self._session.doubts(one):
            yield f"look at it again: {doubt}"
        in_file = "row" in one.keys or "element" in one.keys
        if len(one.places) < one.evidence and not in_file:
            yield f"words of it have no place yet: kg locate {self._session.path} --texts DIR"
        for name in one.needs:
            thing = self._session.things[name].keys
            kept = [f"{key}: {_flat(value)}" for key, value in thing.items() if key != "id"]
            yield f"brings along {name} ({' · '.join(kept)})"

    def _evidence(self, one: Waiting) -> Iterator[Text]:
        """Yield the words of a proposal, in their sentence where there is a copy of the text."""
        from rich.text import Text

        copy = self._session.copy()
        if copy is None or not one.places:
            for words in one.words:
                yield Text(f"“{visible(' '.join(words.split()))}”", style="italic")
            return
        for start, end, sha256 in one.places:
            if end > len(copy.text) or (sha256 and digest(copy.text[start:end]) != sha256):
                yield Text(f"other words stand at {start}–{end} in {copy.path}", style="red")
                continue
            yield self._in_sentence(copy.text, start, end)

    def _in_sentence(self, text: str, start: int, end: int) -> Text:
        """Return a span in its sentence, told apart by colour or by signs."""
        from rich.text import Text

        first, last = sentence_around(text, start, end)
        before, words, after = (
            visible(part.replace("\n", " "))
            for part in (text[first:start], text[start:end], text[end:last])
        )
        if self._console.is_terminal:
            return Text(before) + Text(words, style="bold underline") + Text(after)
        return Text(f"{before}{_MARKS[0]}{words}{_MARKS[1]}{after}")


def _flat(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
