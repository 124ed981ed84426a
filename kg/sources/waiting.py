"""What stands in a source and says nothing yet: proposals, and evidence that is only given in words.

A proposal waits for a person who accepts it; evidence in words waits for `kg locate`, which finds its
place in the text. Neither is ever in the graph: here both are taken out of what was read, and whatever
is wrong with them is told.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from kg.base import CP, nquads
from kg.sources.context import statement_types
from kg.sources.values import Alias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.sources.values import Value

Node: TypeAlias = "dict[str, Value]"

_PROPOSED: Final = f"<{CP}proposed>".encode()
_PLACE: Final = frozenset({"start", "end"})
_COUNT: Final = re.compile("[1-9][0-9]{0,5}")


class ProblemTeller(Protocol):
    """Tells what is wrong with a key of a mapping; without a key, of the mapping as a whole."""

    def __call__(self, problem: str, node: Node, key: str = "id") -> None:
        """Take `problem`, a clause without a subject."""


def as_list(value: Value | None) -> list[Value]:
    """Return what stands behind a key, one by one.

    >>> as_list("a"), as_list(["a", "b"]), as_list(None)
    (['a'], ['a', 'b'], [])
    """
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def is_statement(entry: Node) -> bool:
    """Tell whether what is proposed is a statement, and else a thing.

    >>> is_statement({"type": "Target"}), is_statement({"type": ["Company", "cp:Organization"]})
    (True, False)
    """
    types = {str(one).removeprefix("cp:") for one in as_list(entry.get("type"))}
    return bool(types & statement_types())


def take_proposals(top: Node, tell: ProblemTeller) -> list[Node]:
    """Take the proposals out of a document and return them, in their order."""
    taken = [one for one in as_list(top.pop("proposed", None)) if isinstance(one, dict)]
    for entry in taken:
        if not isinstance(entry.pop("by", ""), str):
            tell("has several after 'by'; name one who proposes it", entry, "by")
    for _, node in (pair for one in (top, *taken) for pair in _nodes(one)):
        if "proposed" in node:
            tell(
                "has 'proposed' within something else; it stands beside 'statements'",
                node,
                "proposed",
            )
        if "by" in node:
            tell("has 'by', which names who proposes something, outside of a proposal", node, "by")
        node.pop("proposed", None)
        node.pop("by", None)
    return taken


def take_words(entry: Node, tell: ProblemTeller, locate: str | None) -> list[Node]:
    """Take out all evidence that has no place, and words; return the nodes that have lost evidence so.

    What is said has no words in it: of those is told, with `locate`, the command that finds their
    places. A proposal, for which that is None, may have them.
    """
    lost = []
    for key, node in _nodes(entry):
        if key != "evidence":
            for word in {"words", "nth"} & node.keys():
                tell(f"has {word!r} outside of 'evidence'", node, word)
                del node[word]
        items = as_list(node.get("evidence"))
        for problem in filter(None, [_problem(item, locate) for item in items]):
            tell(problem, node, "evidence")
        kept: list[Value] = [one for one in map(_placed, items) if one]
        if len(kept) < len(items):
            lost.append(node)
            del node["evidence"]
            if kept:
                node["evidence"] = kept
    return lost


def _placed(item: Value) -> Node | None:
    """Return evidence without words, or None where it has no place."""
    if not isinstance(item, dict):
        return None
    words = {"words", "nth"} & item.keys()
    if words and not item.keys() >= _PLACE:
        return None
    for word in words:
        del item[word]
    return item


def _problem(item: Value, locate: str | None) -> str | None:
    if isinstance(item, Alias):
        return None  # is told already
    if isinstance(item, dict) and (problem := _odd_words(item.get("words"), item.get("nth"))):
        return problem
    words = item.get("words") if isinstance(item, dict) else item
    if words is None or locate is None:
        return None
    if isinstance(item, dict) and item.keys() >= _PLACE:
        return f"has the words of its evidence beside their place; {locate} takes them out"
    return f"has evidence in words; {locate} finds their place in your copy of the text"


def _odd_words(words: Value | None, nth: Value | None) -> str | None:
    """Return what is wrong with words of evidence, or with which of their places is meant."""
    if words is not None and not isinstance(words, str):
        return "has no text after 'words'; several places make a list of evidence: [..., ...]"
    if nth is not None and words is None:
        return "has 'nth' without 'words', of whose places it names one"
    if nth is not None and not (isinstance(nth, str) and _COUNT.fullmatch(nth)):
        return f"has {nth!r} after 'nth'; say which of the places of the words is meant, from 1"
    return None


def proposes(data: bytes, lines: Iterable[bytes], *, is_json: bool) -> bool:
    """Tell whether a file that is no YAML holds proposals, which would be read as if they were said.

    `lines` are its canonical N-Quads.

    >>> proposes(b'{"@id": "a:b", "proposed": [{"@id": "a:c"}]}', [], is_json=True)
    True
    """
    # The name may stand in two parts in the file, or with escapes, but stands whole in a quad.
    if any(_PROPOSED in line and nquads.parts(line)[1] == _PROPOSED for line in lines):
        return True
    # What a context does not define, or leaves out, leaves no trace in RDF.
    spelt = b"proposed" in data or b"\\u" in data
    return is_json and spelt and _has_key(json.loads(data))


def _has_key(value: Any) -> bool:
    if isinstance(value, dict):
        said = [one for key, one in value.items() if key != "@context"]
        return "proposed" in value or any(map(_has_key, said))
    return isinstance(value, list) and any(map(_has_key, value))


def _nodes(node: Node, key: str = "") -> Iterator[tuple[str, Node]]:
    """Yield a node and all within it, each with the key that it stands behind."""
    yield key, node
    for behind, value in list(node.items()):
        for child in as_list(value):
            if isinstance(child, dict):
                yield from _nodes(child, behind)
