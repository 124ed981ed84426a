"""A source as it is written: its values with their places in the file, and the comments of its author.

What is edited is edited at its place, so that whatever nobody touched stays as it was, to the byte. A
comment belongs to what stands below it; one behind a value belongs to that value's key.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Between values there are only marks of YAML and comments.
_COMMENT: Final = re.compile(r"(?<![^\s])#[^\n\r]*+")
_EMPTY_LINE: Final = re.compile(r"\r?\n[ \t\r]*+\n")


@dataclass
class WrittenText:
    """A scalar: its `value`, and its characters from `start` to `end`, which is not in it.

    One that has lines of its own (`|`, `>`) has a `head`: where the line ends that announces it.
    """

    value: str
    start: int = 0
    end: int = 0
    head: int = 0


@dataclass
class WrittenEntry:
    """A key with its value, or an item of a list, whose `key` is None.

    It stands from `start`, that of the key or of the item's value, to `end`, that of the value.
    `comments` stand above it, in their order; an empty one is an empty line.
    """

    key: str | None
    value: WrittenValue
    start: int = 0
    end: int = 0
    comments: list[str] = field(default_factory=list)


@dataclass
class WrittenList:
    """A list; `flow` if it stands in brackets."""

    entries: list[WrittenEntry]
    flow: bool = False
    start: int = 0
    end: int = 0


@dataclass
class WrittenMapping:
    """Keys with values; `flow` if they stand in braces."""

    entries: list[WrittenEntry]
    flow: bool = False
    start: int = 0
    end: int = 0

    def entry(self, key: str) -> WrittenEntry | None:
        """Return the entry of a key, or None."""
        return next((one for one in self.entries if one.key == key), None)

    def text(self, key: str) -> str | None:
        """Return what stands behind a key, if that is a text."""
        entry = self.entry(key)
        return entry.value.value if entry and isinstance(entry.value, WrittenText) else None


WrittenValue: TypeAlias = WrittenText | WrittenList | WrittenMapping


@dataclass
class WrittenSource:
    """A document: what is in it, and the comments behind all of it."""

    top: WrittenMapping
    tail: list[str] = field(default_factory=list)


def read_written(text: str) -> WrittenSource:
    r"""Return a document as it is written.

    `text` is one that `kg.sources` reads: the plain core of YAML, whose top is a mapping.

    >>> source = read_written("# All.\nid: a\nstatements:\n  # One.\n  - id: a.1 # so\n")
    >>> [(entry.key, entry.comments) for entry in source.top.entries]
    [('id', ['# All.']), ('statements', [])]
    >>> item = source.top.entries[1].value.entries[0]
    >>> item.comments, item.value.entries[0].comments, item.value.text("id")
    (['# One.'], ['# so'], 'a.1')
    """
    node = yaml.compose(text, Loader=_LOADER)
    top = _value(node, text)
    assert isinstance(top, WrittenMapping)  # noqa: S101 - for the type checker
    source = WrittenSource(top)
    _give_comments(source, text)
    return source


def plain_value(value: WrittenValue) -> Any:
    """Return strings, lists and dictionaries alone.

    >>> plain_value(read_written("{a: [1, {b: c}]}").top)
    {'a': ['1', {'b': 'c'}]}
    """
    if isinstance(value, WrittenText):
        return value.value
    if isinstance(value, WrittenList):
        return [plain_value(one.value) for one in value.entries]
    return {one.key: plain_value(one.value) for one in value.entries}


def written_value(value: Any) -> WrittenValue:
    """Return plain strings, lists and dictionaries as they would be written.

    >>> plain_value(written_value({"a": ["b"], "c": 1}))
    {'a': ['b'], 'c': '1'}
    """
    if isinstance(value, dict):
        pairs = value.items()
        return WrittenMapping([WrittenEntry(str(key), written_value(one)) for key, one in pairs])
    if isinstance(value, list | tuple):
        return WrittenList([WrittenEntry(None, written_value(one)) for one in value])
    return WrittenText(str(value))


def comments_in(value: WrittenValue) -> list[str]:
    r"""Return all comments within a value, in their order.

    >>> comments_in(read_written("a:\n  # One.\n  - b").top)
    ['# One.']
    """
    if isinstance(value, WrittenText):
        return []
    return [
        comment
        for entry in value.entries
        for comment in (*filter(None, entry.comments), *comments_in(entry.value))
    ]


def _value(node: Any, text: str) -> WrittenValue:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        if node.style not in ("|", ">"):
            return WrittenText(node.value, start, end)
        # Such a one is found to be at its end only where something else begins.
        end = start + len(text[start:end].rstrip())
        return WrittenText(node.value, start, end, text.find("\n", start))
    if isinstance(node, yaml.SequenceNode):
        items = [_entry(None, one.start_mark.index, _value(one, text)) for one in node.value]
        return WrittenList(items, bool(node.flow_style), start, _end(node, items))
    pairs = [_entry(key.value, key.start_mark.index, _value(one, text)) for key, one in node.value]
    return WrittenMapping(pairs, bool(node.flow_style), start, _end(node, pairs))


def _entry(key: str | None, start: int, value: WrittenValue) -> WrittenEntry:
    return WrittenEntry(key, value, start, value.end)


def _end(node: Any, entries: list[WrittenEntry]) -> int:
    # What has no bracket at its end is found to be at its end only where something else begins.
    return node.end_mark.index if node.flow_style or not entries else entries[-1].end


@dataclass
class _Place:
    """A text that stands somewhere, and the entry to which a comment right behind it belongs."""

    start: int
    end: int
    entry: WrittenEntry | None


def _places(value: WrittenMapping | WrittenList, owner: WrittenEntry | None) -> Iterator[_Place]:
    """Yield all texts in their order; what stands in brackets is one with what holds it."""
    for entry in value.entries:
        own = owner if owner and value.flow else entry
        if entry.key is not None:
            yield _Place(entry.start, entry.start + len(entry.key), own)
        if not isinstance(entry.value, WrittenText):
            yield from _places(entry.value, own)
            continue
        if entry.value.head:
            yield _Place(entry.value.start, entry.value.start, own)
        yield _Place(entry.value.head or entry.value.start, entry.value.end, own)


def _starts(
    value: WrittenMapping | WrittenList, owner: WrittenEntry | None
) -> Iterator[tuple[int, WrittenEntry]]:
    """Yield where entries begin that may have comments above them, the outer ones first."""
    for entry in value.entries:
        own = owner if owner and value.flow else entry
        yield entry.start, own
        if not isinstance(entry.value, WrittenText):
            yield from _starts(entry.value, own)


def _give_comments(source: WrittenSource, text: str) -> None:
    """Give each comment to the entry that it belongs to."""
    begin: dict[int, WrittenEntry] = {}
    for start, entry in _starts(source.top, None):
        begin.setdefault(start, entry)
    starts = sorted(begin)
    end = _Place(len(text), len(text), None)
    last = _Place(0, 0, None)
    for place in [*_places(source.top, None), end]:
        for found in _COMMENT.finditer(text, last.end, place.start):
            comment = found[0].rstrip()
            if last.entry and "\n" not in text[last.end : found.start()]:
                last.entry.comments.append(comment)
                continue
            number = bisect_left(starts, found.start())
            owned = begin[starts[number]].comments if number < len(starts) else source.tail
            owned += [comment, ""] if _EMPTY_LINE.match(text, found.end()) else [comment]
        last = place
