"""YAML-LD, strictly: a YAML document becomes a JSON-LD document and an index of its lines.

Of its plain core (`plain_yaml.py`), in which every scalar is a string, the JSON-LD context types each. Nothing is
executed, exploded, overwritten or silently lost, and every node has a name by which its lines are found.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from kg.base import SourceError
from kg.sources.context import load_context
from kg.sources.document import Document
from kg.sources.plain_yaml import PlainReading, StopError
from kg.sources.waiting import Node, take_proposals, take_words

if TYPE_CHECKING:
    from pathlib import Path

    from kg.sources.values import Value


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
    reading = PlainReading(text)
    # The command that finds the places of evidence that may not be in words.
    naming = _Naming(reading, None if words else f"kg locate {path} --texts DIR")
    document = None
    try:
        document = naming.document(reading.mapping())
    except StopError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reading.stop(f"is not YAML: {error.problem}", mark.line + 1 if mark else None)
    except yaml.YAMLError as error:
        reading.stop(f"is not YAML: {' '.join(str(error).split())}", None)
    told = sorted(reading.problems, key=lambda problem: problem[0] or 0)
    return document, [SourceError(path, problem, line=line) for line, problem in told]


class _Naming:
    """Gives what was read of a document its names, and remembers the lines of what has them."""

    def __init__(self, reading: PlainReading, locate: str | None) -> None:
        self._reading, self._locate = reading, locate
        self.lines: dict[str | tuple[str, str], int] = {}
        self._incomplete: set[str] = set()

    def document(self, top: Node) -> Document:
        name = top.get("id")
        # The id names the graph of the source, and the statements refer to it.
        if not isinstance(name, str):
            if "id" not in self._reading.left_out(top):
                self._reading.tell("has no 'id'; a source needs one, it names its graph", 1)
            raise StopError
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
            self._reading.tell(problem, self._reading.line_of(node, key))

        proposed = take_proposals(top, tell)
        for entry in proposed:
            for key in ("id", "type"):
                if key not in (*entry, *self._reading.left_out(entry)):
                    tell(f"has a proposal without {key!r}; give it one, as a statement has", entry)
        lost = take_words(top, tell, self._locate)
        for entry in proposed:
            lost += take_words(entry, tell, None)
        for node in lost:
            self._reading.left_out(node).append("evidence")
        return proposed

    def _name_nodes(self, node: dict[str, Value], name: str) -> None:
        """Give every nested node without an id the id PARENT/KEY, and refuse an id used twice."""
        if name in self.lines:
            first = self.lines[name]
            self._reading.tell(
                f"has the id {name!r} twice; it stands in line {first} already",
                self._reading.line_of(node, "id"),
            )
            # It goes on as another node, so that what is wrong within it is told, too.
            name = node["id"] = f"{name}~{len(self.lines)}"
        self.lines[name] = self._reading.line_of(node)
        if left_out := self._reading.left_out(node):
            self._incomplete.add(name)
        for key in (*node, *left_out):
            self.lines[name, key] = self._reading.line_of(node, key)
        for key, value in list(node.items()):
            values = value if isinstance(value, list) else [value]
            children = [child for child in values if isinstance(child, dict)]
            for number, child in enumerate(children, 1):
                default = f"{name}/{key}" + (f"-{number}" if len(children) > 1 else "")
                self._name_child(child, default)

    def _name_child(self, child: dict[str, Value], default: str) -> None:
        given = child.setdefault("id", default)
        if not isinstance(given, str):
            self._reading.tell("has an 'id' that is not a word", self._reading.line_of(child))
            given = child["id"] = default
        self._name_nodes(child, given)
