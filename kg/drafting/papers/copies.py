"""The user's own copies of articles: the project keeps places and digests, never the words.

A copy is a file of text in one folder, `SLUG.txt`, or of any name where its digest tells which it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.base import NORMALISER, SourceError, counted, digest, normalise
from kg.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class TextCopy(NamedTuple):
    """A copy of an article: its file, and its normalised text."""

    path: Path
    text: str


@dataclass(frozen=True)
class TextCopies:
    """The copies in a `folder`, by the names of their files without ending."""

    folder: Path
    by_name: Mapping[str, TextCopy] = field(repr=False)

    def of(self, slug: str, sha256: str | None = None) -> TextCopy | None:
        """Return the copy of an article: the file of its name, else one with its digest, else None."""
        return self.by_name.get(slug) or self._by_digest.get(sha256 or "")

    @cached_property
    def _by_digest(self) -> dict[str, TextCopy]:
        return {digest(copy.text): copy for copy in self.by_name.values()}

    def missing(self, slug: str) -> str:
        """Return the sentence for an article of which there is no copy."""
        return f"no copy: put its text, unaltered, into {self.folder} as {slug}.txt"


def find_copies(folder: Path) -> TextCopies:
    """Return the copies in a folder.

    Raises:
        SourceError: it is no folder, or a file in it cannot be read.
    """
    try:
        if not folder.is_dir():
            raise SourceError(folder, "is no folder; give the one that holds the texts")
        paths = sorted(folder.glob("*.txt"))
    except OSError as error:
        raise SourceError(folder, f"cannot be read: {error.strerror}") from None
    return TextCopies(folder, {path.stem: TextCopy(path, _text_of(path)) for path in paths})


def copy_problem(text: str, sha256: str, length: str, normaliser: str = NORMALISER) -> str | None:
    """Return why a copy is not the text that a source was read from, or None where it is.

    `sha256`, `length` and `normaliser` are what the source says of that text.

    >>> from kg.base import digest
    >>> copy_problem("abc", digest("abc"), "3"), copy_problem("abcd", digest("abc"), "3")
    (None, 'the copy has 4 characters, the text that was read 3')
    """
    if normaliser != NORMALISER:
        # Offsets count in a text that cannot be made here.
        return f"its text was normalised by {normaliser}, which is not known here"
    if digest(text) == sha256.lower():
        return None
    # The length is told where it differs: it shows whether something was cut off or added.
    if str(len(text)) != length:
        return f"the copy has {counted(len(text), 'character')}, the text that was read {length}"
    return "the copy has other words than the text that was read"


def span_problem(text: str, start: int, end: int, sha256: str | None) -> str | None:
    """Return why a span does not hold in a copy, or None where it does.

    >>> span_problem("abc", 1, 4, None)
    "the span 1–4 ends after the copy's 3 characters"
    """
    if end > len(text):
        return f"the span {start}–{end} ends after the copy's {counted(len(text), 'character')}"
    # Without a digest only the place can be checked.
    if sha256 and digest(text[start:end]) != sha256:
        return f"other words stand at {start}–{end} in the copy"
    return None


def _text_of(path: Path) -> str:
    try:
        return normalise(read_bytes(path))
    except UnicodeDecodeError:
        raise SourceError(path, "is not UTF-8; save it as UTF-8") from None
