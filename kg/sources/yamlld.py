"""YAML-LD, strictly: a YAML document becomes a JSON-LD document and an index of its lines.

Only the plain core of YAML is read: mappings, sequences and scalars, where every scalar stays the
string that it is and the JSON-LD context types it. Tags, aliases, repeated keys and keys that the
context does not define are refused, so nothing is executed, exploded, overwritten or silently lost.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from kg.base import MAX_DEPTH, PREFIXES, SourceError, expand, ontology_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """One YAML-LD document.

    `id` is the local name of the document, `jsonld` the same content as JSON-LD with the context
    inlined, `lines` the 1-based line of every node by its local name and of every key by
    (local name of its node, key).
    """

    id: str
    jsonld: bytes
    lines: dict[str | tuple[str, str], int] = field(repr=False)


@cache
def load_context() -> dict[str, Any]:
    """Return the shipped JSON-LD context, parsed once."""
    text = (ontology_folder() / "context.jsonld").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)["@context"]
    return loaded


@cache
def _keys() -> dict[str, str | None]:
    """Return the keys that a document may have, each with the type that its values are given."""
    terms = {key: value for key, value in load_context().items() if not key.startswith("@")}
    prefixes = {key for key, value in terms.items() if str(value).endswith(("/", "#"))}
    return {
        key: value.get("@type") if isinstance(value, dict) else value
        for key, value in terms.items()
        if key not in prefixes
    }


@cache
def key_of(iri: str) -> str | None:
    """Return the key by which a document gives a property, or None.

    >>> key_of("https://schema.org/inLanguage"), key_of("a:b")
    ('language', None)
    """
    for key, term in load_context().items():
        name = term.get("@id", "") if isinstance(term, dict) else term
        if iri == (PREFIXES["rdf"] + "type" if name == "@type" else expand(str(name))):
            return key
    return None


def read_document(text: str, path: Path | str) -> Document:
    r"""Read one document from `text`; `path` only names it in errors.

    Raises:
        SourceError: not YAML, or YAML beyond the plain core, or a key that means nothing here.

    >>> document = read_document("id: a\nstatements:\n  - id: a.1\n    value: 1.50\n", "a.yaml")
    >>> document.id, document.lines["a.1"], document.lines["a.1", "value"]
    ('a', 3, 4)
    """
    reader = _Reader(path)
    try:
        top = reader.document(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise SourceError(path, f"is not YAML: {error.problem}", line=line) from None
    except yaml.YAMLError as error:
        raise SourceError(path, f"is not YAML: {' '.join(str(error).split())}") from None
    name = top.get("id")
    # The id names the graph of the source, and the statements refer to it.
    if not isinstance(name, str):
        raise SourceError(path, "has no 'id'; a source needs one, it names its graph", line=1)
    reader.name_nodes(top, name)
    jsonld = json.dumps({"@context": load_context(), **top}, ensure_ascii=False)
    return Document(name, jsonld.encode(), reader.lines)


class _Reader:
    """Builds plain values from YAML's events and remembers their lines."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self.lines: dict[str | tuple[str, str], int] = {}
        self._at: dict[int, int] = {}  # id() of a mapping -> its line
        self._key_at: dict[tuple[int, str], int] = {}

    def fail(self, problem: str, line: int | None) -> SourceError:
        return SourceError(self.path, problem, line=line)

    def document(self, text: str) -> dict[str, Value]:
        events = self._plain(yaml.parse(text, Loader=_Loader))
        first = next(events, None)
        if first is None:
            raise self.fail("is empty; a source has at least an 'id'", None)
        top = self._value(first, events)
        if not isinstance(top, dict):
            raise self.fail("is not a mapping of keys to values", 1)
        if next(events, None) is not None:
            raise self.fail("has more than one document; make it one file each", None)
        return top

    def _plain(self, events: Iterator[Any]) -> Iterator[Any]:
        """Pass on the events of values; refuse what goes beyond the plain core of YAML."""
        depth = 0
        for event in events:
            line = event.start_mark.line + 1
            if isinstance(event, yaml.AliasEvent):
                raise self.fail(f"uses the alias '*{event.anchor}'; write the value out", line)
            if isinstance(event, yaml.NodeEvent):
                if tag := getattr(event, "tag", None):
                    raise self.fail(f"uses the tag {tag!r}; tags are refused", line)
                depth += isinstance(event, yaml.CollectionStartEvent)
                if depth > MAX_DEPTH:
                    raise self.fail(f"nests more than {MAX_DEPTH} levels", line)
                yield event
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                yield event

    def _value(self, event: Any, events: Iterator[Any]) -> Value:
        # No type of YAML is believed: the context says which keys hold days and numbers.
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._value(item, events))
            return items
        mapping: dict[str, Value] = {}
        self._at[id(mapping)] = event.start_mark.line + 1
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            line = key.start_mark.line + 1
            name = self._key(key, line)
            if name in mapping:
                raise self.fail(f"has the key {name!r} twice", line)
            mapping[name] = self._value(next(events), events)
            self._key_at[id(mapping), name] = line
            self._check(name, mapping[name], line)
        return mapping

    def _key(self, event: Any, line: int) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise self.fail("has a key that is not a plain word", line)
        name = str(event.value)
        if name not in _keys():
            near = difflib.get_close_matches(name, _keys(), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise self.fail(f"has the key {name!r}, which means nothing here{hint}", line)
        return name

    def _check(self, key: str, value: Value, line: int) -> None:
        """Refuse what a JSON-LD parser would drop without a word: empty values and broken IRIs."""
        if value in ("", [], {}):
            raise self.fail(f"has nothing after {key!r}; give a value or leave the key out", line)
        names_things = _keys()[key] in ("@id", "@vocab", "@type")
        for item in value if isinstance(value, list) else [value]:
            if item in ("", [], {}) or isinstance(item, list):
                raise self.fail(f"has an empty or a nested list after {key!r}; write it out", line)
            if names_things and not _is_id(item):
                raise self.fail(f"has {item!r} after {key!r}, which is not an id", line)

    def name_nodes(self, node: dict[str, Value], name: str) -> None:
        """Give every nested node without an id the id PARENT/KEY, and refuse an id used twice."""
        if name in self.lines:
            first = self.lines[name]
            raise self.fail(
                f"has the id {name!r} twice; it stands in line {first} already",
                self._key_at.get((id(node), "id"), self._at[id(node)]),
            )
        self.lines[name] = self._at[id(node)]
        for key, value in list(node.items()):
            self.lines[name, key] = self._key_at.get((id(node), key), self.lines[name])
            values = value if isinstance(value, list) else [value]
            children = [child for child in values if isinstance(child, dict)]
            for number, child in enumerate(children, 1):
                default = f"{name}/{key}" + (f"-{number}" if len(children) > 1 else "")
                self._name_child(child, default)

    def _name_child(self, child: dict[str, Value], default: str) -> None:
        given = child.setdefault("id", default)
        if not isinstance(given, str):
            raise self.fail("has an 'id' that is not a word", self._at[id(child)])
        self.name_nodes(child, given)


def _is_id(item: object) -> bool:
    """Tell whether a value can name a thing, as a node does that is written out in its place."""
    # A keyword of JSON-LD would be read as one, whatever the context says of the key.
    return not isinstance(item, str) or (not item.startswith("@") and expand(item) is not None)
