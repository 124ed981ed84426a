"""What an author may have meant: findings told where the mistake stands, with the nearest right name.

A shape sees a node that nothing describes; the author sees the lines that name it. And a shape knows
by which class or scheme it would be kept, so that what belongs to these is what may stand there.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, PREFIXES, RDF, SCHEMA, SKOS, data_folder, fold, lengthen, nearest, shorten
from kg.query import select_named, select_rows
from kg.sources import key_of, key_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base import Finding
    from kg.query import Index

_MISSING: Final = frozenset({CP + "ReferenceShape", CP + "dangling"})
_CLASS: Final = CP + "ClassShape"
_OWL_CLASS: Final = PREFIXES["owl"] + "Class"
NAMELESS: Final = _MISSING | {_CLASS}
"""The shapes that find a node by what refers to it."""

_ITEM: Final = re.compile(r"[Qq][1-9]\d*", re.ASCII)
_DAY: Final = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4})", re.ASCII)
_TYPED: Final = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d", re.ASCII)
_MONTHS: Final = 12
_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)

_FOLLOWS: Final = {
    CP + shape: frozenset(CP + f"{other}Shape" for other in others.split())
    for shape, others in {
        # A unit is that of the indicator.
        "QuantityUnitShape": "QuantityIndicator",
        # What is no day, or no number, comes neither before another nor at the end of a period.
        "QuantityRangeOrderShape": "QuantityNumber",
        "TargetDueAtEndShape": "TargetDue",
        "TargetDueOrderShape": "TargetDue TargetDueEarliest",
        "TargetDueAfterBaselineShape": "TargetDue TargetBaselineDate",
        "TargetCountsFromOrderShape": "TargetDue TargetCountsFrom",
        "ObservationWhenAtEndShape": "ObservationWhen",
        "ObservationWhenOrderShape": "ObservationWhen ObservationWhenStart",
        "UntilAtEndShape": "Until",
        "FromBeforeUntilShape": "From Until",
    }.items()
}
"""What a shape finds only because another one of these is broken."""

_HTTPS: Final = CP + "SchemaHttpsShape"

_MOST_COMPARED: Final = 200_000
"""How many pairs of names are compared in all: some seconds."""

_MENTIONS: Final = """SELECT ?subject ?path (STR(?s) AS ?value) {{
  {named} ?subject ?path ?s
  FILTER (?path != rdf:type || STRSTARTS(STR(?s), STR(cp:)))
}}"""

# What may stand where a shape finds something else.
_WANTED: Final = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?shape ?scheme ?class ?member {
  { ?shape sh:node/sh:property ?of . ?of sh:path skos:inScheme ; sh:hasValue ?scheme }
  UNION { ?shape sh:class ?class }
  UNION { ?shape sh:or/rdf:rest*/rdf:first/sh:property ?of . ?of sh:path/rdf:first rdf:type ; sh:hasValue ?class }
  UNION { ?shape sh:in/rdf:rest*/rdf:first ?member }
}"""
_IN_SCHEME: Final = """SELECT (STR(?it) AS ?iri) ?name {
  ?it skos:inScheme <$1> ; skos:prefLabel ?name
}"""
_OF_CLASS: Final = """SELECT (STR(?it) AS ?iri) ?name {
  { SELECT ?below { ?below rdfs:subClassOf* <$1> } }
  ?it a ?below . OPTIONAL { ?it rdfs:label|skos:altLabel|cp:symbol ?name }
} LIMIT 100000"""
_OF_RANGE: Final = (
    """SELECT (STR(?class) AS ?iri) { <$1> rdfs:range|schema:rangeIncludes ?class }"""
)


_NAMED_AT: Final = "rdfs:label|skos:altLabel|cp:symbol"
MEMBERS_AT: Final = {
    "class": f"^rdfs:subClassOf*/^rdf:type/({_NAMED_AT})",
    "scheme": "^skos:inScheme/skos:prefLabel",
}
"""What the queries above look at from a class or a scheme on; see `kg.pipeline.outlook`."""
RANGES_AT: Final = "(rdfs:range|schema:rangeIncludes)"
"""What they look at from a property on, to tell of which classes its values are."""


