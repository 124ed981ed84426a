"""From what people call a thing to its IRI, and from a word to the things that bear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UnknownName
from kg.namespaces import CP, PREFIXES, RDFS, expand, shorten

if TYPE_CHECKING:
    from kg.index import Index

_ALT = PREFIXES["skos"] + "altLabel"
_THING = ox.NamedNode(CP + "Thing")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True, order=True)
class Match:
    """A thing that bears a name: the shortest name of its IRI, its class, label and other names."""

    name: str
    type: str
    label: str
    aliases: tuple[str, ...]


def resolve(index: Index, name: str) -> str:
    """Return the IRI of the thing called `name`: a slug, a prefixed name, an IRI, or any label.

    Letter case and surrounding space do not matter in labels; a slug wins over a label.

    Raises:
        UnknownName: nothing is called so, or several things are.
    """
    iri = expand(name)
    if iri and _known(index, iri):
        return iri
    wanted = _fold(name)
    bearers = sorted(
        {iri for iri, label in _labels(index) if _fold(label) == wanted and _is_thing(index, iri)}
    )
    if len(bearers) == 1:
        return bearers[0]
    if bearers:
        options = ", ".join(map(shorten, bearers))
        raise UnknownName("single thing", f"{name} ({options})", [])
    known = {shorten(iri) for iri, _ in _labels(index) if _is_thing(index, iri)}
    labels = {label for iri, label in _labels(index) if _is_thing(index, iri)}
    raise UnknownName("thing", name, known | labels)


def find(index: Index, text: str) -> list[Match]:
    """Return the things and terms whose slug, label or alias contains `text`, best first."""
    wanted = _fold(text)
    names: dict[str, set[str]] = {}
    for iri, label in _labels(index):
        names.setdefault(iri, set()).add(label)
    found = [
        (_distance(wanted, shorten(iri), labels), _match(index, iri))
        for iri, labels in names.items()
        if any(wanted in _fold(name) for name in (shorten(iri), *labels))
    ]
    return [match for _, match in sorted(found)]


def label(index: Index, iri: str) -> str:
    """Return the English label of `iri`, else any label, else its shortest name."""
    subject, predicate = ox.NamedNode(iri), ox.NamedNode(RDFS + "label")
    labels = [
        quad.object
        for quad in index.store.quads_for_pattern(subject, predicate, None, None)
        if isinstance(quad.object, ox.Literal)
    ]
    labels.sort(key=lambda found: (found.language != "en", found.language or "", found.value))
    return labels[0].value if labels else shorten(iri)


def classes(index: Index, iri: str) -> set[str]:
    """Return the local names of all classes of the ontology that `iri` is of."""
    quads = index.store.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, None)
    types = (quad.object for quad in quads)
    return {
        found.value.removeprefix(CP)
        for found in types
        if isinstance(found, ox.NamedNode) and found.value.startswith(CP)
    }


_MOST_SPECIFIC = (
    "Company", "Organization", "Person", "Initiative", "Facility", "Product", "Country", "Region",
    "City", "Place", "Market", "Condition", "Indicator", "Article", "Source", "Target",
    "Observation", "StatusReport", "Relation", "Category",
)  # fmt: skip


def class_of(index: Index, iri: str) -> str:
    """Return the most specific class of `iri` by its local name, or "" where there is none."""
    found = classes(index, iri)
    return next((name for name in _MOST_SPECIFIC if name in found), "")


def _known(index: Index, iri: str) -> bool:
    subject = ox.NamedNode(iri)
    return any(True for _ in index.store.quads_for_pattern(subject, None, None, None))


def _is_thing(index: Index, iri: str) -> bool:
    subject = ox.NamedNode(iri)
    return any(True for _ in index.store.quads_for_pattern(subject, _TYPE, _THING, None))


def _labels(index: Index) -> list[tuple[str, str]]:
    return [
        (quad.subject.value, quad.object.value)
        for predicate in (RDFS + "label", _ALT)
        for quad in index.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    ]


def _match(index: Index, iri: str) -> Match:
    aliases = index.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(_ALT), None, None)
    others = {quad.object.value for quad in aliases if isinstance(quad.object, ox.Literal)}
    return Match(shorten(iri), class_of(index, iri), label(index, iri), tuple(sorted(others)))


def _distance(wanted: str, slug: str, labels: set[str]) -> int:
    folded = {_fold(name) for name in (slug, *labels)}
    if wanted in folded:
        return 0
    return 1 if any(name.startswith(wanted) for name in folded) else 2


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
