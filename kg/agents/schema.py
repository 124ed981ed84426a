"""The tool `schema`: the terms of the ontology that the data use, no more of them than a question needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from kg.agents.cited import PartialAnswer, clean
from kg.base import UnknownNameError, expand, fold, lengthen, shorten
from kg.query import list_terms, select_named, select_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.agents.portions import Portion
    from kg.graph import Graph

_CLASSES: Final = """SELECT ?class (COUNT(?x) AS ?uses) {
  ?class a owl:Class ; rdfs:isDefinedBy ?ontology . ?x a ?class
} GROUP BY ?class ORDER BY DESC(?uses) ?class"""
_PROPERTIES: Final = """SELECT ?p (COUNT(?o) AS ?uses) (MIN(STR(?o)) AS ?value) {{
  {named} ?x a ?s ; ?p ?o FILTER (?p != rdf:type)
}} GROUP BY ?p ORDER BY DESC(?uses) ?p"""
_USED: Final = """SELECT (COUNT(*) AS ?uses) (MIN(STR(?o)) AS ?value) {{ {named} ?x ?s ?o }}"""
_DEFINED: Final = """SELECT ?s ?key ?value {{
  {named} ?s ?key ?value FILTER (?key IN (skos:definition, rdfs:range, schema:rangeIncludes, rdfs:domain, schema:domainIncludes))
}} ORDER BY ?s ?key ?value"""
_IS_CLASS: Final = "SELECT ?s {{ {named} ?s a owl:Class }}"

_START: Final = (
    "SELECT ?company ?about ?verdict WHERE { ?promise cp:promisedBy ?company ; cp:firstStatedBy/cp:about ?about ;"
    " cp:hasOutcome ?outcome . ?outcome cp:verdict ?verdict ; cp:standsFrom ?from ."
    " OPTIONAL { ?outcome cp:standsUntil ?until } BIND ('%s'^^xsd:date AS ?day)"
    " FILTER (?from <= ?day && (!BOUND(?until) || ?until >= ?day)) } ORDER BY ?company ?about LIMIT 10"
)
"""What shows the way from a company to what became of its promises, of which much can be told, each on its days."""

_SHOWN: Final = 5
"""How many properties the example query of a class has."""

_HOW: Final = (
    "id: holds things and statements, cp: the terms; prefixes are declared; the default graph is all graphs"
    " together, GRAPH names one source. Ask for a class, a property or one of the lists."
)


@dataclass(frozen=True)
class TermRow:
    """A term that the data use: what it means, what it leads to, how often, and one value that it has."""

    term: str
    means: str
    leads_to: str | None = None
    uses: int | None = None
    value: str | None = None


@dataclass(frozen=True, kw_only=True)
class SchemaAnswer(PartialAnswer):
    """Terms, and a query that uses some of them."""

    rows: list[TermRow]
    example: str | None = None


def schema(
    graph: Graph,
    portion: Portion,
    *,
    of: Annotated[
        str | None, "a class (Target) or property (cp:due), or a list (indicators, units ...)"
    ] = None,
) -> SchemaAnswer:
    """Tell the terms that the data use, for query: without of the classes and lists, else what belongs to it.

    >>> import kg
    >>> from kg.agents.portions import Portion
    >>> graph = kg.build(check=False)
    >>> rows = {row.term: row for row in schema(graph, Portion(200), of="Target").rows}
    >>> rows["cp:due"].leads_to, rows["cp:due"].uses > 100
    ('xsd:date', True)
    """
    lists = {str(name): str(about) for name, about in list_terms(graph.index).rows}
    if of is None:
        return _answer(portion, [*_classes(graph), *_lists(lists)], _START % graph.today, _HOW)
    if of in lists:
        return _answer(portion, _terms(graph, of), None, lists[of])
    name = _named(graph, of, lists)
    if next(select_named(graph.index, _IS_CLASS, [name]), None) is None:
        return _answer(portion, [_property(graph, name)], _uses(name), None)
    rows = _properties(graph, name)
    return _answer(portion, rows, _example(name, rows), None)


def _answer(
    portion: Portion, rows: Sequence[TermRow], example: str | None, note: str | None
) -> SchemaAnswer:
    part = portion.cut(rows)
    return SchemaAnswer(
        rows=list(part.rows), example=example, total=len(rows), more=part.more, note=note
    )


def _classes(graph: Graph) -> list[TermRow]:
    used = {str(name): int(str(uses)) for name, uses in select_rows(graph.index, _CLASSES)}
    meant = _meanings(graph, list(used))
    return [TermRow(name, *meant[name], uses) for name, uses in used.items()]


def _lists(lists: dict[str, str]) -> list[TermRow]:
    return [TermRow(name, clean(about)) for name, about in sorted(lists.items())]


def _terms(graph: Graph, name: str) -> list[TermRow]:
    answer = list_terms(graph.index, name)
    at = {column: number for number, column in enumerate(answer.columns)}
    meaning = at.get("definition", at.get("symbol", 1))
    return [
        TermRow(
            str(row[0]),
            clean(f"{row[1]}: {row[meaning]}"),
            str(row[at["unit"]]) if "unit" in at else None,
        )
        for row in answer.rows
    ]


def _named(graph: Graph, of: str, lists: dict[str, str]) -> str:
    """Return the name of a class or property, given as people write it."""
    for name in (of, f"cp:{of}"):
        iri = expand(name) if ":" in name else None
        if iri and iri in graph.index:
            return shorten(iri)
    known = {
        str(name) for (name,) in select_rows(graph.index, "SELECT ?x { ?x rdfs:isDefinedBy ?y ; rdfs:label ?z }")
    }  # fmt: skip
    by_name = {fold(name.removeprefix("cp:")): name for name in known}
    if fold(of) in by_name:
        return by_name[fold(of)]
    raise UnknownNameError("term", of, {*lists, *(name.removeprefix("cp:") for name in known)})


def _properties(graph: Graph, name: str) -> list[TermRow]:
    rows = [
        (str(key), int(str(uses)), value)
        for key, uses, value in select_named(graph.index, _PROPERTIES, [name])
    ]
    meant = _meanings(graph, [key for key, *_ in rows])
    return [
        TermRow(key, *meant[key], uses, clean(shorten(str(value)))) for key, uses, value in rows
    ]


def _property(graph: Graph, name: str) -> TermRow:
    uses, value = next(select_named(graph.index, _USED, [name]), (0, None))
    shown = None if value is None else clean(shorten(str(value)))
    return TermRow(name, *_meanings(graph, [name])[name], int(str(uses)), shown)


def _meanings(graph: Graph, names: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """Return what each of some terms means, and what a property leads to."""
    said: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, key, value in select_named(graph.index, _DEFINED, names):
        said[str(name)][str(key).rpartition(":")[2]].append(str(value))
    told = {}
    for name in names:
        ranges = said[name]["range"] + said[name]["rangeIncludes"]
        told[name] = (clean(" ".join(said[name]["definition"])), ", ".join(ranges) or None)
    return told


def _uses(name: str) -> str:
    return f"SELECT ?x ?value WHERE {{ ?x {_written(name)} ?value }} LIMIT 10"


def _example(name: str, rows: Sequence[TermRow]) -> str:
    shown = [row.term for row in rows if row.term.startswith("cp:")][:_SHOWN]
    parts = "".join(f" OPTIONAL {{ ?x {_written(term)} ?v{at} }}" for at, term in enumerate(shown))
    return f"SELECT * WHERE {{ ?x a {_written(name)} .{parts} }} LIMIT 10"


def _written(name: str) -> str:
    """Return a name as a query has it."""
    import pyoxigraph as ox

    return name if name.startswith("cp:") else str(ox.NamedNode(lengthen(name)))