def kinds_wanted(
    findings: Iterable[Finding], shapes: bytes, ranges: Iterable[str]
) -> set[tuple[str, str]]:
    """Return the classes and schemes, each after which of the two it is, that suggestions may be looked for in.

    `ranges` are the classes of the values of the properties by which what is missing is mentioned.
    """
    wanted = _wanted(shapes)
    kinds: set[tuple[str, str]] = set()
    for finding in findings:
        kinds |= wanted.get(finding.shape, set())
        if finding.shape == _CLASS:
            kinds.add(("class", _OWL_CLASS))
        elif finding.shape in _MISSING:
            kinds |= {("class", CP + "Thing"), *(("class", one) for one in ranges)}
    return {(how, iri) for how, iri in kinds if how != "member"}


def with_suggestions(findings: Iterable[Finding], index: Index, shapes: bytes) -> list[Finding]:
    """Return findings told of the lines that are to be mended, with what may be meant there."""
    findings = list(findings)
    if not findings:
        return []
    known = _KnownNames(index, _wanted(shapes))
    missing = {finding.node for finding in findings if finding.shape in _MISSING}
    told = _without_consequences(_by_mentions(findings, index, known))
    return [_suggested(finding, known, missing) for finding in told]


def _without_consequences(findings: list[Finding]) -> list[Finding]:
    broken = {(finding.node, finding.shape) for finding in findings}

    def follows(one: Finding) -> bool:
        if (one.node, _HTTPS) in broken and one.shape != _HTTPS:
            # What is given by another name is neither unknown nor missing.
            return (one.path or "").startswith((SCHEMA, SCHEMA.replace("https", "http")))
        return any((one.node, shape) in broken for shape in _FOLLOWS.get(one.shape, ()))

    return [finding for finding in findings if not follows(finding)]


def _by_mentions(findings: list[Finding], index: Index, known: _KnownNames) -> list[Finding]:
    """Tell of a node that nothing describes wherever it is named, unless a shape tells more of that."""
    nameless = {finding.node: finding for finding in findings if finding.shape in NAMELESS}
    kept = [finding for finding in findings if finding.shape not in NAMELESS]
    told = {(one.node, one.path, one.value) for one in kept if known.of_shape(one.shape)}
    mentioned = set()
    # In an order that is always the same: with very many mistakes only the first are told what may be meant.
    # A text that stands where a node should is no name, be there a thing that is called so.
    names = [shorten(iri) for iri in nameless if lengthen(shorten(iri)) == iri]
    for subject, path, value in sorted(select_named(index, _MENTIONS, names), key=str):
        iri, node = str(value), lengthen(str(subject))
        mentioned.add(iri)
        one = replace(nameless[iri], node=node, path=lengthen(str(path)), value=shorten(iri))
        if (one.node, one.path, one.value) not in told:
            kept.append(one)
    return kept + [finding for iri, finding in nameless.items() if iri not in mentioned]


def _suggested(finding: Finding, known: _KnownNames, missing: set[str]) -> Finding:
    if finding.value is None:
        return finding
    iri = lengthen(finding.value)
    if iri in missing and iri in _shipped():
        return _more(finding, "it is among what ships, so check with --with-shipped")
    if words := _last_day(finding):
        return _more(finding, words)
    near = _retyped(finding) or _whole_item(finding) or _iso_day(finding) or known.near(finding)
    return _more(finding, f"did you mean {near!r}?") if near else finding


def _last_day(finding: Finding) -> str | None:
    """Return how a day is given of which no more than the year or the month is known."""
    found = _PERIOD.fullmatch(finding.value or "")
    key = finding.path and key_of(finding.path)
    precision = key and key_of(f"{CP}{key}Precision")
    if not found or not precision:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if not _is_day(year, month, 1):
        return None
    period = "month" if found[2] else "year"
    day = f"{year:04}-{month:02}-{monthrange(year, month)[1]}"
    return f"of a {period} give the last day, {day}, and {precision}: {period}"


def _retyped(finding: Finding) -> str | None:
    """Return a number or a day with the digits and dashes of keyboards, where it has others."""
    plain = fold(finding.value or "")
    return plain if plain != finding.value and _TYPED.fullmatch(plain) else None


def _whole_item(finding: Finding) -> str | None:
    """Return how an item of Wikidata is named, where its number stands alone."""
    if finding.path != SKOS + "exactMatch" or not _ITEM.fullmatch(finding.value or ""):
        return None
    return f"wikidata:{str(finding.value).upper()}"


