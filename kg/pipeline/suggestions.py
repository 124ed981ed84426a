"""What an author may have meant: findings told where the mistake stands, with the nearest right name.

A shape sees a node that nothing describes; the author sees the lines that name it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, RDF, SCHEMA, SKOS, data_folder, fold, lengthen, shorten
from kg.pipeline.known_names import MISSING, NAMELESS, KnownNames
from kg.query import select_named
from kg.sources import key_of, key_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base import Finding
    from kg.query import Index

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

_MENTIONS: Final = """SELECT ?subject ?path (STR(?s) AS ?value) {{
  {named} ?subject ?path ?s
  FILTER (?path != rdf:type || STRSTARTS(STR(?s), STR(cp:)))
}}"""


def with_suggestions(findings: Iterable[Finding], index: Index, shapes: bytes) -> list[Finding]:
    """Return findings told of the lines that are to be mended, with what may be meant there."""
    findings = list(findings)
    if not findings:
        return []
    known = KnownNames(index, shapes)
    missing = {finding.node for finding in findings if finding.shape in MISSING}
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


def _by_mentions(findings: list[Finding], index: Index, known: KnownNames) -> list[Finding]:
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


def _suggested(finding: Finding, known: KnownNames, missing: set[str]) -> Finding:
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


@cache
def _shipped() -> frozenset[str]:
    """Return the IRIs of the things that ship; few check their own files without them."""
    files = sorted(
        path for name in ("things", "initiatives") for path in (data_folder() / name).glob("*.ttl")
    )
    quads = (quad for path in files for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE))
    return frozenset(quad.subject.value for quad in quads if quad.predicate.value == RDF + "type")
