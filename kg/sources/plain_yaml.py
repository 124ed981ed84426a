"""The plain core of YAML: mappings, sequences and scalars, every scalar the string that it is, with their lines.

Tags, aliases, repeated keys and keys that the context does not define are refused, and so is what a parser of
JSON-LD would drop without a word. Reading goes on after that, so that an author is told all of it at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from kg.base import MAX_DEPTH, nearest
from kg.sources.context import key_types
from kg.sources.values import (
    NESTED,
    Alias,
    Value,
    dated,
    fault_of,
    start_of,
    whole_value,
    without_blanks,
)
from kg.sources.written import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML takes for a comment, right behind a value without quotes.
_CUT: Final = re.compile(r"[ \t]+#")

MOST_PROBLEMS: Final = 100
"""How many problems of one file are told: whoever has more mends these first."""


class StopError(Exception):
    """Ends the reading of a document of which nothing more can be told."""


class PlainReading:
    """The reading of one text: its values, the lines where they stand, and what is wrong with them."""

    def __init__(self, text: str) -> None:
        """Take the text; nothing is read yet."""
        # Of a document with very many faults the first are enough; a dict drops what is told twice.
        self.problems: dict[tuple[int | None, str], None] = {}
        self._text = text
        self._at: dict[int, int] = {}  # id() of a mapping -> its line
        self._key_at: dict[tuple[int, str], int] = {}
        self._left_out: dict[int, list[str]] = {}

    def tell(self, problem: str, line: int | None) -> None:
        """Note a problem; after too many a StopError ends the reading."""
        self.problems[line, problem] = None
        if len(self.problems) >= MOST_PROBLEMS:
            raise StopError

    def stop(self, problem: str, line: int | None) -> StopError:
        """Note the last problem, and return what is to be raised."""
        self.problems[line, problem] = None
        return StopError()

    def mapping(self) -> dict[str, Value]:
        """Return the one mapping of keys to values that the text is.

        Raises:
            StopError: it is something else, which is noted.
            yaml.YAMLError: it is no YAML.
        """
        events = self._plain(yaml.parse(self._text, Loader=_Loader))
        first = next(events, None)
        if first is None:
            raise self.stop("is empty; a source has at least an 'id'", None)
        top = self._value(first, events)
        if not isinstance(top, dict):
            raise self.stop("is not a mapping of keys to values", 1)
        if next(events, None) is not None:
            raise self.stop("has more than one document; make it one file each", None)
        return top

    def line_of(self, mapping: Mapping[str, Value], key: str = "") -> int:
        """Return the line of a key of a mapping, or where the mapping begins if it has none."""
        return self._key_at.get((id(mapping), key), self._at[id(mapping)])

    def left_out(self, mapping: Mapping[str, Value]) -> list[str]:
        """Return the keys of a mapping whose values were refused, to which others can be added."""
        return self._left_out[id(mapping)]

    def _plain(self, events: Iterator[Any]) -> Iterator[Any]:
        """Pass on the events of values; refuse what goes beyond the plain core of YAML."""
        depth = 0
        for event in events:
            line = event.start_mark.line + 1
            if isinstance(event, yaml.AliasEvent):
                self.tell(f"uses the alias '*{event.anchor}'; write the value out", line)
                # Something has to stand there for the rest to be read.
                yield yaml.ScalarEvent(None, None, (True, False), Alias("alias"), event.start_mark)
            elif isinstance(event, yaml.NodeEvent):
                if tag := getattr(event, "tag", None):
                    self.tell(f"uses the tag {tag!r}; tags are refused", line)
                depth += isinstance(event, yaml.CollectionStartEvent)
                if depth > MAX_DEPTH:
                    raise self.stop(f"nests more than {MAX_DEPTH} levels", line)
                yield event
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                yield event

    def _value(self, event: Any, events: Iterator[Any]) -> Value:
        # No type of YAML is believed: the context says which keys hold days and numbers.
        if isinstance(event, yaml.ScalarEvent):
            self._see_whole(event)
            return event.value if isinstance(event.value, Alias) else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._value(item, events))
            return items
        return self._mapping(event, events)

    def _mapping(self, event: Any, events: Iterator[Any]) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        self._at[id(mapping)] = event.start_mark.line + 1
        left_out = self._left_out[id(mapping)] = []
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            line = key.start_mark.line + 1
            name = self._key(key, events, line)
            value = self._value(next(events), events)
            if name is None:
                continue
            if name in mapping or name in left_out:
                self.tell(f"has the key {name!r} twice", line)
                continue
            self._key_at[id(mapping), name] = line
            # What a key was guessed for may not suit it: that is nobody's mistake.
            for one in (value, without_blanks(value), _described(name, value)):
                if self._holds(name, one, line, told=name == key.value and one is value):
                    mapping[name] = whole_value(name, one)
                    break
            else:
                left_out.append(name)
        for name in [key for key in mapping if key in DAYS]:
            self._see_day(mapping, name, left_out)
        return mapping

    def _see_day(self, mapping: dict[str, Value], key: str, left_out: list[str]) -> None:
        """Read a day that is written as people write it, such as by 2030, with its precision."""
        beside = f"{key}_precision"
        written = dated(key, mapping[key], mapping.get(beside))
        if written is None:
            return
        line = self._key_at[id(mapping), key]
        if written.problem:
            self.tell(written.problem, line)
            del mapping[key]
            left_out.append(key)
            return
        mapping[key] = written.value
        if written.precision:
            given = mapping.get(beside, ())
            others = (
                [given]
                if isinstance(given, str)
                else [one for one in given if one != written.precision]
            )
            mapping[beside] = [
                written.precision,
                *(one for one in others if one != written.precision),
            ]
            self._key_at.setdefault((id(mapping), beside), line)

    def _see_whole(self, event: Any) -> None:
        """Refuse a value without quotes that YAML cuts at a ` #`, which an author may have meant."""
        if event.end_mark and not event.style and _CUT.match(self._text, event.end_mark.index):
            self.tell(
                f"has ' #' after {start_of(event.value)}, where YAML drops the rest;"
                " put the value in quotes, or a comment on a line of its own",
                event.end_mark.line + 1,
            )

    def _key(self, event: Any, events: Iterator[Any], line: int) -> str | None:
        """Return a key, or the nearest that there is, so that the rest can be read as it was meant."""
        if not isinstance(event, yaml.ScalarEvent) or not event.end_mark:
            self._value(event, events)
            self.tell("has a key that is not a plain word", line)
            return None
        name = str(event.value)
        # What changes a file at its places counts on a key that stands in a line with its colon.
        start, end = event.start_mark, event.end_mark
        behind = self._text.find(":", end.index)
        if start and (event.style in ("|", ">") or "\n" in self._text[start.index : behind]):
            self.tell(f"has the key {name!r} apart from its colon; write '{name}: ...'", line)
        if name in key_types():
            return name
        near = nearest(name, list(key_types()))
        hint = f"; did you mean {near[0]!r}?" if near else ""
        self.tell(f"has the key {name!r}, which means nothing here{hint}", line)
        return near[0] if near else None

    def _holds(self, key: str, value: Value, line: int, *, told: bool) -> bool:
        """Refuse what a JSON-LD parser would drop without a word, and what nobody can see."""
        if value in ("", [], {}):
            problem: str | None = f"has nothing after {key!r}; give a value or leave the key out"
        else:
            items = value if isinstance(value, list) else [value]
            problem = next(filter(None, (fault_of(key, item) for item in items)), None)
        is_alias = isinstance(value, Alias | list) and any(
            isinstance(one, Alias) for one in [value, *value]
        )
        if problem and told and not is_alias:
            self.tell(problem, line)
        return problem is None


def _described(key: str, value: Value) -> Value:
    """Return what is described after a key that calls nothing by name, without the texts beside it."""
    if key not in NESTED or not isinstance(value, list):
        return value
    return [one for one in value if one and isinstance(one, dict)]