def _iso_day(finding: Finding) -> str | None:
    """Return a day that is written in another order, if it can be but one."""
    key = finding.path and key_of(finding.path)
    found = _DAY.fullmatch(finding.value or "")
    if not (key and found) or key_types()[key] != "xsd:date":
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    # With dots the day comes first everywhere, with strokes where people live decides.
    orders = [(second, first)] if found[2] == "." else [(second, first), (first, second)]
    days = {f"{year:04}-{m:02}-{d:02}" for m, d in orders if _is_day(year, m, d)}
    return days.pop() if len(days) == 1 else None


def _is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]


def _more(finding: Finding, words: str) -> Finding:
    return replace(finding, message=f"{finding.message.removesuffix('.')}; {words}".rstrip("."))


class _KnownNames:
    """The names of what may stand in some place, looked up once for each kind of place."""

    def __init__(self, index: Index, wanted: Mapping[str, set[tuple[str, str]]]) -> None:
        self._index, self._wanted = index, wanted
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        self._near: dict[tuple[str, tuple[tuple[str, str], ...]], str | None] = {}
        self._left = _MOST_COMPARED

    def of_shape(self, shape: str) -> set[tuple[str, str]]:
        """Return the classes, schemes and terms among which a shape looks for a value."""
        return self._wanted.get(shape, set())

    def near(self, finding: Finding) -> str | None:
        """Return what the value of a finding may be meant for, as an author writes it."""
        if finding.value is None:
            return None
        kinds = tuple(sorted(self._kinds(finding)))
        # One mistake is often made in many places.
        if (finding.value, kinds) not in self._near:
            self._near[finding.value, kinds] = self._nearest(finding.value, kinds)
        return self._near[finding.value, kinds]

    def _nearest(self, value: str, kinds: Iterable[tuple[str, str]]) -> str | None:
        # With very many mistakes the first are told what they may be meant for.
        if self._left < 0:
            return None
        names: dict[str, str] = {}
        for kind in kinds:
            names |= self._named(*kind)
        self._left -= len(names)
        if self._left < 0 or value.removeprefix("cp:") in names.values():
            return None
        found = nearest(_written(lengthen(value)), names)
        return found[0] if found else None

    def _kinds(self, finding: Finding) -> set[tuple[str, str]]:
        if finding.shape == _CLASS:
            return {("class", _OWL_CLASS)}
        kinds = self.of_shape(finding.shape)
        if kinds or finding.shape not in _MISSING or finding.path is None:
            return kinds
        ranges = {str(iri) for (iri,) in self._rows(_OF_RANGE, finding.path)}
        return {("class", iri) for iri in ranges} or {("class", CP + "Thing")}

    def _named(self, how: str, iri: str) -> dict[str, str]:
        """Return what people call the members of a class or scheme, each with what is to be written."""
        if (how, iri) not in self._names:
            names: dict[str, str] = {}
            if how == "member":
                names[_written(iri)] = _written(iri)
            else:
                query = _IN_SCHEME if how == "scheme" else _OF_CLASS
                for it, name in sorted(self._rows(query, iri), key=str):
                    written = _written(str(it))
                    names[written.partition(":")[2] or written] = written
                    names.update({str(name): written} if name else {})
            self._names[how, iri] = names
        return self._names[how, iri]

    def _rows(self, query: str, iri: str) -> Iterable[tuple[object, ...]]:
        return select_rows(self._index, query.replace("$1", iri))


def _written(iri: str) -> str:
    return shorten(iri).removeprefix("cp:")


def _wanted(shapes: bytes) -> dict[str, set[tuple[str, str]]]:
    """Return by shape of which schemes or classes, or which terms themselves, a value may be."""
    store = ox.Store()
    store.load(shapes, format=ox.RdfFormat.TURTLE)
    rows = store.query(_WANTED)
    wanted: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - for the type checker
    for row in rows:
        for how in ("scheme", "class", "member"):
            if isinstance(row[how], ox.NamedNode):
                wanted[row["shape"].value].add((how, row[how].value))
    return wanted


@cache
def _shipped() -> frozenset[str]:
    """Return the IRIs of the things that ship; few check their own files without them."""
    files = sorted(
        path for name in ("things", "initiatives") for path in (data_folder() / name).glob("*.ttl")
    )
    quads = (quad for path in files for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE))
    return frozenset(quad.subject.value for quad in quads if quad.predicate.value == RDF + "type")
