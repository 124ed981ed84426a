"""Tables for Neo4j's bulk import, which fills an empty database: nodes, relationships, and how to import them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from kg.export.cypher import days, label_of_type, told_links, type_of_predicate
from kg.export.elements import EDGE_FIELDS, FACT_FIELDS, NODE_FIELDS, Elements, load_elements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.export.elements import Kind, Value
    from kg.query import Index

_DELIMITER: Final = "\x1f"
"""What stands between the items of a list: no text of ours has such a character in it."""

_TYPES: Final[dict[Kind, str]] = {
    "string": "string", "boolean": "boolean", "strings": "string[]",
}  # fmt: skip
_DATES: Final = frozenset({"start", "end"})
_HOW: Final = """\
# Fill the empty database "neo4j" from the tables beside this file: sh import.sh
cd "$(dirname "$0")" || exit 1
exec neo4j-admin database import full neo4j --array-delimiter=U+001F \\
    --multiline-fields=true --nodes=entities.csv --nodes=statements.csv \\
    --relationships=relationships.csv --relationships=evidence.csv
"""


def list_neo4j(index: Index) -> dict[str, bytes]:
    """Return the files of a bulk import by name."""
    return neo4j_of(load_elements(index))


def neo4j_of(elements: Elements) -> dict[str, bytes]:
    """Return elements as tables: entities and statements, the network, and which statement tells of what.

    >>> from kg.export.elements import Elements, NetworkNode
    >>> files = neo4j_of(Elements((NetworkNode("o", {"label": "O", "type": "place"}),), ()))
    >>> sorted(files)
    ['entities.csv', 'evidence.csv', 'import.sh', 'relationships.csv', 'statements.csv']
    """
    nodes = (
        [node.name, *_cells({**node.values, **days(node.life)}, NODE_FIELDS), _labels(node.values)]
        for node in elements.nodes
    )
    facts = (
        [slug, *(fact.get(name, "") for name in FACT_FIELDS), "Statement"]
        for slug, fact in elements.facts.items()
    )
    edges = (
        [
            edge.source,
            edge.target,
            *_cells({**edge.values, **days(edge.life)}, EDGE_FIELDS),
            type_of_predicate(edge.predicate),
        ]
        for edge in elements.edges
    )
    told = ([statement, name, "TELLS_OF"] for statement, name in told_links(elements))
    entity, statement = "slug:ID(Entity)", "slug:ID(Statement)"
    ends = [":START_ID(Entity)", ":END_ID(Entity)"]
    return {
        "entities.csv": _table([entity, *_heads(NODE_FIELDS), ":LABEL"], nodes),
        "statements.csv": _table([statement, *FACT_FIELDS, ":LABEL"], facts),
        "relationships.csv": _table([*ends, *_heads(EDGE_FIELDS), ":TYPE"], edges),
        "evidence.csv": _table([":START_ID(Statement)", ends[1], ":TYPE"], told),
        "import.sh": _HOW.encode(),
    }


def _labels(values: Mapping[str, Value]) -> str:
    return _DELIMITER.join(filter(None, ("Entity", label_of_type(values))))


def _heads(fields: Mapping[str, Kind]) -> list[str]:
    return [f"{name}:{'date' if name in _DATES else _TYPES[kind]}" for name, kind in fields.items()]


def _cells(values: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    return [_cell(values.get(name, "")) for name in fields]


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _DELIMITER.join(value) if isinstance(value, list) else value


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    # A quoted cell is text; an empty one without quotes is no value.
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode()
