"""A JSON Schema of a source, by which an editor completes, explains and refuses as one types.

It is of draft 7, which every editor reads, and has some words of the language server of YAML besides:
`enumDescriptions` tells what a value means, `defaultSnippets` are names that are offered and not asked for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kg.reports.shape_logic import has_one, in_full, local_name
from kg.reports.source_keys import UNSAID, NodeKind, SourceKey
from kg.reports.source_kinds import read_kinds
from kg.reports.source_names import KnownName, known_members
from kg.reports.value_schema import (
    NAME,
    SCALAR,
    describe,
    one_or_list,
    terms_schema,
    value_schema,
)
from kg.sources import key_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.query import Index
    from kg.reports.shape_logic import Schema

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"

_PREFIX: Final = "known-"


def source_schema(index: Index) -> Schema:
    """Return a JSON Schema of the sources that may be written beside what `index` holds.

    Raises:
        UsageError: as `kg.reports.source_kinds.read_kinds`.

    >>> import kg
    >>> schema = source_schema(kg.build(check=False).index)
    >>> schema["definitions"]["StatusReport"]["required"]
    ['id', 'type', 'about', 'status']
    """
    return _Writer(index).schema()


def write_schema(index: Index) -> bytes:
    r"""Return the JSON Schema of `source_schema` as a file.

    >>> import kg
    >>> write_schema(kg.build(check=False).index)[:14]
    b'{\n "$schema": '
    """
    return json.dumps(source_schema(index), ensure_ascii=False, indent=1).encode() + b"\n"


class _Writer:
    """Writes the schema, and collects the names that it offers as they are needed."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kinds = read_kinds(index)
        self._known: dict[str, dict[str, tuple[KnownName, ...]]] = {}
        self._offers: dict[str, Schema] = {}

    def schema(self) -> Schema:
        statements, things, sources = map(self._of, ("statement", "thing", "source"))
        definitions = {kind.name: self._kind(kind) for kind in self._kinds}
        definitions |= {
            "statement": _one_of(statements),
            "thing": _one_of(things),
            "proposal": _one_of([*statements, *things]),
            "described": _described([*things, *sources]),
            **self._offers,
        }
        top = _one_of([*sources, *things], offered=len(sources))
        top["allOf"].append(_typed_unless(["id", "things"]))
        return {
            "$schema": _DRAFT,
            "description": "A source: what an article or another text says, statement by statement.",
            **top,
            "required": ["id"],
            "definitions": dict(sorted(definitions.items())),
        }

    def _of(self, part: str) -> list[NodeKind]:
        return [kind for kind in self._kinds if kind.part == part]

    def _kind(self, kind: NodeKind) -> Schema:
        """Return the schema of one kind of node."""
        properties: Schema = {key.name: self._key(key) for key in kind.keys}
        if kind.open:
            # No shape says that it may not have these; an author is better not led to them.
            others = [name for name in key_types() if name not in properties]
            properties |= {name: {"doNotSuggest": True} for name in others}
        if kind.part in {"statement", "thing"}:
            properties["by"] = {"description": UNSAID["by"], "type": SCALAR, "doNotSuggest": True}
        required: Schema = {"required": [key.name for key in kind.keys if key.required]}
        if kind.part == "evidence":
            # Words will do for now, with what is known of their place.
            properties |= {name: value_schema(key, ()) for name, key in _IN_WORDS.items()}
            required = {
                "dependencies": {"nth": ["words"]},
                "if": {"required": ["words"]},
                "else": required,
            }
        return {
            "title": kind.name,
            "description": kind.meaning or kind.name,
            "type": "object",
            "properties": properties,
            **required,
            "additionalProperties": False,
            **({"allOf": [one.schema for one in kind.conditions]} if kind.conditions else {}),
        }

    def _key(self, key: SourceKey) -> Schema | bool:
        if key.name in {"id", "type"}:
            return True  # as is said of all kinds together
        if not key.inside:
            return value_schema(key, self._offered(key.classes))
        ones: list[Schema] = [
            {"$ref": f"#/definitions/{_INSIDE.get(key.inside) or self._of(key.inside)[0].name}"}
        ]
        if key.name == "evidence":
            ones.append(_WORDS)
        return one_or_list(key, ones)

    def _offered(self, classes: Iterable[str]) -> list[str]:
        """Return the names of definitions that offer what is known of some classes."""
        names: dict[str, None] = {}
        for root in classes:
            if root not in self._known:
                self._known[root] = known_members(self._index, root)
            for class_, members in self._known[root].items():
                name = _PREFIX + local_name(class_)
                names[name] = None
                self._offers[name] = {"defaultSnippets": [_snippet(one) for one in members]}
        return list(names)


_INSIDE: Final = {"things": "thing", "statements": "statement", "proposed": "proposal"}

_IN_WORDS: Final = {
    "words": SourceKey("words", None, UNSAID["words"], single=True),
    "nth": SourceKey("nth", "xsd:nonNegativeInteger", UNSAID["nth"], single=True),
}

_WORDS: Final = {"description": UNSAID["words"], "type": SCALAR, "minLength": 1}


def _snippet(one: KnownName) -> Schema:
    return {"label": one.name, "body": one.name, "description": one.meaning}


def _one_of(kinds: Sequence[NodeKind], offered: int | None = None) -> Schema:
    """Return the schema of what is of one of some kinds, as its type says; the first of them are offered."""
    id_, type_ = kinds[0].keys[:2]
    told = [KnownName(kind.name, kind.meaning or kind.name) for kind in kinds[:offered]]
    ones = [terms_schema(told), in_full((one.name for one in kinds), prefixed=offered is None)]
    return {
        "type": "object",
        "properties": {
            "id": {"title": "id", "description": describe(id_), **NAME},
            "type": one_or_list(type_, ones),
        },
        "required": ["id", "type"],
        "allOf": [_if_of(kind) for kind in kinds],
    }


def _described(kinds: Sequence[NodeKind]) -> Schema:
    """Return the schema of a thing that is described where it is named, or named by its id alone."""
    return {"type": "object", "allOf": [*map(_if_of, kinds), _typed_unless(["id"])]}


def _if_of(kind: NodeKind) -> Schema:
    # What is no mapping has no type, and would be taken for one of each kind.
    typed = {"type": "object", "required": ["type"], "properties": {"type": has_one([kind.name])}}
    return {"if": typed, "then": {"$ref": f"#/definitions/{kind.name}"}}


def _typed_unless(keys: Sequence[str]) -> Schema:
    """Return that something has a type, unless it has none but some keys."""
    return {"if": {"propertyNames": {"enum": list(keys)}}, "else": {"required": ["type"]}}
