"""The walk through the proposals of one file: what waits, and what was decided, which is in the file at once."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.api.reviewing import preview_proposals
from kg.base import SourceError, counted, replace_file
from kg.drafting import (
    accept,
    change,
    copy_of,
    drop,
    find_copies,
    find_waiting,
    heading_of,
    language_of,
    lines_of_entry,
    replace_entry,
)
from kg.sources import files_beside, read_bytes, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kg.api.reviewing import Preview
    from kg.drafting import TextCopy, Waiting

_MARK: Final = b"\xef\xbb\xbf"


class ReviewSession:
    """A walk: `waiting` are the proposals of a file, those that state something first.

    Each decision is written as a whole before the next one is asked for, so that one that is killed
    goes on where it was. Where somebody else has written the file meanwhile, that is read, and nothing
    is decided.
    """

    def __init__(self, path: Path, texts: Path | None = None, others: Sequence[Path] = ()) -> None:
        """Read the file; `texts` holds the user's copies, and `others` are looked at beside it.

        Raises:
            SourceError: the file, or the folder of texts, cannot be read, or the file is a folder.
        """
        if path.is_dir():
            told = f"is a folder; name one source: kg check --with-shipped {shlex.quote(str(path))}"
            raise SourceError(path, f"{told} tells in which of them proposals wait")
        self.path, self._others = path, others
        self._copies = find_copies(texts) if texts else None
        self._decided: Counter[str] = Counter()
        self._preview: Preview | None = None
        self._at = 0
        self._take(read_bytes(path))

    def _take(self, data: bytes) -> None:
        self._data, self._text = data, read_yaml(data, self.path)
        found = find_waiting(self._text)
        self.things = {one.name: one for one in found if not one.states}
        self.waiting = [*(one for one in found if one.states), *self.things.values()]
        self._at = min(self._at, len(self.waiting))

    @property
    def current(self) -> Waiting | None:
        """The proposal to be decided, None behind the last."""
        return self.waiting[self._at] if self._at < len(self.waiting) else None

    @property
    def heading(self) -> tuple[str, ...]:
        """What the file says of its article, and what is remarked above it, a line each."""
        return heading_of(self._text)

    @property
    def place(self) -> str:
        """Which one it is, of how many."""
        return f"{self._at + 1} of {len(self.waiting)}"

    @property
    def preview(self) -> Preview:
        """What would be said, were all accepted."""
        if self._preview is None:
            self._preview = preview_proposals(self.path, self._others)
        return self._preview

    def copy(self) -> TextCopy | None:
        """Return the user's copy of the text, if there is one."""
        return copy_of(self._text, self._copies) if self._copies else None

    def doubts(self, one: Waiting) -> list[str]:
        """Return what of a proposal does not stand in its words, as `kg verify` would doubt it once it is said."""
        from kg.reports import (  # what a person decides on waits for no words of languages
            doubts,
            missing_extra,
        )

        statement = self.preview.statements.get(one.name)
        copy = self.copy()
        words = one.words or tuple(copy.text[s:e] for s, e, _ in one.places if copy)
        if statement is None or not words or missing_extra():
            return []
        return list(doubts(statement, "\n\n".join(words), language_of(self._text)))

    def move(self, by: int) -> bool:
        """Go on or back, and tell whether there is something."""
        if self._at + by < 0:
            return False
        self._at += by
        return True

    def accept(self, one: Waiting, without: Collection[str] = ()) -> bool:
        """Have a proposal said, with the things that it needs, and tell whether it was written.

        It does not confirm the statements in `without`, although that was supposed.
        """
        known = self._preview
        written = self._put("accepted", lambda text: accept(text, one.name, without=without))
        if written and not without:
            self._preview = known  # what would be said, were all accepted, is the same
        return written

    def drop(self, one: Waiting) -> bool:
        """Have a proposal gone, and tell whether it was written."""
        return self._put("dropped", lambda text: drop(text, one.name))

    def change(self, one: Waiting, setting: str) -> bool:
        """Give a key another value, `KEY=VALUE`, or one of a thing that it needs, `THING.KEY=VALUE`.

        Raises:
            UsageError: there is no such key, or the value cannot be read.
        """
        key, equals, value = setting.partition("=")
        thing, dot, of_thing = key.strip().rpartition(".")
        name, key = (thing, of_thing) if dot and thing in one.needs else (one.name, key)
        return self._put("changed", lambda text: change(text, name, f"{key}{equals}{value}"))

    def replace(self, one: Waiting, lines: str) -> bool:
        """Put what a person made of a proposal in its place.

        Raises:
            UsageError: it cannot be read.
        """
        return self._put("changed", lambda text: replace_entry(text, one.name, lines))

    def lines(self, one: Waiting) -> str:
        """Return a proposal as a person edits it."""
        return lines_of_entry(self._text, one.name)

    def _put(self, verb: str, decide: Callable[[str], str]) -> bool:
        """Write what a decision makes of the file."""
        now = read_bytes(self.path)
        if now != self._data:
            self._preview = None
            self._take(now)
            return False
        text = decide(self._text)
        read_yaml(
            text.encode(), self.path
        )  # whatever is wrong with it is told before it is written
        data = (_MARK if now.startswith(_MARK) else b"") + text.encode()
        replace_file(self.path, data)
        self._decided[verb] += 1
        self._preview = None
        self._take(data)
        return True

    def summary(self) -> str:
        """Return what was decided, and what is to be done next."""
        told = [f"{count} {verb}" for verb, count in sorted(self._decided.items())]
        left = counted(len(self.waiting), "proposal waits", "proposals wait")
        return f"{', '.join([*told, left])}; next: kg check --with-shipped {self._checked()}"

    def _checked(self) -> str:
        """Return, as a shell reads it, what this was looked at with: else what that describes would be missing."""
        paths = [self.path, *(file.path for file in files_beside(self.path))]
        own = [shlex.quote(str(self.path))]
        if len(paths) > 1:
            folder = "" if self.path.parent == Path() else f"{shlex.quote(str(self.path.parent))}/"
            own = sorted({f"{folder}*{path.suffix}" for path in paths})
        return " ".join([*own, *(shlex.quote(str(other)) for other in self._others)])
