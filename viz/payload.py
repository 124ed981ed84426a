"""The records of a page, packed: what recurs stands in a table once, and its number in its places.

A fact is named by the number of its key, the name of an edge and the source of a statement by
theirs; what all keys begin with is left off; and what is empty is left out. A page of many things
is half as large for that. `assets/payload.js` unpacks it. The records of one sort stand there field by
field; see `viz.fields`.
"""

import os
from collections.abc import Iterable, Mapping
from typing import Any

from viz.fields import by_field

SOURCE = ("source", "url", "publisher", "published")
"""What the statements of one source share."""

Record = dict[str, Any]


class _Table(dict[Any, int]):
    """Numbers for values, in the order in which they are first asked for."""

    def __missing__(self, value: Any) -> int:
        self[value] = number = len(self)
        return number


def pack(
    nodes: Iterable[Record],
    edges: Iterable[Record],
    statements: Mapping[str, Record],
    **others: Any,
) -> dict[str, Any]:
    """Pack the records of a page.

    Args:
        nodes: With keys of statements as `facts`, in the order of their numbers.
        edges: The same, with `key` and `label`.
        statements: By key, with the fields of `SOURCE` and keys as `rivals`.
        others: Records by name, with keys of statements as `fact` or `facts`, at any depth.

    Returns:
        `nodes` and `edges` by field, the others by their names, `kinds` (of edges), `base` and `keys`, and
        `words`: `sources` and `said`, by field, statements in the order of the first keys.

    >>> packed = pack([{"facts": ("urn:b",)}], [], {"urn:a": {}, "urn:b": {"text": "B"}})
    >>> packed["base"], packed["keys"], packed["nodes"]["fields"], packed["words"]["said"]["fields"]
    ('urn:', ['a', 'b'], {'facts': {'is': [[1]]}}, {'text': {'is': ['B'], 'gaps': [2]}})
    """
    keys, kinds, sources = _Table(), _Table(), _Table()
    # The keys of statements get the first numbers, and so need not be written with them.
    for key in statements:
        _ = keys[key]
    packed_statements = [_statement(statement, sources) for statement in statements.values()]
    packed_nodes = [_facts({**node}, keys) for node in nodes]
    packed_edges = [_edge(edge, keys, kinds) for edge in edges]
    packed_others = {name: _within(records, keys) for name, records in others.items()}
    base = os.path.commonprefix(list(keys))  # noqa: RUF071 - of strings, not of paths
    return packed_others | {
        "nodes": by_field(packed_nodes),
        "edges": by_field(packed_edges),
        "kinds": list(map(list, kinds)),
        "base": base,
        "keys": [key.removeprefix(base) for key in keys],
        "words": {"sources": list(map(list, sources)), "said": by_field(packed_statements)},
    }


def _statement(statement: Record, sources: _Table) -> Record:
    plain = {name: value for name, value in statement.items() if name not in SOURCE}
    origin = tuple(statement.get(name) for name in SOURCE)
    return plain | ({"origin": sources[origin]} if any(origin) else {})


def _edge(edge: Record, keys: _Table, kinds: _Table) -> Record:
    rest = {name: value for name, value in edge.items() if name not in {"key", "label"}}
    return _facts(rest, keys) | {"kind": kinds[edge["key"], edge["label"]]}


def _facts(record: Record, keys: _Table) -> Record:
    if "facts" in record:
        record["facts"] = [keys[fact] for fact in record["facts"]]
    return record


def _within(value: Any, keys: _Table) -> Any:
    """Replace every `fact`, and all of `facts`, in a value, however deep."""
    if isinstance(value, list):
        return [_within(each, keys) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: _named(name, each, keys) for name, each in value.items()}


def _named(name: str, value: Any, keys: _Table) -> Any:
    if name == "facts":
        return [keys[fact] for fact in value]
    return keys[value] if name == "fact" and value else _within(value, keys)
