"""YAML-LD, strictly: a YAML document becomes a JSON-LD document and an index of its lines.

Only the plain core of YAML is read: mappings, sequences and scalars, where every scalar stays the
string that it is and the JSON-LD context types it. Tags, aliases, repeated keys and keys that the
context does not define are refused, so nothing is executed, exploded, overwritten or silently lost.
Reading goes on after what is refused, so that an author is told all of it at once.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from kg.base import MAX_DEPTH, SourceError, nearest
from kg.sources.context import key_types, load_context
from kg.sources.document import Document
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
from kg.sources.waiting import Node, take_proposals, take_words
from kg.sources.written import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML takes for a comment, right behind a value without quotes.
_CUT: Final = re.compile(r"[ \t]+#")

MOST_PROBLEMS: Final = 100
"""How many problems of one file are told: whoever has more mends these first."""


def read_document(text: str, path: Path | str) -> Document:
    r"""Read one document from `text`; `path` only names it in errors.

    Raises:
        SourceError: not YAML, or YAML beyond the plain core, or a key that means nothing here.

    >>> document = read_document("id: a\nstatements:\n  - id: a.1\n    value: 1.50\n", "a.yaml")
    >>> document.id, document.lines["a.1"], document.lines["a.1", "value"]
    ('a', 3, 4)
    """
    document, problems = examine_document(text, path)
    if document is None or problems:
        raise SourceError.of(problems)
    return document


def examine_document(
    text: str, path: Path | str, *, words: bool = False
) -> tuple[Document | None, list[SourceError]]:
    r"""Return what can be read of a document, if anything, and all that is wrong with it, by lines.

    With `words` evidence may be in words, and is left out without a word of it being told.

    >>> document, problems = examine_document("id: a\ntitel: b\nvia: c d\n", "a.yaml")
    >>> [problem.line for problem in problems], document and document.lines["a", "via"]
    ([2, 3], 3)
    """
    reader = _Reader(path, words=words)
    document = None
    try:
        document = reader.document(text)
    except _StopError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reader.tell(f"is not YAML: {error.problem}", mark.line + 1 if mark else None)
    except yaml.YAMLError as error:
        reader.tell(f"is not YAML: {' '.join(str(error).split())}", None)
    told = sorted(reader.problems, key=lambda problem: problem[0] or 0)
    return document, [SourceError(path, problem, line=line) for line, problem in told]


def _described(key: str, value: Value) -> Value:
    """Return what is described after a key that calls nothing by name, without the texts beside it."""
    if key not in NESTED or not isinstance(value, list):
        return value
    return [one for one in value if one and isinstance(one, dict)]


class _StopError(Exception):
    """Ends the reading of a document of which nothing more can be told."""


class _Reader:
    """Builds plain values from YAML's events, and remembers their lines and what is wrong."""

    def __init__(self, path: Path | str, *, words: bool) -> None:
        # The command that finds the places of evidence that may not be in words.
        self._locate = None if words else f"kg locate {path} --texts DIR"
        self.lines: dict[str | tuple[str, str], int] = {}
        # Of a document with very many faults the first are enough; a dict drops what is told twice.
        self.problems: dict[tuple[int | None, str], None] = {}
        self._incomplete: set[str] = set()
        self._text = ""
        self._at: dict[int, int] = {}  # id() of a mapping -> its line
        self._key_at: dict[tuple[int, str], int] = {}
        self._left_out: dict[int, list[str]] = {}

    def tell(self, problem: str, line: int | None) -> None:
        self.problems[line, problem] = None
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StopError

    def stop(self, problem: str, line: int | None) -> _StopError:
        self.problems[line, problem] = None
        return _StopError()

    def document(self, text: str) -> Document:
        self._text = text
        events = self._plain(yaml.parse(text, Loader=_Loader))
        first = next(events, None)
        if first is None:
            raise self.stop("is empty; a source has at least an 'id'", None)
        top = self._value(first, events)
        if not isinstance(top, dict):
            raise self.stop("is not a mapping of keys to values", 1)
        if next(events, None) is not None:
            raise self.stop("has more than one document; make it one file each", None)
        name = top.get("id")
        # The id names the graph of the source, and the statements refer to it.
        if not isinstance(name, str):
            if "id" not in self._left_out.get(id(top), ()):
                self.tell("has no 'id'; a source needs one, it names its graph", 1)
            raise _StopError
        proposed = self._set_apart(top)
        self._name_nodes(top, name)
        said = {one for one in self.lines if isinstance(one, str)}
        for number, entry in enumerate(proposed, 1):
            self._name_child(entry, f"{name}/proposed-{number}")
        jsonld = json.dumps({"@context": load_context(), **top}, ensure_ascii=False)
        return Document(
            name,
            jsonld.encode(),
            self.lines,
            frozenset(self._incomplete),
            tuple(proposed),
            frozenset(one for one in self.lines if isinstance(one, str)) - said,
        )

    def _set_apart(self, top: Node) -> list[Node]:
        """Take out what says nothing yet, tell what is wrong with it, and return the proposals."""

        def tell(problem: str, node: Node, key: str = "id") -> None:
            self.tell(problem, self._key_at.get((id(node), key), self._at[id(node)]))

        proposed = take_proposals(top, tell)
        for entry in proposed:
            for key in ("id", "type"):
                if key not in (*entry, *self._left_out[id(entry)]):
                    tell(f"has a proposal without {key!r}; give it one, as a statement has", entry)
        lost = take_words(top, tell, self._locate)
        for entry in proposed:
            lost += take_words(entry, tell, None)
        for node in lost:
            self._left_out[id(node)].append("evidence")
        return proposed

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

    def _name_nodes(self, node: dict[str, Value], name: str) -> None:
        """Give every nested node without an id the id PARENT/KEY, and refuse an id used twice."""
        if name in self.lines:
            first = self.lines[name]
            self.tell(
                f"has the id {name!r} twice; it stands in line {first} already",
                self._key_at.get((id(node), "id"), self._at[id(node)]),
            )
            # It goes on as another node, so that what is wrong within it is told, too.
            name = node["id"] = f"{name}~{len(self.lines)}"
        self.lines[name] = self._at[id(node)]
        if left_out := self._left_out[id(node)]:
            self._incomplete.add(name)
        for key in (*node, *left_out):
            self.lines[name, key] = self._key_at.get((id(node), key), self.lines[name])
        for key, value in list(node.items()):
            values = value if isinstance(value, list) else [value]
            children = [child for child in values if isinstance(child, dict)]
            for number, child in enumerate(children, 1):
                default = f"{name}/{key}" + (f"-{number}" if len(children) > 1 else "")
                self._name_child(child, default)

    def _name_child(self, child: dict[str, Value], default: str) -> None:
        given = child.setdefault("id", default)
        if not isinstance(given, str):
            self.tell("has an 'id' that is not a word", self._at[id(child)])
            given = child["id"] = default
        self._name_nodes(child, given)
