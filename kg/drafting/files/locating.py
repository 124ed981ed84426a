"""Evidence in words gets its place: section, span and digest, against the user's own copy of the text.

Only what is given in words is touched, and the description of the text where there is none: whatever
else is in a file stays as it is, to the byte.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kg.base import CP, NORMALISER, Finding, counted, digest
from kg.drafting.files.changing import ChangedSource, change_files
from kg.drafting.files.edits import Edit, edited, line_end, line_start
from kg.drafting.files.form import write_flow, write_value
from kg.drafting.files.in_words import (
    GivenEvidence,
    find_given,
    has_place,
    items_of,
    needs_place,
    starts_of,
)
from kg.drafting.files.written import (
    WrittenEntry,
    WrittenList,
    WrittenMapping,
    comments_in,
    plain_value,
    read_written,
    written_value,
)
from kg.drafting.papers.copies import copy_problem, find_copies
from kg.drafting.papers.sections import find_sections, section_at
from kg.drafting.papers.telling_places import line_of, quote, tell_none, tell_several
from kg.drafting.passages import find_passages
from kg.sources import key_order, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.drafting.files.written import WrittenValue
    from kg.drafting.papers.copies import TextCopies, TextCopy
    from kg.drafting.papers.sections import TextSection
    from kg.drafting.passages import Passage

_WORDS: Final = CP + "words"
"""What a finding names as its shape where words have no certain place."""

_MARK: Final = b"\xef\xbb\xbf"
_BEHIND: Final = re.compile(r"(?<![ \t])[ \t]++(#[^\r\n]*+)")


def locate_files(paths: Iterable[Path | str], folder: Path) -> list[ChangedSource]:
    """Return what becomes of sources, and of those in folders, as `locate_source` does; nothing is written.

    Raises:
        SourceError: `folder`, in which the copies of the texts are, is none; or a folder without any
            source of YAML.
    """
    copies = find_copies(folder)
    return change_files(paths, lambda data, path: locate_source(data, path, copies))


def locate_source(data: bytes, path: Path, copies: TextCopies) -> ChangedSource:
    r"""Return a source of YAML with places for all evidence that it gives in words.

    Words without a certain place are told in what is returned. A source of which there is a copy, and
    which does not describe its text, gets digest and length of that, too.

    Raises:
        SourceError: it is no YAML, or cannot be read for another reason; all that is wrong with it.

    >>> from pathlib import Path
    >>> from kg.drafting import TextCopies, TextCopy
    >>> copies = TextCopies(Path("texts"), {"a": TextCopy(Path("texts/a.txt"), "Acme opens 20 shops.")})
    >>> data = b"id: a\nstatements:\n  - {id: a.1, evidence: 20 shops}\n"
    >>> located = locate_source(data, Path("a.yaml"), copies)
    >>> located.changed, b'evidence: {section: "1", start: 11, end: 19, sha256: ' in located.data
    (True, True)
    """
    text = read_yaml(data, path)
    work = _Work(path, text, read_written(text).top)
    work.run(copies)
    if work.problems or not work.edits:
        return ChangedSource(path, data, tuple(work.problems))
    mark = _MARK if data.startswith(_MARK) else b""
    new = mark + edited(text, work.edits).encode()
    return ChangedSource(path, new, (), tuple(work.notes), len(work.edits))


class _Work:
    """What is done to one file, and what is wrong with it."""

    def __init__(self, path: Path, text: str, top: WrittenMapping) -> None:
        self.problems: list[Finding] = []
        self.notes: list[Finding] = []
        self.edits: list[Edit] = []
        self._path, self._text, self._top = path, text, top
        self._sections: list[TextSection] = []

    def run(self, copies: TextCopies) -> None:
        given = list(find_given(self._top))
        described = self._top.entry("text")
        if not given and described:
            return
        about = plain_value(described.value) if described else {}
        about = about if isinstance(about, dict) else {}
        slug, sha256 = self._top.text("id") or "", about.get("sha256")
        copy = copies.of(slug, sha256)
        if copy is None:
            if given:
                self._tell(copies.missing(slug), given[0].entry.start)
            return
        if described is None:
            self._describe(copy.text)
        elif sha256 and (problem := _differs(copy.text, about)):
            self._tell(f"{problem} ({copy.path})", described.start)
            return
        self._sections = find_sections(copy.text)
        for one in given:
            self._place(one, copy)

    def _tell(self, problem: str, place: int, *, note: bool = False) -> None:
        where = f"{self._path}:{self._text.count(chr(10), 0, place) + 1}"
        told = Finding("", None, None, problem, _WORDS, violation=not note, location=where)
        (self.notes if note else self.problems).append(told)

    def _describe(self, text: str) -> None:
        """Say what the text is that places count in, where that is not said."""
        if self._top.flow:
            self._tell(f"stands in braces as a whole; kg fmt {self._path} writes it in lines", 0)
            return
        about = {"sha256": digest(text), "length": len(text), "normaliser": NORMALISER}
        order = key_order()
        before = [one for one in self._top.entries if _rank(one, order) < order.index("text")]
        behind = max(before, key=lambda one: _rank(one, order))
        margin = behind.start - line_start(self._text, behind.start)
        lines = write_value("text", written_value(about), margin)
        place = line_end(self._text, behind.end)
        self.edits.append(Edit(place, place, "".join(f"\n{line}" for line in lines)))

    def _place(self, given: GivenEvidence, copy: TextCopy) -> None:
        """Put the places of all its words behind a key."""
        spans = [
            self._span(item, at, given, copy)
            if needs_place(item, proposed=given.proposed)
            else item
            for item, at in zip(items_of(given.entry), starts_of(given.entry), strict=True)
        ]
        found = [span for span in spans if span is not None]
        if len(found) < len(spans):
            return
        value, comments = _with_comments(given.entry, found)
        entry, text = given.entry, self._text
        if given.flow:
            new = write_flow("evidence", value)
            self.edits.append(Edit(entry.value.start, entry.end, new))
            return
        # A comment behind it would stand behind a number, where it might be taken for a part of it.
        behind = _BEHIND.match(text, entry.end)
        inside = text[entry.start : behind.end() if behind else entry.end]
        margin = entry.start - line_start(text, entry.start)
        above = [one for one in [*entry.comments, *comments] if one and one in inside]
        lines = [
            *(f"{' ' * margin}{one}" for one in above),
            *write_value("evidence", value, margin),
        ]
        new = "\n".join(lines).lstrip()
        self.edits.append(Edit(entry.start, entry.start + len(inside), new))

    def _span(
        self, item: Any, at: int, given: GivenEvidence, copy: TextCopy
    ) -> dict[str, Any] | None:
        """Return where words stand, or None where that is not certain, which is told."""
        words = item["words"] if isinstance(item, dict) else item
        passage = self._passage(item, words, at, copy)
        if passage is None:
            return None
        if passage.way:
            line = line_of(copy.text, passage.start)
            self._tell(f"found {quote(words)} {passage.way}, in line {line}", at, note=True)
        section = item.get("section") if isinstance(item, dict) else None
        return {
            "section": section or section_at(self._sections, passage.start),
            "start": passage.start,
            "end": passage.end,
            "sha256": digest(copy.text[passage.start : passage.end]),
            **({"words": words} if given.proposed else {}),
        }

    def _passage(self, item: Any, words: str, at: int, copy: TextCopy) -> Passage | None:
        passages = find_passages(copy.text, words)
        if not passages:
            self._tell(
                f"has words that do not stand in {copy.path}: {tell_none(copy.text, words)}", at
            )
            return None
        if has_place(item):
            place = (item["start"], item["end"])
            same = [one for one in passages if (str(one.start), str(one.end)) == place]
            if not same:
                self._tell(
                    f"has {quote(words)}, which stands elsewhere than at {'–'.join(place)}", at
                )
            return same[0] if same else None
        nth = int(item["nth"]) if isinstance(item, dict) and "nth" in item else None
        if nth is not None and nth > len(passages):
            times = counted(len(passages), "time")
            self._tell(f"has {quote(words)} with nth: {nth}, which stands there only {times}", at)
            return None
        if nth is None and len(passages) > 1:
            self._tell(tell_several(copy, words, passages), at)
            return None
        return passages[(nth or 1) - 1]


def _with_comments(
    entry: WrittenEntry, found: list[dict[str, Any]]
) -> tuple[WrittenValue, list[str]]:
    """Return evidence as it is to be written, and the comments within it that stand above all of it."""
    if not isinstance(entry.value, WrittenList):
        return written_value(found[0]), comments_in(entry.value)
    items = [
        WrittenEntry(None, written_value(new), comments=[*old.comments, *comments_in(old.value)])
        for old, new in zip(entry.value.entries, found, strict=True)
    ]
    return WrittenList(items), []


def _rank(entry: WrittenEntry, order: tuple[str, ...]) -> int:
    return order.index(entry.key) if entry.key in order else len(order)


def _differs(text: str, about: dict[str, str]) -> str | None:
    return copy_problem(
        text, about["sha256"], about.get("length", ""), about.get("normaliser", NORMALISER)
    )
