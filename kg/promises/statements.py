"""Statements, read from a graph: all of them, those about some things, or those of some names."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.promises.statement import (
    KINDS,
    Origin,
    Span,
    Statement,
    in_order,
    kind_of,
    sorted_values,
    span_of,
    statement_of,
)
from kg.query import select_named, select_pairs, select_said, select_typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.promises.statement import Said
    from kg.query import Index

# A relation is about both of its ends; and a statement can be asked for by its own name.
_ABOUT: Final = """SELECT DISTINCT ?statement {{
  {{ {named} ?statement cp:about ?s ; cp:source ?x }}
  UNION {{ {named} ?statement rdf:subject ?s ; cp:source ?x }}
  UNION {{ {named} ?statement rdf:object ?s ; cp:source ?x }}
  UNION {{ {named} ?s cp:source ?x . BIND (?s AS ?statement) }}
}}"""
# What the rules add for queries to find statements by is half of all, and no part of what one says.
NOT_SAID: Final = ("rdf:type", "cp:since", "cp:relates", "cp:relatesAs", "cp:relatesTo")
_NAMED: Final = "SELECT DISTINCT ?s ?p ?o WHERE {{ {named} ?s ?p ?o }}"
_SPANS: Final = "SELECT DISTINCT ?span ?p ?o WHERE {{ {named} ?s cp:evidence ?span . ?span ?p ?o }}"
_SPAN: Final = ("oa:start", "oa:end", "cp:section", "schema:sha256")
ORIGIN: Final = ("schema:headline", "schema:url", "schema:publisher", "schema:datePublished")
"""The properties of sources; what has the first of them is one."""
_ORIGINS: Final = f"""SELECT DISTINCT ?s ?p ?o WHERE {{{{
  {{named}} ?s schema:headline ?x . ?s ?p ?o FILTER (?p IN ({", ".join(ORIGIN)}))
}}}}"""


def load_statements(index: Index, about: Iterable[str] | None = None) -> dict[str, Statement]:
    """Return the statements by slug, in order of source and place; only those `about` (or called by) some slugs.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> target = load_statements(index)["medianama-2017-03-28.3.4"]
    >>> target.kind, target.one("value"), target.locator
    ('Target', Decimal('500'), 'section 3, characters 1740–1828')
    """
    if about is None:
        said = _all_said(index)
        return _statements(said, _spans(index, None), load_origins(index))
    return read_statements(index, (str(name) for (name,) in select_named(index, _ABOUT, about)))


def read_statements(index: Index, names: Iterable[str]) -> dict[str, Statement]:
    """Return the statements that are called by some slugs, in the same order, even one without a source.

    >>> import kg
    >>> list(read_statements(kg.build(check=False).index, ["medianama-2017-03-28.3.4", "xiaomi"]))
    ['medianama-2017-03-28.3.4']
    """
    said = _properties(select_named(index, _NAMED, names))
    said = {name: says for name, says in said.items() if kind_of(says.get("type", ())) in KINDS}
    cited = {str(source) for says in said.values() for source in says.get("source", ())}
    return _statements(said, _spans(index, said), load_origins(index, cited))


def _all_said(index: Index) -> dict[str, dict[str, tuple[Cell, ...]]]:
    by_key: defaultdict[str, list[tuple[str, Cell]]] = defaultdict(list)
    for name, pairs in select_said(index, "cp:source", without=NOT_SAID):
        by_key[local_name(name)] += pairs
    said: dict[str, dict[str, tuple[Cell, ...]]] = {name: {} for name, _ in by_key["source"]}
    kinds = select_typed(index, [f"cp:{kind}" for kind in KINDS])
    by_key["type"] = [(subject, kind) for subject, kind in kinds if subject in said]
    for key, pairs in sorted(by_key.items()):
        only = dict(pairs)
        if len(only) == len(pairs):  # nearly always
            for subject, value in only.items():
                said[subject][key] = (value,)
        else:
            for subject, values in _by_subject(pairs).items():
                said[subject][key] = sorted_values(values)
    return said


def _by_subject(pairs: Iterable[tuple[str, Cell]]) -> dict[str, list[Cell]]:
    values: defaultdict[str, list[Cell]] = defaultdict(list)
    for subject, value in pairs:
        values[subject].append(value)
    return values


def _properties(rows: Iterable[tuple[Cell, ...]]) -> dict[str, dict[str, tuple[Cell, ...]]]:
    properties: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in rows:
        properties[str(subject)][local_name(str(predicate))].append(object_)
    return {
        subject: {key: sorted_values(values) for key, values in sorted(says.items())}
        for subject, says in properties.items()
    }


def _statements(
    said: Mapping[str, Said],
    spans: Mapping[str, Span],
    sources: Mapping[str, Origin],
) -> dict[str, Statement]:
    statements = (statement_of(name, says, spans, sources) for name, says in said.items())
    return {statement.name: statement for statement in sorted(statements, key=in_order)}


@lru_cache(maxsize=1 << 10)  # the same few come again with every statement
def local_name(predicate: str) -> str:
    """Return the local name of a property by its shortest one."""
    return predicate.rpartition(":")[2].rpartition("/")[2]


def _nodes(rows: Iterable[tuple[Cell, ...]]) -> dict[str, dict[str, Cell]]:
    """Return nodes by name, each with its properties."""
    nodes: dict[str, dict[str, Cell]] = {}
    for subject, predicate, object_ in rows:
        nodes.setdefault(str(subject), {})[local_name(str(predicate))] = object_
    return nodes


def _spans(index: Index, statements: Iterable[str] | None) -> dict[str, Span]:
    """Return the spans by name; one whose ends are no numbers is for the shapes to report."""
    rows = _all_of(index, _SPAN) if statements is None else select_named(index, _SPANS, statements)
    spans = ((name, span_of(node)) for name, node in _nodes(rows).items())
    return {name: span for name, span in spans if span}


def load_origins(index: Index, names: Iterable[str] | None = None) -> dict[str, Origin]:
    """Return the sources by slug, all or those of some names."""
    rows = _all_of(index, ORIGIN) if names is None else select_named(index, _ORIGINS, names)
    return {
        name: Origin(
            name,
            str(node.get("headline", name)),
            str(node["url"]) if "url" in node else None,
            str(node.get("publisher", "")),
            str(node.get("datePublished", "")),
        )
        for name, node in _nodes(rows).items()
    }


def _all_of(index: Index, properties: Sequence[str]) -> Iterator[tuple[str, str, Cell]]:
    """Yield what is said, by some properties, of all that has the first one."""
    having = {subject for subject, _ in select_pairs(index, properties[0])}
    for name in properties:
        pairs = select_pairs(index, name)
        yield from ((subject, name, value) for subject, value in pairs if subject in having)
